"""What must be true of every number that Leeward shows."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest

from app.safety import rules, service
from app.safety.rules import BrokenDataError, Helpline

LINES = [(region.region, line) for region in service.helplines().regions for line in region.lines]


def every_line() -> list[Any]:
    return [pytest.param(region, line, id=f"{region} {line.name}") for region, line in LINES]


@pytest.fixture(scope="module")
def countries() -> set[str]:
    """Every ISO 3166-1 alpha-2 code, as the time zone database lists them."""
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text("utf-8")
    return {line.split("\t")[0] for line in table.splitlines() if not line.startswith("#")}


def test_every_region_is_a_country_with_a_number_for_danger(countries: set[str]) -> None:
    regions = service.helplines().regions
    assert len(regions) == 48
    for region in regions:
        assert region.region in countries
        assert all(re.fullmatch(r"[0-9]{2,5}", number) for number in region.emergency)


def test_all_lines_are_there() -> None:
    assert len(LINES) == 160
    assert sum(line.sms is not None for _, line in LINES) == 17


@pytest.mark.parametrize(("region", "line"), every_line())
def test_a_line_can_be_reached_and_names_its_source(region: str, line: Helpline) -> None:
    assert line.phone or line.sms or line.dial_by_hand
    for number in filter(None, (line.phone, line.sms and line.sms.to)):
        assert re.fullmatch(r"\+?[0-9][0-9 ]*[0-9]", number)
    assert re.match(r"https?://", line.source)
    assert rules.are_hours(line.hours)


def test_no_line_is_dated_before_a_steward_checked_it() -> None:
    assert [line.name for _, line in LINES if line.verified is not None] == []


def test_what_nobody_has_read_is_marked_as_memory() -> None:
    memory = {(region, line.name) for region, line in LINES if line.confirmed == "memory"}
    assert len(memory) == 11
    assert ("AU", "13YARN") in memory
    assert all(line.source_says for _, line in LINES if line.confirmed == "read")


def test_numbers_that_are_not_one_plain_call_say_so() -> None:
    special = {region: line for region, line in LINES if line.dial_by_hand or line.then_dial}
    assert special.keys() == {"CL", "ID", "PE"}
    assert (special["CL"].phone, special["CL"].dial_by_hand) == (None, "*4141")
    assert (special["ID"].phone, special["ID"].then_dial) == ("119", "8")
    assert (special["PE"].phone, special["PE"].then_dial) == ("113", "5")


@pytest.mark.parametrize(
    ("hours", "readable"),
    [
        ("24/7", True),
        ("unknown", True),
        ("Mo-Fr 09:00-17:00", True),
        ("Mo-Su 15:00-03:00", True),
        ("Mo-Tu 11:00-15:00, We 13:00-16:00, Th 10:00-24:00", True),
        ("daily", False),
        ("Mo-Fr 9-17", False),
        ("Mo-Fr 09:00-25:00", False),
        ("", False),
    ],
)
def test_hours_are_something_a_phone_can_say(hours: str, *, readable: bool) -> None:
    assert rules.are_hours(hours) is readable


def one_line(**changes: object) -> bytes:
    line = {
        "name": "Samaritans",
        "phone": "116 123",
        "sms": None,
        "hours": "24/7",
        "languages": ["en"],
        "forWhom": "everyone",
        "cost": "free",
        "url": "https://www.samaritans.org",
        "source": "https://www.samaritans.org",
        "sourceSays": "116 123",
        "confirmed": "read",
        "verified": None,
    } | changes
    return json.dumps({"regions": [{"region": "IE", "emergency": ["112"], "lines": [line]}]}).encode()


def test_one_good_line_is_taken() -> None:
    assert rules.parse(one_line()).regions[0].lines[0].name == "Samaritans"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"phone": "116-123"},
        {"phone": "call us"},
        {"phone": "*4141"},
        {"phone": None},
        {"phone": None, "dialByHand": "4141"},
        {"sms": {"to": "HELLO", "text": None}},
        {"sms": {"to": "50808", "text": ""}},
        {"thenDial": "eight"},
        {"phone": None, "sms": {"to": "50808", "text": None}, "thenDial": "8"},
        {"hours": "always"},
        {"languages": []},
        {"languages": ["english"]},
        {"forWhom": ""},
        {"cost": "cheap"},
        {"url": ""},
        {"source": ""},
        {"source": "a newspaper"},
        {"sourceSays": ""},
        {"confirmed": "yes"},
        {"doubts": ["everything"]},
        {"verified": "last spring"},
        {"verifiedBy": "nobody"},
    ],
    ids=str,
)
def test_a_line_that_breaks_a_rule_is_not_served(changes: dict[str, object]) -> None:
    with pytest.raises(BrokenDataError):
        rules.parse(one_line(**changes))


def test_regions_stand_in_order_and_once() -> None:
    region = json.loads(one_line())["regions"][0]
    for regions in ([region, region], [region, region | {"region": "DE"}]):
        with pytest.raises(BrokenDataError):
            rules.parse(json.dumps({"regions": regions}).encode())


@pytest.mark.parametrize(
    "changes", [{"region": "Ireland"}, {"emergency": []}, {"emergency": ["one"]}, {"lines": []}], ids=str
)
def test_a_region_has_a_code_an_emergency_number_and_lines(changes: dict[str, object]) -> None:
    region = json.loads(one_line())["regions"][0] | changes
    with pytest.raises(BrokenDataError):
        rules.parse(json.dumps({"regions": [region]}).encode())
