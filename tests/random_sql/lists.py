"""Lists that are one text, taken apart: `INCLUDES` as docs/sql.md has it."""


def includes(text, item):
    return item in [found for part in _parts(text) if (found := _item(part)) is not None]


def _parts(text):
    """The parts between semicolons that are neither in quotes nor in angle brackets."""
    parts, end, letters = [""], None, iter(text)
    for letter in letters:
        if end is None and letter == ";":
            parts.append("")
            continue
        if end is None and letter == '"' and not parts[-1].strip():
            end = '"'
        elif end is None and letter == "<":
            end = ">"
        elif end and letter == "\\":
            parts[-1] += "\\" + next(letters, "")
            continue
        elif letter == end:
            end = None
        parts[-1] += letter
    return [part.strip() for part in parts if part]


def _item(part):
    if part.endswith(">"):
        bracketed = part[:-1]
        start = bracketed.rfind(" <")
        if start < 0 and not bracketed.startswith("<"):
            return None
        return _unescaped(bracketed[start + 2 if start >= 0 else 1 :])
    if not (len(part) > 1 and part.startswith('"') and part.endswith('"')):
        return part
    text = _unescaped(part[1:-1])
    is_odd = (
        text.strip() != text
        or not text
        or any(mark in text for mark in ";<")
        or text.startswith(('"', '["', "[{", "[]"))
    )
    return text if is_odd else None


def _unescaped(text):
    plain, letters = "", iter(text)
    for letter in letters:
        plain += next(letters, "") if letter == "\\" else letter
    return plain
