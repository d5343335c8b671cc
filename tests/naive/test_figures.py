"""The figures of the demo's pages are those that plain SQL finds by their definitions, on four past days and today."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from shutil import copy
from statistics import fmean, median

import pytest

from agendas.facts.account import Source, Stage
from agendas.facts.deals import OpportunityType
from agendas.facts.measures import Period, Program
from agendas.facts.people import Author
from agendas.facts.program import TARGET, TIERS
from agendas.facts.reviews import StallKind
from agendas.rules.executive import executive_report
from agendas.rules.import_deals import ImportedDeal
from agendas.rules.import_tables import ImportOptions
from agendas.rules.measures import Results, days_of_program, discipline, engagement_of, month_of, up_to
from agendas.rules.money import AT_RISK, deals_by_currency, target_coverage, years_of_deals
from agendas.rules.pipeline import named_in, paused_in, progression_of, quality
from agendas.verbs import imports, settings
from agendas.verbs.import_runs import begin_import
from agendas.verbs.measures import load_program
from storage.database import Store
from tests.naive import figures
from tests.naive.figures import Asked, Sums
from tests.sandbox.stored_sample import USERS, WORKSPACE, Sample, copied, seeded

ZONE = "America/New_York"
PAST = (date(2026, 8, 25), date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 27))
TODAY = date(2026, 11, 30)
DAYS = (*PAST, TODAY)
TARGETS = {"EUR": 300_000_00, "USD": 500_000_00}
"""Targets of a quarter, in cents."""


@dataclass
class Pages:
    """The program as the pages load it, once for each period, and its database as SQL reads it."""

    sample: Sample
    database: sqlite3.Connection
    loaded: dict[Period, Program] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.sample.opens_at

    def of(self, period: Period) -> Program:
        if period not in self.loaded:
            self.loaded[period] = self.sample.store.read_now(load_program, WORKSPACE, period, now=self.now)
        return self.loaded[period]

    def until(self, day: date) -> Program:
        return self.of(up_to(day, ZONE, now=self.now))

    def asked(self, day: date) -> Asked:
        return Asked(day, now=self.now if day == TODAY else None)


@pytest.fixture(scope="module")
def pages(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The pages of the demo, which has a target from its first day on."""
    path = tmp_path_factory.mktemp("figures") / "cadence.db"
    store = Store(f"sqlite:///{copy(migrated_sqlite, path)}")
    sample = seeded(store)
    author = Author(WORKSPACE, USERS["ines"], Source.MODAL, sample.calendar.instant("-16 tue 10:00"), ZONE)
    amounts = tuple(f"{currency} {cents // 100}" for currency, cents in TARGETS.items())
    store.write_now(settings.change_settings, author, {TARGET: ((), amounts)})
    with closing(figures.opened(path)) as database:
        yield Pages(sample, database)
    store.close()


@pytest.fixture(scope="module")
def grown(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The same after a late import of deals that closed: enough of them to tell the velocity."""
    folder = tmp_path_factory.mktemp("grown")
    sample = copied(pages.sample, folder)
    sample.store.write_now(import_closed, sample)
    with closing(figures.opened(folder / "copy.db")) as database:
        yield Pages(sample, database)
    sample.store.close()


@pytest.fixture(params=DAYS, ids=str)
def day(request: pytest.FixtureRequest) -> date:
    found: date = request.param
    return found


def import_closed(session, sample: Sample) -> None:
    """Import a year of deals: won and lost, renewed, without an amount or an opening, and of accounts that left."""
    at = sample.calendar.instant("10 sat 10:00")
    rows = [
        closed(
            number, "Halverne Ports", "Closed Won" if number % 3 else "Closed Lost", date(2026, 7, 6), took=7 * number
        )
        for number in range(1, 9)
    ]
    existing = OpportunityType.EXISTING_BUSINESS
    rows += [
        closed(21, "Corvane Logistics", "Closed Won", date(2026, 11, 3), took=9, amount_cents=None),
        closed(22, "Corvane Logistics", "Closed Lost", date(2026, 11, 4), took=None),
        closed(23, "Merrow Insurance", "Closed Won", date(2026, 10, 20), took=5, type=existing, adds_value=False),
        closed(24, "Merrow Insurance", "Closed Lost", date(2026, 10, 21), took=5, type=existing),
        closed(25, "Ashdene Homes", "Closed Lost", date(2026, 9, 14), took=5),  # on the day on which it left the list
        closed(26, "Ashdene Homes", "Closed Lost", date(2026, 9, 15), took=5),  # on the day after
        closed(27, "Larch & Holm", "Closed Lost", date(2026, 11, 20), took=20, currency="EUR"),  # paused
        closed(28, "Bluefen Capital", "Closed Won", date(2026, 11, 20), took=20),  # never named
    ]
    options = ImportOptions(at, zone=ZONE)
    plan = imports.plan_deals(session, WORKSPACE, rows, options)
    author = Author(WORKSPACE, "command line", Source.IMPORT, at)
    run = begin_import(session, plan, author, file_name="late.csv", what="opportunities")
    for part in imports.parts_of_deals(plan):
        imports.write_deals(session, run.row_id, author, part)


def closed(number: int, account: str, stage: str, on: date, *, took: int | None, **values) -> ImportedDeal:
    """A deal that closed at noon of the day after so many days, which are not known where None."""
    at = datetime.combine(on, time(17), UTC)
    given = {"amount_cents": number * 1_000_00, "currency": "USD", "type": OpportunityType.NEW_BUSINESS} | values
    return ImportedDeal(
        line=number,
        key=f"salesforce:006LATE{number:08}AAA",
        stage_name=stage,
        name=f"Deal {number}",
        account_names=(account,),
        closes_on=on,
        entered_at=at,
        opened_at=None if took is None else at - timedelta(days=took),
        changed_at=at,
        **given,
    )


def of_currency(found, name: str) -> Sums:
    """The number and cents of the deals with this name in each currency that has any."""
    sums = {each.currency: getattr(each, name) for each in deals_by_currency(found)}
    return {currency: (each.count, each.cents) for currency, each in sums.items() if each.count}


def how_closed(found: Program) -> dict[str, Sums]:
    return {how: of_currency(found, how) for how in ("won", "expanded", "renewed", "lost")}


# Accounts and how they moved.


def test_named_accounts_are_counted_by_tier(pages, day):
    named = Counter(each.facts.account.tier for each in named_in(pages.until(day)))
    assert figures.named(pages.database, pages.asked(day)) == named


def test_paused_accounts_are_counted_beside_them(pages, day):
    assert figures.paused(pages.database, pages.asked(day)) == len(paused_in(pages.until(day)))


def test_comparable_accounts_are_those_named_at_both_ends(pages, day):
    asked, found = pages.asked(day), pages.until(day)
    assert figures.comparable(pages.database, asked) == set(progression_of(found).comparable)
    assert len(figures.named_throughout(pages.database, asked)) == executive_report(found).comparable


@pytest.mark.parametrize(("way", "name"), [("up", "advanced"), ("down", "regressed"), ("claimed", "claimed")])
def test_who_moved_is_told_by_the_recorded_steps_and_deals(pages, day, way, name):
    moved = figures.movement(pages.database, pages.asked(day))
    assert moved[way] == set(getattr(progression_of(pages.until(day)), name))


def test_the_progression_rate_is_who_advanced_of_the_comparable(pages, day):
    rate = progression_of(pages.until(day)).rate
    assert figures.progression(pages.database, pages.asked(day)) == (rate.part, rate.of)


def test_conversion_counts_who_reached_an_opportunity_in_time(pages, day):
    share = Results(pages.until(day)).conversion((Stage.TARGET, Stage.OPPORTUNITY)).share
    assert figures.conversion(pages.database, pages.asked(day)) == (share.part, share.of)


def test_ended_stays_have_their_median_by_tier_and_stage(pages, day):
    velocity = Results(pages.until(day)).velocity
    found = {(tier, str(stage)): velocity(stage, tier) for tier in TIERS for stage in Stage}
    ended = {key: (len(each.completed), each.median_days) for key, each in found.items() if each.completed}
    assert figures.stays(pages.database, pages.asked(day)) == ended


def test_open_stays_stand_beside_them_with_their_age(pages, day):
    velocity = Results(pages.until(day)).velocity
    found = {(tier, str(stage)): velocity(stage, tier).open for tier in TIERS for stage in Stage}
    lasting = {key: (len(each), median(stay.days for stay in each)) for key, each in found.items() if each}
    assert figures.open_stays(pages.database, pages.asked(day)) == lasting


# Money.


def test_at_risk_is_what_is_open_at_accounts_in_trouble(pages, day):
    found = pages.until(day)
    troubled = [each.account_id for each in named_in(found) if each.placement.bucket in AT_RISK]
    sums = figures.at_risk(pages.database, pages.asked(day), troubled)
    assert sums == of_currency(found, "at_risk")


@pytest.mark.parametrize("how", ["won", "expanded", "renewed", "lost"])
@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_deals_that_closed_in_the_month_are_summed_by_currency(request, day, deals, how):
    pages = request.getfixturevalue(deals)
    assert figures.closed(pages.database, pages.asked(day))[how] == of_currency(pages.until(day), how)


@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_each_of_six_months_has_its_own_deals_and_together_they_have_all(request, day, deals):
    pages = request.getfixturevalue(deals)
    asked = pages.asked(day)
    months = figures.months(pages.database, asked)
    for first, sums in months.items():
        is_last = first == day.replace(day=1)
        assert sums == how_closed(pages.until(day) if is_last else pages.of(month_of(first, ZONE, now=pages.now)))
    together = {how: Counter[str]() for how in ("won", "expanded", "renewed", "lost")}
    for sums in months.values():
        for how, each in sums.items():
            together[how].update({currency: cents for currency, (_, cents) in each.items()})
    at_once = figures.half_year(pages.database, asked)
    assert together == {how: {key: cents for key, (_, cents) in each.items()} for how, each in at_once.items()}
    whole = pages.of(days_of_program(min(months), day, ZONE, now=pages.now))
    assert at_once == how_closed(whole)


@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_what_was_won_in_the_quarter_leaves_the_rest_of_the_target(request, day, deals):
    pages = request.getfixturevalue(deals)
    asked, found = pages.asked(day), target_coverage(pages.until(day))
    won = {key: cents for key, (_, cents) in figures.won_in_quarter(pages.database, asked).items() if cents}
    assert won == {each.currency: each.won_cents for each in found if each.won_cents}
    left = figures.left_to_win(pages.database, asked, TARGETS)
    assert {key: max(0, cents) for key, cents in left.items()} == {
        each.currency: each.remaining_cents for each in found
    }


@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_the_win_rate_is_new_business_won_of_closed(request, day, deals):
    pages = request.getfixturevalue(deals)
    years = years_of_deals(pages.until(day))
    rates = {key: (each.win_rate.part, each.win_rate.of) for key, each in years.items() if each.closed}
    assert figures.win_rate(pages.database, pages.asked(day)) == rates


@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_the_win_rate_by_value_weighs_each_deal_by_its_amount(request, day, deals):
    pages = request.getfixturevalue(deals)
    found = figures.win_rate_by_value(pages.database, pages.asked(day))
    told = {key: each.percent_by_value for key, each in years_of_deals(pages.until(day)).items() if each.closed}
    assert {key: round(100 * won / of) if of else None for key, (won, of) in found.items()} == told


@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_days_to_close_are_the_mean_of_known_openings_and_the_others_are_counted(request, day, deals):
    pages = request.getfixturevalue(deals)
    years = {key: each for key, each in years_of_deals(pages.until(day)).items() if each.closed}
    told = {key: (fmean(each.cycles) if each.cycles else None, each.openings_unknown) for key, each in years.items()}
    assert figures.days_to_close(pages.database, pages.asked(day)) == told


@pytest.mark.parametrize("deals", ["pages", "grown"])
def test_the_velocity_is_what_qualified_deals_bring_in_a_day(request, day, deals):
    pages = request.getfixturevalue(deals)
    years = years_of_deals(pages.until(day))
    told = {key: each.cents_a_day for key, each in years.items() if each.win_rate.is_percent}
    assert figures.velocity(pages.database, pages.asked(day)) == pytest.approx(told)


def test_enough_deals_closed_late_to_tell_the_velocity(grown):
    assert figures.velocity(grown.database, grown.asked(TODAY)).keys() == {"USD"}


def test_the_open_pipeline_is_summed_by_currency(pages, day):
    assert figures.open_pipeline(pages.database, pages.asked(day)) == of_currency(pages.until(day), "open")


def test_deals_that_close_in_the_quarter_are_summed_by_currency(pages, day):
    assert figures.closing(pages.database, pages.asked(day)) == of_currency(pages.until(day), "closing")


def test_the_target_is_covered_by_clean_deals(pages, day):
    found = pages.until(day)
    judged = [each for of_one in quality(found).values() for each in of_one.deals]
    clean = [each.open_deal.deal.key for each in judged if each.is_clean]
    covered = figures.coverage(pages.database, pages.asked(day), TARGETS, clean)
    times = {key: None if each is None else round(each, 1) for key, each in covered.items()}
    assert times == {each.currency: each.times for each in target_coverage(found)}


# Reviews, silence and engagement.


@pytest.mark.parametrize("name", ["planned", "held", "on_time", "both"])
def test_reviews_are_counted_as_planned_held_on_time_and_with_both_functions(pages, day, name):
    told = getattr(discipline(pages.until(day)), "with_both" if name == "both" else name)
    assert figures.reviews(pages.database, pages.asked(day))[name] == len(told)


def test_silence_counts_from_the_last_act_of_the_buyer(pages, day):
    told = {each.account_id: each.placement.stall.quiet_days for each in named_in(pages.until(day))}
    assert figures.silence(pages.database, pages.asked(day)) == told


def test_who_is_silent_for_longer_than_the_limit_is_stalled_by_silence(pages, day):
    stalls = {each.account_id: each.placement.stall for each in named_in(pages.until(day))}
    limits = {account_id: each.quiet_limit_days for account_id, each in stalls.items() if each.quiet_limit_days}
    silent = {key for key, each in stalls.items() if any(cause.kind is StallKind.QUIET for cause in each.causes)}
    assert figures.too_silent(pages.database, pages.asked(day), limits) == silent


def test_engagement_is_the_points_of_thirty_days(pages, day):
    engaged = {each.account_id: each.facts.engagement for each in named_in(pages.until(day))}
    told = {account_id: each.last_30 if each else 0 for account_id, each in engaged.items()}
    assert figures.engagement(pages.database, pages.asked(day)) == pytest.approx(told)


def test_the_median_of_engagement_is_that_of_all_named_accounts(pages, day):
    told = engagement_of(pages.until(day)).median_30 or 0
    assert figures.median_engagement(pages.database, pages.asked(day)) == pytest.approx(told)
