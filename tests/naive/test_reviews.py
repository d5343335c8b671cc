"""What a review says of an account is the same by two computations: movement, bucket, stall, buying group."""

from hypothesis import given

from agendas.facts.program import DEFAULTS
from agendas.rules import deals
from agendas.rules.deals import stall
from agendas.rules.fold import fold
from agendas.rules.group import RoleState, buying_group
from agendas.rules.movement import movement
from agendas.rules.reviews import place, reasons
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.facts import before_of, facts_of, stall_before
from tests.naive.rules.coverage import engaged, identified, threads
from tests.naive.rules.expansion import expansions
from tests.naive.rules.limits import local, required_roles
from tests.naive.rules.movement import Period, movement_of
from tests.naive.rules.stall import excused_before, stall_of
from tests.naive.rules.state import state_of
from tests.naive.rules.triggers import bucket, triggers
from tests.naive.undefined import OF_EXPANSION, UNDEFINED, deal_reopened, nomination_taken_back

FLAGS = {"bounced", "skipped_stage", "reclassified", "momentum", "opportunity_lost"}


def period_of(case: Case) -> Period:
    before = before_of(case) if case.since else ()
    was_stalled = case.since is not None and stall_before(case).is_stalled
    excused = excused_before(case)
    return Period(case.known, before, case.since, case.now, case.zone, excused, case.left_out, was_stalled)


def naive_movement(case: Case) -> object:
    period = period_of(case)
    if period.state is None:
        return None
    answer = movement_of(period)
    return {"movement": answer.movement, **{flag: flag in answer.flags for flag in FLAGS}}


def program_movement(case: Case) -> object:
    facts = facts_of(case)
    if facts is None:
        return None
    answer = movement(facts)
    return {"movement": answer.movement.value, **{flag: flag in answer.flags for flag in FLAGS}}


@HISTORIES
@given(seeds)
def test_movement_and_its_flags_are_the_same(seed):
    assert_equal(seed, naive_movement, program_movement, without=UNDEFINED)


def naive_expansion(case: Case) -> object:
    period = period_of(case)
    return expansions(period) if period.state else {}


def program_expansion(case: Case) -> object:
    facts = facts_of(case)
    if facts is None:
        return {}
    return {(each.kind, each.currency): each.delta_cents for each in movement(facts).expansions}


@HISTORIES
@given(seeds)
def test_what_was_booked_and_how_the_pipeline_grew_is_the_same(seed):
    assert_equal(seed, naive_expansion, program_expansion, without=OF_EXPANSION)


NAMES = {
    "H1": ("stalled_twice", "far_over_aged", "far_over_quiet"),
    "H2": ("regressed", "only_deal_lost", "deal_back"),
    "H3": ("blocker_needs_executive", "blocker_old"),
    "H4": ("economic_buyer_left", "champion_left"),
    "H5": ("closes_soon",),
    "H6": ("ask_overdue",),
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


def naive_intervention(case: Case) -> object:
    if not is_named(case):
        return None
    found = triggers(period_of(case))
    return {"bucket": bucket(period_of(case)), **{name: name in found for name in NAMES}}


def program_intervention(case: Case) -> object:
    if not is_named(case):
        return None
    placement = place(facts_of(case))
    found = {TRIGGERS.get(code.value) for code, _, _ in reasons(facts_of(case), placement.movement, placement.stall)}
    return {"bucket": placement.bucket.value, **{name: name in found for name in NAMES}}


@HISTORIES
@given(seeds)
def test_the_triggers_of_an_intervention_and_the_place_on_the_agenda_are_the_same(seed):
    assert_equal(seed, naive_intervention, program_intervention, without=OF_EXPANSION)


def naive_stall(case: Case) -> object:
    return {"causes": stall_of(case.known, case.now, case.zone, excused_before(case)).causes}


def program_stall(case: Case) -> object:
    state = fold(case.known)
    if state is None:
        return {"causes": {}}
    answer = stall(state, now=case.now, zone=case.zone, excused_before=excused_before(case))
    return {"causes": {cause.kind.value: (cause.days, cause.limit_days) for cause in answer.causes}}


@HISTORIES
@given(seeds)
def test_an_account_is_stalled_by_the_same_causes_and_days(seed):
    assert_equal(seed, naive_stall, program_stall, without=(deal_reopened,))


def counted(case: Case) -> int:
    """The reviews that count against a date, held one after the other as the program holds them."""
    count = 0
    for number, now in enumerate((*case.reviews, case.now)):
        state = fold(case.at(now).known)
        if now > case.now or state is None:
            continue
        before = deals.excused_before(count, state, case.reviews[number - 1]) if number else 0
        if now == case.now:
            return before
        count = deals.excused_reviews(stall(state, now=now, zone=case.zone, excused_before=before), before)
    return 0


@HISTORIES
@given(seeds)
def test_the_same_reviews_count_against_a_date(seed):
    assert_equal(seed, excused_before, counted, without=(deal_reopened, nomination_taken_back))


def naive_coverage(case: Case) -> object:
    state = state_of(case.known)
    if state is None:
        return None
    today = local(case.now, case.zone)
    return {
        "required": required_roles(state),
        "identified": identified(state),
        "engaged": engaged(state, today),
        "threads": threads(state, today),
    }


def program_coverage(case: Case) -> object:
    state = fold(case.known)
    if state is None:
        return None
    group = buying_group(state, DEFAULTS, today=local(case.now, case.zone))
    with_people = {line.role.value for line in group.lines if line.state in (RoleState.ENGAGED, RoleState.QUIET)}
    return {
        "required": {line.role.value for line in group.lines},
        "identified": with_people,
        "engaged": {line.role.value for line in group.lines if line.state is RoleState.ENGAGED},
        "threads": {person.id for person in group.active},
    }


@HISTORIES
@given(seeds)
def test_the_buying_group_is_covered_alike(seed):
    assert_equal(seed, naive_coverage, program_coverage)
