"""The audit: checks of the five operating choices, the practical test, and the foundations that fail with them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from agendas.facts.account import AccountState, ActionStatus, EventFacts, ListStatus, Movement, NextAction, Stage
from agendas.facts.deals import Opportunity
from agendas.facts.events import Decided, ListChanged, Moved
from agendas.facts.fit import Criterion
from agendas.facts.interventions import ExecutiveMet, ExecutiveTouch
from agendas.facts.measures import (
    Audit,
    Check,
    CheckResult,
    Figure,
    FigureUnit,
    Foundation,
    FoundationResult,
    Limit,
    Mark,
    NextThing,
    PlannedReview,
    PracticeLine,
    PracticeResult,
    Program,
    ProgramAccount,
    ProgramMark,
    Row,
    RowResult,
    Stay,
    Step,
    Unjudged,
    Verdict,
)
from agendas.facts.narrative import ProductField
from agendas.facts.people import Function
from agendas.facts.plays import PlayRun
from agendas.facts.program import TIERS, of_tier
from agendas.facts.reviews import AgendaFacts
from agendas.rules.account_list import leavers, missing_parts
from agendas.rules.entries import touch_at, touches, uncorrected
from agendas.rules.fit import fit_of, latest_input
from agendas.rules.fold import UPDATES
from agendas.rules.group import EXECUTIVE_WEIGHT, title_weight
from agendas.rules.import_accounts import IMPORT_UNDONE
from agendas.rules.measures import Discipline, discipline_of
from agendas.rules.movement import business_hours, late_first_touch
from agendas.rules.narrative import NarrativeGap, narrative_gap
from agendas.rules.pipeline import ids_of, named_in
from agendas.rules.plays import out_of_tier
from agendas.rules.signals import only_campaign_figures
from agendas.text.dates import days_between, local_date

# Judge a check: a share or a number against its limit, with the accounts behind it and what to do next.

WHOLE_TIERS = (1, 2)
"""Tiers that are worked account by account; tier 3 is watched. Limits of checks are our own, unless said otherwise."""

WINDOW_DAYS = 100
"""Days that the audit looks back: a quarter and some. States of accounts keep closed items for as long."""

MONTH_DAYS = 31
"""Days of the longest month: what is asked for once a month was done within these days."""

Judged = Sequence[tuple[ProgramAccount, bool]]
"""Things that a check looks at, each by its account, and whether it passes."""


@dataclass(frozen=True, slots=True)
class ShareCheck:
    """A check that a percentage of some things pass.

    Args:
        check: its code.
        percent: the least share.
        unit: of what it counts.
        step: what to do at the first account that fails it.
        none: why it cannot be judged where there is nothing to count.
        is_marketing: that is the marketing partner's to do, not the owner's.
    """

    check: Check
    percent: int
    unit: FigureUnit
    step: Step
    none: Unjudged
    is_marketing: bool = False


def named_accounts(program: Program, *tiers: int) -> tuple[ProgramAccount, ...]:
    """Return the named accounts in list order, of these tiers if any are given."""
    return tuple(each for each in named_in(program) if not tiers or each.facts.account.tier in tiers)


def days_ago(program: Program, instant: datetime) -> int:
    return days_between(instant, program.period.ends_at, program.period.zone)


def is_recent(program: Program, instant: datetime | None) -> bool:
    return instant is not None and days_ago(program, instant) <= WINDOW_DAYS


def discipline_of_window(program: Program) -> Discipline:
    return discipline_of(each for each in program.reviews if is_recent(program, each.planned_at))


def is_young(program: Program, days: int) -> bool:
    since = program.history_since
    return since is None or (program.period.last - since).days < days


def reaches_percent(number: int, of: int, percent: int) -> bool:
    return number * 100 >= percent * of


def share_result(rule: ShareCheck, judged: Judged, *, next_thing: NextThing | None = None) -> CheckResult:
    """The result of a check by share. Without a `next_thing` of its own it names the first account that fails."""
    limit = Limit(rule.percent, is_percent=True)
    if not judged:
        return CheckResult(rule.check, limit, unjudged=rule.none)
    number = sum(passes for _, passes in judged)
    figure = Figure(number, rule.unit, of=len(judged))
    failing = [each for each, passes in judged if not passes]
    passed = reaches_percent(number, len(judged), rule.percent)
    thing = None if passed else next_thing
    if not passed and thing is None:
        first = failing[0].facts.account
        thing = step_at(rule.step, first, person=first.profile.marketing_partner if rule.is_marketing else None)
    ids = tuple(dict.fromkeys(each.account_id for each in failing))
    return CheckResult(rule.check, limit, passed, figure, failing=ids, next_thing=thing)


def unjudged(rule: ShareCheck, because: Unjudged) -> CheckResult:
    """The result of a check by share that cannot be judged for another reason than that there is nothing."""
    return CheckResult(rule.check, Limit(rule.percent, is_percent=True), unjudged=because)


def one_at_least(program: Program, check: Check, figure: Figure, days: int, thing: NextThing | None) -> CheckResult:
    """The result of a check that one occasion passes; without any, a program younger than `days` is not judged."""
    limit = Limit(1)
    if figure.number:
        return CheckResult(check, limit, passed=True, figure=figure)
    if not named_accounts(program):
        return CheckResult(check, limit, unjudged=Unjudged.NO_ACCOUNTS)
    if is_young(program, days):
        return CheckResult(check, limit, unjudged=Unjudged.TOO_YOUNG)
    return CheckResult(check, limit, passed=False, figure=figure, next_thing=thing)


def step_at(step: Step, account: AccountState, *, person: str | None = None) -> NextThing:
    return NextThing(step, account.account_id, account.name, person or account.profile.owner)


def most_frequent(values: Iterable[str | None]) -> str | None:
    """Return the value that comes most often, of several the one that comes first; None without any."""
    counts = Counter(filter(None, values))
    return max(counts, key=lambda value: counts[value], default=None)


# Checks of the account list: finite, tiered, justified by several functions, gone through, and able to say no.

ASKED_FUNCTIONS = (Function.SALES, Function.MARKETING, Function.CUSTOMER_SUCCESS, Function.PRODUCT)
"""The four functions by which a list is made; finance and executives are heard too, but do not make up for one."""

HEARD_FUNCTIONS = 3
"""So many of them are heard on an account that is not one function's wish."""

_TIERED = ShareCheck(Check.ALL_TIERED, 100, FigureUnit.ACCOUNTS, Step.GIVE_TIER, Unjudged.NO_ACCOUNTS)
_JUSTIFIED = ShareCheck(Check.JUSTIFIED, 90, FigureUnit.ACCOUNTS, Step.JUSTIFY, Unjudged.NO_TIER_1_OR_2)
_FUNCTIONS = ShareCheck(Check.FUNCTIONS, 80, FigureUnit.ACCOUNTS, Step.ASK_FUNCTION, Unjudged.NO_TIER_1_OR_2)


def list_checks(program: Program) -> tuple[CheckResult, ...]:
    accounts, whole = named_accounts(program), named_accounts(program, *WHOLE_TIERS)
    return (
        _within_caps(program, accounts),
        share_result(_TIERED, [(each, each.facts.account.tier is not None) for each in accounts]),
        _justified(program, whole),
        _functions(program, whole),
        _reviewed(program, accounts),
        _says_no(program, accounts),
    )


def _within_caps(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Accounts above the caps of tiers and owners; there may be none."""
    limit = Limit(0, is_most=True)
    if not accounts:
        return CheckResult(Check.WITHIN_CAPS, limit, unjudged=Unjudged.NO_ACCOUNTS)
    full = [(group, excess) for group, excess in _groups(program, accounts) if excess]
    over = max((excess for _, excess in full), default=0)
    crowded = tuple(dict.fromkeys(each.account_id for group, _ in full for each in group))
    figure = Figure(over, FigureUnit.ACCOUNTS)
    if not full:
        return CheckResult(Check.WITHIN_CAPS, limit, passed=True, figure=figure)
    thing = _leaver(program, full[0][0], Step.MAKE_ROOM)
    return CheckResult(Check.WITHIN_CAPS, limit, passed=False, figure=figure, failing=crowded, next_thing=thing)


def _groups(program: Program, accounts: tuple[ProgramAccount, ...]) -> Iterator[tuple[list[ProgramAccount], int]]:
    """(accounts, number above the cap) of each tier, and of each owner with a cap in it."""
    for tier in TIERS:
        inside = [each for each in accounts if each.facts.account.tier == tier]
        yield inside, max(0, len(inside) - program.settings.number(of_tier(tier, "cap")))
        cap = program.settings.limit(of_tier(tier, "owner_cap"))
        owners = Counter(owner for each in inside if (owner := each.facts.account.profile.owner))
        for owner, count in owners.items() if cap else ():
            owned = [each for each in inside if each.facts.account.profile.owner == owner]
            yield owned, max(0, count - (cap or 0))


def _justified(program: Program, whole: tuple[ProgramAccount, ...]) -> CheckResult:
    """Accounts with all parts of their justification, and as much of their fit known as tier 1 wants."""
    wanted = program.settings.number("fit.confidence")

    def is_known(account: AccountState) -> bool:
        return fit_of(account.fit, program.settings).percent_known >= wanted

    judged = [(each, not missing_parts(each.facts.account) and is_known(each.facts.account)) for each in whole]
    found = share_result(_JUSTIFIED, judged)
    if found.next_thing is None:
        return found
    first = next(each.facts.account for each, passes in judged if not passes)
    # with all parts written, what the account lacks is scores
    return found if missing_parts(first) else replace(found, next_thing=step_at(Step.SCORE, first))


def _functions(program: Program, whole: tuple[ProgramAccount, ...]) -> CheckResult:
    """Accounts with input from enough of the four functions; the next step names the one missing most often."""
    voices = [(each, functions_heard(each.facts.account, program)) for each in whole]
    found = share_result(_FUNCTIONS, [(each, len(functions) >= HEARD_FUNCTIONS) for each, functions in voices])
    if found.next_thing is None:
        return found
    short = [(each, functions) for each, functions in voices if len(functions) < HEARD_FUNCTIONS]
    missing = Counter(function for _, functions in short for function in ASKED_FUNCTIONS if function not in functions)
    function = missing.most_common(1)[0][0]
    first = next(each.facts.account for each, functions in short if function not in functions)
    # no person is named: the lead of the function chooses who gives its input
    return replace(found, next_thing=NextThing(Step.ASK_FUNCTION, first.account_id, first.name, function=function))


def _reviewed(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Days since the list was gone through, as recorded or by a review that changed a tier."""
    limit = Limit(WINDOW_DAYS, is_most=True)
    if not accounts:
        return CheckResult(Check.LIST_REVIEWED, limit, unjudged=Unjudged.NO_ACCOUNTS)
    days = min((days_ago(program, instant) for instant in _gone_through(program)), default=None)
    if days is None and is_young(program, WINDOW_DAYS):
        return CheckResult(Check.LIST_REVIEWED, limit, unjudged=Unjudged.TOO_YOUNG)
    figure = None if days is None else Figure(days, FigureUnit.DAYS)
    passed = days is not None and days <= WINDOW_DAYS
    thing = None if passed else NextThing(Step.REVIEW_LIST)
    return CheckResult(Check.LIST_REVIEWED, limit, passed, figure, next_thing=thing)


def _gone_through(program: Program) -> Iterator[datetime]:
    yield from (each.at for each in program.practice.marks if each.kind is Mark.LIST_REVIEWED)
    yield from (at for _, at in program.practice.tiers_decided)


def _says_no(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Removals and rejections in the window; at least one shows that the list can say no."""
    count = sum(is_recent(program, at) for _, at in program.practice.refusals)
    thing = _leaver(program, accounts, Step.SAY_NO) if accounts and not count else None
    return one_at_least(program, Check.SAYS_NO, Figure(count, FigureUnit.CHANGES), WINDOW_DAYS, thing)


def functions_heard(account: AccountState, program: Program) -> frozenset[Function]:
    """Return which of the four functions gave input on the account: scored it, or gave one of product's inputs."""
    scored = {score.function for score in account.fit}
    given = {program.functions.get(each.given_by) for each in account.product}
    return frozenset(function for function in ASKED_FUNCTIONS if function.value in scored or function in given)


def _leaver(program: Program, accounts: list[ProgramAccount] | tuple[ProgramAccount, ...], step: Step) -> NextThing:
    """The account that could leave best, to be talked about first."""
    states = {each.account_id: each.facts.account for each in accounts}
    period = program.period
    best = leavers(states.values(), now=period.ends_at, zone=period.zone, settings=program.settings)[0]
    return step_at(step, states[best.account_id])


# Foundations that failed checks expose: an unclear profile, no point of view, no sales motion, no discipline.

SHOWN_BY: Mapping[Foundation, tuple[Check, ...]] = {
    Foundation.ICP: (Check.JUSTIFIED, Check.FUNCTIONS, Check.SAYS_NO, Check.IMPLEMENTATION_FIT),
    Foundation.POINT_OF_VIEW: (Check.NARRATIVES, Check.USE_CASE_AND_PROOF),
    Foundation.SALES_MOTION: (Check.NEXT_ACTIONS, Check.PLAYS_IN_TIER, Check.OWN_PLAYS, Check.FIRST_TOUCH),
    Foundation.DISCIPLINE: (Check.ON_TIME, Check.MARKETING_WROTE, Check.LIST_REVIEWED, Check.STEPS_SHOWN),
}
"""The checks by which each foundation shows. Ours: the method names the foundations, not how they are seen."""


def missing_foundations(rows: Sequence[RowResult]) -> tuple[FoundationResult, ...]:
    """Foundations that failed at least half of their judged checks, with the failed ones."""
    judged = {each.check: each.passed for row in rows for each in row.judged}
    found: list[FoundationResult] = []
    for foundation, checks in SHOWN_BY.items():
        known = [check for check in checks if check in judged]
        failed = tuple(check for check in known if not judged[check])
        if failed and 2 * len(failed) >= len(known):
            found.append(FoundationResult(foundation, failed))
    return tuple(found)


# Checks of marketing: a narrative and a play for each account that matters, the buyer's answer, a voice in reviews.

ONE_TO_ONE = 1
"""The tier whose accounts have a narrative and a play of their own."""

WROTE_PERCENT = 75
"""Least share of the held reviews in which marketing recorded or decided something."""

_NARRATIVES = ShareCheck(
    Check.NARRATIVES, 80, FigureUnit.ACCOUNTS, Step.WRITE_NARRATIVE, Unjudged.NO_TIER_1, is_marketing=True
)
_OWN_PLAYS = ShareCheck(
    Check.OWN_PLAYS, 80, FigureUnit.ACCOUNTS, Step.START_PLAY, Unjudged.NO_TIER_1, is_marketing=True
)
_FOLLOWED = ShareCheck(Check.BUYER_FOLLOWED, 60, FigureUnit.PLAYS, Step.END_PLAY, Unjudged.NO_PLAYS, is_marketing=True)


def marketing_checks(program: Program) -> tuple[CheckResult, ...]:
    first = named_accounts(program, ONE_TO_ONE)
    return (
        share_result(_NARRATIVES, [(each, gap_of_narrative(each.facts.account, program) is None) for each in first]),
        share_result(_OWN_PLAYS, [(each, any(_own_plays(each.facts, program))) for each in first]),
        _plays_followed(program),
        _wrote(program),
    )


def _own_plays(facts: AgendaFacts, program: Program) -> Iterator[PlayRun]:
    """Yield the plays of the window that are meant for accounts worked one to one."""
    for run in facts.account.plays:
        is_of_window = run.end is None or is_recent(program, run.ended_at)
        if is_of_window and ONE_TO_ONE in facts.tiers_of_plays.get(run.play, (ONE_TO_ONE,)):
            yield run


def _plays_followed(program: Program) -> CheckResult:
    """Plays begun in the window after which the buyer did something in time; those for which it is too early wait."""
    begun = [
        (each, run)
        for each in named_accounts(program)
        for run in each.facts.account.plays
        if is_recent(program, run.started_at)
    ]
    within = program.settings.number("audit.reply")
    judged: list[tuple[ProgramAccount, bool]] = []
    for each, run in begun:
        follows = _buyer_acted_after(each, run, program, within)
        if follows or days_ago(program, run.started_at) > within:
            judged.append((each, follows))
    if begun and not judged:
        return unjudged(_FOLLOWED, Unjudged.NO_PLAYS_LONG_ENOUGH)
    return share_result(_FOLLOWED, judged, next_thing=_about_play(judged))


def _buyer_acted_after(each: ProgramAccount, run: PlayRun, program: Program, within: int) -> bool:
    """Return true for an act of the buyer on the day the play began or in the days after it."""
    begun_on = local_date(run.started_at, program.period.zone)
    return any(0 <= (on - begun_on).days <= within for on in _acts_of_buyer(each, program))


def _acts_of_buyer(each: ProgramAccount, program: Program) -> Iterator[date]:
    """Yield the days on which the buyer did something, according to what is recorded."""
    account, zone = each.facts.account, program.period.zone
    yield from (local_date(at, zone) for at in program.practice.buyer_acts.get(account.account_id, ()))
    if account.last_buyer_touch_at is not None:
        yield local_date(account.last_buyer_touch_at, zone)
    yield from (on for contact in account.contacts if (on := contact.last_touch_on))


def _about_play(judged: list[tuple[ProgramAccount, bool]]) -> NextThing | None:
    """The next step: end a running play with its outcome; if none of the failed ones runs any more, start another."""
    failed = [each.facts.account for each, follows in judged if not follows]
    running = [account for account in failed if any(run.end is None for run in account.plays)]
    if not failed:
        return None
    step, account = (Step.END_PLAY, running[0]) if running else (Step.START_PLAY, failed[0])
    return step_at(step, account, person=account.profile.marketing_partner)


def _wrote(program: Program) -> CheckResult:
    """Held reviews in which marketing recorded or decided something: to be there alone is not to write."""
    limit, held = Limit(WROTE_PERCENT, is_percent=True), discipline_of_window(program).held
    if not held:
        return CheckResult(Check.MARKETING_WROTE, limit, unjudged=Unjudged.NO_REVIEWS)
    count = sum(Function.MARKETING in program.practice.writers.get(review.id, ()) for review in held)
    figure = Figure(count, FigureUnit.REVIEWS, of=len(held))
    passed = reaches_percent(count, len(held), WROTE_PERCENT)
    partner = most_frequent(each.facts.account.profile.marketing_partner for each in named_accounts(program))
    thing = NextThing(Step.BRING_MARKETING, person=partner, function=Function.MARKETING)
    return CheckResult(Check.MARKETING_WROTE, limit, passed, figure, next_thing=None if passed else thing)


def gap_of_narrative(account: AccountState, program: Program) -> NarrativeGap | None:
    """Return the gap in the account's narrative at the end of the period, None when there is none."""
    period = program.period
    return narrative_gap(account, program.settings, now=period.ends_at, zone=period.zone)


# Checks of measurement: the four lists are read, steps are shown, deals can be judged, and no lead is counted.

_SHOWN = ShareCheck(Check.STEPS_SHOWN, 80, FigureUnit.STEPS, Step.SHOW_EVIDENCE, Unjudged.NO_STEPS)
_COMPUTABLE = ShareCheck(Check.DEALS_COMPUTABLE, 80, FigureUnit.DEALS, Step.FILL_DEALS, Unjudged.NO_DEALS)
_NO_FIGURES = ShareCheck(Check.NO_CAMPAIGN_FIGURES, 100, FigureUnit.TEXTS, Step.REWORD, Unjudged.NO_REVIEWS)

_UP = (Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED)


def measurement_checks(program: Program) -> tuple[CheckResult, ...]:
    accounts = named_accounts(program)
    moved = [(each, each.placement.movement.movement) for each in accounts]
    return (
        _executives_read(program),
        share_result(_SHOWN, [(each, movement is Movement.ADVANCED) for each, movement in moved if movement in _UP]),
        # deals, not their value: one without an amount has none to count, and currencies do not add up
        share_result(
            _COMPUTABLE,
            [(each, is_filled_in(deal) and is_scored(each, program)) for each in accounts for deal in open_deals(each)],
        ),
        share_result(_NO_FIGURES, [(each, says) for each in accounts for says in _headlines(each)]),
    )


def _executives_read(program: Program) -> CheckResult:
    """People who opened the executive page or took one of its asks in the last month."""
    if not named_accounts(program):
        return CheckResult(Check.REPORT_READ, Limit(1), unjudged=Unjudged.NO_ACCOUNTS)
    readers = {mark.user_id for mark in program.practice.marks if _is_reading(mark, program)}
    person = most_frequent(each.facts.account.profile.our_executive for each in named_accounts(program))
    thing = NextThing(Step.OPEN_REPORT, person=person, function=Function.EXECUTIVE)
    return one_at_least(program, Check.REPORT_READ, Figure(len(readers), FigureUnit.READERS), MONTH_DAYS, thing)


def _is_reading(mark: ProgramMark, program: Program) -> bool:
    """Return true for an ask taken, and for a page that an executive opened: who else looks at it decides nothing."""
    if days_ago(program, mark.at) >= MONTH_DAYS:
        return False
    is_opened = mark.kind is Mark.PAGE_OPENED and mark.function is Function.EXECUTIVE
    return is_opened or mark.kind is Mark.ASK_TAKEN


def _headlines(each: ProgramAccount) -> Iterator[bool]:
    """Yield for each movement and decision of a recap whether it is about more than a campaign's figures."""
    for event in each.facts.events:
        if isinstance(event.change, Moved | Decided) and event.change.text:
            yield not only_campaign_figures(event.change.text, each.facts.account.name)


def open_deals(each: ProgramAccount) -> Iterator[Opportunity]:
    yield from (deal for deal in each.facts.account.opportunities if deal.is_open)


def is_filled_in(deal: Opportunity) -> bool:
    """Return true if the deal has an amount, a close date and a day since which it is in its stage."""
    has_value = deal.profile.amount_cents is not None and deal.profile.closes_on is not None
    return has_value and deal.stage_since_known


def is_scored(each: ProgramAccount, program: Program) -> bool:
    return fit_of(each.facts.account.fit, program.settings).fit is not None


# Executive touches as events tell them, and the accounts of tier 1 that have one.


def touches_of(events: Iterable[EventFacts], zone: str) -> tuple[ExecutiveTouch, ...]:
    """Return the meetings that nobody corrected, latest first, with their days in this zone."""
    found = [
        _touch(event, event.change, zone) for event in uncorrected(events) if isinstance(event.change, ExecutiveMet)
    ]
    return tuple(sorted(found, key=lambda touch: (touch.on, touch.event_id), reverse=True))


def _touch(event: EventFacts, met: ExecutiveMet, zone: str) -> ExecutiveTouch:
    on = local_date(event.happened_at, zone)
    return ExecutiveTouch(event.id, event.account_id, on, met.ours, met.theirs, met.text)


def of_executives(
    events: Iterable[EventFacts], functions: Mapping[str, Function], executives: Mapping[int, str | None]
) -> tuple[EventFacts, ...]:
    """Return the events without meetings of non-executives: ours by function, theirs by title.

    Somebody of theirs without a known title counts: whoever recorded the meeting called it one of executives.

    `events`: of any kind. `functions`: of our people, by user id. `executives`: our executive for each account, by its
    id, who counts there whatever the function.
    """

    def is_kept(event: EventFacts) -> bool:
        met = event.change
        if not isinstance(met, ExecutiveMet):
            return True
        title = met.theirs.partition(",")[2]
        is_theirs = not title.strip() or title_weight(title) >= EXECUTIVE_WEIGHT
        is_ours = functions.get(met.ours) is Function.EXECUTIVE or executives.get(event.account_id) == met.ours
        return is_ours and is_theirs

    return tuple(filter(is_kept, events))


def recent_touches(program: Program) -> tuple[ExecutiveTouch, ...]:
    """Return the meetings of named accounts in the 100 days before the end of the period, latest first."""
    ids = {each.account_id for each in named_accounts(program)}
    return tuple(
        touch
        for touch in program.practice.touches
        if touch.account_id in ids and 0 <= (program.period.last - touch.on).days <= WINDOW_DAYS
    )


def untouched(program: Program) -> tuple[ProgramAccount, ...]:
    """Return the tier 1 accounts without a meeting with one of our executives in the 100 days of `recent_touches`."""
    met = {touch.account_id for touch in recent_touches(program)}
    return tuple(each for each in named_accounts(program, ONE_TO_ONE) if each.account_id not in met)


# The practical test: six lines, each true or false over the window, with what shows it.

HELD_PERCENT = 80
"""Least share of the planned reviews that were held, with sales and marketing there."""

EXECUTIVE_PERCENT = 50
"""The least share of tier 1 accounts that our executives have met."""


def practical_test(program: Program) -> tuple[PracticeResult, ...]:
    return (
        _at_least_one(program, PracticeLine.PRIORITIES, _tiers_decided(program)),
        _meetings(program),
        _sales_actions(program),
        _at_least_one(program, PracticeLine.CONTENT, _content(program)),
        _executives(program),
        _at_least_one(program, PracticeLine.MEASUREMENT, _used_to_decide(program)),
    )


def _at_least_one(program: Program, line: PracticeLine, found: tuple[int, tuple[int, ...]]) -> PracticeResult:
    """A line that one occasion shows; `found` is their number and the accounts behind them."""
    count, account_ids = found
    figure, limit = Figure(count, FigureUnit.CHANGES), Limit(1)
    if count:
        return PracticeResult(line, holds=True, figure=figure, limit=limit, account_ids=account_ids)
    if not named_accounts(program):
        return PracticeResult(line, unjudged=Unjudged.NO_ACCOUNTS)
    if is_young(program, WINDOW_DAYS):
        return PracticeResult(line, unjudged=Unjudged.TOO_YOUNG)
    return PracticeResult(line, holds=False, figure=figure, limit=limit)


def _tiers_decided(program: Program) -> tuple[int, tuple[int, ...]]:
    recent = [account_id for account_id, at in program.practice.tiers_decided if is_recent(program, at)]
    return len(recent), tuple(dict.fromkeys(recent))


def _meetings(program: Program) -> PracticeResult:
    """Reviews of accounts of the window with sales and marketing; what was skipped on purpose was not planned."""
    found = discipline_of_window(program)
    limit = Limit(HELD_PERCENT, is_percent=True)
    if not found.planned:
        return PracticeResult(PracticeLine.MEETINGS, limit=limit, unjudged=Unjudged.NO_REVIEWS)
    count, of = len(found.with_both), len(found.planned)
    figure = Figure(count, FigureUnit.REVIEWS, of=of)
    return PracticeResult(PracticeLine.MEETINGS, reaches_percent(count, of, HELD_PERCENT), figure, limit)


def _sales_actions(program: Program) -> PracticeResult:
    """Next actions for each account, by tier: attention that follows the tiers falls from each to the next."""
    means: list[tuple[int, float]] = []
    for tier in TIERS:
        accounts = named_accounts(program, tier)
        added = [
            action for each in accounts for action in each.facts.account.actions if is_recent(program, action.added_at)
        ]
        if accounts:
            means.append((tier, round(len(added) / len(accounts), 1)))
    if len(means) < 2:
        because = Unjudged.ONE_TIER if means else Unjudged.NO_ACCOUNTS
        return PracticeResult(PracticeLine.SALES_ACTIONS, by_tier=tuple(means), unjudged=because)
    falls = all(above > below for (_, above), (_, below) in pairwise(means))
    return PracticeResult(PracticeLine.SALES_ACTIONS, falls, by_tier=tuple(means))


def _content(program: Program) -> tuple[int, tuple[int, ...]]:
    """(number, account ids) of narratives written and plays begun in the window, on accounts worked one by one."""
    found = [
        each.account_id
        for each in named_accounts(program, *WHOLE_TIERS)
        for at in (
            *((each.facts.account.narrative.written_at,) if each.facts.account.narrative else ()),
            *(run.started_at for run in each.facts.account.plays),
        )
        if is_recent(program, at)
    ]
    return len(found), tuple(dict.fromkeys(found))


def _executives(program: Program) -> PracticeResult:
    """Tier 1 accounts that one of our executives met; the result names the others."""
    accounts, limit = named_accounts(program, ONE_TO_ONE), Limit(EXECUTIVE_PERCENT, is_percent=True)
    if not accounts:
        return PracticeResult(PracticeLine.EXECUTIVES, limit=limit, unjudged=Unjudged.NO_TIER_1)
    without = ids_of(untouched(program))
    count = len(accounts) - len(without)
    figure = Figure(count, FigureUnit.ACCOUNTS, of=len(accounts))
    passed = reaches_percent(count, len(accounts), EXECUTIVE_PERCENT)
    return PracticeResult(PracticeLine.EXECUTIVES, passed, figure, limit, account_ids=without)


def _used_to_decide(program: Program) -> tuple[int, tuple[int, ...]]:
    """Asks taken from the executive page, and executive reviews in which something was decided."""
    taken = sum(mark.kind is Mark.ASK_TAKEN and is_recent(program, mark.at) for mark in program.practice.marks)
    held = sum(
        bool(review.was_held) and review.is_executive and is_recent(program, review.planned_at)
        for review in program.reviews
    )
    return taken + held, ()


# Checks of product's input: its own score of the implementation, a use case with proof, and something every month.

_IMPLEMENTATION = ShareCheck(
    Check.IMPLEMENTATION_FIT, 80, FigureUnit.ACCOUNTS, Step.SCORE_IMPLEMENTATION, Unjudged.NO_TIER_1
)
_USE_CASES = ShareCheck(Check.USE_CASE_AND_PROOF, 60, FigureUnit.ACCOUNTS, Step.ADD_USE_CASE, Unjudged.NO_TIER_1)


def product_checks(program: Program) -> tuple[CheckResult, ...]:
    first = named_accounts(program, ONE_TO_ONE)
    return (
        share_result(_IMPLEMENTATION, [(each, _is_scored(each.facts.account, program)) for each in first]),
        share_result(_USE_CASES, [(each, not missing_of_use_case(each.facts.account)) for each in first]),
        _monthly_input(program),
    )


def _is_scored(account: AccountState, program: Program) -> bool:
    """Return true if product itself scored the implementation not too long ago."""
    days = days_since_scored(account, program)
    return days is not None and days <= program.settings.number("audit.implementation_fit")


def _monthly_input(program: Program) -> CheckResult:
    """Product inputs and feedback of the last month; without any, the next step is the list's first account."""
    accounts = named_accounts(program)
    given = sum(
        days_ago(program, entry.given_at) < MONTH_DAYS for each in accounts for entry in each.facts.account.product
    )
    thing = step_at(Step.ADD_PRODUCT_INPUT, accounts[0].facts.account) if accounts else None
    return one_at_least(program, Check.PRODUCT_INPUT, Figure(given, FigureUnit.INPUTS), MONTH_DAYS, thing)


def days_since_scored(account: AccountState, program: Program) -> int | None:
    """Return the days since product itself scored the implementation; None where it never did."""
    scores = (score for score in account.fit if score.criterion is Criterion.IMPLEMENTATION_FIT)
    days = (days_ago(program, score.scored_at) for score in scores if score.function == Function.PRODUCT)
    return min(days, default=None)


def missing_of_use_case(account: AccountState) -> tuple[ProductField, ...]:
    return tuple(field for field in (ProductField.USE_CASE, ProductField.PROOF) if latest_input(account, field) is None)


# Checks of sales: next actions with a date, promises kept in time, plays of the right tier, a quick first touch.

_NEXT_ACTIONS = ShareCheck(Check.NEXT_ACTIONS, 90, FigureUnit.ACCOUNTS, Step.ADD_ACTION, Unjudged.NO_TIER_1_OR_2)
_ON_TIME = ShareCheck(Check.ON_TIME, 75, FigureUnit.ACTIONS, Step.SETTLE_ACTIONS, Unjudged.NO_ACTIONS)
_IN_TIER = ShareCheck(Check.PLAYS_IN_TIER, 100, FigureUnit.PLAYS, Step.STOP_PLAY, Unjudged.NO_PLAYS)
_FIRST_TOUCH = ShareCheck(Check.FIRST_TOUCH, 100, FigureUnit.ACCOUNTS, Step.TOUCH, Unjudged.NO_MQA)


def sales_checks(program: Program) -> tuple[CheckResult, ...]:
    today = program.period.last
    accounts, whole = named_accounts(program), named_accounts(program, *WHOLE_TIERS)
    return (
        share_result(
            _NEXT_ACTIONS, [(each, any(a.due_on >= today for a in each.facts.account.open_actions)) for each in whole]
        ),
        _on_time(program, accounts),
        share_result(_IN_TIER, [(each, fits) for each in accounts for fits in _plays_fit(each)]),
        _first_touch(program, accounts),
    )


def _on_time(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """Actions kept; next is an account with a late open action, since nothing can be done about one done late."""
    asked = ((each, was_kept(action, program)) for each in accounts for action in each.facts.account.actions)
    judged = [(each, kept) for each, kept in asked if kept is not None]
    late = [each for each in accounts if any(a.due_on < program.period.last for a in each.facts.account.open_actions)]
    thing = step_at(Step.SETTLE_ACTIONS, late[0].facts.account) if late else NextThing(Step.KEEP_DATES)
    return share_result(_ON_TIME, judged, next_thing=thing)


def _plays_fit(each: ProgramAccount) -> Iterator[bool]:
    """Yield for each play that runs whether the account's tier allows it."""
    outside = {run.id for run in out_of_tier(each.facts.account, each.facts.tiers_of_plays)}
    yield from (run.id not in outside for run in each.facts.account.plays if run.end is None)


def _first_touch(program: Program, accounts: tuple[ProgramAccount, ...]) -> CheckResult:
    """First touches in time; next is an account that waits still, since what came late cannot be mended."""
    judged = list(_first_touches(program, accounts))
    waiting = [each for each, in_time in judged if not in_time and late_first_touch(each.facts)]
    thing = step_at(Step.TOUCH, waiting[0].facts.account) if waiting else NextThing(Step.REACT_SOONER)
    return share_result(_FIRST_TOUCH, judged, next_thing=thing)


def _first_touches(program: Program, accounts: tuple[ProgramAccount, ...]) -> Iterator[tuple[ProgramAccount, bool]]:
    """Yield for each account that became MQA in the window whether somebody reacted in time.

    While there is time left, and where an import does not know the day, nothing can be late.
    """
    of_list = {each.account_id: each for each in accounts}
    for stay in program.stays:
        each = of_list.get(stay.account_id)
        if each is None or stay.stage is not Stage.MQA or not stay.is_known or not is_recent(program, stay.began_at):
            continue
        since = _waits_since(each.facts.account, stay)
        touched_at = next((at for at in program.practice.updates.get(stay.account_id, ()) if at > since), None)
        until = touched_at or stay.ended_at or program.period.ends_at
        hours = business_hours(since, until, program.period.zone)
        limit = program.settings.number(of_tier(stay.tier or each.facts.account.tier, "response"))
        if touched_at is not None or hours > limit:
            yield each, hours <= limit


def _waits_since(account: AccountState, stay: Stay) -> datetime:
    """When the account's wait began: hours as a candidate are none."""
    is_named_in_it = account.named_at is not None and (stay.ended_at is None or account.named_at < stay.ended_at)
    return max(stay.began_at, account.named_at) if is_named_in_it and account.named_at else stay.began_at


def was_kept(action: NextAction, program: Program) -> bool | None:
    """Return whether the action was done by its day and never put off; None for one that does not count.

    A dropped action is no promise any more. One that is open and due today may still be kept.
    """
    if action.status is ActionStatus.DROPPED or not _fell_due(action, program):
        return None
    if action.status is not ActionStatus.DONE or action.closed_at is None:
        return False
    return action.slips == 0 and local_date(action.closed_at, program.period.zone) <= action.due_on


def _fell_due(action: NextAction, program: Program) -> bool:
    """Return true for what was done or put off in the window, or was due in it and is still open."""
    if is_recent(program, action.slipped_at):
        return True
    if action.status is ActionStatus.DONE:
        return is_recent(program, action.closed_at)
    days_late = (program.period.last - action.due_on).days
    return 0 < days_late <= WINDOW_DAYS


# The whole audit of a program, and the codes of its verdicts that are kept with a month's figures.

CHECKS: Mapping[Row, Callable[[Program], tuple[CheckResult, ...]]] = {
    Row.LIST: list_checks,
    Row.MARKETING: marketing_checks,
    Row.SALES: sales_checks,
    Row.PRODUCT: product_checks,
    Row.MEASUREMENT: measurement_checks,
}


def audit(program: Program) -> Audit:
    rows = audit_rows(program)
    return Audit(rows, practical_test(program), missing_foundations(rows))


def audit_rows(program: Program) -> tuple[RowResult, ...]:
    return tuple(RowResult(row, verdict(results := checks(program)), results) for row, checks in CHECKS.items())


def audit_codes(program: Program) -> Mapping[str, str]:
    """Return the verdict of each row as `TrendPoint.audit` keeps them; without rows that cannot be judged yet."""
    return {each.row.value: each.verdict.value for each in audit_rows(program) if each.verdict is not Verdict.OPEN}


def verdict(results: Sequence[CheckResult]) -> Verdict:
    """Strong if all judged checks pass, weak if fewer than half do, else mixed; open if under half can be judged."""
    judged = [each.passed for each in results if each.passed is not None]
    if not judged or 2 * len(judged) < len(results):
        return Verdict.OPEN
    if all(judged):
        return Verdict.STRONG
    return Verdict.WEAK if 2 * sum(judged) < len(judged) else Verdict.MIXED


# Findings of a check at one account that fails it: missing parts, ages, and the entry that they are about.


@dataclass(frozen=True, slots=True)
class Because:
    """Finding of a check at an account: names of what is missing or late, raw; a number and its limit; a local day.

    The number counts days; for `JUSTIFIED` it is a percentage.
    """

    names: tuple[str, ...] = ()
    number: int | None = None
    limit: int | None = None
    on: date | None = None


def failure_of(check: Check, each: ProgramAccount, program: Program) -> Because | None:
    """Return what the check found at an account that fails it; None where the check's name says it all."""
    account, period, settings = each.facts.account, program.period, program.settings
    match check:
        case Check.JUSTIFIED:
            known = fit_of(account.fit, settings).percent_known
            return Because(tuple(missing_parts(account)), known, settings.number("fit.confidence"))
        case Check.FUNCTIONS:
            found = functions_heard(account, program)
            return Because(tuple(function for function in ASKED_FUNCTIONS if function not in found))
        case Check.NARRATIVES:
            gap = gap_of_narrative(account, program)
            return Because(number=gap.days, limit=gap.limit_days) if gap and gap.written_at else Because()
        case Check.BUYER_FOLLOWED:
            begun = [run for run in account.plays if is_recent(program, run.started_at)]
            last = max(begun, key=lambda run: run.started_at)
            return Because((last.name,), on=local_date(last.started_at, period.zone))
        case Check.NEXT_ACTIONS:
            # the one whose day passed last
            late = max(account.open_actions, key=lambda action: action.due_on, default=None)
            return Because((late.text,), (period.last - late.due_on).days, on=late.due_on) if late else Because()
        case Check.ON_TIME:
            missed = [action for action in account.actions if was_kept(action, program) is False]
            missed.sort(key=lambda action: action.due_on, reverse=True)
            return Because(tuple(action.text for action in missed), on=missed[0].due_on if missed else None)
        case Check.PLAYS_IN_TIER:
            return Because(tuple(run.name for run in out_of_tier(account, each.facts.tiers_of_plays)))
        case Check.FIRST_TOUCH:
            stays = [stay for stay in program.stays if stay.account_id == each.account_id and stay.stage is Stage.MQA]
            return Because(on=local_date(stays[-1].began_at, period.zone) if stays else None)
        case Check.IMPLEMENTATION_FIT:
            days = days_since_scored(account, program)
            limit = None if days is None else settings.number("audit.implementation_fit")
            return Because(number=days, limit=limit)
        case Check.USE_CASE_AND_PROOF:
            return Because(missing_of_use_case(account))
        case Check.DEALS_COMPUTABLE:
            # the account may fail by its missing fit alone, without such a deal
            short = tuple(deal.profile.name for deal in open_deals(each) if not is_filled_in(deal))
            return Because(short, number=None if is_scored(each, program) else 0)
    return None


# Habits of the team as events tell them: what the buyer did, when our people reacted, and how the list changed.

HABIT_KINDS = (*UPDATES, "play_ended", "evidence_judged", "corrected")
"""Kinds of events that tell what the buyer did and when our people reacted, with what takes them back."""

Instants = Mapping[int, tuple[datetime, ...]]
"""Instants by account id, in order."""

Changes = tuple[tuple[int, datetime], ...]
"""(account id, instant), oldest first."""


def buyer_acts(events: Iterable[EventFacts], signalled: Iterable[tuple[int, datetime]] = ()) -> Instants:
    """Return when the buyer did something, by what these events show, uncorrected, and by signals of known people.

    `signalled` are (account id, instant).
    """
    shown = ((event.account_id, touch_at(event, pieces)) for event in uncorrected(events) if (pieces := touches(event)))
    return by_account((*signalled, *shown))


def by_account(acts: Iterable[tuple[int, datetime]]) -> Instants:
    """Return the instants of each account, given (account id, instant) in any order."""
    found: dict[int, list[datetime]] = defaultdict(list)
    for account_id, at in acts:
        found[account_id].append(at)
    return {account_id: tuple(sorted(instants)) for account_id, instants in found.items()}


def refusals(events: Iterable[EventFacts]) -> Changes:
    """Return the removals and rejections that nobody corrected; undoing an import refuses nobody."""
    changes = ((event, event.change) for event in uncorrected(events) if isinstance(event.change, ListChanged))
    return tuple(
        (event.account_id, event.happened_at)
        for event, change in changes
        if ListStatus(change.status).is_closed and change.because != IMPORT_UNDONE
    )


def tiers_decided(events: Iterable[EventFacts], reviews: Iterable[PlannedReview] = ()) -> Changes:
    """Return the uncorrected changes of tier that a decision led to, in a review of accounts or of executives."""
    of_executives = tuple(each for each in reviews if each.is_executive)
    changes = ((event, event.change) for event in uncorrected(events) if isinstance(event.change, ListChanged))
    return tuple(
        (event.account_id, event.happened_at)
        for event, change in changes
        if (event.review_id is not None or any(_is_during(event, each) for each in of_executives))
        and change.decision_id is not None
        and change.tier not in (None, change.from_tier)
    )


def _is_during(event: EventFacts, review: PlannedReview) -> bool:
    is_begun = review.opened_at is not None and review.opened_at <= event.recorded_at
    return is_begun and (review.closed_at is None or event.recorded_at <= review.closed_at)
