from dataclasses import replace

from agendas.facts.account import Stage
from agendas.facts.deals import Phase
from agendas.facts.events import Moved
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.rules.entries import as_judged, repeated_by_history, uncorrected
from tests.agendas.rules.histories import History, day, nominated, shown
from tests.cases import cases


def standing_ids(history: History) -> list[int]:
    return [event.id for event in uncorrected(history.events)]


def test_a_corrected_event_does_not_count() -> None:
    history = nominated()
    history.correct(history.move("aware", 1), 2)
    assert standing_ids(history) == [1, 3]


def test_a_corrected_correction_brings_the_event_back() -> None:
    history = nominated()
    wrong = history.move("aware", 1)
    again = history.correct(history.correct(wrong, 2), 3)
    assert standing_ids(history) == [1, wrong, again]


def test_a_correction_of_itself_or_of_a_later_event_takes_nothing_out() -> None:
    history = nominated()
    history.correct(2, 1)
    history.correct(4, 2)
    history.move("aware", 3)
    assert standing_ids(history) == [1, 2, 3, 4]


def test_events_come_in_the_order_in_which_they_happened_and_then_by_id() -> None:
    history = nominated()
    history.move("aware", 5)
    history.move("engaged", 3)
    history.move("mqa", 5)
    assert standing_ids(history) == [1, 3, 2, 4]


# Evidence that counts: the buyer's act of the step at hand, whatever was told of it first.


def acted(actor: EvidenceActor, on_day: float, step: str = "") -> Evidence:
    return replace(shown(on_day), actor=actor, step=step)


@cases("actor", (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY))
def test_the_buyers_act_and_a_third_partys_proof_show_the_step_and_end_silence(actor: EvidenceActor) -> None:
    history = nominated()
    history.move("aware", 3, acted(actor, 2, "aware"))
    state = history.state
    assert (state.stage_has_evidence, state.claimed_from, state.last_buyer_touch_at) == (True, None, day(2))


@cases("actor", (EvidenceActor.US, EvidenceActor.IN_DOUBT))
def test_our_own_activity_and_doubt_show_nothing_and_end_no_silence(actor: EvidenceActor) -> None:
    history = nominated()
    history.move("aware", 3, acted(actor, 2, "aware"))
    state = history.state
    assert (state.stage_has_evidence, state.last_buyer_touch_at) == (False, None)
    assert (state.claimed_from, state.stage) == (Stage.TARGET, Stage.AWARE)


def test_evidence_added_to_a_claim_shows_the_whole_way_that_was_claimed() -> None:
    history = nominated()
    history.move("aware", 3)
    history.move("engaged", 5)
    assert history.state.claimed_from is Stage.TARGET
    history.add(EvidenceAdded("engaged"), 8, acted(EvidenceActor.BUYER, 7, "engaged"))
    state = history.state
    assert (state.stage_has_evidence, state.claimed_from, state.last_buyer_touch_at) == (True, None, day(7))
    assert state.last_update_at == day(8)


def test_evidence_of_a_stage_left_behind_shows_nothing_of_the_next() -> None:
    history = nominated()
    history.move("engaged", 3)
    history.move("mqa", 5)
    history.add(EvidenceAdded("engaged"), 8, acted(EvidenceActor.BUYER, 7, "engaged"))
    assert not history.state.stage_has_evidence


def test_a_step_back_to_what_is_shown_claims_nothing_any_more() -> None:
    history = nominated()
    history.move("aware", 3, acted(EvidenceActor.BUYER, 3, "aware"))
    history.move("mqa", 5)
    history.move("engaged", 6)
    assert history.state.claimed_from is Stage.AWARE
    history.move("aware", 7)
    assert history.state.claimed_from is None


def test_a_judgment_counts_from_the_event_it_is_about_and_the_last_one_stands() -> None:
    history = nominated()
    step = history.move("aware", 3, acted(EvidenceActor.IN_DOUBT, 2, "aware"))
    first = history.add(EvidenceJudged(step, EvidenceActor.BUYER, BuyerAct.MAIL), 4)
    state = history.state
    assert (state.stage_has_evidence, state.last_buyer_touch_at) == (True, day(2))
    second = history.add(EvidenceJudged(step, EvidenceActor.US), 5)
    assert not history.state.stage_has_evidence
    history.correct(second, 6)
    assert history.state.stage_has_evidence
    history.correct(first, 7)
    assert not history.state.stage_has_evidence


def test_a_guess_of_an_import_is_no_claim() -> None:
    history = nominated()
    history.find("mqa", 3)
    assert history.state.claimed_from is None
    history.add(Moved(to_stage="opportunity"), 5)
    assert history.state.claimed_from is Stage.MQA


def test_a_judgment_that_it_was_theirs_leaves_our_own_act_beside_theirs_and_turns_ours_alone() -> None:
    history = nominated()
    history.move("aware", 3)
    mixed = history.move(None, 5, acted(EvidenceActor.IN_DOUBT, 4), acted(EvidenceActor.US, 4))
    ours = history.move(None, 6, acted(EvidenceActor.US, 5))
    judgments = [EvidenceJudged(each, EvidenceActor.BUYER, step="aware") for each in (mixed, ours)]
    for each in judgments:
        history.add(each, 8)
    found = {event.id: [(piece.actor, piece.step) for piece in event.evidence] for event in as_judged(history.events)}
    assert found[mixed] == [(EvidenceActor.BUYER, "aware"), (EvidenceActor.US, "")]
    assert found[ours] == [(EvidenceActor.BUYER, "aware")]


# Rows of deals that say nothing but a row of their history does, which are shown once.

AMOUNT = {"amount_cents": 100, "currency": "EUR"}


def test_a_row_with_the_stage_and_instant_of_a_row_of_history_is_told_by_it() -> None:
    history = History()
    row = history.deal(Phase.EARLY, 5, amount_cents=200, currency="EUR")
    step = history.deal(Phase.EARLY, 5, recorded_on=9, is_history=True, **AMOUNT)
    assert repeated_by_history(history.events) == {row}
    history.correct(step, 10)
    assert repeated_by_history(uncorrected(history.events)) == set()


def test_a_row_after_the_step_is_told_only_if_it_says_no_more_than_history() -> None:
    history = History()
    history.deal(Phase.EARLY, 5, is_history=True, **AMOUNT)
    found = history.deal(Phase.EARLY, 9, since_known=False, **AMOUNT)
    history.deal(Phase.EARLY, 9, amount_cents=300, currency="EUR")
    history.deal(Phase.LATE, 9, **AMOUNT)
    history.deal(Phase.EARLY, 9, key="x:2", **AMOUNT)
    assert repeated_by_history(history.events) == {found}


def test_a_deal_that_was_won_by_its_close_date_is_told_by_the_step_after_it() -> None:
    history = History()
    history.deal(Phase.LATE, 5, is_history=True, **AMOUNT)
    won = history.deal(Phase.WON, 9, **AMOUNT)
    history.deal(Phase.WON, 10, is_history=True, **AMOUNT)
    history.deal(Phase.LOST, 3, is_history=True, key="x:2", **AMOUNT)
    history.deal(Phase.LATE, 6, is_history=True, key="x:2", **AMOUNT)
    history.deal(Phase.WON, 8, is_history=True, key="x:2", **AMOUNT)
    before_all = history.deal(Phase.WON, 2, key="x:2", **AMOUNT)
    early = history.deal(Phase.EARLY, 1, **AMOUNT)
    history.deal(Phase.EARLY, 2, is_history=True, **AMOUNT)
    assert repeated_by_history(history.events) == {won, before_all}
    assert early not in repeated_by_history(history.events)
