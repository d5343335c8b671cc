"""The manifest, the handlers and the help agree, and the app asks Slack for no more than it uses."""

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from agendas.pages import command_help
from agendas.pages.answers import QUESTIONS
from agendas.rules.access import OPTIONAL
from agendas.rules.commands import OWN_WORDS
from bot.install import SCOPES
from handlers import reviews
from tests.cases import cases

ROOT = Path(__file__).parent.parent
COMMANDS = handlers.ROUTES.tables["command"]
SCHEMA = json.loads((ROOT / "tests/data/manifest.schema.json").read_text(encoding="utf-8"))

SCOPES_OF_METHODS: dict[str, set[str]] = {
    "agents_sessions_setStatus": {"chat:write"},
    "api_test": set(),
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "apps_connections_open": set(),  # needs the app-level token's connections:write, no scope of the bot
    "auth_test": set(),
    "oauth_v2_access": set(),  # the app's id and secret instead of a token
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_info": {"channels:read", "groups:read"},  # asked about channels only
    "conversations_join": {"channels:join"},
    "conversations_members": {"channels:read", "groups:read"},  # asked about channels only
    "conversations_open": {"im:write"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "dnd_teamInfo": {"dnd:read"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "users_info": {"users:read", "users:read.email"},  # an import names owners by their addresses
    "users_list": {"users:read", "users:read.email"},
    "views_open": set(),
    "views_publish": set(),
    "views_push": set(),
    "views_update": set(),
}
SCOPES_OF_EVENTS: dict[str, set[str]] = {
    "agent_session_stopped": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "tokens_revoked": set(),
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "channel_id_changed": {"groups:read"},
    "channel_shared": {"channels:read", "groups:read"},
    "channel_unshared": {"channels:read", "groups:read"},
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "group_left": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    **{f"message.{kind}": {f"{kind}:history"} for kind in ("channels", "groups", "im")},
    "user_change": {"users:read"},
}
SCOPES_OF_FEATURES = {"slash_commands": {"commands"}, "shortcuts": {"commands"}, "agent_view": {"assistant:write"}}

SUBSCRIPTIONS = {"message": {"message.channels", "message.groups", "message.im"}}


def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load((ROOT / "app.yaml").read_text(encoding="utf-8"))
    return manifest


def _methods_called() -> set[str]:
    """Every Web API method whose name stands behind a dot in the rooms that talk to Slack."""
    known = {name for name in vars(AsyncWebClient) if "_" in name.strip("_") and not name.startswith("_")}
    paths = [path for room in ("bot", "handlers") for path in (ROOT / room).rglob("*.py")]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr in known}


def _problems(manifest: dict[str, Any]) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(SCHEMA).iter_errors(manifest)]


def test_the_manifest_is_one_that_slack_takes() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert _problems(_manifest()) == []


@cases(
    ("path", "value"),
    [
        (("display_information", "name"), "C" * 36),
        (("display_information", "description"), "d" * 141),
        (("display_information", "long_description"), "too short"),
        (("display_information", "background_color"), "blue"),
        (("features", "bot_user", "display_name"), ""),
        (("features", "agent_view", "agent_description"), "d" * 301),
        (("features", "shortcuts", 0, "name"), "n" * 25),
        (("features", "shortcuts", 0, "type"), "channel"),
        (("features", "slash_commands", 0, "command"), "account"),
        (("features", "slash_commands", 0, "description"), ""),
        (("features", "slash_commands", 0, "help"), "not a key of Slack's"),
        (("oauth_config", "scopes", "bot"), ["commands", "commands"]),
        (("settings", "interactivity"), {}),
    ],
)
def test_what_slack_refuses_is_noticed(path: tuple[str | int, ...], value: object) -> None:
    manifest = _manifest()
    part: Any = manifest
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert len(_problems(manifest)) == 1


def test_it_works_in_socket_mode_as_it_is() -> None:
    settings = _manifest()["settings"]
    assert settings["socket_mode_enabled"] is True
    assert "request_url" not in settings["event_subscriptions"] | settings["interactivity"]
    assert not any("url" in command for command in _manifest()["features"]["slash_commands"])


def test_every_command_offered_is_answered_and_the_other_way_round() -> None:
    assert {command["command"] for command in _manifest()["features"]["slash_commands"]} == set(COMMANDS)


def test_people_and_channels_arrive_as_ids_in_every_command() -> None:
    assert all(command["should_escape"] for command in _manifest()["features"]["slash_commands"])


def test_every_shortcut_offered_is_answered_and_the_other_way_round() -> None:
    assert {each["callback_id"] for each in _manifest()["features"]["shortcuts"]} == set(handlers.EVERYTHING.shortcuts)


def test_exactly_the_events_that_are_handled_are_subscribed_to() -> None:
    names = (*handlers.EVERYTHING.events, *handlers.EVERYTHING.notices)
    handled = {event for name in names for event in SUBSCRIPTIONS.get(name, {name})}
    assert set(_manifest()["settings"]["event_subscriptions"]["bot_events"]) == handled


def test_the_scopes_are_exactly_those_that_calls_events_and_features_need() -> None:
    manifest = _manifest()
    needed = [SCOPES_OF_METHODS[method] for method in _methods_called()]
    needed += [SCOPES_OF_EVENTS[event] for event in manifest["settings"]["event_subscriptions"]["bot_events"]]
    needed += [scopes for feature, scopes in SCOPES_OF_FEATURES.items() if feature in manifest["features"]]
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set().union(*needed)


def test_an_installation_by_oauth_asks_for_the_scopes_of_the_manifest() -> None:
    assert list(SCOPES) == _manifest()["oauth_config"]["scopes"]["bot"]


def test_the_table_of_methods_holds_those_that_are_called_and_no_others() -> None:
    assert _methods_called() == set(SCOPES_OF_METHODS)


def test_every_first_word_of_a_command_has_help() -> None:
    words = {
        "account": {*OWN_WORDS, *handlers.EVERYTHING.account_pages},
        "review": set(reviews.WORDS),
        "abm": set(handlers.EVERYTHING.abm_words),
    }
    explained = {tuple(command.word.split()) for command in command_help.COMMANDS}
    assert {(command.removeprefix("/"),) for command in COMMANDS} <= explained
    assert {(command, word) for command, those in words.items() for word in those} <= {each[:2] for each in explained}


def test_help_names_only_commands_and_words_that_exist() -> None:
    typed = {word for permission in handlers.EVERYTHING.account_words for word in permission.split()}
    words = {
        "account": {*OWN_WORDS, *handlers.EVERYTHING.account_pages, *typed, "ACCOUNT"},
        "review": set(reviews.WORDS),
        "abm": {*handlers.EVERYTHING.abm_words, "history", "over"},
        "move": {"nothing", "waiting"},
        "blocker": {"resolve"},
        "next": {"done", "slipped", "dropped", "give"},
        "signal": set(),
    }
    for command in command_help.COMMANDS:
        first, *then = command.word.split()
        assert f"/{first}" in COMMANDS
        assert set(then) <= words[first]
        assert all(line.split()[0] == f"/{first}" for line in (command.usage, *command.examples))


def test_the_scopes_that_may_be_declined_are_asked_for_and_each_says_what_is_off_without_it() -> None:
    scopes = _manifest()["oauth_config"]["scopes"]
    assert scopes["bot_optional"] == list(OPTIONAL)
    assert set(OPTIONAL) < set(scopes["bot"])


def test_the_four_prompts_are_questions_that_buttons_ask_too() -> None:
    prompts = _manifest()["features"]["agent_view"]["suggested_prompts"]
    assert len(prompts) == 4
    assert {each["message"] for each in prompts} <= set(QUESTIONS.values())
    assert all(each["message"] == f"{each['title']}?" for each in prompts)


def test_the_hint_of_each_command_names_every_word_it_knows() -> None:
    account_words = {word.split()[0] for word in handlers.EVERYTHING.account_words}
    words = {
        "/account": {*OWN_WORDS, *handlers.EVERYTHING.account_pages, *account_words},
        "/review": set(reviews.WORDS),
        "/abm": set(handlers.EVERYTHING.abm_words),
    }
    for command in _manifest()["features"]["slash_commands"]:
        named = {word.strip("[],|") for word in command["usage_hint"].split()}
        assert words.get(command["command"], set()) <= named, command["command"]
        assert len(command["usage_hint"]) <= 1_000


def test_the_hint_of_each_command_names_words_that_help_explains() -> None:
    explained = {word for command in command_help.COMMANDS for word in command.word.split()}
    for command in _manifest()["features"]["slash_commands"]:
        named = {word.strip("[]") for word in command["usage_hint"].split() if word.strip("[]").isalpha()}
        small = {word for word in named if word.islower()}
        assert small - {"to", "needs", "by", "because", "tier", "until"} <= explained, command["command"]
