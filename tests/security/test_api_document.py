"""The API does what its document says, whatever is sent to it: no server error, no undocumented answer."""

# schemathesis leaves its generics open.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.embedded_postgres import EmbeddedPostgres
from tests.e2e.server import Server, running_server

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent.parent
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# A stream never ends by itself; tests/sync/test_pokes.py has it.
ENDLESS = "/api/sync/stream"
SEED = 20261122
EXAMPLES = 20
SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)

_members = itertools.count(1)


@pytest.fixture
async def server(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncGenerator[Server]:
    async with running_server(postgres, tmp_path, ROOT) as running:
        yield running


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("signed_in", [True, False])
async def test_whatever_is_sent_the_answer_is_one_that_the_document_knows(
    server: Server, mode: GenerationMode, *, signed_in: bool
) -> None:
    print(f"seed {SEED}")
    walked = await asyncio.to_thread(walk, server.origin, mode, signed_in=signed_in)
    assert walked >= (8 if mode is GenerationMode.NEGATIVE else 14)


def walk(origin: str, mode: GenerationMode, *, signed_in: bool) -> int:
    """Send many requests to each operation; returns how many operations there are."""
    schema = schemathesis.openapi.from_url(f"{origin}/schema/openapi.json").exclude(path=ENDLESS)
    walked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not can_be_wrong(operation):
            continue
        browser = requests.Session()
        browser.headers["Origin"] = origin
        if signed_in:
            sign_up(browser, origin)
        send_many(operation, mode, browser, origin)
        walked += 1
    return walked


def can_be_wrong(operation: APIOperation[Any, Any, Any, Any]) -> bool:
    """Whether anything could be sent that does not fit; any text at all fits a parameter that is just a text."""
    told = [parameter.definition["schema"] for parameter in operation.path_parameters]
    return bool(operation.body or operation.query or any(schema != {"type": "string"} for schema in told))


def sign_up(browser: requests.Session, origin: str) -> None:
    account = {"name": f"member {next(_members)}", "password": "harbour lamp 41", "adult": True, "consent": "2026-11"}
    browser.post(f"{origin}/api/accounts", json=account, timeout=30).raise_for_status()


def send_many(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, browser: requests.Session, origin: str
) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=SLOW_IS_FINE,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Case[Any]) -> None:
        case.call_and_validate(base_url=origin, session=browser, checks=CHECKS, timeout=30)

    send()
