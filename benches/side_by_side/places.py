"""Where everything is."""

import os
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
DRIVER = Path(os.environ.get("DRIVER") or TARGET / "release" / "libexchange_odbc.so")
SIMULATOR = Path(os.environ.get("SIMULATOR") or TARGET / "release" / "graph-simulator")

# Compiled programs, the data of the databases, the latest result.
WORK = TARGET / "bench"
PYTHON = WORK / "venv" / "bin" / "python"
NODE_MODULES = WORK / "node" / "node_modules"
LATEST = WORK / "result.json"

DOCS = ROOT / "docs"
PAGE = DOCS / "performance.md"
# The result that the page shows, and its plots.
SHOWN = DOCS / "performance"
BASELINE = HERE / "baseline.json"
