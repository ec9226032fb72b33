"""MariaDB with its Connector/ODBC."""

import os
import subprocess
from contextlib import contextmanager

from . import TABLE, Source, command, create_table, folder, library, running

TYPES = {"text": "varchar({})", "timestamp": "datetime", "bit": "tinyint(1)"}


@contextmanager
def sources(rows_file):
    driver = library("libmaodbc.so")
    install = command("mariadb-install-db")
    server = command("mariadbd", "/usr/sbin/mariadbd")
    with folder(None) as place:
        socket = place / "socket"
        common = ["--no-defaults", f"--datadir={place / 'data'}", *(["--user=root"] if os.geteuid() == 0 else [])]
        made = [install, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        options = ["--skip-networking", f"--socket={socket}", "--character-set-server=utf8mb4", "--local-infile=1"]
        client = ["mariadb", "--no-defaults", "--local-infile=1", f"--socket={socket}", "-u", "root", "-e"]
        with running([server, *common, *options], [*client, "SELECT 1"], place / "log"):
            subprocess.run([*client, "CREATE DATABASE bench"], check=True)
            client = [*client[:-1], "-D", "bench", "-e"]
            subprocess.run([*client, f"{create_table(TYPES)} CHARSET utf8mb4"], check=True)
            load = f"LOAD DATA LOCAL INFILE '{rows_file}' INTO TABLE {TABLE} CHARACTER SET utf8mb4"
            subprocess.run([*client, load], check=True)
            keys = f"Server=localhost;Socket={socket};UID=root;Database=bench;Charset=utf8mb4"
            # FORWARDONLY and NO_CACHE: rows are read from the server when they are fetched.
            yield {
                "MariaDB": Source(driver, keys),
                "MariaDB, NO_CACHE": Source(driver, f"{keys};Option={2097152 + 1048576}"),
            }
