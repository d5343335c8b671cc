"""The calls that each method takes in a minute: Slack's figures, written out; and which methods are not there."""

import re
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from sandbox.webapi.methods import METHODS
from sandbox.webapi.pace import RateLimits

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DOCUMENT = Path(__file__).parents[3] / "docs" / "sandbox.md"

CALLS_A_MINUTE = {
    "api.test": 100,
    # Slack's tier says 1; an app that opens ten websockets at its start is not to wait ten minutes for it
    "apps.connections.open": 10,
    "assistant.threads.setStatus": 600,
    "assistant.threads.setSuggestedPrompts": 50,
    "assistant.threads.setTitle": 50,
    "auth.revoke": 50,
    "auth.test": 300,
    "blocks.validate": 100,
    "bookmarks.add": 20,
    "bookmarks.edit": 20,
    "bookmarks.list": 50,
    "bookmarks.remove": 20,
    "chat.delete": 50,
    "chat.deleteScheduledMessage": 50,
    "chat.getPermalink": 300,
    "chat.postEphemeral": 100,
    "chat.postMessage": 300,
    "chat.scheduleMessage": 50,
    "chat.scheduledMessages.list": 50,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.list": 20,
    "conversations.members": 100,
    "conversations.open": 50,
    "conversations.replies": 50,
    "dnd.info": 50,
    "dnd.teamInfo": 20,
    "files.completeUploadExternal": 100,
    "files.delete": 50,
    "files.getUploadURLExternal": 100,
    "files.info": 100,
    "oauth.v2.access": 100,
    "pins.add": 20,
    "pins.list": 20,
    "pins.remove": 20,
    "reactions.add": 50,
    "reactions.get": 50,
    "reactions.remove": 20,
    "team.info": 50,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "users.conversations": 20,
    "users.getPresence": 50,
    "users.info": 100,
    "users.list": 20,
    "users.lookupByEmail": 50,
    "users.profile.get": 100,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
"""Where Slack says "hundreds a minute" or "several hundred" it is 300: docs/sandbox.md."""

NOT_THERE = [
    *("agents.sessions.rename", "agents.sessions.setStatus"),
    *("apps.event.authorizations.list", "apps.manifest.update", "apps.manifest.validate"),
    *("canvases.access.set", "canvases.create", "canvases.delete", "canvases.edit", "canvases.sections.lookup"),
    *("chat.appendStream", "chat.startStream", "chat.stopStream", "chat.unfurl"),
    "conversations.canvases.create",
    *("slackLists.access.set", "slackLists.create", "slackLists.update", "slackLists.items.create"),
    *("slackLists.items.delete", "slackLists.items.info", "slackLists.items.list", "slackLists.items.update"),
]


def test_every_method_is_in_the_table() -> None:
    assert METHODS.keys() == CALLS_A_MINUTE.keys()


@pytest.mark.parametrize(("method", "calls"), CALLS_A_MINUTE.items(), ids=list(CALLS_A_MINUTE))
def test_a_method_is_taken_as_often_in_a_minute_as_its_tier_says(method: str, calls: int) -> None:
    limits = RateLimits()
    assert [limits.take(method, NOON) for number in range(calls)] == [0] * calls
    assert limits.take(method, NOON) == 60
    assert limits.take(method, NOON + timedelta(seconds=59)) == 1
    assert limits.take(method, NOON + timedelta(seconds=60)) == 0


@pytest.mark.parametrize("method", ["conversations.history", "conversations.replies"])
def test_an_unlisted_app_reads_what_was_written_once_a_minute(method: str) -> None:
    limits = RateLimits(is_unlisted=True)
    assert [limits.take(method, NOON + timedelta(seconds=second)) for second in (0, 59, 60)] == [0, 1, 0]


@pytest.mark.parametrize("method", NOT_THERE)
def test_a_method_that_is_not_there_is_named_in_the_document(method: str) -> None:
    assert method not in METHODS
    named = re.findall(r"`([\w.]+(?:\.\*)?)`", DOCUMENT.read_text(encoding="utf-8"))
    assert any(fnmatchcase(method, name) for name in named)
