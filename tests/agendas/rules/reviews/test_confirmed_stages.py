"""Stages confirmed from deals: what they do to the account's stage, and what of them counts as movement."""

from agendas.facts.account import Movement, Source, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import Corrected, Moved
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceAdded
from agendas.facts.reviews import MovementReason
from agendas.rules.fold import fold
from agendas.rules.movement import movement
from tests.agendas.rules.history.deal_history import said
from tests.agendas.rules.history.histories import History, day, named, nominated, shown

# The last held review was on day 70, now is day 77.
DEAL = "salesforce:1"


def confirm(history: History, stage: str, on_day: float, *, recorded_on: float = 76, is_known: bool = True) -> int:
    """Confirm the stage that a deal implied on that day; without a known day it is the day of the confirmation."""
    row = Evidence("Sample plant: Closed Won", day(on_day), kind="crm", actor=EvidenceActor.BUYER, step=stage)
    step = Moved("Closed won", stage, since_known=is_known, from_deal=DEAL)
    return history.add(step, on_day, row, recorded_on=recorded_on, source=Source.BUTTON)


def test_a_confirmed_step_of_a_day_up_to_the_review_is_reclassified_and_no_advance() -> None:
    for on_day in (-30, 40, 70):
        history = named(stage="aware", since=50)
        confirm(history, "customer", on_day)
        assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, frozenset({"reclassified"}))
        state = history.facts().account
        assert (state.stage, state.stage_since) == (Stage.CUSTOMER, day(on_day))


def test_a_confirmed_step_after_the_review_counts_as_an_advance_by_the_row_of_the_won_deal() -> None:
    history = named(stage="aware")
    confirm(history, "customer", 72)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, frozenset({"skipped_stage"}))


def test_a_step_whose_day_the_crm_does_not_tell_never_counts_as_an_advance() -> None:
    history = named(stage="aware")
    confirm(history, "customer", 76, is_known=False)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, frozenset({"reclassified"}))
    assert not history.facts().account.stage_since_known


def test_what_moved_after_a_reclassified_stage_counts_from_there() -> None:
    history = named(stage="aware")
    confirm(history, "opportunity", 60, recorded_on=72)
    history.move("customer", 74, shown(74))
    answer = movement(history.facts())
    assert (answer.movement, answer.from_stage, answer.to_stage) == (
        Movement.ADVANCED,
        Stage.OPPORTUNITY,
        Stage.CUSTOMER,
    )
    history.move("engaged", 75, shown(75))
    assert movement(history.facts()).movement is Movement.REGRESSED


def test_a_confirmation_taken_back_gives_the_stage_of_before_again() -> None:
    history = named(stage="target", since=30)
    history.move("engaged", 60, shown(60))
    number = confirm(history, "customer", 40)
    history.add(Corrected(number), 77)
    state = fold(history.events)
    assert state is not None
    assert (state.stage, state.stage_since) == (Stage.ENGAGED, day(60))
    assert said(history)[0] is Movement.UNCHANGED


def test_a_won_deal_ends_the_silence_on_its_closing_day_before_anybody_confirms_a_stage() -> None:
    history = nominated()
    history.deal(Phase.WON, 40, recorded_on=72)
    state = history.facts().account
    assert (state.stage, state.last_buyer_touch_at) == (Stage.TARGET, day(40))
    history = nominated()
    history.deal(Phase.EARLY, 40, recorded_on=72)
    assert history.facts().account.last_buyer_touch_at is None


def open_deal(history: History, on_day: float, *, recorded_on: float, is_reclassified: bool) -> None:
    """Confirm the stage that an open deal implied: our own record of it."""
    row = Evidence("Sample plant: Talks", day(on_day), kind="crm", actor=EvidenceActor.US, step="opportunity")
    step = Moved("Open deal", "opportunity", from_deal=DEAL, is_reclassified=is_reclassified)
    history.add(step, on_day, row, recorded_on=recorded_on, source=Source.BUTTON)


def test_an_open_deal_is_claimed_until_something_that_the_buyer_did_is_named() -> None:
    history = named(stage="mqa")
    open_deal(history, 72, recorded_on=76, is_reclassified=False)
    assert said(history)[:2] == (Movement.ADVANCED_UNVERIFIED, MovementReason.NO_EVIDENCE)
    assert history.facts().account.claimed_from is Stage.MQA
    asked = Evidence("They asked for an offer", day(75), actor=EvidenceActor.BUYER, step="opportunity")
    history.add(EvidenceAdded("opportunity"), 76.5, asked)
    assert movement(history.facts()).movement is Movement.ADVANCED
