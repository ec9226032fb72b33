"""How a production of the written grammar is put down.

A rule says which kind of value it gives and how it is written. `<int>` in the driver's form is a part of that kind;
the forms of the references name the parts `$0`, `$1`, in the order of the driver's. More words for parts:

- `<2..5>` a whole number between the two, as a literal (or a parameter),
- `<same>` a value of the kind that the rule gives, `<big>` a whole number without a bound,
- `<small>` and `<double>` a DOUBLE, the first one within a thousand,
- `<pattern>` a pattern of LIKE, `<item>` an item of a list that is one text.
"""

import re

from .kinds import DATE, TS
from .node import DRIVER, DUCKDB, SQLITE, No, Node

_PART = re.compile(r"<([a-z]+|\d+\.\.\d+)>")


class Rule:
    """One production for a value."""

    def __init__(self, kind, weight, name, spellings, sqlite=None, duckdb=None, bound=None, exact=True, scale=None):
        self.kind = kind
        self.weight = weight
        self.name = name
        self.spellings = (spellings,) if isinstance(spellings, str) else spellings
        self.parts = _PART.findall(self.spellings[0])
        self.templates = [_numbered(spelling) for spelling in self.spellings]
        self.sqlite = sqlite
        self.duckdb = duckdb
        self.bound = bound
        self.exact = exact
        self.scale = scale

    def make(self, random, kids):
        """The node with these parts."""
        template = random.choice(self.templates)
        scale = self.scale(kids) if callable(self.scale) else self.scale or 0
        bound = self.bound(kids) if callable(self.bound) else self.bound or 0
        if self.kind in (DATE, TS):
            bound = widest([kid for kid in kids if kid.kind in (DATE, TS)])

        def form(given):
            given = given(kids) if callable(given) else given
            return template if given is None else given

        forms = {DRIVER: template, SQLITE: form(self.sqlite), DUCKDB: form(self.duckdb)}
        exact = self.exact and all(kid.exact for kid in kids)
        small = any(kid.small for kid in kids)
        return Node(self.name, forms, kids, self.kind, scale, bound, exact, small)

    def judges(self):
        """Which references know the rule, and why one does not."""
        return {
            dialect: form.reason if isinstance(form, No) else None
            for dialect, form in ((SQLITE, self.sqlite), (DUCKDB, self.duckdb))
        }


def _numbered(spelling):
    """`LEFT(<text>, <1..3>)` becomes `LEFT($0, $1)`. A part may be named by its number when the order differs."""
    count = iter(range(10))
    return _PART.sub(lambda _: f"${next(count)}", spelling)


def widest(kids):
    return max((kid.bound for kid in kids), default=0)


def odbc(call):
    """A function and the same in ODBC's braces."""
    return (call, "{fn " + call + "}")


def without(name):
    """No DuckDB form: the meaning is ODBC's or another database's."""
    return No(f"DuckDB has no {name} with this meaning")
