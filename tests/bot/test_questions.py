import asyncio
import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from agendas.errors import Refused
from agendas.facts.audience import Audience
from agendas.rendering.blockkit import messages
from agendas.rendering.page import notice
from agendas.rendering.words import Words
from agendas.verbs.questions import Pending, answer_once, queue_question, withdraw_question
from bot.questions import AT_ONCE, QuestionWorker
from sandbox.workspace import PATIENCE_SECONDS
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.questions import PendingQuestion
from tests.bot.test_clock import HandClock
from tests.builders import ANN, NOW, WORKSPACE
from tests.program import learn_people


class Waiting:
    """Questions of Ann that wait, and a worker that answers each with its own words when `may_answer` is set."""

    def __init__(self, store: Store, *, questions: int = 1) -> None:
        learn_people(store)
        self.store = store
        self.written, self.may_answer = asyncio.Event(), asyncio.Event()
        self.under_way, self.most_under_way = 0, 0
        self.fails: Exception | None = None
        store.after_write = self.written.set
        for number in range(questions):
            self.asked(f"k{number}")
        self.worker = self.another_worker()

    def another_worker(self) -> QuestionWorker:
        worker = QuestionWorker(self.store, Words(), HandClock(NOW), model_seconds=5.0)
        worker.begin(self.answer)
        return worker

    def asked(self, key: str) -> None:
        self.store.write_now(
            queue_question,
            Audience(WORKSPACE, ANN),
            f"about {key}",
            key=key,
            place=key,
            channel_id="D0ANN00001",
            thread_ts="",
            is_private=False,
            now=NOW,
        )

    async def answer(self, pending: Pending) -> None:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self.written.set()
        await self.may_answer.wait()
        self.under_way -= 1
        if self.fails is not None:
            raise self.fails
        await self.store.write(answer_once, pending, messages(notice(pending.row.text)), now=NOW)

    def told(self) -> list[str]:
        def read(session: Session) -> list[str]:
            return [json.dumps(row.subject) for row in session.exec(select(Letter).order_by(col(Letter.id)))]

        return self.store.read_now(read)

    def left(self) -> int:
        return len(self.store.read_now(lambda session: session.exec(select(PendingQuestion.id)).all()))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                self.written.clear()
                if not holds():
                    await self.written.wait()


async def test_several_are_answered_at_once_and_each_one_once_by_two_processes(store: Store) -> None:
    waiting = Waiting(store, questions=2 * AT_ONCE + 3)
    other = waiting.another_worker()
    await waiting.until(lambda: waiting.under_way == 2 * AT_ONCE)
    waiting.may_answer.set()
    await waiting.until(lambda: waiting.left() == 0)
    await asyncio.gather(waiting.worker.stop(), other.stop())
    assert sorted(waiting.told()) == sorted(set(waiting.told()))
    assert len(waiting.told()) == 2 * AT_ONCE + 3
    assert waiting.most_under_way == 2 * AT_ONCE


async def test_a_process_that_stops_finishes_what_is_asked_and_under_way_and_leaves_the_rest(store: Store) -> None:
    waiting = Waiting(store, questions=AT_ONCE + 2)
    await waiting.until(lambda: waiting.under_way == AT_ONCE)
    stopping = asyncio.create_task(waiting.worker.stop())
    await asyncio.sleep(0)
    first = store.read_now(lambda session: session.exec(select(PendingQuestion.id)).first())
    store.write_now(withdraw_question, WORKSPACE, "k0", now=NOW)
    waiting.worker.drop([first])
    waiting.may_answer.set()
    await stopping
    assert (len(waiting.told()), waiting.left()) == (AT_ONCE - 1, 2)
    await waiting.another_worker().resume()
    await waiting.until(lambda: waiting.left() == 0)
    assert len(waiting.told()) == AT_ONCE + 1


async def test_a_question_that_fails_is_told_under_the_reference_of_the_log(store: Store, caplog):
    waiting = Waiting(store)
    waiting.fails = ValueError("odd")
    waiting.may_answer.set()
    await waiting.until(lambda: waiting.left() == 0)
    await waiting.worker.stop()
    [record] = [each for each in caplog.records if each.message == "question_failed"]
    [told] = waiting.told()
    assert vars(record)["error_id"] in told
    assert "about k0" not in caplog.text


async def test_a_question_that_cannot_be_answered_is_told_why(store: Store) -> None:
    waiting = Waiting(store)
    waiting.fails = Refused("Ask for one account.")
    waiting.may_answer.set()
    await waiting.until(lambda: waiting.left() == 0)
    await waiting.worker.stop()
    [told] = waiting.told()
    assert "Ask for one account." in told


# OpenAI's library is loaded with a key alone, and PostgreSQL's driver not before such a database is used.

LOADED = """
import sys
import bot.__main__, bot.cli.doctor, handlers, assistant.answer
from bot.questions import model_server
from bot.settings import Settings
server = model_server(Settings(openai_api_key=sys.argv[1], openai_model="small"))
print(server is not None, sorted({"openai", "httpx2", "psycopg"} & sys.modules.keys()))
"""


@pytest.mark.proof
@pytest.mark.parametrize(("key", "printed"), [("", "False []"), ("any", "True ['httpx2', 'openai']")])
def test_the_library_is_loaded_with_a_key_alone(key: str, printed: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOADED, key], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed
