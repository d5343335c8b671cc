"""Reviews looked at later, as if entries that were corrected since had never been made."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import EventFacts, Movement, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import ActionAdded, ActionChanged, BlockerChanged, Corrected, Moved
from agendas.facts.plays import PlayEnd, PlayEnded, PlayStarted
from agendas.facts.reviews import MovementReason
from agendas.rules.entries import built_on, leading, standing
from agendas.rules.history import corrected_since, state_in_hindsight
from agendas.rules.movement import movement
from agendas.rules.reviews import place
from tests.agendas.rules.history.histories import NOW_DAY, REVIEW_DAY, History, day, named, shown

STAGES = st.sampled_from([stage.value for stage in Stage])


def ids(events: tuple[EventFacts, ...]) -> list[int]:
    return [event.id for event in events]


def after(history: History, event_id: int) -> list[int]:
    """The ids of the standing events that are built on this one."""
    return ids(built_on(history.events[event_id - 1], standing(history.events)))


def test_the_state_at_a_review_is_without_what_was_corrected_after_it() -> None:
    history = named(stage="aware")
    wrong = history.move("customer", 68, shown(68))
    assert history.state_at(REVIEW_DAY).stage is Stage.CUSTOMER
    correction = history.correct(wrong, 72)
    state = state_in_hindsight(history.events, day(REVIEW_DAY))
    assert state is not None
    assert (state.stage, state.stage_since) == (Stage.AWARE, day(65))
    [found] = corrected_since(history.events, day(REVIEW_DAY))
    assert (found.entry.id, found.correction.id) == (wrong, correction)


def test_what_was_corrected_before_the_review_or_recorded_after_it_is_not_told() -> None:
    history = named(stage="aware")
    history.correct(history.move("customer", 66, shown(66)), 68)
    history.correct(history.move("customer", 71, shown(71)), 72)
    assert corrected_since(history.events, day(REVIEW_DAY)) == ()


def test_what_an_account_did_since_counts_from_what_was_so() -> None:
    history = named(stage="aware")
    wrong = history.move("customer", 68, shown(68))
    history.correct(wrong, 72)
    history.move("engaged", 74, shown(74))
    answer = movement(history.facts())
    assert (answer.movement, answer.from_stage) == (Movement.ADVANCED, Stage.AWARE)
    assert "corrected" in answer.flags


def test_what_happened_to_a_blocker_an_action_and_a_play_is_built_on_their_beginning() -> None:
    history = named()
    blocker, action = history.block(66), history.promise(66)
    resolved = history.add(BlockerChanged(blocker, "resolved"), 67)
    play = history.add(PlayStarted("pilot", "Pilot", "They try it", day(90).date(), 1), 67)
    step = history.add(ActionAdded("Invite them", "U1", day(70).date(), play_id=play), 67)
    done = history.add(ActionChanged(step, "done"), 68)
    ended = history.add(PlayEnded(play, PlayEnd.OUTCOME, "They came"), 69)
    assert after(history, blocker) == [resolved]
    assert after(history, action) == []
    assert after(history, play) == [step, done, ended]
    gone = [event for event in history.events if event.id in (play, step, done, ended, resolved)]
    assert ids(leading(gone)) == [resolved, play]


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
def test_a_review_after_corrections_is_that_of_a_history_without_the_entries(
    steps: list[tuple[str, int, bool, int]], corrected: set[int], late: int, seed: int
) -> None:
    history = named(stage="aware", since=50)
    made = []
    for stage, on, has_evidence, told_later in sorted(steps, key=lambda each: each[1] + each[3]):
        proof = (shown(on),) if has_evidence else ()
        made.append(history.move(stage, on, *proof, recorded_on=min(on + told_later, NOW_DAY - 1)))
    wrong = [number for place_of, number in enumerate(made) if place_of in corrected]
    Random(seed).shuffle(wrong)
    for number in wrong:
        recorded_on = (history.events[number - 1].recorded_at - day(0)).days
        history.correct(number, max(recorded_on, late))
    told = place(history.facts())
    never = [event for event in standing(history.events) if not isinstance(event.change, Corrected)]
    without = place(History(sorted(never, key=lambda event: event.id)).facts())
    assert replace(told, movement=plain(told.movement)) == replace(without, movement=plain(without.movement))


def plain(answer):  # type: ignore[no-untyped-def]
    """The answer without what it says of corrections."""
    reason = MovementReason.SAME_STAGE if answer.reason is MovementReason.CORRECTED else answer.reason
    return replace(answer, flags=answer.flags - {"corrected"}, reason=reason)
