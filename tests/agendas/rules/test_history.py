from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts import events as event_facts
from agendas.facts.account import ActionStatus, EventFacts, ListStatus, Movement, NextAction, Source, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import ActionAdded, BlockerOpened, Change, Corrected, Decided, DecisionKind, Moved, Noted
from agendas.facts.evidence import THEIR_WORDS, BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.facts.plays import PlayEnd, PlayEnded, PlayStarted
from agendas.facts.reviews import MovementReason
from agendas.rules import history as history_rules
from agendas.rules.entries import built_on, directly_corrected, uncorrected
from agendas.rules.fold import fold, fold_by_steps
from agendas.rules.history import (
    LastingEffect,
    Weight,
    evidence_words,
    is_closed,
    lasting_effects,
    says_the_same,
    undecided_entries,
    weight_of,
)
from agendas.rules.movement import movement
from agendas.rules.reviews import place
from tests.agendas.pages.examples import ACCOUNT
from tests.agendas.pages.test_updates import TODAY, recorded_now
from tests.agendas.rules.histories import NOW_DAY, REVIEW_DAY, History, day, named, shown
from tests.builders import ANN, NOW, account, ago, event, profile
from tests.cases import cases

# Reviews looked at later, as if entries that were corrected since had never been made.

STAGES = st.sampled_from([stage.value for stage in Stage])


def ids(events: tuple[EventFacts, ...]) -> list[int]:
    return [event.id for event in events]


def after(history: History, event_id: int) -> list[int]:
    return ids(built_on(history.events[event_id - 1], uncorrected(history.events)))


def test_the_state_at_a_review_is_without_what_was_corrected_after_it() -> None:
    history = named(stage="aware")
    wrong = history.move("customer", 68, shown(68))
    assert history.state_at(REVIEW_DAY).stage is Stage.CUSTOMER
    correction = history.correct(wrong, 72)
    state = history_rules.state_in_hindsight(history.events, day(REVIEW_DAY))
    assert state is not None
    assert (state.stage, state.stage_since) == (Stage.AWARE, day(65))
    [found] = history_rules.corrected_since(history.events, day(REVIEW_DAY))
    assert (found.entry.id, found.correction.id) == (wrong, correction)


def test_what_was_corrected_before_the_review_or_recorded_after_it_is_not_told() -> None:
    history = named(stage="aware")
    history.correct(history.move("customer", 66, shown(66)), 68)
    history.correct(history.move("customer", 71, shown(71)), 72)
    assert history_rules.corrected_since(history.events, day(REVIEW_DAY)) == ()


def test_what_an_account_did_since_counts_from_what_was_so() -> None:
    history = named(stage="aware")
    history.correct(history.move("customer", 68, shown(68)), 72)
    history.move("engaged", 74, shown(74))
    answer = movement(history.facts())
    assert (answer.movement, answer.from_stage) == (Movement.ADVANCED, Stage.AWARE)
    assert "corrected" in answer.flags


def test_what_happened_to_a_blocker_an_action_and_a_play_is_built_on_their_beginning() -> None:
    history = named()
    blocker, action = history.block(66), history.promise(66)
    resolved = history.add(event_facts.BlockerChanged(blocker, "resolved"), 67)
    play = history.add(PlayStarted("pilot", "Pilot", "They try it", day(90).date(), 1), 67)
    step = history.add(ActionAdded("Invite them", "U1", day(70).date(), play_id=play), 67)
    done = history.add(event_facts.ActionChanged(step, "done"), 68)
    ended = history.add(PlayEnded(play, PlayEnd.OUTCOME, "They came"), 69)
    assert after(history, blocker) == [resolved]
    assert after(history, action) == []
    assert after(history, play) == [step, done, ended]
    gone = [event for event in history.events if event.id in (play, step, done, ended, resolved)]
    assert ids(directly_corrected(gone)) == [resolved, play]


def test_a_step_confirmed_from_a_deal_goes_with_the_last_entry_of_that_deal_which_implies_it() -> None:
    history = named(stage="aware", since=50)
    early = history.deal(Phase.EARLY, 60)
    opportunity = history.add(Moved("Open deal", "opportunity", from_deal="x:1"), 60)
    assert after(history, early) == [opportunity]
    late, other = history.deal(Phase.LATE, 62), history.deal(Phase.WON, 63, key="x:2")
    won = history.deal(Phase.WON, 64)
    customer = history.add(Moved("Closed won", "customer", from_deal="x:1"), 64)
    assert after(history, won) == [customer]
    assert after(history, early) == after(history, late) == after(history, other) == []
    history.correct(late, 65)
    assert after(history, early) == [opportunity]


@given(
    steps=st.lists(st.tuples(STAGES, st.integers(60, 76), st.booleans(), st.integers(0, 3)), max_size=8),
    corrected=st.sets(st.integers(0, 7)),
    late=st.integers(71, 76),
    seed=st.integers(0, 999),
)
def test_a_review_after_corrections_is_that_of_a_history_without_the_entries(steps, corrected, late, seed):
    history = named(stage="aware", since=50)
    made = []
    for stage, on, has_evidence, told_later in sorted(steps, key=lambda each: each[1] + each[3]):
        proof = (shown(on),) if has_evidence else ()
        made.append(history.move(stage, on, *proof, recorded_on=min(on + told_later, NOW_DAY - 1)))
    wrong = [number for place_of, number in enumerate(made) if place_of in corrected]
    Random(seed).shuffle(wrong)
    for number in wrong:
        history.correct(number, max((history.events[number - 1].recorded_at - day(0)).days, late))
    told = place(history.facts())
    never = [event for event in uncorrected(history.events) if not isinstance(event.change, Corrected)]
    without = place(History(sorted(never, key=lambda event: event.id)).facts())
    assert replace(told, movement=plain(told.movement)) == replace(without, movement=plain(without.movement))


def plain(answer):  # type: ignore[no-untyped-def]
    reason = MovementReason.SAME_STAGE if answer.reason is MovementReason.CORRECTED else answer.reason
    return replace(answer, flags=answer.flags - {"corrected"}, reason=reason)


# Effects of corrected decisions that stay.

DUE = date(2026, 12, 9)
ASKED = NextAction(90, "Call the COO", "U0EVE1", DUE, day(1))
STAYED = replace(ACCOUNT, list_status=ListStatus.NAMED, tier=3, actions=(ASKED,))
INTERVENE = Decided(DecisionKind.INTERVENE, "Call the COO", "U0EVE1", DUE)


@cases(
    ("change", "left"),
    [
        (Decided(DecisionKind.CHANGE_TIER, "x", from_tier=2, to_tier=3), (LastingEffect.TIER,)),
        (Decided(DecisionKind.CHANGE_TIER, "x", from_tier=3, to_tier=2), ()),
        (Decided(DecisionKind.CHANGE_TIER, "x"), ()),
        (Decided(DecisionKind.CHANGE_TIER, "x", to_tier=1, leaver="Globex"), (LastingEffect.LEAVER,)),
        (Decided(DecisionKind.PAUSE, "x"), ()),
        (Decided(DecisionKind.KEEP, "x"), ()),
        (INTERVENE, (LastingEffect.ACTION,)),
        (replace(INTERVENE, ask_of="U0BOB1"), ()),
        (Moved("x", "engaged"), ()),
    ],
)
def test_what_stays_is_what_the_decision_wanted_and_still_stands(
    change: Change, left: tuple[LastingEffect, ...]
) -> None:
    assert lasting_effects(change, STAYED) == left


def test_a_pause_and_a_removal_stay_while_the_account_is_so() -> None:
    paused, removed = (replace(STAYED, list_status=each) for each in (ListStatus.PAUSED, ListStatus.REMOVED))
    assert lasting_effects(Decided(DecisionKind.PAUSE, "x"), paused) == (LastingEffect.PAUSED,)
    assert lasting_effects(Decided(DecisionKind.REMOVE, "x"), removed) == (LastingEffect.REMOVED,)


def test_an_action_that_is_done_stays_in_the_history_and_is_not_named() -> None:
    assert lasting_effects(INTERVENE, replace(STAYED, actions=(replace(ASKED, status=ActionStatus.DONE),))) == ()


# Repeats: one thing told again.

SAID = recorded_now(Moved("Legal has the contract"), 1)
LINK = (Evidence("", SAID.happened_at, "https://mail.example/1"),)


@cases(
    ("change", "is_same"),
    [
        (Moved(" legal  has the Contract"), True),
        (Moved("Legal has the contract", to_stage="mqa"), True),
        (EvidenceAdded("mqa", "Legal has the contract"), True),
        (Noted("Legal has the contract"), True),
        (Moved("Legal has the contracts"), False),
        (Moved(), False),
        (BlockerOpened("Legal has the contract"), False),
        (ActionAdded("Legal has the contract", "U0ANN1", TODAY), False),
    ],
)
def test_the_same_words_of_one_kind_are_the_same_thing(change: Change, *, is_same: bool) -> None:
    assert says_the_same(SAID, recorded_now(change, 2)) is is_same


def test_another_link_shows_another_thing_and_without_words_the_stage_tells() -> None:
    assert not says_the_same(SAID, replace(SAID, evidence=LINK))
    assert says_the_same(replace(SAID, evidence=LINK), replace(SAID, evidence=LINK))
    assert says_the_same(recorded_now(Moved(to_stage="mqa"), 1), recorded_now(Moved(to_stage="mqa"), 2))
    assert not says_the_same(recorded_now(Moved(to_stage="mqa"), 1), recorded_now(Moved(to_stage="sql"), 2))
    dated = recorded_now(ActionAdded("Call them", "U0ANN1", TODAY), 1)
    assert says_the_same(dated, replace(dated, change=ActionAdded("Call them", "U0BOB1", TODAY)))


def test_an_action_or_blocker_that_was_closed_is_no_more_the_same_one() -> None:
    action, blocker = ACCOUNT.open_actions[0], ACCOUNT.open_blockers[0]
    for opened in (
        recorded_now(ActionAdded("Call them", "U0ANN1", TODAY), action.id),
        recorded_now(BlockerOpened("x"), blocker.id),
    ):
        assert not is_closed(opened, ACCOUNT)
        assert is_closed(replace(opened, id=99), ACCOUNT)
    assert not is_closed(SAID, ACCOUNT)


def test_that_nothing_moved_is_true_as_often_as_it_is_said() -> None:
    assert not history_rules.would_double(event_facts.NothingMoved("Still quiet"))
    assert history_rules.would_double(SAID.change)


# Entries of which nobody said whose act they are, and their words.
def told(number: int, days: float, stage: str | None = None, *, actor: EvidenceActor) -> EventFacts:
    shown = (Evidence("notes", ago(days), "https://notes.example/1", actor=actor),)
    return event(Moved("Agreement", stage), id=number, recorded_at=ago(days), evidence=shown)


FIRST = event(event_facts.Nominated(profile()), id=1, recorded_at=ago(300))
DOUBT, BUYER = EvidenceActor.IN_DOUBT, EvidenceActor.BUYER


def test_what_is_of_the_current_stage_or_of_the_last_90_days_matters() -> None:
    assert history_rules.matters_since(account(stage_since=None), NOW) == ago(90)
    assert history_rules.matters_since(account(stage_since=ago(150)), NOW) == ago(150)


def test_an_entry_is_undecided_until_somebody_says_whose_act_it_is() -> None:
    doubt, gone = told(2, 5, actor=DOUBT), [told(6, 4, actor=DOUBT), event(Corrected(6), id=7, recorded_at=ago(3))]
    assert [each.id for each in undecided_entries([FIRST, doubt, told(3, 4, actor=BUYER), *gone])] == [2]
    assert undecided_entries([doubt, event(EvidenceJudged(2, BUYER), id=5)]) == ()


def test_the_states_step_by_step_end_in_the_fold() -> None:
    events = [FIRST, told(2, 30, "aware", actor=BUYER), told(3, 20, "engaged", actor=BUYER)]
    assert [state.stage.value for _, state in fold_by_steps(events)] == ["target", "aware", "engaged"]
    assert list(fold_by_steps(events))[-1][1] == fold(events)
    assert list(fold_by_steps([])) == []


def test_the_words_of_an_entry_are_its_text_and_its_notes() -> None:
    notes = (Evidence("They called", NOW, kind="note"), Evidence("label", NOW, "https://notes.example/1"))
    assert evidence_words(event(Moved("Pilot"), evidence=notes)) == "Pilot\nThey called"
    own = Evidence(THEIR_WORDS, NOW, kind="note")
    assert evidence_words(event(Moved("They called"), evidence=(own, replace(own, text="call")))) == "They called"
    assert evidence_words(event(BlockerOpened("No budget"))) == "No budget"


# Entries from which the place of an account may follow decide; of the others the latest are shown.

PIECE = Evidence("Their mail", NOW, actor=EvidenceActor.BUYER, act=BuyerAct.MAIL)


def _entry(change: Change, *evidence: Evidence, source: Source = Source.COMMAND) -> EventFacts:
    return EventFacts(1, 1, change, NOW, NOW, ANN, source, evidence)


@cases(
    "change",
    [
        Moved("Pilot agreed", Stage.MQA.value),
        Moved("60 seats more", expansion=event_facts.ExpansionKind.DEPTH),
        event_facts.BlockerChanged(1, "resolved"),
        Corrected(1),
        EvidenceJudged(1, EvidenceActor.BUYER),
    ],
    ids=lambda change: change.kind,
)
def test_what_may_move_an_account_decides_whoever_recorded_it(change: Change) -> None:
    assert {weight_of(_entry(change, source=source)) for source in Source} == {Weight.DECIDES}


@cases(
    "change",
    [
        Moved("They read it"),
        event_facts.NothingMoved(),
        Noted("9 clicks"),
        BlockerOpened("Legal"),
        event_facts.BlockerChanged(1, "updated"),
        ActionAdded("Call", ANN, NOW.date()),
    ],
    ids=lambda change: change.kind,
)
def test_news_and_items_are_told_and_beside_where_nobody_typed_them(change: Change) -> None:
    assert weight_of(_entry(change, PIECE)) is Weight.REPORTED
    assert weight_of(_entry(change, PIECE, source=Source.IMPORT)) is Weight.AUTOMATIC_ONLY


@cases(
    "differing",
    [{"step": "mqa"}, {"actor": None}, {"actor": EvidenceActor.IN_DOUBT}, {"act": BuyerAct.MEETING}],
    ids=str,
)
def test_evidence_of_a_step_a_meeting_or_in_doubt_makes_any_entry_decide(differing: dict[str, Any]) -> None:
    late = replace(PIECE, dated_at=NOW - timedelta(days=1), **differing)
    assert weight_of(_entry(Moved("They read it"), PIECE, late)) is Weight.DECIDES
