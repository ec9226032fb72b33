"""Makes a failing statement small: parts are left out while it fails in the same way."""

import copy

from .kinds import BOOL, literal
from .node import Literal
from .query import Query, Select, SetOperation

ROUNDS = 12
TRIES = 1500


def shrink(session, query, verdict):
    """(the smallest query found, its verdict, its small tables with as few rows as it needs)."""
    wanted = verdict.what
    tries = 0

    def fails(candidate):
        nonlocal tries
        tries += 1
        try:
            found = session.judge(candidate)
        except (IndexError, AttributeError, TypeError, KeyError, ValueError):
            return None
        if any(
            found.answers.get(name) is not None
            and found.answers[name].refused > (verdict.answers.get(name) is not None and verdict.answers[name].refused)
            for name in found.answers
        ):
            return None
        return (
            found
            if found.what == wanted and found.detail[:40] == verdict.detail[:40] or found.what == wanted == "wrong rows"
            else None
        )

    changed = True
    while changed and tries < TRIES:
        changed = False
        for candidate in _candidates(query):
            found = fails(candidate)
            if found:
                query, verdict, changed = candidate, found, True
                break
            if tries >= TRIES:
                break
    text = verdict.texts["driver"][0].lower()
    used = [table for table in session.small if table.name.lower() in text]
    used, verdict = _fewer_rows(session, query, verdict, used, fails)
    session.block = None
    return query, verdict, used


def _size(query):
    return sum(1 for _ in query.walk())


def _candidates(query):
    """Smaller statements, the smallest first."""
    found = []
    count = len(list(_slots(query)))
    for place in range(count):
        for variant in range(8):
            candidate = copy.deepcopy(query)
            slot = list(_slots(candidate))[place]
            if not _reduce(slot, variant):
                break
            found.append(candidate)
    found.sort(key=_size)
    size = _size(query)
    yield from (candidate for candidate in found if _size(candidate) <= size)


def _slots(query):
    """Every node that may be reduced, with the place where it is: (holder, index, node); the query itself first."""
    yield None, None, query
    for parent, index in query.places():
        yield parent, index, parent.kids[index]


def _reduce(slot, variant):
    """Does the reduction of this number; says whether there is one."""
    parent, index, node = slot
    ways = list(_ways(parent, index, node))
    if variant >= len(ways):
        return False
    ways[variant]()
    return True


def _ways(parent, index, node):
    def put(other):
        return lambda: parent.kids.__setitem__(index, other)

    if isinstance(node, Query):
        if node.limit:
            yield lambda: setattr(node, "limit", None)
        for place in range(len(node.orders)):
            yield lambda place=place: node.orders.pop(place)
        if isinstance(node.body, SetOperation):
            for kid in node.body.kids:
                yield lambda kid=kid: node.kids.__setitem__(0, kid)
        if isinstance(node.body, Select) and len(node.columns) > 1 and not node.orders:
            for place in range(len(node.columns)):
                yield lambda place=place: _drop_item(node, place)
        return
    if isinstance(node, Select):
        for part in (Select.WHERE, Select.HAVING, Select.GROUP):
            if node.kids[part] is not None:
                yield lambda part=part: node.kids.__setitem__(part, None)
        if node.distinct:
            yield lambda: setattr(node, "distinct", False)
        return
    if isinstance(node, SetOperation):
        if parent is not None:
            for kid in node.kids:
                yield put(kid)
        return
    if isinstance(node, Literal):
        if node.parameter:
            yield lambda: setattr(node, "parameter", False)
        return
    if node.kind is not None:
        for part in node.walk():
            if part is not node and part.kind == node.kind and part.scale == node.scale:
                yield put(part)
        if node.kids and node.kind == BOOL:
            yield put(literal(BOOL, True))
            yield put(literal(BOOL, False))
        elif node.kids:
            yield put(literal(node.kind, None, node.scale))
        return
    # A join: one of its sides.
    if node.construct and ("JOIN" in node.construct or node.construct in ("comma", "{oj}", "join in parentheses")):
        for kid in node.kids[:2]:
            yield put(kid)


def _drop_item(query, place):
    query.body.kids[Select.ITEMS].kids.pop(place)
    query.columns = query.columns[:place] + query.columns[place + 1 :]


def _fewer_rows(session, query, verdict, used, fails):
    for table in used:
        for place in reversed(range(len(table.rows))):
            kept = table.rows
            table.rows = kept[:place] + kept[place + 1 :]
            session.load([table])
            found = fails(query)
            if found:
                verdict = found
            else:
                table.rows = kept
        session.load([table])
    return used, verdict
