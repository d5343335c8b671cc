import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest
from sqlmodel import Session, select

from agendas.facts.audience import Audience
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.words import Words
from agendas.verbs.questions import LEASE, Pending, queue_question, take_up
from handlers.edge.deps import Deps
from handlers.questions import answer_pending
from sandbox.workspace import PATIENCE_SECONDS
from storage import privacy, workspaces
from storage.database import Store
from storage.models.delivery import Letter, LetterState
from storage.models.questions import PendingQuestion
from storage.models.workspaces import Person
from tests.assistant.stored_world import PRIVATE, WORKSPACE, stored_world
from tests.assistant.world import NOW, PEOPLE, SEES_PRIVATE
from tests.builders import ANN
from tests.cases import cases
from tests.handlers.acts import Acts, Route
from tests.handlers.local_bot import LocalBot, local_bot
from tests.handlers.worlds import two_worlds
from tests.program import Program
from tests.some_deps import some_deps


# Messages that are no question, and questions taken back: what is answered, and what meets silence.
def letters(program: Program) -> list[Letter]:
    def read(session: Session) -> list[Letter]:
        found = session.exec(select(Letter).where(Letter.page == "said").order_by("id")).all()
        return [letter for letter in found if letter.key.startswith("answer:")]

    return program.store.read_now(read)


def said(letter: Letter) -> str:
    return json.dumps(letter.subject)


def message(at: LocalBot, acts: Acts, **changed: Any) -> dict[str, Any]:
    payload = replace(acts, number=at.number()).of(("event", "message"))
    return payload | {"event": payload["event"] | changed}


def deletion(at: LocalBot, acts: Acts, ts: str) -> dict[str, Any]:
    return message(at, acts, subtype="message_deleted", deleted_ts=ts, user=None, text=None)


async def test_a_file_without_a_word_is_told_what_is_read_and_one_with_a_question_is_answered(program, acts):
    sent = {"subtype": "file_share", "files": [{"id": "F0VOICE1", "mimetype": "audio/mp4"}]}
    async with local_bot(program.store) as at:
        await at.takes(message(at, acts, **sent, text=""))
        assert "no other files and no voice messages" in said(letters(program)[-1])
        await at.takes(message(at, acts, **sent, text="How is Acme?"))
        assert "Acme Corp" in said(letters(program)[-1])


@cases("text", ["", " ", "<@U0BOT0001>", "<@U0BOT0001> <@U0BOT0001>", "\u200b", "?"])
async def test_a_message_that_says_nothing_gets_what_can_be_asked(program: Program, acts: Acts, text: str) -> None:
    async with local_bot(program.store) as at:
        await at.takes(message(at, acts, text=text))
    assert "How is " in said(letters(program)[-1])


async def test_a_question_that_was_deleted_before_its_answer_was_sent_gets_none(program: Program, acts: Acts) -> None:
    async with local_bot(program.store) as at:
        question = message(at, acts)
        await at.takes(question)
        await at.takes(message(at, acts))
        await at.takes(deletion(at, acts, question["event"]["ts"]))
        assert [letter.state for letter in letters(program)[-2:]] == [LetterState.DROPPED, LetterState.WAITING]
        early = message(at, acts)
        await at.takes(deletion(at, acts, early["event"]["ts"]))
        before = len(letters(program))
        assert (await at.takes(early)).status == 200
        assert len(letters(program)) == before


@cases("deleted", [None, "", "x", 7, "1.2", {"ts": "1.2"}])
async def test_a_deletion_of_anything_else_changes_nothing(program: Program, acts: Acts, deleted: Any) -> None:
    async with local_bot(program.store) as at:
        await at.takes(message(at, acts))
        assert (await at.takes(deletion(at, acts, deleted))).status == 200
    assert letters(program)[-1].state is LetterState.WAITING


# Questions that waited for the language model: answered by who may see what, at the time of the answer.

DIRECT = "D0WORLD001"


@pytest.fixture
def world(store: Store) -> Store:
    return stored_world(store)


def left(store: Store, who: str, text: str, *, channel_id: str = DIRECT, readers: str = "") -> Pending:
    where: dict[str, Any] = {"place": channel_id, "channel_id": channel_id, "thread_ts": "", "is_private": False}
    asker = Audience(WORKSPACE, PEOPLE[who].user_id, readers)
    store.write_now(queue_question, asker, text, key=f"message:{text}", now=NOW, **where)
    pending = store.write_now(take_up, NOW)
    assert pending is not None
    return pending


def told(store: Store) -> list[str]:
    def read(session: Session) -> list[str]:
        return [json.dumps(row.subject) for row in session.exec(select(Letter)) if row.key.startswith("answer:")]

    return store.read_now(read)


def waiting(store: Store) -> int:
    return len(store.read_now(lambda session: session.exec(select(PendingQuestion.id)).all()))


def deps(store: Store, *, days_later: int = 0) -> Deps:
    return some_deps(store, lambda: NOW + timedelta(days=days_later))


async def test_an_answer_shows_what_its_readers_may_see_now(world: Store) -> None:
    seeing = {PEOPLE[key].user_id for key in SEES_PRIVATE}
    world.write_now(privacy.set_members, WORKSPACE, PRIVATE, seeing, read_at=NOW)
    for who, readers in (("priya", ""), ("nora", ""), ("priya", "C0MAPLEIN")):
        await answer_pending(
            left(world, who, "how is orrin rail" + "?" * len(told(world)), readers=readers), deps(world)
        )
    assert ["*Orrin Rail*" in each for each in told(world)] == [True, False, False]
    world.write_now(privacy.set_members, WORKSPACE, PRIVATE, [], read_at=NOW)
    await answer_pending(left(world, "priya", "orrin rail?"), deps(world))
    assert "*Orrin Rail*" not in told(world)[-1]
    assert waiting(world) == 0


@cases("mark", ["is_deleted", "is_guest", "is_external"])
async def test_somebody_who_may_not_ask_any_more_is_not_answered(world: Store, mark: str) -> None:
    def mark_nora(session: Session) -> None:
        row = session.exec(select(Person).where(Person.user_id == PEOPLE["nora"].user_id)).one()
        setattr(row, mark, True)
        session.add(row)

    world.write_now(mark_nora)
    await answer_pending(left(world, "nora", "how is corvane"), deps(world))
    assert (told(world), waiting(world)) == ([], 0)


async def test_a_question_of_a_workspace_that_removed_the_bot_is_forgotten_and_sent_to_no_model(world: Store) -> None:
    assert left(world, "nora", "how is corvane").asker is not None
    assert world.write_now(workspaces.deactivate, WORKSPACE, gone_at=NOW, is_removed=True)
    later = world.write_now(take_up, NOW + 2 * LEASE)
    assert later is not None
    assert later.asker is None
    await answer_pending(later, deps(world))
    assert (told(world), waiting(world)) == ([], 0)


async def test_days_are_those_of_the_instant_of_asking(world: Store) -> None:
    await answer_pending(left(world, "nora", "what is due tomorrow"), deps(world, days_later=3))
    [answer] = told(world)
    assert "27 Nov" in answer


# A question is answered in a read: others record while it is open, and nothing is lost when it is cut off.

"""Longest wait for a step that takes milliseconds; it ends a test that would hang."""

OF_ANSWERS = ("account.", "asked.", "fields.", "items.", "remarks.", "said_back.")
"""Files with the sentences of answers."""

QUESTIONS = [("event", "message"), ("event", "app_mention"), ("shortcut", "ask_cadence"), ("button", "ask.pick")]


class SlowWords(Words):
    """Words whose sentences of answers take until `go_on` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked, self.go_on = Event(), Event()

    def say(self, name: str, /, **facts: object) -> Mrkdwn:
        if name.startswith(OF_ANSWERS):
            self.is_asked.set()
            assert self.go_on.wait(PATIENCE_SECONDS)
        return super().say(name, **facts)


class BrokenWords(Words):
    """Words that fail at the first sentence of an answer."""

    has_failed = False

    def say(self, name: str, /, **facts: object) -> Mrkdwn:
        if name.startswith(OF_ANSWERS) and not self.has_failed:
            self.has_failed = True
            raise ConnectionError("cut off")
        return super().say(name, **facts)


def answers(program: Program) -> list[str]:
    def read(session: Session) -> list[str]:
        found = session.exec(select(Letter).where(Letter.page == "said")).all()
        return [json.dumps(letter.subject) for letter in found if letter.key.startswith("answer:")]

    return program.store.read_now(read)


async def asked(at: LocalBot, acts: Acts, route: Route) -> Any:
    return await at.takes(replace(acts, number=at.number()).of(route))


@pytest.mark.parametrize("route", QUESTIONS)
async def test_a_movement_is_recorded_while_a_question_is_still_open(program: Program, acts: Acts, route: Route):
    words = SlowWords()
    before = len(answers(program))
    async with local_bot(program.store, words) as at:
        question = asyncio.create_task(asked(at, acts, route))
        try:
            assert await asyncio.to_thread(words.is_asked.wait, PATIENCE_SECONDS)
            payload = replace(acts, number=at.number()).of(("command", "/move"))
            typed = AsyncBoltRequest(mode="socket_mode", body=payload)
            moved = await asyncio.wait_for(at.app.async_dispatch(typed), PATIENCE_SECONDS)
            assert "Recorded" in str(moved.body)
            assert not question.done()
            assert len(answers(program)) == before
        finally:
            words.go_on.set()
        await question
        shown = at.slack.told() if route[0] != "event" else answers(program)[-1]
        assert "Acme Corp" in shown


@pytest.mark.parametrize("word", ["message", "app_mention"])
async def test_a_question_cut_off_before_its_write_is_answered_when_it_comes_again(program: Program, acts: Acts, word):
    before = len(answers(program))
    async with local_bot(program.store, BrokenWords()) as at:
        payload = replace(acts, number=at.number()).of(("event", word))
        assert (await at.takes(payload)).status == 500
        assert len(answers(program)) == before
        assert (await at.takes(payload)).status == 200
        assert len(answers(program)) == before + 1


async def test_a_question_that_comes_as_two_events_and_each_of_them_twice_is_answered_once(program, acts):
    before = len(answers(program))
    async with local_bot(program.store) as at:
        message = replace(acts, number=at.number()).of(("event", "message"))
        inner = {name: value for name, value in message["event"].items() if name != "channel_type"}
        mention = message | {"event_id": f"{message['event_id']}M", "event": inner | {"type": "app_mention"}}
        came = await asyncio.gather(*(at.takes(each) for each in (message, mention, message, mention)))
        assert [each.status for each in came] == [200] * 4
    assert len(answers(program)) == before + 1


async def test_an_account_picked_by_a_click_delivered_twice_is_answered_once(program: Program, acts: Acts) -> None:
    async with local_bot(program.store) as at:
        payload = replace(acts, number=at.number()).of(("button", "ask.pick"))
        await at.takes(payload)
        assert "Acme Corp" in at.slack.told()
        await at.takes(payload)
        assert "Acme Corp" not in at.slack.told()


# Share below the answer to `/abm ask`: everybody in the channel is shown what they may see, and no name beside it.
async def shares(at: LocalBot, acts: Acts, question: str) -> str:
    values = acts.values | {"ask.share": question}
    answer = await at.takes(replace(acts, actor=ANN, values=values, number=at.number()).of(("button", "ask.share")))
    return f"{answer.body} {at.slack.told()}"


async def test_a_question_about_an_account_that_not_everybody_sees_is_not_shared(migrated_sqlite: Path, tmp_path: Path):
    private, twin = two_worlds(migrated_sqlite, tmp_path)
    async with local_bot(private.program.store) as at:
        for question in (
            "how is acme",
            "compare acme and globex",
            "what blocks Acme Corp",
            "pause acme",
            "How is Acme? Which accounts are stalled?",
            "How is Acme Corp? How is Globex?",
        ):
            said = await shares(at, private.acts, question)
            assert "nothing was shared" in said, question
            assert "in_channel" not in said, question
            assert f"asked: {question}" not in said, question
        assert "asked: how is globex" in await shares(at, private.acts, "how is globex")
    for each in (private, twin):
        each.program.store.close()
