"""Tables in Markdown."""


def table(head, rows):
    """The first column is on the left, the others, which have figures, are on the right."""
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
