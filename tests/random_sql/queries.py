"""Random queries: what they select, how they group, sort and limit."""

from .aggregates import is_aggregate
from .conditions import Conditions
from .joins import Joins
from .kinds import BOOL, DATE, DBL, DEC, INT, TEXT, TIME, TS, literal
from .node import SQLITE, No, Node, forms
from .query import Limit, OrderKey, Query, Select, SetOperation, rescale_column
from .scopes import Column, Scope
from .subqueries import Subqueries
from .values import Values
from .windows import Windows

OUTPUTS = (INT, INT, INT, DEC, DBL, DBL, DBL, TEXT, TEXT, DATE, TS, TIME, BOOL)
SET_WORDS = {"UNION": 4, "UNION ALL": 5, "INTERSECT": 3, "EXCEPT": 3, "INTERSECT ALL": 1, "EXCEPT ALL": 1}
GROUPINGS = {"GROUP BY": 12, "GROUP BY ROLLUP": 1, "GROUP BY CUBE": 1, "GROUP BY GROUPING SETS": 1}
NO_SETS = "grouping by several sets is not there in SQLite"


class Queries:
    """Makes queries over some tables, deciding everything by one source of chance."""

    query_type = Query

    def __init__(self, random, tables):
        self.random = random
        self.tables = tables
        self.values = Values(random, self)
        self.conditions = Conditions(random, self.values, self)
        self.joins = Joins(random, self)
        self.subqueries = Subqueries(random, self)
        self.windows = Windows(random, self)
        self.aliases = 0
        self.common = []
        # How many more queries the statement may have inside.
        self.budget = random.choice((1, 2, 3, 4, 6))

    def chance(self, probability):
        return self.random.random() < probability

    def alias(self):
        self.aliases += 1
        return f"t{self.aliases}"

    def may_nest(self, scope):
        return self.budget > 0 and scope.depth() < 4

    # Whole statements.

    def top(self):
        """The query of a statement."""
        tables = []
        if self.chance(0.12):
            for _ in range(self.random.choice((1, 1, 2))):
                name = f"w{len(tables) + 1}"
                if self.chance(0.2):
                    self._recursive(name, tables)
                    continue
                query = self.query(None, 1)
                tables.append((name, query))
                self.common.append((name, query.columns))
        self.values.fallible = self.chance(0.1)
        query = self.query(None, 2, is_top=True)
        if tables:
            query.kids += [table for _, table in tables]
            query.names = [name for name, _ in tables]
        return query

    def _recursive(self, name, tables):
        """Whole numbers and texts, counted up."""
        columns = [Column("n", INT, bound=10), Column("r", TEXT)]
        most = self.random.randint(0, 5)
        form = f"SELECT 1, 'a' UNION ALL SELECT n + 1, CONCAT(r, 'b') FROM {name} WHERE n < {most}"
        part = Node("WITH RECURSIVE", forms(form, form.replace("CONCAT", "x_concat")))
        tables.append((f"{name}(n, r)", part))
        self.common.append((name, columns))

    def query(self, outer, depth, kinds=None, is_top=False, exact=None, limited=None):
        """A query; with columns of these kinds, if given."""
        self.budget -= 0 if is_top else 1
        if kinds is None:
            kinds = [self.random.choice(OUTPUTS) for _ in range(self.random.choice((1, 1, 2, 2, 3, 4)))]
        if depth > 0 and self.chance(0.14):
            body, columns, keys = self._set_operation(outer, depth, kinds)
        else:
            body, columns, keys = self.select(outer, depth, kinds, bool(exact), is_top)
        query = Query(body, columns)
        if is_top:
            self._order_top(query, keys)
        elif limited if limited is not None else self.chance(0.15):
            self.limit_exactly(query)
        return query

    def _set_operation(self, outer, depth, kinds):
        word = self.random.choices(list(SET_WORDS), list(SET_WORDS.values()))[0]
        exact = word != "UNION ALL"
        sides = []
        for _ in range(2):
            if depth > 1 and self.chance(0.25):
                sides.append(self._set_operation(outer, depth - 1, kinds)[:2])
            else:
                sides.append(self.select(outer, depth - 1, kinds, True)[:2])
        columns = []
        for place, kind in enumerate(kinds):
            pair = [side[1][place] for side in sides]
            scale = max(column.scale for column in pair)
            for body, _ in sides:
                rescale_column(body, place, scale)
            for column in pair:
                column.scale = scale
            columns.append(
                Column(
                    pair[0].name,
                    kind,
                    scale,
                    max(column.bound for column in pair),
                    all(column.exact for column in pair),
                    small=any(column.small for column in pair),
                )
            )
        del exact
        return SetOperation(word, sides[0][0], sides[1][0], self.chance(0.3)), columns, None

    # SELECT.

    def select(self, outer, depth, kinds, exact=False, is_top=False):
        """(SELECT, its columns, what could sort it beside its columns)."""
        tables, scope = self.joins.tables(outer, depth)
        scope.plain = True
        where = self.conditions.condition(scope, depth + 1) if self.chance(0.6) else None
        if self.chance(0.03) and scope.relations:
            made = self._grouped_by_all(tables, scope, where, kinds)
            if made is not None:
                return made
        if self.chance(0.25):
            return self._grouped(tables, scope, where, depth, kinds, exact)
        distinct = self.chance(0.12)
        scope.windows = not distinct and self.chance(0.25)
        items, columns = self._items(scope, depth, kinds, exact or distinct)
        qualify = self._qualify(scope) if not distinct and scope.relations and self.chance(0.04) else None
        scope.windows = False
        scope.plain = False
        keys = None if distinct else lambda kind: self.values.value(kind, scope, 1)
        windows = Node(None, "$*", scope.named) if scope.named else None
        return Select(items, tables, where, distinct=distinct, windows=windows, qualify=qualify), columns, keys

    def _qualify(self, scope):
        scope.windows = True
        window = self.windows.window(INT, scope, 1)
        if window is None:
            return None
        three = forms("($0 <= $1)", No("QUALIFY is not there in SQLite"), None)
        return Node("QUALIFY", three, [window, self.values.whole(0, 5)], BOOL)

    def _grouped_by_all(self, tables, scope, where, kinds):
        """GROUP BY ALL: by the items without an aggregate. None where there would be no such item."""
        kept, self.values.parameters = self.values.parameters, False
        scope.plain = False
        nodes, keys = [], []
        grouped = Scope(scope.relations, scope.outer, [])
        grouped.inner = scope
        for kind in kinds:
            node = self.values.aggregate(kind, grouped) if self.chance(0.5) else None
            if node is None or not node.exact:
                node = self._computed_key(kind, scope)
                if node is None or not node.exact:
                    self.values.parameters = kept
                    return None
                keys.append(node)
            nodes.append(node)
        self.values.parameters = kept
        if not keys:
            return None
        columns = [
            Column(f"c{place + 1}", node.kind, node.scale, node.bound, node.exact, small=node.small)
            for place, node in enumerate(nodes)
        ]
        items = Node(None, "$*", [Node(None, f"$0 AS c{place + 1}", [node]) for place, node in enumerate(nodes)])
        group = Node("GROUP BY ALL", forms("ALL", "$*", "ALL"), keys)
        return Select(items, tables, where, group), columns, None

    def _items(self, scope, depth, kinds, exact):
        nodes, columns = [], []
        for place, kind in enumerate(kinds):
            node = self._item(kind, scope, depth, exact)
            columns.append(Column(f"c{place + 1}", node.kind, node.scale, node.bound, node.exact, small=node.small))
            nodes.append(Node(None, f"$0 AS c{place + 1}", [node]))
        return Node(None, "$*", nodes), columns

    def _item(self, kind, scope, depth, exact):
        """A value of the select list. A marker or NULL alone gets no type from its position there."""
        return self.values.typed(self.values.value(kind, scope, depth, exact))

    def _grouped(self, tables, scope, where, depth, kinds, exact):
        word = self.random.choices(list(GROUPINGS), list(GROUPINGS.values()))[0]
        kept, self.values.parameters = self.values.parameters, False
        leaves = []
        for _ in range(self.random.choice((0, 1, 1, 2)) if word == "GROUP BY" else 2):
            kind = self.random.choice(OUTPUTS)
            pairs = scope.references(kind)
            if word != "GROUP BY" or pairs and self.chance(0.7):
                pairs = pairs or scope.references()
                leaf = self.values.column(*self.random.choice(pairs)) if pairs else None
            else:
                leaf = self._computed_key(kind, scope)
            if leaf is not None and leaf.exact and all(leaf.forms[SQLITE] != other.forms[SQLITE] for other in leaves):
                leaves.append(leaf)
        self.values.parameters = kept
        scope.plain = False
        grouped = Scope(scope.relations, scope.outer, leaves)
        grouped.inner = scope
        having = self.conditions.condition(grouped, depth) if self.chance(0.35) else None
        grouped.windows = False
        items, columns = self._items(grouped, depth, kinds, exact)
        if word != "GROUP BY" and len(leaves) > 1 and INT in kinds and self.chance(0.5):
            place = kinds.index(INT)
            items.kids[place].kids[0] = Node(
                "GROUPING", forms("GROUPING($0)", No(NO_SETS)), [self.random.choice(leaves)], INT, bound=1
            )
            columns[place] = Column(columns[place].name, INT, bound=1)
        group = None
        if leaves:
            group = self._grouping(word, leaves)
        elif not any(is_aggregate(part) for part in items.walk_own()):
            # Without a key and an aggregate it would not be grouped.
            columns[0] = Column("c1", INT, bound=10**5)
            items.kids[0] = Node(None, "$0 AS c1", [Node("COUNT(*)", "COUNT(*)", (), INT, bound=10**5)])
            if kinds[0] != INT:
                return self._lone_aggregate(tables, scope, where, kinds, exact)
        return Select(items, tables, where, group, having), columns, lambda kind: self.values.value(kind, grouped, 1)

    def _lone_aggregate(self, tables, scope, where, kinds, exact):
        scope.windows = False
        items, columns = self._items(scope, 1, kinds, exact)
        return Select(items, tables, where), columns, None

    def _computed_key(self, kind, scope):
        """An expression over the rows themselves, without queries inside."""
        kept, self.budget = self.budget, 0
        node = self.values.value(kind, Scope(scope.relations, None, merged=scope.merged), 1)
        self.budget = kept
        has_column = any(part.construct == "column" for part in node.walk())
        return node if has_column else None

    def _grouping(self, word, leaves):
        if word == "GROUP BY" or len(leaves) < 2:
            return Node("GROUP BY", "$*", leaves)
        form = {
            "GROUP BY ROLLUP": "ROLLUP ($*)",
            "GROUP BY CUBE": "CUBE ($*)",
            "GROUP BY GROUPING SETS": self.random.choice(
                ("GROUPING SETS (($0, $1), ($0), ())", "GROUPING SETS (($0), ($1))")
            ),
        }[word]
        return Node(word, forms(form, No(NO_SETS)), leaves)

    # Order and limits.

    def _order_top(self, query, keys):
        limited = self.chance(0.3)
        if self.chance(0.5):
            for _ in range(self.random.choice((1, 1, 2, 3))):
                key = self._order_key(query, keys)
                if key is not None:
                    query.orders.append(key)
        if limited:
            query.limit = self.limit(isinstance(query.body, Select))

    def _order_key(self, query, keys):
        descending = self.chance(0.4)
        if keys is not None and isinstance(query.body, Select) and self.chance(0.35):
            kept, self.values.parameters = self.values.parameters, False
            node = keys(self.random.choice(OUTPUTS))
            self.values.parameters = kept
            # A constant would be the place of a column.
            if any(part.construct == "column" or is_aggregate(part) for part in node.walk_own()):
                return OrderKey(None, node, descending, "expression")
            return None
        exact = [place for place, column in enumerate(query.columns) if column.exact and column.kind != "bin"]
        if not exact:
            return None
        return OrderKey(self.random.choice(exact), None, descending, self.random.choice(("ordinal", "alias")))

    def limit_exactly(self, query):
        """A limit inside of a statement, after an order by all columns, so that the result is unique."""
        if not all(column.exact for column in query.columns):
            return False
        places = list(range(len(query.columns)))
        self.random.shuffle(places)
        query.orders = [
            OrderKey(place, None, self.chance(0.4), self.random.choice(("ordinal", "alias"))) for place in places
        ]
        query.limit = self.limit(isinstance(query.body, Select))
        return True

    def limit(self, may_be_top):
        spelling = self.random.choice(("TOP", "LIMIT", "LIMIT", "FETCH") if may_be_top else ("LIMIT", "FETCH"))
        count, skip = self._count(0, 5), None
        if spelling != "TOP" and self.chance(0.4):
            skip = self._count(0, 3)
            if spelling == "LIMIT" and self.chance(0.2):
                count = None
        return Limit(count, skip, spelling)

    def _count(self, least, most):
        return literal(
            INT, self.random.choice((least, 1, 1, 2, 3, most)), 0, self.values.parameters and self.chance(0.15)
        )
