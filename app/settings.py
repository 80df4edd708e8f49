"""The settings, read once from the environment at start.

Every one is listed with its unit and default in `.env.example`.
"""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self, TypeVar
from urllib.parse import urlsplit

from app.build import build_id
from app.cannot_start import CannotStart
from app.push.endpoints import DEFAULT_HOSTS, read_hosts

LogLevel = Literal["debug", "info", "warning", "error"]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LOG_LEVELS: dict[str, LogLevel] = {"debug": "debug", "info": "info", "warning": "warning", "error": "error"}
_EVERY_ADDRESS = {"0.0.0.0", "::", ""}  # noqa: S104 - recognised here, not bound
_HIGHEST_PORT = 65535
# Push services refuse what cannot be an address, localhost among it.
_NAME = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]*"
_LONGEST_WORDS = 200
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,}")
_CONTACT = re.compile(rf"mailto:[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_NAME}|https://{_NAME}(?:/[!-~]*)?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this server was told to run."""

    host: str
    """Address to listen on."""
    port: int
    """TCP port to listen on, 1 to 65535."""
    data: Path
    """Folder of everything this server keeps, absolute; the embedded database lies in it."""
    database_url: str | None
    """`postgresql://…` of a database of one's own; None: the embedded one."""
    database_connections: int
    """Most connections to the database from one worker."""
    postgres_bin: Path | None
    """Folder with `postgres`, `initdb` …; None: those of the wheel, then the system's."""
    origin: str
    """`scheme://host[:port]` that people type; without a slash at the end."""
    trusted_proxies: tuple[Network, ...]
    """Networks whose X-Forwarded-For is believed."""
    workers: int
    """Processes that answer requests."""
    works: bool
    """Whether `leeward serve` also wakes what is due and delivers pushes; otherwise `leeward worker` has to."""
    push_hosts: tuple[str, ...]
    """Push services that may be called: `name`, `*.name`, or `http://127.0.0.1:PORT` in tests."""
    push_contact: str
    """Whom a push service may write to: `mailto:` or https."""
    vapid_private_key: str | None = field(repr=False)
    """The private key for pushes; None: the one in `data`, made when there is none."""
    metrics_token: str | None = field(repr=False)
    """What whoever reads /metrics has to say; None: nobody reads them."""
    reports_read_by: str | None
    """Who reads reports, in words that members are shown; None: nobody is named, and they are told so."""
    log_level: LogLevel
    build: str
    """Which build this is: changes with the version and with the frontend."""

    @property
    def secure(self) -> bool:
        """Whether people reach this server by https."""
        return self.origin.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; an empty value counts as not set.

        Raises CannotStart with one sentence that names the setting.
        """
        host = _read(environment, "LEEWARD_HOST", str, "127.0.0.1")
        port = _read(environment, "LEEWARD_PORT", _port, 8000)
        origin = _read(environment, "LEEWARD_ORIGIN", _origin, _origin_of(host, port))
        return cls(
            host=host,
            port=port,
            data=_read(environment, "LEEWARD_DATA", Path, Path("data")).absolute(),
            database_url=_read(environment, "DATABASE_URL", _database_url, None),
            database_connections=_read(environment, "LEEWARD_DATABASE_CONNECTIONS", _at_least_one, 16),
            postgres_bin=_read(environment, "LEEWARD_POSTGRES_BIN", Path, None),
            origin=origin,
            trusted_proxies=_read(environment, "LEEWARD_TRUSTED_PROXIES", _networks, ()),
            workers=_read(environment, "LEEWARD_WORKERS", _at_least_one, 1),
            works=_read(environment, "LEEWARD_WORKER", _on_or_off, True),
            push_hosts=_read(environment, "LEEWARD_PUSH_HOSTS", read_hosts, DEFAULT_HOSTS),
            push_contact=_read(environment, "LEEWARD_PUSH_CONTACT", _contact, _contact_of(origin)),
            vapid_private_key=_read(environment, "LEEWARD_VAPID_PRIVATE_KEY", str, None),
            metrics_token=_read(environment, "LEEWARD_METRICS_TOKEN", _token, None),
            reports_read_by=_read(environment, "LEEWARD_REPORTS_READ_BY", _few_words, None),
            log_level=_read(environment, "LEEWARD_LOG_LEVEL", _log_level, "info"),
            build=build_id(),
        )


def is_loopback(host: str) -> bool:
    """Whether a host name can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(environment: Mapping[str, str], name: str, parse: Callable[[str], T], default: T) -> T:
    text = environment.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        raise CannotStart(f"{name} {error}.") from error


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _HIGHEST_PORT:
        raise ValueError(f"has to be a port number from 1 to {_HIGHEST_PORT}, not {text!r}")
    return int(text)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"has to be a whole number from 1 up, not {text!r}")
    return int(text)


def _on_or_off(text: str) -> bool:
    try:
        return {"on": True, "off": False}[text.lower()]
    except KeyError as error:
        raise ValueError(f"has to be on or off, not {text!r}") from error


def _token(text: str) -> str:
    # Never repeated in the message: it is a secret.
    if not _TOKEN.fullmatch(text):
        raise ValueError("has to be 32 or more letters, digits, - or _: `openssl rand -hex 32` makes one")
    return text


def _few_words(text: str) -> str:
    if len(text) > _LONGEST_WORDS or not text.isprintable():
        raise ValueError(f"has to be one line of at most {_LONGEST_WORDS} characters")
    return text


def _contact(text: str) -> str:
    if not _CONTACT.fullmatch(text):
        raise ValueError(f"has to look like mailto:you@leeward.example or https://leeward.example, not {text!r}")
    return text


def _contact_of(origin: str) -> str:
    """Whom to write to when nobody said: this server's address, where it is one that others can reach."""
    contact = f"https://{urlsplit(origin).hostname}"
    reachable = origin.startswith("https://") and _CONTACT.fullmatch(contact)
    return contact if reachable else "mailto:operator@leeward.example"


def _database_url(text: str) -> str:
    # Never repeated in the message: there may be a password in it.
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValueError("has to begin with postgresql://")
    return text


def _origin(text: str) -> str:
    parts = urlsplit(text)
    beside = parts.query or parts.fragment or parts.username is not None or parts.path not in {"", "/"}
    if parts.scheme not in {"http", "https"} or not parts.hostname or beside:
        raise ValueError(f"has to look like https://leeward.example, not {text!r}")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError(
            f"is {text!r}, but what people write here may only travel by https, or by http on this machine alone:"
            " put a reverse proxy with https in front and name its address"
        )
    return _written_as_browsers_do(parts.scheme, parts.hostname, parts.port)


def _origin_of(host: str, port: int) -> str:
    """Where a server without LEEWARD_ORIGIN is found: on this machine."""
    name = "127.0.0.1" if host in _EVERY_ADDRESS or not is_loopback(host) else host
    return _written_as_browsers_do("http", name, port)


def _written_as_browsers_do(scheme: str, host: str, port: int | None) -> str:
    """Compared with the Origin header letter by letter, so: lower case, and no port where it is the usual one."""
    name = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{name.lower()}" + ("" if port in {None, usual} else f":{port}")


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValueError(
            f"has to be addresses or networks with commas between, like 10.0.0.0/8, not {text!r}"
        ) from error


def _log_level(text: str) -> LogLevel:
    try:
        return _LOG_LEVELS[text.lower()]
    except KeyError as error:
        raise ValueError(f"has to be one of {', '.join(_LOG_LEVELS)}, not {text!r}") from error
