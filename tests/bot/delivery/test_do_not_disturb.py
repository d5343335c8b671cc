"""Scheduled Do Not Disturb: what nobody asked for waits until it ends, and one call asks about fifty people."""

from datetime import datetime, timedelta

import pytest

from storage import outbox
from storage.people import SlackUser, save_users
from tests.bot.sender import Sender

HOUR = timedelta(hours=1)
ASKED = "dnd.teamInfo"
UNASKED = {"kind": "direct", "page": "your_actions"}


def is_quiet(sender: Sender, *, begins_in: timedelta = -HOUR, lasts: timedelta = 10 * HOUR) -> tuple[str, datetime]:
    """Schedule ann's Do Not Disturb and return her id and when it ends."""
    user = sender.sandbox.person("ann").user
    begins_at = (sender.clock.now() + begins_in).replace(microsecond=0)
    user.quiet_times = int(begins_at.timestamp()), int((begins_at + lasts).timestamp())
    return user.id, begins_at + lasts


async def is_known(sender: Sender, name: str) -> str:
    """Add a person whose conversation is known, and return their id."""
    user_id = sender.sandbox.workspace.add_user(name).id
    await sender.store.write(save_users, sender.workspace_id, [SlackUser(user_id, "", name)], sender.clock.now())
    im = sender.sandbox.workspace.im(user_id).id
    await sender.store.write(outbox.keep_direct_channel, sender.workspace_id, user_id, im)
    return user_id


async def is_in_time(sender: Sender, key: str, user_id: str) -> None:
    """Queue what nobody asked for, and wait until it is sent."""
    await sender.queue(key, user_id=user_id, **UNASKED)
    await sender.becomes(key, "sent")


async def test_what_nobody_asked_for_waits_until_it_ends_and_what_was_asked_for_does_not(sender: Sender) -> None:
    ann, ends_at = is_quiet(sender)
    await sender.queue("digest", user_id=ann, **UNASKED)
    assert (await sender.has_error("digest", "do not disturb")).due_at == ends_at
    await sender.queue("answer", user_id=ann, kind="direct", page="said")
    await sender.becomes("answer", "sent")
    sender.pass_time(9 * HOUR)
    await sender.becomes("digest", "sent")
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 2


async def test_one_that_begins_within_the_hour_is_known_then(sender: Sender) -> None:
    ann, _ = is_quiet(sender, begins_in=timedelta(minutes=30), lasts=HOUR)
    await is_in_time(sender, "a", ann)
    sender.pass_time(timedelta(minutes=40))
    await sender.queue("b", user_id=ann, **UNASKED)
    await sender.has_error("b", "do not disturb")
    assert len(sender.sandbox.calls(ASKED)) == 1


async def test_one_that_ends_after_the_message_is_of_use_does_not_hold_it_up(sender: Sender) -> None:
    ann, _ = is_quiet(sender)
    await sender.queue("a", user_id=ann, not_after=sender.clock.now() + HOUR, **UNASKED)
    await sender.becomes("a", "sent")


async def test_one_call_asks_about_fifty_people_who_wait(sender: Sender) -> None:
    sender.sandbox.slack.limits = None
    people = [await is_known(sender, f"person{number}") for number in range(52)]
    await sender.delivery.drain()
    for each in people:
        await sender.queue(f"a-{each}", user_id=each, **UNASKED)
    await sender.starts_again()
    for each in people:
        await sender.becomes(f"a-{each}", "sent")
    asked = [call.arguments["users"].split(",") for call in sender.sandbox.calls(ASKED)]
    assert len(asked[0]) == 50
    assert sorted(user_id for call in asked for user_id in call) == sorted(people), "each is asked about once"


async def test_one_whom_slack_does_not_show_keeps_nobody_from_being_asked_about(sender: Sender) -> None:
    ann, _ = is_quiet(sender)
    await sender.delivery.drain()
    for key, user_id in (("a", ann), ("b", "U0GONE001")):
        await sender.queue(key, user_id=user_id, **UNASKED)
    await sender.starts_again()
    await sender.has_error("a", "do not disturb")
    assert (await sender.becomes("b", "refused")).last_error == "user_not_found"


@pytest.mark.parametrize("fault", ["scope", "limit", "error"])
async def test_where_slack_does_not_say_messages_go_and_it_is_asked_again_later(sender: Sender, fault: str) -> None:
    ann, _ = is_quiet(sender)
    if fault == "scope":
        sender.sandbox.slack.granted = sender.sandbox.slack.scopes - {"dnd:read"}
    elif fault == "limit":
        sender.sandbox.faults.rate_limit(ASKED, retry_after_seconds=30)
    else:
        sender.sandbox.faults.break_down(ASKED)
    for key in ("a", "b"):
        await is_in_time(sender, key, ann)
    assert len(sender.sandbox.calls(ASKED)) == 1
    sender.pass_time(timedelta(minutes=10))
    await sender.queue("c", user_id=ann, **UNASKED)
    await sender.until(lambda: bool(sender.letter("c").last_error) or sender.state("c") == "sent")
    assert sender.letter("c").last_error == ("" if fault == "scope" else "do not disturb")
