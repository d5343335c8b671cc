"""The triggers of an intervention and the place on the agenda are the same by two computations."""

from hypothesis import given

from agendas.rules.reviews import place, reasons
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.facts import facts_of
from tests.naive.rules.triggers import bucket, triggers
from tests.naive.test_movement import period_of
from tests.naive.undefined import OF_EXPANSION

NAMES = {
    "H1": ("stalled_twice", "far_over_aged", "far_over_quiet"),
    "H2": ("regressed", "only_deal_lost", "deal_back"),
    "H3": ("blocker_needs_executive", "blocker_old"),
    "H4": ("economic_buyer_left", "champion_left"),
    "H5": ("closes_soon",),
    "H6": ("asked_for", "ask_overdue"),
    "S1": ("no_next_action", "action_overdue"),
    "S2": ("single_threaded",),
    "S3": ("no_economic_buyer",),
    "S4": ("close_date_past", "close_date_pushed"),
    "S5": ("engagement_fell",),
    "S6": ("economic_buyer_against", "champion_against"),
    "S7": ("not_reviewed",),
    "S8": ("no_evidence",),
}
TRIGGERS = {code: name for name, codes in NAMES.items() for code in codes}


def is_named(case: Case) -> bool:
    state = period_of(case).state
    return state is not None and state.status == "named"


def naive(case: Case) -> object:
    if not is_named(case):
        return None
    found = triggers(period_of(case))
    return {"bucket": bucket(period_of(case)), **{name: name in found for name in NAMES}}


def program(case: Case) -> object:
    if not is_named(case):
        return None
    placement = place(facts_of(case))
    found = {TRIGGERS.get(code.value) for code, _, _ in reasons(facts_of(case), placement.movement, placement.stall)}
    return {"bucket": placement.bucket.value, **{name: name in found for name in NAMES}}


@HISTORIES
@given(seeds)
def test_the_triggers_of_an_intervention_and_the_place_on_the_agenda_are_the_same(seed):
    assert_equal(seed, naive, program, without=OF_EXPANSION)
