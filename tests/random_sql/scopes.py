"""What an expression may refer to: tables in FROM, those of the queries around it, or the groups of a query."""

from .node import DRIVER, DUCKDB, SQLITE, Node


# Mailboxes are compared without case, which no reference does, and one that is named and not there is an error.
WITHOUT_CASE = "mailbox"


class Column:
    """A column of a table or of a query."""

    def __init__(
        self, name, kind, scale=0, bound=0, exact=True, nullable=True, values=(), unique=False, small=False, length=None
    ):
        self.name = name
        self.kind = kind
        self.scale = scale
        self.bound = bound
        self.exact = exact
        self.nullable = nullable
        # Some values that it has, for constants that are met.
        self.values = values
        self.unique = unique
        # Whether it may be a SMALLINT, whose arithmetic overflows early.
        self.small = small
        # The most characters that a text may have.
        self.length = length


class Relation:
    """A table in FROM under a name of its own."""

    def __init__(self, alias, columns, large=False, table=None):
        self.alias = alias
        self.columns = columns
        self.large = large
        self.table = table

    def all_columns(self):
        """Those that statements do not use, too: their names count."""
        return self.table.columns if self.table else self.columns

    def key(self):
        """The fewest columns that tell its rows apart; all of them where nothing is known to be unique."""
        unique = [column for column in self.columns if column.unique]
        return unique[:1] or self.columns


class Scope:
    """The names that an expression may use, the innermost first."""

    def __init__(self, relations, outer=None, leaves=None, merged=()):
        self.relations = relations
        self.outer = outer
        # Of a grouped query: nodes for its keys. The rest has to be aggregated.
        self.leaves = leaves
        # Columns of USING and NATURAL, which have no table's name.
        self.merged = merged
        # Of a grouped query: the scope of the rows that are grouped, for the arguments of aggregates.
        self.inner = None
        # Whether windows may be used, and names without their table.
        self.windows = False
        # Whether there is a window already that gives each row a place.
        self.placed = False
        # The definitions of named windows.
        self.named = []
        self.plain = False

    def is_unique(self, column):
        """Whether a column's name means it alone, here and in the queries around."""
        scope, count = self, 0
        while scope is not None:
            names = [other.name for relation in scope.relations for other in relation.all_columns()]
            names += [other.name for other in scope.merged]
            count += sum(name.lower() == column.name.lower() for name in names)
            scope = scope.outer
        return count == 1

    def references(self, kind=None, level=None):
        """(relation, column) of the innermost query, or of the one so many levels up."""
        scope = self
        for _ in range(level or 0):
            scope = scope.outer
        if scope is None or scope.leaves is not None:
            return []
        pairs = [(relation, column) for relation in scope.relations for column in relation.columns]
        pairs += [(None, column) for column in scope.merged if column.name != WITHOUT_CASE]
        return [pair for pair in pairs if kind is None or pair[1].kind == kind]

    def depth(self):
        return 1 + (self.outer.depth() if self.outer else 0)

    def is_large(self):
        return any(relation.large for relation in self.relations) or bool(self.outer and self.outer.is_large())


def reference(random, relation, column, construct="column"):
    """A column's name in one of its spellings."""
    plain = f'"{column.name}"'
    spellings = [column.name] * 6 + [
        column.name.upper(),
        column.name.lower(),
        plain,
        f"[{column.name}]",
        f"`{column.name}`",
    ]
    prefix = f"{relation.alias}." if relation else ""
    forms = {
        DRIVER: prefix + random.choice(spellings),
        SQLITE: prefix + plain,
        DUCKDB: prefix + plain,
    }
    node = Node(construct, forms, (), column.kind, column.scale, column.bound, column.exact, column.small)
    node.bare = relation is None
    return node
