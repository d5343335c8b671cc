"""Late messages: Slack may carry out a request after our timeout, so a missing message may still come for a while."""

from datetime import timedelta
from typing import Literal

import pytest

from bot.delivery.results import MAY_STILL_COME
from bot.slack_api.outcomes import WaitReason
from sandbox.faults import Fault
from tests.bot.office import Office

SECOND = timedelta(seconds=1)


async def test_a_message_that_comes_after_the_first_look_is_found_by_the_next_one(office: Office) -> None:
    office.sandbox.faults.break_down("chat.postMessage")
    await office.queue("a")
    await office.has_error("a", "http_503")
    office.pass_time(10 * SECOND)
    put_off = await office.has_error("a", WaitReason.NOT_THERE_YET)
    assert put_off.due_at - office.clock.now() > MAY_STILL_COME - 15 * SECOND
    await arrives_late(office, "a")
    office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_what_is_not_there_a_minute_after_the_last_attempt_is_sent_again(office: Office) -> None:
    office.sandbox.faults.cut("chat.postMessage", "before", times=2)
    await office.queue("a")
    for _ in range(2):
        await office.has_error("a", "ServerDisconnectedError")
        office.pass_time(10 * SECOND)
        await office.has_error("a", WaitReason.NOT_THERE_YET)
        office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_a_process_that_starts_while_slack_still_works_for_the_one_before_posts_nothing_twice(
    office: Office,
) -> None:
    office.sandbox.faults.delay("chat.postMessage", seconds=0.5)
    await office.queue("a")
    await office.until(lambda: office.state("a") == "leased")
    await office.is_killed_in_the_middle_of("chat.postMessage")
    await office.starts_again()
    if not office.store.is_sqlite:
        # another process waits for the lease first
        office.pass_time(office.letter("a").leased_until - office.clock.now())  # type: ignore[operator]
    await office.has_error("a", WaitReason.NOT_THERE_YET)
    assert await office.sandbox.changed.until(lambda: office.messages() != [], seconds=5)
    office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_a_clock_put_back_after_a_kill_makes_nobody_wait_longer(office: Office) -> None:
    office.sandbox.slack.limits = None
    await office.queue("a", subject={"kills": True})
    await office.becomes("a", "leased")
    with office.store.writing() as session:
        session.merge(office.letter("a")).subject = {}
    await office.delivery.drain(0)
    with office.store.writing() as session:
        letter = session.merge(office.letter("a"))
        letter.leased_until, letter.tried_until = None, office.clock.now() + timedelta(hours=1)
    await office.starts_again()
    await office.has_error("a", WaitReason.NOT_THERE_YET)
    office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "sent")
    assert len(office.messages()) == 1


async def test_an_edit_that_slack_carries_out_late_does_not_stand_over_a_newer_one(office: Office) -> None:
    root = await office.queue("root", subject={"texts": ["first"]})
    root = await office.becomes("root", "sent")
    office.sandbox.faults.cut("chat.update", "before")
    edit = await office.edit(root)
    await office.has_error(edit.key, "ServerDisconnectedError")
    says(office, edit.key, "third")
    office.pass_time(10 * SECOND)
    await office.has_error(edit.key, WaitReason.NOT_THERE_YET)
    await office.sandbox.client.chat_update(channel=root.sent_channel, ts=root.sent_ts, text="second")
    office.pass_time(MAY_STILL_COME)
    await office.becomes(edit.key, "sent")
    assert office.texts() == ["third"]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_what_may_be_there_is_looked_for_also_when_there_is_nothing_to_say_any_more(
    office: Office, moment: Literal["before", "after"]
) -> None:
    office.sandbox.faults.cut("chat.postMessage", moment)
    await office.queue("a")
    await office.has_error("a", "ServerDisconnectedError")
    says(office, "a")
    office.pass_time(10 * SECOND)
    if moment == "before":
        await office.has_error("a", WaitReason.NOT_THERE_YET)
        office.pass_time(MAY_STILL_COME)
    await office.becomes("a", "dropped" if moment == "before" else "sent")
    assert [message.ts for message in office.messages()] == ([] if moment == "before" else [office.letter("a").sent_ts])


def says(office: Office, key: str, *texts: str) -> None:
    """Change the text of the letter."""
    with office.store.writing() as session:
        session.merge(office.letter(key)).subject = {"texts": list(texts)}


async def arrives_late(office: Office, key: str) -> None:
    """Let Slack carry out the held request."""
    metadata = {"event_type": "cadence_letter", "event_payload": {"key": key}}
    channel = office.channel("abm-weekly")
    office.sandbox.faults.add("chat.postMessage", Fault())
    await office.sandbox.client.chat_postMessage(channel=channel.id, text="Agenda of Initrode", metadata=metadata)


@pytest.mark.parametrize("is_heard", [True, False], ids=["Slack was heard before", "the first thing it is asked"])
@pytest.mark.parametrize("minutes", [6, 600])
async def test_a_clock_far_ahead_of_slacks_hides_no_message(office: Office, minutes: int, is_heard: bool) -> None:
    ours = office.sandbox.workspace.now
    office.sandbox.slack.limits = None
    office.sandbox.workspace.now = lambda: ours() - timedelta(minutes=minutes)
    if is_heard:
        await office.queue("before", subject={"texts": ["before"]})
        await office.becomes("before", "sent")
    office.sandbox.faults.cut("chat.postMessage", "after")
    await office.queue("a")
    await office.has_error("a", "ServerDisconnectedError")
    office.pass_time(10 * SECOND)
    await office.becomes("a", "sent")
    assert office.texts()[-1:] == ["Agenda of Initrode"]
    assert len(office.messages()) == 1 + is_heard


async def test_a_clock_set_right_between_the_attempt_and_the_look_hides_no_message(office: Office) -> None:
    ours = office.sandbox.workspace.now
    office.sandbox.slack.limits = None
    office.sandbox.workspace.now = lambda: ours() - timedelta(hours=1)
    await office.queue("before")
    await office.becomes("before", "sent")
    office.sandbox.faults.cut("chat.postMessage", "after")
    await office.queue("a")
    await office.has_error("a", "ServerDisconnectedError")
    office.clock._shift -= timedelta(hours=1)
    office.sandbox.workspace.now = ours
    office.pass_time(timedelta(hours=1, minutes=2))
    await office.becomes("a", "sent")
    assert len(office.messages()) == 2
