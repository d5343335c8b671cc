from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.verbs.people import first_admins
from bot.sending import MAY_STILL_COME
from bot.slack_api import WaitReason
from storage import workspaces
from storage.models.delivery import Letter
from storage.workspaces import Installation
from tests.bot.sender import Sender

# Delivery: each letter becomes exactly one message, in order, and one letter's failure stops no other.

SECOND = timedelta(seconds=1)


async def test_a_letter_becomes_a_message_with_its_key_and_without_previews(sender: Sender) -> None:
    await sender.queue("review:1:header")
    sent = await sender.becomes("review:1:header", "sent")
    [message] = sender.messages()
    assert (message.text, message.ts) == ("Agenda of Initrode", sent.sent_ts)
    assert message.metadata == {"event_type": "cadence_letter", "event_payload": {"key": "review:1:header"}}
    [call] = sender.sandbox.calls("chat.postMessage")
    assert {call.arguments["unfurl_links"], call.arguments["unfurl_media"]} <= {"false", "0", False}


async def test_a_reply_goes_into_the_thread_of_its_parent(sender: Sender) -> None:
    root = await sender.queue("root")
    await sender.queue("reply", parent=root.id, subject={"texts": ["moved"]})
    await sender.becomes("reply", "sent")
    head, reply = sender.messages()
    assert reply.thread_ts == head.ts


async def test_an_edit_changes_the_message_that_its_letter_sent(sender: Sender) -> None:
    await sender.queue("root", subject={"texts": ["before"]})
    await sender.becomes("root", "sent")
    await _reword(sender, "root", ["after"])
    assert sender.texts() == ["after"]


async def test_an_ephemeral_message_is_seen_by_one_person(sender: Sender) -> None:
    ann = sender.sandbox.person("ann")
    await sender.queue("said", kind="whisper", user_id=ann.id, thread_ts="V0VIEW")
    await sender.becomes("said", "sent")
    [message] = sender.messages()
    assert message.ephemeral_to == ann.id


async def test_letters_to_one_channel_arrive_in_the_order_they_were_queued(sender: Sender) -> None:
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    for number in range(5):
        await sender.queue(f"k{number}", subject={"texts": [str(number)]})
    await sender.has_error("k0", "ratelimited")
    assert sender.messages() == []
    sender.pass_time(31 * SECOND)
    await sender.becomes("k4", "sent")
    assert sender.texts() == ["0", "1", "2", "3", "4"]


async def test_after_a_rate_limit_nothing_is_asked_before_its_time(sender: Sender) -> None:
    sender.sandbox.add_channel("other")
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    await sender.queue("a")
    await sender.has_error("a", "ratelimited")
    await sender.queue("b", channel_id=sender.channel("other").id)
    await sender.has_error("b", "waits for its turn")
    assert len(sender.sandbox.calls("chat.postMessage")) == 1
    sender.pass_time(31 * SECOND)
    await sender.becomes("a", "sent")
    await sender.becomes("b", "sent")


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_cut_while_posting_ends_with_one_message(sender: Sender, when: str) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "before" if when == "before" else "after")
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    if when == "before":
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda of Initrode"]
    assert len(sender.sandbox.calls("conversations.history")) == (2 if when == "before" else 1)


@pytest.mark.parametrize("carried_out", [False, True])
async def test_an_error_of_slacks_own_ends_with_one_message(sender: Sender, carried_out: bool) -> None:
    sender.sandbox.faults.break_down("chat.postMessage", carried_out=carried_out)
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    if not carried_out:
        await sender.has_error("a", WaitReason.NOT_THERE_YET)
        sender.pass_time(MAY_STILL_COME)
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda of Initrode"]


async def test_a_process_killed_between_claim_and_post_posts_once(sender: Sender) -> None:
    await sender.queue("a", subject={"kills": True})
    await sender.becomes("a", "leased")
    with sender.store.writing() as session:
        letter = session.merge(sender.letter("a"))
        letter.subject = {}
    await sender.restart()
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda of Initrode"]


async def test_a_process_killed_between_post_and_record_posts_once(sender: Sender) -> None:
    sender.store.killed_before = "record_sent"
    await sender.queue("a")
    assert await sender.sandbox.changed.until(lambda: sender.texts() != [])
    await sender.restart()
    sent = await sender.becomes("a", "sent")
    [message] = sender.messages()
    assert sent.sent_ts == message.ts
    assert len(sender.sandbox.calls("chat.postMessage")) == 1


async def test_a_reply_posted_and_not_recorded_is_found_in_its_thread(sender: Sender) -> None:
    root = await sender.queue("root")
    await sender.becomes("root", "sent")
    sender.store.killed_before = "record_sent"
    await sender.queue("reply", parent=root.id)
    assert await sender.sandbox.changed.until(lambda: len(sender.texts()) == 2)
    await sender.restart()
    await sender.becomes("reply", "sent")
    assert len(sender.messages()) == 2


async def test_a_direct_message_posted_and_not_recorded_is_found(sender: Sender) -> None:
    ann = sender.sandbox.person("ann")
    sender.store.killed_before = "record_sent"
    await sender.queue("a", kind="direct", user_id=ann.id)
    im = sender.sandbox.workspace.im(ann.id)
    assert await sender.sandbox.changed.until(lambda: sender.texts(im) != [])
    await sender.restart()
    await sender.becomes("a", "sent")
    assert len(sender.texts(im)) == 1


async def test_a_message_that_may_be_there_and_cannot_be_looked_for_waits_for_a_person(sender: Sender) -> None:
    sender.sandbox.faults.cut("chat.postMessage", "after")
    sender.sandbox.faults.refuse("conversations.history", "missing_scope")
    await sender.queue("a")
    await sender.until(lambda: sender.letter("a").last_error != "")
    sender.pass_time(10 * SECOND)
    unsure = await sender.becomes("a", "unsure")
    assert unsure.last_error == "the channel cannot be read: missing_scope"
    assert len(sender.texts()) == 1


async def test_a_letter_with_nothing_to_say_is_dropped_with_what_hangs_on_it(sender: Sender) -> None:
    root = await sender.queue("root", subject={"texts": []})
    await sender.queue("reply", parent=root.id)
    await sender.becomes("root", "dropped")
    await sender.becomes("reply", "dropped")
    assert sender.messages() == []


async def test_an_edit_also_changes_adds_and_empties_what_carries_the_message_on(sender: Sender) -> None:
    letter = await sender.queue("a", subject={"texts": ["one", "two"]})
    await sender.becomes("a/2", "sent")
    await _reword(sender, "a", ["one!", "two!", "three!"])
    await sender.becomes("a/3", "sent")
    await sender.becomes("a/2:edit:1", "sent")
    assert sender.texts() == ["one!", "two!", "three!"]
    await _reword(sender, "a", ["short"])
    await sender.becomes("a/2:edit:2", "sent")
    await sender.becomes("a/3:edit:1", "sent")
    assert sender.texts()[0] == "short"
    assert sender.texts()[1:] == ["This goes on in the messages above."] * 2
    assert letter.key == "a"


async def _reword(sender: Sender, key: str, texts: list[str]) -> None:
    with sender.store.writing() as session:
        session.merge(sender.letter(key)).subject = {"texts": texts}
    edit = await sender.edit(sender.letter(key))
    await sender.becomes(edit.key, "sent")


async def test_draining_finishes_what_is_being_sent_and_claims_no_more(sender: Sender) -> None:
    sender.sandbox.faults.delay("chat.postMessage", seconds=0.3)
    await sender.queue("a")
    await sender.becomes("a", "leased")
    await sender.queue("b")
    await sender.delivery.drain()
    assert sender.letter("a").state == "sent"
    assert sender.letter("b").state == "waiting"


async def test_a_clock_put_forward_while_a_letter_is_being_sent_does_not_send_it_twice(sender: Sender) -> None:
    sender.sandbox.faults.delay("chat.postMessage", seconds=0.5)
    await sender.queue("a")
    await sender.until(lambda: sender.state("a") == "leased")
    sender.pass_time(timedelta(hours=1))
    await sender.until(lambda: sender.letter("a").attempts == 2)
    await sender.becomes("a", "sent")
    await sender.queue("b")
    await sender.becomes("b", "sent")
    assert len(sender.messages()) == 2


async def test_a_clock_put_back_holds_nothing_up_and_doubles_nothing(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    # Slack's own clock goes on
    sender.sandbox.slack.limits = None
    # a clock of ours refuses to go back; the computer's may be put back
    sender.clock._shift -= timedelta(hours=1)
    await sender.queue("b")
    await sender.becomes("b", "sent")
    assert len(sender.messages()) == 2


# Delivery when Slack refuses: retries, letters given up, paused channels, and that the rest goes on.
async def test_blocks_that_slack_refuses_are_sent_as_text_once(sender: Sender) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "stage moved"}}, {"type": "unheard_of"}]
    await sender.queue("a", subject={"texts": ["Agenda"], "blocks": blocks})
    await sender.becomes("a", "sent")
    assert sender.texts() == ["Agenda\nstage moved"]


async def test_a_letter_that_cannot_be_composed_lets_the_next_ones_pass_and_is_given_up_after_an_hour(sender: Sender):
    await sender.queue("bad", subject={"fails": True})
    await sender.queue("next", subject={"texts": ["next"]})
    await sender.becomes("next", "sent")
    sender.pass_time(timedelta(minutes=50))
    await sender.until(lambda: sender.letter("bad").due_at > sender.clock.now())
    sender.pass_time(timedelta(minutes=11))
    refused = await sender.becomes("bad", "refused")
    assert refused.last_error.startswith("given up: ZeroDivisionError")


async def test_a_letter_that_waited_for_hours_is_not_given_up_at_its_first_failure_to_be_composed(sender: Sender):
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


# Delivery without a permission: the admins are told once which one is missing.
async def with_admin(sender: Sender) -> None:
    now = sender.clock.now()
    installation = Installation(sender.workspace_id, "Sample", "", "U1", "B1", scopes="chat:write")
    await sender.store.write(workspaces.save_installation, installation, time_zone="UTC", now=now)
    await sender.store.write(first_admins, sender.workspace_id, [sender.sandbox.person("ann").id], now=now)


def take_away(sender: Sender, *scopes: str) -> None:
    manifest = sender.sandbox.workspace.manifest
    sender.sandbox.workspace.manifest = replace(manifest, bot_scopes=manifest.bot_scopes - {*scopes})


def told(sender: Sender) -> list[tuple[str, str, str]]:
    """Return the recipient, the missing permission and whether that was sent, for each message."""

    def read(session: Session) -> list[Letter]:
        return list(session.exec(select(Letter).where(Letter.page == "lacking").order_by(col(Letter.id))))

    names = {user.id: user.name for user in sender.sandbox.workspace.users.values()}
    return [(names[each.user_id], each.subject["permission"], each.state) for each in sender.store.read_now(read)]


async def test_admins_are_told_once_which_permission_is_lacking(sender: Sender) -> None:
    await with_admin(sender)
    take_away(sender, "channels:join")
    for name in ("open", "wide"):
        await sender.queue(name, channel_id=sender.sandbox.add_channel(name, with_bot=False).id)
        await sender.has_error(name, "not_in_channel")
    await sender.until(lambda: told(sender) == [("ann", "channels:join", "sent")])


async def test_a_permission_lacking_for_the_news_itself_is_told_to_nobody_and_goes_round_in_no_circle(sender: Sender):
    await with_admin(sender)
    take_away(sender, "im:write", "mpim:write")
    await sender.queue("a", kind="direct", user_id=sender.sandbox.person("bob").id)
    assert (await sender.becomes("a", "refused")).last_error == "missing_scope"
    await sender.until(lambda: told(sender) == [("ann", "im:write", "refused")])


@pytest.mark.parametrize(("scopes", "times"), [("chat:write", 1), ("chat:write im:write", 2)])
async def test_they_are_told_again_only_when_it_is_still_lacking_after_another_installation(sender, scopes, times):
    await with_admin(sender)
    sender.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await sender.queue("a")
    await sender.until(lambda: len(told(sender)) == 1)
    again = Installation(sender.workspace_id, "Sample", "", "U1", "B1", scopes=scopes)
    await sender.store.write(workspaces.save_installation, again, time_zone="UTC", now=sender.clock.now())
    await sender.until(lambda: told(sender)[0][2] == "sent")
    sender.sandbox.faults.refuse("chat.postMessage", "missing_scope")
    await sender.queue("b")
    await sender.becomes("b", "refused")
    assert len(told(sender)) == times
