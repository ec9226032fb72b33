"""6,046 real e-mails, in every charset that was in use when they were written."""

import json
import urllib.parse
import urllib.request

import pytest
from mailboxes import simulator

MESSAGES = 6_046
COLUMNS = {
    "subject": ("subject",),
    "from_emailAddress_name": ("from", "emailAddress", "name"),
    "from_emailAddress_address": ("from", "emailAddress", "address"),
    "sender_emailAddress_name": ("sender", "emailAddress", "name"),
    "bodyPreview": ("bodyPreview",),
    "body_content": ("body", "content"),
    "internetMessageId": ("internetMessageId",),
    "changeKey": ("changeKey",),
}


@pytest.fixture(scope="module")
def mailboxes(corpus):
    with simulator("--mbox", *map(str, corpus)) as running:
        yield running


def keys(mailboxes):
    pairs = (part.split("=", 1) for part in mailboxes.keys.split(";"))
    return {name: value.strip("{}") for name, value in pairs}


def held(mailboxes):
    """Every message as the simulator holds it, read without the driver."""
    key = keys(mailboxes)
    form = urllib.parse.urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": key["ClientId"],
            "client_secret": key["ClientSecret"],
            "scope": f"{mailboxes.address}/.default",
        }
    ).encode()
    token_address = f"{mailboxes.address}/{key['TenantID']}/oauth2/v2.0/token"
    with urllib.request.urlopen(token_address, form) as reply:
        token = json.load(reply)["access_token"]
    link = f"{mailboxes.address}/v1.0/users/{key['UserID']}/messages?$top=500"
    messages = {}
    while link:
        request = urllib.request.Request(link, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as reply:
            page = json.load(reply)
        messages.update((message["id"], message) for message in page["value"])
        link = page.get("@odata.nextLink")
    return messages


def property_of(message, path):
    for name in path:
        message = message and message[name]
    return message


@pytest.mark.parametrize("page_size", [1000, 97])
def test_every_text_is_read_as_it_is_held(mailboxes, page_size):
    messages = held(mailboxes)
    assert len(messages) == MESSAGES
    cursor = mailboxes.connect(PageSize=page_size).cursor()
    read = set()
    for row in cursor.execute(f"SELECT id, {', '.join(COLUMNS)} FROM Messages"):
        message = messages[row.id]
        assert row.id not in read
        read.add(row.id)
        for value, (column, path) in zip(row[1:], COLUMNS.items(), strict=True):
            assert value == property_of(message, path), f"{column} of {row.id}"
    assert len(read) == MESSAGES


def test_names_in_legacy_charsets_are_found(mailboxes):
    cursor = mailboxes.connect().cursor()
    wide = [
        row.subject
        for row in cursor.execute("SELECT subject FROM Messages")
        if row.subject and any(ord(character) > 255 for character in row.subject)
    ]
    assert wide, "the corpus has subjects in charsets of Asia"
    found = cursor.execute("SELECT COUNT(*) FROM Messages WHERE subject = ?", wide[0]).fetchval()
    assert found == wide.count(wide[0])
