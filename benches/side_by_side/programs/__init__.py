"""The programs in C, compiled when they are needed."""

import subprocess

from ..places import HERE, WORK

SOURCES = {
    "ideal": ["ideal.c"],
    "odbc": ["odbc.c", "driver.c", "read.c", "prepare.c"],
}


def program(name):
    """Compiles a program and returns its path."""
    WORK.mkdir(parents=True, exist_ok=True)
    made = WORK / name
    sources = [str(HERE / "programs" / source) for source in SOURCES[name]]
    options = ["-O2", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror"]
    subprocess.run(["cc", *options, "-o", made, *sources, "-lpthread", "-ldl", "-ldeflate"], check=True)
    return made
