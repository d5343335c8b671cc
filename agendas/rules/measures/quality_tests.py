"""The seven tests of an open deal of a named account: each passed, failed with its figure, or not due at its stage."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Phase
from agendas.facts.group import BuyingRole
from agendas.facts.program.settings import ProgramSettings
from agendas.rules.deals.summary import OpenDeal, deals_of
from agendas.rules.fit.score import fit_of
from agendas.rules.group.coverage import active_people, holders
from agendas.text.days import days_between, local_date

LEAST_FIT = 60
"""Fit of an account whose pipeline counts as good, in points. Our own, as the fit for tier 2."""

ECONOMIC_BUYER_DAYS = 60
"""An economic buyer counts as engaged in a deal for so many days. Our own."""

TOUCHED_DAYS = 30
"""An account counts as worked on for so many days: pipeline without a next step in 30 days is not real coverage."""

ENGAGED_CONTACTS, ENGAGED_CONTACTS_TIER_1 = 2, 3
"""People of the buyer who should be active at once: two, and three in tier 1. Our own."""


class QualityTest(StrEnum):
    """Test of an open deal, in order."""

    FIT = "fit"
    ECONOMIC_BUYER = "economic_buyer"
    NEXT_ACTION = "next_action"
    STAGE_AGE = "stage_age"
    CLOSE_DATE = "close_date"
    CONTACTS = "contacts"
    EVIDENCE = "evidence"


class QualityGap(StrEnum):
    """Reason why a deal fails a test, with a number and its limit where there are any.

    Points go with fit_low, people with too_few_contacts, times with close_date_pushed, days with all others.
    """

    FIT_NOT_SCORED = "fit_not_scored"
    FIT_LOW = "fit_low"
    NO_ECONOMIC_BUYER = "no_economic_buyer"
    ECONOMIC_BUYER_NOT_HEARD = "economic_buyer_not_heard"
    ECONOMIC_BUYER_QUIET = "economic_buyer_quiet"
    NO_NEXT_ACTION = "no_next_action"
    NEXT_ACTION_PAST = "next_action_past"
    NOT_TOUCHED = "not_touched"
    OVER_STAGE_LIMIT = "over_stage_limit"
    NO_CLOSE_DATE = "no_close_date"
    CLOSE_DATE_PAST = "close_date_past"
    CLOSE_DATE_PUSHED = "close_date_pushed"
    TOO_FEW_CONTACTS = "too_few_contacts"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class JudgedTest:
    """A test that is due, and why it is failed; without a `gap` it is passed."""

    test: QualityTest
    gap: QualityGap | None = None
    number: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class JudgedDeal:
    """An open deal of a named account with the tests that are due at its stage."""

    account_id: int
    open_deal: OpenDeal
    tests: tuple[JudgedTest, ...]

    @property
    def due(self) -> int:
        """Number of tests that are due; never 0."""
        return len(self.tests)

    @property
    def passed(self) -> int:
        """Number of tests that it passes."""
        return sum(each.gap is None for each in self.tests)

    @property
    def failed(self) -> tuple[JudgedTest, ...]:
        """The tests that it fails, in order."""
        return tuple(each for each in self.tests if each.gap is not None)

    @property
    def is_clean(self) -> bool:
        """True if it passes every test that is due."""
        return not self.failed

    @property
    def currency(self) -> str:
        """The currency of its amount, '' where none is recorded."""
        return self.open_deal.deal.profile.currency

    @property
    def amount_cents(self) -> int | None:
        """Its amount, None where none is recorded."""
        return self.open_deal.deal.profile.amount_cents


def judged_deals(
    account: AccountState, settings: ProgramSettings, *, now: datetime, zone: str
) -> tuple[JudgedDeal, ...]:
    """Return the account's open deals with their tests, furthest first; days are calendar days in the IANA `zone`."""
    standing = deals_of(account, settings, now=now, zone=zone).open
    if not standing:
        return ()
    today = local_date(now, zone)
    of_account = {
        QualityTest.FIT: _fit(account, settings),
        QualityTest.NEXT_ACTION: _next_action(account, today, days_between(_touched_at(account, now), now, zone)),
        QualityTest.CONTACTS: _contacts(account, settings, today),
        QualityTest.EVIDENCE: _evidence(account),
    }
    return tuple(
        JudgedDeal(account.account_id, each, _in_order({**of_account, **_of_deal(account, each, settings, today)}))
        for each in standing
    )


def _in_order(tested: dict[QualityTest, JudgedTest | None]) -> tuple[JudgedTest, ...]:
    """The tests that are due, in order."""
    return tuple(found for test in QualityTest if (found := tested[test]) is not None)


def _of_deal(
    account: AccountState, deal: OpenDeal, settings: ProgramSettings, today: date
) -> dict[QualityTest, JudgedTest | None]:
    is_from_middle = deal.deal.profile.phase.rank >= Phase.MIDDLE.rank
    return {
        QualityTest.ECONOMIC_BUYER: _economic_buyer(account, today) if is_from_middle else None,
        QualityTest.STAGE_AGE: _stage_age(deal),
        QualityTest.CLOSE_DATE: _close_date(deal, settings, today),
    }


def _fit(account: AccountState, settings: ProgramSettings) -> JudgedTest:
    fit = fit_of(account.fit, settings).fit
    if fit is None:
        return JudgedTest(QualityTest.FIT, QualityGap.FIT_NOT_SCORED, 0, LEAST_FIT)
    # a fit of 59.6 is below 60, so it is not told as 60
    return JudgedTest(QualityTest.FIT, QualityGap.FIT_LOW if fit < LEAST_FIT else None, int(fit), LEAST_FIT)


def _economic_buyer(account: AccountState, today: date) -> JudgedTest:
    test, limit = QualityTest.ECONOMIC_BUYER, ECONOMIC_BUYER_DAYS
    people = holders(account, BuyingRole.ECONOMIC_BUYER)
    heard = max((each.last_touch_on for each in people if each.last_touch_on is not None), default=None)
    if not people:
        return JudgedTest(test, QualityGap.NO_ECONOMIC_BUYER, 0, limit)
    if heard is None:
        return JudgedTest(test, QualityGap.ECONOMIC_BUYER_NOT_HEARD, 0, limit)
    days = max(0, (today - heard).days)
    return JudgedTest(test, QualityGap.ECONOMIC_BUYER_QUIET if days > limit else None, days, limit)


def _touched_at(account: AccountState, now: datetime) -> datetime:
    """The last instant at which somebody recorded something of the account; without one, when it was named."""
    return account.last_update_at or account.named_at or now


def _next_action(account: AccountState, today: date, untouched_days: int) -> JudgedTest:
    """An action that is due today is still to come."""
    test, due = QualityTest.NEXT_ACTION, [action.due_on for action in account.open_actions]
    if not due:
        return JudgedTest(test, QualityGap.NO_NEXT_ACTION)
    if max(due) < today:
        return JudgedTest(test, QualityGap.NEXT_ACTION_PAST, (today - max(due)).days)
    gap = QualityGap.NOT_TOUCHED if untouched_days > TOUCHED_DAYS else None
    return JudgedTest(test, gap, untouched_days, TOUCHED_DAYS)


def _stage_age(deal: OpenDeal) -> JudgedTest | None:
    """Without a limit it is not due. Of a deal found in its stage the days are the least that it was there."""
    limit = deal.limit_days
    if limit is None:
        return None
    gap = QualityGap.OVER_STAGE_LIMIT if deal.days_in_stage > limit else None
    return JudgedTest(QualityTest.STAGE_AGE, gap, deal.days_in_stage, limit)


def _close_date(deal: OpenDeal, settings: ProgramSettings, today: date) -> JudgedTest:
    test, closes_on, pushes = QualityTest.CLOSE_DATE, deal.deal.profile.closes_on, deal.deal.pushes
    if closes_on is None:
        return JudgedTest(test, QualityGap.NO_CLOSE_DATE)
    if closes_on < today:
        return JudgedTest(test, QualityGap.CLOSE_DATE_PAST, (today - closes_on).days)
    limit = settings.number("list.pushes")
    return JudgedTest(test, QualityGap.CLOSE_DATE_PUSHED if pushes >= limit else None, pushes, limit)


def _contacts(account: AccountState, settings: ProgramSettings, today: date) -> JudgedTest:
    wanted = ENGAGED_CONTACTS_TIER_1 if account.tier == 1 else ENGAGED_CONTACTS
    active = len(active_people(account.contacts, settings, today=today))
    return JudgedTest(QualityTest.CONTACTS, QualityGap.TOO_FEW_CONTACTS if active < wanted else None, active, wanted)


def _evidence(account: AccountState) -> JudgedTest | None:
    """Nothing has to show that an account is a target."""
    if account.stage is Stage.TARGET:
        return None
    return JudgedTest(QualityTest.EVIDENCE, None if account.stage_has_evidence else QualityGap.NO_EVIDENCE)
