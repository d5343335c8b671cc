"""Delivery when Slack refuses: retries, letters given up, paused channels, and that the rest goes on."""

from datetime import timedelta

from storage import workspaces
from storage.models.delivery import Letter
from storage.workspaces import Installation
from tests.bot.sender import Sender


async def test_blocks_that_slack_refuses_are_sent_as_text_once(sender: Sender) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "stage moved"}}, {"type": "unheard_of"}]
    await sender.queue("a", subject={"texts": ["Agenda"], "blocks": blocks})
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda\nstage moved"]


async def test_a_letter_that_cannot_be_composed_lets_the_next_ones_pass_and_is_given_up_after_an_hour(
    sender: Sender,
) -> None:
    await sender.queue("bad", subject={"fails": True})
    await sender.queue("next", subject={"texts": ["next"]})
    await sender.becomes("next", "sent")
    sender.pass_time(timedelta(minutes=50))
    await sender.until(lambda: sender.letter("bad").due_at > sender.clock.now())
    sender.pass_time(timedelta(minutes=11))
    refused = await sender.becomes("bad", "refused")
    assert refused.last_error.startswith("given up: ZeroDivisionError")


async def test_a_letter_that_waited_for_hours_is_not_given_up_at_its_first_failure_to_be_composed(
    sender: Sender,
) -> None:
    hours_ago = sender.clock.now() - timedelta(hours=2)
    await sender.queue("late", subject={"fails": True}, created_at=hours_ago, due_at=hours_ago)
    await sender.until(lambda: sender.letter("late").last_error != "")
    assert sender.state("late") == "waiting"
    with sender.store.writing() as session:
        session.get_one(Letter, sender.letter("late").row_id).subject = {}
    sender.pass_time(timedelta(minutes=2))
    await sender.becomes("late", "sent")
    assert sender.letter("late").failing_since is None


async def test_after_days_of_an_outage_one_error_of_its_own_does_not_give_a_letter_up(sender: Sender) -> None:
    days_ago = sender.clock.now() - timedelta(days=3)
    sender.sandbox.faults.refuse("chat.postMessage", "internal_error")
    await sender.queue("a", created_at=days_ago, due_at=days_ago, failures=500)
    await sender.has_error("a", "internal_error")
    sender.pass_time(timedelta(minutes=6))
    sender.sandbox.faults.break_down("chat.postMessage")
    await sender.has_error("a", "http_503")
    assert sender.letter("a").failing_since is None


async def test_a_refusal_of_the_letter_alone_is_recorded_and_the_next_one_goes(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "user_is_restricted")
    await sender.queue("a")
    await sender.queue("b")
    assert (await sender.becomes("a", "refused")).last_error == "user_is_restricted"
    await sender.becomes("b", "sent")


async def test_a_public_channel_is_joined_when_the_bot_is_not_in_it(sender: Sender) -> None:
    sender.sandbox.add_channel("open", with_bot=False)
    await sender.queue("a", channel_id=sender.channel("open").id)
    await sender.becomes("a", "sent")
    bot = sender.sandbox.workspace.bot.id
    assert sender.texts("open") == [f"<@{bot}> has joined the channel", "Agenda of Initrode"]


async def test_a_revoked_token_stops_the_work_for_the_workspace(sender: Sender) -> None:
    installation = Installation(sender.workspace_id, "Sample", "", "U1", "B1")
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=sender.clock.now())
    sender.sandbox.faults.refuse("chat.postMessage", "token_revoked")
    await sender.queue("a")
    await sender.has_error("a", "token_revoked")
    workspace = sender.store.read_now(workspaces.get, sender.workspace_id)
    assert workspace is not None
    assert not workspace.is_active


async def test_a_message_given_up_while_it_may_be_there_is_left_to_a_person(sender: Sender) -> None:
    for _ in range(20):
        sender.sandbox.faults.refuse("chat.postMessage", "internal_error")
    await sender.queue("a")
    await sender.queue("next", subject={"texts": ["next"]})
    for tries in range(1, 21):
        await sender.until(lambda tries=tries: sender.letter("a").attempts >= tries and sender.state("a") != "leased")
        sender.pass_time(timedelta(minutes=6))
    assert (await sender.becomes("a", "unsure")).last_error == "given up after 20 tries: internal_error"
    await sender.becomes("next", "sent")
