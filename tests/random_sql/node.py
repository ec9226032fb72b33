"""A statement as a tree that is written in three dialects: the driver's, SQLite's and DuckDB's.

Whatever is random is decided when the tree is made, so the same tree gives the same texts.
"""

import re

DRIVER, SQLITE, DUCKDB = "driver", "sqlite", "duckdb"
DIALECTS = (DRIVER, SQLITE, DUCKDB)


class NoCounterpart(Exception):
    """A dialect cannot say this; the reason is the text."""


class No:
    """Marks a form that a dialect lacks, with the reason."""

    def __init__(self, reason):
        self.reason = reason


class Writing:
    """One rendering: the dialect, and the driver's parameters in the order of their markers."""

    def __init__(self, dialect):
        self.dialect = dialect
        self.parameters = []
        # The query whose rows are the result. References leave its limit to the comparison.
        self.top = None


_PLACE = re.compile(r"\$(\d|\*)")


class Node:
    """A construct with its parts. `forms` has a template for each dialect: `$0` is the first part, `$*` all.

    Expressions have a kind (see kinds.py), and what the generator must know of their values: the scale of
    decimals, a bound of numbers, whether a SMALLINT is among them (arithmetic stays in its type) and whether
    they are the same in every engine (sums of DOUBLE are not).
    """

    is_query = False

    def __init__(self, construct, forms, kids=(), kind=None, scale=0, bound=0, exact=True, small=False, join=", "):
        self.construct = construct
        if isinstance(forms, str):
            forms = {DRIVER: forms, SQLITE: forms, DUCKDB: forms}
        self.forms = forms
        self.kids = list(kids)
        self.kind = kind
        self.scale = scale
        self.bound = bound if isinstance(bound, int | float) else int(bound) + 1
        self.exact = exact
        self.small = small
        self.join = join
        # A column without a table, so that an inner query may take the name for its own.
        self.bare = False

    def write(self, writing):
        form = self.forms[writing.dialect]
        if isinstance(form, No):
            raise NoCounterpart(form.reason)
        if callable(form):
            return form(self, writing)
        if "$" not in form:
            return form

        def part(match):
            if match[1] == "*":
                return self.join.join(kid.write(writing) for kid in self.kids)
            return self.kids[int(match[1])].write(writing)

        return _PLACE.sub(part, form)

    def walk(self):
        """This node and all below it."""
        yield self
        for kid in self.kids:
            if kid is not None:
                yield from kid.walk()

    def walk_own(self):
        """As walk, but not into queries inside."""
        yield self
        for kid in self.kids:
            if kid is not None and not kid.is_query:
                yield from kid.walk_own()

    def places(self):
        """Every place below where another node may be put: (parent, index)."""
        for index, kid in enumerate(self.kids):
            if kid is not None:
                yield self, index
                yield from kid.places()


class Literal(Node):
    """A value. The driver may get it as a parameter."""

    def __init__(self, texts, value=None, parameter=False, **attributes):
        super().__init__("literal", texts, **attributes)
        self.value = value
        self.parameter = parameter

    def write(self, writing):
        if self.parameter and writing.dialect == DRIVER:
            writing.parameters.append(self.value)
            return "?"
        return self.forms[writing.dialect]


def text(sql):
    """A word of SQL that is the same everywhere and no construct of its own."""
    return Node(None, sql.replace("$", ""))


def forms(driver, sqlite=None, duckdb=None):
    """Templates of the three dialects; where one is not given, the driver's serves."""
    return {
        DRIVER: driver,
        SQLITE: driver if sqlite is None else sqlite,
        DUCKDB: driver if duckdb is None else duckdb,
    }


def render(tree, dialect, top=None):
    """The text, and the parameters of the driver's markers."""
    writing = Writing(dialect)
    writing.top = top
    return tree.write(writing), writing.parameters
