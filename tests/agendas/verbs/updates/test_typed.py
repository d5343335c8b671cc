"""Updates as typed: recorded, or asked about where several open actions or blockers may be meant."""

from datetime import date
from typing import Any

import pytest

from agendas.errors import Outdated, Refused
from agendas.facts.account import AccountState
from agendas.rules.commands.blockers import BlockerWords, ResolvedWords
from agendas.rules.commands.movement import MoveWords
from agendas.rules.commands.next_actions import ActionWords, Change, SettledWords
from agendas.verbs.reads import accounts
from agendas.verbs.updates import typed, updates
from agendas.verbs.updates.due_date import due_by_default
from storage.database.engine import Store
from tests.builders import ANN, BOB, CHANNEL, NOW, ZONE
from tests.program import Program, stored_program

TODAY = NOW.date()
LATER = date(2026, 12, 20)


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def state(program: Program, name: str) -> AccountState:
    return program.read(accounts.account_card, program.accounts[name], now=NOW, zone=ZONE).facts.account


def settled(change: Change, action_id: int | None = None, due_on: date | None = None) -> SettledWords:
    return SettledWords(change, action_id, due_on, "told", (), change.value, "told")


def test_a_next_action_typed_without_a_date_is_due_at_the_next_review_else_in_a_week(program: Program) -> None:
    assert program.read(due_by_default, CHANNEL, today=TODAY) == date(2026, 11, 30)
    assert program.read(due_by_default, "C0OTHER01", today=TODAY) == date(2026, 12, 1)
    words = ActionWords("Call them", None, None, ())
    done = program.did(typed.next_action, ANN, NOW, program.accounts["acme"], words, channel_id=CHANNEL, today=TODAY)
    assert done.after.open_actions[-1].due_on == date(2026, 11, 30)


def test_words_record_movement_that_nothing_moved_a_blocker_and_its_end(program: Program) -> None:
    acme = program.accounts["acme"]

    def recorded(verb: Any, words: Any) -> str:
        return type(program.did(verb, ANN, NOW, acme, words).event.change).__name__

    assert recorded(typed.move, MoveWords(None, False, "They called", ())) == "Moved"
    assert recorded(typed.move, MoveWords(None, True, "", ())) == "NothingMoved"
    assert recorded(typed.resolved, ResolvedWords(None, "", "resolve", "")) == "BlockerChanged"
    assert recorded(typed.blocker, BlockerWords("No budget", None, None, ())) == "BlockerOpened"


def test_the_one_open_blocker_is_resolved_or_asked_about(program: Program) -> None:
    globex, umber = program.accounts["globex"], program.accounts["umber"]
    words = ResolvedWords(None, "signed", "resolve signed", "signed")
    with pytest.raises(typed.WhichBlocker, match="Umber Foods has no open blocker") as none:
        program.did(typed.resolved, ANN, NOW, umber, words)
    assert none.value.blockers == ()
    second = program.did(updates.open_blocker, ANN, NOW, globex, text="A second one").event.id
    with pytest.raises(typed.WhichBlocker, match="Globex has 2 open blockers") as several:
        program.did(typed.resolved, ANN, NOW, globex, words)
    assert len(several.value.blockers) == 2
    program.did(typed.resolved, ANN, NOW, globex, ResolvedWords(second, "signed", "", ""))
    program.did(typed.resolved, ANN, NOW, globex, words)
    assert state(program, "globex").open_blockers == ()


@pytest.mark.parametrize(
    ("change", "asked"),
    [(Change.DONE, "Which one is done?"), (Change.SLIPPED, "Which one slipped?"), (Change.DROPPED, "is dropped?")],
)
def test_of_several_open_actions_the_one_that_is_meant_is_asked_for_mine_first(
    program: Program, change: Change, asked: str
) -> None:
    umber = program.accounts["umber"]
    for action in state(program, "umber").open_actions:
        program.did(updates.close_action, ANN, NOW, umber, action.id, done=True)
    with pytest.raises(typed.WhichAction, match="no open next action"):
        program.did(typed.settled, ANN, NOW, umber, settled(change))
    theirs = program.did(updates.add_action, BOB, NOW, umber, text="Call", due_on=date(2026, 12, 1)).event.id
    with pytest.raises(typed.WhichAction, match="is somebody else's"):
        program.did(typed.settled, ANN, NOW, umber, settled(change))
    mine = program.did(updates.add_action, ANN, NOW, umber, text="Write", due_on=date(2026, 12, 4)).event.id
    with pytest.raises(typed.WhichAction, match=asked.replace("?", r"\?")) as several:
        program.did(typed.settled, ANN, NOW, umber, settled(change))
    assert [action.id for action in several.value.actions] == [mine, theirs]
    program.did(typed.settled, ANN, NOW, umber, settled(Change.DONE, theirs))
    due_on = LATER if change is Change.SLIPPED else None
    recorded = program.did(typed.settled, ANN, NOW, umber, settled(change, due_on=due_on))
    assert recorded.event.change.what == change
    assert [action.due_on for action in recorded.after.open_actions] == ([LATER] if due_on else [])


def test_an_action_closed_meanwhile_and_a_date_that_is_not_later_are_refused(program: Program) -> None:
    acme = program.accounts["acme"]
    [action] = state(program, "acme").open_actions
    with pytest.raises(Refused, match="give a later date"):
        program.did(typed.settled, ANN, NOW, acme, settled(Change.SLIPPED, action.id, action.due_on))
    program.did(typed.settled, ANN, NOW, acme, settled(Change.DONE, action.id))
    with pytest.raises(Outdated, match="You marked it as done at"):
        program.did(typed.settled, ANN, NOW, acme, settled(Change.DONE, action.id))


def test_an_own_action_is_named_by_its_text_or_how_that_begins_and_somebody_elses_is_asked_about(
    program: Program,
) -> None:
    umber = program.accounts["umber"]

    def adds(author: Any, text: str) -> int:
        return program.did(updates.add_action, author, NOW, umber, text=text, due_on=LATER).event.id

    def called(text: str) -> SettledWords:
        return SettledWords(Change.DONE, None, None, text, (), f"done {text}", text)

    by_start, by_text, theirs = adds(ANN, "Send the third round to them"), adds(ANN, "Call"), adds(BOB, "Ask their CFO")
    recorded = program.did(typed.settled, ANN, NOW, umber, called("send the third round"))
    assert recorded.event.change.text == "", "words that only name it say nothing more of it"
    program.did(typed.settled, ANN, NOW, umber, called("call."))
    open_now = {each.id for each in state(program, "umber").open_actions}
    assert open_now.isdisjoint((by_start, by_text))
    for unclear in ("Ask their CFO", "Send", ""):
        with pytest.raises(typed.WhichAction):
            program.did(typed.settled, ANN, NOW, umber, called(unclear))
    assert theirs in {each.id for each in state(program, "umber").open_actions}
