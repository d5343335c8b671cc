from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import Session, SQLModel, select, update

from agendas.facts.account import Source
from agendas.rendering.words import Words
from agendas.verbs.compose import compose
from storage import privacy
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.models.events import Event
from storage.models.reviews import ReviewItem
from storage.models.types import table_of
from storage.models.workspaces import Workspace
from tests.builders import ANN, BOB, CHANNEL, NOW, WORKSPACE
from tests.handlers import payloads
from tests.handlers.local_bot import ELI, GUS, OBI, LocalBot, local_bot
from tests.program import Program

AGENDA = "1795532400.000100"
HEADER = "1795532300.000100"
OTHER = "1795532200.000100"


def account_of(session: Session, item_id: int) -> int:
    item = session.get(ReviewItem, item_id)
    assert item is not None
    return item.account_id


def reply(at: LocalBot, text: str, *, user: str = ANN, thread: str = AGENDA, **changes: Any) -> dict[str, Any]:
    number = at.number()
    inner = {"type": "message", "user": user, "text": text, "ts": f"1795540000.{number}", "channel": CHANNEL}
    inner |= {"channel_type": "channel", "team": "T0SAMPLE1"} | ({"thread_ts": thread} if thread else {})
    return payloads.event(inner | changes, event_id=f"Ev{number}")


def everything(store: Store) -> dict[str, list[Any]]:
    with store.reading() as session:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: list(map(tuple, session.connection().execute(table.select()))) for table in tables}


def recorded(store: Store) -> list[Event]:
    with store.reading() as session:
        return list(session.exec(select(Event).where(Event.source == Source.THREAD)))


def last_letter(store: Store) -> Letter:
    with store.reading() as session:
        return list(session.exec(select(Letter).order_by(table_of(Letter).c.id)))[-1]


@pytest.fixture(scope="module", autouse=True)
def _posted(program: Program) -> None:
    """The agenda of Acme Corp and the header of the open review as they were posted."""
    review = program.reviews[-1]

    def post(session: Session) -> None:
        for letter in session.exec(select(Letter).where(Letter.review_id == review)):
            item = letter.subject.get("item_id")
            if letter.page == "agenda" and account_of(session, item) == program.accounts["acme"]:
                letter.sent_channel, letter.sent_ts, letter.state = CHANNEL, AGENDA, "sent"
            if letter.page == "review_header":
                letter.sent_channel, letter.sent_ts, letter.state = CHANNEL, HEADER, "sent"
            session.add(letter)

    program.store.write_now(post)


# Messages in channels: what is heard of them, what they cost, and that nothing is kept of talk.
@pytest.fixture
def sent(program: Program) -> Iterator[list[str]]:
    found: list[str] = []

    def noted(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with program.store.reading() as session:
        engine = session.get_bind()
    sqlalchemy_event.listen(engine, "before_cursor_execute", noted)
    yield found
    sqlalchemy_event.remove(engine, "before_cursor_execute", noted)


async def test_a_message_outside_the_threads_of_accounts_costs_one_indexed_read_and_no_write(program, sent):
    async with local_bot(program.store) as at:
        for thread, reads in (("", 0), (OTHER, 1), (HEADER, 1)):
            before = everything(program.store)
            sent.clear()
            assert (await at.takes(reply(at, "moved: they agreed", thread=thread))).status == 200
            own = [each for each in sent if "FROM workspace" not in each and not each.startswith(("BEGIN", "PRAGMA"))]
            assert len(own) == reads, own
            assert all(each.startswith("SELECT letter") for each in own)
            assert everything(program.store) == before
    with program.store.reading() as session:
        plan = session.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM letter WHERE workspace_id='a' AND sent_channel='b' AND sent_ts='c'"
        )
        assert "ix_letter_sent" in str(plan.all())


async def test_nothing_is_kept_of_talk_in_an_accounts_thread_but_once_that_it_was_heard(program: Program) -> None:
    async with local_bot(program.store) as at:
        before = everything(program.store)
        await at.takes(reply(at, "what a week"))
        after = everything(program.store)
        assert {name for name in before if before[name] != after[name]} == {"workspace"}
        with program.store.reading() as session:
            heard = session.exec(select(Workspace)).first()
            assert heard is not None
            assert heard.thread_heard_at is not None
        others = (
            {"text": "and another one"},
            {"subtype": "message_changed", "message": {"text": "moved: x", "user": ANN, "ts": AGENDA}, "user": None},
            {"subtype": "message_deleted", "deleted_ts": AGENDA, "user": None},
            {"bot_id": "B1"},
            {"subtype": "bot_message", "user": None},
            {"subtype": "channel_join"},
            {"user": GUS, "text": "moved? who knows"},
        )
        for change in others:
            payload = reply(at, **({"text": "moved: they agreed"} | change))
            payload["event"] = {name: value for name, value in payload["event"].items() if value is not None}
            assert (await at.takes(payload)).status == 200
            assert everything(program.store) == after, change


async def test_a_reply_is_recorded_once_however_often_it_is_told(program: Program) -> None:
    async with local_bot(program.store) as at:
        for change in ({}, {"subtype": "thread_broadcast"}, {"subtype": "file_share", "files": [{"id": "F1"}]}):
            before = len(recorded(program.store))
            told = reply(at, f"moved: their lawyer called about {at.number()}", **change)
            again = told | {"event_id": f"Ev{at.number()}"}
            mentioned = told | {"event_id": f"Ev{at.number()}", "event": told["event"] | {"type": "app_mention"}}
            for payload in (told, told, again, mentioned):
                assert (await at.takes(payload)).status == 200
            assert len(recorded(program.store)) == before + 1, change
    event = recorded(program.store)[-1]
    assert (event.actor, event.account_id) == (ANN, program.accounts["acme"])
    assert [(each["kind"], each["url"].rpartition("/p")[2]) for each in event.evidence] == [
        ("message", told["event"]["ts"].replace(".", ""))
    ]


async def test_each_part_of_a_reply_is_recorded_and_a_cut_off_one_goes_on_where_it_was(program: Program) -> None:
    async with local_bot(program.store) as at:
        before = len(recorded(program.store))
        whole = reply(at, "moved: their board met\nnext: send the offer by 4 Dec\nblocked: procurement is away")
        await at.takes(whole | {"event": whole["event"] | {"text": "moved: their board met"}})
        await at.takes(whole)
        kinds = [each.kind for each in recorded(program.store)[before:]]
    assert kinds == ["moved", "action_added", "blocker_opened"]


@pytest.mark.parametrize("user", [GUS, ELI, OBI])
async def test_who_may_not_record_is_told_so_once_and_whom_to_ask(program: Program, user: str) -> None:
    async with local_bot(program.store) as at:
        before = len(recorded(program.store))
        told = reply(at, "moved: we are friends", user=user)
        for payload in (told, told):
            await at.takes(payload)
    with program.store.reading() as session:
        letters = list(session.exec(select(Letter).where(Letter.user_id == user, Letter.kind == "direct")))
        assert len(letters) == 1
        assert "<@U0EVE0001>" in str(letters[0].subject)
    assert len(recorded(program.store)) == before


# Replies that are not recorded as they are: asked about, mentioned, of accounts that are private or left the list.
async def test_in_doubt_nothing_is_recorded_and_the_writer_alone_is_asked(program: Program) -> None:
    cases = {
        "moved: to engagd they asked": "is not a stage",
        "next: call them by 3/4": "3/4",
        "done: called": "Which one is done?",
        "moved:": "To do it",
        "next: slipped to": "slipped",
        "blocked: resolve": "Which one is resolved?",
    }
    async with local_bot(program.store) as at:
        for number in range(2):
            await at.takes(reply(at, f"next: prepare number {number} by 9 Dec"))
            await at.takes(reply(at, f"blocked: reason number {number}"))
        for text, asked in cases.items():
            before = len(recorded(program.store))
            await at.takes(reply(at, text))
            letter = last_letter(program.store)
            said = str(letter.subject)
            assert (letter.kind, letter.user_id, letter.channel_id, letter.thread_ts) == (
                "whisper",
                ANN,
                CHANNEL,
                AGENDA,
            )
            assert asked in said, (text, said)
            words = [
                block["text"]["text"]
                for each in letter.subject["messages"]
                for block in each["blocks"]
                if "text" in block
            ]
            assert not any(f"/{word}" in line for word in ("move", "next", "blocker") for line in words), words
            assert len(recorded(program.store)) == before, text


async def test_a_mention_that_nothing_moved_is_recorded_and_one_with_news_is_drafted(program: Program) -> None:
    async with local_bot(program.store) as at:
        mention = {"type": "app_mention", "channel_type": None}
        await at.takes(reply(at, "<@U0BOT0001> same as last week", user=BOB, **mention))
        assert (recorded(program.store)[-1].kind, recorded(program.store)[-1].actor) == ("nothing_moved", BOB)
        before = len(recorded(program.store))
        await at.takes(reply(at, "<@U0BOT0001> their CFO signed the pilot this morning", user=BOB, **mention))
        letter = last_letter(program.store)
        assert "news.record" in str(letter.subject)
        assert "U0BOT0001" not in str(letter.subject)
        assert "Acme Corp" in str(letter.subject)
        assert letter.thread_ts == AGENDA
        assert len(recorded(program.store)) == before
        await at.takes(reply(at, "moved: they signed <@U0BOT0001> today", user=BOB))
        assert recorded(program.store)[-1].change["text"] == "they signed today"
        told = reply(at, "next: send it to <@U0CLEO001> soon <@U0BOT0001>", user=BOB)
        for kind in ("message", "app_mention"):
            await at.takes(told | {"event_id": f"Ev{at.number()}", "event": told["event"] | {"type": kind}})
        assert [one.change["text"] for one in recorded(program.store)[before + 1 :]] == ["send it to <@U0CLEO001> soon"]


async def test_of_a_private_account_only_who_may_see_it_records_and_is_told(program: Program) -> None:
    def hide(session: Session, channel_id: str) -> None:
        acme = table_of(Account).c.id == program.accounts["acme"]
        session.execute(update(Account).where(acme).values(private_channel=channel_id))
        privacy.set_members(session, WORKSPACE, "C0SECRET9", [ANN], read_at=NOW)

    async with local_bot(program.store) as at:
        program.store.write_now(hide, "C0SECRET9")
        try:
            await at.takes(reply(at, "the first reply in a thread is noted of the workspace"))
            before = everything(program.store)
            for text in ("moved: they agreed", "Their CFO signed the pilot contract"):
                await at.takes(reply(at, text, user=BOB))
                assert everything(program.store) == before
            await at.takes(reply(at, "moved: their secret was told to Ann"))
            assert recorded(program.store)[-1].change["text"] == "their secret was told to Ann"
            with program.store.reading() as session:
                letters = session.exec(select(Letter).where(Letter.created_at >= NOW)).all()
                shown = {
                    each.page: str(compose(session, each, words=Words(), now=NOW))
                    for each in letters
                    if each.page in ("thread_receipt", "recorded")
                }
            assert "secret" not in shown["thread_receipt"]
            assert "Acme" not in shown["thread_receipt"]
            assert "secret" in shown["recorded"]
        finally:
            program.store.write_now(hide, "")


async def test_an_account_that_left_the_list_takes_nothing_and_says_so_to_the_writer(program: Program) -> None:
    def remove(session: Session, status: str) -> None:
        acme = table_of(Account).c.id == program.accounts["acme"]
        session.execute(update(Account).where(acme).values(list_status=status))

    async with local_bot(program.store) as at:
        program.store.write_now(remove, "removed")
        try:
            before = len(recorded(program.store))
            await at.takes(reply(at, "moved: they agreed again"))
            assert "Acme Corp" in str(last_letter(program.store).subject)
            assert len(recorded(program.store)) == before
        finally:
            program.store.write_now(remove, "named")
