from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import Movement, Source, Stage
from agendas.facts.events import Change, Corrected, ExpansionKind, ListChanged, Moved, Noted, NothingMoved
from agendas.facts.group import ContactAdded, ContactProfile
from agendas.facts.reviews import MovementReason
from agendas.rules.movement import may_move
from tests.agendas.rules.history.deal_history import judged, said
from tests.agendas.rules.history.histories import named, shown
from tests.agendas.rules.reviews.test_movement import NO_FLAGS
from tests.cases import cases

# The last held review was on day 70, now is day 77: evidence counts from day 40 to day 77.


@cases("stage", ["mqa", "target"])
def test_a_stage_found_by_an_import_is_reclassified_and_no_movement(stage: str) -> None:
    history = named(stage="aware")
    history.find(stage, 72)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, frozenset({"reclassified"}))


def test_an_import_that_knows_the_date_is_movement() -> None:
    history = named(stage="aware")
    history.add(Moved(to_stage="engaged"), 72, shown(72, step="engaged"), source=Source.IMPORT)
    assert judged(history).movement is Movement.ADVANCED


def test_a_corrected_step_did_not_happen() -> None:
    history = named(stage="aware")
    wrong = history.move("engaged", 72, shown(72))
    correction = history.correct(wrong, 73)
    assert said(history) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, NO_FLAGS)
    history.correct(correction, 74)
    assert judged(history).movement is Movement.ADVANCED


def test_a_correction_with_the_right_step_told_late_is_an_advance() -> None:
    history = named(stage="aware")
    wrong = history.move("engaged", 68, shown(68))
    history.correct(wrong, 72)
    history.move("mqa", 67, shown(67), recorded_on=72)
    answer = judged(history)
    assert answer.movement is Movement.ADVANCED
    assert "recorded_late" in answer.flags


def test_a_step_that_happened_before_the_review_is_flagged_as_recorded_late() -> None:
    history = named(stage="aware")
    history.move("engaged", 69, shown(69), recorded_on=72)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, frozenset({"recorded_late"}))


def test_a_step_that_happened_as_the_review_closed_is_flagged_as_recorded_late() -> None:
    history = named(stage="aware")
    history.move("engaged", 70, shown(69), recorded_on=72)
    assert "recorded_late" in judged(history).flags
    in_time = named(stage="aware")
    in_time.move("engaged", 70.01, shown(69))
    assert "recorded_late" not in judged(in_time).flags


def test_a_late_step_that_a_known_one_has_overtaken_changes_nothing() -> None:
    history = named(stage="mqa", since=65)
    history.move("engaged", 60, shown(60), recorded_on=72)
    assert said(history) == (Movement.UNCHANGED, MovementReason.NEWS, NO_FLAGS)


moves = st.lists(
    st.tuples(st.sampled_from(Stage), st.booleans(), st.booleans(), st.floats(60, 77)),
    max_size=8,
)


@cases(
    ("change", "may"),
    [
        (Moved("They asked for references"), False),
        (Moved(to_stage="engaged"), True),
        (Moved("Fifty more seats", expansion=ExpansionKind.DEPTH), True),
        (NothingMoved(), False),
        (Noted("40 MQLs"), False),
        (ListChanged("named", 1, "Fits"), True),
        (Corrected(3), True),
        (ContactAdded(ContactProfile("Sample Person")), True),
    ],
)
def test_an_account_may_have_moved_by_what_its_movement_is_judged_by(change: Change, may: bool) -> None:
    assert may_move(change) is may


@given(st.sampled_from(Stage), moves)
def test_an_advance_always_rests_on_a_higher_stage_and_evidence(
    start: Stage, chosen: list[tuple[Stage, bool, bool, float]]
) -> None:
    history = named(stage=start.value)
    for stage, is_found, has_evidence, happened in chosen:
        change = Moved(to_stage=stage.value, since_known=not is_found)
        evidence = (shown(happened),) if has_evidence else ()
        source = Source.IMPORT if is_found else Source.COMMAND
        on_day = 75.0 if is_found else happened
        history.add(change, on_day, *evidence, recorded_on=75 if is_found else 77, source=source)
    answer = judged(history)
    assert answer.to_stage is history.state.stage
    assert answer.from_stage is not None
    ranks = answer.to_stage.rank - answer.from_stage.rank
    if answer.movement in {Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED}:
        assert ranks > 0
        shows_part = answer.shown_stage is not None and answer.shown_stage.rank > answer.from_stage.rank
        assert bool(answer.evidence) or answer.movement is Movement.ADVANCED_UNVERIFIED
        assert not answer.evidence or answer.movement is Movement.ADVANCED or shows_part
    elif answer.movement is Movement.REGRESSED:
        assert ranks < 0
    else:
        # Without corrections each difference is explained by a step or by an import.
        assert answer.movement is Movement.UNCHANGED
        assert ranks == 0
