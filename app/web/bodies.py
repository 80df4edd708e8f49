"""What a request brings: JSON, decoded strictly, or a problem that says what is wrong with it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

import msgspec
from litestar import Request
from litestar.exceptions import InternalServerException

from app.errors import Invalid, LeewardError

_PLACE: Final = re.compile(r"(?P<message>.*) - at `\$\.(?P<field>\w+).*`", re.DOTALL)
_NOT_JSON: Final = "This is not JSON as this server understands it."
_UNFIT: Final = "what was sent does not fit"


class HungUpError(LeewardError):
    """The phone has gone, or took too long, before everything had come that it announced."""

    status = 408

    def __init__(self) -> None:
        super().__init__("incomplete", "The request did not come to its end. Please send it again.")


class BodyRequest(Request[Any, Any, Any]):
    """A request whose `data` is decoded as its type says, once.

    The framework's own decoding takes "true" for true, and fails with 500 at what is no text or is nested deeply.
    """

    async def body(self) -> bytes:
        """Everything that was sent."""
        try:
            body = await super().body()
        except InternalServerException as error:
            if self.is_connected:  # otherwise somebody has read it before, which is our mistake
                raise HungUpError from error
            raise
        if not body and self._data_type() is not None:
            raise Invalid("invalid", "This needs a body in JSON, and nothing was sent.")
        return body

    async def json(self) -> Any:  # noqa: ANN401 - the type is the route's
        """What was sent, as what the route takes.

        What does not fit is said after it is known who asks: until then this stands for it, and fits nowhere.
        """
        try:
            return _decoder(self._data_type() or Any).decode(await self.body())
        except msgspec.ValidationError as error:
            self.scope["state"][_UNFIT] = _complaint(str(error))
            return _UNFIT
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Invalid("invalid", _NOT_JSON) from error

    def _data_type(self) -> Any:  # noqa: ANN401
        data = self.route_handler.parsed_fn_signature.parameters.get("data")
        return None if data is None else data.annotation


def complaint_of(request: Request[Any, Any, Any]) -> Invalid | None:
    """What is wrong with what this request brought, if that was found out."""
    return request.scope["state"].get(_UNFIT)


def _complaint(message: str) -> Invalid:
    place = _PLACE.fullmatch(message)
    return Invalid("invalid", place["message"], field=place["field"]) if place else Invalid("invalid", message)


@cache
def _decoder(of: Any) -> msgspec.json.Decoder[Any]:  # noqa: ANN401
    return msgspec.json.Decoder(of)
