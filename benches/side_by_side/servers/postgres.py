"""PostgreSQL with psqlODBC."""

import os
import subprocess
from contextlib import contextmanager

from . import TABLE, Source, command, create_table, folder, library, running

TYPES = {"text": "varchar({})", "timestamp": "timestamp(0)", "bit": "boolean"}


@contextmanager
def sources(rows_file):
    driver = library("psqlodbcw.so")
    initdb = command("/usr/lib/postgresql/*/bin/initdb")
    # The server refuses to run as root.
    owner = "postgres" if os.geteuid() == 0 else None
    become = ["runuser", "-u", owner, "--"] if owner else []
    with folder(owner) as place:
        data = place / "data"
        made = [*become, initdb, "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd=place)
        quick = ["-c", "listen_addresses=", "-c", "fsync=off"]
        server = [initdb.replace("initdb", "postgres"), "-D", data, "-k", place, *quick]
        # Not through runuser, which would not pass a signal on.
        if owner:
            server = ["setpriv", "--reuid", owner, "--regid", owner, "--clear-groups", *server]
        psql = ["psql", "-q", "-h", place, "-U", "bench", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c"]
        with running(server, [*psql, "SELECT 1"], place / "log"):
            subprocess.run([*psql, create_table(TYPES)], check=True)
            with open(rows_file) as rows:
                subprocess.run([*psql, f"COPY {TABLE} FROM STDIN"], stdin=rows, check=True)
            subprocess.run([*psql, f"VACUUM ANALYZE {TABLE}"], check=True)
            keys = f"Servername={place};Port=5432;Database=postgres;UID=bench;BoolsAsChar=0"
            yield {
                "psqlODBC": Source(driver, keys),
                "psqlODBC, UseDeclareFetch": Source(driver, f"{keys};UseDeclareFetch=1;Fetch=1000"),
            }
