"""All ODBC drivers with the same messages to read."""

import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from .columns import NAMES
from .places import DRIVER
from .rows_file import write_rows
from .servers import Missing, Source, mariadb, postgres, sqlite
from .simulator import simulator

# The rows come from the simulator, page by page.
FROM_GRAPH = "this driver, from Graph"
# The rows are in a temporary table, so that only the conversion of rows is measured.
FROM_MEMORY = "this driver, from memory"
OWN = (FROM_GRAPH, FROM_MEMORY)


@contextmanager
def drivers(rows):
    """Starts everything and gives the sources by name. A peer that is not installed is left out."""
    with ExitStack() as opened:
        graph = opened.enter_context(simulator("--generate", rows, "--mailboxes", 1))
        copy = f"SELECT {NAMES} INTO copied FROM Messages"
        found = {
            FROM_GRAPH: Source(DRIVER, graph.keys, "Messages"),
            FROM_MEMORY: Source(DRIVER, graph.keys, "copied", copy),
        }
        # The servers run as other users, who have to read the file.
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        folder.chmod(0o755)
        rows_file = folder / "messages.tsv"
        write_rows(rows_file, graph.messages(rows))
        for peer in (postgres, mariadb, sqlite):
            try:
                found |= opened.enter_context(peer.sources(rows_file))
            except (Missing, subprocess.CalledProcessError) as missing:
                print(f"  {missing}", file=sys.stderr)
        yield found
