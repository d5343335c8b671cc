"""An ask of an intervention taken with one click."""

from datetime import date

import pytest

from agendas.errors import Outdated, Refused
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.measures import Mark
from agendas.verbs import account_list, corrections, updates
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.measures import program_of_month
from agendas.verbs.updates import AlreadySettled, answer_ask, take_ask
from tests.builders import ANN, BOB, DAN, EVE, HOUR, NOW
from tests.program import Program


def asks(program: Program, short: str = "initrode") -> int:
    """The event of a decision that asks Bob to call their COO, with the action it makes."""
    entered = EnteredDecision(DecisionKind.INTERVENE, "Call their COO", ask_of=BOB, due_on=date(2026, 12, 4))
    recorded = program.did(decide, EVE, NOW, program.accounts[short], entered)
    return next(each.event.id for each in recorded if isinstance(each.event.change, Decided))


def test_whoever_takes_it_has_the_ask_and_its_action_and_a_sign_that_the_page_is_used(program: Program) -> None:
    decision = asks(program)
    taken = program.did(take_ask, DAN, NOW + HOUR, decision)
    assert [ask.ask_of for ask in taken.after.open_asks] == [DAN]
    assert [each.owner for each in taken.after.open_actions] == [DAN]
    marks = program.read(program_of_month, "", now=NOW + HOUR).practice.marks
    assert [(each.kind, each.user_id) for each in marks] == [(Mark.ASK_TAKEN, DAN)]
    with pytest.raises(Refused, match="is yours already"):
        program.did(take_ask, DAN, NOW + HOUR, decision)
    back = program.did(corrections.take_back, DAN, NOW + HOUR, taken.event.id)
    assert [ask.ask_of for ask in back.after.open_asks] == [BOB]


def test_an_ask_that_nobody_was_asked_by_name_is_taken(program: Program) -> None:
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", due_on=date(2026, 12, 4))
    recorded = program.did(updates.decide, EVE, NOW, program.accounts["initrode"], decided)
    taken = program.did(take_ask, ANN, NOW, recorded.event.id)
    assert [ask.ask_of for ask in taken.after.open_asks] == [ANN]


def test_what_is_answered_already_unknown_or_off_the_list_is_refused(program: Program) -> None:
    decision, other = asks(program), asks(program, "umber")
    program.did(answer_ask, BOB, NOW, decision, answer="They call back")
    with pytest.raises(AlreadySettled):
        program.did(take_ask, DAN, NOW + HOUR, decision)
    with pytest.raises(Outdated, match="not in the history"):
        program.did(take_ask, DAN, NOW, 99_999)
    program.did(account_list.remove, EVE, NOW, program.accounts["umber"], because="They were acquired")
    with pytest.raises(Refused, match="removed from the list"):
        program.did(take_ask, DAN, NOW + HOUR, other)
