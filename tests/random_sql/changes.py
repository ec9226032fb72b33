"""Random changes of a temporary table, and what it holds afterwards.

The references have no constraints of their own: theirs are checked row by row or differ in time. After each
statement the keys, nulls and lengths are looked at, and what breaks a rule is taken back.
"""

from .compare import Verdict, _canonical, _is_part, family
from .kinds import BIN, DEC, INT
from .node import DRIVER, DUCKDB, SQLITE, NoCounterpart, Node, forms, render
from .query import Query, Select
from .scopes import Relation, Scope

NAME = "changed"
RULES = ("22001", "23000")
STEPS = {"INSERT VALUES": 4, "INSERT with columns": 2, "INSERT SELECT": 3, "UPDATE": 6, "DELETE": 4, "TRUNCATE": 0.3}


class Script:
    """CREATE TABLE, some changes, and the columns to compare at the end."""

    orders, limit = (), None

    def __init__(self, table, steps, has_rules):
        self.table = table
        # Copies keep their columns' types, but neither keys nor NOT NULL.
        self.has_rules = has_rules
        self.columns = table.columns
        self.steps = steps

    def walk(self):
        for step in self.steps:
            yield from step.walk()

    def judge(self, engines):
        texts = {engine.name: ("", []) for engine in engines}
        answers = {}
        for engine in engines:
            engine.run(f"DROP TABLE IF EXISTS {NAME}")
        for number, step in enumerate(self.steps):
            results = {}
            for engine in engines:
                try:
                    written, parameters = render(step, engine.name)
                except NoCounterpart as reason:
                    return Verdict("skipped", str(reason), answers={}, texts=texts)
                before = texts[engine.name]
                texts[engine.name] = (f"{before[0]}{written}; ", [*before[1], *parameters])
                results[engine.name] = self._run(engine, written, parameters, number > 0)
            answers = results
            wrong = _step_differs(results)
            if wrong == "unjudged":
                return Verdict("unjudged", answers=answers, texts=texts)
            if wrong:
                return Verdict(*wrong, answers=answers, texts=texts)
        answers = {engine.name: engine.run(f"SELECT * FROM {NAME}") for engine in engines}
        rows = {name: _canonical(self, name, answer.rows or []) for name, answer in answers.items()}
        for name in (SQLITE, DUCKDB):
            if len(rows[name]) != len(rows[DRIVER]) or not _is_part(rows[DRIVER], rows[name], []):
                return Verdict("wrong rows", f"after the changes, against {name}", answers=answers, texts=texts)
        return Verdict("right", judges=(SQLITE, DUCKDB), answers=answers, texts=texts, rows=len(rows[DRIVER]))

    def _run(self, engine, written, parameters, is_change):
        if engine.name == DRIVER:
            return engine.run(written, parameters)
        if not is_change:
            return engine.run(written)
        engine.run("BEGIN")
        answer = engine.run(written)
        if engine.name == DUCKDB and answer.rows and len(answer.rows[0]) == 1:
            answer.count = answer.rows[0][0]
        broken = None if answer.state or answer.refused else self._broken(engine)
        if broken:
            answer.state, answer.rows = broken, None
        # A transaction that failed is over in DuckDB, too, once it is rolled back.
        engine.run("ROLLBACK" if answer.state or answer.refused else "COMMIT")
        return answer

    def _broken(self, engine):
        """The state of the first rule that the table breaks now."""
        checks = []
        for column in self.columns:
            if column.length:
                length = "octet_length" if column.kind == BIN and engine.name == DUCKDB else "length"
                checks.append(
                    ("22001", f'SELECT COUNT(*) FROM {NAME} WHERE {length}("{column.name}") > {column.length}')
                )
        for column in self.columns if self.has_rules else ():
            if not column.nullable:
                checks.append(("23000", f'SELECT COUNT(*) FROM {NAME} WHERE "{column.name}" IS NULL'))
            if column.unique:
                checks.append(("23000", f'SELECT COUNT("{column.name}") - COUNT(DISTINCT "{column.name}") FROM {NAME}'))
        for state, check in checks:
            if engine.run(check).rows[0][0]:
                return state
        return None


def _step_differs(results):
    """(what, detail) where the driver's result of a statement is not that of the references."""
    driver = results[DRIVER]
    references = [results[name] for name in (SQLITE, DUCKDB)]
    if any(answer.refused for answer in references):
        return "unjudged"
    if driver.state:
        states = {answer.state for answer in references}
        # A change may break a length and a key at once.
        if driver.state in states or driver.state in RULES and states & set(RULES):
            return None
        return f"error {driver.state}", family(driver.message)
    failed = [answer.state for answer in references if answer.state]
    if len(failed) == len(references):
        return "error missing", str(failed)
    if failed:
        return "unjudged"
    counts = {answer.count for answer in references}
    if len(counts) == 1 and driver.count >= 0 and driver.count not in counts and references[0].count >= 0:
        return "row count", f"{driver.count}, not {counts}"
    return None


class Changes:
    """Makes scripts with the values of a statement's generator."""

    def __init__(self, random, queries, tables):
        self.random = random
        self.queries = queries
        self.tables = [table for table in tables if table.declaration and table.name != "extremes"]

    def script(self):
        table = self.random.choice(self.tables)
        steps = [self._create(table)]
        for _ in range(self.random.choice((1, 2, 3, 4))):
            kind = self.random.choices(list(STEPS), list(STEPS.values()))[0]
            steps.append(getattr(self, "_" + kind.lower().replace(" ", "_"))(table))
        return Script(table, steps, has_rules="TABLE" in steps[0].construct and "AS SELECT" not in steps[0].construct)

    def _create(self, table):
        """A table like another: by its declaration, AS SELECT or SELECT INTO."""
        plain = f'CREATE TABLE {NAME} AS SELECT * FROM "{table.name}"'
        way = self.random.choice(("CREATE TABLE", "CREATE TABLE", "CREATE TABLE AS SELECT", "SELECT INTO"))
        if way == "CREATE TABLE":
            word = self.random.choice(
                ("CREATE TABLE", "CREATE TEMPORARY TABLE", "CREATE LOCAL TEMPORARY TABLE", "CREATE TEMP TABLE")
            )
            return Node(
                word, forms(f"{word} {NAME} ({table.declaration})", f"{plain} WHERE 1 = 0", f"{plain} WHERE 1 = 0")
            )
        driver = plain if way == "CREATE TABLE AS SELECT" else f'SELECT * INTO {NAME} FROM "{table.name}"'
        return Node(way, forms(driver, plain, plain))

    def _value(self, column, scope, depth):
        """A value that fits the column's type."""
        values = self.queries.values
        node = values.value(column.kind, scope, depth, scale=column.scale if column.kind == DEC else None)
        limit = 32767 if column.small else 2**31 - 1
        if column.kind == INT and node.bound > limit or column.kind == DEC and node.bound > 10**6:
            node = values.constant(column.kind, scope, scale=column.scale)
            if node.bound > limit:
                node = values.null(column.kind, column.scale)
        return node

    def _nowhere(self):
        return Scope([])

    def _insert_values(self, table, columns=None):
        rows = []
        for _ in range(self.random.choice((1, 1, 2, 3))):
            nodes = [self._value(column, self._nowhere(), 0) for column in columns or table.columns]
            rows.append(Node(None, "($*)", nodes))
        names = "" if columns is None else f" ({', '.join(column.name for column in columns)})"
        return Node(
            "INSERT VALUES" if columns is None else "INSERT with columns", f"INSERT INTO {NAME}{names} VALUES $*", rows
        )

    def _insert_with_columns(self, table):
        columns = [column for column in table.columns if not column.nullable or self.queries.chance(0.6)]
        self.random.shuffle(columns)
        return self._insert_values(table, columns or table.columns)

    def _insert_select(self, table):
        query = self._select(table)
        return Node("INSERT SELECT", f"INSERT INTO {NAME} $0", [query])

    def _select(self, table):
        tables, scope = self.queries.joins.tables(None, 1)
        where = self.queries.conditions.condition(scope, 2) if self.queries.chance(0.6) else None
        nodes = [
            Node(None, f"$0 AS c{place}", [self.queries.values.typed(self._value(column, scope, 1))])
            for place, column in enumerate(table.columns)
        ]
        return Query(Select(Node(None, "$*", nodes), tables, where), table.columns)

    def _own(self, table):
        return Scope([Relation(NAME, table.columns)])

    def _where(self, scope):
        return self.queries.conditions.condition(scope, 2)

    def _update(self, table):
        scope = self._own(table)
        columns = self.random.sample(table.columns, min(len(table.columns), self.random.choice((1, 1, 2))))
        sets = [Node(None, f'"{column.name}" = $0', [self._value(column, scope, 2)]) for column in columns]
        kids = [Node(None, "$*", sets)]
        if self.queries.chance(0.8):
            return Node("UPDATE with WHERE", f"UPDATE {NAME} SET $0 WHERE $1", [*kids, self._where(scope)])
        return Node("UPDATE", f"UPDATE {NAME} SET $0", kids)

    def _delete(self, table):
        if self.queries.chance(0.1):
            return Node("DELETE", f"DELETE FROM {NAME}")
        return Node("DELETE with WHERE", f"DELETE FROM {NAME} WHERE $0", [self._where(self._own(table))])

    def _truncate(self, table):
        return Node("TRUNCATE", forms(f"TRUNCATE TABLE {NAME}", f"DELETE FROM {NAME}", f"DELETE FROM {NAME}"))
