"""Random queries inside of expressions, most of them correlated."""

import copy

from .aggregates import PLACED, RANKS, is_aggregate
from .kinds import BOOL, DATE, DBL, DEC, INT, TEXT, TIME, TS
from .node import SQLITE, No, Node, forms
from .numbers import rescaled
from .query import Query, Select, rescale_column
from .scopes import Column, Relation, Scope
from .values import COMPARISONS

CONDITIONS = {
    "EXISTS": 6,
    "NOT EXISTS": 5,
    "IN subquery": 6,
    "NOT IN subquery": 5,
    "quantified comparison": 5,
    "row values IN subquery": 1,
    "row values NOT IN subquery": 0.7,
    "comparison of row values": 0.5,
}
SCALARS = {
    "scalar subquery, aggregate": 6,
    "scalar subquery, first row": 4,
    "scalar subquery, lookup by key": 4,
    "scalar subquery of several rows": 1,
}

# SQLite lacks ANY and ALL. Three-valued logic over the rows' comparisons says the same.
_COMPARED = "(SELECT ($0 {operator} r.v) AS b FROM (SELECT NULL AS v WHERE 0 UNION ALL SELECT * FROM ($1)) AS r) AS q"
ANY = f"(SELECT CASE WHEN MAX(q.b) = 1 THEN 1 WHEN COUNT(*) > COUNT(q.b) THEN NULL ELSE 0 END FROM {_COMPARED})"
ALL = f"(SELECT CASE WHEN MIN(q.b) = 0 THEN 0 WHEN COUNT(*) > COUNT(q.b) THEN NULL ELSE 1 END FROM {_COMPARED})"


class Subqueries:
    def __init__(self, random, queries):
        self.random = random
        self.queries = queries

    def _inner(self, scope, depth, kinds, **options):
        return self.queries.query(scope, max(depth - 1, 0), kinds, **options)

    # Conditions.

    def condition(self, scope, depth):
        form = self.random.choices(list(CONDITIONS), list(CONDITIONS.values()))[0]
        if form.endswith("EXISTS"):
            query = self._exists(scope, depth)
            return Node(form, f"({form} ($0))", [query], BOOL)
        if form.startswith("row values"):
            return self._rows_in(form, scope, depth)
        if form == "comparison of row values":
            return self._rows_compared(scope, depth)
        return self._one_column(form, scope, depth)

    def _exists(self, scope, depth):
        query = self._inner(scope, depth, [self.random.choice((INT, TEXT))], limited=False)
        if (
            isinstance(query.body, Select)
            and query.body.kids[Select.GROUP] is None
            and not query.body.distinct
            and self.queries.chance(0.5)
        ):
            items = query.body.kids[Select.ITEMS]
            if not any(is_aggregate(part) for part in items.walk()) and query.body.kids[Select.HAVING] is None:
                word = "*" if query.body.kids[Select.FROM] is not None and self.queries.chance(0.6) else "1"
                items.kids[0] = Node(f"EXISTS with SELECT {word}", word)
        # Which rows a limit leaves does not matter here, only whether some are left. SQLite forgets DISTINCT in EXISTS,
        # which an OFFSET would show.
        if not getattr(query.body, "distinct", True) and self.queries.chance(0.15):
            query.limit = self.queries.limit(False)
        return query

    def _kind(self, scope):
        return self.queries.conditions._kind(scope, (INT, INT, INT, DEC, DBL, TEXT, TEXT, DATE, TS, TIME))

    def _one_column(self, form, scope, depth):
        kind = self._kind(scope)
        values = self.queries.values
        left = values.constant(kind, scope) if self.queries.chance(0.2) else values.value(kind, scope, depth)
        query = self._inner(scope, depth, [kind], exact=True)
        left, query = self._one_scale(left, query)
        if form != "quantified comparison":
            word = form.removesuffix(" subquery")
            return Node(form, f"($0 {word} ($1))", [left, query], BOOL)
        operator = self.random.choice(COMPARISONS)
        word = self.random.choice(("ANY", "SOME", "ALL"))
        sqlite = (ALL if word == "ALL" else ANY).format(operator=operator)

        if any(is_aggregate(part) or part.construct in PLACED or part.construct in RANKS for part in left.walk()):
            sqlite = No("the value on the left would move into a query, and its aggregate with it")
        duckdb_word = "ALL" if word == "ALL" else "ANY"
        return Node(
            f"{operator} {word} (subquery)",
            forms(f"($0 {operator} {word} ($1))", sqlite, f"($0 {operator.replace('!=', '<>')} {duckdb_word} ($1))"),
            [left, query],
            BOOL,
        )

    def _one_scale(self, left, query):
        """Brings both sides to one scale, for SQLite's decimals."""

        scale = max(left.scale, query.columns[0].scale)
        if left.kind == DEC:
            rescale_column(query.body, 0, scale)
            query.columns[0].scale = scale
        return rescaled(left, scale), query

    def _rows_in(self, form, scope, depth):
        values = self.queries.values
        kinds = [self.random.choice((INT, INT, TEXT)) for _ in range(2)]
        lefts = [values.value(kind, scope, depth - 1) for kind in kinds]
        query = self._inner(scope, depth, kinds, exact=True)
        word = "NOT IN" if "NOT" in form else "IN"
        return Node(form, f"(($0, $1) {word} ($2))", [*lefts, query], BOOL)

    def _rows_compared(self, scope, depth):
        values = self.queries.values
        kinds = [self.random.choice((INT, TEXT)) for _ in range(2)]
        kids = [values.value(kind, scope, depth - 1) for kind in (*kinds, *kinds)]
        kids[:2] = map(values.typed, kids[:2])
        duckdb = "($0 = $2 AND $1 = $3)"
        return Node("comparison of row values", forms("(($0, $1) = ($2, $3))", None, duckdb), kids, BOOL)

    # Values.

    def scalar(self, kind, scope, depth):
        form = self.random.choices(list(SCALARS), list(SCALARS.values()))[0]
        if form == "scalar subquery of several rows" and not self.queries.values.fallible:
            form = "scalar subquery, aggregate"
        query = getattr(
            self,
            {
                "scalar subquery, aggregate": "_aggregated",
                "scalar subquery, first row": "_first",
                "scalar subquery, lookup by key": "_lookup",
                "scalar subquery of several rows": "_several",
            }[form],
        )(kind, scope, depth)
        if query is None:
            return None
        column = query.columns[0]
        three = forms("($0)")
        if form == "scalar subquery of several rows":
            three[SQLITE] = No("SQLite takes the first row")
        return Node(form, three, [query], column.kind, column.scale, column.bound, column.exact, column.small)

    def _aggregated(self, kind, scope, depth):
        self.queries.budget -= 1

        tables, inner = self.queries.joins.tables(scope, max(depth - 1, 0))
        if tables is None:
            return None
        inner.plain = True
        where = self.queries.conditions.condition(inner, depth) if self.queries.chance(0.8) else None
        inner.plain = False
        grouped = Scope(inner.relations, scope, [])
        grouped.inner = inner
        node = self.queries.values.aggregate(kind, grouped)
        if node is None:
            return None
        having = self.queries.conditions.condition(grouped, 1) if self.queries.chance(0.15) else None
        items = Node(None, "$*", [Node(None, "$0", [node])])
        column = Column("c1", kind, node.scale, node.bound, node.exact, small=node.small)
        return Query(Select(items, tables, where, None, having), [column])

    def _first(self, kind, scope, depth):
        query = self._inner(scope, depth, [kind], exact=True, limited=False)
        if not self.queries.limit_exactly(query):
            return None
        query.limit.count = self.queries._count(1, 1)
        query.limit.count.value = 1
        query.limit.count.forms = {dialect: "1" for dialect in query.limit.count.forms}
        return query

    def _lookup(self, kind, scope, depth):
        """One row at most: a key is compared with a value."""
        keyed = [table for table in self.queries.tables if table.key() and not table.large]
        if not keyed:
            return None
        self.queries.budget -= 1

        table = self.random.choice(keyed)
        alias = self.queries.alias()
        relation = Relation(alias, table.columns, table.large, table)
        inner = Scope([relation], scope)
        key = table.key()[0]
        value = self._outer_value(key.kind, scope)
        where = Node("lookup by key", "($0 = $1)", [self.queries.values.column(relation, key), value], BOOL)
        node = self.queries.values.typed(self.queries.values.value(kind, inner, 0))
        tables = Node("temporary table" if table.declaration else "table of the mailbox", f'"{table.name}" AS {alias}')
        column = Column("c1", kind, node.scale, node.bound, node.exact, small=node.small)
        return Query(Select(Node(None, "$*", [Node(None, "$0", [node])]), tables, where), [column])

    def _outer_value(self, kind, scope):
        """A column of the query around; of a grouped one only a key. An aggregate would be the inner query's."""
        if scope.leaves is None:
            node = self._qualified(kind, scope)
            return self.queries.values.constant(kind, scope) if node.bare else node
        keys = [key for key in scope.leaves if key.kind == kind and key.construct == "column" and not key.bare]
        if not keys:
            return self.queries.values.constant(kind, scope)
        key = copy.copy(self.random.choice(keys))
        key.construct = "column of the query around"
        return key

    def _qualified(self, kind, scope):
        """With its table's name, for the inner query may have a column of the same name."""
        kept, scope.plain = scope.plain, False
        try:
            return self.queries.values.leaf(kind, scope)
        finally:
            scope.plain = kept

    def _several(self, kind, scope, depth):
        return self._inner(scope, depth, [kind], exact=True)
