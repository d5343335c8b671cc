"""Updates as typed: recorded, or asked about where several open actions or blockers may be meant."""

from datetime import date
from typing import Any

import pytest

from agendas.errors import Outdated, Refused
from agendas.rules.update_words import ActionWords, Change, SettledWords
from agendas.verbs import updates
from agendas.verbs.updates import due_by_default
from tests.agendas.verbs.asking import state
from tests.builders import ANN, BOB, CHANNEL, NOW
from tests.program import Program

TODAY = NOW.date()
LATER = date(2026, 12, 20)


def settled(change: Change, action_id: int | None = None, due_on: date | None = None) -> SettledWords:
    return SettledWords(change, action_id, due_on, "told", (), change.value, "told")


def test_a_next_action_typed_without_a_date_is_due_at_the_next_review_else_in_a_week(program: Program) -> None:
    assert program.read(due_by_default, CHANNEL, today=TODAY) == date(2026, 11, 30)
    assert program.read(due_by_default, "C0OTHER01", today=TODAY) == date(2026, 12, 1)
    words = ActionWords("Call them", None, None, ())
    done = program.did(updates.next_action, ANN, NOW, program.accounts["acme"], words, channel_id=CHANNEL, today=TODAY)
    assert done.after.open_actions[-1].due_on == date(2026, 11, 30)


def test_an_action_closed_meanwhile_and_a_date_that_is_not_later_are_refused(program: Program) -> None:
    acme = program.accounts["acme"]
    [action] = state(program, "acme").open_actions
    with pytest.raises(Refused, match="give a later date"):
        program.did(updates.settled, ANN, NOW, acme, settled(Change.SLIPPED, action.id, action.due_on))
    program.did(updates.settled, ANN, NOW, acme, settled(Change.DONE, action.id))
    with pytest.raises(Outdated, match="You marked it as done at"):
        program.did(updates.settled, ANN, NOW, acme, settled(Change.DONE, action.id))


def test_an_own_action_is_named_by_its_text_or_how_that_begins_and_somebody_elses_is_asked_about(
    program: Program,
) -> None:
    umber = program.accounts["umber"]

    def adds(author: Any, text: str) -> int:
        return program.did(updates.add_action, author, NOW, umber, text=text, due_on=LATER).event.id

    def called(text: str) -> SettledWords:
        return SettledWords(Change.DONE, None, None, text, (), f"done {text}", text)

    by_start, by_text, theirs = adds(ANN, "Send the third round to them"), adds(ANN, "Call"), adds(BOB, "Ask their CFO")
    recorded = program.did(updates.settled, ANN, NOW, umber, called("send the third round"))
    assert recorded.event.change.text == "", "words that only name it say nothing more of it"
    program.did(updates.settled, ANN, NOW, umber, called("call."))
    open_now = {each.id for each in state(program, "umber").open_actions}
    assert open_now.isdisjoint((by_start, by_text))
    for unclear in ("Ask their CFO", "Send", ""):
        with pytest.raises(updates.WhichAction):
            program.did(updates.settled, ANN, NOW, umber, called(unclear))
    assert theirs in {each.id for each in state(program, "umber").open_actions}
