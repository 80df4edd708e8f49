"""What comes back from a push service, as it should be and otherwise."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app import clock
from app.push.connections import AddressInfo, Answer, Connections, NoAnswerError
from tests.push.conftest import until

REQUEST = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Service:
    """Answers each request with the next of the given bytes, cut as they are; None closes the connection."""

    def __init__(self, *answers: tuple[bytes | None, ...]) -> None:
        self.answers = list(answers)
        self.connections: list[asyncio.WriteTransport] = []


class Serving(asyncio.Protocol):
    """One connection to such a service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._received = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._service.connections.append(transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._received == len(REQUEST):
            self._received = 0
            self._say(self._service.answers.pop(0) if self._service.answers else (CREATED,))

    def _say(self, parts: tuple[bytes | None, ...]) -> None:
        if not parts:
            return
        if parts[0] is None:
            self._transport.close()
        else:
            self._transport.write(parts[0])
            asyncio.get_running_loop().call_soon(self._say, parts[1:])


@asynccontextmanager
async def serving(service: Service, context: ssl.SSLContext | None = None) -> AsyncGenerator[tuple[str, int]]:
    server = await asyncio.get_running_loop().create_server(lambda: Serving(service), "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()
        for connection in service.connections:
            connection.abort()


@asynccontextmanager
async def asking(*answer: bytes | None) -> AsyncGenerator[tuple[Connections, str, Service]]:
    service = Service(answer)
    connections = Connections(lambda _host, _port: True)
    async with serving(service) as (host, port):
        yield connections, f"http://{host}:{port}", service
        connections.close()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (CREATED, Answer(201)),
        (b"HTTP/1.1 429 Slow\r\nretry-after: 7\r\nContent-Length: 4\r\n\r\nslow", Answer(429, "7")),
        (b"HTTP/1.1 503 No\r\nRetry-After: " + b"9" * 200 + b"\r\nContent-Length: 0\r\n\r\n", Answer(503, "9" * 64)),
        (b"HTTP/1.1 201 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", Answer(201)),
        ((b"HTTP/1.1 201 OK\r\nCont", b"ent-Length: 2\r\n\r", b"\no", b"k"), Answer(201)),
        (b"HTTP/1.1 100 Continue\r\nRetry-After: 5\r\n\r\n" + CREATED, Answer(201)),
        ((b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n", CREATED), Answer(201)),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", Answer(302)),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Answer(204)),
    ],
)
async def test_an_answer_is_understood_and_its_connection_used_again(
    answer: bytes | tuple[bytes, ...], expected: Answer
) -> None:
    async with asking(*(answer if isinstance(answer, tuple) else (answer,))) as (connections, origin, service):
        assert await connections.post(origin, REQUEST) == expected
        assert await connections.post(origin, REQUEST) == Answer(201)
        assert len(service.connections) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 201),
        (b"HTTP/1.0 201 Created\r\nContent-Length: 0\r\n\r\n", 201),
        # longer than anybody has to say: its status counts, and nobody reads the rest
        (b"HTTP/1.1 500 No\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 40_000, 500),
        # a second answer that nobody asked for must not become the next one's
        (CREATED + b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", 201),
        (CREATED + b"HTTP/1.1 410 Go", 201),
    ],
)
async def test_a_connection_that_cannot_be_trusted_again_is_not(answer: bytes, expected: int) -> None:
    async with asking(answer) as (connections, origin, service):
        assert (await connections.post(origin, REQUEST)).status == expected
        assert await connections.post(origin, REQUEST) == Answer(201)
        assert len(service.connections) == 2


@pytest.mark.parametrize(
    "answer",
    [
        (None,),
        (b"HTTP/1.1 201 Created\r\n", None),
        (b"HTTP/1.1 100 Continue\r\n\r\n", None),
        (b"SSH-2.0-OpenSSH_9.9\r\n",),
        (b"HTTP/1.1 abc\r\n\r\n",),
        (b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",),
        (b"HTTP/1.1 201 Created\r\nX: " + b"x" * 40_000,),
    ],
)
async def test_what_is_no_answer_is_said_to_be_none(answer: tuple[bytes | None, ...]) -> None:
    async with asking(*answer) as (connections, origin, service):
        with pytest.raises(NoAnswerError):
            await connections.post(origin, REQUEST)
        assert await connections.post(origin, REQUEST) == Answer(201)
        assert len(service.connections) == 2


@pytest.mark.parametrize(
    "answer",
    [
        (b"HTTP/1.1 404 Gone\r\n\r\nuntil the end", None),
        (b"HTTP/1.1 404 Gone\r\nContent-Length: 100\r\n\r\ncut off", None),
        (b"HTTP/1.1 404 Gone\r\nTransfer-Encoding: chunked\r\n\r\nno number", None),
    ],
)
async def test_an_answer_counts_as_soon_as_its_head_was_whole(answer: tuple[bytes | None, ...]) -> None:
    async with asking(*answer) as (connections, origin, service):
        assert await connections.post(origin, REQUEST) == Answer(404)
        assert await connections.post(origin, REQUEST) == Answer(201)
        assert len(service.connections) == 2


async def test_what_comes_unasked_closes_the_connection() -> None:
    async with asking(CREATED) as (connections, origin, service):
        await connections.post(origin, REQUEST)
        service.connections[0].write(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")
        await until(service.connections[0].is_closing)
        assert await connections.post(origin, REQUEST) == Answer(201)
        assert len(service.connections) == 2


async def test_whoever_waits_no_more_leaves_no_answer_to_the_next() -> None:
    async with asking(b"") as (connections, origin, service):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await connections.post(origin, REQUEST)
        await until(service.connections[0].is_closing)
        assert await connections.post(origin, REQUEST) == Answer(201)
        assert len(service.connections) == 2


async def test_no_connection_is_made_where_none_may_be() -> None:
    async with asking() as (_, origin, service):
        connections = Connections(lambda host, port: f"http://{host}:{port}" != origin)
        with pytest.raises(NoAnswerError):
            await connections.post(origin, REQUEST)
        assert service.connections == []


async def test_no_address_and_no_listener_are_no_answer() -> None:
    async def nowhere(_host: str, _port: int) -> list[AddressInfo]:
        return []

    for connections in (
        Connections(lambda _host, _port: True, resolve=nowhere),
        Connections(lambda _host, _port: True),
    ):
        with pytest.raises(NoAnswerError):
            await connections.post("http://127.0.0.1:9", REQUEST)


@pytest.mark.parametrize(
    ("name", "is_trusted"), [("push.example", True), ("push.example", False), ("evil.example", True)]
)
async def test_a_push_service_shows_a_certificate_for_its_name(tmp_path: Path, name: str, *, is_trusted: bool) -> None:
    certificate, serving_it = certified(tmp_path, name)
    trusting = ssl.create_default_context(cafile=str(certificate) if is_trusted else None)
    service = Service()
    async with serving(service, serving_it) as where:

        async def resolve(_host: str, _port: int) -> list[AddressInfo]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", where)]

        connections = Connections(lambda _host, _port: True, resolve=resolve, context=trusting)
        if name == "push.example" and is_trusted:
            assert await connections.post("https://push.example", REQUEST) == Answer(201)
            assert await connections.post("https://push.example", REQUEST) == Answer(201)
            assert len(service.connections) == 1
        else:
            with pytest.raises(NoAnswerError):
                await connections.post("https://push.example", REQUEST)
        connections.close()


def certified(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate that signs itself, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return file, context
