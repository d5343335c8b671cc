from agendas.facts.account import Movement, Stage
from agendas.facts.events import BlockerChanged, ExpansionKind, Moved
from agendas.facts.reviews import MovementFlag, MovementReason
from agendas.rules.movement import movement
from tests.agendas.rules.history.deal_history import judged, said
from tests.agendas.rules.history.histories import named, nominated, shown
from tests.cases import cases

# The last held review was on day 70, now is day 77: evidence counts from day 40 to day 77.


NO_FLAGS: frozenset[str] = frozenset()


def test_an_account_without_a_held_review_is_new_where_nothing_moved_since_it_was_named() -> None:
    history = nominated()
    history.move("aware", 0, shown(0))
    history.put("named", 1)
    answer = movement(history.facts(reviewed=False))
    assert (answer.movement, answer.reason, answer.is_new) == (Movement.NEW, MovementReason.FIRST_REVIEW, True)
    assert (answer.from_stage, answer.to_stage) == (None, Stage.AWARE)


def test_a_step_since_the_naming_counts_in_the_first_review_and_the_account_is_new_beside_it() -> None:
    history = nominated()
    history.put("named", 1)
    history.move("engaged", 65, shown(65))
    answer = movement(history.facts(reviewed=False))
    assert (answer.movement, answer.from_stage, answer.to_stage) == (Movement.ADVANCED, Stage.TARGET, Stage.ENGAGED)
    flags = frozenset({MovementFlag.SKIPPED_STAGE})
    assert (answer.evidence, answer.flags, answer.is_new) == ((shown(65, step="engaged"),), flags, True)
    history.move("mqa", 66)
    answer = movement(history.facts(reviewed=False))
    assert (answer.movement, answer.shown_stage, answer.is_new) == (Movement.ADVANCED_UNVERIFIED, Stage.ENGAGED, True)
    assert answer.evidence == (shown(65, step="engaged"),)
    assert not movement(history.facts()).is_new


def test_what_happened_before_the_naming_is_no_movement_however_late_it_is_told() -> None:
    history = nominated()
    history.put("named", 10)
    history.move("engaged", 9, shown(9), recorded_on=12)
    assert movement(history.facts(reviewed=False)).movement is Movement.NEW
    history.move("mqa", 10, shown(10), recorded_on=12)
    answer = movement(history.facts(reviewed=False))
    assert (answer.movement, answer.from_stage, answer.to_stage) == (Movement.ADVANCED, Stage.ENGAGED, Stage.MQA)


def test_an_account_never_reviewed_and_not_on_the_list_is_not_new() -> None:
    answer = movement(nominated().facts(reviewed=False))
    assert (answer.movement, answer.reason) == (Movement.UNCHANGED, MovementReason.NOT_ON_LIST)


@cases(
    ("status", "reason"),
    [
        ("candidate", MovementReason.NEWLY_NAMED),
        ("rejected", MovementReason.NEWLY_NAMED),
        ("removed", MovementReason.NEWLY_NAMED),
        ("paused", MovementReason.BACK_ON_LIST),
    ],
)
def test_an_account_that_was_not_named_at_the_last_review_is_new(status: str, reason: MovementReason) -> None:
    history = nominated()
    history.put("named", 1)
    history.put(status, 2)
    history.put("named", 72)
    assert said(history) == (Movement.NEW, reason, NO_FLAGS)
    history.move("aware", 73, shown(73))
    answer = judged(history)
    assert (answer.movement, answer.is_new) == (Movement.ADVANCED, True)


@cases(("status", "reason"), [("paused", MovementReason.PAUSED), ("removed", MovementReason.LEFT_LIST)])
def test_an_account_no_longer_named_was_paused_or_has_left_the_list(status: str, reason: MovementReason) -> None:
    history = named(stage="aware")
    history.move("engaged", 72, shown(72))
    history.put(status, 73)
    assert said(history) == (Movement.LEFT_LIST, reason, NO_FLAGS)


@cases(
    ("stage", "steps", "expected"),
    [
        ("aware", [("mqa", 72, 72)], (Movement.ADVANCED, MovementReason.EVIDENCE, frozenset({"skipped_stage"}))),
        ("aware", [("engaged", 72, None), ("mqa", 74, 74)], (Movement.ADVANCED, MovementReason.EVIDENCE, NO_FLAGS)),
        (
            "aware",
            [("mqa", 72, 72), ("aware", 75, None)],
            (Movement.UNCHANGED, MovementReason.UP_AND_BACK, {"bounced"}),
        ),
        (
            "mqa",
            [("aware", 72, None), ("mqa", 75, 75)],
            (Movement.UNCHANGED, MovementReason.DOWN_AND_BACK, {"bounced"}),
        ),
        ("aware", [], (Movement.UNCHANGED, MovementReason.SAME_STAGE, NO_FLAGS)),
        ("customer", [(None, 72, None)], (Movement.UNCHANGED, MovementReason.NEWS, NO_FLAGS)),
    ],
)
def test_steps_from_where_the_review_left_it_are_one_movement(
    stage: str, steps: list[tuple[str | None, float, float | None]], expected: tuple[Movement, str, frozenset[str]]
) -> None:
    history = named(stage=stage)
    for to_stage, on_day, shown_on in steps:
        history.move(to_stage, on_day, *(() if shown_on is None else (shown(shown_on),)))
    assert said(history) == expected


def test_a_step_down_regresses_with_or_without_evidence() -> None:
    history = named(stage="mqa")
    history.move("aware", 72)
    assert said(history) == (Movement.REGRESSED, MovementReason.MOVED_DOWN, NO_FLAGS)
    history.move("target", 73, shown(73))
    assert judged(history).evidence == (shown(73, step="target"),)
    assert (judged(history).from_stage, judged(history).to_stage) == (Stage.MQA, Stage.TARGET)


def test_news_in_the_same_stage_is_unchanged_and_keeps_its_evidence() -> None:
    history = named(stage="aware")
    history.move("aware", 72, shown(72))
    history.move(None, 73, shown(73))
    assert said(history) == (Movement.UNCHANGED, MovementReason.NEWS, NO_FLAGS)
    assert judged(history).evidence == (shown(72, step="aware"), shown(73))


def test_a_resolved_blocker_gives_momentum() -> None:
    history = named(stage="aware")
    blocker_id = history.block(60)
    history.add(BlockerChanged(blocker_id, "acknowledged"), 71)
    assert said(history) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, NO_FLAGS)
    history.add(BlockerChanged(blocker_id, "resolved"), 72)
    assert said(history) == (
        Movement.UNCHANGED,
        MovementReason.BLOCKER_RESOLVED,
        frozenset({"momentum", "blocker_resolved"}),
    )


@cases("stage", ["customer", "opportunity"])
def test_only_who_was_a_customer_at_the_review_can_expand(stage: str) -> None:
    history = named(stage=stage)
    history.add(Moved(expansion=ExpansionKind.DEPTH), 72)
    if stage == "customer":
        assert said(history) == (Movement.UNCHANGED, MovementReason.EXPANDED, frozenset({"expanded"}))
    else:
        assert said(history) == (Movement.UNCHANGED, MovementReason.NEWS, NO_FLAGS)
