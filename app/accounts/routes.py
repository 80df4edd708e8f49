"""Accounts over the network: everything here needs the server anyway, so nothing of it waits on the phone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from app import clock
from app.accounts import rules
from app.accounts.service import Accounts, Entered, Visit
from app.accounts.session import Sessions
from app.spaces.actor import Actor
from app.stewards import service as stewards
from app.web.openapi import SIGNED_IN
from app.web.problems import DONE, documented

_MOST_BYTES = 16 * 1024

Name = Annotated[str, Meta(description="For signing in only, never shown to anybody: 2 to 40 characters")]
Password = Annotated[str, Meta(description="8 to 256 characters, not a common one")]
Label = Annotated[str, Meta(description="What the phone calls itself, for the member's own list of devices")]


class Sent(Struct, rename="camel"):
    """What a phone sends here holds names, passwords and codes: none of it shows in an error or a log."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class NewAccount(Sent):
    """`adult`: "I am 18 or older". `consent`: the version of the wording that was said yes to."""

    name: Name
    password: Password
    adult: bool
    consent: Annotated[str, Meta(examples=[rules.CONSENT_VERSION])]
    device_label: Label = ""


class SignIn(Sent):
    """A name and its password."""

    name: Name
    password: Password
    device_label: Label = ""


class Recovery(Sent):
    """A name, one of its recovery codes, and the password to have from now on."""

    name: Name
    code: str
    password: Password
    device_label: Label = ""


class NewPassword(Sent):
    """The password in force, and the one to have from now on."""

    current: Password
    new: Password


class PasswordAgain(Sent):
    """The password in force."""

    password: Password


class Farewell(Sent):
    """The account's own name, typed to be sure."""

    name: Name


class Who(Struct, rename="camel"):
    """The member who is signed in."""

    id: UUID
    name: str


class SignedIn(Struct, rename="camel"):
    """Somebody is signed in; the session is in the cookie."""

    account: Who


class SignedUp(Struct, rename="camel"):
    """Somebody has an account. The ten codes are shown this once."""

    account: Who
    recovery_codes: list[str]


class RecoveryCodes(Struct, rename="camel"):
    """Ten new codes, shown this once."""

    recovery_codes: list[str]


class MyAccount(Struct, rename="camel"):
    """A member's own account. `steward`: whether they look after this server."""

    id: UUID
    name: str
    created_at: datetime
    recovery_codes_left: int
    steward: bool


class MyDevice(Struct, rename="camel"):
    """A device of the member's. `signedOut`: it has to sign in again, but may still hold the member's data."""

    id: UUID
    label: str
    created_at: datetime
    seen_at: datetime
    current: bool
    signed_out: bool


class AccountsController(Controller):
    """Coming in for the first time."""

    path = "/api/accounts"
    tags = ("accounts",)
    request_max_body_size = _MOST_BYTES

    @post(
        "/",
        operation_id="signUp",
        responses=documented(400, 409, 429, 503),
    )
    async def sign_up(
        self,
        data: JSONBody[NewAccount],
        accounts: NamedDependency[Accounts],
        sessions: NamedDependency[Sessions],
        visit: NamedDependency[Visit],
    ) -> Response[SignedUp]:
        """Sign up with a pseudonym and a password; no e-mail."""
        entered, codes = await accounts.sign_up(
            visit,
            data.name,
            data.password,
            adult=data.adult,
            consent=data.consent,
            label=data.device_label,
            now=clock.now(),
        )
        return Response(SignedUp(_who(entered), codes), cookies=sessions.entered(entered.started))


class SessionsController(Controller):
    """Signing in and out."""

    path = "/api/sessions"
    tags = ("accounts",)
    request_max_body_size = _MOST_BYTES

    @post("/", operation_id="signIn", responses=documented(400, 403, 429, 503))
    async def sign_in(
        self,
        data: JSONBody[SignIn],
        accounts: NamedDependency[Accounts],
        sessions: NamedDependency[Sessions],
        visit: NamedDependency[Visit],
    ) -> Response[SignedIn]:
        """Sign in on this browser."""
        entered = await accounts.sign_in(visit, data.name, data.password, label=data.device_label, now=clock.now())
        return Response(SignedIn(_who(entered)), cookies=sessions.entered(entered.started))

    @delete(
        "/current",
        operation_id="signOut",
        responses={**DONE, **documented(503)},
    )
    async def sign_out(
        self, accounts: NamedDependency[Accounts], sessions: NamedDependency[Sessions], visit: NamedDependency[Visit]
    ) -> Response[None]:
        """Sign out of this browser; also right when that was done before."""
        if visit.session_token:
            await accounts.sign_out(visit.session_token)
        return Response(None, cookies=sessions.left())


class AccountController(Controller):
    """A member's own account."""

    path = "/api/account"
    tags = ("accounts",)
    request_max_body_size = _MOST_BYTES

    @get(
        "/",
        operation_id="getAccount",
        security=SIGNED_IN,
        responses=documented(401, 503),
    )
    async def account(self, signed_in: NamedDependency[Actor], accounts: NamedDependency[Accounts]) -> MyAccount:
        """My account."""
        account = await accounts.account(signed_in)
        async with accounts.database.connection() as connection:
            steward = await stewards.is_steward(connection, signed_in.account_id)
        return MyAccount(account.id, account.name, account.created_at, account.recovery_codes_left, steward)

    @put(
        "/password",
        operation_id="changePassword",
        status_code=204,
        security=SIGNED_IN,
        responses=documented(400, 401, 403, 429, 503),
    )
    async def change_password(
        self, data: JSONBody[NewPassword], signed_in: NamedDependency[Actor], accounts: NamedDependency[Accounts]
    ) -> None:
        """Change my password; my other devices have to sign in again."""
        await accounts.change_password(signed_in, data.current, data.new, now=clock.now())

    @post(
        "/recovery",
        operation_id="recover",
        responses=documented(400, 403, 429, 503),
    )
    async def recover(
        self,
        data: JSONBody[Recovery],
        accounts: NamedDependency[Accounts],
        sessions: NamedDependency[Sessions],
        visit: NamedDependency[Visit],
    ) -> Response[SignedIn]:
        """Set a new password with a recovery code, and sign in on this browser."""
        entered = await accounts.recover(
            visit, data.name, data.code, data.password, label=data.device_label, now=clock.now()
        )
        return Response(SignedIn(_who(entered)), cookies=sessions.entered(entered.started))

    @post(
        "/recovery-codes",
        operation_id="replaceRecoveryCodes",
        security=SIGNED_IN,
        responses=documented(400, 401, 403, 429, 503),
    )
    async def replace_recovery_codes(
        self, data: JSONBody[PasswordAgain], signed_in: NamedDependency[Actor], accounts: NamedDependency[Accounts]
    ) -> RecoveryCodes:
        """Replace all my recovery codes by ten new ones."""
        return RecoveryCodes(await accounts.new_recovery_codes(signed_in, data.password, now=clock.now()))

    @get(
        "/devices",
        operation_id="listDevices",
        security=SIGNED_IN,
        responses=documented(401, 503),
    )
    async def devices(self, signed_in: NamedDependency[Actor], accounts: NamedDependency[Accounts]) -> list[MyDevice]:
        """Where I am signed in, and where my data may still be; this device first."""
        return [
            MyDevice(device.id, device.label, device.created_at, device.seen_at, device.current, device.signed_out)
            for device in await accounts.devices(signed_in)
        ]

    @delete(
        "/devices/{device_id:uuid}",
        operation_id="endDevice",
        security=SIGNED_IN,
        responses=documented(401, 404, 503),
    )
    async def end_device(
        self, device_id: FromPath[UUID], signed_in: NamedDependency[Actor], accounts: NamedDependency[Accounts]
    ) -> None:
        """End a device: it can do nothing more, and erases its copy at its next contact."""
        await accounts.end_device(signed_in, device_id, now=clock.now())

    @post(
        "/deletion",
        operation_id="deleteAccount",
        status_code=204,
        security=SIGNED_IN,
        responses={**DONE, **documented(400, 401, 503)},
    )
    async def delete_account(
        self,
        data: JSONBody[Farewell],
        signed_in: NamedDependency[Actor],
        accounts: NamedDependency[Accounts],
        sessions: NamedDependency[Sessions],
    ) -> Response[None]:
        """Delete my account and everything in it, at once."""
        await accounts.delete(signed_in, data.name, now=clock.now())
        return Response(None, cookies=sessions.forgotten())


def _who(entered: Entered) -> Who:
    return Who(entered.account_id, entered.name)
