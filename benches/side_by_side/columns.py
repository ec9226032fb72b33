"""The twelve columns of a message that every client and every driver reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    name: str
    # The way to its value in Graph's JSON.
    path: tuple
    # text, timestamp or bit
    kind: str = "text"
    # Characters that a buffer for text holds.
    characters: int = 0


COLUMNS = (
    Column("id", ("id",), characters=200),
    Column("subject", ("subject",), characters=600),
    Column("from_emailAddress_address", ("from", "emailAddress", "address"), characters=260),
    Column("from_emailAddress_name", ("from", "emailAddress", "name"), characters=260),
    Column("receivedDateTime", ("receivedDateTime",), "timestamp"),
    Column("sentDateTime", ("sentDateTime",), "timestamp"),
    Column("isRead", ("isRead",), "bit"),
    Column("isDraft", ("isDraft",), "bit"),
    Column("hasAttachments", ("hasAttachments",), "bit"),
    Column("importance", ("importance",), characters=16),
    Column("conversationId", ("conversationId",), characters=120),
    Column("bodyPreview", ("bodyPreview",), characters=1100),
)

# The `$select` of a request for them.
SELECT = ",".join(dict.fromkeys(column.path[0] for column in COLUMNS))

# The list of columns in SQL.
NAMES = ", ".join(column.name for column in COLUMNS)

# As programs/read.h describes buffers.
TIMESTAMP = "t"
BIT = "b"


def c_types(text):
    """The buffers for all columns, text as `c` (bytes) or `w` (UTF-16)."""
    letters = {"timestamp": TIMESTAMP, "bit": BIT}
    return "".join(letters.get(column.kind) or f"{text}{column.characters}" for column in COLUMNS)


def value(message, column):
    """The value of a column in a message of Graph's JSON."""
    found = message
    for name in column.path:
        found = (found or {}).get(name)
    return found
