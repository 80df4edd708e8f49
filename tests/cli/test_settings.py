from pathlib import Path

import pytest

from app.cannot_start import CannotStart
from app.settings import Settings, is_loopback


def test_without_any_setting_it_is_this_machine_alone() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.origin) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.data == Path("data").absolute()
    assert settings.database_url is None
    assert not settings.secure
    assert Settings.from_environment({"LEEWARD_PORT": " ", "LEEWARD_DATA": ""}) == settings


@pytest.mark.parametrize(
    ("environment", "origin"),
    [
        ({"LEEWARD_PORT": "8124"}, "http://127.0.0.1:8124"),
        ({"LEEWARD_PORT": "80"}, "http://127.0.0.1"),
        ({"LEEWARD_HOST": "localhost"}, "http://localhost:8000"),
        ({"LEEWARD_HOST": "0.0.0.0"}, "http://127.0.0.1:8000"),
        ({"LEEWARD_HOST": "::1"}, "http://[::1]:8000"),
        ({"LEEWARD_HOST": "192.168.1.5"}, "http://127.0.0.1:8000"),
        ({"LEEWARD_ORIGIN": "https://Leeward.Example/"}, "https://leeward.example"),
        ({"LEEWARD_ORIGIN": "https://leeward.example:443"}, "https://leeward.example"),
        ({"LEEWARD_ORIGIN": "https://leeward.example:8443"}, "https://leeward.example:8443"),
        ({"LEEWARD_ORIGIN": "http://leeward.localhost:8000"}, "http://leeward.localhost:8000"),
    ],
)
def test_the_origin_is_written_as_browsers_write_it(environment: dict[str, str], origin: str) -> None:
    assert Settings.from_environment(environment).origin == origin


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LEEWARD_PORT", "0"),
        ("LEEWARD_PORT", "65536"),
        ("LEEWARD_PORT", "²"),
        ("LEEWARD_ORIGIN", "http://leeward.example"),
        ("LEEWARD_ORIGIN", "http://192.168.1.5:8000"),
        ("LEEWARD_ORIGIN", "leeward.example"),
        ("LEEWARD_ORIGIN", "https://leeward.example/path"),
        ("LEEWARD_ORIGIN", "https://leeward.example:port"),
        ("LEEWARD_ORIGIN", "https://ada@leeward.example"),
        ("LEEWARD_ORIGIN", "https://leeward.example#x"),
        ("LEEWARD_TRUSTED_PROXIES", "my proxy"),
        ("LEEWARD_WORKERS", "-1"),
        ("LEEWARD_DATABASE_CONNECTIONS", "many"),
        ("LEEWARD_LOG_LEVEL", "loud"),
        ("DATABASE_URL", "sqlite:///leeward"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_setting(name: str, text: str) -> None:
    with pytest.raises(CannotStart) as told:
        Settings.from_environment({name: text})
    sentence = str(told.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_wrong_database_url_is_not_repeated() -> None:
    with pytest.raises(CannotStart) as told:
        Settings.from_environment({"DATABASE_URL": "mysql://ada:a-secret@host/leeward"})
    assert "secret" not in str(told.value)


def test_which_hosts_are_this_machine() -> None:
    assert all(is_loopback(host) for host in ("localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "::1"))
    assert not any(is_loopback(host) for host in ("localhost.example", "10.0.0.1", "example", "::", "0.0.0.0"))
