"""Random values: expressions of a wanted kind over what a scope has."""

import copy

from . import functions, operators
from .aggregates import AGGREGATES
from .functions import FUNCTIONS, SAME_KIND
from .kinds import BIN, BOOL, DATE, DBL, DEC, DRIVER_TYPE, INT, KINDS, NUMBERS, TEXT, TIME, TS, literal
from .node import DRIVER, DUCKDB, SQLITE, Literal, No, Node, forms
from .numbers import rescaled
from .rules import Rule, widest
from .scopes import reference
from .tables import is_too_wide, pool
from .windows import after_call

RULES = {kind: [] for kind in KINDS}
for _rule in (*operators.ARITHMETIC, *operators.TEXTS, *operators.CASTS, *operators.INTERVALS, *FUNCTIONS):
    RULES[_rule.kind].append(_rule)

_OVERLOADED = {
    *functions.NUMBERS,
    *functions.TIMES,
    *(rule for rule in functions.TEXTS if rule.name in ("FORMAT", "TO_CHAR")),
}
# The least value of a type has no counterpart above zero.
NEGATING = {"negate", "ABS"}
PATTERNS = ("%", "a%", "%b", "%a%", "_", "_b%", "A%", "", "%%", "a_c", "%日%", "100!%")
ITEMS = ("Red", "Blue", "a", "Travel")
AROUND = ("column", "column of the query around", "column two queries up")
LIMITS = {INT: 2**31 - 1, DEC: 10**9, DBL: 1e100}
COMPARISONS = ("=", "=", "=", "<>", "!=", "<", "<=", ">", ">=")


class Values:
    """Makes expressions. Queries inside of them come from `queries`."""

    def __init__(self, random, queries):
        self.random = random
        self.queries = queries
        self.parameters = True
        self.fallible = False
        # Whether constants need a type of their own, for their place gives them none.
        self.typed_only = False

    def chance(self, probability):
        return self.random.random() < probability

    # The one way in.

    def value(self, kind, scope, depth, exact=True, scale=None):
        """An expression of this kind; of this scale where one is given."""
        for _ in range(4):
            node = self._value(kind, scope, depth)
            if node and (node.exact or not exact) and self._fits(node) and scale in (None, node.scale):
                return node
        return self.constant(kind, scope, scale=scale)

    def _fits(self, node):
        if node.kind == DEC and (node.scale > 6 or node.bound * 10**node.scale > 10**15):
            return node.construct == "column"
        return True

    def _value(self, kind, scope, depth):
        roll = self.random.random()
        if kind == BOOL and roll < 0.85 and not (scope.windows and self.chance(0.2)):
            return self.queries.conditions.condition(scope, depth)
        if depth <= 0 or roll < 0.30:
            return self.leaf(kind, scope)
        if roll < 0.38:
            return self.constant(kind, scope)
        if roll < 0.48 and self.fallible and kind == INT:
            return self.rule(
                self.random.choices(operators.FALLIBLE, [rule.weight for rule in operators.FALLIBLE])[0], scope, depth
            )
        if roll < 0.55:
            return self.same_kind(kind, scope, depth)
        if roll < 0.62 and self.queries.may_nest(scope):
            return self.queries.subqueries.scalar(kind, scope, depth)
        if roll < 0.8 and scope.windows:
            return self.queries.windows.window(kind, scope, depth)
        if not RULES[kind]:
            return self.leaf(kind, scope)
        rule = self.random.choices(RULES[kind], [rule.weight for rule in RULES[kind]])[0]
        return self.rule(rule, scope, depth)

    # Leaves.

    def leaf(self, kind, scope):
        """A column, a key of the group, an aggregate; otherwise a constant."""
        level = 0
        while level + 1 < scope.depth() and self.chance(0.3 if level == 0 else 0.5):
            level += 1
        for place in [level, *range(scope.depth())]:
            node = self._leaf_of(kind, scope, place)
            if node:
                return node
        return self.constant(kind, scope)

    def _leaf_of(self, kind, scope, level):
        at = scope
        for _ in range(level):
            at = at.outer
        if at.leaves is not None:
            keys = [
                key
                for key in at.leaves
                if key.kind == kind and (level == 0 or key.construct == "column" and not key.bare)
            ]
            if level == 0 and at.inner is not None and self.chance(0.6 if keys else 1):
                return self.aggregate(kind, at)
            if not keys:
                return None
            key = copy.copy(self.random.choice(keys))
            if level > 0:
                key.construct = AROUND[min(level, 2)]
            return key
        pairs = [pair for pair in at.references(kind) if level == 0 or pair[0] is not None]
        if not pairs:
            return None
        relation, column = self.random.choice(pairs)
        return self.column(relation, column, at if level == 0 else None, level)

    def column(self, relation, column, scope=None, level=0):
        construct = AROUND[min(level, 2)]
        is_plain = (
            scope is not None and scope.plain and relation is not None and self.chance(0.15) and scope.is_unique(column)
        )
        node = reference(self.random, None if is_plain else relation, column, construct)
        if is_too_wide(column):
            node.forms[SQLITE] = No("decimals of 38 digits")
        return node

    def constant(self, kind, scope, null=True, scale=None, parameter=True):
        """A literal or a parameter, often a value that a column has."""
        scale = self.random.choice((2, 4)) if kind == DEC and scale is None else scale or 0
        if null and self.chance(0.06):
            return self.null(kind, scale)
        near = (
            [
                column
                for _, column in scope.references(kind)
                if column.values and column.scale == scale and not is_too_wide(column)
            ]
            if kind != BIN
            else []
        )
        if near and self.chance(0.6):
            value = self.random.choice(self.random.choice(near).values)
        elif kind == DEC and scale not in (2, 4):
            value = self.random.choice(pool(DEC, 2)).quantize(pool(DEC, 4)[0].__class__(1).scaleb(-scale))
        else:
            value = self.random.choice(pool(kind, scale))
        if kind == TEXT and len(value) > 200:
            value = value[:50]
        is_parameter = parameter and self.parameters and self.chance(0.15)
        node = literal(kind, value, scale, is_parameter)
        if is_parameter and self.typed_only:
            return self._cast_marker(node)
        if not is_parameter:
            self._respell(node, kind, value)
        return node

    def give_a_type(self, nodes):
        """Where markers and bare NULLs are among themselves, no place tells their type: the first gets a cast."""
        if all(_is_untyped(node) for node in nodes):
            nodes[0] = self.typed(nodes[0])

    def typed(self, node):
        if isinstance(node, Literal) and node.parameter:
            return self._cast_marker(node)
        if node.construct == "NULL":
            kept, self.typed_only = self.typed_only, True
            node = self.null(node.kind, node.scale)
            self.typed_only = kept
        return node

    def _cast_marker(self, marker):
        name = DRIVER_TYPE[marker.kind].format(scale=marker.scale)
        three = forms(f"CAST($0 AS {name})", "$0", "$0")
        return Node("parameter in CAST", three, [marker], marker.kind, marker.scale, marker.bound)

    def _respell(self, node, kind, value):
        text = node.forms[DRIVER]
        if kind == DATE and self.chance(0.4):
            node.forms[DRIVER], node.construct = "{d " + text[5:] + "}", "literal {d}"
        elif kind == TIME and self.chance(0.4):
            node.forms[DRIVER], node.construct = "{t " + text[5:] + "}", "literal {t}"
        elif kind == TS and self.chance(0.4):
            node.forms[DRIVER], node.construct = "{ts " + text[10:] + "}", "literal {ts}"
        elif kind == TEXT and self.chance(0.1):
            node.forms[DRIVER], node.construct = "N" + text, "literal N''"
        elif kind == BIN and value and self.chance(0.5):
            node.forms[DRIVER], node.construct = "0x" + value.hex().upper(), "literal 0x"

    def null(self, kind, scale=0):
        node = literal(kind, None, scale)
        node.construct = "NULL"
        if self.typed_only or self.chance(0.7):
            node.forms[DRIVER] = f"CAST(NULL AS {DRIVER_TYPE[kind].format(scale=scale)})"
            node.construct = "NULL with a type"
        return node

    # Rules.

    def rule(self, rule, scope, depth):
        # A marker or a NULL beside an interval may be a date, a time or an interval.
        kept, self.typed_only = self.typed_only, self.typed_only or rule in operators.INTERVALS
        kids = [self.part(part, scope, depth - 1) for part in rule.parts]
        self.typed_only = kept
        if rule in operators.ARITHMETIC or rule in operators.TEXTS:
            self.give_a_type(kids)
        elif rule in _OVERLOADED:
            # Functions of numbers take every kind of them, and of times DATE and TIMESTAMP.
            kids = [self.typed(kid) if kid.kind in (*NUMBERS, DATE, TS) else kid for kid in kids]
        node = rule.make(self.random, kids)
        if rule.name in operators.MOVING and any(kid.bound for kid in kids if kid.kind in (DATE, TS)):
            node.forms[DUCKDB] = No("years beyond 9999 are values in DuckDB")
        limit = LIMITS.get(node.kind)
        if rule in operators.FALLIBLE or limit is None:
            return node
        limit = 32767 if node.small else limit
        if node.bound > limit and (rule.bound is not widest or rule.name in NEGATING):
            return None
        return node

    def part(self, part, scope, depth):
        if ".." in part:
            least, most = map(int, part.split(".."))
            return self.whole(least, most)
        if part == "pattern":
            return self._text(PATTERNS, "pattern")
        if part == "item":
            return self._text(ITEMS, "item of a list")
        if part == "big":
            return self.value(INT, scope, depth) if self.chance(0.5) else self.leaf(INT, scope)
        if part == "integer":
            node = self.leaf(INT, scope)
            return node if node.bound <= 2**31 - 1 else self.whole(1, 10**9)
        if part == "small":
            node = self.value(DBL, scope, depth)
            return node if node.bound <= 1000 else literal(DBL, 1.5)
        return self.value({"double": DBL}.get(part, part), scope, depth)

    def whole(self, least, most):
        is_parameter = self.parameters and self.chance(0.1)
        return literal(INT, self.random.randint(least, most), 0, is_parameter)

    def _text(self, choices, construct):
        is_parameter = self.parameters and self.chance(0.15)
        node = literal(TEXT, self.random.choice(choices), 0, is_parameter)
        node.construct = f"{construct} as a parameter" if is_parameter else construct
        return node

    def same_kind(self, kind, scope, depth):
        """COALESCE, CASE and the like."""
        name = self.random.choice(list(SAME_KIND))
        if kind in (BOOL, BIN) and name in ("GREATEST", "LEAST"):
            name = "COALESCE"
        driver, reference_form = SAME_KIND[name]
        rule = Rule(kind, 1, name, driver, reference_form, reference_form)
        kids = []
        for part in rule.parts:
            kids.append(
                self.value(kind, scope, depth - 1, exact=name in ("NULLIF", "GREATEST", "LEAST"))
                if part == "same"
                else self.part(part, scope, depth - 1)
            )
        same = [place for place, part in enumerate(rule.parts) if part == "same"]
        # A marker gets the neighbour's type, which may have fewer digits than the marker's value.
        values = [self.typed(kids[place]) if kind == DEC else kids[place] for place in same]
        self.give_a_type(values)
        for place, value in zip(same, values, strict=True):
            kids[place] = value
        # A scale that is common to the values, for they come out of one expression.
        scale = max((kids[place].scale for place in same), default=0)
        for place in same:
            kids[place] = rescaled(kids[place], scale)
        node = rule.make(self.random, kids)
        node.scale = scale
        node.bound = max(kids[place].bound for place in same)
        node.exact = all(kid.exact for kid in kids)
        return node

    # Aggregates.

    def aggregate(self, kind, scope):
        """An aggregate over the rows of a group; none where no aggregate gives this kind."""
        fitting = [aggregate for aggregate in AGGREGATES if aggregate.kind == kind]
        if not fitting:
            return None
        chosen = self.random.choices(fitting, [aggregate.weight for aggregate in fitting])[0]
        return self.aggregate_call(chosen, scope.inner)

    def aggregate_call(self, aggregate, scope, allow_distinct=True):
        kids = []
        is_distinct = aggregate.distinct and allow_distinct and self.chance(0.2)
        if aggregate.argument is not None:
            kind = self.random.choice(KINDS) if aggregate.argument == "any" else aggregate.argument
            kept = self.parameters
            # The argument is written twice, and markers are never the same.
            self.parameters = kept and aggregate.driver.count("$0") == 1
            kids = [self._argument(kind, scope, is_distinct or aggregate.argument != "any")]
            self.parameters = kept
        construct = aggregate.name + (" DISTINCT" if is_distinct else "")

        def written(form):
            return form.replace("$d", "DISTINCT " if is_distinct else "") if isinstance(form, str) else form

        argument = kids[0] if kids else None
        bound = argument.bound if argument else 10**5
        if aggregate.grows:
            bound *= 500
            if argument.bound > 2**40 and not self.fallible:
                return None
        elif aggregate.argument == "any":
            bound = 10**5
        scale = argument.scale + aggregate.places if argument is not None and aggregate.kind == DEC else 0
        exact = aggregate.exact and (argument is None or argument.exact)
        duckdb = aggregate.duckdb
        if aggregate.name == "SUM of DECIMAL":
            # Of DECIMAL(38, s) DuckDB makes no type with more places.
            duckdb = f"CAST({duckdb} AS DECIMAL(28, {scale}))"
        three = forms(written(aggregate.driver), written(aggregate.sqlite), written(duckdb))
        if aggregate.window and self.chance(0.1):
            condition = self._argument(BOOL, scope, True)
            if condition.construct != "NULL with a type":
                clause = f" FILTER (WHERE ${len(kids)})"
                three = {
                    dialect: after_call(form, clause) if isinstance(form, str) else form
                    for dialect, form in three.items()
                }
                kids.append(Node("FILTER", "$0", [condition], BOOL))
        return Node(
            construct,
            three,
            kids,
            aggregate.kind,
            scale,
            bound,
            exact,
            bool(argument and argument.small and not aggregate.grows),
        )

    def _argument(self, kind, scope, exact):
        """An argument has a column of its own query, or the aggregate would belong to another."""
        kept, self.parameters = self.parameters, self.parameters and self.chance(0.5)
        windows, scope.windows = scope.windows, False
        try:
            for _ in range(3):
                node = self.value(kind, scope, 1, exact)
                if (
                    node.construct != "COUNT(*)"
                    and any(part.construct == "column" for part in node.walk())
                    and not any(isinstance(part, self.queries.query_type) for part in node.walk())
                ):
                    return node
            pairs = scope.references(kind)
            if pairs:
                return self.column(*self.random.choice(pairs))
        finally:
            self.parameters, scope.windows = kept, windows
        return self.typed(self.null(kind, 2 if kind == DEC else 0))


def _is_untyped(node):
    return isinstance(node, Literal) and node.parameter or node.construct == "NULL"
