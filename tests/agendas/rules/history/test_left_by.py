"""Effects of corrected decisions that stay."""

from dataclasses import replace
from datetime import date

from agendas.facts.account import ActionStatus, ListStatus, NextAction
from agendas.facts.events import Change, Decided, DecisionKind, Moved
from agendas.rules.history import Left, left_by
from tests.agendas.pages.reviews.sections.examples import ACCOUNT
from tests.agendas.rules.history.histories import day
from tests.cases import cases

DUE = date(2026, 12, 9)
ASKED = NextAction(90, "Call the COO", "U0EVE1", DUE, day(1))
STAYED = replace(ACCOUNT, list_status=ListStatus.NAMED, tier=3, actions=(ASKED,))
INTERVENE = Decided(DecisionKind.INTERVENE, "Call the COO", "U0EVE1", DUE)


@cases(
    ("change", "left"),
    [
        (Decided(DecisionKind.CHANGE_TIER, "x", from_tier=2, to_tier=3), (Left.TIER,)),
        (Decided(DecisionKind.CHANGE_TIER, "x", from_tier=3, to_tier=2), ()),
        (Decided(DecisionKind.CHANGE_TIER, "x"), ()),
        (Decided(DecisionKind.CHANGE_TIER, "x", to_tier=1, leaver="Globex"), (Left.LEAVER,)),
        (Decided(DecisionKind.PAUSE, "x"), ()),
        (Decided(DecisionKind.KEEP, "x"), ()),
        (INTERVENE, (Left.ACTION,)),
        (replace(INTERVENE, ask_of="U0BOB1"), ()),
        (Moved("x", "engaged"), ()),
    ],
)
def test_what_stays_is_what_the_decision_wanted_and_still_stands(change: Change, left: tuple[Left, ...]) -> None:
    assert left_by(change, STAYED) == left


def test_a_pause_and_a_removal_stay_while_the_account_is_so() -> None:
    paused, removed = (replace(STAYED, list_status=each) for each in (ListStatus.PAUSED, ListStatus.REMOVED))
    assert left_by(Decided(DecisionKind.PAUSE, "x"), paused) == (Left.PAUSED,)
    assert left_by(Decided(DecisionKind.REMOVE, "x"), removed) == (Left.REMOVED,)


def test_an_action_that_is_done_stays_in_the_history_and_is_not_named() -> None:
    done = replace(STAYED, actions=(replace(ASKED, status=ActionStatus.DONE),))
    assert left_by(INTERVENE, done) == ()
