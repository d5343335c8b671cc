"""A question is answered in a read: others record while it is open, and nothing is lost when it is cut off."""

import asyncio
import json
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest
from sqlmodel import Session, select

from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.words import Words
from sandbox.workspace import PATIENCE_SECONDS
from storage.models.delivery import Letter
from tests.handlers.acts import Acts, Route
from tests.handlers.local_bot import LocalBot, local_bot
from tests.program import Program

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
        """The sentence, once it may be said."""
        if name.startswith(OF_ANSWERS):
            self.is_asked.set()
            assert self.go_on.wait(PATIENCE_SECONDS)
        return super().say(name, **facts)


class BrokenWords(Words):
    """Words that fail at the first sentence of an answer."""

    has_failed = False

    def say(self, name: str, /, **facts: object) -> Mrkdwn:
        """The sentence, but for the first of an answer."""
        if name.startswith(OF_ANSWERS) and not self.has_failed:
            self.has_failed = True
            raise ConnectionError("cut off")
        return super().say(name, **facts)


def answers(program: Program) -> list[str]:
    """Every letter that answers a question."""

    def read(session: Session) -> list[str]:
        found = session.exec(select(Letter).where(Letter.page == "said")).all()
        return [json.dumps(letter.subject) for letter in found if letter.key.startswith("answer:")]

    return program.store.read_now(read)


async def asked(at: LocalBot, acts: Acts, route: Route) -> Any:
    return await at.takes(replace(acts, number=at.number()).of(route))


@pytest.mark.parametrize("route", QUESTIONS)
async def test_a_movement_is_recorded_while_a_question_is_still_open(
    program: Program, acts: Acts, route: Route
) -> None:
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
async def test_a_question_cut_off_before_its_write_is_answered_when_it_comes_again(
    program: Program, acts: Acts, word: str
) -> None:
    before = len(answers(program))
    async with local_bot(program.store, BrokenWords()) as at:
        payload = replace(acts, number=at.number()).of(("event", word))
        assert (await at.takes(payload)).status == 500
        assert len(answers(program)) == before
        assert (await at.takes(payload)).status == 200
        assert len(answers(program)) == before + 1


async def test_a_question_that_comes_as_two_events_and_each_of_them_twice_is_answered_once(
    program: Program, acts: Acts
) -> None:
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
