"""Finding each other over the network; what two buddies are to each other then travels by sync.

Secrets and codes come in bodies, never in an address: those are logged on the way, and stay in histories.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from app import clock
from app.accounts.session import Sessions
from app.buddies.service import Buddies, Key
from app.errors import Invalid
from app.spaces.actor import Actor
from app.web.openapi import SIGNED_IN
from app.web.problems import DONE, documented

_MOST_BYTES = 4 * 1024

Name = Annotated[str, Meta(description="How this buddy will call the member: 1 to 40 characters", examples=["Ada"])]
Secret = Annotated[str, Meta(max_length=100, description="From the link, after the #")]
SpokenCode = Annotated[str, Meta(max_length=100, description="Nine digits", examples=["482 913 057"])]


class NewInvite(Struct):
    """How whoever is invited will call the member."""

    name: Name


class MadeInvitation(Struct, rename="camel"):
    """An invitation just made; the secret of its link is shown this once."""

    id: UUID
    secret: str
    expires_at: datetime


class MyInvitation(Struct, rename="camel"):
    """An open invitation of the member's. `codeExpiresAt`: until when a code opens it."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    code_expires_at: datetime | None


class InvitationCode(Struct, rename="camel"):
    """A code to say aloud, for one use; shown this once."""

    code: str
    expires_at: datetime


class Opening(Struct):
    """What an invitation is opened with: one of the two."""

    secret: Secret | None = None
    code: SpokenCode | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def key(self) -> Key:
        """Raises Invalid when it is none of the two, or both."""
        if (self.secret is None) == (self.code is None):
            raise Invalid("invalid", "This needs a secret or a code.")
        return Key(self.secret, self.code)


class Yes(Opening, kw_only=True):
    """Yes to an invitation, and how whoever invites will call the member."""

    name: Name


class Inviting(Struct):
    """Who invites, as they want to be called."""

    name: str


class NewPair(Struct):
    """Two are buddies: the id of their space."""

    pair: UUID


class InvitationsController(Controller):
    """Inviting one person whom the member knows."""

    path = "/api/invitations"
    tags = ("buddies",)
    request_max_body_size = _MOST_BYTES

    @post("/", operation_id="invite", security=SIGNED_IN, responses=documented(400, 401, 409, 413, 503))
    async def invite(
        self, data: JSONBody[NewInvite], signed_in: NamedDependency[Actor], buddies: NamedDependency[Buddies]
    ) -> MadeInvitation:
        """Invite somebody: a link, seven days, one use."""
        made = await buddies.invite(signed_in, data.name, now=clock.now())
        return MadeInvitation(made.id, made.secret, made.expires_at)

    @get("/", operation_id="listInvitations", security=SIGNED_IN, responses=documented(401, 503))
    async def list_invitations(
        self, signed_in: NamedDependency[Actor], buddies: NamedDependency[Buddies]
    ) -> list[MyInvitation]:
        """Say which of the member's invitations are open, the newest first."""
        open_ones = await buddies.invitations(signed_in, now=clock.now())
        return [MyInvitation(i.id, i.name, i.created_at, i.expires_at, i.code_expires_at) for i in open_ones]

    @delete(
        "/{invitation_id:uuid}",
        operation_id="withdrawInvitation",
        security=SIGNED_IN,
        responses={**DONE, **documented(401, 404, 503)},
    )
    async def withdraw(
        self, invitation_id: FromPath[UUID], signed_in: NamedDependency[Actor], buddies: NamedDependency[Buddies]
    ) -> Response[None]:
        """Take an invitation back."""
        await buddies.withdraw(signed_in, invitation_id, now=clock.now())
        return Response(None, status_code=204)

    @post(
        "/{invitation_id:uuid}/code",
        operation_id="giveInvitationCode",
        security=SIGNED_IN,
        responses=documented(401, 404, 429, 503),
    )
    async def give_code(
        self, invitation_id: FromPath[UUID], signed_in: NamedDependency[Actor], buddies: NamedDependency[Buddies]
    ) -> InvitationCode:
        """Make a short code that opens the invitation for a quarter of an hour."""
        code = await buddies.give_code(signed_in, invitation_id, now=clock.now())
        return InvitationCode(code.code, code.expires_at)

    @post(
        "/opened",
        operation_id="openInvitation",
        status_code=200,
        responses=documented(400, 409, 413, 429, 503),
    )
    async def opened(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[Opening],
        actor: NamedDependency[Actor | None],
        buddies: NamedDependency[Buddies],
        sessions: NamedDependency[Sessions],
    ) -> Inviting:
        """Say who invites, to whoever has the link or the code; signed out too."""
        address = sessions.visit(request).address
        return Inviting(await buddies.look(actor, address, data.key, now=clock.now()))

    @post(
        "/accepted",
        operation_id="acceptInvitation",
        security=SIGNED_IN,
        responses=documented(400, 401, 409, 413, 429, 503),
    )
    async def accepted(
        self,
        request: Request[Any, Any, Any],
        data: JSONBody[Yes],
        signed_in: NamedDependency[Actor],
        buddies: NamedDependency[Buddies],
        sessions: NamedDependency[Sessions],
    ) -> NewPair:
        """Say yes: the two are buddies, and their phones hear of it."""
        address = sessions.visit(request).address
        return NewPair(await buddies.accept(signed_in, address, data.key, data.name, now=clock.now()))
