from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import Sealing, SettingsError, UndecryptableSecret, read_local_settings, read_settings
from tests.cases import cases

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_SIGNING_SECRET": "shared-secret"}


def problems(environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings(environment)
    return "\n".join(caught.value.problems)


def test_two_tokens_are_enough_for_socket_mode() -> None:
    settings = read_settings(SOCKET)
    assert settings.is_socket_mode
    assert settings.port is None
    assert settings.database_url == "sqlite:///cadence.db"
    assert settings.slack_api_url == "https://slack.com/api/"


def test_a_token_and_the_signing_secret_are_enough_for_http() -> None:
    assert not read_settings(HTTP).is_socket_mode


def test_every_setting_is_read(tmp_path: Path) -> None:
    key = Fernet.generate_key().decode()
    settings = read_settings(
        SOCKET
        | {
            "SLACK_API_URL": "http://127.0.0.1:9/api/",
            "DATABASE_URL": "postgresql://cadence:pass@db/cadence",
            "HOST": "0.0.0.0",
            "PORT": "0",
            "CADENCE_ADMINS": "U01, W02 U03",
            "CADENCE_TIME_ZONE": "Europe/Berlin",
            "CADENCE_WORDS": str(tmp_path),
            "CADENCE_SECRET_KEY": key,
            "OPENAI_API_KEY": "any",
            "OPENAI_BASE_URL": "http://127.0.0.1:11434/v1",
            "OPENAI_MODEL": "small",
            "CADENCE_MODEL_SECONDS": "2.5",
            "CADENCE_SMTP_URL": "smtp://key:pass%40word@mail.example?from=cadence@us.example",
            "CADENCE_PUBLIC_URL": "https://cadence.example.com/",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
        }
    )
    assert settings.admins == ("U01", "W02", "U03")
    assert (settings.host, settings.port) == ("0.0.0.0", 0)
    assert (settings.time_zone, settings.words_folder) == ("Europe/Berlin", tmp_path)
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.secret_key == key
    assert settings.public_url == "https://cadence.example.com"
    assert {"pass@word", "pass%40word"} <= set(settings.secrets)
    assert "pass" not in repr(settings)
    assert (settings.openai_api_key, settings.openai_model) == ("any", "small")
    assert (settings.openai_base_url, settings.model_seconds) == ("http://127.0.0.1:11434/v1", 2.5)


def test_a_model_on_a_server_of_ones_own_has_more_time() -> None:
    urls = ("https://models.example/v1", "http://127.0.0.1:11434/v1")
    assert [read_settings(SOCKET | {"OPENAI_BASE_URL": url}).model_seconds for url in urls] == [5.0, 15.0]


def test_all_wrong_settings_are_named_at_once() -> None:
    said = problems(
        {
            "SLACK_BOT_TOKEN": "xoxp-1",
            "SLACK_APP_TOKEN": "xoxb-1",
            "SLACK_API_URL": "https://slack.com",
            "DATABASE_URL": "mysql://db",
            "PORT": "70000",
            "CADENCE_ADMINS": "ann, U01",
            "CADENCE_TIME_ZONE": "Berlin",
            "CADENCE_WORDS": "/nowhere/at/all",
            "CADENCE_SECRET_KEY": "short",
            "CADENCE_CLIENT_ID": "1.2",
            "OPENAI_API_KEY": "two words",
            "OPENAI_BASE_URL": "localhost:11434",
            "CADENCE_MODEL_SECONDS": "0",
            "LOG_LEVEL": "loud",
            "LOG_FORMAT": "xml",
        }
    )
    names = (
        "SLACK_BOT_TOKEN SLACK_APP_TOKEN SLACK_API_URL DATABASE_URL PORT CADENCE_ADMINS CADENCE_TIME_ZONE "
        "CADENCE_WORDS CADENCE_SECRET_KEY CADENCE_CLIENT_SECRET OPENAI_API_KEY OPENAI_BASE_URL "
        "CADENCE_MODEL_SECONDS LOG_LEVEL LOG_FORMAT"
    )
    assert [name for name in names.split() if name not in said] == []
    assert "holds ann:" in said


def test_a_database_in_memory_is_refused() -> None:
    assert "DATABASE_URL" in problems(SOCKET | {"DATABASE_URL": "sqlite:///:memory:"})


def test_installing_by_oauth_needs_a_key_for_the_tokens() -> None:
    oauth = {"CADENCE_CLIENT_ID": "1.2", "CADENCE_CLIENT_SECRET": "c", "SLACK_SIGNING_SECRET": "s"}
    assert "CADENCE_SECRET_KEY is missing" in problems(oauth)
    assert read_settings(oauth | {"CADENCE_SECRET_KEY": Fernet.generate_key().decode()}).client_id == "1.2"


def test_installing_by_oauth_needs_a_port_in_socket_mode_too() -> None:
    oauth = {"CADENCE_CLIENT_ID": "1.2", "CADENCE_CLIENT_SECRET": "c", "SLACK_APP_TOKEN": "xapp-1"}
    oauth |= {"CADENCE_SECRET_KEY": Fernet.generate_key().decode()}
    assert problems(oauth).startswith("PORT is missing: with CADENCE_CLIENT_ID")
    assert read_settings(oauth | {"PORT": "3000"}).is_for_many
    assert not read_settings(oauth | {"SLACK_BOT_TOKEN": "xoxb-1"}).is_for_many


def test_secrets_are_not_shown() -> None:
    settings = read_settings(SOCKET | {"DATABASE_URL": "postgresql://u:p%40ss@db/x"})
    assert "secret" not in repr(settings)
    assert "p%40ss" not in repr(settings)
    assert {"xoxb-1-secret", "xapp-1-secret", "p%40ss", "p@ss"} <= set(settings.secrets)


def test_a_key_without_a_model_is_named_and_neither_is_needed() -> None:
    assert "OPENAI_MODEL is missing" in problems(SOCKET | {"OPENAI_API_KEY": "sk-hidden-0123456789"})
    assert read_settings(SOCKET | {"OPENAI_MODEL": "small"}).openai_api_key == ""


@cases("url", ["llm.example/v1", "ftp://llm.example", "http://", "http://llm example/v1", "http://[::1/v1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert "OPENAI_BASE_URL must be" in problems(SOCKET | {"OPENAI_BASE_URL": url})


def test_the_key_and_the_password_of_a_model_are_secrets_unless_they_are_a_mere_word() -> None:
    model = {"OPENAI_API_KEY": "sk-hidden-0123456789", "OPENAI_MODEL": "small"}
    settings = read_settings(SOCKET | model | {"OPENAI_BASE_URL": "https://me:pass-word@llm.example/v1"})
    assert "hidden" not in repr(settings)
    assert "pass-word" not in repr(settings)
    assert {"sk-hidden-0123456789", "pass-word"} <= set(settings.secrets)
    assert "hidden" not in problems(SOCKET | {"OPENAI_API_KEY": "sk hidden"})
    assert "ollama" not in read_settings(SOCKET | model | {"OPENAI_API_KEY": "ollama"}).secrets


def test_work_on_the_database_alone_needs_no_tokens() -> None:
    assert read_local_settings({}).database_url == "sqlite:///cadence.db"
    with pytest.raises(SettingsError):
        read_local_settings({"DATABASE_URL": "nothing"})


@cases("url", ["cadence.example.com", "ftp://x.example", "https://", "https://x.example/?a=1", "https://u@x"])
def test_what_is_no_address_of_the_bot_is_named(url: str) -> None:
    assert "CADENCE_PUBLIC_URL must be the address" in problems(HTTP | {"CADENCE_PUBLIC_URL": url})


def test_calendars_in_socket_mode_need_a_port() -> None:
    given = {"CADENCE_PUBLIC_URL": "https://cadence.example.com"}
    assert "PORT is missing: with CADENCE_PUBLIC_URL" in problems(SOCKET | given)
    assert read_settings(SOCKET | given | {"PORT": "3000"}).public_url


KEY, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_sealed_secret_opens_with_its_own_key_alone() -> None:
    sealed = Sealing(KEY).seal("sample")
    assert "sample" not in sealed
    assert Sealing(KEY).open(sealed) == "sample"
    with pytest.raises(UndecryptableSecret):
        Sealing(OTHER).open(sealed)


def test_without_a_key_a_secret_is_kept_as_it_is_and_counts_no_more_once_there_is_one() -> None:
    kept = Sealing("").seal("sample")
    assert (kept, Sealing("").open(kept)) == ("sample", "sample")
    with pytest.raises(UndecryptableSecret):
        Sealing(KEY).open(kept)
