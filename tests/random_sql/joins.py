"""Random FROM clauses."""

from .kinds import BIN, BOOL, INT, TEXT
from .node import Node, forms
from .numbers import unified
from .scopes import Column, Relation, Scope
from .tables import visible

JOINS = {
    "INNER JOIN": 5,
    "JOIN": 3,
    "LEFT JOIN": 5,
    "LEFT OUTER JOIN": 1,
    "RIGHT JOIN": 2,
    "FULL JOIN": 2,
    "FULL OUTER JOIN": 1,
    "CROSS JOIN": 2,
    "JOIN USING": 1,
    "LEFT JOIN USING": 1,
    "RIGHT JOIN USING": 1,
    "FULL JOIN USING": 1,
    "NATURAL JOIN": 1,
    "NATURAL LEFT JOIN": 1,
    "NATURAL FULL JOIN": 1,
}

BINARY = {*JOINS, "comma", "{oj}", "join in parentheses"}


class Joins:
    def __init__(self, random, queries):
        self.random = random
        self.queries = queries

    def tables(self, outer, depth):
        """(FROM clause, scope). Sometimes a query has none."""
        if depth > 0 and self.queries.chance(0.02):
            return None, Scope([], outer)
        merged = []
        node, relations = self._table(outer, depth)
        if any(relation.large for relation in relations):
            more = self.random.choice((0, 0, 0, 1))
        else:
            more = self.random.choice((0, 0, 0, 1, 1, 2))
        # ON sees what was joined since the last comma, for commas bind less than JOIN.
        parts = []
        for _ in range(more):
            if self.queries.chance(0.12) and not merged and (added := self._after_comma(relations, outer, depth)):
                parts.append((node, relations))
                node, relations = added
            else:
                node, relations, merged = self._join(node, relations, merged, outer, depth, not parts)
        for part, others in reversed(parts):
            # SQLite binds commas as tightly.
            sqlite = "$0, ($1)" if node.construct in BINARY else "$0, $1"
            node, relations = Node("comma", forms("$0, $1", sqlite), [part, node]), others + relations
        return node, Scope(relations, outer, merged=merged)

    def _table(self, outer, depth, small=False):
        roll = self.random.random()
        if self.queries.common and roll < 0.35:
            name, columns = self.random.choice(self.queries.common)
            alias = self.queries.alias()
            node = Node("common table expression", f"{name} AS {alias}")
            return node, [Relation(alias, columns, large=False)]
        if depth > 0 and roll < 0.14 and self.queries.budget > 0:
            return self._derived(outer, depth)
        return self._named(small or outer is not None and outer.is_large())

    def _named(self, small=False):
        tables = [table for table in self.queries.tables if not (small and table.large)] or self.queries.tables
        table = self.random.choice(tables)
        alias = self.queries.alias()
        columns = table.columns if table.declaration else visible(self.random, table)
        if "#" in table.name:
            construct = "table with #"
        else:
            construct = "table of the mailbox" if table.declaration is None else "temporary table"
        spelled = self.random.choice(
            (f"{table.name} AS {alias}", f"{table.name} {alias}", f"[{table.name}] {alias}", f'"{table.name}" {alias}')
        )
        node = Node(construct, forms(spelled, f'"{table.name}" AS {alias}', f'"{table.name}" AS {alias}'))
        return node, [Relation(alias, columns, table.large, table)]

    def _derived(self, outer, depth):
        # A derived table sees the queries around, not its neighbours.
        query = self.queries.query(outer, depth - 1)
        alias = self.queries.alias()
        node = Node(
            "derived table",
            forms(f"($0) {self.random.choice(('AS ', ''))}{alias}", f"($0) AS {alias}", f"($0) AS {alias}"),
            [query],
        )
        return node, [Relation(alias, query.columns)]

    def _after_comma(self, relations, outer, depth):
        return self._table(outer, depth, small=any(relation.large for relation in relations))

    def _join(self, left, relations, merged, outer, depth, may_merge):
        word = self.random.choices(list(JOINS), list(JOINS.values()))[0]
        is_large = any(relation.large for relation in relations)
        # Columns that earlier joins by names merged would be confused with those of this join.
        if "USING" in word or "NATURAL" in word:
            if merged or len(relations) > 1 or not may_merge:
                word = "JOIN"
            else:
                made = self._by_name(word, left, relations, outer, depth)
                if made is not None:
                    return made
                word = "LEFT JOIN"
        right, added = self._table(outer, depth, small=is_large and word == "CROSS JOIN")
        if {column.name.lower() for column in merged} & {column.name.lower() for column in added[0].all_columns()}:
            # The merged name would be ambiguous.
            return left, relations, merged
        if word == "CROSS JOIN":
            return Node(word, "$0 CROSS JOIN $1", [left, right]), relations + added, merged
        both = Scope(relations + added, outer)
        condition = self._condition(
            both, relations, added, depth, is_large and any(relation.large for relation in added)
        )
        kids = [left, right, condition]
        if word == "LEFT OUTER JOIN" and self.queries.chance(0.6):
            plain = "$0 LEFT JOIN $1 ON $2"
            return (
                Node("{oj}", forms("{oj $0 LEFT OUTER JOIN $1 ON $2}", plain, plain), kids),
                relations + added,
                merged,
            )
        if len(relations) > 1 and self.queries.chance(0.2):
            return Node("join in parentheses", f"($0) {word} $1 ON $2", kids), relations + added, merged
        return Node(word, f"$0 {word} $1 ON $2", kids), relations + added, merged

    def _condition(self, both, left, right, depth, must_be_equal):
        """Mostly an equality between the sides, sometimes with more, sometimes anything."""
        pairs = []
        for kind in (
            INT,
            INT,
            TEXT,
            *(column.kind for relation in right for column in relation.columns if column.kind not in (BOOL, BIN)),
        ):
            lefts = [
                (relation, column)
                for relation in left
                for column in relation.columns
                if column.kind == kind and column.exact
            ]
            rights = [
                (relation, column)
                for relation in right
                for column in relation.columns
                if column.kind == kind and column.exact
            ]
            if lefts and rights:
                pairs.append((self.random.choice(lefts), self.random.choice(rights)))
        equality = None
        if len(left) > 1 and not must_be_equal and self.queries.chance(0.15):
            equality = self._of_three(left, right)
        if equality is None and pairs:
            one, other = self.random.choice(pairs)
            nodes = unified([self.queries.values.column(*one), self.queries.values.column(*other)])
            form = "($0 = $1)" if must_be_equal or self.queries.chance(0.9) else "($0 IS NOT DISTINCT FROM $1)"
            equality = Node("equality of columns", form, nodes, BOOL)
        roll = self.random.random()
        if equality is not None and (must_be_equal or roll < 0.55):
            return equality
        condition = self.queries.conditions.condition(both, depth)
        if equality is None or roll > 0.85:
            return condition
        return Node("AND", "($0 AND $1)", [equality, condition], BOOL)

    def _of_three(self, left, right):
        """An equality of a column with a value of columns of two tables that are joined already."""
        for kind in self.random.sample((INT, TEXT), 2):
            of_kind = [
                (relation, column)
                for relation in (*left, *right)
                for column in relation.columns
                if column.kind == kind and column.exact
            ]
            lefts = [(relation, column) for relation, column in of_kind if relation in left]
            rights = [(relation, column) for relation, column in of_kind if relation in right]
            if len({id(relation) for relation, _ in lefts}) < 2 or not rights:
                continue
            one = self.random.choice(lefts)
            two = self.random.choice([each for each in lefts if each[0] is not one[0]])
            parts = [self.queries.values.column(*each) for each in (one, two, self.random.choice(rights))]
            return Node("equality over three tables", "(COALESCE($0, $1) = $2)", unified(parts), BOOL)
        return None

    # Joins by name.

    def _by_name(self, word, left, relations, outer, depth):
        """USING or NATURAL: both sides have columns of one name and kind."""
        right, added = self._table(outer, depth, small=True)
        theirs = {column.name: column for column in added[0].all_columns()}
        mine = {column.name: column for column in relations[0].all_columns()}
        shared = [name for name in mine if name in theirs]
        if (
            any(
                mine[name].kind != theirs[name].kind
                or mine[name].scale != theirs[name].scale
                or not (mine[name].exact and theirs[name].exact)
                or mine[name].kind == BIN
                for name in shared
            )
            or not shared
        ):
            return None
        # Names that differ in case alone would be shared for the driver.
        if {name.lower() for name in mine} & {name.lower() for name in theirs} != {name.lower() for name in shared}:
            return None
        used = shared if "NATURAL" in word else self.random.sample(shared, self.random.randint(1, min(2, len(shared))))
        merged = []
        for name in used:
            one, other = mine[name], theirs[name]
            merged.append(
                Column(
                    name,
                    one.kind,
                    one.scale,
                    max(one.bound, other.bound),
                    small=one.small or other.small,
                    values=[*one.values, *other.values],
                )
            )
        # The merged columns have no table; the sides keep the rest.
        kept = [
            Relation(side.alias, [column for column in side.columns if column.name not in used], side.large, side.table)
            for side in (*relations, *added)
        ]
        if "NATURAL" in word:
            form = f"$0 {word} $1"
        else:
            names = ", ".join(used)
            form = f"$0 {word.removesuffix(' USING')} $1 USING ({names})"
        # A name of one side that another side has, too, but that is not merged, stays with its table.
        return Node(word, form, [left, right]), kept, merged
