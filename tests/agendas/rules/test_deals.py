from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from agendas.facts.account import AccountState, ListStatus, Movement, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, WaitingSet
from agendas.facts.group import Contact, ContactProfile
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.reviews import Expansion, MovementReason, StallAnswer, StallCause
from agendas.rules import deals as deal_rules
from agendas.rules.deals import evidence_for, excused_before, implied_by, proposal_by, silence_ended, stall, step_of
from tests.agendas.rules import histories
from tests.agendas.rules.histories import History, day, flags, judged, named, nominated, row, said, shown, with_deal
from tests.builders import ZONE, account, ago
from tests.cases import cases


def judged_on(history: History, now: float, settings: ProgramSettings = DEFAULTS) -> StallAnswer:
    return stall(history.state, now=day(now), zone="UTC", settings=settings)


def in_stage(stage: str, tier: int | None, touched: float | None = None) -> History:
    """Named and in the stage since day 1, the buyer's last act on day `touched`."""
    history = nominated()
    history.put("named", 1, tier)
    history.move(stage, 1)
    if touched is not None:
        history.move(None, touched, shown(touched))
    return history


# stage, tier, limit of days in stage, limit of quiet days
TABLE = [
    ("target", 1, 60, None), ("target", 2, 90, None), ("target", 3, None, None),
    ("aware", 1, 45, 45), ("aware", 2, 60, 60),
    ("engaged", 1, 30, 21), ("engaged", 2, 45, 30), ("engaged", 3, 90, 60),
    ("mqa", 1, 14, 14), ("mqa", 2, 21, 21), ("mqa", 3, 30, 30),
    ("opportunity", 1, 30, 14), ("opportunity", 2, 21, 14), ("opportunity", 3, 14, 21),
    ("customer", 1, None, None), ("customer", 2, None, None), ("customer", 3, None, None),
]  # fmt: skip


@cases(("stage", "tier", "aged_limit", "quiet_limit"), TABLE)
def test_each_stage_and_tier_stalls_on_the_day_after_its_limit(stage, tier, aged_limit, quiet_limit):
    answer = judged_on(in_stage(stage, tier), 1000)
    assert (answer.stage_limit_days, answer.quiet_limit_days) == (aged_limit, quiet_limit)
    if aged_limit is None:
        assert not any(cause.kind == "aged" for cause in answer.causes)
        return
    last_good_day = 1 + aged_limit
    assert not judged_on(in_stage(stage, tier, touched=last_good_day), last_good_day).is_stalled
    answer = judged_on(in_stage(stage, tier, touched=last_good_day), last_good_day + 1)
    assert answer.causes == (StallCause("aged", aged_limit + 1, aged_limit),)


@cases(("stage", "tier", "quiet_limit"), [(s, t, q) for s, t, _, q in TABLE if q is not None])
def test_each_stage_and_tier_is_quiet_on_the_day_after_its_limit(stage: str, tier: int, quiet_limit: int) -> None:
    history = in_stage(stage, tier, touched=1)
    assert not any(cause.kind == "quiet" for cause in judged_on(history, 1 + quiet_limit).causes)
    assert StallCause("quiet", quiet_limit + 1, quiet_limit) in judged_on(history, 2 + quiet_limit).causes


def test_without_any_buyer_touch_silence_counts_from_the_day_it_was_named() -> None:
    history = nominated()
    history.put("named", 10)
    history.move("engaged", 30)
    assert judged_on(history, 32).causes == (StallCause("quiet", 22, 21, at_least=True),)


def with_person(history: History, on_day: float, **values: Any) -> AccountState:
    """The account with somebody at it whose latest signal was on that day."""
    contact = Contact(1, ContactProfile("Rita Sample", **values), day(1), day(1), day(on_day).date())
    return replace(history.state, contacts=(contact,))


@cases("left_on", [None, day(36).date()])
def test_what_somebody_there_did_ends_the_silence_also_when_they_left_since(left_on: date | None) -> None:
    state = with_person(in_stage("engaged", 1, touched=5), 35, left_on=left_on)
    answer = stall(state, now=day(40), zone="UTC")
    assert (answer.quiet_days, answer.heard_on) == (5, day(35).date())
    assert answer.causes == (StallCause("aged", 39, 30),)
    earlier = stall(with_person(in_stage("engaged", 1, touched=35), 5), now=day(40), zone="UTC")
    assert (earlier.quiet_days, earlier.heard_on) == (5, day(35).date())


def test_silence_since_what_somebody_there_did_is_no_at_least() -> None:
    signalled = stall(with_person(in_stage("engaged", 1), 5), now=day(27), zone="UTC")
    assert signalled.causes == (StallCause("quiet", 22, 21),)
    state = with_person(in_stage("engaged", 1), 2, touched_on=day(5).date())
    assert stall(state, now=day(27), zone="UTC").causes == signalled.causes
    assert judged_on(in_stage("engaged", 1), 27).heard_on is None


@cases("status", ["candidate", "paused", "removed", "rejected"])
def test_only_named_accounts_stall_but_days_are_given_for_all(status: str) -> None:
    history = in_stage("mqa", 1)
    history.put(status, 50)
    answer = judged_on(history, 60)
    assert not answer.is_stalled
    assert (answer.days_in_stage, answer.stage_limit_days) == (59, 14)


def test_an_account_without_a_tier_has_no_limits() -> None:
    answer = judged_on(in_stage("mqa", None), 500)
    assert not answer.is_stalled
    assert answer.stage_limit_days is None


def test_days_are_those_of_the_calendar_in_the_zone() -> None:
    history = nominated()
    history.put("named", 0)
    history.move("mqa", 0)
    late_evening_in_new_york = datetime(2026, 1, 6, 4, 30, tzinfo=UTC)
    for zone, days in (("UTC", 1), ("America/New_York", 0), ("Australia/Sydney", 1)):
        assert stall(history.state, now=late_evening_in_new_york, zone=zone).days_in_stage == days


def test_the_limits_are_those_of_the_settings() -> None:
    settings = ProgramSettings((("tier.1.aged.mqa", 5), ("tier.1.quiet.mqa", 0)))
    answer = judged_on(in_stage("mqa", 1), 40, settings)
    assert answer.causes == (StallCause("aged", 39, 5),)
    assert answer.quiet_limit_days is None


@cases(
    ("tier", "phase", "aged_limit", "quiet_limit"),
    [
        (1, Phase.EARLY, 30, 14), (2, Phase.EARLY, 21, 14), (3, Phase.EARLY, 14, 21),
        (1, Phase.MIDDLE, 30, 14), (2, Phase.MIDDLE, 21, 14), (3, Phase.MIDDLE, 21, 21),
        (1, Phase.LATE, 21, 10), (2, Phase.LATE, 21, 14), (3, Phase.LATE, 14, 14),
    ],
)  # fmt: skip
def test_an_opportunity_goes_by_its_furthest_open_deal(tier: int, phase: Phase, aged_limit: int, quiet_limit: int):
    history = in_stage("opportunity", tier, touched=100)
    history.deal(Phase.EARLY, 10, key="x:early")
    history.deal(phase, 80)
    history.deal(Phase.WON, 90, key="x:won")
    answer = judged_on(history, 80 + aged_limit)
    assert (answer.days_in_stage, answer.stage_limit_days, answer.quiet_limit_days) == (
        aged_limit,
        aged_limit,
        quiet_limit,
    )
    assert answer.phase is phase
    assert not any(cause.kind == "aged" for cause in answer.causes)
    assert StallCause("aged", aged_limit + 1, aged_limit) in judged_on(history, 81 + aged_limit).causes


def test_a_customer_stalls_only_while_a_deal_for_more_is_open() -> None:
    history = in_stage("customer", 1)
    history.deal(Phase.LATE, 20)
    history.deal(Phase.LATE, 20, key="x:renewal", type=OpportunityType.EXISTING_BUSINESS, adds_value=False)
    assert not judged_on(history, 500).is_stalled
    history.deal(Phase.EARLY, 400, key="x:more", type=OpportunityType.EXISTING_BUSINESS)
    answer = judged_on(history, 461)
    assert answer.phase is Phase.EARLY
    assert answer.causes == (StallCause("aged", 61, 60), StallCause("quiet", 460, 30, at_least=True))
    history.deal(Phase.WON, 462, key="x:more", type=OpportunityType.EXISTING_BUSINESS)
    assert not judged_on(history, 500).is_stalled


def test_days_as_a_candidate_are_no_age_of_a_stage() -> None:
    history = nominated()
    history.move("engaged", 10, shown(10))
    history.put("named", 100)
    history.move(None, 125, shown(125))
    answer = judged_on(history, 130)
    assert (answer.days_in_stage, answer.causes) == (30, ())
    assert judged_on(history, 131).causes == (StallCause("aged", 31, 30),)


def test_a_pause_does_not_restart_the_age_and_a_new_naming_does() -> None:
    history = nominated()
    history.put("named", 1)
    history.move("engaged", 10, shown(10))
    history.put("paused", 20)
    history.put("named", 30)
    assert judged_on(history, 45).days_in_stage == 35
    history.put("removed", 50, None)
    history.put("candidate", 60, None)
    history.put("named", 80)
    assert judged_on(history, 90).days_in_stage == 10
    assert judged_on(history, 81).causes == (StallCause("quiet", 71, 21),)


# What ends silence.
@cases(("heard", "person", "days"), [(5, 6, 4), (5, 4, 5), (None, 9, 1), (None, None, 9)])
def test_the_silence_that_an_act_ends_is_the_one_that_a_stall_counts(heard: int | None, person: int | None, days: int):
    history = in_stage("engaged", 1, heard)
    before = history.state if person is None else with_person(history, 2, touched_on=day(person).date())
    assert stall(before, now=day(10), zone="UTC").quiet_days == days
    assert silence_ended(before, replace(before, last_buyer_touch_at=day(10)), "UTC") == days
    assert silence_ended(before, before, "UTC") == 0


# A date that the buyer confirmed, and what it excuses.
def confirmed(on_day: float, actor: EvidenceActor = EvidenceActor.BUYER) -> Evidence:
    return Evidence("Their mail", day(on_day), "https://mail.example/1", "message", actor, BuyerAct.MAIL)


def engaged(touched: float = 1) -> History:
    """Named in tier 1 and engaged on day 1; the limits are 30 days in the stage and 21 of silence."""
    history = nominated()
    history.put("named", 1)
    history.move("engaged", 1, shown(1))
    history.move(None, touched, shown(touched))
    return history


def waits(history: History, set_on: float, until: float, *evidence: Evidence) -> int:
    pieces = evidence or (confirmed(set_on),)
    return history.add(WaitingSet(day(until).date(), "their board decides"), set_on, *pieces)


def confirmed_by(history: History) -> str:
    assert history.state.waiting is not None
    return history.state.waiting.confirmed_by.value


def judged_waiting(history: History, now: float, excused_before: int = 0) -> StallAnswer:
    return stall(history.state_at(now), now=day(now), zone="UTC", excused_before=excused_before)


def test_a_confirmed_date_excuses_days_in_the_stage_until_its_day_and_ends_by_itself() -> None:
    history = engaged(touched=38)
    waits(history, 38, 50)
    aged = StallCause("aged", 49, 30)
    answer = judged_waiting(history, 50)
    assert (answer.is_stalled, answer.causes) == (False, ())
    assert answer.excuse is not None
    assert (answer.excuse.causes, answer.excuse.waiting.text) == ((aged,), "their board decides")
    assert answer.excuse.waiting.set_at == day(38)
    after = judged_waiting(history, 51)
    assert (after.causes, after.excuse) == ((StallCause("aged", 50, 30),), None)


def test_who_confirmed_it_is_kept_the_buyer_before_a_third_party() -> None:
    history = engaged()
    waits(history, 20, 40, confirmed(20, EvidenceActor.THIRD_PARTY))
    assert confirmed_by(history) == "third_party"
    waits(history, 21, 45, confirmed(20, EvidenceActor.THIRD_PARTY), confirmed(21))
    assert confirmed_by(history) == "buyer"


def test_a_new_date_replaces_the_one_before_and_a_correction_brings_that_back() -> None:
    history = engaged()
    waits(history, 20, 40)
    second = waits(history, 25, 50)
    assert history.state.waiting is not None
    assert history.state.waiting.until == day(50).date()
    history.correct(second, 26)
    assert history.state.waiting.until == day(40).date()
    history.correct(second - 1, 27)
    assert history.state.waiting is None


def test_it_excuses_two_reviews_in_a_row_and_no_third() -> None:
    history = engaged(touched=38)
    waits(history, 38, 60)
    assert not judged_waiting(history, 50, excused_before=1).is_stalled
    spent = judged_waiting(history, 50, excused_before=2)
    assert spent.is_stalled
    assert spent.excuse is not None
    assert (spent.excuse.is_spent, spent.excuse.causes) == (True, ())


def test_a_date_is_not_spent_where_there_is_nothing_to_excuse_and_the_count_ends() -> None:
    history = engaged(touched=18)
    waits(history, 18, 40)
    calm = judged_waiting(history, 25, excused_before=2)
    assert calm.excuse is not None
    assert (calm.excuse.is_spent, deal_rules.excused_reviews(calm, 2)) == (False, 0)
    assert deal_rules.excused_reviews(judged_waiting(history, 35, excused_before=2), 2) == 3


@cases(("counted", "left"), [(1, 1), (2, 2), (3, 0)])
def test_a_new_date_begins_anew_only_after_a_review_that_nothing_excused(counted: int, left: int) -> None:
    history = engaged()
    waits(history, 20, 40)
    assert excused_before(counted, history.state, day(19)) == left
    assert excused_before(counted, history.state, day(21)) == counted


# How deals move an account: by the position of its furthest one, where the stage is the same.
def test_a_deal_that_goes_on_advances_the_account_by_its_row() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.MIDDLE, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase, answer.by_deals) == (Phase.EARLY, Phase.MIDDLE, True)
    assert answer.evidence == (row(72),)


def test_a_deal_that_opens_advances_the_account() -> None:
    history = named(stage="mqa", since=50)
    history.deal(Phase.EARLY, 72, row(72), opened_on=72)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())


def test_a_deal_without_a_row_to_show_is_only_claimed() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.MIDDLE, 72)
    assert said(history) == (Movement.ADVANCED_UNVERIFIED, MovementReason.NO_EVIDENCE, flags())


def test_a_deal_won_since_the_review_stands_highest_and_one_won_before_it_not_at_all() -> None:
    history = with_deal(Phase.LATE)
    history.deal(Phase.WON, 72, row(72))
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    before = with_deal(Phase.WON, stage="customer")
    before.deal(Phase.EARLY, 72, row(72), key="x:2", opened_on=72)
    assert judged(before).movement is Movement.ADVANCED
    assert judged(before).from_phase is None


def test_the_stage_comes_first_and_the_deal_second() -> None:
    history = with_deal(Phase.LATE, stage="mqa")
    history.deal(Phase.LOST, 72)
    history.move("opportunity", 73, shown(73))
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags("opportunity_lost"))
    assert not judged(history).by_deals


def test_the_only_open_deal_lost_is_a_step_back() -> None:
    history = with_deal(Phase.MIDDLE)
    history.deal(Phase.LOST, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.REGRESSED, MovementReason.MOVED_DOWN, flags("opportunity_lost"))
    assert (answer.from_phase, answer.to_phase, answer.evidence) == (Phase.MIDDLE, None, (row(72),))


@cases(("other", "expected"), [(Phase.MIDDLE, Movement.UNCHANGED), (Phase.EARLY, Movement.REGRESSED)])
def test_a_lost_deal_is_flagged_and_is_a_step_back_only_where_no_other_stands_as_high(other: Phase, expected: Movement):
    history = with_deal(Phase.MIDDLE)
    history.deal(other, 61, key="x:2")
    history.deal(Phase.LOST, 72)
    assert judged(history).movement is expected
    assert "opportunity_lost" in judged(history).flags


def test_up_and_back_is_bounced_and_a_phase_left_out_is_skipped() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.LATE, 72, row(72))
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags("skipped_stage"))
    history.deal(Phase.EARLY, 74)
    assert said(history) == (Movement.UNCHANGED, MovementReason.UP_AND_BACK, flags("bounced"))


def test_history_of_before_the_review_is_reclassified_and_no_movement() -> None:
    history = with_deal(Phase.EARLY)
    history.deal(Phase.LATE, 65, row(65), recorded_on=74)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("reclassified"))
    history.deal(Phase.WON, 75, row(75))
    answer = judged(history)
    assert (answer.movement, answer.from_phase, answer.to_phase) == (Movement.ADVANCED, Phase.LATE, Phase.WON)


@cases("found", [{"since_known": False}, {"opened_on": 30}])
def test_a_deal_that_an_import_finds_is_no_movement(found: dict[str, Any]) -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.MIDDLE, 72, row(72), **found)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("reclassified"))
    assert judged(history).expansions == ()


def test_an_older_deal_stood_above_those_that_came_and_went_before_it_was_found() -> None:
    history = named(stage="opportunity", since=50)
    history.deal(Phase.EARLY, 71, key="x:2", opened_on=71)
    history.deal(Phase.LOST, 72, key="x:2")
    history.deal(Phase.MIDDLE, 74, opened_on=30)
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("opportunity_lost", "reclassified"))


@cases("other", [None, Phase.EARLY, Phase.LATE])
def test_a_deal_won_since_the_review_and_first_seen_now_is_an_advance_by_its_row(other: Phase | None) -> None:
    history = named(stage="opportunity", since=50)
    if other:
        history.deal(other, 60, row(60), key="x:2")
    history.deal(Phase.WON, 72, row(72), opened_on=30)
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase, answer.evidence) == (other, Phase.WON, (row(72),))


def test_a_lost_deal_that_is_won_is_an_advance_and_a_won_one_that_is_lost_is_flagged() -> None:
    history = with_deal(Phase.LOST)
    history.deal(Phase.WON, 72, row(72))
    answer = judged(history)
    assert said(history) == (Movement.ADVANCED, MovementReason.EVIDENCE, flags())
    assert (answer.from_phase, answer.to_phase) == (None, Phase.WON)
    other = with_deal(Phase.WON, stage="customer")
    other.deal(Phase.LOST, 72, row(72))
    assert said(other) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, flags("opportunity_lost"))


@cases("phase", [Phase.WON, Phase.LOST])
def test_a_deal_found_closed_on_an_unknown_day_or_before_the_review_is_no_movement(phase: Phase) -> None:
    undated, old = named(stage="opportunity", since=50), named(stage="opportunity", since=50)
    undated.deal(phase, 72, row(72), since_known=False)
    old.deal(phase, 65, row(65), opened_on=30, recorded_on=72)
    assert said(undated) == said(old) == (Movement.UNCHANGED, MovementReason.SAME_STAGE, flags())


def test_another_meaning_of_a_stages_name_is_no_movement() -> None:
    history = with_deal(Phase.EARLY, stage_name="Pilot")
    history.deal(Phase.LATE, 72, row(72), stage_name="Pilot")
    assert said(history) == (Movement.UNCHANGED, MovementReason.IMPORTED, flags("reclassified"))


# How deals expand an account: by what existing business is worth, and by a fifth of the open amount of others.
def test_a_customer_expands_by_existing_business_won_and_opened_by_currency() -> None:
    history = with_deal(Phase.WON, stage="customer", amount_cents=900, currency="EUR")
    history.deal(Phase.LATE, 65, key="x:2", type=histories.MORE, amount_cents=500, currency="EUR")
    history.deal(Phase.WON, 72, row(72), key="x:2", type=histories.MORE, amount_cents=600, currency="EUR")
    history.deal(Phase.EARLY, 73, key="x:3", type=histories.MORE, amount_cents=100, currency="USD", opened_on=73)
    history.deal(Phase.EARLY, 73, key="x:4", type=histories.MORE, amount_cents=70, currency="EUR", opened_on=73)
    answer = judged(history)
    assert answer.expansions == (
        Expansion("booked", "EUR", 600, 1),
        Expansion("pipeline", "EUR", 70, 1),
        Expansion("pipeline", "USD", 100, 1),
    )
    assert "expanded" in answer.flags


def test_an_amount_that_no_row_shows_or_in_another_currency_or_first_expands_nobody() -> None:
    history = with_deal(Phase.EARLY, amount_cents=1000, currency="EUR")
    history.deal(Phase.EARLY, 71, row(71), amount_cents=1000, currency="EUR")
    history.deal(Phase.EARLY, 72, amount_cents=2000, currency="EUR")
    history.deal(Phase.EARLY, 72, row(72), key="x:2", amount_cents=9000, currency="USD", opened_on=72)
    assert judged(history).expansions == ()
    first = named(stage="mqa", since=50)
    first.deal(Phase.EARLY, 72, row(72), amount_cents=9000, currency="USD", opened_on=72)
    assert judged(first).expansions == ()


# Stages that deals imply: which are proposed, since when, and why a proposal does not stand any more.
def deal(
    phase: Phase, key: str = "salesforce:1", *, opened: float = 60, closed: float | None = None, known: bool = True
) -> Opportunity:
    profile = OpportunityProfile(key, "Sample plant", "Closed Won" if phase is Phase.WON else "Talks", phase)
    closed_at = None if closed is None else ago(closed)
    return Opportunity(profile, ago(opened), ago(opened), closed_at=closed_at, stage_since_known=known)


def proposed(
    *deals: Opportunity, stage: Stage = Stage.ENGAGED, **values: object
) -> tuple[Stage, datetime | None] | None:
    found = deal_rules.proposed_stage(account(stage=stage, opportunities=deals, **values))
    return None if found is None else (found.stage, found.since)


def test_a_won_deal_implies_a_customer_since_its_closing_day_and_an_open_one_an_opportunity_since_it_opened() -> None:
    assert proposed(deal(Phase.WON, closed=52)) == (Stage.CUSTOMER, ago(52))
    assert proposed(deal(Phase.MIDDLE)) == (Stage.OPPORTUNITY, ago(60))
    assert proposed(deal(Phase.LOST, closed=52)) is None


def test_nothing_is_proposed_to_an_account_at_that_stage_or_above_it() -> None:
    assert proposed(deal(Phase.EARLY), stage=Stage.OPPORTUNITY) is None
    assert proposed(deal(Phase.EARLY), stage=Stage.CUSTOMER) is None
    assert proposed(deal(Phase.WON, closed=52), stage=Stage.CUSTOMER) is None
    assert proposed(deal(Phase.WON, closed=52), stage=Stage.OPPORTUNITY) == (Stage.CUSTOMER, ago(52))


@cases(("status", "is_proposed"), [(each, each not in ("removed", "rejected")) for each in ListStatus])
def test_nothing_is_proposed_to_an_account_that_was_removed_or_rejected(status: ListStatus, is_proposed: bool) -> None:
    assert (proposed(deal(Phase.WON, closed=52), list_status=status) is not None) is is_proposed


def test_of_several_deals_the_furthest_stage_counts_since_the_first_that_implies_it() -> None:
    deals = (deal(Phase.LATE), deal(Phase.WON, "x:2", closed=20), deal(Phase.WON, "x:3", closed=50))
    assert proposed(*deals) == (Stage.CUSTOMER, ago(50))
    assert proposed(deal(Phase.WON, "x:1", known=False), deal(Phase.WON, "x:2", closed=3)) == (Stage.CUSTOMER, ago(3))


def test_a_deal_that_an_import_found_without_a_date_implies_its_stage_since_an_unknown_day() -> None:
    for phase in (Phase.WON, Phase.EARLY):
        proposal = implied_by(deal(phase, known=False))
        assert proposal is not None
        assert proposal.since is None
        step = step_of(proposal, ZONE)
        assert not step.since_known
        assert "not known" in step.text


def test_a_won_deal_is_the_buyers_act_and_an_open_one_our_own_record() -> None:
    won, still_open = implied_by(deal(Phase.WON, closed=52)), implied_by(deal(Phase.EARLY))
    assert won is not None
    assert still_open is not None
    shown, ours = evidence_for(won), evidence_for(still_open)
    assert (shown.actor, shown.act, shown.step, shown.kind) == (EvidenceActor.BUYER, BuyerAct.DEAL, "customer", "crm")
    assert (ours.actor, ours.act, ours.step) == (EvidenceActor.US, BuyerAct.DEAL, "opportunity")
    assert (shown.dated_at, ours.dated_at) == (ago(52), ago(60))
    assert step_of(won, ZONE).text == "Closed won in Salesforce on 3 Oct 2026"
    assert (step_of(won, ZONE).to_stage, step_of(won, ZONE).from_deal) == ("customer", "salesforce:1")
    assert step_of(still_open, ZONE).text == "Open deal in Salesforce since 25 Sep 2026"


@cases(
    ("now", "stage", "wanted", "reason"),
    [
        (deal(Phase.WON, closed=2), Stage.TARGET, Stage.CUSTOMER, ""),
        (deal(Phase.LOST, closed=2), Stage.TARGET, Stage.CUSTOMER, "Acme Corp: Sample plant was lost since"),
        (deal(Phase.EARLY), Stage.TARGET, Stage.CUSTOMER, "Acme Corp: Sample plant was opened again since"),
        (deal(Phase.WON, closed=2), Stage.TARGET, Stage.OPPORTUNITY, "Acme Corp: Sample plant was won since"),
        (deal(Phase.WON, closed=2), Stage.CUSTOMER, Stage.CUSTOMER, "Acme Corp is at customer already"),
        (deal(Phase.EARLY), Stage.CUSTOMER, Stage.OPPORTUNITY, "Acme Corp is at customer already"),
        (deal(Phase.WON, "x:2", closed=2), Stage.TARGET, Stage.CUSTOMER, "Acme Corp: that deal is not known any more"),
    ],
)
def test_a_proposal_that_does_not_stand_any_more_says_why_in_a_sentence(now, stage, wanted, reason):
    found = proposal_by(account(stage=stage, opportunities=(now,)), "salesforce:1", wanted)
    said = found if isinstance(found, str) else ""
    assert said.startswith(reason)
    assert bool(said) is bool(reason)
    gone = account(stage=stage, opportunities=(now,), list_status=ListStatus.REMOVED)
    assert str(proposal_by(gone, now.key, wanted)).startswith("Acme Corp is removed by now")


def test_a_deal_from_before_the_account_left_that_stage_implies_nothing_and_a_later_one_does() -> None:
    old, new = deal(Phase.WON, closed=52), deal(Phase.WON, "x:2", closed=5)
    assert proposed(old, left_customer_at=ago(20)) is None
    assert proposed(old, left_opportunity_at=ago(20)) == (Stage.CUSTOMER, ago(52))
    assert proposed(old, new, left_customer_at=ago(20)) == (Stage.CUSTOMER, ago(5))
    assert proposed(deal(Phase.EARLY), left_opportunity_at=ago(20)) is None
    left = account(stage=Stage.MQA, opportunities=(old,), left_customer_at=ago(20))
    assert proposal_by(left, old.key, Stage.CUSTOMER) == (
        "Acme Corp moved back to mqa after that deal, so nothing was recorded."
    )
