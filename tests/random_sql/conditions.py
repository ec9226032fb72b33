"""Random conditions: comparisons, lists, ranges, nulls, and those with a query in them."""

from . import operators
from .functions import FUNCTIONS
from .kinds import BIN, BOOL, DATE, DBL, DEC, INT, NUMBERS, TEXT, TIME, TS
from .node import DRIVER, Node, forms
from .numbers import unified
from .values import COMPARISONS

_RULES = operators.PREDICATES + [rule for rule in FUNCTIONS if rule.kind == BOOL]
_SIMPLE = [rule for rule in operators.PREDICATES if "bool" not in rule.parts]

# Kinds of conditions with their weights. The generator below has a method for each.
FORMS = {
    "comparison": (30, "<value> (= | <> | != | < | <= | > | >=) <value>"),
    "comparison of different numbers": (5, "<number> (= | <> | ...) <number>, of two kinds"),
    "comparison with a text that is a moment": (3, "<moment> (= | <> | ...) 'text'"),
    "comparison of DATE and TIMESTAMP": (2, "<date> (= | <> | ...) <timestamp>"),
    "IN list": (6, "<value> IN (<value>, ...)"),
    "NOT IN list": (4, "<value> NOT IN (<value>, ...)"),
    "BETWEEN": (4, "<value> BETWEEN <value> AND <value>"),
    "NOT BETWEEN": (2, "<value> NOT BETWEEN <value> AND <value>"),
    "IS NULL": (5, "<value> IS NULL"),
    "IS NOT NULL": (5, "<value> IS NOT NULL"),
    "IS DISTINCT FROM": (3, "<value> IS DISTINCT FROM <value>"),
    "IS NOT DISTINCT FROM": (3, "<value> IS NOT DISTINCT FROM <value>"),
    "truth value alone": (4, "<bit column>"),
    "constant condition": (1, "TRUE | FALSE | 1 = 0"),
    "rule": (22, "one of the rules for conditions"),
    "query": (16, "EXISTS, IN, ANY, ALL, row values"),
}


class Conditions:
    def __init__(self, random, values, queries):
        self.random = random
        self.values = values
        self.queries = queries

    def condition(self, scope, depth):
        if depth <= 0:
            return self._comparison(scope, 0)
        form = self.random.choices(list(FORMS), [weight for weight, _ in FORMS.values()])[0]
        return getattr(self, "_" + form.lower().replace(" ", "_").replace(",", ""))(scope, depth - 1)

    def _kind(self, scope, kinds=(INT, INT, INT, DEC, DBL, TEXT, TEXT, DATE, TS, TIME, BOOL, BIN)):
        """Mostly a kind that the scope has."""
        for _ in range(4):
            kind = self.random.choice(kinds)
            if scope.references(kind) or scope.leaves and any(leaf.kind == kind for leaf in scope.leaves):
                return kind
        return self.random.choice((INT, TEXT) if INT in kinds else kinds)

    def _several(self, scope, depth, count, kinds=None):
        """Values of one kind, or of two kinds of numbers."""
        kind = self._kind(scope, *((kinds,) if kinds else ()))
        nodes = [self.values.value(kind, scope, depth)]
        for _ in range(count - 1):
            other = kind
            nodes.append(
                self.values.constant(kind, scope)
                if self.random.random() < 0.5
                else self.values.value(other, scope, depth)
            )
        self.values.give_a_type(nodes)
        return unified(nodes)

    def _made(self, construct, form, kids, sqlite=None, duckdb=None):
        return Node(construct, forms(form, sqlite, duckdb), kids, BOOL)

    def _comparison(self, scope, depth):
        operator = self.random.choice(COMPARISONS)
        return self._made(f"comparison {operator}", f"($0 {operator} $1)", self._several(scope, depth, 2))

    def _comparison_of_different_numbers(self, scope, depth):
        operator = self.random.choice(COMPARISONS)
        left, right = self.random.sample(NUMBERS, 2)
        nodes = [self.values.typed(self.values.value(kind, scope, depth)) for kind in (left, right)]
        return self._made("comparison of different numbers", f"($0 {operator} $1)", unified(nodes))

    def _comparison_with_a_text_that_is_a_moment(self, scope, depth):
        operator = self.random.choice(COMPARISONS)
        kind = self.random.choice((DATE, TS))
        left = self.values.typed(self.values.value(kind, scope, depth))
        right = self.values.constant(kind, scope, null=False, parameter=False)
        typed = right.forms[DRIVER]
        right.forms[DRIVER] = typed[typed.index("'") : typed.rindex("'") + 1]
        return self._made("comparison with a text that is a moment", f"($0 {operator} $1)", [left, right])

    def _comparison_of_date_and_timestamp(self, scope, depth):
        operator = self.random.choice(COMPARISONS)
        kids = [self.values.typed(self.values.value(kind, scope, depth)) for kind in (DATE, TS)]
        return self._made(
            "comparison of DATE and TIMESTAMP",
            f"($0 {operator} $1)",
            kids,
            f"(($0 || ' 00:00:00.000000') {operator} $1)",
        )

    def _in_list(self, scope, depth, word="IN"):
        count = self.random.choice((1, 2, 3, 3, 5))
        kids = self._several(scope, depth, count + 1)
        if count == 1 and isinstance(_bare(kids[1]).kids[:1] and _bare(kids[1]).kids[0], self.queries.query_type):
            # A query alone in the list would be IN with a query.
            kids[1] = self.values.constant(kids[1].kind, scope, scale=kids[1].scale)
        places = ", ".join(f"${place + 1}" for place in range(count))
        return self._made(f"{word} list", f"($0 {word} ({places}))", kids)

    def _not_in_list(self, scope, depth):
        return self._in_list(scope, depth, "NOT IN")

    def _between(self, scope, depth, word="BETWEEN"):
        kids = self._several(scope, depth, 3, (INT, INT, DEC, DBL, TEXT, DATE, TS, TIME))
        return self._made(word, f"($0 {word} $1 AND $2)", kids)

    def _not_between(self, scope, depth):
        return self._between(scope, depth, "NOT BETWEEN")

    def _is_null(self, scope, depth, word="IS NULL"):
        kid = self.values.value(self._kind(scope), scope, depth, exact=False)
        return self._made(word, f"($0 {word})", [kid])

    def _is_not_null(self, scope, depth):
        return self._is_null(scope, depth, "IS NOT NULL")

    def _is_distinct_from(self, scope, depth, word="IS DISTINCT FROM"):
        return self._made(word, f"($0 {word} $1)", self._several(scope, depth, 2))

    def _is_not_distinct_from(self, scope, depth):
        return self._is_distinct_from(scope, depth, "IS NOT DISTINCT FROM")

    def _truth_value_alone(self, scope, depth):
        node = self.values.leaf(BOOL, scope)
        return node if node.construct.startswith("column") else self._comparison(scope, depth)

    def _constant_condition(self, scope, depth):
        words = self.random.choice(("TRUE", "FALSE", "(1 = 0)", "(1 = 1)"))
        return Node("constant condition", words, (), BOOL)

    def _rule(self, scope, depth):
        rules = _RULES if depth > 0 else _SIMPLE
        rule = self.random.choices(rules, [rule.weight for rule in rules])[0]
        node = self.values.rule(rule, scope, depth + 1)
        return node or self._comparison(scope, depth)

    def _query(self, scope, depth):
        if not self.queries.may_nest(scope):
            return self._comparison(scope, depth)
        return self.queries.subqueries.condition(scope, depth)


def _bare(node):
    """Without what only SQLite writes."""
    while node.construct is None and node.kids:
        node = node.kids[0]
    return node
