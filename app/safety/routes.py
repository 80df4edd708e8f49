"""Help now over the network: the phone carries the same list and asks only whether there is a newer one."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter
from litestar.response import Response

from app.safety import service
from app.safety.rules import Helplines
from app.web.negotiation import names_etag


@get(
    "/api/helplines",
    operation_id="listHelplines",
    summary="Emergency numbers and helplines of every region, readable signed out",
    tags=["safety"],
    responses={304: ResponseSpec(None, description="The phone has this edition already", generate_examples=False)},
    sync_to_thread=False,
)
def list_helplines(
    if_none_match: Annotated[str | None, HeaderParameter(name="If-None-Match", required=False)] = None,
) -> Response[Helplines]:
    """Everybody can read whom to call. 304 without a body when If-None-Match names this edition."""
    edition = service.edition()
    headers = {"ETag": edition, "Cache-Control": "no-cache"}
    if names_etag((if_none_match or "").encode(), edition.encode()):
        return Response(None, status_code=304, headers=headers)  # pyright: ignore[reportReturnType]
    return Response(service.helplines(), headers=headers)
