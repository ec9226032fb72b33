"""The generated parts of docs/random-sql.md. Run as a program it writes them."""

from pathlib import Path

from . import differences, faults
from .grammar import markdown

PAGE = Path(__file__).parents[2] / "docs" / "random-sql.md"


def _differences():
    names = {"sqlite": "SQLite", "duckdb": "DuckDB"}
    rows = [f"| {name} | {names[engine]} | {why} |" for name, engine, _, why in differences.KNOWN]
    return "\n".join(["| Construct | Wrong engine | Reason |", "|---|---|---|", *rows]) + "\n"


def _faults():
    if not faults.KNOWN:
        return "None.\n"
    return "\n".join(f"- {name}" for name, *_ in faults.KNOWN) + "\n"


PARTS = {"grammar": markdown, "differences": _differences, "known faults": _faults}


def current(page):
    """The page with its generated parts as they should be."""
    for name, made in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- {name} end -->\n"
        before, rest = page.split(begin)
        _, after = rest.split(end)
        page = f"{before}{begin}{made()}{end}{after}"
    return page


def is_current():
    page = PAGE.read_text()
    return page == current(page)


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text()))
