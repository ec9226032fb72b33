"""The written-down grammar: every construct, how it is written, and which reference knows it.

The generator makes nothing that is not here, and a long run has to make all of it. docs/random-sql.md shows it.
"""

from dataclasses import dataclass

from . import aggregates, conditions, functions, joins, operators, queries, subqueries
from .changes import STEPS
from .kinds import KINDS
from .node import DUCKDB, SQLITE, No
from .values import AROUND, COMPARISONS

KIND_NAMES = {
    "int": "whole number",
    "dec": "DECIMAL",
    "dbl": "DOUBLE",
    "text": "text",
    "date": "DATE",
    "ts": "TIMESTAMP",
    "time": "TIME",
    "bool": "truth value",
    "bin": "bytes",
}


@dataclass(frozen=True)
class Construct:
    name: str
    form: str
    # Why a reference cannot judge it.
    without: tuple = ()


def _rules(rules):
    for rule in rules:
        without = tuple((engine, reason) for engine, reason in rule.judges().items() if reason)
        yield Construct(rule.name, " | ".join(rule.spellings), without)


def _plain(pairs, without=()):
    return [Construct(name, form, without) for name, form in pairs]


def _aggregates():
    for aggregate in aggregates.AGGREGATES:
        without = tuple(
            (engine, form.reason)
            for engine, form in ((SQLITE, aggregate.sqlite), (DUCKDB, aggregate.duckdb))
            if isinstance(form, No)
        )
        call = aggregate.driver
        argument = KIND_NAMES.get(aggregate.argument, "value")
        yield Construct(aggregate.name, call.replace("$d", "").replace("$0", f"<{argument}>"), without)
        if aggregate.distinct:
            yield Construct(
                f"{aggregate.name} DISTINCT", call.replace("$d", "DISTINCT ").replace("$0", f"<{argument}>"), without
            )
        if aggregate.window:
            yield Construct(
                f"{aggregate.name} OVER", call.replace("$d", "").replace("$0", f"<{argument}>") + " OVER (...)", without
            )


NOT_IN_SQLITE = ((SQLITE, queries.NO_SETS),)

SECTIONS = {
    "Queries": _plain(
        [
            ("SELECT", "SELECT <value> [AS name], ... [FROM <tables>] [WHERE <condition>]"),
            ("SELECT DISTINCT", "SELECT DISTINCT ..."),
            ("WITH RECURSIVE", "WITH RECURSIVE name(n, r) AS (<query> UNION ALL <query of name>) <query>"),
            ("WITH", "WITH name AS (<query>), ... <query>"),
            ("TOP", "SELECT TOP n ... | SELECT TOP (?) ..."),
            ("LIMIT", "<query> LIMIT n"),
            ("LIMIT with OFFSET", "<query> [LIMIT n] OFFSET m"),
            ("FETCH", "<query> OFFSET 0 ROWS FETCH NEXT n ROWS ONLY"),
            ("FETCH with OFFSET", "<query> OFFSET m ROWS FETCH NEXT n ROWS ONLY"),
            ("limit as a parameter", "TOP (?) | LIMIT ? | OFFSET ? | FETCH NEXT ? ROWS ONLY"),
            ("ORDER BY, ordinal", "ORDER BY n [DESC], ..."),
            ("ORDER BY, alias", "ORDER BY name [DESC], ..."),
            ("ORDER BY an expression", "ORDER BY <value> [DESC], ...; not among the outputs"),
        ]
    )
    + _plain(
        [
            (word, f"<query> {word} <query>")
            for word in queries.SET_WORDS
            if not word.startswith(("INTERSECT A", "EXCEPT A"))
        ]
    )
    + _plain(
        [(word, f"<query> {word} <query>") for word in ("INTERSECT ALL", "EXCEPT ALL")],
        ((SQLITE, "only without ALL there"),),
    ),
    "Groups": _plain(
        [
            ("GROUP BY", "GROUP BY <value>, ... [HAVING <condition>]"),
            ("GROUP BY ALL", "GROUP BY ALL"),
            ("FILTER", "<aggregate> FILTER (WHERE <condition>)"),
        ]
    )
    + _plain(
        [
            ("GROUP BY ROLLUP", "GROUP BY ROLLUP (<column>, <column>)"),
            ("GROUP BY CUBE", "GROUP BY CUBE (<column>, <column>)"),
            ("GROUPING", "GROUPING(<column>)"),
            ("GROUP BY GROUPING SETS", "GROUP BY GROUPING SETS ((<column>, <column>), (<column>), ())"),
        ],
        NOT_IN_SQLITE,
    )
    + list(_aggregates()),
    "Tables": _plain(
        [
            ("temporary table", "name [AS] alias"),
            ("table with #", "#name [AS] alias"),
            ("table of the mailbox", "name [AS] alias"),
            ("derived table", "(<query>) [AS] alias"),
            ("common table expression", "name AS alias"),
            *(
                (
                    word,
                    f"<tables> {word} <table>"
                    + (
                        " ON <condition>"
                        if "NATURAL" not in word and "USING" not in word and "CROSS" not in word
                        else ""
                    ),
                )
                for word in joins.JOINS
            ),
            ("comma", "<tables>, <tables>"),
            ("{oj}", "{oj <tables> LEFT OUTER JOIN <table> ON <condition>}"),
            ("join in parentheses", "(<tables>) JOIN <table> ON <condition>"),
            ("equality of columns", "ON <column> = <column>"),
            ("equality over three tables", "ON COALESCE(<column>, <column>) = <column>"),
        ]
    ),
    "Subqueries": _plain(
        [
            *(
                (form, form.replace("subquery", "(<query>)"))
                for form in subqueries.CONDITIONS
                if form not in ("quantified comparison", "comparison of row values")
            ),
            ("comparison of row values", "(<value>, <value>) = (<value>, <value>)"),
            ("EXISTS with SELECT *", "EXISTS (SELECT * FROM ...)"),
            ("EXISTS with SELECT 1", "EXISTS (SELECT 1 FROM ...)"),
            *(
                (f"{operator} {word} (subquery)", f"<value> {operator} {word} (<query>)")
                for operator in dict.fromkeys(COMPARISONS)
                for word in ("ANY", "SOME", "ALL")
            ),
            *((form, "(<query>)") for form in subqueries.SCALARS if "several" not in form),
            ("lookup by key", "WHERE <key> = <value of the query around>"),
            (AROUND[1], "alias.name"),
            (AROUND[2], "alias.name"),
        ]
    )
    + _plain([("scalar subquery of several rows", "(<query>)")], ((SQLITE, "takes the first row"),)),
    "Windows": _plain(
        [
            *(
                (name, f"{form} OVER ([PARTITION BY <column>] ORDER BY <keys of all rows>)")
                for name, (_, form) in aggregates.PLACED.items()
                if "past" not in name
            ),
            *(
                (name, f"{form} OVER ([PARTITION BY <column>] ORDER BY <column>, ...)")
                for name, (_, form) in aggregates.RANKS.items()
            ),
            ("OVER", "OVER ([PARTITION BY <column>] [ORDER BY <column>, ...] [<frame>])"),
            *(
                (f"frame, {frame}", frame)
                for frame in (*aggregates.ROWS_FRAMES, *filter(None, aggregates.PEER_FRAMES), *aggregates.RANGE_FRAMES)
            ),
            ("WINDOW", "WINDOW name AS (...)"),
        ]
    )
    + _plain(
        [(name, f"{form} OVER (...)") for name, (_, form) in aggregates.PLACED.items() if "past" in name],
        ((SQLITE, aggregates.PAST_NULLS.reason),),
    )
    + _plain([("QUALIFY", "QUALIFY <window> <= n")], ((SQLITE, "not there"),)),
    "Conditions": _plain(
        [
            (form, text)
            for form, (_, text) in conditions.FORMS.items()
            if form not in ("rule", "query", "comparison", "truth value alone")
        ]
    )
    + _plain([(f"comparison {operator}", f"<value> {operator} <value>") for operator in dict.fromkeys(COMPARISONS)])
    + list(_rules(operators.PREDICATES)),
    "Values": _plain(
        [
            ("column", 'alias.name | name | "name" | [name] | `name`'),
            *((f"literal, {kind}", KIND_NAMES[kind]) for kind in KINDS),
            *((f"parameter, {kind}", "?") for kind in KINDS),
            ("literal {d}", "{d '...'}"),
            ("literal {t}", "{t '...'}"),
            ("literal {ts}", "{ts '...'}"),
            ("literal N''", "N'...'"),
            ("literal 0x", "0x0AFF"),
            ("parameter in CAST", "CAST(? AS <type>)"),
            ("NULL", "NULL"),
            ("NULL with a type", "CAST(NULL AS <type>)"),
            ("pattern", "text with % and _"),
            ("pattern as a parameter", "?"),
            ("item of a list", "text"),
            ("item of a list as a parameter", "?"),
            ("number meets DOUBLE", "<whole number or DECIMAL> beside a DOUBLE"),
            ("INTEGER meets DECIMAL", "<whole number> beside a DECIMAL"),
        ]
    )
    + list(
        _rules([*operators.ARITHMETIC, *operators.FALLIBLE, *operators.TEXTS, *operators.CASTS, *operators.INTERVALS])
    ),
    "Functions": list(_rules(functions.FUNCTIONS))
    + _plain([(name, driver) for name, (driver, _) in functions.SAME_KIND.items()]),
    "Changes of temporary tables": _plain(
        [
            *(
                (word, f"{word} name (<columns>)")
                for word in (
                    "CREATE TABLE",
                    "CREATE TEMPORARY TABLE",
                    "CREATE LOCAL TEMPORARY TABLE",
                    "CREATE TEMP TABLE",
                )
            ),
            ("CREATE TABLE AS SELECT", "CREATE TABLE name AS SELECT ..."),
            ("SELECT INTO", "SELECT ... INTO name FROM ..."),
            *((step, f"{step} ...") for step in STEPS),
            ("UPDATE with WHERE", "UPDATE name SET <column> = <value>, ... WHERE <condition>"),
            ("DELETE with WHERE", "DELETE FROM name WHERE <condition>"),
        ]
    ),
}

# Kinds of values that no literal or parameter is made of.
NAMES = {construct.name for section in SECTIONS.values() for construct in section}


def markdown():
    """The grammar as docs/random-sql.md shows it."""
    lines = []
    for title, constructs in SECTIONS.items():
        lines += [f"### {title}", "", "| Construct | Written | Not judged by |", "|---|---|---|"]
        for construct in constructs:
            without = "; ".join(
                f"{'SQLite' if engine == SQLITE else 'DuckDB'}: {reason}" for engine, reason in construct.without
            )
            form = construct.form.replace("|", "\\|").replace("``", "`")
            form = f"`` {form} ``" if "`" in form else f"`{form}`"
            lines.append(f"| {construct.name.replace('|', chr(92) + '|')} | {form} | {without} |")
        lines.append("")
    return "\n".join(lines).replace("| |\n", "| |\n")
