"""A file of messages that PostgreSQL and MariaDB both load: tabs between columns, backslashes as escapes."""

from .columns import COLUMNS, value

ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
NULL = "\\N"


def cell(message, column):
    found = value(message, column)
    if found is None:
        return NULL
    if column.kind == "bit":
        return "1" if found else "0"
    if column.kind == "timestamp":
        return found[:19].replace("T", " ")
    return "".join(ESCAPES.get(character, character) for character in found)


def write_rows(path, messages):
    with open(path, "w", newline="") as file:
        for message in messages:
            file.write("\t".join(cell(message, column) for column in COLUMNS) + "\n")


def read_rows(path):
    """The rows with their text as it was."""
    plain = {escape: character for character, escape in ESCAPES.items()}
    with open(path, newline="") as file:
        for line in file:
            yield [None if text == NULL else unescaped(text, plain) for text in line[:-1].split("\t")]


def unescaped(text, plain):
    if "\\" not in text:
        return text
    found, at = [], 0
    while at < len(text):
        pair = text[at : at + 2]
        found.append(plain.get(pair, text[at]))
        at += 2 if pair in plain else 1
    return "".join(found)
