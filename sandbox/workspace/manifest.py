"""The app manifest, ``app.yaml``: the app's name, commands, shortcuts, scopes and events."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML came with it: six times as fast."""


@dataclass(frozen=True)
class SlashCommand:
    """A command as people see it when they type ``/``."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    """A shortcut; ``type`` is ``message`` or ``global``."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True)
class Manifest:
    """The parts of a v2 app manifest that decide what a workspace offers and allows.

    ``optional_scopes`` are those of ``bot_scopes`` that whoever installs the app may decline.
    """

    name: str
    bot_name: str
    commands: dict[str, SlashCommand]
    shortcuts: dict[str, Shortcut]
    bot_scopes: frozenset[str]
    optional_scopes: frozenset[str]
    bot_events: frozenset[str]
    home_tab_enabled: bool
    messages_tab_enabled: bool
    is_agent: bool


def read_manifest(source: Path) -> Manifest:
    """Read the manifest from a YAML file; raises KeyError when a required part is missing."""
    declared: dict[str, Any] = yaml.load(source.read_text(encoding="utf-8"), LOADER)  # noqa: S506
    features = declared.get("features", {})
    home = features.get("app_home", {})
    events = declared.get("settings", {}).get("event_subscriptions", {})
    return Manifest(
        name=declared["display_information"]["name"],
        bot_name=features["bot_user"]["display_name"],
        commands={entry["command"]: _command(entry) for entry in features.get("slash_commands", [])},
        shortcuts={entry["callback_id"]: _shortcut(entry) for entry in features.get("shortcuts", [])},
        bot_scopes=frozenset(declared["oauth_config"]["scopes"]["bot"]),
        optional_scopes=frozenset(declared["oauth_config"]["scopes"].get("bot_optional", [])),
        bot_events=frozenset(events.get("bot_events", [])),
        home_tab_enabled=bool(home.get("home_tab_enabled")),
        messages_tab_enabled=bool(home.get("messages_tab_enabled")),
        is_agent="agent_view" in features,
    )


def _command(entry: dict[str, Any]) -> SlashCommand:
    return SlashCommand(
        command=entry["command"],
        description=entry["description"],
        usage_hint=entry.get("usage_hint", ""),
        should_escape=bool(entry.get("should_escape")),
    )


def _shortcut(entry: dict[str, Any]) -> Shortcut:
    return Shortcut(
        name=entry["name"], type=entry["type"], callback_id=entry["callback_id"], description=entry["description"]
    )
