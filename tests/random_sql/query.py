"""Queries as parts of a statement: what is written where, in each dialect."""

from .node import DRIVER, SQLITE, NoCounterpart, Node
from .numbers import rescaled


class Select(Node):
    """SELECT ... FROM ... WHERE ... GROUP BY ... HAVING ... WINDOW ... QUALIFY. Parts that are absent are None."""

    ITEMS, FROM, WHERE, GROUP, HAVING, WINDOW, QUALIFY = range(7)

    def __init__(self, items, tables, where=None, group=None, having=None, distinct=False, windows=None, qualify=None):
        parts = [items, tables, where, group, having, windows, qualify]
        super().__init__("SELECT DISTINCT" if distinct else "SELECT", "", parts)
        self.distinct = distinct

    def write_select(self, writing, hidden=(), top=None):
        items, tables, where, group, having, windows, qualify = self.kids
        text = "SELECT " + ("DISTINCT " if self.distinct else "")
        if top is not None:
            text += f"TOP {top} "
        text += ", ".join(part.write(writing) for part in (*items.kids, *hidden))
        if tables is not None:
            text += f" FROM {tables.write(writing)}"
        clauses = {"WHERE": where, "GROUP BY": group, "HAVING": having, "WINDOW": windows, "QUALIFY": qualify}
        for word, part in clauses.items():
            if part is not None:
                text += f" {word} {part.write(writing)}"
        return text

    def write(self, writing):
        return self.write_select(writing)


class SetOperation(Node):
    """Two queries joined by UNION and the like. SQLite gets each operand as a table: it has no parentheses here."""

    def __init__(self, word, left, right, parenthesized):
        super().__init__(word, "", [left, right])
        self.word = word
        self.parenthesized = parenthesized

    def write(self, writing):
        left, right = (kid.write(writing) for kid in self.kids)
        if writing.dialect == SQLITE:
            if self.word in ("INTERSECT ALL", "EXCEPT ALL"):
                raise NoCounterpart(f"{self.word} is not there in SQLite")
            return f"SELECT * FROM ({left}) {self.word} SELECT * FROM ({right})"
        is_bare = writing.dialect == DRIVER and not self.parenthesized
        left_bare = is_bare and isinstance(self.kids[0], Select)
        right_bare = is_bare and isinstance(self.kids[1], Select)
        return f"{left if left_bare else f'({left})'} {self.word} {right if right_bare else f'({right})'}"


class OrderKey:
    """What to sort by: the place of an output column, or an expression beside the outputs."""

    def __init__(self, output, node, descending, spelling):
        self.output = output
        self.node = node
        self.descending = descending
        # ordinal, alias or expression; for the driver.
        self.spelling = spelling


class Limit:
    """So many rows after so many; either may be None."""

    def __init__(self, count, skip, spelling):
        self.count = count
        self.skip = skip
        # top, limit or fetch; for the driver. Counts are literals, which may be parameters.
        self.spelling = spelling

    def number(self, node):
        return None if node is None else node.value


class Query(Node):
    """A body (SELECT or a set operation) with WITH, ORDER BY and a limit."""

    is_query = True

    def __init__(self, body, columns, orders=(), limit=None, tables=()):
        super().__init__(None, "", [body, *(table for _, table in tables)])
        self.columns = columns
        self.orders = list(orders)
        self.limit = limit
        # (name, columns' names) of common table expressions, whose queries are the parts after the first.
        self.names = [name for name, _ in tables]

    @property
    def body(self):
        return self.kids[0]

    def places(self):
        """The keys' expressions, too."""
        yield from super().places()
        for key in self.orders:
            if key.node is not None and key.output is None:
                yield from key.node.places()

    def walk(self):
        yield from super().walk()
        for key in self.orders:
            if key.output is None:
                yield Node("ORDER BY an expression", "")
                yield from key.node.walk()
            else:
                yield Node(f"ORDER BY, {key.spelling}", "")
        if self.limit:
            yield Node(f"{self.limit.spelling}{' with OFFSET' if self.limit.skip is not None else ''}", "")
            for part in (self.limit.count, self.limit.skip):
                if part is not None and part.parameter:
                    yield Node("limit as a parameter", "")
        if self.names:
            yield Node("WITH", "")

    def write(self, writing):
        is_top = writing.top is self
        is_reference = writing.dialect != DRIVER
        text = ""
        if self.names:
            tables = ", ".join(
                f"{name} AS ({kid.write(writing)})" for name, kid in zip(self.names, self.kids[1:], strict=True)
            )
            word = "WITH RECURSIVE" if any(kid.construct == "WITH RECURSIVE" for kid in self.kids[1:]) else "WITH"
            text = f"{word} {tables} "
        limit = None if is_top and is_reference else self.limit
        hidden = [key.node for key in self.orders if key.output is None]
        top = None
        if limit and not is_reference and limit.spelling == "TOP" and isinstance(self.body, Select):
            top = limit.count.write(writing)
            top = f"({top})" if top == "?" else top
        if is_top and is_reference and hidden:
            text += self.body.write_select(writing, hidden)
        elif top is not None:
            text += self.body.write_select(writing, (), top)
        else:
            text += self.body.write(writing)
        if self.orders:
            text += " ORDER BY " + ", ".join(self._order(writing, is_top and is_reference))
        if limit and top is None:
            text += self._limit(writing, limit)
        return text

    def _order(self, writing, appended):
        """Hidden keys of a reference's result follow its outputs, where the comparison finds them."""
        after = len(self.columns)
        for key in self.orders:
            if key.output is None:
                after += 1
                text = str(after) if appended else key.node.write(writing)
            elif writing.dialect != DRIVER or key.spelling == "ordinal":
                text = str(key.output + 1)
            elif key.spelling == "alias":
                text = self.columns[key.output].name
            else:
                text = key.node.write(writing)
            yield text + (" DESC" if key.descending else "")

    def _limit(self, writing, limit):
        count = limit.count.write(writing) if limit.count is not None and limit.spelling != "FETCH" else None
        skip = None
        if writing.dialect == DRIVER and limit.spelling == "FETCH":
            skip = limit.skip.write(writing) if limit.skip is not None else "0"
            text = f" OFFSET {skip} ROWS"
            return text + (f" FETCH NEXT {limit.count.write(writing)} ROWS ONLY" if limit.count is not None else "")
        if limit.count is not None and count is None:
            count = limit.count.write(writing)
        skip = limit.skip.write(writing) if limit.skip is not None else None
        if writing.dialect == SQLITE and count is None:
            count = "-1"
        return (f" LIMIT {count}" if count is not None else "") + (f" OFFSET {skip}" if skip is not None else "")


def rescale_column(body, place, scale):
    """Brings a column of every SELECT of a body to a scale."""
    if isinstance(body, SetOperation):
        for kid in body.kids:
            rescale_column(kid, place, scale)
        return
    item = body.kids[Select.ITEMS].kids[place]
    item.kids[0] = rescaled(item.kids[0], scale)
