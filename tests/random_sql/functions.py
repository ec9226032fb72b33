"""The grammar of functions: every one that docs/sql.md lists, which a test checks.

SQLite gets functions of its own (x_...), written in sqlite_functions.py after the ODBC reference; DuckDB has its own
where they mean the same.
"""

from .number_functions import NUMBERS
from .text_functions import TEXT_TO_INT, TEXTS
from .time_functions import TIMES

# Functions whose parts and value are of one kind, whichever; <same> is that kind.
SAME_KIND = {
    "COALESCE": ("COALESCE(<same>, <same>, <same>)", "COALESCE($0, $1, $2)"),
    "COALESCE of two": ("COALESCE(<same>, <same>)", "COALESCE($0, $1)"),
    "IFNULL": ("{fn IFNULL(<same>, <same>)}", "COALESCE($0, $1)"),
    "ISNULL": ("ISNULL(<same>, <same>)", "COALESCE($0, $1)"),
    "NVL": ("NVL(<same>, <same>)", "COALESCE($0, $1)"),
    "NULLIF": ("NULLIF(<same>, <same>)", "NULLIF($0, $1)"),
    "GREATEST": ("GREATEST(<same>, <same>)", "GREATEST($0, $1)"),
    "LEAST": ("LEAST(<same>, <same>)", "LEAST($0, $1)"),
    "NVL2": ("NVL2(<text>, <same>, <same>)", "CASE WHEN $0 IS NOT NULL THEN $1 ELSE $2 END"),
    "IIF": ("IIF(<bool>, <same>, <same>)", "CASE WHEN $0 THEN $1 ELSE $2 END"),
    "CASE": ("CASE WHEN <bool> THEN <same> ELSE <same> END", "CASE WHEN $0 THEN $1 ELSE $2 END"),
    "CASE without ELSE": (
        "CASE WHEN <bool> THEN <same> WHEN <bool> THEN <same> END",
        "CASE WHEN $0 THEN $1 WHEN $2 THEN $3 END",
    ),
    "CASE of a value": (
        "CASE <int> WHEN <1..3> THEN <same> WHEN <int> THEN <same> ELSE <same> END",
        "CASE $0 WHEN $1 THEN $2 WHEN $3 THEN $4 ELSE $5 END",
    ),
}

FUNCTIONS = [*TEXT_TO_INT, *TEXTS, *NUMBERS, *TIMES]
