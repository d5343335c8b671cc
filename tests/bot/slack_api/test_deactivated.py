"""Messages to deactivated users are refused: Slack would accept them, and nobody would read them."""

from datetime import timedelta

import pytest

from handlers.edge.access import slack_user
from sandbox.faults import Fault
from sandbox.workspace import User, user_json
from storage import people
from tests.bot.sender import Sender


async def knows(sender: Sender, user: User) -> None:
    """Tell the bot what Slack says about the person now."""
    now, team = sender.clock.now(), sender.workspace_id
    said = user_json(user, now=now, home_team_id=team, with_email=True)
    await sender.store.write(people.save_users, team, [slack_user(said, team)], now)


async def deactivated(sender: Sender, name: str = "ann") -> tuple[User, str]:
    """Return a person known to be deactivated, and their conversation with the bot."""
    user = sender.sandbox.person(name).user
    conversation = sender.sandbox.workspace.im(user.id)
    sender.sandbox.change_user(user, deleted=True)
    await knows(sender, user)
    return user, conversation.id


@pytest.mark.parametrize("kind", ["direct", "whisper"])
async def test_a_letter_to_somebody_deactivated_is_refused_without_a_call(sender: Sender, kind: str) -> None:
    gone, _ = await deactivated(sender)
    await sender.queue(kind=kind, user_id=gone.id)
    await sender.becomes("letter", "refused")
    assert (sender.letter("letter").last_error, sender.sandbox.calls()) == ("user_disabled", [])


async def test_a_part_that_comes_after_the_deactivation_is_refused(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").user
    sender.sandbox.faults.add("chat.postMessage", Fault())
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=5)
    await sender.queue(kind="direct", user_id=ann.id, subject={"texts": ["one", "two"]})
    await sender.becomes("letter", "sent")
    await sender.has_error("letter/2", "ratelimited")
    await deactivated(sender)
    sender.pass_time(timedelta(seconds=6))
    await sender.becomes("letter/2", "refused")
    assert sender.texts(sender.sandbox.workspace.im(ann.id)) == ["one"]
