from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import AccountState, ListStatus, Rhythm
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import DecisionKind, ExpansionKind, Moved
from agendas.facts.evidence import Evidence, EvidenceActor, WaitingSet
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.program import ProgramSettings, ReviewCoverage
from agendas.facts.reviews import AgendaFacts, AgendaItem, Bucket
from agendas.facts.signals import Engagement
from agendas.rules.reviews import FittingDecision, coverage, fit, fitting_decision, in_scope, is_on_time, order, place
from tests.agendas.rules.histories import NOW_DAY, REVIEW_DAY, History, day, named, nominated, shown
from tests.builders import ANN, BOB, NOW, account, agenda_facts, agenda_item, profile
from tests.cases import cases


def heard(stage: str, since: float, on_day: float, tier: int = 1) -> History:
    """An account in a stage since a day, and heard of last on another, with a next action in time."""
    history = named(tier, stage, since=since)
    history.move(None, on_day, shown(on_day))
    history.promise(60, due_in_days=30)
    return history


def moved(stage: str, on_day: float, *evidence: Evidence) -> History:
    history = named(1, "engaged")
    history.move(stage, on_day, *evidence)
    return history


def by(actor: EvidenceActor, on_day: float = 72, step: str = "mqa") -> Evidence:
    return replace(shown(on_day), actor=actor, step=step)


def deal(*phases: tuple[Phase, float], stage: str = "opportunity", tier: int = 1, **values: object) -> History:
    history = named(tier, stage)
    for phase, on_day in phases:
        history.deal(phase, on_day, shown(on_day), opened_on=phases[0][1], **values)
    return history


def intervention(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = named(tier, "engaged", name=name)
    history.block(75, needs="executive")
    return history.facts()


def stalled(tier: int | None = 1, name: str = "Sample Acme", since: float = 50) -> AgendaFacts:
    return named(tier, "engaged", name=name, since=since).facts()


def expanded(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = named(tier, "customer", name=name)
    history.add(Moved(expansion=ExpansionKind.BREADTH), 72)
    return history.facts()


def advanced(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    return moved_in_tier("mqa", tier, name).facts()


def claimed(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = named(tier, "engaged", name=name)
    history.move("mqa", 72)
    return history.facts()


def new(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    history = nominated(name)
    history.move("engaged", 63, shown(63))
    history.put("named", 65, tier)
    history.promise(65, due_in_days=30)
    return history.facts(reviewed=False)


def steady(tier: int | None = 1, name: str = "Sample Acme") -> AgendaFacts:
    return named(tier, "engaged", name=name).facts()


def moved_in_tier(stage: str, tier: int | None, name: str = "Sample Acme") -> History:
    history = named(tier, "engaged", name=name)
    history.move(stage, 72, shown(72))
    return history


def item(facts: AgendaFacts) -> AgendaItem:
    return AgendaItem(position=0, facts=facts, placement=place(facts))


def agenda(*facts: AgendaFacts) -> tuple[AgendaItem, ...]:
    return order(item(each) for each in facts)


def names(items: tuple[AgendaItem, ...]) -> list[str]:
    return [each.facts.account.name for each in items]


def test_the_reasons_of_an_intervention_come_before_those_of_the_stall() -> None:
    history = named(1, "engaged", since=50)
    history.block(75, needs="executive")
    assert place(history.facts()).reasons == (("blocker_needs_executive", 2, 0), ("stalled_quiet", 27, 21))


def test_an_account_that_advanced_after_a_stall_is_stalled_only_while_the_stall_lasts() -> None:
    history = named(2, "engaged", since=30)
    history.move("mqa", 72, shown(72))
    assert place(history.facts()).bucket is Bucket.ADVANCED


def test_the_agenda_goes_by_bucket_then_tier() -> None:
    items = agenda(
        steady(1, "A"), new(1, "B"), advanced(2, "C"), advanced(1, "D"), expanded(3, "E"), stalled(1, "F"),
        intervention(2, "G"), intervention(1, "H"), new(None, "I"),
    )  # fmt: skip
    assert names(items) == ["H", "G", "F", "E", "D", "C", "B", "I", "A"]
    assert [each.position for each in items] == list(range(1, 10))


def test_within_a_tier_more_days_over_the_limit_come_first_and_then_the_name() -> None:
    items = agenda(stalled(1, "beta", 50), stalled(1, "Alpha", 50), stalled(1, "Zeta", 45))
    assert names(items) == ["Zeta", "Alpha", "beta"]


def test_new_accounts_of_a_tier_come_by_fit_then_by_the_points_of_their_signals_and_then_by_name() -> None:
    score = FitScore(Criterion.URGENCY, 3, "They sign in spring", "sales", "U0ANN1", day(66))
    fits = replace(new(2, "Zeta"), account=replace(new(2, "Zeta").account, fit=(score,)))
    heard = replace(new(2, "Yota"), engagement=Engagement(last_90=4.0))
    assert names(agenda(new(2, "beta"), new(2, "Alpha"), heard, fits)) == ["Zeta", "Yota", "Alpha", "beta"]
    assert names(agenda(fits, new(1, "Gamma"))) == ["Gamma", "Zeta"]


def test_tier_1_takes_8_minutes_tier_2_takes_3_and_tier_3_takes_2() -> None:
    fitted = fit(agenda(new(1), new(2), new(3), new(None)), 45)
    assert [each.minutes for each in fitted] == [8, 3, 2, 2]
    assert {each.part for each in fitted} == {"discussed"}


def test_the_minutes_and_limits_of_an_account_are_those_of_its_settings() -> None:
    settings = ProgramSettings((("tier.1.aged.engaged", 100), ("tier.1.minutes", 20), ("tier.1.quiet.engaged", 20)))
    facts = replace(stalled(1, since=41), settings=settings)
    (fitted,) = fit(agenda(facts), 45)
    assert (fitted.minutes, fitted.placement.reasons) == (20, (("stalled_quiet", 36, 20),))


def test_what_does_not_fit_is_left_out_with_its_minutes_and_a_shorter_one_takes_the_rest() -> None:
    fitted = fit(agenda(intervention(1, "A"), intervention(1, "B"), new(2, "C"), new(2, "D")), 12)
    assert [(each.part, each.minutes) for each in fitted] == [
        ("discussed", 8),
        ("left_out", 8),
        ("discussed", 3),
        ("left_out", 3),
    ]


def test_a_45_minute_slot_holds_five_tier_1_accounts() -> None:
    fitted = fit(agenda(*(new(1, f"Sample {number}") for number in range(7))), 45)
    assert [each.part for each in fitted] == ["discussed"] * 5 + ["left_out"] * 2


def test_at_least_one_account_is_discussed_however_short_the_slot() -> None:
    fitted = fit(agenda(steady(1, "A"), new(1, "B"), intervention(1, "C")), 0)
    assert [(each.facts.account.name, each.part, each.minutes) for each in fitted] == [
        ("C", "discussed", 8),
        ("B", "left_out", 8),
        ("A", "listed", 0),
    ]


def test_of_steady_accounts_alone_the_first_is_discussed() -> None:
    fitted = fit(agenda(steady(2, "A"), steady(1, "B")), 30)
    assert [(each.facts.account.name, each.part, each.minutes) for each in fitted] == [
        ("B", "discussed", 8),
        ("A", "listed", 0),
    ]


def test_an_agenda_of_nothing_is_empty() -> None:
    assert fit(order([]), 45) == ()


KINDS = [intervention, stalled, expanded, advanced, claimed, new, steady]
ALL = [item(kind(tier)) for kind in KINDS for tier in (1, 2, 3, None)]
many = st.lists(st.sampled_from(ALL), min_size=1, max_size=12)


@given(many, st.integers(0, 60))
def test_the_minutes_always_fit_and_nothing_that_would_fit_is_left_out(chosen: list[AgendaItem], minutes: int) -> None:
    fitted = fit(order(chosen), minutes)
    discussed = [each for each in fitted if each.part == "discussed"]
    used = sum(each.minutes for each in discussed)
    assert discussed
    assert used <= minutes or len(discussed) == 1
    assert all(each.minutes > minutes - used for each in fitted if each.part == "left_out")
    assert all(
        each.minutes == {1: 8, 2: 3}.get(each.facts.account.tier or 3, 2) for each in fitted if each.part != "listed"
    )


@given(many, st.randoms())
def test_the_order_does_not_depend_on_the_order_given_and_loses_nobody(chosen: list[AgendaItem], random: Random):
    numbered = [
        replace(each, facts=replace(each.facts, account=replace(each.facts.account, account_id=number)))
        for number, each in enumerate(chosen)
    ]
    shuffled = list(numbered)
    random.shuffle(shuffled)
    assert order(shuffled) == order(numbered)
    assert [each.position for each in order(numbered)] == list(range(1, len(chosen) + 1))
    assert sorted(e.facts.account.account_id for e in order(shuffled)) == list(range(len(chosen)))


def test_a_cause_far_over_its_limit_is_told_once() -> None:
    codes = [code for code, _, _ in place(stalled(since=30)).reasons]
    assert "far_over_quiet" in codes
    assert "stalled_quiet" not in codes
    assert "stalled_aged" in codes


# Accounts that reviews left out: before their equals, and never twice in a row behind one of less need.
def left_out(facts: AgendaFacts, times: int = 1) -> AgendaItem:
    return replace(item(facts), times_left_out=times)


def parts(items: Iterable[AgendaItem], minutes: int) -> dict[str, str]:
    return {each.facts.account.name: each.part.value for each in fit(order(items), minutes)}


def test_what_was_left_out_comes_before_its_equals_the_longest_first_and_not_before_a_higher_tier() -> None:
    waited = [left_out(stalled(1, "A", 50)), left_out(stalled(1, "B", 50), 2), left_out(stalled(2, "C", 30), 5)]
    assert names(order([*waited, item(stalled(1, "D", 45)), item(advanced(1, "E"))])) == ["B", "A", "D", "C", "E"]


def test_an_account_in_need_of_intervention_takes_its_minutes_before_others_once_it_was_left_out() -> None:
    agreed = [item(intervention(1, "A")), left_out(intervention(2, "B")), item(stalled(3, "C", 10))]
    assert parts(agreed, 10) == {"A": "left_out", "B": "discussed", "C": "discussed"}
    assert names(fit(order(agreed), 10)) == ["A", "B", "C"], "in order of need all the same"


def test_nothing_of_less_need_is_discussed_while_an_account_in_need_of_intervention_is_left_out_again() -> None:
    waited = [left_out(intervention(1, "A")), left_out(intervention(1, "B")), item(stalled(3, "C", 10))]
    assert parts(waited, 10) == {"A": "discussed", "B": "left_out", "C": "left_out"}
    once = [item(intervention(1, "A")), item(intervention(1, "B")), item(stalled(3, "C", 10))]
    assert parts(once, 10) == {"A": "discussed", "B": "left_out", "C": "discussed"}


ANY_KIND = st.sampled_from([intervention, stalled, advanced, claimed, new, steady])


def test_while_one_of_a_higher_tier_waits_again_none_in_need_of_a_lower_tier_is_discussed() -> None:
    agreed = [left_out(intervention(1, "A")), left_out(intervention(1, "B")), item(intervention(2, "C"))]
    assert parts(agreed, 12) == {"A": "discussed", "B": "left_out", "C": "left_out"}


@given(st.lists(st.tuples(ANY_KIND, st.integers(1, 3)), min_size=1, max_size=8), st.integers(3, 30))
def test_week_by_week_no_account_in_need_is_left_out_twice_in_a_row_while_a_lesser_one_is_discussed(kinds, minutes):
    facts = [kind(tier, f"Sample {number}") for number, (kind, tier) in enumerate(kinds)]
    times = [0] * len(facts)
    for _ in range(5):
        items = [replace(item(each), times_left_out=count) for each, count in zip(facts, times, strict=True)]
        fitted = {each.facts.account.name: each for each in fit(order(items), minutes)}
        discussed = [each for each in fitted.values() if each.part == "discussed"]
        again = [each for each in fitted.values() if each.part == "left_out" and each.times_left_out]
        assert discussed
        if any(each.placement.bucket is Bucket.NEEDS_INTERVENTION for each in again):
            assert {each.placement.bucket for each in discussed} == {Bucket.NEEDS_INTERVENTION}
            lowest = max(
                each.facts.account.tier or 3 for each in again if each.placement.bucket is Bucket.NEEDS_INTERVENTION
            )
            assert all((each.facts.account.tier or 3) <= lowest or each.times_left_out for each in discussed)
        now = [fitted[each.account.name] for each in facts]
        times = [each.times_left_out + 1 if each.part == "left_out" else 0 for each in now]


# The accounts in scope.

ACME = account(account_id=7, tier=1, profile=profile(segment="Retail"))


@cases(
    ("scope", "expected"),
    [
        ({}, True),
        ({"tiers": [], "owners": [], "segments": [], "account_ids": []}, True),
        ({"tiers": [1, 2]}, True),
        ({"tiers": [2]}, False),
        ({"owners": [ANN]}, True),
        ({"owners": [BOB]}, False),
        ({"segments": ["Retail"]}, True),
        ({"segments": ["Banks"]}, False),
        ({"account_ids": [7]}, True),
        ({"account_ids": [8]}, False),
        ({"tiers": [1], "owners": [BOB]}, False),
    ],
)
def test_an_account_is_in_scope_when_it_fits_every_part_that_is_given(scope: dict, expected: bool) -> None:
    assert in_scope(ACME, scope) is expected


@cases("status", [status for status in ListStatus if status is not ListStatus.NAMED])
def test_only_named_accounts_are_in_scope(status: ListStatus) -> None:
    assert not in_scope(replace(ACME, list_status=status), {})


# Accounts reviewed as often as their tier asks for.

TODAY = date(2026, 11, 24)


@cases(
    ("rhythm", "days", "on_time"),
    [
        (Rhythm.WEEKLY, 9, True),
        (Rhythm.WEEKLY, 10, False),
        (Rhythm.BIWEEKLY, 16, True),
        (Rhythm.BIWEEKLY, 17, False),
        (Rhythm.MONTHLY, 33, True),
        (Rhythm.MONTHLY, 34, False),
    ],
)
def test_a_review_is_on_time_within_its_rhythm_and_two_days_to_close(rhythm: Rhythm, days: int, on_time: bool) -> None:
    assert is_on_time(TODAY - timedelta(days=days), rhythm, TODAY) is on_time


def test_accounts_are_counted_by_tier_against_its_own_rhythm() -> None:
    ten_days_ago = TODAY - timedelta(days=10)
    rhythms = {1: Rhythm.WEEKLY, 2: Rhythm.BIWEEKLY, 3: Rhythm.MONTHLY}
    found = coverage({2: [ten_days_ago], 1: [ten_days_ago, TODAY]}, rhythms, TODAY)
    assert found == (ReviewCoverage(1, Rhythm.WEEKLY, 1, 2), ReviewCoverage(2, Rhythm.BIWEEKLY, 1, 1))


# The decision that a form opens with follows from the state and the fit of the account.

KEEP = FittingDecision(DecisionKind.KEEP)


def scored(points: int) -> tuple[FitScore, ...]:
    return tuple(FitScore(criterion, points, "Because", "sales", ANN, NOW) for criterion in Criterion)


def decided(state: AccountState, bucket: Bucket = Bucket.STEADY) -> FittingDecision:
    item = agenda_item(agenda_facts(account=state, tier_1_owners=()))
    return fitting_decision(replace(item, placement=replace(item.placement, bucket=bucket)))


@cases("bucket", Bucket)
def test_help_is_asked_for_where_an_account_needs_intervention_and_nowhere_else(bucket: Bucket) -> None:
    asks = bucket is Bucket.NEEDS_INTERVENTION
    assert decided(account(), bucket) == (FittingDecision(DecisionKind.INTERVENE) if asks else KEEP)


def test_a_tier_that_the_fit_proposes_is_filled_in_and_a_removal_never() -> None:
    assert decided(account(tier=1, fit=scored(3))) == FittingDecision(DecisionKind.CHANGE_TIER, 2)
    assert decided(account(tier=1, fit=scored(3)), Bucket.NEEDS_INTERVENTION).kind is DecisionKind.INTERVENE
    assert decided(account(tier=3, fit=scored(0))) == KEEP


# Hand-worked cases of the buckets that an account can be in at the end of a period, each for one account.
# The period is (day 70, day 77]: it begins with the review of day 70 and ends now. `named` puts the account on the
# list on day 1, where it takes its stage on day `since`, shown by a mail of that day, with an action due 30 days
# later.

Case = tuple[str, Callable[[], History], object]
MORE = {"type": OpportunityType.EXISTING_BUSINESS, "currency": "EUR"}


def with_second(amount_cents: int | None, currency: str = "EUR") -> History:
    """An opportunity of EUR 1,000 to which a second deal came in the period."""
    history = deal((Phase.EARLY, 66), amount_cents=100_000, currency="EUR")
    history.deal(Phase.EARLY, 72, shown(72), key="x:2", opened_on=72, amount_cents=amount_cents, currency=currency)
    return history


def expanding(*, on_day: float, stage: str = "customer") -> History:
    history = named(1, stage)
    history.add(Moved(expansion=ExpansionKind.BREADTH), on_day)
    return history


def more(*phases: tuple[Phase, float], **values: object) -> History:
    return deal(*phases, stage="customer", **{"amount_cents": 60_000, **MORE, **values})


ADVANCED: list[Case] = [
    ("a step that is shown", lambda: moved("mqa", 72, shown(72)), "advanced"),  # a step with a mail of the same day
    ("a step that nothing shows", lambda: moved("mqa", 72), "steady"),  # nothing shows it: never counted as advanced
    # our own mail is our activity
    ("a step with our own mail", lambda: moved("mqa", 72, by(EvidenceActor.US)), "steady"),
    # a third party's proof counts as the buyer's act does
    ("a step with a third party's proof", lambda: moved("mqa", 72, by(EvidenceActor.THIRD_PARTY)), "advanced"),
    # the buyer's act is evidence of the step that it shows, and of no other
    ("a step with evidence of another", lambda: moved("mqa", 72, by(EvidenceActor.BUYER, step="engaged")), "steady"),
    # nobody has said yet whose act it is
    ("a step with evidence in doubt", lambda: moved("mqa", 72, by(EvidenceActor.IN_DOUBT)), "steady"),
    # 30 days before the period began is day 40
    ("evidence of the first day that counts", lambda: moved("mqa", 72, shown(40)), "advanced"),
    ("evidence of the day before", lambda: moved("mqa", 72, shown(39)), "steady"),
    ("evidence of now", lambda: moved("mqa", 72, shown(77)), "advanced"),  # dated at the very end of the period
    ("evidence of tomorrow", lambda: moved("mqa", 72, shown(78)), "steady"),  # dated after it: it has not happened yet
    # the period begins after its first instant, and holds its last
    ("a step at the beginning", lambda: moved("mqa", 70, shown(70)), "steady"),
    ("a step at the end", lambda: moved("mqa", 77, shown(77)), "advanced"),
    ("two stages at once", lambda: moved("opportunity", 72, shown(72)), "advanced"),  # a stage left out counts once
    # the stage stands, the furthest deal went on; in tier 3, where a middle phase without people asks for nobody
    ("a deal's phase", lambda: deal((Phase.EARLY, 66), (Phase.MIDDLE, 72), tier=3), "advanced"),
    ("found by an import", lambda: _found("mqa"), "steady"),  # an import that finds it in a stage is no movement
]


def _found(stage: str) -> History:
    history = named(1, "engaged")
    history.find(stage, 72)
    return history


# (stage, in it since day, heard of last on day, tier, exceeded limits); days are counted to day 77
STALLED: list[tuple[str, float, float, int, str]] = [
    ("engaged", 47, 56, 1, ""),  # tier 1 engaged: 30 days in the stage, 21 of silence; exactly at both limits
    ("engaged", 46, 56, 1, "aged"),  # 31 days in the stage
    ("engaged", 47, 55, 1, "quiet"),  # 22 days of silence
    ("engaged", 46, 55, 1, "aged quiet"),  # both, reported both
    # tier 2 has 45 and 30 days
    ("engaged", 32, 47, 2, ""),
    ("engaged", 31, 46, 2, "aged quiet"),
    # tier 3 has 90 and 60
    ("engaged", 2, 17, 3, ""),
    ("engaged", 2, 16, 3, "quiet"),
    # MQA: 14 and 14 days in tier 1
    ("mqa", 63, 63, 1, ""),
    ("mqa", 62, 63, 1, "aged"),
    # an opportunity without a deal goes by the early phase: 30 and 14 days
    ("opportunity", 47, 63, 1, ""),
    ("opportunity", 46, 62, 1, "aged quiet"),
    ("aware", 2, 2, 3, ""),  # tier 3 is only watched in aware, whatever the days
    ("customer", 2, 2, 1, ""),  # a customer to whom nothing more is open cannot stall
]

EXPANDED: list[Case] = [
    ("told of a customer", lambda: expanding(on_day=72), "expanded"),  # people said that a customer expands
    ("told before", lambda: expanding(on_day=69), "steady"),  # before the period
    ("told of no customer", lambda: expanding(on_day=72, stage="engaged"), "steady"),  # of others expansion is no word
    ("won", lambda: more((Phase.LATE, 66), (Phase.WON, 72)), "expanded booked 60000"),  # existing business won: booked
    # its amount is not known: counted, and no sum
    (
        "won without an amount",
        lambda: more((Phase.LATE, 66), (Phase.WON, 72), amount_cents=None),
        "expanded booked None",
    ),
    # won at the first instant, which the period does not hold
    ("won at the beginning", lambda: more((Phase.LATE, 66), (Phase.WON, 70)), "steady"),
    ("won at the end", lambda: more((Phase.LATE, 66), (Phase.WON, 77)), "expanded booked 60000"),
    # a renewal books nothing more than there was, though its deal went further
    ("a renewal won", lambda: more((Phase.LATE, 66), (Phase.WON, 72), adds_value=False), "advanced"),
    # a deal for more that opened: pipeline
    ("opened", lambda: more((Phase.EARLY, 72)), "expanded pipeline 60000"),
    ("opened before", lambda: more((Phase.EARLY, 69)), "steady"),
    # no customer: EUR 1,000 open, 20 percent more are EUR 200
    ("a fifth more", lambda: with_second(20_000), "expanded pipeline 20000"),
    ("a cent less than a fifth", lambda: with_second(19_999), "steady"),
    # amounts of two currencies are never added up
    ("in another currency", lambda: with_second(900_000, "USD"), "steady"),
    ("of an unknown amount", lambda: with_second(None), "steady"),  # an unknown amount raises nothing
    # a first deal is no expansion, but a step
    ("a first deal", lambda: deal((Phase.EARLY, 72), amount_cents=90_000, currency="EUR"), "advanced"),
]


@cases(("stage", "since", "heard_on", "tier", "causes"), STALLED)
def test_stalled_is_as_worked_out_by_hand(stage: str, since: float, heard_on: float, tier: int, causes: str) -> None:
    placed = place(heard(stage, since, heard_on, tier).facts())
    assert " ".join(cause.kind for cause in placed.stall.causes) == causes
    assert placed.bucket == ("stalled" if causes else "steady")


def test_a_date_that_the_buyer_confirmed_excuses_age_and_silence_up_to_twice_its_limit() -> None:
    def waiting(heard_on: float) -> AgendaFacts:
        history = heard("engaged", 30, heard_on)
        history.add(WaitingSet(day(90).date(), "their board decides"), 76, by(EvidenceActor.THIRD_PARTY, heard_on))
        return history.facts()

    # silent for 42 days, which is twice 21, and 47 in the stage: both excused
    assert place(waiting(35)).bucket == "steady"
    # silent for 43 days: not excused
    assert [cause.kind for cause in place(waiting(34)).stall.causes] == ["quiet"]


@cases(("history", "expected"), [case[1:] for case in EXPANDED], ids=[case[0] for case in EXPANDED])
def test_expanded_is_as_worked_out_by_hand(history: Callable[[], History], expected: str) -> None:
    placed = place(history().facts())
    deltas = [f"{each.kind} {each.delta_cents}" for each in placed.movement.expansions]
    assert " ".join([placed.bucket, *deltas]) == expected


# Hand-worked cases of accounts that are new: on the list at the end of the period (day 70, day 77], not before it.
# New stands after needs intervention, stalled, expanded and advanced: a reason to step in, or a stall, comes before
# it.
def named_on(on_day: float, *earlier: tuple[str, float], tier: int = 1) -> History:
    """An account with an action to come that is named on a day, after these statuses."""
    history = nominated()
    history.promise(69, due_in_days=30)
    for status, earlier_on in earlier:
        history.put(status, earlier_on, tier)
    history.put("named", on_day, tier)
    return history


def after(history: History, *statuses: tuple[str, float]) -> History:
    for status, on_day in statuses:
        history.put(status, on_day)
    return history


def stepped() -> History:
    history = named_on(72)
    history.move("engaged", 73, shown(73))
    return history


def silent() -> History:
    """Engaged since day 20 as a candidate, and silent for 57 days where 21 are the limit, when it is named."""
    history = nominated()
    history.move("engaged", 20, shown(20))
    history.promise(69, due_in_days=30)
    history.put("named", 72, 2)
    return history


def blocked() -> History:
    history = named_on(72)
    history.block(73, needs="executive")
    return history


NEW: list[Case] = [
    # the period does not hold its first instant: it was on the list at both ends
    ("named at the beginning", lambda: named_on(REVIEW_DAY), "steady"),
    # a quarter of an hour later it is within
    ("named just after the beginning", lambda: named_on(REVIEW_DAY + 0.01), "new"),
    ("named in the middle", lambda: named_on(73), "new"),
    ("named at the very end", lambda: named_on(NOW_DAY), "new"),  # the period holds its last instant
    # on the list at both ends, whatever its tier was in between
    ("of another tier", lambda: after(named(1, "engaged"), ("named", 72)), "steady"),
    ("rejected before", lambda: named_on(72, ("rejected", 60)), "new"),  # turned down before, and named now
    # left before the period, and came back in it
    ("removed before", lambda: named_on(72, ("named", 5), ("removed", 60)), "new"),
    ("paused before", lambda: named_on(72, ("named", 60), ("paused", 66)), "new"),
    # its days on the list go on from day 5 in a pause: 72 at a target, where tier 1 has 60
    ("paused before, and too long at a target", lambda: named_on(72, ("named", 5), ("paused", 60)), "stalled"),
    # left and came back within the period: on the list at both ends
    ("removed and back", lambda: after(named(1, "engaged"), ("removed", 72), ("named", 74)), "steady"),
    # a step since it was named counts from there, and that it is new stands beside it
    ("with a step", stepped, "advanced"),
    ("already stalled", silent, "stalled"),  # named while it is silent for too long: the stall is told
    # a blocker that needs an executive does so from the first day
    ("with a reason to step in", blocked, "needs_intervention"),
    # named and paused within the period: it is not on the list at the end
    ("paused at the end", lambda: after(named_on(72), ("paused", 74)), "steady"),
]


@cases(("history", "bucket"), [case[1:] for case in ADVANCED + NEW], ids=[case[0] for case in ADVANCED + NEW])
def test_advanced_and_new_are_as_worked_out_by_hand(history: Callable[[], History], bucket: str) -> None:
    assert place(history().facts()).bucket == bucket
