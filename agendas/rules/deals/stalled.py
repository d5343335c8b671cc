"""Stalled accounts: too long in a stage, or too long without a word from the buyer."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.program.settings import DEFAULTS, SETTINGS, ProgramSettings, of_tier
from agendas.facts.program.stall_limits import WATCHED
from agendas.facts.reviews.agenda import ReasonCode, StallKind
from agendas.facts.reviews.review import Excuse, StallAnswer, StallCause
from agendas.text.days import days_between, local_date

EXCUSED_REVIEWS = 2
"""Held reviews in a row at which a confirmed date excuses a stall. Our own default."""

QUIET_WHILE_WAITING = 2
"""A confirmed date excuses silence up to this many times its limit. Our own default."""

STALLED = {StallKind.AGED: ReasonCode.STALLED_AGED, StallKind.QUIET: ReasonCode.STALLED_QUIET}


@dataclass(frozen=True, slots=True)
class _Stay:
    """Stay of an account in its own stage, or with its furthest open deal in a phase, and its beginning.

    `limits` names the limits that count, '' for none.
    """

    limits: str
    since: datetime | None
    since_is_known: bool
    phase: Phase | None = None


def stall(
    account: AccountState, *, now: datetime, zone: str, settings: ProgramSettings = DEFAULTS, excused_before: int = 0
) -> StallAnswer:
    """Judge whether a named account is stalled, with each exceeded limit; days are calendar days in the IANA `zone`.

    With an open deal an opportunity ages by the stage of its furthest one, any other account by its own, but not by
    its days as a candidate. A customer can stall only while a deal for more is open, an account of tier 3 not before
    it is engaged. Where the day it entered its stage is not known, days count from the import and are "at least" that
    many. Silence counts from the buyer's last act, and from the day the account was named (again "at least") if there
    was none. Until its day a date that the buyer confirmed excuses any age, and silence up to twice its limit, unless
    as many held reviews in a row (`excused_before`) count against it as it may excuse.
    """
    stay, heard = _stay(account), heard_on(account, zone)
    aged_days = _days_since(stay.since, now, zone)
    quiet_days = _quiet_days(heard, account, now, zone)
    aged_limit = _limit(account, stay, StallKind.AGED, settings)
    quiet_limit = _limit(account, stay, StallKind.QUIET, settings)
    causes: tuple[StallCause, ...] = ()
    if account.list_status is ListStatus.NAMED and not _is_watched(account):
        causes = (
            *_cause(StallKind.AGED, aged_days, aged_limit, at_least=not stay.since_is_known),
            *_cause(StallKind.QUIET, quiet_days, quiet_limit, at_least=heard is None),
        )
    excuse = _excuse(account, causes, local_date(now, zone), excused_before)
    remaining = tuple(cause for cause in causes if excuse is None or cause not in excuse.causes)
    return StallAnswer(
        is_stalled=bool(remaining),
        causes=remaining,
        days_in_stage=aged_days,
        stage_limit_days=aged_limit,
        quiet_days=quiet_days,
        quiet_limit_days=quiet_limit,
        days_are_at_least=not stay.since_is_known,
        phase=stay.phase,
        heard_on=heard,
        excuse=excuse,
    )


def excused_before(counted: int, account: AccountState, judged_at: datetime) -> int:
    """Return the reviews that count against the account's date, of those `counted` at the last held one.

    A date set since that review opened, at `judged_at`, begins anew, unless the one before excused the account there.
    """
    is_new = account.waiting is not None and account.waiting.set_at > judged_at
    return 0 if is_new and counted > EXCUSED_REVIEWS else counted


def excused_reviews(answer: StallAnswer, before: int) -> int:
    """Return the reviews in a row at which a date stood against a stall, with this one: excused or spent."""
    excuse = answer.excuse
    return before + 1 if excuse is not None and (excuse.causes or excuse.is_spent) else 0


def _excuse(account: AccountState, causes: tuple[StallCause, ...], today: date, excused_before: int) -> Excuse | None:
    """Return the date that the account waits for, with the causes that it excuses; None without one to come."""
    waiting = account.waiting
    if waiting is None or waiting.until < today or account.list_status is not ListStatus.NAMED:
        return None
    excused = tuple(
        cause
        for cause in causes
        if cause.kind is StallKind.AGED or cause.days <= QUIET_WHILE_WAITING * cause.limit_days
    )
    if excused and excused_before >= EXCUSED_REVIEWS:
        return Excuse(waiting, is_spent=True)
    return Excuse(waiting, excused)


def heard_on(account: AccountState, zone: str) -> date | None:
    """Return the last day on which the buyer did something: by evidence, or somebody there, who may have left since."""
    told = [] if account.last_buyer_touch_at is None else [local_date(account.last_buyer_touch_at, zone)]
    done = [contact.last_touch_on for contact in account.contacts if contact.last_touch_on]
    return max((*told, *done), default=None)


def silence_ended(before: AccountState, after: AccountState, zone: str) -> int:
    """Return the days for which the buyer was silent until an update of the account told of an act of theirs, else 0.

    They are counted as for a stall: from anybody's last act there, else from the day the account was named.
    """
    until = heard_on(after, zone)
    since = heard_on(before, zone) or (local_date(before.named_at, zone) if before.named_at else None)
    return max(0, (until - since).days) if since and until else 0


def furthest_deal(account: AccountState) -> Opportunity | None:
    """The open deal that stands furthest, of several the one that moved last; None when there is none that counts.

    For a customer only deals for more count.
    """
    is_customer = account.stage is Stage.CUSTOMER
    counting = [
        deal for deal in account.opportunities if deal.is_open and (not is_customer or deal.profile.is_expansion)
    ]
    return max(counting, key=lambda deal: (deal.profile.phase.rank, deal.stage_since, deal.key), default=None)


def in_stage_since(account: AccountState) -> datetime | None:
    """The instant since which the account is in its stage and named: days as a candidate are no age of a stage."""
    if account.stage_since is None or account.named_at is None:
        return account.stage_since
    return max(account.stage_since, account.named_at)


def _stay(account: AccountState) -> _Stay:
    own = _Stay(account.stage.value, in_stage_since(account), account.stage_since_known)
    if account.stage not in (Stage.OPPORTUNITY, Stage.CUSTOMER):
        return own
    deal = furthest_deal(account)
    if account.stage is Stage.CUSTOMER:
        return _of_deal(own.limits, deal) if deal else replace(own, limits="")
    phase = deal.profile.phase if deal else Phase.EARLY
    limits = f"{Stage.OPPORTUNITY.value}_{phase.value}"
    return _of_deal(limits, deal) if deal else replace(own, limits=limits)


def _of_deal(limits: str, deal: Opportunity) -> _Stay:
    return _Stay(limits, deal.stage_since, since_is_known=deal.stage_since_known, phase=deal.profile.phase)


def _is_watched(account: AccountState) -> bool:
    """Return true if it is only watched for signals: a limit of its stage is then where it times out, not stalls."""
    return (account.tier, account.stage) in WATCHED


def _limit(account: AccountState, stay: _Stay, kind: StallKind, settings: ProgramSettings) -> int | None:
    key = _key(account, stay, kind)
    return settings.limit(key) if key else None


def limit_key(account: AccountState, kind: StallKind) -> str | None:
    """Return the key of the setting that limits this kind of a stall of the account; None where none does."""
    return _key(account, _stay(account), kind)


def _key(account: AccountState, stay: _Stay, kind: StallKind) -> str | None:
    key = of_tier(account.tier, f"{kind}.{stay.limits}")
    return key if account.tier and key in SETTINGS else None


def _days_since(instant: datetime | None, now: datetime, zone: str) -> int | None:
    return None if instant is None else days_between(instant, now, zone)


def _quiet_days(heard_on: date | None, account: AccountState, now: datetime, zone: str) -> int | None:
    if heard_on is None:
        return _days_since(account.named_at, now, zone)
    return max(0, (local_date(now, zone) - heard_on).days)


def _cause(kind: StallKind, days: int | None, limit_days: int | None, *, at_least: bool) -> tuple[StallCause, ...]:
    if days is None or limit_days is None or days <= limit_days:
        return ()
    return (StallCause(kind=kind, days=days, limit_days=limit_days, at_least=at_least),)
