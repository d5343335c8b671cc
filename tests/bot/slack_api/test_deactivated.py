"""Messages to deactivated users are refused: Slack would accept them, and nobody would read them."""

from datetime import timedelta
from typing import Any

import pytest

from handlers.edge.access import slack_user
from sandbox.faults import Fault
from sandbox.workspace.users import User, user_json
from storage import people
from tests.bot.office import Office


async def knows(office: Office, user: User) -> None:
    """Tell the bot what Slack says about the person now."""
    now, team = office.clock.now(), office.workspace_id
    said = user_json(user, now=now, home_team_id=team, with_email=True)
    await office.store.write(people.save_users, team, [slack_user(said, team)], now)


async def deactivated(office: Office, name: str = "ann") -> tuple[User, str]:
    """Return a person known to be deactivated, and their conversation with the bot."""
    user = office.sandbox.person(name).user
    conversation = office.sandbox.workspace.im(user.id)
    office.sandbox.change_user(user, deleted=True)
    await knows(office, user)
    return user, conversation.id


@pytest.mark.parametrize("kind", ["direct", "whisper"])
async def test_a_letter_to_somebody_deactivated_is_refused_without_a_call(office: Office, kind: str) -> None:
    gone, _ = await deactivated(office)
    await office.queue(kind=kind, user_id=gone.id)
    await office.becomes("letter", "refused")
    assert (office.letter("letter").last_error, office.sandbox.calls()) == ("user_disabled", [])


@pytest.mark.parametrize("kind", ["direct", "post"])
async def test_it_is_refused_in_a_conversation_that_is_there_already_too(office: Office, kind: str) -> None:
    gone, conversation = await deactivated(office)
    to: dict[str, Any] = {"user_id": gone.id} if kind == "direct" else {"subject": {"to": gone.id}}
    await office.queue(kind=kind, channel_id=conversation, **to)
    await office.becomes("letter", "refused")
    assert (office.letter("letter").last_error, office.sandbox.calls()) == ("user_disabled", [])
    assert office.messages(office.sandbox.workspace.channels[conversation]) == []


async def test_a_part_that_comes_after_the_deactivation_is_refused(office: Office) -> None:
    ann = office.sandbox.person("ann").user
    office.sandbox.faults.add("chat.postMessage", Fault())
    office.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=5)
    await office.queue(kind="direct", user_id=ann.id, subject={"texts": ["one", "two"]})
    await office.becomes("letter", "sent")
    await office.has_error("letter/2", "ratelimited")
    await deactivated(office)
    office.pass_time(timedelta(seconds=6))
    await office.becomes("letter/2", "refused")
    assert office.texts(office.sandbox.workspace.im(ann.id)) == ["one"]


async def test_somebody_who_is_active_again_gets_what_comes_then(office: Office) -> None:
    ann, conversation = await deactivated(office)
    office.sandbox.change_user(ann, deleted=False)
    await knows(office, ann)
    await office.queue(kind="direct", channel_id=conversation, user_id=ann.id)
    await office.becomes("letter", "sent")
