"""The sync route's body, described: the route decodes it by itself, so the framework cannot know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import msgspec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema

from app.sync.wire import SyncRequest

_REF = "#/"


def _schema(type_: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON schema with every reference written out."""
    (schema,), components = msgspec.json.schema_components([type_], ref_template=_REF + "{name}")

    def written_out(part: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(part, list):
            return [written_out(item) for item in cast("list[Any]", part)]
        if not isinstance(part, dict):
            return part
        named = cast("dict[str, Any]", part)
        if "$ref" in named:
            return written_out(components[named["$ref"].removeprefix(_REF)])
        return {key: written_out(value) for key, value in named.items()}

    return cast("dict[str, Any]", written_out(schema))


@dataclass
class SyncOperation(Operation):
    """An operation whose body is a `SyncRequest`."""

    def __post_init__(self) -> None:
        schema = cast("Schema", _schema(SyncRequest))
        self.request_body = RequestBody(content={"application/json": OpenAPIMediaType(schema=schema)}, required=True)
