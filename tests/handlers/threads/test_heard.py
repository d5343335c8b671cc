"""Messages in channels: what is heard of them, what they cost, and that nothing is kept of talk."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlmodel import select

from storage.models.delivery import Letter
from storage.models.workspaces import Workspace
from tests.builders import ANN
from tests.handlers.local_bot import ELI, GUS, OBI, local_bot
from tests.handlers.threads.replying import AGENDA, HEADER, OTHER, everything, recorded, reply
from tests.program import Program


@pytest.fixture
def sent(program: Program) -> Iterator[list[str]]:
    """The statements that go to the database."""
    found: list[str] = []

    def noted(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with program.store.reading() as session:
        engine = session.get_bind()
    sqlalchemy_event.listen(engine, "before_cursor_execute", noted)
    yield found
    sqlalchemy_event.remove(engine, "before_cursor_execute", noted)


async def test_a_message_outside_the_threads_of_accounts_costs_one_indexed_read_and_no_write(
    program: Program, sent: list[str]
) -> None:
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
