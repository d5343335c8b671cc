"""The named list: capacity, names, transitions, versions."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType

from agendas.errors import Offer, Refused, Unclear
from agendas.facts.account import AccountState, EventFacts, ListStatus
from agendas.facts.answered_items import EVERYTHING, NOBODY, AccountFilter, AccountStanding
from agendas.facts.events import Corrected, DecisionKind, ListChanged, Nominated
from agendas.facts.fit import Criterion, FitShort
from agendas.facts.narrative import JustificationPart, Justified, WhyPart
from agendas.facts.people import Owners
from agendas.facts.program import DEFAULTS, TIERS, ProgramSettings, of_tier
from agendas.facts.reviews import AgendaFacts, AgendaItem, Placement, ReasonCode
from agendas.rules.deals import STALLED, stall
from agendas.rules.entries import taken_back, uncorrected
from agendas.rules.fit import FitAnswer, fit_of
from agendas.rules.fold import state_after
from agendas.text.dates import day_text, days_between, local_date
from agendas.text.evidence import MENTION
from agendas.text.limits import shown

# The list is finite: how many accounts a tier and an owner may have, and who could leave when there is no room.

OFFERED = 3
"""Number of accounts offered to leave."""

REASONS_SHOWN = 2
"""Most reasons shown for an account that could leave."""


class LeaverCode(StrEnum):
    """Reason why an account could leave, or a plain fact about one that has none: fit, not_moved and never_moved.

    Numbers are days, but the fit for fit and low_fit, which has that of its tier as limit.
    """

    STALLED_AGED = ReasonCode.STALLED_AGED
    STALLED_QUIET = ReasonCode.STALLED_QUIET
    LOW_FIT = "low_fit"
    NO_OWNER = "no_owner"
    FIT = "fit"
    NOT_MOVED = "not_moved"
    NEVER_MOVED = "never_moved"


Weakness = tuple[LeaverCode, float, int]
"""A reason with its number and its limit; 0 where there is no limit."""


@dataclass(frozen=True, slots=True)
class Full:
    """A cap that is reached: the number of accounts named in the tier, for `owner` if the cap is per person."""

    tier: int
    count: int
    cap: int
    owner: str | None = None

    @property
    def too_many(self) -> int:
        """Number of accounts above the cap: it was lowered, or people name who do not see each other's accounts."""
        return self.count - self.cap


@dataclass(frozen=True, slots=True)
class Leaver:
    """An account that could leave the tier, and why, the most serious reason first; without any, its current state."""

    account_id: int
    name: str
    reasons: tuple[Weakness, ...]

    @property
    def has_reason(self) -> bool:
        """True if something speaks for its leaving."""
        return any(
            code not in (LeaverCode.FIT, LeaverCode.NOT_MOVED, LeaverCode.NEVER_MOVED) for code, *_ in self.reasons
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """Request to name an account in this tier, move it there or restore it, with the reason.

    `why_now` and `motion` are parts of its justification, where somebody gave them.
    """

    account_id: int
    name: str
    tier: int
    because: str
    why_now: str = ""
    motion: str = ""


class NoRoom(Refused):
    """One account too many.

    `leavers` could leave for it, the best candidates first. Ranking them takes long where a tier is large, so it is
    left to a read after the change that was refused.
    """

    def __init__(self, wish: Wish, full: Full, leavers: tuple[Leaver, ...] = ()) -> None:
        self.wish, self.full, self.leavers = wish, full, leavers
        super().__init__(wish, full)

    def __str__(self) -> str:
        wish, full = self.wish, self.full
        whose = f"<@{full.owner}>" if full.owner else "It"
        names = ", ".join(leaver.name for leaver in self.leavers)
        candidates = f" The best candidates to leave are {names}." if names else ""
        return (
            f"There is no room for {wish.name} in tier {full.tier}. {whose} has {full.count} accounts and may have "
            f"{full.cap}.{candidates}"
        )


def caps(settings: ProgramSettings) -> Mapping[int | None, int]:
    """The most accounts by tier."""
    return {tier: settings.number(of_tier(tier, "cap")) for tier in TIERS}


def cap_reached(tier: int, owner: str | None, settings: ProgramSettings, *, in_tier: int, of_owner: int) -> Full | None:
    """The cap that leaves no room for one more account of this owner; None when there is room.

    `tier`: where the account is to go. `settings`: the caps. `in_tier` and `of_owner`: how many other accounts are
    named there, of everybody and of this owner.
    """
    cap = settings.number(of_tier(tier, "cap"))
    if in_tier >= cap:
        return Full(tier, in_tier, cap)
    owner_cap = settings.limit(of_tier(tier, "owner_cap"))
    if owner and owner_cap and of_owner >= owner_cap:
        return Full(tier, of_owner, owner_cap, owner)
    return None


def leavers(
    named: Iterable[AccountState],
    *,
    now: datetime,
    zone: str,
    settings: ProgramSettings,
    excused_before: Mapping[int, int] = MappingProxyType({}),
) -> tuple[Leaver, ...]:
    """The three named accounts that can best leave the list, each with up to two reasons in numbers.

    Those with more reasons come first, then those further over a limit of standing still, then those of lower fit,
    then those that did not move for longer. `excused_before` has, by account id, how many held reviews in a row count
    against the date that the account waits for (see `deals.stall`).
    """
    judged = [
        _ranked_leaver(account, now, zone, settings, excused=excused_before.get(account.account_id, 0))
        for account in named
    ]
    return tuple(leaver for _, leaver in sorted(judged, key=itemgetter(0))[:OFFERED])


def _ranked_leaver(
    account: AccountState, now: datetime, zone: str, settings: ProgramSettings, *, excused: int
) -> tuple[tuple[float, float, float, float, str], Leaver]:
    """Return (rank, the account as one that may leave); the account with the lowest rank should leave first.

    An unknown fit ranks as the best; an account without a tier has the limit of the lowest tier. Instead of reasons one
    that has none gets its fit and how long it did not move.
    """
    causes = stall(account, now=now, zone=zone, settings=settings, excused_before=excused).causes
    fit, least_fit = fit_of(account.fit, settings).fit, settings.number(f"fit.tier.{account.tier or TIERS[-1]}")
    reasons: list[Weakness] = [(LeaverCode(STALLED[cause.kind]), cause.days, cause.limit_days) for cause in causes]
    if fit is not None and fit < least_fit:
        reasons.append((LeaverCode.LOW_FIT, fit, least_fit))
    if account.profile.owner is None:
        reasons.append((LeaverCode.NO_OWNER, 0, 0))
    since = account.last_movement_at or account.named_at
    code = LeaverCode.NOT_MOVED if account.last_movement_at else LeaverCode.NEVER_MOVED
    moved = (code, days_between(since, now, zone) if since else 0, 0)
    facts = (*(((LeaverCode.FIT, fit, 0),) if fit is not None else ()), moved)
    days_over = max((cause.days - cause.limit_days for cause in causes), default=0)
    rank = (-len(reasons), -days_over, 100 if fit is None else fit, -moved[1], account.name.casefold())
    return rank, Leaver(account.account_id, account.name, tuple(reasons[:REASONS_SHOWN]) or facts)


# Choices among a person's accounts.


class HomeFilter(StrEnum):
    """A choice among a person's accounts on Home."""

    ALL = "all"
    INTERVENE = "needs_intervention"
    STALLED = "stalled"
    TIER_1 = "tier_1"
    TIER_2 = "tier_2"
    TIER_3 = "tier_3"
    OWNED = "owned"


_FILTER_OF: Mapping[HomeFilter, AccountFilter] = {
    HomeFilter.INTERVENE: AccountFilter(states=(AccountStanding.NEEDS_INTERVENTION,)),
    HomeFilter.STALLED: AccountFilter(states=(AccountStanding.STALLED,)),
    **{HomeFilter(f"tier_{tier}"): AccountFilter(tiers=(tier,), statuses=(ListStatus.NAMED,)) for tier in TIERS},
}


def accounts_chosen(items: Iterable[AgendaItem], choice: HomeFilter, user_id: str) -> tuple[AgendaItem, ...]:
    """Return the accounts among a person's that belong to what they chose: all, their own, a tier, or a state."""
    if choice is HomeFilter.OWNED:
        return tuple(item for item in items if item.facts.account.profile.owner == user_id)
    wanted = _FILTER_OF.get(choice)
    return tuple(item for item in items if wanted is None or fits(wanted, item.facts.account, item.placement))


# The refusal of words that are no filter: it names them and offers the nearest ones, or what was understood.

LONGEST = 1_500
"""Characters of a filter's words, so that a button can carry them."""

UNKNOWN_NAMED = 3


@dataclass(frozen=True, slots=True)
class FilterPlace:
    """A page that takes a filter: its command, its name, and how its words are written.

    `suggested` maps words of the page itself, which may have been meant, to the filter that each stands for. `kept` are
    words of the page that were read already; each command offered repeats them.
    """

    command: str = "/abm list"
    name: str = "the list"
    usage: str = (
        "Write a tier, a state (intervention, stalled, advanced, expanded, new, steady, claimed), a stage, @who, mine "
        "or nobody, a segment, paused, candidates, removed or rejected"
    )
    suggested: Mapping[str, str] = field(default_factory=dict)
    kept: str = ""

    def offer(self, words: str, names: Mapping[str, str]) -> Offer:
        """The offer of the page filtered by these words; its button shows names instead of mentions."""
        label = _with_names(words, names)
        return Offer(f"{label[0].upper()}{label[1:]}", " ".join(f"{self.command} {self.kept} {words}".split()))

    @property
    def whole(self) -> Offer:
        return Offer(f"The whole {self.name.removeprefix('the ')}", self.command)


def refusal(unknown: Sequence[tuple[str, str]], known: str, names: Mapping[str, str], place: FilterPlace) -> Unclear:
    """The refusal of `unknown` words, each with the nearest known one or ''.

    Where all of at most three unknown words have a nearest one, it offers the filter with these instead, else it says
    how a filter is written. It also offers the filter of the words understood (`known`) alone, and the whole list.
    """
    named = ", ".join(shown(word) for word, _ in unknown[:UNKNOWN_NAMED])
    more = f" and {len(unknown) - UNKNOWN_NAMED} more words" if len(unknown) > UNKNOWN_NAMED else ""
    sentence = f"{named}{more} {'is no filter' if len(unknown) == 1 else 'are no filters'} of {place.name}."
    nearest, offers = " ".join(dict.fromkeys(near for _, near in unknown)), []
    if len(unknown) <= UNKNOWN_NAMED and all(near for _, near in unknown):
        offers.append(place.offer(f"{nearest} {known}".strip(), names))
        sentence = f"{sentence} Did you mean {_with_names(nearest, names)}?"
    else:
        sentence = f"{sentence} {place.usage}."
    if known and len(known) <= LONGEST:
        offers.append(place.offer(known, names))
    return Unclear(sentence, (*offers, place.whole))


def _with_names(words: str, names: Mapping[str, str]) -> str:
    """The words with the name of each person mentioned, `that person` for one whose name is not given."""
    return MENTION.sub(lambda found: names.get(found[1], "that person"), words)


# The accounts that fit a filter.

ON_VIEW = (ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE)
"""List statuses that the list shows unless others are asked for."""


def statuses_of(wanted: AccountFilter) -> tuple[ListStatus, ...]:
    """Return the list statuses that accounts can have to fit: those wanted, by default those of ON_VIEW.

    A filter by states leaves only named accounts, which alone have one, or none if other statuses are wanted. A filter
    by stages leaves out candidates unless they are wanted: nobody works on one.
    """
    if wanted.states:
        return (ListStatus.NAMED,) if ListStatus.NAMED in (wanted.statuses or ON_VIEW) else ()
    return wanted.statuses or tuple(each for each in ON_VIEW if not wanted.stages or each.is_on_list)


def fits(wanted: AccountFilter, account: AccountState, placement: Placement | None = None) -> bool:
    """Return true if the account fits every part of the filter; `placement` is needed where it asks for states."""
    owner, partner = account.profile.owner, account.profile.marketing_partner
    # the owner stands in for a missing partner, so `nobody` finds accounts without an owner, with a partner or not
    people = {owner or NOBODY, partner or owner or NOBODY}
    return (
        account.list_status in statuses_of(wanted)
        and (not wanted.tiers or account.tier in wanted.tiers)
        and (not wanted.owners or not people.isdisjoint(wanted.owners))
        and (not wanted.segments or account.profile.segment in wanted.segments)
        and (not wanted.stages or account.stage in wanted.stages)
        and (not wanted.states or (placement is not None and is_in_states(account, placement, wanted.states)))
    )


def is_in_states(account: AccountState, placement: Placement, states: Collection[AccountStanding]) -> bool:
    """Return true for an account in one of these states; one that is stalled may be at a claimed stage too."""
    is_claimed = AccountStanding.CLAIMED in states and account.claimed_from is not None
    return is_claimed or AccountStanding.of(placement) in states


# Proposals for the list by fit: a tier or a no for a candidate, up or down for a named account.

SETTLING = (DecisionKind.KEEP, DecisionKind.CHANGE_TIER)
"""Decisions of a review after which nothing is proposed for a while: people had the account before them."""


class Proposed(StrEnum):
    NAME = "name"
    REJECT = "reject"
    PROMOTE = "promote"
    DEMOTE = "demote"
    REMOVE = "remove"


class Why(StrEnum):
    """A reason for a proposal, or against a higher tier."""

    VETO = "veto"
    REACHES = "reaches"
    BELOW = "below"
    UNSURE = "unsure"
    UNJUSTIFIED = "unjustified"
    FULL = "full"
    OWNER_FULL = "owner_full"


@dataclass(frozen=True, slots=True)
class ProposalReason:
    """Why, about which tier, in numbers: the fit against the tier's, percent known, or places taken of how many."""

    why: Why
    tier: int = 0
    number: float = 0
    limit: int = 0
    criterion: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with its tier, unless the account is to leave, and its reasons: the deciding one first."""

    what: Proposed
    tier: int | None
    reasons: tuple[ProposalReason, ...]


def proposal_of(
    account: AccountState, *, now: datetime, settings: ProgramSettings = DEFAULTS, tier_1_owners: Owners | None = None
) -> Proposal | None:
    """Return the proposal for a candidate or named account; None where fit gives none or a review settled it lately.

    `tier_1_owners` are the owners of the accounts named in tier 1; None leaves out whether a place is free there.
    """
    answer = fit_of(account.fit, settings)
    if answer.fit is None:
        return None
    if account.list_status is ListStatus.CANDIDATE:
        return _proposal_for_candidate(account, answer, settings, tier_1_owners=tier_1_owners)
    last, kept_for = account.decision, timedelta(days=settings.number("fit.keep"))
    is_settled = last is not None and last.decision in SETTLING and now - last.decided_at < kept_for
    if account.list_status is ListStatus.NAMED and not is_settled:
        return _proposal_for_named(account, answer, settings, tier_1_owners=tier_1_owners)
    return None


def _proposal_for_candidate(
    account: AccountState, answer: FitAnswer, settings: ProgramSettings, *, tier_1_owners: Owners | None
) -> Proposal:
    """Name it in the highest tier that nothing speaks against, else reject it, each with the reasons.

    The reasons for naming it are that its fit reaches the tier, and what keeps it out of the higher ones.
    """
    if answer.vetoes:
        return Proposal(Proposed.REJECT, None, _veto_reasons(answer))
    against: list[ProposalReason] = []
    for tier in TIERS:
        reasons = tuple(_reasons_against(tier, account, answer, settings, tier_1_owners=tier_1_owners))
        if not reasons:
            return Proposal(Proposed.NAME, tier, (_fit_reaches(tier, answer, settings), *against))
        against += reasons
    # the last reason is about the lowest tier, which asks for least
    return Proposal(Proposed.REJECT, None, tuple(against[-1:]))


def _proposal_for_named(
    account: AccountState, answer: FitAnswer, settings: ProgramSettings, *, tier_1_owners: Owners | None
) -> Proposal | None:
    """Remove for a veto, demote or remove below its tier's cut, promote where nothing is against; None to keep it.

    None too for an account without a tier, and while too little is known of its fit, which is never None here.
    """
    if answer.vetoes:
        return Proposal(Proposed.REMOVE, None, _veto_reasons(answer))
    if account.tier is None or answer.percent_known < settings.number("fit.confidence"):
        return None
    if (answer.fit or 0) < _least_fit(account.tier, settings):
        reason = _fit_below(account.tier, answer, settings)
        lower = (tier for tier in TIERS if tier > account.tier and (answer.fit or 0) >= _least_fit(tier, settings))
        tier = next(lower, None)
        return Proposal(Proposed.DEMOTE if tier else Proposed.REMOVE, tier, (reason,))
    for tier in range(TIERS[0], account.tier):
        if not any(_reasons_against(tier, account, answer, settings, tier_1_owners=tier_1_owners)):
            return Proposal(Proposed.PROMOTE, tier, (_fit_reaches(tier, answer, settings),))
    return None


def pending(facts: AgendaFacts) -> Proposal | None:
    """Return the proposal to show with an account; none without scores, or on a closed review (no `tier_1_owners`)."""
    if facts.tier_1_owners is None or not facts.account.fit:
        return None
    return proposal_of(facts.account, now=facts.now, settings=facts.settings, tier_1_owners=facts.tier_1_owners)


def short_of(account: AccountState, tier: int, settings: ProgramSettings = DEFAULTS) -> FitShort | None:
    """Return the fit against what the tier asks if it is too low, too little known (tier 1) or vetoed; else None."""
    answer, least_fit = fit_of(account.fit, settings), _least_fit(tier, settings)
    wanted_known = settings.number("fit.confidence") if tier == TIERS[0] else 0
    is_reached = answer.fit is not None and answer.fit >= least_fit and answer.percent_known >= wanted_known
    if is_reached and not answer.vetoes:
        return None
    return FitShort(answer.fit, least_fit, answer.percent_known, wanted_known, answer.vetoes)


def may_reach_tier_1(fit: float | None, tier: int | None, settings: ProgramSettings = DEFAULTS) -> bool:
    """Return true for a fit that reaches tier 1 in an account that is not there: free places matter for it alone."""
    return fit is not None and tier != TIERS[0] and fit >= _least_fit(TIERS[0], settings)


def _reasons_against(
    tier: int, account: AccountState, answer: FitAnswer, settings: ProgramSettings, *, tier_1_owners: Owners | None
) -> Iterator[ProposalReason]:
    """Yield the reasons that keep the account out of the tier; only tier 1 asks for more than its fit."""
    if (answer.fit or 0) < _least_fit(tier, settings):
        yield _fit_below(tier, answer, settings)
        return
    if tier != TIERS[0]:
        return
    if answer.percent_known < settings.number("fit.confidence"):
        yield ProposalReason(Why.UNSURE, tier, answer.percent_known, settings.number("fit.confidence"))
    if not account.justification.why_account.strip():
        yield ProposalReason(Why.UNJUSTIFIED, tier)
    # None for the owners leaves out whether a place is free
    owner, owners = account.profile.owner, tier_1_owners or ()
    full = cap_reached(tier, owner, settings, in_tier=len(owners), of_owner=owners.count(owner) if owner else 0)
    if full is not None:
        yield ProposalReason(Why.OWNER_FULL if full.owner else Why.FULL, tier, full.count, full.cap)


def _veto_reasons(answer: FitAnswer) -> tuple[ProposalReason, ...]:
    """A reason for each criterion that rules the account out."""
    return tuple(ProposalReason(Why.VETO, criterion=each) for each in answer.vetoes)


def _fit_reaches(tier: int, answer: FitAnswer, settings: ProgramSettings) -> ProposalReason:
    return ProposalReason(Why.REACHES, tier, answer.fit or 0, _least_fit(tier, settings))


def _fit_below(tier: int, answer: FitAnswer, settings: ProgramSettings) -> ProposalReason:
    return ProposalReason(Why.BELOW, tier, answer.fit or 0, _least_fit(tier, settings))


def _least_fit(tier: int, settings: ProgramSettings) -> int:
    """The fit that an account needs for the tier, in points."""
    return settings.number(f"fit.tier.{tier}")


# The current justification of an account: its parts with their authors, and those that are missing.

WHOLE_TIERS = (1, 2)
"""Tiers whose accounts need all three parts: each of them gets a motion of its own. Ours."""

JUSTIFYING = (Nominated, ListChanged, Justified, Corrected)
"""Kinds of changes that the justification follows from."""


def missing_parts(account: AccountState) -> tuple[WhyPart, ...]:
    """Return the parts that the account lacks; in tier 3 and without a tier only why this account is needed."""
    needed = tuple(WhyPart) if account.tier in WHOLE_TIERS else (WhyPart.WHY_ACCOUNT,)
    return tuple(part for part in needed if not account.justification.part(part).strip())


def justification_parts(events: Iterable[EventFacts]) -> tuple[JustificationPart, ...]:
    """Return the three parts as the account's events leave them, each with who gave it first in these words and when.

    A part that nobody gave, or that was emptied, has no author.
    """
    counted = uncorrected(each for each in events if isinstance(each.change, JUSTIFYING))
    first = next((each for each in counted if isinstance(each.change, Nominated)), None)
    parts, state = {part: JustificationPart(part) for part in WhyPart}, None
    # the nomination comes first, as in every fold: a change may be dated before it
    for event in sorted(counted, key=lambda each: each is not first):
        state = state_after(state, event)
        for part in WhyPart:
            text = state.justification.part(part)
            if text != parts[part].text:
                parts[part] = (
                    JustificationPart(part, text, event.actor, event.happened_at) if text else JustificationPart(part)
                )
    return tuple(parts.values())


# Names wanted for accounts that other accounts have already.


def names_taken(wanted: Mapping[int, Set[str]], holders: Mapping[str, Set[int]]) -> set[int]:
    """The accounts whose wanted words (names and aliases, by account id) include one that another account holds.

    `holders` are the ids of the accounts that have each word now. An account may keep its own words. Words that it
    gives up in the same change are free for others, unless its change is refused.
    """
    refused: set[int] = set()
    # a refused account keeps its words, which may refuse further ones; a holder that changes nothing keeps each word
    while more := {
        account_id
        for account_id in wanted.keys() - refused
        for word in wanted[account_id] & holders.keys()
        if account_id not in holders[word]
        and any(holder in refused or word in wanted.get(holder, {word}) for holder in holders[word])
    }:
        refused |= more
    return refused


# The list in pages: named accounts by tier, then paused ones, then candidates; each account on exactly one page.

Group = tuple[ListStatus, int | None]
"""Accounts of one status and tier."""

ORDER = (*ON_VIEW, ListStatus.REMOVED, ListStatus.REJECTED)
"""List statuses in the order of the list's pages."""


def on_view(counts: Mapping[Group, int], wanted: AccountFilter = EVERYTHING) -> dict[Group, int]:
    """Return the number of accounts in each group that the list shows, in its order; of wanted tiers and statuses."""
    statuses = statuses_of(wanted)
    groups = [
        (status, tier) for status, tier in counts if status in statuses and (not wanted.tiers or tier in wanted.tiers)
    ]
    return {group: counts[group] for group in sorted(groups, key=_order_of) if counts[group]}


def _order_of(group: Group) -> tuple[int, bool, int]:
    """Sort key: the status in ORDER, then the tier, last the accounts without one."""
    status, tier = group
    return (ORDER.index(status), tier is None, tier or 0)


# From which list status an account may come to which.

MAY_BECOME: Mapping[ListStatus, frozenset[ListStatus]] = {
    ListStatus.NAMED: frozenset({ListStatus.CANDIDATE, ListStatus.NAMED, ListStatus.PAUSED}),
    ListStatus.PAUSED: frozenset({ListStatus.NAMED}),
    ListStatus.REMOVED: frozenset({ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE}),
    ListStatus.REJECTED: frozenset({ListStatus.CANDIDATE}),
    ListStatus.CANDIDATE: frozenset({ListStatus.REMOVED, ListStatus.REJECTED}),
}
"""From which list status an account may come to each: restoring makes a removed or rejected one a candidate again."""

_RESTORE = "Make it a candidate again with /account restore {name} because TEXT."

NEXT_STEPS: Mapping[ListStatus, str] = {
    ListStatus.CANDIDATE: "Put it on the list with /account name {name} tier 2 because TEXT, or turn it down with "
    "/account reject {name} because TEXT.",
    ListStatus.NAMED: "Take it off the list with /account remove {name} because TEXT, or leave it out for a while with "
    "/account pause {name} because TEXT.",
    ListStatus.PAUSED: "Take it up again with /account restore {name} because TEXT, or off the list with "
    "/account remove {name} because TEXT.",
    ListStatus.REMOVED: _RESTORE,
    ListStatus.REJECTED: _RESTORE,
}
"""Steps that are possible from each list status, named where another one was wanted."""


def what_is_against(account: AccountState, status: ListStatus, because: str, zone: str) -> str:
    """The sentence that refuses the account this list status, with the next steps possible; empty where it may have it.

    A missing reason is refused too.
    """
    if account.list_status not in MAY_BECOME[status]:
        wanted = "restored" if status is ListStatus.CANDIDATE else status.value
        next_step = NEXT_STEPS[account.list_status].format(name=account.name)
        return f"{account.name} {_status_line(account, zone)}, so it cannot be {wanted}. {next_step}"
    if not because.strip():
        return "Say why: every change of the list keeps its reason. Add: because TEXT."
    return ""


def _status_line(account: AccountState, zone: str) -> str:
    """How the account stands on the list, as the end of a sentence after its name."""
    on = day_text(local_date(account.list_changed_at, zone)) if account.list_changed_at else ""
    if account.list_status.is_closed:
        return f"was {account.list_status.value}" + (f" on {on}" if on else "")
    standing_of = {ListStatus.CANDIDATE: "a candidate", ListStatus.NAMED: f"named in tier {account.tier}"}
    standing = standing_of.get(account.list_status, account.list_status.value)
    return f"has been {standing} since {on}" if on else f"is {standing}"


# Versions of the list: what it was at any instant, and what changed between two, from the entries that make it.

Place = tuple[ListStatus, int | None]
"""List status and tier of an account."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of the history that concerns the list: an account nominated or its place changed, or a correction.

    `corrects` is the entry that a correction takes back, which may be an entry that does not concern the list.
    """

    id: int
    account_id: int
    happened_at: datetime
    actor: str
    status: ListStatus = ListStatus.CANDIDATE
    tier: int | None = None
    because: str = ""
    corrects: int | None = None


class ListChangeKind(StrEnum):
    """Kind of change of an account's place, in the order of telling."""

    ADDED = "added"
    TIER = "tier"
    PAUSED = "paused"
    REMOVED = "removed"
    REJECTED = "rejected"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class ListChange:
    """One change of an account's place on the list: from where, and the entry that says to where, by whom and why."""

    what: ListChangeKind
    before: ListEntry
    after: ListEntry


@dataclass(frozen=True, slots=True)
class Version:
    """The list at one instant: the entry that holds for each account, by account id."""

    places: Mapping[int, ListEntry] = field(default_factory=dict)

    def at(self, status: ListStatus, tier: int | None) -> tuple[int, ...]:
        """The accounts with this list status; of those named, only the ones in this tier, None for other statuses."""
        return tuple(account_id for account_id, place in self.places.items() if _place_of(place) == (status, tier))

    def counts(self) -> Counter[Place]:
        return Counter(map(_place_of, self.places.values()))


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """The list at the end of a local date, and what the accounts are called now."""

    on: date
    version: Version
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """Changes of the list from the end of one local date in `zone` to the end of another."""

    first: date
    second: date
    before: Version
    after: Version
    changes: tuple[ListChange, ...]
    names: Mapping[int, str]
    zone: str


def counted_entries(entries: Iterable[ListEntry]) -> tuple[ListEntry, ...]:
    """The entries that nobody took back, corrections left out, in the order in which they happened."""
    all_entries = tuple(entries)
    corrected_ids = taken_back((entry.id, entry.corrects) for entry in all_entries if entry.corrects is not None)
    counted = (entry for entry in all_entries if entry.corrects is None and entry.id not in corrected_ids)
    return tuple(sorted(counted, key=lambda entry: (entry.happened_at, entry.id)))


def version_at(entries: Sequence[ListEntry], until: datetime) -> Version:
    """The list before this instant; `entries` are in the order in which they happened, without those taken back."""
    places: dict[int, ListEntry] = {}
    for entry in entries:
        if entry.happened_at >= until:
            break
        places[entry.account_id] = entry
    return Version(places)


def changes_between(entries: Sequence[ListEntry], after: datetime, until: datetime) -> tuple[ListChange, ...]:
    """Return the changes from `after` on and before `until`, by kind of change and the newest first.

    The first entry of an account is no change.
    """
    last_entry_of = dict(version_at(entries, after).places)
    changes: list[ListChange] = []
    for entry in entries:
        if not after <= entry.happened_at < until:
            continue
        before = last_entry_of.get(entry.account_id)
        last_entry_of[entry.account_id] = entry
        kind = change_of((before.status, before.tier), (entry.status, entry.tier)) if before is not None else None
        if before is not None and kind is not None:
            changes.append(ListChange(kind, before, entry))
    order = list(ListChangeKind)
    changes.sort(key=lambda change: (order.index(change.what), -change.after.happened_at.timestamp(), change.after.id))
    return tuple(changes)


def change_of(before: Place, after: Place) -> ListChangeKind | None:
    """Return the kind of change between two places on the list, None where there was none."""
    (old_status, old_tier), (status, tier) = before, after
    if status is ListStatus.NAMED:
        if old_status is not ListStatus.NAMED:
            return ListChangeKind.ADDED
        return ListChangeKind.TIER if old_tier != tier else None
    if status is old_status:
        return None
    return ListChangeKind.RESTORED if status is ListStatus.CANDIDATE else ListChangeKind(status.value)


def _place_of(entry: ListEntry) -> Place:
    """The place that the entry gives; only a named account is counted by its tier."""
    return entry.status, entry.tier if entry.status is ListStatus.NAMED else None
