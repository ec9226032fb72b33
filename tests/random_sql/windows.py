"""Random window functions."""

import re

from .aggregates import AGGREGATES, PAST_NULLS, PEER_FRAMES, PLACED, RANGE_FRAMES, RANKS, ROWS_FRAMES
from .kinds import BIN, DBL, DEC, INT
from .node import Node, forms
from .rules import Rule


class Windows:
    def __init__(self, random, queries):
        self.random = random
        self.queries = queries

    def window(self, kind, scope, depth):
        """A window function of this kind; none where the scope has nothing to order by."""
        if not scope.relations or scope.leaves is not None:
            return None
        scope.windows = False
        kept, self.queries.values.parameters = self.queries.values.parameters, False
        try:
            roll = self.random.random()
            if roll < 0.45:
                return self._placed(kind, scope)
            if roll < 0.6 and kind in (INT, DBL):
                return self._rank(kind, scope)
            return self._aggregate(kind, scope)
        finally:
            scope.windows, self.queries.values.parameters = True, kept

    def _all_rows(self, scope):
        """Keys that tell all rows apart, or rows that are the same throughout."""
        keys = []
        for relation in scope.relations:
            columns = relation.key()
            if any(not column.exact or column.kind == BIN for column in columns):
                return None
            keys += [self.queries.values.column(relation, column) for column in columns]
        keys += [self.queries.values.column(None, column) for column in scope.merged]
        # Rows that are the same throughout get places in any order; a second window may give them another.
        if scope.merged or not all(relation.key()[0].unique for relation in scope.relations):
            if scope.placed:
                return None
            scope.placed = True
        self.random.shuffle(keys)
        return keys

    def _over(self, call, call_kids, partition, keys, frame, construct, kind, attributes, scope):
        parts, kids = [], list(call_kids)
        if partition:
            parts.append(Node(None, "PARTITION BY $*", partition))
        if keys:
            directions = [Node(None, "$0" + self.random.choice(("", "", " DESC")), [key]) for key in keys]
            parts.append(Node(None, "ORDER BY $*", directions))
        if frame:
            parts.append(Node(f"frame, {frame}", frame))
        place = len(kids)
        window = Node("OVER", "$*", parts, join=" ")
        if self.queries.chance(0.15):
            # Under a name, in the clause WINDOW.
            scope.named.append(Node("WINDOW", f"v{len(scope.named) + 1} AS ($0)", [window]))
            named = f" OVER v{len(scope.named)}"
            templates = {
                dialect: after_call(form, named) if isinstance(form, str) else form for dialect, form in call.items()
            }
            return Node(construct, templates, kids, kind, *attributes)
        kids.append(window)
        templates = {
            dialect: form if not isinstance(form, str) else after_call(form, f" OVER (${place})")
            for dialect, form in call.items()
        }
        return Node(construct, templates, kids, kind, *attributes)

    def _partition(self, scope):
        if not self.queries.chance(0.45):
            return []
        pairs = [pair for pair in scope.references() if pair[1].exact and pair[1].kind != BIN]
        return [self.queries.values.column(*self.random.choice(pairs))] if pairs else []

    def _placed(self, kind, scope):
        fitting = [name for name, (given, _) in PLACED.items() if given in (kind, "same")]
        name = self.random.choice(fitting)
        keys = self._all_rows(scope)
        if keys is None:
            return None
        _, form = PLACED[name]
        rule = Rule(kind, 1, name, form.replace("<constant>", "<same>"))
        kids = []
        for part in rule.parts:
            if part != "same":
                kids.append(self.queries.values.whole(*map(int, part.split(".."))))
            elif not kids:
                kids.append(self.queries.values.typed(self.queries.values.value(kind, scope, 1)))
            else:
                kids.append(
                    self.queries.values.constant(
                        kind, scope, null=False, scale=kids[0].scale if kind == DEC else None, parameter=False
                    )
                )
        scale = max((kid.scale for kid in kids), default=0) if kind == DEC else 0
        bound = max([10**5 if kind == INT else 0, *(kid.bound for kid in kids)])
        frame = ""
        if name in ("FIRST_VALUE", "LAST_VALUE") and self.queries.chance(0.5):
            frame = self.random.choice(ROWS_FRAMES)
        call = forms(rule.templates[0])
        if "IGNORE NULLS" in form:
            call = forms(
                form.replace("<same>", "$0"), PAST_NULLS, form.replace("<same>) IGNORE NULLS", "$0 IGNORE NULLS)")
            )
        return self._over(
            call,
            kids,
            self._partition(scope),
            keys,
            frame,
            name,
            kind,
            (scale, bound, True, any(kid.small for kid in kids)),
            scope,
        )

    def _rank(self, kind, scope):
        name = self.random.choice([name for name, (given, _) in RANKS.items() if given == kind])
        keys = self._some_keys(scope)
        return self._over(
            forms(RANKS[name][1]), [], self._partition(scope), keys, "", name, kind, (0, 10**5, kind == INT), scope
        )

    def _some_keys(self, scope):
        pairs = [pair for pair in scope.references() if pair[1].exact and pair[1].kind not in (BIN,)]
        count = min(len(pairs), self.random.choice((1, 1, 2)))
        return [self.queries.values.column(*pair) for pair in self.random.sample(pairs, count)]

    def _aggregate(self, kind, scope):
        fitting = [aggregate for aggregate in AGGREGATES if aggregate.kind == kind and aggregate.window]
        if not fitting:
            return None
        chosen = self.random.choices(fitting, [aggregate.weight for aggregate in fitting])[0]
        node = self.queries.values.aggregate_call(chosen, scope, allow_distinct=False)
        if node is None:
            return None
        roll = self.random.random()
        keys, frame = [], ""
        if roll < 0.35:
            keys, frame = self._some_keys(scope), self.random.choice(PEER_FRAMES)
        elif roll < 0.7:
            keys, frame = self._all_rows(scope) or [], self.random.choice(ROWS_FRAMES)
        elif roll < 0.8:
            numbers = [pair for pair in scope.references(INT) if pair[1].bound < 2**31]
            if numbers:
                keys, frame = (
                    [self.queries.values.column(*self.random.choice(numbers))],
                    self.random.choice(RANGE_FRAMES),
                )
        attributes = (node.scale, node.bound, node.exact, node.small)
        return self._over(
            node.forms,
            node.kids,
            self._partition(scope),
            keys,
            frame if keys else "",
            f"{node.construct} OVER",
            kind,
            attributes,
            scope,
        )


def after_call(form, clause):
    """The call of an aggregate with what is behind its parentheses. A cast of a sum goes around both."""
    cast = re.fullmatch(r"CAST\((.*) AS ([A-Z]+(\(.*\))?)\)", form)
    if cast:
        return f"CAST({cast[1]}{clause} AS {cast[2]})"
    return form + clause
