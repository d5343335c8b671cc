"""Deals: progress through stages, expansion, stalls, summary."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.facts.account import AccountState, EventFacts, ListStatus, Stage
from agendas.facts.deals import Opportunity, OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import Moved, Profile
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.program import DEFAULTS, SETTINGS, WATCHED, ProgramSettings, of_tier
from agendas.facts.reviews import (
    Excuse,
    Expansion,
    MovementAnswer,
    MovementFlag,
    ReasonCode,
    StallAnswer,
    StallCause,
    StallKind,
)
from agendas.rules.entries import is_of_close_date
from agendas.rules.fold import after_change
from agendas.text.dates import days_between, local_date

# The CRM's row of a deal as evidence.

SYSTEMS = {"hubspot": "HubSpot", "salesforce": "Salesforce"}


def evidence_of(deal: OpportunityProfile, at: datetime, *, is_signed: bool = False) -> Evidence:
    """Return the CRM's row as evidence about the deal; a row of a signed deal (`is_signed`) shows the buyer's act."""
    closes = f", closes {deal.closes_on:%d %b %Y}" if deal.phase.is_open and deal.closes_on else ""
    text = f"{deal.name}: {deal.stage_name} in {SYSTEMS.get(_system(deal), 'CRM')}{closes}"
    if not is_signed:
        return Evidence(text, at, kind="crm")
    return Evidence(text, at, kind="crm", actor=EvidenceActor.BUYER, act=BuyerAct.DEAL, step=Stage.CUSTOMER.value)


def _system(deal: OpportunityProfile) -> str:
    return deal.key.partition(":")[0]


# Progress of an account's deals since a review: steps of the furthest one, and deals lost.


@dataclass(frozen=True, slots=True)
class DealStep:
    """A change of the furthest deal's phase, as ranks of phases; 0 is no open deal.

    `is_skip`: the deal went up by more than one phase.
    """

    event: EventFacts
    from_rank: int
    to_rank: int
    is_skip: bool = False

    @property
    def ranks(self) -> int:
        """Number of phases up; negative for down."""
        return self.to_rank - self.from_rank


@dataclass(frozen=True, slots=True)
class DealWalk:
    """From where deals count (`start`), and what happened to them from there on, in order.

    The ranks are those of the furthest open deal; at the end, a deal won since the review ranks highest. `lost` are the
    deals lost since. `was_found`: an import moved the start, which is no movement.
    """

    since: datetime | None
    start: tuple[Opportunity, ...]
    start_rank: int
    end_rank: int
    steps: tuple[DealStep, ...]
    lost: tuple[Opportunity, ...]
    was_found: bool


def walk_deals(
    before: AccountState, after: AccountState, events: Sequence[EventFacts], since: datetime | None
) -> DealWalk:
    """The steps of the account's deals from the last held review, closed at `since`, until now.

    Only the start moves, without a step, for imported rows from before the review, for a deal found without a date or
    open and older than the review, and for a stage whose name got another meaning. A deal found closed since is a step.
    """
    start = {deal.key: deal for deal in before.opportunities}
    seen, later_rows = set(start), []
    # a deal older than the review counts from the start, whenever in the period an import found it
    for event in events:
        if isinstance(event.change, OpportunityChanged):
            if event.change.opportunity.key not in seen and _is_found(event.change, None, since):
                _apply_to_deals(start, event)
            else:
                later_rows.append((event, event.change))
            seen.add(event.change.opportunity.key)
    current = dict(start)
    steps: list[DealStep] = []
    for event, change in later_rows:
        known = current.get(change.opportunity.key)
        is_before_review = since is not None and event.happened_at <= since
        # an older row, which says nothing of the stage that the deal came into after it
        if is_before_review and known is not None and event.happened_at < known.stage_since:
            continue
        if is_before_review or _is_found(change, known, since):
            _apply_to_deals(start, event)
            _apply_to_deals(current, event)
        else:
            from_rank = furthest_rank(current.values(), since)
            _apply_to_deals(current, event)
            to_rank = furthest_rank(current.values(), since)
            if to_rank != from_rank:
                steps.append(DealStep(event, from_rank, to_rank, _is_skip(change, known)))
    start_rank = furthest_rank(start.values(), None)
    return DealWalk(
        since=since,
        start=tuple(start.values()),
        start_rank=start_rank,
        end_rank=furthest_rank(after.opportunities, since),
        steps=tuple(steps),
        lost=tuple(deal for deal in after.opportunities if _was_lost(deal, start.get(deal.key), since)),
        was_found=start_rank != furthest_rank(before.opportunities, None),
    )


def _is_found(change: OpportunityChanged, known: Opportunity | None, since: datetime | None) -> bool:
    """Return true if an import found an older deal, or only a new meaning of its stage: neither is a step.

    `known` is the deal before this row, None for the first row of a deal. In its first row a deal is older if it is
    closed on an unknown day, or was opened before the review; where that cannot be said, if its stage has no known day.
    """
    if known is not None:
        profile = known.profile
        return profile.stage_name == change.opportunity.stage_name and profile.phase is not change.opportunity.phase
    if not change.opportunity.phase.is_open:
        return not change.since_known
    if since is not None and change.opened_at is not None:
        return change.opened_at <= since
    return not change.since_known


def _apply_to_deals(deals: dict[str, Opportunity], event: EventFacts) -> None:
    """Change `deals`, which are by key, in place, as the event changes the deals of its account."""
    state = AccountState(event.account_id, Profile(""), opportunities=tuple(deals.values()))
    for deal in after_change(event.change, state, event).opportunities:
        deals[deal.key] = deal


def _is_skip(change: OpportunityChanged, known: Opportunity | None) -> bool:
    """True if the deal went up by more than one phase at once."""
    return known is not None and known.is_open and change.opportunity.phase.rank - known.profile.phase.rank > 1


def _was_lost(deal: Opportunity, at_start: Opportunity | None, since: datetime | None) -> bool:
    """Return true if the deal was lost after the last held review, which closed at `since`.

    `at_start` is the deal as that review had it, None for one that it did not know.
    """
    if deal.profile.phase is not Phase.LOST:
        return False
    # lost at that review already, on this day or one not known then; another day means it was reopened and lost again
    if at_start is not None and at_start.profile.phase is Phase.LOST and at_start.closed_at in (None, deal.closed_at):
        return False
    return since is not None and deal.closed_at is not None and deal.closed_at > since


def furthest_rank(deals: Iterable[Opportunity], won_since: datetime | None) -> int:
    """The highest phase rank among open deals and deals won after `won_since`, if given; 0 without any."""
    return max((deal.profile.phase.rank for deal in deals if deal.is_open or was_won(deal, won_since)), default=0)


def was_won(deal: Opportunity, since: datetime | None) -> bool:
    is_won = deal.profile.phase is Phase.WON
    return is_won and since is not None and deal.closed_at is not None and deal.closed_at > since


def phase_of(rank: int) -> Phase | None:
    """The phase of this rank; None for 0, where no deal is open."""
    return next(phase for phase in Phase if phase.rank == rank) if rank else None


# Expansion by deals since a review: sold to a customer, or more open pipeline.


def expansions(
    before: AccountState, after: AccountState, events: Sequence[EventFacts], walk: DealWalk, *, percent: int
) -> tuple[Expansion, ...]:
    """Return amounts booked and pipeline growth since the review by currency; currencies are never summed.

    For a customer these are deals of existing business that add value, won or opened since. For others the open amount
    has to rise by at least `percent`, through a new deal or a change of amount that the CRM's row shows; a first deal
    is no expansion.
    """
    if not after.opportunities:
        return ()
    since = walk.since
    is_customer = before.stage is Stage.CUSTOMER or any(deal.profile.phase is Phase.WON for deal in walk.start)
    if not is_customer:
        return _pipeline_growth(after, events, walk, percent)
    expanding = [deal for deal in after.opportunities if deal.profile.is_expansion]
    booked = [deal for deal in expanding if was_won(deal, since)]
    opened = [deal for deal in expanding if deal.is_open and _is_new(deal, walk)]
    return (*_summed("booked", booked), *_summed("pipeline", opened))


def _pipeline_growth(
    after: AccountState, events: Sequence[EventFacts], walk: DealWalk, percent: int
) -> tuple[Expansion, ...]:
    """The open pipeline's growth for an account that is not a customer, in each currency it had before."""
    # the last row of a deal shows what it is now, unless its evidence is in doubt; an earlier one shows an old amount
    last = {event.change.opportunity.key: event for event in events if isinstance(event.change, OpportunityChanged)}
    shown_since = {
        key
        for key, event in last.items()
        if any(piece.actor is not EvidenceActor.IN_DOUBT for piece in event.evidence)
        and (walk.since is None or event.happened_at > walk.since)
    }
    before, now = _open_amounts(walk.start), _open_amounts(after.opportunities)
    started = {deal.key: deal for deal in walk.start}
    growth = []
    for currency in sorted(set(before) & set(now)):
        delta = now[currency] - before[currency]
        raised = [
            deal
            for deal in after.open_deals
            if deal.profile.currency == currency
            and (_is_new(deal, walk) or (deal.key in shown_since and _is_raised(deal, started.get(deal.key))))
        ]
        # nothing is a share of nothing: a currency without an open amount before cannot grow by a percentage
        if raised and delta * 100 >= before[currency] * percent > 0:
            growth.append(Expansion("pipeline", currency, delta, len(raised)))
    return tuple(growth)


def _open_amounts(deals: Iterable[Opportunity]) -> dict[str, int]:
    """The cents of the open deals by currency."""
    amounts: dict[str, int] = defaultdict(int)
    for deal in deals:
        if deal.is_open and deal.profile.amount_cents is not None:
            amounts[deal.profile.currency] += deal.profile.amount_cents
    return dict(amounts)


def _is_raised(deal: Opportunity, at_start: Opportunity | None) -> bool:
    """True for a larger amount than at the start, an unknown one counting as 0.

    A deal that had another currency then, or was closed, did not rise.
    """
    if at_start is None or not at_start.is_open or at_start.profile.currency != deal.profile.currency:
        return False
    return (deal.profile.amount_cents or 0) > (at_start.profile.amount_cents or 0)


def _summed(kind: str, deals: Iterable[Opportunity]) -> tuple[Expansion, ...]:
    """One expansion for each currency, its sum None where no deal has an amount; those without one are only counted."""
    amounts: dict[str, list[int | None]] = defaultdict(list)
    for deal in deals:
        amounts[deal.profile.currency].append(deal.profile.amount_cents)
    known_cents = {currency: [cents for cents in own if cents is not None] for currency, own in amounts.items()}
    return tuple(
        Expansion(kind, currency, sum(known_cents[currency]) if known_cents[currency] else None, len(own))
        for currency, own in sorted(amounts.items())
    )


def _is_new(deal: Opportunity, walk: DealWalk) -> bool:
    """Return true if the deal began after the review."""
    was_there = any(each.key == deal.key for each in walk.start)
    return not was_there and (walk.since is None or deal.opened_at > walk.since)


# Stalled accounts: too long in a stage, or too long without a word from the buyer.

EXCUSED_REVIEWS = 2
"""Held reviews in a row at which a confirmed date excuses a stall. Our own default."""

QUIET_WHILE_WAITING = 2
"""A confirmed date excuses silence up to this many times its limit. Our own default."""

STALLED = {StallKind.AGED: ReasonCode.STALLED_AGED, StallKind.QUIET: ReasonCode.STALLED_QUIET}


@dataclass(frozen=True, slots=True)
class _Stay:
    """Stay of an account in its own stage, or with its furthest open deal in a phase, and its beginning.

    `limits` is the end of the keys of the settings that limit it, as `opportunity_late`; '' for none.
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
    aged_days = None if stay.since is None else days_between(stay.since, now, zone)
    quiet_days = None if account.named_at is None else days_between(account.named_at, now, zone)
    if heard is not None:
        quiet_days = max(0, (local_date(now, zone) - heard).days)
    aged_limit = _limit(account, stay.limits, StallKind.AGED, settings)
    quiet_limit = _limit(account, stay.limits, StallKind.QUIET, settings)
    causes: tuple[StallCause, ...] = ()
    # an account that is only watched for signals times out at the limit of its stage: it does not stall
    if account.list_status is ListStatus.NAMED and (account.tier, account.stage) not in WATCHED:
        causes = tuple(
            StallCause(kind=kind, days=days, limit_days=limit_days, at_least=at_least)
            for kind, days, limit_days, at_least in (
                (StallKind.AGED, aged_days, aged_limit, not stay.since_is_known),
                (StallKind.QUIET, quiet_days, quiet_limit, heard is None),
            )
            if days is not None and limit_days is not None and days > limit_days
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


def _excuse(account: AccountState, causes: tuple[StallCause, ...], today: date, excused_before: int) -> Excuse | None:
    """Return the date that a named account waits for, with the causes that it excuses; None where none is to come.

    It is spent, and excuses nothing, where it would excuse once more than it may (EXCUSED_REVIEWS).
    """
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


def excused_before(counted: int, account: AccountState, judged_at: datetime) -> int:
    """Return how many held reviews in a row count against the date that the account waits for.

    `counted` is that number at the last held review. A date set after that review opened (`judged_at`) begins at 0
    only if the date before it was spent there: otherwise a new date each time would excuse the account for ever.
    """
    is_new = account.waiting is not None and account.waiting.set_at > judged_at
    return 0 if is_new and counted > EXCUSED_REVIEWS else counted


def excused_reviews(answer: StallAnswer, before: int) -> int:
    """Return the number of reviews in a row, with this one, at which a date excused a stall or was spent."""
    excuse = answer.excuse
    return before + 1 if excuse is not None and (excuse.causes or excuse.is_spent) else 0


def heard_on(account: AccountState, zone: str) -> date | None:
    """Return the last day on which the buyer did something: by evidence, or somebody there, who may have left since."""
    days = [] if account.last_buyer_touch_at is None else [local_date(account.last_buyer_touch_at, zone)]
    done = [contact.last_touch_on for contact in account.contacts if contact.last_touch_on]
    return max((*days, *done), default=None)


def silence_ended(before: AccountState, after: AccountState, zone: str) -> int:
    """Return for how many days the buyer had been silent when an update recorded an act of theirs, else 0.

    The days count as for a stall: from the last act of anybody at the account, else from the day it was named.
    """
    until = heard_on(after, zone)
    since = heard_on(before, zone) or (local_date(before.named_at, zone) if before.named_at else None)
    return max(0, (until - since).days) if since and until else 0


def furthest_deal(account: AccountState) -> Opportunity | None:
    """The open deal in the furthest phase, of several the last to move, or None; of a customer only those for more."""
    is_customer = account.stage is Stage.CUSTOMER
    counting = [deal for deal in account.open_deals if not is_customer or deal.profile.is_expansion]
    return max(counting, key=lambda deal: (deal.profile.phase.rank, deal.stage_since, deal.key), default=None)


def in_stage_since(account: AccountState) -> datetime | None:
    """The instant from which days in stage count: time spent as a candidate does not."""
    if account.stage_since is None or account.named_at is None:
        return account.stage_since
    return max(account.stage_since, account.named_at)


def _stay(account: AccountState) -> _Stay:
    """The stay that ages: for an opportunity or customer with an open deal in its phase, else in the stage.

    An opportunity without a deal has the limits of an early phase, a customer without one has none.
    """
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
    """The stay of a deal in its stage."""
    return _Stay(limits, deal.stage_since, since_is_known=deal.stage_since_known, phase=deal.profile.phase)


def limit_key(account: AccountState, kind: StallKind) -> str | None:
    """Return the key of the setting that limits this kind of a stall of the account; None where none does."""
    return _setting_key(account, _stay(account).limits, kind)


def _setting_key(account: AccountState, limits: str, kind: StallKind) -> str | None:
    """The key of the setting with this limit; None for an account without a tier, and where no setting is."""
    key = of_tier(account.tier, f"{kind}.{limits}")
    return key if account.tier and key in SETTINGS else None


def _limit(account: AccountState, limits: str, kind: StallKind, settings: ProgramSettings) -> int | None:
    key = _setting_key(account, limits, kind)
    return settings.limit(key) if key else None


# The deal behind an account's movement: won, lost, or further in its phases.


def moved_deal(account: AccountState, answer: MovementAnswer, *, since: datetime | None) -> Opportunity | None:
    """Return the deal that moved the account since the last held review; None where no deal did.

    That is the one won last where the account bought, else the one lost last where one was lost, else the furthest.
    """
    if any(each.kind == "booked" for each in answer.expansions) or (answer.by_deals and answer.to_phase is Phase.WON):
        return _last_closed(account, Phase.WON, since)
    if MovementFlag.OPPORTUNITY_LOST in answer.flags:
        return _last_closed(account, Phase.LOST, since)
    return furthest_deal(account) if answer.by_deals else None


def _last_closed(account: AccountState, phase: Phase, since: datetime | None) -> Opportunity | None:
    """Return the deal that ended last in this phase, after `since`; else one whose day is not known, or None."""
    ended = [deal for deal in account.opportunities if deal.profile.phase is phase]
    dated = [(deal.closed_at, deal) for deal in ended if deal.closed_at and (since is None or deal.closed_at > since)]
    if dated:
        return max(dated, key=lambda pair: (pair[0], pair[1].key))[1]
    return next((deal for deal in ended if deal.closed_at is None), None)


# The stage that a deal of the CRM implies: proposed where the account stands below it, never taken by itself.


@dataclass(frozen=True, slots=True)
class StageProposal:
    """A deal, the stage that it implies, and since when; `since` is None where the CRM tells no day."""

    deal: Opportunity
    stage: Stage
    since: datetime | None

    @property
    def is_won(self) -> bool:
        return self.deal.profile.phase is Phase.WON


@dataclass(frozen=True, slots=True)
class AccountProposal:
    account_id: int
    account_name: str
    proposal: StageProposal


@dataclass(frozen=True, slots=True)
class RunProposals:
    """Proposals by the deals of one import: those nobody answered yet, and a sentence for each that is gone."""

    run_id: int
    unanswered: tuple[AccountProposal, ...] = ()
    gone: tuple[str, ...] = ()


def proposed_stage(account: AccountState) -> StageProposal | None:
    """Return the furthest stage above the account's own that one of its deals implies; None when there is none.

    Of several deals that imply it, the earliest counts: the account became a customer with the first one won. A deal
    older than the account's step back from that stage implies nothing, nor does one whose stage was declined.
    """
    if account.list_status.is_closed:
        return None
    proposals = [each for deal in account.opportunities if (each := implied_by(deal)) is not None]
    higher = [
        each
        for each in proposals
        if each.stage.rank > account.stage.rank and not (_is_left_behind(account, each) or _is_declined(each))
    ]
    return min(higher, key=_by_stage_and_day, default=None)


def _by_stage_and_day(proposal: StageProposal) -> tuple[int, bool, datetime, str]:
    """Sort key: the furthest stage first, a known day before an unknown one (when it was found), then the earliest."""
    since = proposal.since or proposal.deal.stage_since
    return -proposal.stage.rank, proposal.since is None, since, proposal.deal.key


def implied_by(deal: Opportunity) -> StageProposal | None:
    """Return the stage that the deal implies: customer by a won one, opportunity by an open one, none by a lost one."""
    if deal.profile.phase is Phase.WON:
        return StageProposal(deal, Stage.CUSTOMER, deal.closed_at)
    return StageProposal(deal, Stage.OPPORTUNITY, _opened_at(deal)) if deal.is_open else None


def _opened_at(deal: Opportunity) -> datetime | None:
    """The instant at which it was opened; None where an import found it open without any date."""
    is_found = not deal.stage_since_known and deal.opened_at == deal.stage_since
    return None if is_found else deal.opened_at


def proposal_by(account: AccountState, key: str, stage: Stage) -> StageProposal | str:
    """Return the step to that stage which this deal implies, or the sentence that says why it does not any more."""
    deal = next((each for each in account.opportunities if each.key == key), None)
    if account.list_status.is_closed:
        return f"{account.name} is {account.list_status.value} by now, so nothing was recorded."
    if deal is None:
        return f"{account.name}: that deal is not known any more, so nothing was recorded."
    implied = implied_by(deal)
    if implied is None:
        return f"{account.name}: {deal.profile.name} was lost since, so nothing was recorded."
    if implied.stage is not stage:
        became = "won" if implied.is_won else "opened again"
        return f"{account.name}: {deal.profile.name} was {became} since, so nothing was recorded. Its card says more."
    if account.stage.rank >= stage.rank:
        return f"{account.name} is at {account.stage.value} already, so nothing was recorded."
    if _is_left_behind(account, implied):
        return f"{account.name} moved back to {account.stage.value} after that deal, so nothing was recorded."
    if _is_declined(implied):
        return f"{account.name}: {stage.value} was declined for {deal.profile.name}, so nothing was recorded."
    return implied


def step_of(proposal: StageProposal, zone: str, *, reviewed_at: datetime | None = None) -> Moved:
    """Return the step that confirming the proposal records; its text says the day in the IANA `zone`.

    `reviewed_at` is when the account's last held review closed: a step of a day up to it is reclassified.
    """
    state = "Closed won" if proposal.is_won else "Open deal"
    if proposal.since is None:
        day = ", on which day is not known" if proposal.is_won else ", since when is not known"
    else:
        on = local_date(proposal.since, zone)
        day = f" {'on' if proposal.is_won else 'since'} {on.day} {on:%b %Y}"
    return Moved(
        f"{state} in {SYSTEMS.get(_system(proposal.deal.profile), 'the CRM')}{day}",
        proposal.stage.value,
        since_known=proposal.since is not None,
        from_deal=proposal.deal.key,
        is_reclassified=proposal.since is not None and reviewed_at is not None and proposal.since <= reviewed_at,
    )


def evidence_for(proposal: StageProposal) -> Evidence:
    """Return the CRM's row as evidence of the step: the buyer's act where the deal was won, else our own record.

    Without a day it is dated when the deal was found so.
    """
    crm_row = evidence_of(proposal.deal.profile, proposal.since or proposal.deal.stage_since)
    actor = EvidenceActor.BUYER if proposal.is_won else EvidenceActor.US
    return replace(crm_row, actor=actor, act=BuyerAct.DEAL, step=proposal.stage.value)


def _is_declined(proposal: StageProposal) -> bool:
    """Return true if the stage, or a later one, was declined for the deal."""
    declined = proposal.deal.declined_stage
    return bool(declined) and proposal.stage.rank <= Stage(declined).rank


def _is_left_behind(account: AccountState, proposal: StageProposal) -> bool:
    """True if the account moved back from that stage on or after the deal's day, or the day it was found if unknown."""
    left_at = account.left_customer_at if proposal.stage is Stage.CUSTOMER else account.left_opportunity_at
    return left_at is not None and left_at >= (proposal.since or proposal.deal.stage_since)


# The deals of an account as a reader wants them: open ones by how far they are, closed ones, and sums by currency.


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """An open deal, its days in its stage, and how many it may be there; None where there is no limit."""

    deal: Opportunity
    days_in_stage: int
    limit_days: int | None


@dataclass(frozen=True, slots=True)
class DealSum:
    """Total of deals: (currency, cents) for each currency, and the number of deals without an amount."""

    count: int
    amounts: tuple[tuple[str, int], ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class DealsAnswer:
    """An account's deals: open ones furthest first, closed ones newest first, and what the open and won are worth."""

    open: tuple[OpenDeal, ...]
    won: tuple[Opportunity, ...]
    lost: tuple[Opportunity, ...]
    open_sum: DealSum
    won_sum: DealSum


def deals_of(account: AccountState, settings: ProgramSettings, *, now: datetime, zone: str) -> DealsAnswer:
    """The account's deals as of now; days are calendar days in the IANA `zone`."""
    open_deals = sorted(
        account.open_deals,
        key=lambda deal: (-deal.profile.phase.rank, -(deal.profile.amount_cents or 0), deal.key),
    )
    won, lost = (_newest_first(account.opportunities, phase) for phase in (Phase.WON, Phase.LOST))
    return DealsAnswer(
        open=tuple(
            OpenDeal(deal, days_between(deal.stage_since, now, zone), _stage_limit_days(account, deal, settings))
            for deal in open_deals
        ),
        won=won,
        lost=lost,
        open_sum=sum_of(open_deals),
        won_sum=sum_of(won),
    )


def _newest_first(deals: Iterable[Opportunity], phase: Phase) -> tuple[Opportunity, ...]:
    """The deals that ended in this phase; where the day is not known, it is taken to be when the stage began."""
    closed = (deal for deal in deals if deal.profile.phase is phase)
    return tuple(sorted(closed, key=lambda deal: (deal.closed_at or deal.stage_since, deal.key), reverse=True))


def _stage_limit_days(account: AccountState, deal: Opportunity, settings: ProgramSettings) -> int | None:
    """The days that the account's deal may stay in its stage; None without a limit."""
    is_customer = account.stage is Stage.CUSTOMER
    stage = Stage.CUSTOMER.value if is_customer else f"{Stage.OPPORTUNITY.value}_{deal.profile.phase.value}"
    return _limit(account, stage, StallKind.AGED, settings)


def sum_of(deals: Iterable[Opportunity]) -> DealSum:
    """Return the total of the deals; amounts of different currencies are never added."""
    counted = tuple(deals)
    amounts: dict[str, int] = defaultdict(int)
    for deal in counted:
        if deal.profile.amount_cents is not None:
            amounts[deal.profile.currency] += deal.profile.amount_cents
    unknown = sum(deal.profile.amount_cents is None for deal in counted)
    return DealSum(len(counted), tuple(sorted(amounts.items())), unknown)


def other_close_date(deal: Opportunity, zone: str) -> date | None:
    """Return the close date of a closed deal if it is not the day on which the deal closed in the IANA `zone`.

    None too if the deal closed at the end of its close date in the zone of the import, whatever day that is in `zone`.
    """
    closes_on, closed_at = deal.profile.closes_on, deal.closed_at
    if closes_on is None or closed_at is None or is_of_close_date(closed_at, deal.profile):
        return None
    return closes_on if local_date(closed_at, zone) != closes_on else None
