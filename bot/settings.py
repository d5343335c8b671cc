"""Settings from the environment. All problems are reported at once, each with what to do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.mail import mail_server

# The forms of settings: checks of values, and the advice on wrong ones.

HOW_TO_MAKE_A_KEY = (
    "is not a key: make one with "
    '`python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"`'
)
API_URL_SHAPE = "must be an http(s) address that ends in /api/"
DATABASE_URL_SHAPE = (
    "must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in the password an @ is written %40"
)
MODEL_KEY_SHAPE = (
    "is not a key: copy it again, without spaces; for a server without keys give any word, or remove it to use no model"
)
MODEL_URL_SHAPE = (
    "must be the http(s) address of an OpenAI-compatible server, as far as chat/completions: http://127.0.0.1:11434/v1"
)
PUBLIC_URL_SHAPE = "must be the address at which the bot is reached from outside, like https://cadence.example.com"
SMTP_URL_SHAPE = (
    "must be smtp://USER:PASSWORD@HOST:PORT, or smtps:// where the server is encrypted from the start; an @ in it is "
    "written %40, and where USER is no e-mail address, ?from=ADDRESS at its end names the sender"
)
MODEL_SECONDS_SHAPE = "is not a time in seconds: give a number from 0.5 to 60"

_POSTGRES = ("postgres://", "postgresql://", "postgresql+psycopg://")
_PASSWORD = re.compile(r"[a-z+]+://[^:/]*:([^@]*)@")
_LAST_PORT = 65_535
_FEWEST_SECONDS, _MOST_SECONDS = 0.5, 60.0
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?", re.ASCII)


def is_api_url(value: str) -> bool:
    return value.startswith(("http://", "https://")) and value.endswith("/api/")


def is_database_url(value: str) -> bool:
    return _names_a_database(value) if value.startswith(_POSTGRES) else _names_a_file(value)


def passwords_in(url: str) -> tuple[str, ...]:
    """Return the URL's password as it stands there, percent-encoded, and decoded; empty without one."""
    found = _PASSWORD.match(url)
    return (found[1], unquote(found[1])) if found else ()


def is_model_url(value: str) -> bool:
    """Return whether the value is an http(s) address with a host and a possible port."""
    try:
        url = urlsplit(value)
        is_address = url.scheme in ("http", "https") and bool(url.hostname) and (url.port or 0) <= _LAST_PORT
        return is_address and _is_one_word(value)
    except ValueError:
        return False


def is_public_url(value: str) -> bool:
    """Return whether the value may be the address of the bot, with a path or without, and nothing after it."""
    return is_model_url(value) and not any(each in value for each in "?#@`<>|")


def is_smtp_url(value: str) -> bool:
    """Return whether the value names a mail server and the sender of mails."""
    try:
        return _is_one_word(value) and bool(mail_server(value))
    except ValueError:
        return False


def is_seconds(value: str) -> bool:
    return bool(_NUMBER.fullmatch(value)) and _FEWEST_SECONDS <= float(value) <= _MOST_SECONDS


def is_zone(value: str) -> bool:
    return value in available_timezones()


def is_key(value: str) -> bool:
    # slow to load, and a bot with a token needs no key
    from cryptography.fernet import Fernet

    try:
        Fernet(value)
    except ValueError:
        return False
    return True


def _is_one_word(value: str) -> bool:
    return value.isascii() and value.isprintable() and " " not in value


def _names_a_database(value: str) -> bool:
    """Return whether the URL of a PostgreSQL database can be read, with the @ of a password written %40."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        return False
    # an @ in the host is one of the password that was not written %40
    return "@" not in (url.host or "") and (url.port or 0) <= _LAST_PORT


def _names_a_file(value: str) -> bool:
    """Return whether the URL names an SQLite file; only SQLite's own `file:...?...&uri=true` has a question mark."""
    file = value.removeprefix("sqlite:///")
    if file in ("", value) or ":memory:" in file:
        return False
    return "?" not in file or (file.startswith("file:") and "uri=true" in file)


SLACK_API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///cadence.db"
OPENAI_BASE_URL = "https://api.openai.com/v1"
MODEL_SECONDS, OWN_MODEL_SECONDS = 5.0, 15.0
"""The time a language model has to read a question, a hosted one and one on a server of one's own. Ours."""

SHORTEST_SECRET = 12
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """Settings are missing or wrong. `problems` holds one sentence for each, with what to do."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the program. Secrets stay out of `repr`.

    Attributes:
        port: None when not given: HTTP mode then uses 3000, Socket Mode opens no port.
        problems: sentences on missing or wrong settings, only from `read_settings_and_problems`.
        database_url: "" when it is among the problems.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    slack_api_url: str = SLACK_API_URL
    database_url: str = field(default=DATABASE_URL, repr=False)
    host: str = "127.0.0.1"
    port: int | None = None
    admins: tuple[str, ...] = ()
    time_zone: str = "UTC"
    words_folder: Path | None = None
    openai_api_key: str = field(default="", repr=False)
    openai_base_url: str = field(default=OPENAI_BASE_URL, repr=False)
    openai_model: str = ""
    model_seconds: float = MODEL_SECONDS
    smtp_url: str = field(default="", repr=False)
    public_url: str = ""
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    problems: tuple[str, ...] = ()

    @property
    def is_socket_mode(self) -> bool:
        """True if requests arrive through a connection that the bot opens, instead of over HTTP."""
        return bool(self.app_token)

    @property
    def is_for_many(self) -> bool:
        """True if workspaces install the bot by OAuth, instead of one with SLACK_BOT_TOKEN."""
        return not self.bot_token

    @property
    def secrets(self) -> tuple[str, ...]:
        """Secrets that must never appear in a log."""
        given = (self.bot_token, self.app_token, self.signing_secret, self.client_secret, self.secret_key)
        urls = (self.database_url, self.openai_base_url, self.smtp_url)
        passwords = [password for url in urls for password in passwords_in(url)]
        # a server without keys is given any word, which may be an ordinary one
        model_key = self.openai_api_key if len(self.openai_api_key) >= SHORTEST_SECRET else ""
        return tuple(secret for secret in (*given, model_key, *passwords) if secret)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings to run the bot with. Raises SettingsError naming all that are missing or wrong."""
    reader = _Reader(environment)
    settings = reader.settings()
    problems = (*reader.problems, *_missing(settings))
    if problems:
        raise SettingsError(problems)
    return settings


def read_local_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings for work on the database, without Slack's. Raises SettingsError naming all wrong ones."""
    reader = _Reader(environment)
    settings = reader.settings()
    if reader.problems:
        raise SettingsError(tuple(reader.problems))
    return settings


def read_settings_and_problems(environment: Mapping[str, str]) -> Settings:
    """Return the settings that are right, with a sentence in `problems` for each that is missing or wrong."""
    reader = _Reader(environment)
    settings = reader.settings()
    settings = replace(settings, problems=(*reader.problems, *_missing(settings)))
    # a wrong DATABASE_URL must not fall back to the default database
    return replace(settings, database_url="") if "DATABASE_URL" in reader.wrong else settings


class _Reader:
    """Reads one variable after the other, collects a sentence for each problem, and the names of `wrong` variables."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.problems: list[str] = []
        self.wrong: set[str] = set()

    def settings(self) -> Settings:
        return Settings(
            bot_token=self._secret("SLACK_BOT_TOKEN", "xoxb-"),
            app_token=self._secret("SLACK_APP_TOKEN", "xapp-"),
            signing_secret=self._text("SLACK_SIGNING_SECRET"),
            client_id=self._text("CADENCE_CLIENT_ID"),
            client_secret=self._text("CADENCE_CLIENT_SECRET"),
            secret_key=self._checked("CADENCE_SECRET_KEY", "", is_key, HOW_TO_MAKE_A_KEY),
            slack_api_url=self._checked("SLACK_API_URL", SLACK_API_URL, is_api_url, API_URL_SHAPE),
            database_url=self._checked("DATABASE_URL", DATABASE_URL, is_database_url, DATABASE_URL_SHAPE),
            host=self._text("HOST") or "127.0.0.1",
            port=self._port(),
            admins=self._admins(),
            time_zone=self._checked(
                "CADENCE_TIME_ZONE", "UTC", is_zone, "is not an IANA time zone: write it like Europe/Berlin"
            ),
            words_folder=self._folder("CADENCE_WORDS"),
            openai_api_key=self._checked("OPENAI_API_KEY", "", _is_one_word, MODEL_KEY_SHAPE),
            openai_base_url=self._checked("OPENAI_BASE_URL", OPENAI_BASE_URL, is_model_url, MODEL_URL_SHAPE),
            openai_model=self._text("OPENAI_MODEL"),
            model_seconds=self._model_seconds(),
            smtp_url=self._checked("CADENCE_SMTP_URL", "", is_smtp_url, SMTP_URL_SHAPE),
            public_url=self._checked("CADENCE_PUBLIC_URL", "", is_public_url, PUBLIC_URL_SHAPE).rstrip("/"),
            log_level=self._choice("LOG_LEVEL", "INFO", LOG_LEVELS, str.upper),
            log_format="json" if self._choice("LOG_FORMAT", "text", ("text", "json"), str.lower) == "json" else "text",
        )

    def _model_seconds(self) -> float:
        """Return the time set for a reading, else the default, which is longer for a server of one's own."""
        # a server without https is one of one's own: whoever hosts models has it
        usual = OWN_MODEL_SECONDS if self._text("OPENAI_BASE_URL").startswith("http:") else MODEL_SECONDS
        return float(self._checked("CADENCE_MODEL_SECONDS", str(usual), is_seconds, MODEL_SECONDS_SHAPE))

    def _text(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def _secret(self, name: str, prefix: str) -> str:
        """Return a token; the problem does not repeat a wrong one."""
        value = self._text(name)
        if value and not value.startswith(prefix):
            self.problems.append(
                f"{name} must start with {prefix}: copy it again from the app's page at api.slack.com/apps."
            )
        return value

    def _checked(self, name: str, default: str, is_right: Callable[[str], bool], problem: str) -> str:
        """Return the variable's value; the default where it is missing, or wrong, which is noted."""
        value = self._text(name)
        if not value or is_right(value):
            return value or default
        self.problems.append(f"{name} {problem}.")
        self.wrong.add(name)
        return default

    def _port(self) -> int | None:
        """Return the port; None where it is missing, or wrong, which is noted."""
        value = self._text("PORT")
        if value and not (value.isascii() and value.isdecimal() and int(value) <= _LAST_PORT):
            self.problems.append("PORT is not a port: give a number from 0 to 65535.")
            return None
        return int(value) if value else None

    def _choice(self, name: str, default: str, choices: tuple[str, ...], spelled: Callable[[str], str]) -> str:
        """Return one of the choices, compared as `spelled` writes it; the default where it is missing or wrong."""
        value = spelled(self._text(name)) or default
        if value in choices:
            return value
        self.problems.append(f"{name} must be one of {', '.join(choices)}.")
        return default

    def _admins(self) -> tuple[str, ...]:
        """Return the member IDs, separated by commas or spaces; for wrong ones a problem is noted."""
        admins = tuple(self._text("CADENCE_ADMINS").replace(",", " ").split())
        wrong = [admin for admin in admins if admin[0] not in "UW" or not admin.isalnum() or not admin.isupper()]
        if wrong:
            self.problems.append(
                f"CADENCE_ADMINS holds {', '.join(wrong)}: give member IDs like U0123ABCD, separated by commas "
                "(in Slack: profile, More, Copy member ID)."
            )
        return admins

    def _folder(self, name: str) -> Path | None:
        value = self._text(name)
        if value and not Path(value).is_dir():
            self.problems.append(f"{name} is not a folder: make {value}, or remove the setting.")
        return Path(value) if value else None


def _missing(settings: Settings) -> list[str]:
    """Return a problem for each missing setting without which the bot cannot talk to Slack."""
    problems: list[str] = []
    if bool(settings.client_id) != bool(settings.client_secret):
        problems.append("CADENCE_CLIENT_ID and CADENCE_CLIENT_SECRET belong together: give both, or neither.")
    if not settings.bot_token and not settings.client_id:
        problems.append(
            "SLACK_BOT_TOKEN is missing: copy the Bot User OAuth Token from the app's page at api.slack.com/apps. "
            "To try the bot without Slack, run the demo: python -m bot demo."
        )
    if settings.client_id and not settings.secret_key:
        problems.append(
            f"CADENCE_SECRET_KEY is missing; it encrypts the tokens of installed workspaces. It {HOW_TO_MAKE_A_KEY}."
        )
    if settings.openai_api_key and not settings.openai_model:
        problems.append(
            "OPENAI_MODEL is missing: name the model that is to read questions, as its server calls it; "
            "or remove OPENAI_API_KEY, and questions are read by rules alone."
        )
    if settings.is_socket_mode and settings.client_id and not settings.bot_token and settings.port is None:
        problems.append("PORT is missing: with CADENCE_CLIENT_ID people install the bot at /slack/install, over HTTP.")
    if settings.public_url and settings.is_socket_mode and settings.port is None:
        problems.append("PORT is missing: with CADENCE_PUBLIC_URL calendars are served, over HTTP.")
    if not settings.is_socket_mode and not settings.signing_secret:
        problems.append(
            "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: give the app-level token for Socket Mode, "
            "or the signing secret for HTTP."
        )
    return problems


# The version of the program.


@cache
def program_version() -> str:
    """Return the version of the installed package, `unknown` when it is not installed."""
    try:
        return version("cadence")
    except PackageNotFoundError:
        return "unknown"


# Encryption of stored secrets with CADENCE_SECRET_KEY; without that key they are stored as they are.


class UndecryptableSecret(Exception):
    """The stored secret cannot be decrypted with this key."""


class Sealing:
    """Encrypts and decrypts secrets with one key; without a key it changes nothing."""

    def __init__(self, secret_key: str) -> None:
        self._key = secret_key

    def seal(self, secret: str) -> str:
        if not self._key:
            return secret
        from cryptography.fernet import Fernet  # slow to load, and often not needed

        return Fernet(self._key).encrypt(secret.encode()).decode()

    def open(self, stored: str) -> str:
        """Return the secret decrypted. Raises UndecryptableSecret when it was not encrypted with this key."""
        if not self._key:
            return stored
        from cryptography.fernet import Fernet, InvalidToken

        try:
            return Fernet(self._key).decrypt(stored).decode()
        except InvalidToken:
            raise UndecryptableSecret from None
