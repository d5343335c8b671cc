from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.events import (
    ActionChanged,
    BlockerChanged,
    Change,
    Decided,
    DecisionKind,
    Edited,
    ExpansionKind,
    Moved,
    NothingMoved,
    Profile,
)
from agendas.facts.evidence import Evidence
from agendas.rules.fold import apply, fold, trim
from tests.agendas.rules.history.histories import History, day, nominated, shown


def test_a_nominated_account_is_a_candidate_in_the_target_stage() -> None:
    state = nominated().state
    assert (state.name, state.list_status, state.tier) == ("Sample Acme", ListStatus.CANDIDATE, None)
    assert (state.stage, state.stage_since, state.stage_since_known) == (Stage.TARGET, day(0), True)
    assert (state.last_event_at, state.last_update_at, state.last_movement_at) == (day(0), None, None)


def test_there_is_no_account_without_a_standing_nomination() -> None:
    history = nominated()
    history.correct(1, 1)
    assert fold(history.events) is None
    assert fold([]) is None


def test_an_event_before_any_nomination_is_an_error() -> None:
    history = nominated()
    history.move("aware", 1)
    with pytest.raises(ValueError, match="before the nomination"):
        apply(None, history.events[1])


def test_news_dated_before_the_nomination_counts() -> None:
    history = nominated(on_day=10)
    history.move("engaged", 4, recorded_on=11)
    assert (history.state.stage, history.state.stage_since) == (Stage.ENGAGED, day(4))
    assert history.state.last_event_at == day(10)


def test_trimming_keeps_what_is_open_and_what_was_closed_since() -> None:
    history = nominated()
    old, recent, still = history.block(1), history.block(1), history.block(1)
    history.add(BlockerChanged(old, "resolved"), 5)
    history.add(BlockerChanged(recent, "resolved"), 6)
    done, dropped, promised = history.promise(1), history.promise(1), history.promise(1)
    history.add(ActionChanged(done, "done"), 5)
    history.add(ActionChanged(dropped, "dropped"), 6)
    state = trim(history.state, day(5))
    assert [blocker.id for blocker in state.blockers] == [recent, still]
    assert [action.id for action in state.actions] == [dropped, promised]
    assert trim(history.state, None) == history.state


CHANGES: list[Change] = [
    Moved(to_stage="aware"),
    Moved(to_stage="mqa"),
    Moved("News", expansion=ExpansionKind.BREADTH),
    Moved(to_stage="engaged", since_known=False),
    NothingMoved(),
    Edited(Profile("Sample Initrode")),
    Decided(DecisionKind.INTERVENE, "Call", "U1"),
    BlockerChanged(2, "resolved"),
    ActionChanged(3, "done"),
]
steps = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 3), st.booleans()), max_size=15)


@given(steps)
def test_events_applied_one_by_one_in_order_give_the_fold(chosen: list[tuple[Change, int, bool]]) -> None:
    history = a_history(chosen)
    state: AccountState | None = None
    for event in history.events:
        state = apply(state, event)
    assert state == fold(history.events)


@given(steps, st.randoms(), st.integers(1, 15))
def test_the_fold_does_not_depend_on_the_order_given(
    chosen: list[tuple[Change, int, bool]], random: Random, target: int
) -> None:
    history = a_history(chosen)
    history.correct(target, 100)
    shuffled = list(history.events)
    random.shuffle(shuffled)
    assert fold(shuffled) == fold(history.events)


@given(steps, st.sampled_from(CHANGES), st.integers(0, 20))
def test_a_change_and_its_correction_leave_no_trace(
    chosen: list[tuple[Change, int, bool]], change: Change, on_day: int
) -> None:
    history = a_history(chosen)
    before = history.state
    wrong = history.add(change, on_day, shown(on_day), recorded_on=100)
    history.correct(wrong, 101)
    assert history.state == replace(before, last_event_at=day(101))


def a_history(chosen: list[tuple[Change, int, bool]]) -> History:
    """A nomination, a blocker (2), an action (3) and the chosen changes, each some days after the one before."""
    history = nominated()
    history.block(0)
    history.promise(0)
    on_day = 0
    for change, days_later, has_evidence in chosen:
        on_day += days_later
        evidence: tuple[Evidence, ...] = (shown(on_day),) if has_evidence else ()
        history.add(change, on_day, *evidence)
    return history


def test_updates_are_movements_nothing_blockers_actions_and_decisions() -> None:
    history = nominated()
    updates: list[Change] = [Moved("News"), NothingMoved(), Decided(DecisionKind.KEEP, "Go on")]
    for number, update in enumerate(updates, start=2):
        history.add(update, number)
        assert history.state.last_update_at == day(number)
    history.block(6)
    assert history.state.last_update_at == day(6)
    history.promise(7)
    assert history.state.last_update_at == day(7)
    history.put("paused", 8)
    assert history.state.last_update_at == day(7)


def test_a_change_of_no_known_kind_is_an_error() -> None:
    history = nominated()
    with pytest.raises(TypeError, match="holds a str"):
        apply(history.state, replace(history.events[0], change="news"))  # type: ignore[arg-type]
