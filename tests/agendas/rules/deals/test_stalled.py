from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from agendas.facts.account import AccountState
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.group import Contact, ContactProfile
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.reviews import StallAnswer, StallCause
from agendas.rules.deals import stall
from tests.agendas.rules.history.histories import History, day, nominated, shown
from tests.cases import cases


def judged(history: History, now: float, settings: ProgramSettings = DEFAULTS) -> StallAnswer:
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
def test_each_stage_and_tier_stalls_on_the_day_after_its_limit(
    stage: str, tier: int, aged_limit: int | None, quiet_limit: int | None
) -> None:
    answer = judged(in_stage(stage, tier), 1000)
    assert (answer.stage_limit_days, answer.quiet_limit_days) == (aged_limit, quiet_limit)
    if aged_limit is None:
        assert not any(cause.kind == "aged" for cause in answer.causes)
        return
    last_good_day = 1 + aged_limit
    assert not judged(in_stage(stage, tier, touched=last_good_day), last_good_day).is_stalled
    answer = judged(in_stage(stage, tier, touched=last_good_day), last_good_day + 1)
    assert answer.causes == (StallCause("aged", aged_limit + 1, aged_limit),)


@cases(("stage", "tier", "quiet_limit"), [(s, t, q) for s, t, _, q in TABLE if q is not None])
def test_each_stage_and_tier_is_quiet_on_the_day_after_its_limit(stage: str, tier: int, quiet_limit: int) -> None:
    history = in_stage(stage, tier, touched=1)
    assert not any(cause.kind == "quiet" for cause in judged(history, 1 + quiet_limit).causes)
    assert StallCause("quiet", quiet_limit + 1, quiet_limit) in judged(history, 2 + quiet_limit).causes


def test_without_any_buyer_touch_silence_counts_from_the_day_it_was_named() -> None:
    history = nominated()
    history.put("named", 10)
    history.move("engaged", 30)
    assert judged(history, 32).causes == (StallCause("quiet", 22, 21, at_least=True),)


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
    assert judged(in_stage("engaged", 1), 27).heard_on is None


@cases("status", ["candidate", "paused", "removed", "rejected"])
def test_only_named_accounts_stall_but_days_are_given_for_all(status: str) -> None:
    history = in_stage("mqa", 1)
    history.put(status, 50)
    answer = judged(history, 60)
    assert not answer.is_stalled
    assert (answer.days_in_stage, answer.stage_limit_days) == (59, 14)


def test_an_account_without_a_tier_has_no_limits() -> None:
    answer = judged(in_stage("mqa", None), 500)
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
    answer = judged(in_stage("mqa", 1), 40, settings)
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
def test_an_opportunity_goes_by_its_furthest_open_deal(
    tier: int, phase: Phase, aged_limit: int, quiet_limit: int
) -> None:
    history = in_stage("opportunity", tier, touched=100)
    history.deal(Phase.EARLY, 10, key="x:early")
    history.deal(phase, 80)
    history.deal(Phase.WON, 90, key="x:won")
    answer = judged(history, 80 + aged_limit)
    assert (answer.days_in_stage, answer.stage_limit_days, answer.quiet_limit_days) == (
        aged_limit,
        aged_limit,
        quiet_limit,
    )
    assert answer.phase is phase
    assert not any(cause.kind == "aged" for cause in answer.causes)
    assert StallCause("aged", aged_limit + 1, aged_limit) in judged(history, 81 + aged_limit).causes


def test_a_customer_stalls_only_while_a_deal_for_more_is_open() -> None:
    history = in_stage("customer", 1)
    history.deal(Phase.LATE, 20)
    history.deal(Phase.LATE, 20, key="x:renewal", type=OpportunityType.EXISTING_BUSINESS, adds_value=False)
    assert not judged(history, 500).is_stalled
    history.deal(Phase.EARLY, 400, key="x:more", type=OpportunityType.EXISTING_BUSINESS)
    answer = judged(history, 461)
    assert answer.phase is Phase.EARLY
    assert answer.causes == (StallCause("aged", 61, 60), StallCause("quiet", 460, 30, at_least=True))
    history.deal(Phase.WON, 462, key="x:more", type=OpportunityType.EXISTING_BUSINESS)
    assert not judged(history, 500).is_stalled


def test_days_as_a_candidate_are_no_age_of_a_stage() -> None:
    history = nominated()
    history.move("engaged", 10, shown(10))
    history.put("named", 100)
    history.move(None, 125, shown(125))
    answer = judged(history, 130)
    assert (answer.days_in_stage, answer.causes) == (30, ())
    assert judged(history, 131).causes == (StallCause("aged", 31, 30),)


def test_a_pause_does_not_restart_the_age_and_a_new_naming_does() -> None:
    history = nominated()
    history.put("named", 1)
    history.move("engaged", 10, shown(10))
    history.put("paused", 20)
    history.put("named", 30)
    assert judged(history, 45).days_in_stage == 35
    history.put("removed", 50, None)
    history.put("candidate", 60, None)
    history.put("named", 80)
    assert judged(history, 90).days_in_stage == 10
    assert judged(history, 81).causes == (StallCause("quiet", 71, 21),)
