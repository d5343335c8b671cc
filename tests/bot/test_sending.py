from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.program import WEEKLY_CAP
from agendas.rendering.blockkit import FALLBACK_CHARACTERS, Rendered, messages
from agendas.rendering.page import Chart, ChartKind, ChartSeries, Number, Page, SortableTable
from agendas.rules.access import NOT_IN_TIME
from agendas.rules.notices import week_after, week_of
from agendas.verbs.notices import queue_notices
from bot.sending import MAY_STILL_COME, PreparedMessage, text_only
from bot.slack_api import WaitReason
from handlers.edge.access import slack_user
from sandbox.faults import Fault
from sandbox.workspace import User, user_json
from storage import outbox, people, workspaces
from storage.database import Store
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.people import SlackUser, save_users
from tests.bot.sender import Sender, compose
from tests.storage.letters import NOON, letter

# Sending one message: joining, opening a conversation, editing, and Slack's refusals.

SECOND = timedelta(seconds=1)


def trouble_of(sender: Sender, channel_id: str) -> str:
    channel = sender.store.read_now(people.find_channel, sender.workspace_id, channel_id)
    return channel.trouble if channel else ""


async def test_a_private_channel_the_bot_was_removed_from_is_paused(sender: Sender) -> None:
    secret = sender.sandbox.add_channel("secret", private=True, with_bot=False)
    await sender.queue("a", channel_id=secret.id)
    await sender.has_error("a", "channel_not_found")
    assert trouble_of(sender, secret.id) == "channel_not_found"


async def test_a_channel_that_is_there_after_all_is_not_paused(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "channel_not_found")
    letter = await sender.queue("a")
    await sender.has_error("a", "channel_not_found")
    assert trouble_of(sender, letter.channel_id) == ""
    sender.pass_time(10 * SECOND)
    await sender.becomes("a", "sent")
    assert len(sender.messages()) == 1


async def test_a_channel_not_found_that_turns_out_to_be_archived_is_paused_as_that(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "channel_not_found")
    gone = sender.sandbox.add_channel("gone", archived=True)
    await sender.queue("a", channel_id=gone.id)
    await sender.has_error("a", "is_archived")
    assert trouble_of(sender, gone.id) == "is_archived"


async def test_a_channel_is_not_paused_as_long_as_slack_cannot_be_asked_about_it(sender: Sender) -> None:
    secret = sender.sandbox.add_channel("secret", private=True, with_bot=False)
    sender.sandbox.faults.rate_limit("conversations.info", retry_after_seconds=3)
    await sender.queue("a", channel_id=secret.id)
    await sender.has_error("a", "ratelimited")
    assert trouble_of(sender, secret.id) == ""
    sender.pass_time(10 * SECOND)
    await sender.has_error("a", "channel_not_found")
    assert trouble_of(sender, secret.id) == "channel_not_found"


async def test_a_token_revoked_while_asking_about_a_channel_stops_the_workspace_and_not_the_channel(sender: Sender):
    secret = sender.sandbox.add_channel("secret", private=True, with_bot=False)
    sender.sandbox.faults.refuse("conversations.info", "token_revoked")
    await sender.queue("a", channel_id=secret.id)
    await sender.has_error("a", "token_revoked")
    assert trouble_of(sender, secret.id) == ""


async def test_an_edit_of_a_message_somebody_deleted_is_refused(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    [message] = sender.messages()
    message.deleted = True
    edit = await sender.edit(sender.letter("a"))
    assert (await sender.becomes(edit.key, "refused")).last_error == "message_not_found"


async def test_an_edit_cut_off_is_made_again_once_it_cannot_come_late(sender: Sender) -> None:
    await sender.queue("a")
    await sender.becomes("a", "sent")
    sender.sandbox.faults.cut("chat.update", "after")
    edit = await sender.edit(sender.letter("a"))
    await sender.has_error(edit.key, "ServerDisconnectedError")
    sender.pass_time(10 * SECOND)
    await sender.has_error(edit.key, WaitReason.NOT_THERE_YET)
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes(edit.key, "sent")
    assert len(sender.messages()) == 1


async def test_blocks_refused_twice_are_given_up(sender: Sender) -> None:
    sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks", times=2)
    await sender.queue("a")
    assert (await sender.becomes("a", "refused")).last_error == "invalid_blocks"


async def test_newer_blocks_refused_are_sent_once_more_as_plain_ones(sender: Sender) -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "Acme"}]]}
    subject = {"blocks": [table], "plain": [{"type": "section", "text": {"type": "mrkdwn", "text": "Acme"}}]}
    sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks")
    await sender.queue("a", subject=subject)
    await sender.becomes("a", "sent")
    await sender.queue("b", subject=subject)
    await sender.becomes("b", "sent")
    assert [[block["type"] for block in message.blocks] for message in sender.messages()] == [["section"], ["table"]]


async def test_a_sortable_table_and_a_chart_are_shown_and_as_lines_where_slack_refuses_them(sender: Sender) -> None:
    rows = (("Corvane", Number(72, "72")),)
    chart = Chart(ChartKind.BAR, "Advanced", ("Oct",), (ChartSeries("Tier 1", (Number(3, "3"),)),))
    [drawn] = messages(Page("Scoreboard", (SortableTable("Accounts", ("Account", "Fit"), rows), chart), key="board"))
    subject = {"blocks": drawn.blocks, "plain": drawn.plain, "texts": [drawn.text]}
    await sender.queue("a", subject=subject)
    await sender.becomes("a", "sent")
    sender.sandbox.faults.refuse("chat.postMessage", "invalid_blocks")
    await sender.queue("b", subject=subject)
    await sender.becomes("b", "sent")
    native, lines = sender.messages()
    assert [block["type"] for block in native.blocks] == ["data_table", "data_visualization"]
    assert [block["type"] for block in lines.blocks] == ["section", "section"]
    assert {each.text for each in (native, lines)} == {"Scoreboard Advanced: Tier 1: Oct 3."}


async def test_a_recap_is_shown_in_its_thread_and_in_the_channel_once_also_when_nobody_heard_that_it_was(sender):
    await sender.queue("header", page="review_header")
    await sender.becomes("header", "sent")
    sender.sandbox.faults.cut("chat.postMessage", "after")
    await sender.queue("recap", page="recap", parent=sender.letter("header").id)
    await sender.has_error("recap", "ServerDisconnectedError")
    sender.pass_time(MAY_STILL_COME)
    await sender.becomes("recap", "sent")
    header, recap = sender.messages()
    assert (recap.thread_ts, recap.reply_broadcast) == (header.ts, True)
    assert not header.reply_broadcast


# Prepared messages: their destination, and their words alone when Slack refuses the blocks.
def queue(store: Store, *letters: Letter) -> list[Letter]:
    with store.writing() as session:
        return [outbox.queue(session, each) for each in letters]


def packed(store: Store, queued: Letter) -> PreparedMessage:
    return store.read_now(PreparedMessage.prepare, queued, compose)


def test_a_reply_to_a_reply_goes_into_the_thread_of_the_first_message(store: Store) -> None:
    [root] = queue(store, letter("root", state="sent", sent_ts="1.1", sent_channel="C1"))
    [reply] = queue(store, letter("reply", parent=root.id, state="sent", sent_ts="2.2", sent_channel="C1"))
    [second] = queue(store, letter("second", parent=reply.id))
    assert packed(store, second).thread_ts == "1.1"


def test_a_reply_goes_to_the_channel_its_root_was_sent_to(store: Store) -> None:
    [root] = queue(store, letter("root", channel_id="C-OLD", state="sent", sent_ts="1.1", sent_channel="C-NEW"))
    [reply] = queue(store, letter("reply", channel_id="C-OLD", parent=root.id))
    assert packed(store, reply).channel_id == "C-NEW"


def test_a_thread_given_by_its_ts_is_used(store: Store) -> None:
    [answer] = queue(store, letter("answer", thread_ts="1764000000.000100"))
    assert packed(store, answer).thread_ts == "1764000000.000100"


def test_the_id_of_a_form_is_no_thread(store: Store) -> None:
    [said] = queue(store, letter("said", kind="whisper", user_id="U1", thread_ts="V0VIEW"))
    assert packed(store, said).thread_ts == ""


def test_a_direct_message_goes_to_the_person_and_not_into_a_thread_elsewhere(store: Store) -> None:
    [said] = queue(store, letter("said", kind="direct", channel_id="C1", user_id="U1", thread_ts="1.1"))
    prepared = packed(store, said)
    assert (prepared.channel_id, prepared.user_id, prepared.thread_ts, prepared.place) == ("", "U1", "", "U1")


def test_a_direct_message_in_a_known_conversation_keeps_its_thread(store: Store) -> None:
    [said] = queue(store, letter("said", kind="direct", channel_id="D1", user_id="U1", thread_ts="1.1"))
    prepared = packed(store, said)
    assert (prepared.channel_id, prepared.thread_ts) == ("D1", "1.1")


def test_an_edit_names_the_message_it_changes(store: Store) -> None:
    [root] = queue(store, letter("root", state="sent", sent_ts="1.1", sent_channel="C1"))
    [edit] = queue(store, letter("edit", kind="edit", target=root.id, created_at=NOON))
    assert (packed(store, edit).channel_id, packed(store, edit).ts) == ("C1", "1.1")


def test_text_only_keeps_every_word_once_and_leaves_out_buttons() -> None:
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Initrode"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "Stage"}, {"type": "mrkdwn", "text": "engaged"}]},
        {"type": "section", "text": {"type": "mrkdwn", "text": "moved"}, "accessory": {"type": "button", "text": {}}},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "since Monday"}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a cell"}]]},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Decide"}}]},
    ]
    alone = text_only(Rendered("Initrode", blocks))
    assert alone == Rendered("Initrode\nStage\nengaged\nmoved\nsince Monday\na cell", [])


def test_text_only_stays_below_what_an_edit_may_hold() -> None:
    alone = text_only(Rendered("x" * 5_000, []))
    assert len(alone.text) == FALLBACK_CHARACTERS
    assert alone.text.endswith("…")


def test_text_only_calls_nobody_whom_the_blocks_did_not_call() -> None:
    name = "<!channel> <@U0ANN1> & <https://evil.example|acme.example>"
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": name}},
        {"type": "table", "rows": [[{"type": "raw_text", "text": name}]]},
    ]
    alone = text_only(Rendered("A review", blocks))
    assert "<" not in alone.text
    assert "&lt;!channel&gt; &lt;@U0ANN1&gt; &amp; &lt;https://evil.example|acme.example&gt;" in alone.text


def test_text_only_is_never_cut_within_a_link_or_an_escaped_character() -> None:
    for end in range(30):
        alone = text_only(Rendered("x" * (3_970 + end) + "&amp;<https://a.example|a> " * 3, []))
        assert len(alone.text) <= FALLBACK_CHARACTERS
        assert alone.text.replace("&amp;", "").replace("<https://a.example|a>", "").strip("x …") == ""


# Recipient check: nothing is posted or edited in a channel that another company reads, even if its event was lost.

MINUTE = timedelta(minutes=1)


async def test_twenty_five_messages_in_a_row_cost_one_question(sender: Sender) -> None:
    sender.sandbox.slack.limits = None
    for number in range(25):
        await sender.queue(f"k{number}")
    await sender.becomes("k24", "sent")
    assert len(sender.sandbox.calls("conversations.info")) == 1


@pytest.mark.parametrize("error", ["missing_scope", "error_of_the_future"])
async def test_where_slack_does_not_say_who_reads_nothing_is_posted(sender: Sender, error: str) -> None:
    sender.sandbox.faults.refuse("conversations.info", error)
    await sender.queue("a")
    await sender.has_error("a", error)
    assert sender.messages() == []


async def test_messages_to_one_person_ask_nothing(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await sender.queue("a", kind="direct", user_id=ann, subject={"texts": ["one", "two"]})
    await sender.queue("b", kind="whisper", user_id=ann)
    await sender.becomes("a/2", "sent")
    await sender.becomes("b", "sent")
    assert sender.sandbox.calls("conversations.info") == []


# Direct conversations: opened once, kept, opened anew when they are gone; what is of no use any more is not sent.
async def knows(sender: Sender, user_id: str) -> None:
    user = SlackUser(user_id, sender.workspace_id, "Ann")
    await sender.store.write(people.save_users, sender.workspace_id, [user], sender.clock.now())


def kept_of(sender: Sender, user_id: str) -> str:
    person = sender.store.read_now(people.find, sender.workspace_id, user_id)
    return person.direct_channel if person else ""


async def is_sent(sender: Sender, key: str, user_id: str) -> None:
    await sender.queue(key, kind="direct", user_id=user_id)
    await sender.becomes(key, "sent")


async def test_a_conversation_is_opened_for_the_first_message_alone(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await knows(sender, ann)
    for key in ("a", "b", "c"):
        await is_sent(sender, key, ann)
    assert len(sender.sandbox.calls("conversations.open")) == 1
    assert kept_of(sender, ann) == sender.sandbox.workspace.im(ann).id
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 3


async def test_a_conversation_that_is_gone_is_opened_anew_and_forgotten(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await knows(sender, ann)
    await sender.store.write(outbox.keep_direct_channel, sender.workspace_id, ann, "D0GONE001")
    await is_sent(sender, "a", ann)
    assert kept_of(sender, ann) == sender.sandbox.workspace.im(ann).id
    assert len(sender.sandbox.calls("conversations.open")) == 1


async def test_a_message_that_may_be_there_is_looked_for_in_the_conversation_as_slack_opens_it(sender: Sender) -> None:
    ann = sender.sandbox.person("ann").id
    await knows(sender, ann)
    await sender.store.write(outbox.keep_direct_channel, sender.workspace_id, ann, "D0GONE001")
    sender.sandbox.faults.cut("chat.postMessage", "after", times=2)
    await sender.queue("a", kind="direct", user_id=ann)
    await sender.all_is_sent()
    assert sender.state("a") == "sent"
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 1


async def test_what_could_not_be_sent_while_it_was_of_use_is_dropped(sender: Sender) -> None:
    sender.sandbox.faults.rate_limit("chat.postMessage", retry_after_seconds=30)
    ann, now = sender.sandbox.person("ann").id, sender.clock.now()
    await sender.queue("a", kind="direct", user_id=ann, not_after=now + timedelta(seconds=10))
    await sender.queue("b", kind="direct", user_id=ann, not_after=now + timedelta(minutes=10))
    await sender.has_error("a", "ratelimited")
    sender.pass_time(timedelta(seconds=31))
    assert (await sender.becomes("a", "dropped")).last_error == NOT_IN_TIME
    await sender.becomes("b", "sent")
    assert len(sender.texts(sender.sandbox.workspace.im(ann))) == 1


# A confirmation too long for one message: every part is shown, and each once, whatever happens to another.

SHORT_PARTS = ["one", "two", "three"]


async def queue_ephemeral(sender: Sender, to: str = "ann") -> None:
    await sender.queue(kind="whisper", user_id=sender.sandbox.person(to).id, subject={"texts": SHORT_PARTS})


async def test_a_wait_at_the_second_part_repeats_no_other(sender: Sender) -> None:
    sender.sandbox.faults.add("chat.postEphemeral", Fault())
    sender.sandbox.faults.rate_limit("chat.postEphemeral", retry_after_seconds=5)
    await queue_ephemeral(sender)
    await sender.becomes("letter", "sent")
    await sender.has_error("letter/2", "ratelimited")
    sender.pass_time(6 * SECOND)
    await sender.becomes("letter/3", "sent")
    assert [(one.text, bool(one.ephemeral_to)) for one in sender.messages()] == [(part, True) for part in SHORT_PARTS]


async def test_whom_it_cannot_be_shown_in_the_channel_gets_all_of_it_directly(sender: Sender) -> None:
    await queue_ephemeral(sender, to="bob")
    await sender.becomes("letter/3", "sent")
    assert sender.messages() == []
    direct = sender.messages(sender.sandbox.workspace.im(sender.sandbox.person("bob").id))
    assert [(each.text, each.thread_ts) for each in direct] == [(part, None) for part in SHORT_PARTS]


@pytest.mark.parametrize("part", [1, 2])
async def test_a_part_that_may_have_been_seen_is_not_shown_again_and_the_others_are(sender: Sender, part: int) -> None:
    sender.sandbox.faults.add("chat.postEphemeral", Fault(), times=part - 1)
    sender.sandbox.faults.cut("chat.postEphemeral", "after")
    await queue_ephemeral(sender)
    await sender.becomes("letter/3", "sent")
    assert sender.texts() == SHORT_PARTS
    assert sender.state("letter" if part == 1 else f"letter/{part}") == "unsure"


# A letter too long for one message: its parts are there once and in order, whatever Slack does to one of them.

LONG_PARTS = [f"Part {number:02} " + "word " * 578 for number in range(14)]
"""40,000 characters in all."""


@pytest.mark.parametrize(
    "fault",
    [
        Fault(),
        Fault(status=429, error="ratelimited", retry_after=1),
        Fault(cut="before"),
        Fault(cut="after"),
        Fault(status=503, carried_out=True),
        Fault(error="internal_error"),
    ],
    ids=["none", "429", "cut before", "cut after", "503 but posted", "internal_error"],
)
async def test_forty_thousand_characters_arrive_once_and_in_order(sender: Sender, fault: Fault) -> None:
    assert sum(map(len, LONG_PARTS)) >= 40_000
    sender.sandbox.faults.add("chat.postMessage", Fault(), times=6)
    sender.sandbox.faults.add("chat.postMessage", fault)
    await sender.queue(subject={"texts": LONG_PARTS})
    await sender.all_is_sent()
    assert [text.strip() for text in sender.texts()] == [part.strip() for part in LONG_PARTS]


# Scheduled Do Not Disturb: what nobody asked for waits until it ends, and one call asks about fifty people.

HOUR = timedelta(hours=1)
ASKED = "dnd.teamInfo"
UNASKED = {"kind": "direct", "page": "your_actions"}


def is_quiet(sender: Sender, *, begins_in: timedelta = -HOUR, lasts: timedelta = 10 * HOUR) -> tuple[str, datetime]:
    user = sender.sandbox.person("ann").user
    begins_at = (sender.clock.now() + begins_in).replace(microsecond=0)
    user.quiet_times = int(begins_at.timestamp()), int((begins_at + lasts).timestamp())
    return user.id, begins_at + lasts


async def is_known(sender: Sender, name: str) -> str:
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


@pytest.mark.again
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


# The weekly cap holds for what was sent, however many messages were queued at once or waited for another week.

LEAST = 10


async def week_begins(sender: Sender) -> datetime:
    """Set the least cap, put the clock to noon of a Monday, and return when that week began."""
    installation = workspaces.Installation(sender.workspace_id, "Sample", "", "U1", "B1")

    def install(session: Session) -> None:
        workspace = workspaces.save_installation(session, installation, time_zone="UTC", now=sender.clock.now())
        workspace.settings = {WEEKLY_CAP: LEAST}

    await sender.store.write(install)
    monday = week_after(week_of(sender.clock.now(), "UTC"), "UTC")
    sender.pass_time(monday + timedelta(hours=12) - sender.clock.now())
    return monday


def message(sender: Sender, key: str, page: str, due_at: datetime) -> Letter:
    return Letter(
        workspace_id=sender.workspace_id,
        key=key,
        kind=LetterKind.DIRECT,
        page=page,
        user_id=sender.sandbox.person("ann").id,
        created_at=due_at,
        due_at=due_at,
    )


async def got_already(sender: Sender, pages: dict[str, int]) -> None:
    """The reader got so many messages with these pages a minute ago."""
    at = sender.clock.now() - MINUTE

    def add(session: Session) -> None:
        for page, count in pages.items():
            for number in range(count):
                letter = message(sender, f"{page}:{number}", page, at)
                letter.state, letter.sent_at = LetterState.SENT, at
                session.add(letter)

    await sender.store.write(add)


def sent_since(sender: Sender, begins_at: datetime) -> list[str]:
    ends_at = week_after(begins_at, "UTC")
    found = sender.store.read_now(lambda session: list(session.exec(select(Letter).where(Letter.user_id != ""))))
    return [each.key for each in found if each.sent_at is not None and begins_at <= each.sent_at < ends_at]


def is_held_over(sender: Sender, keys: tuple[str, ...]) -> Callable[[], bool]:
    return lambda: (
        sum(sender.state(key) == "sent" for key in keys) == 1
        and any(sender.state(key) == "waiting" and sender.letter(key).last_error for key in keys)
    )


@pytest.mark.database("postgres")
async def test_of_two_that_transactions_at_once_queued_for_the_last_place_one_waits_for_the_next_week(sender: Sender):
    begins_at = await week_begins(sender)
    await got_already(sender, {"fit_question": 4, "digest": 5})
    keys = ("first", "second")
    with sender.store.writing() as one, sender.store.writing() as other:
        for session, key in ((one, keys[0]), (other, keys[1])):
            queue_notices(session, [message(sender, key, "escalated", sender.clock.now())])
    # neither saw the other
    assert all(sender.letter(key).due_at == sender.letter(key).created_at for key in keys)
    sender.delivery.wake()
    await sender.until(is_held_over(sender, keys))
    assert len(sent_since(sender, begins_at)) == LEAST
    held = next(sender.letter(key) for key in keys if sender.state(key) == "waiting")
    # the time of a digest on the Monday after
    assert (held.last_error, held.due_at) == ("over the weekly cap", begins_at + timedelta(days=7, hours=8, minutes=30))
    sender.pass_time(held.due_at - sender.clock.now())
    await sender.becomes(held.key, "sent")


@pytest.mark.parametrize("got", [LEAST - 1, LEAST])
async def test_what_was_to_go_on_sunday_and_goes_on_monday_counts_in_the_week_of_monday(sender: Sender, got: int):
    begins_at = await week_begins(sender)
    await got_already(sender, {"fit_question": 5, "digest": got - 5})
    await sender.store.write(outbox.queue, message(sender, "late", "fit_question", begins_at - MINUTE))
    sender.delivery.wake()
    if got == LEAST:
        assert (await sender.has_error("late", "over the weekly cap")).due_at > begins_at + timedelta(days=7)
    else:
        await sender.becomes("late", "sent")
        assert sender.letter("late").due_at > begins_at
    assert len(sent_since(sender, begins_at)) == LEAST


# Messages to deactivated users are refused: Slack would accept them, and nobody would read them.
async def knows_now(sender: Sender, user: User) -> None:
    now, team = sender.clock.now(), sender.workspace_id
    said = user_json(user, now=now, home_team_id=team, with_email=True)
    await sender.store.write(people.save_users, team, [slack_user(said, team)], now)


async def deactivated(sender: Sender, name: str = "ann") -> tuple[User, str]:
    user = sender.sandbox.person(name).user
    conversation = sender.sandbox.workspace.im(user.id)
    sender.sandbox.change_user(user, deleted=True)
    await knows_now(sender, user)
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
