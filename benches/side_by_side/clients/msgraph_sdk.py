"""msgraph-sdk: its objects, with its iterator over pages."""

import asyncio

from figures import measure
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.users.item.messages.messages_request_builder import MessagesRequestBuilder
from msgraph_core.tasks.page_iterator import PageIterator


class Bearer(AnonymousAuthenticationProvider):
    """The library's own provider refuses addresses without TLS."""

    def __init__(self, token):
        self.token = token

    async def authenticate_request(self, request, additional_authentication_context=None):
        request.headers.add("Authorization", f"Bearer {self.token}")


async def read_all(order):
    adapter = GraphRequestAdapter(Bearer(order["token"]))
    adapter.base_url = f"{order['address']}/v1.0"
    client = GraphServiceClient(request_adapter=adapter)
    query = MessagesRequestBuilder.MessagesRequestBuilderGetQueryParameters(
        select=order["select"].split(","), top=order["top"]
    )
    rows = 0

    def count(_):
        nonlocal rows
        rows += 1
        return True

    for user in order["users"]:
        page = await client.users.by_user_id(user).messages.get(RequestConfiguration(query_parameters=query))
        await PageIterator(page, adapter).iterate(count)
    return rows


measure(lambda order: asyncio.run(read_all(order)))
