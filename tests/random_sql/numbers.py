"""Numbers of several kinds in one place: the references write what the driver does unsaid."""

from .kinds import DBL, DEC, INT
from .node import No, Node, forms


def rescaled(node, scale):
    """The same value with more places: nothing but another unit in SQLite."""
    if node.kind != DEC or node.scale == scale:
        return node
    return _as_decimal(node, scale)


def unified(nodes):
    """Numbers of several kinds, as they meet in one comparison: the references write what the driver does unsaid."""
    kinds = {node.kind for node in nodes}
    if len(kinds) == 1:
        return _as_decimals(nodes) if DEC in kinds else nodes
    if DBL in kinds:
        return [_as_double(node) for node in nodes]
    return _as_decimals(nodes)


def _as_decimals(nodes):
    scale = max(node.scale for node in nodes)
    is_wide = (
        any(node.bound * 10**scale >= 10**36 for node in nodes) and len({(node.kind, node.scale) for node in nodes}) > 1
    )
    nodes = [_as_decimal(node, scale) for node in nodes]
    if is_wide:
        three = forms("$0", None, No("DuckDB converts to a type with too few digits"))
        nodes[0] = Node(None, three, [nodes[0]], DEC, scale, nodes[0].bound, nodes[0].exact)
    return nodes


def _as_double(node):
    if node.kind == DBL:
        return node
    sqlite = f"($0 / {10**node.scale}.0)" if node.kind == DEC else "CAST($0 AS REAL)"
    return Node(
        "number meets DOUBLE", forms("$0", sqlite, "CAST($0 AS DOUBLE)"), [node], DBL, 0, node.bound, node.exact
    )


def _as_decimal(node, scale):
    """A whole number or a decimal with so many places."""
    if node.kind == DEC and node.scale == scale:
        return node
    factor = 10 ** (scale - node.scale)
    digits = node.bound * 10**scale
    sqlite = f"($0 * {factor})" if digits < 2**63 else No("more digits than SQLite's whole numbers have")
    duckdb = "$0" if node.kind == DEC else "CAST($0 AS DECIMAL(38, 6))"
    if digits >= 10**36:
        duckdb = No("DuckDB converts to a type with too few digits")
    construct = "INTEGER meets DECIMAL" if node.kind == INT else None
    return Node(construct, forms("$0", sqlite, duckdb), [node], DEC, scale, node.bound, node.exact)
