"""A subscription's endpoint is an address that a stranger chose: to none of these does a packet leave."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest

from app import clock
from app.errors import Invalid
from app.push.connections import AddressInfo
from app.push.endpoints import DEFAULT_HOSTS, may_be_called, origin_of, read_hosts
from app.push.sender import Address, Sender
from app.push.vapid import Signer, VapidKeys
from tests.accounts.conftest import Town, new_account
from tests.push.conftest import CONTACT
from tests.push.local_push_service import Device

REAL = [
    "https://fcm.googleapis.com/fcm/send/dXr9-_:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx",
    "https://fcm.googleapis.com/wp/dXr9-_:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl0-_=",
    "https://web.push.apple.com/QGZx-_0yT1s",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2fzC%2bR%3d%3d",
]

HOSTILE = [
    # other schemes, and what only looks like one
    "http://fcm.googleapis.com/fcm/send/x",
    "ftp://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "gopher://fcm.googleapis.com/x",
    "HTTPS://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "https:/fcm.googleapis.com/x",
    "https:fcm.googleapis.com/x",
    "https:\\\\fcm.googleapis.com\\x",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\n",
    "https://fcm.googleapis.com/x\r\nHost: localhost",
    "https://fcm.googleapis.com/x\x00",
    "https://fcm.goo\tgleapis.com/x",
    "",
    "https://",
    "https://fcm.googleapis.com",
    # userinfo
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://fcm.googleapis.com:443@127.0.0.1/x",
    "https://user:word@fcm.googleapis.com/x",
    "https://127.0.0.1\\@fcm.googleapis.com/x",
    "https://127.0.0.1%2f@fcm.googleapis.com/x",
    "https://127.0.0.1#@fcm.googleapis.com/x",
    "https://127.0.0.1?@fcm.googleapis.com/x",
    # ports
    "https://fcm.googleapis.com:22/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com:443:22/x",
    "https://fcm.googleapis.com:0443/x",
    # addresses, in every way to write them
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0177.0.0.1/x",
    "https://0/x",
    "https://localhost/x",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/x",
    "https://10.0.0.1/x",
    "https://[::1]/x",
    "https://[::]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[64:ff9b::7f00:1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://[fd00::1]/x",
    "https://8.8.8.8/x",
    # hosts that look like one
    "https://fcm.googleapis.com./x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://fcm.googleapis.com.127.0.0.1.nip.io/x",
    "https://evilfcm.googleapis.com/x",
    "https://sub.fcm.googleapis.com/x",
    "https://push.services.mozilla.com/x",
    "https://evilpush.services.mozilla.com/x",
    "https://.push.services.mozilla.com/x",
    "https://a..push.services.mozilla.com/x",
    "https://-a.push.services.mozilla.com/x",
    "https://*.push.services.mozilla.com/x",
    "https://a_b.push.apple.com/x",
    "https://fcm\uff0egoogleapis.com/x",
    "https://fcm\u3002googleapis.com/x",
    "https://f\u0441m.googleapis.com/x",
    "https://\u24d5cm.googleapis.com/x",
    "https://fcm.googleap\u0131s.com/x",
    "https://fcm.googleapis.com\u200b/x",
    "https://xn--fm-9ka.googleapis.com/x",
    "https://fcm%2egoogleapis.com/x",
    "https://fcm.googleapis.com%00.evil.example/x",
    "https://evil.example/fcm.googleapis.com/x",
    "https://evil.example/?fcm.googleapis.com/",
    "https://evil.example/#fcm.googleapis.com/",
    # paths that lead elsewhere
    "https://fcm.googleapis.com/../admin",
    "https://fcm.googleapis.com/fcm/../../x",
    "https://fcm.googleapis.com/%2e%2e/x",
    "https://fcm.googleapis.com/.%2E/x",
    "https://fcm.googleapis.com/%252e%252e/x",
    "https://fcm.googleapis.com//evil.example/x",
    "https://fcm.googleapis.com/a%2fb",
    "https://fcm.googleapis.com/a%5cb",
    "https://fcm.googleapis.com/a\\b",
    "https://fcm.googleapis.com/a%0d%0ab",
    "https://fcm.googleapis.com/a%",
    "https://fcm.googleapis.com/x#fragment",
    "https://fcm.googleapis.com/" + "x" * 2048,
    # the door for tests is closed here
    "http://127.0.0.1:8000/x",
    "http://localhost:8000/x",
]

NOT_PUBLIC = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "fec0::1",
    "100::1",
    "no address",
]

_network: list[tuple[str, Any]] = []
_watching = False


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"}:
        family = getattr(arguments[0], "family", None)
        if family != socket.AF_UNIX:
            _network.append((event, arguments[1] if event == "socket.connect" else arguments[0]))


sys.addaudithook(_hear)


@contextmanager
def everything_on_the_network() -> Generator[list[tuple[str, Any]]]:
    """Each name that this process looks up, and each address that it connects to."""
    global _watching  # noqa: PLW0603 - an audit hook stays for ever
    _network.clear()
    _watching = True
    try:
        yield _network
    finally:
        _watching = False


class Names:
    """A DNS whose every answer is another one: the given ones in turn, the last for ever."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def resolve(self, _host: str, port: int) -> list[AddressInfo]:
        self.asked += 1
        address = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        version = ipaddress.ip_address(address.partition("%")[0]).version
        family = socket.AF_INET if version == 4 else socket.AF_INET6
        return [(family, socket.SOCK_STREAM, 0, "", (address, port))]


def signer(keys: VapidKeys) -> Signer:
    return Signer(keys, CONTACT)


def address(endpoint: str) -> Address:
    device = Device(endpoint)
    return Address(endpoint, device.p256dh, device.auth)


@pytest.mark.parametrize("endpoint", REAL)
def test_what_browsers_say_is_taken(endpoint: str) -> None:
    assert origin_of(endpoint, DEFAULT_HOSTS) == "https://" + endpoint.split("/")[2]


@pytest.mark.parametrize("endpoint", HOSTILE)
def test_what_leads_elsewhere_is_not(endpoint: str) -> None:
    with pytest.raises(Invalid) as refused:
        origin_of(endpoint, DEFAULT_HOSTS)
    assert refused.value.code == "endpoint-not-allowed"


async def test_no_packet_leaves_for_a_hostile_endpoint(keys: VapidKeys) -> None:
    assert len(HOSTILE) >= 40
    async with Sender(DEFAULT_HOSTS, signer(keys)) as sender:
        with everything_on_the_network() as network:
            for endpoint in HOSTILE:
                answer = await sender.send(
                    address(endpoint), b"{}", ttl=1, urgency="normal", topic="t", now=clock.now()
                )
                assert answer == "endpoint-not-allowed", endpoint
    assert network == []


@pytest.mark.parametrize("found", NOT_PUBLIC)
async def test_no_packet_leaves_when_a_good_name_leads_to_a_bad_address(keys: VapidKeys, found: str) -> None:
    assert not may_be_called(found, 443, DEFAULT_HOSTS)
    if found == "no address":
        return
    # Whoever looked before saw an address that is everybody's; the answer has changed since.
    names = Names("8.8.8.8", found)
    assert (await names.resolve("fcm.googleapis.com", 443))[0][4][0] == "8.8.8.8"
    async with Sender(DEFAULT_HOSTS, signer(keys), resolve=names.resolve) as sender:
        with everything_on_the_network() as network:
            answer = await sender.send(address(REAL[0]), b"{}", ttl=1, urgency="normal", topic="t", now=clock.now())
    assert (answer, network, names.asked) == ("unreachable", [], 2)


def test_addresses_that_are_everybody_s_may_be_called_on_443_alone() -> None:
    for found in ("8.8.8.8", "142.250.1.95", "2a00:1450:4001::5f", "64:ff9b::808:808"):
        assert may_be_called(found, 443, DEFAULT_HOSTS)
        assert not may_be_called(found, 22, DEFAULT_HOSTS)
    own = ("http://127.0.0.1:9000",)
    assert may_be_called("127.0.0.1", 9000, own)
    assert not may_be_called("127.0.0.1", 9001, own)
    assert not may_be_called("127.0.0.2", 9000, own)
    assert origin_of("http://127.0.0.1:9000/x", own) == own[0]
    with pytest.raises(Invalid):
        origin_of("http://127.0.0.1:9001/x", own)


def test_the_list_of_push_services_is_names() -> None:
    assert read_hosts(" push.example.org , *.push.example.org,") == ("push.example.org", "*.push.example.org")
    wrong = [
        "",
        ",",
        "*",
        "*.*.com",
        "127.0.0.1",
        "http://10.0.0.1:80",
        "http://127.0.0.1",
        "https://a.b",
        "a.b:1",
        "*com",
    ]
    for text in wrong:
        with pytest.raises(ValueError, match=r"^has to"):
            read_hosts(text)


async def test_a_phone_with_a_hostile_endpoint_is_told_and_nothing_is_kept(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as phone:
        assert (await phone.post("/api/accounts", json=new_account())).status_code == 201
        for endpoint in HOSTILE:
            said = Device(endpoint).subscription(keys.key.public)
            answer = await phone.put("/api/push/subscription", json=said)
            assert answer.status_code == 400, endpoint
            assert answer.json()["code"] in {"endpoint-not-allowed", "malformed", "invalid"}, (endpoint, answer.text)
        assert await town.rows("SELECT 1 FROM push_subscription") == []
