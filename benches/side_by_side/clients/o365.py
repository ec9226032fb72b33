"""O365: its objects, one after the other. Its pause of 200 ms between requests is off."""

from figures import measure
from O365 import Account, MSGraphProtocol


def read(order):
    protocol = type("Simulated", (MSGraphProtocol,), {"_protocol_url": f"{order['address']}/"})()
    account = Account(
        ("client", "secret"), protocol=protocol, auth_flow_type="credentials", tenant_id="tenant", requests_delay=0
    )
    account.con.session = account.con.get_session()
    account.con.session.headers["Authorization"] = f"Bearer {order['token']}"
    rows = 0
    for user in order["users"]:
        mailbox = account.mailbox(user)
        query = mailbox.new_query().select(*order["select"].split(","))
        # The library asks for at most 999 rows.
        for _ in mailbox.get_messages(limit=None, batch=999, query=query):
            rows += 1
    return rows


measure(read)
