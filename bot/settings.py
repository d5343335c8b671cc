"""The settings, from the environment. Everything that is wrong is said at once, with what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bot.settings_shapes import (
    API_URL_SHAPE,
    DATABASE_URL_SHAPE,
    HOW_TO_MAKE_A_KEY,
    is_api_url,
    is_database_url,
    is_key,
    is_port,
    is_zone,
    passwords_in,
)

SLACK_API_URL = "https://slack.com/api/"
DATABASE_URL = "sqlite:///cadence.db"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """Settings are missing or wrong. `problems` holds one sentence for each, with what to do."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program was told. Secrets stay out of `repr`.

    `port` is None when it was not given: HTTP mode then uses 3000, Socket Mode opens no port. `admins` are user ids.
    `problems` says what is missing or wrong, where somebody reads the settings to learn just that; else it is empty.
    `database_url` is empty where it is among these.
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
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"
    problems: tuple[str, ...] = ()

    @property
    def is_socket_mode(self) -> bool:
        """Whether Slack is reached by a connection of ours instead of calling our server."""
        return bool(self.app_token)

    @property
    def is_for_many(self) -> bool:
        """Whether workspaces install the bot themselves, instead of one having given its token."""
        return not self.bot_token

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen in a log."""
        given = (self.bot_token, self.app_token, self.signing_secret, self.client_secret, self.secret_key)
        return tuple(secret for secret in (*given, *passwords_in(self.database_url)) if secret)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings to run the bot with. Raises SettingsError naming everything that is missing or wrong."""
    reader = _Reader(environment)
    settings = reader.settings()
    problems = (*reader.problems, *_missing(settings))
    if problems:
        raise SettingsError(problems)
    return settings


def read_local_settings(environment: Mapping[str, str]) -> Settings:
    """The settings for work on the database alone: nothing of Slack has to be given.

    Raises SettingsError naming everything that is wrong.
    """
    reader = _Reader(environment)
    settings = reader.settings()
    if reader.problems:
        raise SettingsError(tuple(reader.problems))
    return settings


def read_settings_and_problems(environment: Mapping[str, str]) -> Settings:
    """The settings as far as they are right, with a sentence in `problems` for each that is missing or wrong."""
    reader = _Reader(environment)
    settings = reader.settings()
    settings = replace(settings, problems=(*reader.problems, *_missing(settings)))
    # whoever named another database is not told of the one that is used when none is named
    return replace(settings, database_url="") if "DATABASE_URL" in reader.wrong else settings


class _Reader:
    """Reads one name after the other and collects what is wrong."""

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
                "CADENCE_TIME_ZONE", "UTC", is_zone, "is no IANA time zone: write it like Europe/Berlin"
            ),
            words_folder=self._folder("CADENCE_WORDS"),
            log_level=self._choice("LOG_LEVEL", "INFO", LOG_LEVELS, str.upper),
            log_format="json" if self._choice("LOG_FORMAT", "text", ("text", "json"), str.lower) == "json" else "text",
        )

    def _text(self, name: str) -> str:
        return self._environment.get(name, "").strip()

    def _secret(self, name: str, prefix: str) -> str:
        """A token; a wrong one is not repeated in the problem."""
        value = self._text(name)
        if value and not value.startswith(prefix):
            self.problems.append(
                f"{name} must start with {prefix}: copy it again from the app's page at api.slack.com/apps."
            )
        return value

    def _checked(self, name: str, default: str, is_right: Callable[[str], bool], problem: str) -> str:
        value = self._text(name)
        if not value or is_right(value):
            return value or default
        self.problems.append(f"{name} {problem}.")
        self.wrong.add(name)
        return default

    def _port(self) -> int | None:
        value = self._text("PORT")
        if value and not is_port(value):
            self.problems.append("PORT is not a port: give a number from 0 to 65535.")
            return None
        return int(value) if value else None

    def _choice(self, name: str, default: str, choices: tuple[str, ...], spelled: Callable[[str], str]) -> str:
        value = spelled(self._text(name)) or default
        if value in choices:
            return value
        self.problems.append(f"{name} must be one of {', '.join(choices)}.")
        return default

    def _admins(self) -> tuple[str, ...]:
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
    """What is needed to talk to Slack and was not given."""
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
    if settings.is_socket_mode and settings.client_id and not settings.bot_token and settings.port is None:
        problems.append("PORT is missing: with CADENCE_CLIENT_ID people install the bot at /slack/install, over HTTP.")
    if not settings.is_socket_mode and not settings.signing_secret:
        problems.append(
            "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing: give the app-level token for Socket Mode, "
            "or the signing secret for HTTP."
        )
    return problems
