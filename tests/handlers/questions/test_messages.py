"""Messages that are no question, and questions taken back: what is answered, and what meets silence."""

import json
from dataclasses import replace
from typing import Any

from sqlmodel import Session, select

from storage.models.delivery import Letter, LetterState
from tests.cases import cases
from tests.handlers.acts import Acts
from tests.handlers.local_bot import LocalBot, local_bot
from tests.program import Program


def letters(program: Program) -> list[Letter]:
    """Every answer to a message, the oldest first."""

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


async def test_a_file_without_a_word_is_told_what_is_read_and_one_with_a_question_is_answered(
    program: Program, acts: Acts
) -> None:
    sent = {"subtype": "file_share", "files": [{"id": "F0VOICE1", "mimetype": "audio/mp4"}]}
    async with local_bot(program.store) as at:
        await at.takes(message(at, acts, **sent, text=""))
        assert "no files and no voice messages" in said(letters(program)[-1])
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
        other = message(at, acts)
        await at.takes(other)
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
