from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts import events
from agendas.facts.account import ListStatus, Movement, Source, Stage
from agendas.facts.answered_items import Moving
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, OpportunityType, Phase
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.facts.group import ContactAdded, ContactProfile
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import MovementFlag, MovementReason
from agendas.rules.fold import fold
from agendas.rules.movement import business_hours, late_first_touch, may_move, movement, moves
from tests.agendas.rules.histories import History, day, judged, named, nominated, said, shown
from tests.builders import account, agenda_facts, event, evidence
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
def test_steps_from_where_the_review_left_it_are_one_movement(stage, steps, expected):
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
    history.add(events.BlockerChanged(blocker_id, "acknowledged"), 71)
    assert said(history) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, NO_FLAGS)
    history.add(events.BlockerChanged(blocker_id, "resolved"), 72)
    assert said(history) == (
        Movement.UNCHANGED,
        MovementReason.BLOCKER_RESOLVED,
        frozenset({"momentum", "blocker_resolved"}),
    )


@cases("stage", ["customer", "opportunity"])
def test_only_who_was_a_customer_at_the_review_can_expand(stage: str) -> None:
    history = named(stage=stage)
    history.add(events.Moved(expansion=events.ExpansionKind.DEPTH), 72)
    if stage == "customer":
        assert said(history) == (Movement.UNCHANGED, MovementReason.EXPANDED, frozenset({"expanded"}))
    else:
        assert said(history) == (Movement.UNCHANGED, MovementReason.NEWS, NO_FLAGS)


# Steps that are only claimed, and what makes them count.
def theirs(on_day: float, step: str) -> Evidence:
    return replace(shown(on_day), actor=EvidenceActor.BUYER, step=step)


@cases("actor", [EvidenceActor.US, EvidenceActor.IN_DOUBT])
def test_a_step_up_that_only_our_own_activity_or_doubt_shows_is_claimed(actor: EvidenceActor) -> None:
    history = named(stage="aware")
    history.move("engaged", 72, replace(shown(71), actor=actor, step="engaged"))
    assert said(history) == (Movement.ADVANCED_UNVERIFIED, MovementReason.NO_EVIDENCE, NO_FLAGS)


def test_evidence_added_to_a_claim_before_its_review_closes_makes_it_an_advance() -> None:
    history = named(stage="aware")
    history.move("engaged", 72)
    history.add(EvidenceAdded("engaged"), 74, theirs(73, "engaged"))
    answer = judged(history)
    assert (answer.movement, answer.reason) == (Movement.ADVANCED, MovementReason.EVIDENCE)
    assert answer.evidence == (theirs(73, "engaged"),)


@cases(("added_on", "movement"), [(73.5, Movement.ADVANCED), (75, Movement.ADVANCED_UNVERIFIED)])
def test_evidence_of_a_stage_above_counts_only_while_the_account_was_there(added_on: float, movement: Movement) -> None:
    history = named(stage="aware")
    history.move("engaged", 72)
    history.move("mqa", 73)
    history.add(EvidenceAdded("mqa"), added_on, theirs(73, "mqa"))
    history.move("engaged", 74)
    assert judged(history).movement is movement


def test_a_claim_that_is_shown_after_its_review_counts_then_and_once() -> None:
    history = named(stage="aware")
    history.move("mqa", 69)
    assert said(history) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, frozenset({"still_claimed"}))
    history.add(EvidenceAdded("mqa"), 73, theirs(73, "mqa"))
    answer = judged(history)
    assert (answer.movement, answer.reason) == (Movement.ADVANCED, MovementReason.CLAIM_PROVED)
    assert (answer.from_stage, answer.to_stage) == (Stage.AWARE, Stage.MQA)
    later = replace(history.facts(), before=history.state, since=day(76), events=())
    assert movement(later).movement is Movement.UNCHANGED


def test_a_claim_that_a_judgment_shows_after_its_review_names_the_evidence_that_was_judged() -> None:
    history = named(stage="aware")
    step = history.move("mqa", 69, replace(shown(68), actor=EvidenceActor.IN_DOUBT, step="mqa"))
    history.add(EvidenceJudged(step, EvidenceActor.BUYER), 73)
    answer = judged(history)
    assert (answer.movement, answer.reason) == (Movement.ADVANCED, MovementReason.CLAIM_PROVED)
    assert answer.evidence == (theirs(68, "mqa"),)


# Stages confirmed from deals: what they do to the account's stage, and what of them counts as movement.

# The last held review was on day 70, now is day 77.
DEAL = "salesforce:1"


def confirm(history: History, stage: str, on_day: float, *, recorded_on: float = 76, is_known: bool = True) -> int:
    """Confirm the stage that a deal implied on that day; without a known day it is the day of the confirmation."""
    row = Evidence("Sample plant: Closed Won", day(on_day), kind="crm", actor=EvidenceActor.BUYER, step=stage)
    step = events.Moved("Closed won", stage, since_known=is_known, from_deal=DEAL)
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
    history.add(events.Corrected(confirm(history, "customer", 40)), 77)
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
    step = events.Moved("Open deal", "opportunity", from_deal=DEAL, is_reclassified=is_reclassified)
    history.add(step, on_day, row, recorded_on=recorded_on, source=Source.BUTTON)


def test_an_open_deal_is_claimed_until_something_that_the_buyer_did_is_named() -> None:
    history = named(stage="mqa")
    open_deal(history, 72, recorded_on=76, is_reclassified=False)
    assert said(history)[:2] == (Movement.ADVANCED_UNVERIFIED, MovementReason.NO_EVIDENCE)
    assert history.facts().account.claimed_from is Stage.MQA
    asked = Evidence("They asked for an offer", day(75), actor=EvidenceActor.BUYER, step="opportunity")
    history.add(EvidenceAdded("opportunity"), 76.5, asked)
    assert movement(history.facts()).movement is Movement.ADVANCED


# Steps between stages.


# The last held review was on day 70, now is day 77: evidence counts from day 40 to day 77.
@cases("stage", ["mqa", "target"])
def test_a_stage_found_by_an_import_is_reclassified_and_no_movement(stage: str) -> None:
    history = named(stage="aware")
    history.find(stage, 72)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, frozenset({"reclassified"}))


def test_an_import_that_knows_the_date_is_movement() -> None:
    history = named(stage="aware")
    history.add(events.Moved(to_stage="engaged"), 72, shown(72, step="engaged"), source=Source.IMPORT)
    assert judged(history).movement is Movement.ADVANCED


def test_a_corrected_step_did_not_happen() -> None:
    history = named(stage="aware")
    correction = history.correct(history.move("engaged", 72, shown(72)), 73)
    assert said(history) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, NO_FLAGS)
    history.correct(correction, 74)
    assert judged(history).movement is Movement.ADVANCED


def test_a_correction_with_the_right_step_told_late_is_an_advance() -> None:
    history = named(stage="aware")
    history.correct(history.move("engaged", 68, shown(68)), 72)
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


steps_taken = st.lists(st.tuples(st.sampled_from(Stage), st.booleans(), st.booleans(), st.floats(60, 77)), max_size=8)


@cases(
    ("change", "may"),
    [
        (events.Moved("They asked for references"), False),
        (events.Moved(to_stage="engaged"), True),
        (events.Moved("Fifty more seats", expansion=events.ExpansionKind.DEPTH), True),
        (events.NothingMoved(), False),
        (events.Noted("40 MQLs"), False),
        (events.ListChanged("named", 1, "Fits"), True),
        (events.Corrected(3), True),
        (ContactAdded(ContactProfile("Sample Person")), True),
    ],
)
def test_an_account_may_have_moved_by_what_its_movement_is_judged_by(change: events.Change, may: bool) -> None:
    assert may_move(change) is may


@given(st.sampled_from(Stage), steps_taken)
def test_an_advance_always_rests_on_a_higher_stage_and_evidence(start, chosen):
    history = named(stage=start.value)
    for stage, is_found, has_evidence, happened in chosen:
        change = events.Moved(to_stage=stage.value, since_known=not is_found)
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


# Steps by day.

SHOWN = (evidence(),)


def ways(*changes: events.Change, **values: object) -> list[Moving]:
    return [each.way for each in moves([event(change, id=n, **values) for n, change in enumerate(changes, start=1)])]


def deal(phase: Phase, key: str = "crm:1") -> OpportunityChanged:
    return OpportunityChanged(OpportunityProfile(key, "Seats", "Won", phase, OpportunityType.EXISTING_BUSINESS))


def test_a_step_up_is_claimed_until_something_shows_it_and_a_step_down_moves_back() -> None:
    assert ways(events.Moved(to_stage="engaged"), EvidenceAdded("engaged"), events.Moved(to_stage="aware")) == [
        Moving.CLAIMED,
        Moving.SHOWN,
        Moving.REGRESSED,
    ]
    shown = event(events.Moved(to_stage="engaged"), evidence=tuple(piece for piece in SHOWN))
    assert [each.way for each in moves([shown])] == [Moving.CLAIMED]


def test_news_and_the_stage_that_it_had_are_no_steps() -> None:
    assert ways(events.Moved("news"), events.Moved(to_stage="target")) == []


def test_a_customer_expands_by_what_people_tell_and_by_a_deal_won_once() -> None:
    assert ways(
        events.Moved("more seats", expansion=events.ExpansionKind.DEPTH),
        deal(Phase.LATE),
        deal(Phase.WON),
        deal(Phase.WON),
    ) == [Moving.EXPANDED, Moving.EXPANDED]


def test_a_stage_that_an_import_found_is_where_later_steps_begin() -> None:
    found = event(events.Moved(to_stage="opportunity", since_known=False), source=Source.IMPORT)
    down = event(events.Moved(to_stage="mqa"), id=2)
    assert [(each.way, each.from_stage) for each in moves([found, down])] == [(Moving.REGRESSED, Stage.OPPORTUNITY)]


# The first touch.

TUESDAY = datetime(2026, 11, 24, 14, tzinfo=UTC)
"""09:00 in New York, where business begins."""


def late(hour: int, minute: int = 0, day: int = 24, **values: Any) -> tuple[int, int] | None:
    """Return the late first touch at that UTC time of an account that became MQA when business began."""
    since = {"stage": Stage.MQA, "stage_since": TUESDAY, "last_update_at": TUESDAY}
    settings = values.pop("settings", ProgramSettings())
    now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    return late_first_touch(replace(agenda_facts(account=account(**(since | values))), now=now, settings=settings))


def test_a_first_touch_is_late_after_the_business_hours_of_its_tier() -> None:
    assert late(18, 59) is None
    assert late(19) == (5, 4)
    assert late(19, tier=2) is None
    assert late(15, day=25, tier=2) == (9, 8)
    assert late(19, settings=ProgramSettings((("tier.1.response", 5),))) is None


@cases(
    "values",
    [
        {"last_update_at": TUESDAY.replace(hour=15)},
        {"stage": Stage.OPPORTUNITY},
        {"list_status": ListStatus.PAUSED},
        {"stage_since_known": False},
        {"stage_since": None},
    ],
)
def test_nothing_is_late_after_an_update_or_where_nobody_waits(values: dict[str, Any]) -> None:
    assert late(19, day=27, **values) is None


@cases(
    ("since", "until", "hours"),
    [
        ("2026-11-24T08:00", "2026-11-24T08:59", 0),
        ("2026-11-24T16:30", "2026-11-25T09:45", 1),
        ("2026-11-27T16:00", "2026-11-30T10:00", 2),
        ("2026-11-28T10:00", "2026-11-29T18:00", 0),
        ("2026-11-23T00:00", "2026-11-28T00:00", 40),
        ("2026-11-25T10:00", "2026-11-24T10:00", 0),
    ],
)
def test_nights_and_weekends_are_no_business_hours(since: str, until: str, hours: int) -> None:
    assert business_hours(datetime.fromisoformat(f"{since}Z"), datetime.fromisoformat(f"{until}Z"), "UTC") == hours


def test_business_hours_are_those_of_the_zone() -> None:
    assert business_hours(TUESDAY, TUESDAY.replace(hour=20), "America/New_York") == 6
    assert business_hours(TUESDAY, TUESDAY.replace(hour=20), "UTC") == 3
