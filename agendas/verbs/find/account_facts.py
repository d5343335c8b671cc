"""The facts of an account: each with its value, since when, who recorded it and why, and the order by it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from agendas.facts.account import EventFacts, ListStatus, Source
from agendas.facts.answered_items import AccountStanding
from agendas.facts.answers import FieldFact
from agendas.facts.deals import Opportunity, OpportunityChanged
from agendas.facts.events import Change, Edited, ListChanged, Moved, Nominated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import ProductField, WhyPart
from agendas.facts.query import Field, Having, Progress, Query
from agendas.facts.reviews import (
    AgendaItem,
)
from agendas.pages.said_back import period_said, said_back
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rules import history
from agendas.rules.account_list import fits, justification_parts, pending
from agendas.rules.deals import furthest_deal, proposed_stage, sum_of
from agendas.rules.entries import uncorrected
from agendas.rules.fit import fit_of
from agendas.rules.fold import UPDATES
from agendas.rules.group import buying_group, contacts_with_role
from agendas.text.dates import local_date
from agendas.verbs.find.accounts import HEARD, QuestionContext, Scope, back_of, is_dated, listed, with_places
from agendas.verbs.loading import contact_facts, event_facts, play_facts
from agendas.verbs.reads import next_review_at
from storage import account_items, accounts, events, signals
from storage.account_items import NO_ITEMS, AccountItems

# The words of a question about accounts, and the small print of its answer.

OF_OTHER_THINGS = ("whose", "needs", "ways", "is_overdue", "signals", "decisions", "about", "which")
"""Filters of actions, blockers, movement and so on, which accounts do not have."""


def names_in(context: QuestionContext, query: Query) -> dict[int, str]:
    """Return the names of the accounts that the question names, whether they fit or not."""
    rows = accounts.get_many(context.session, context.workspace_id, query.of) if query.of else ()
    return {row.row_id: row.name for row in rows}


def filters_as_words(context: QuestionContext, query: Query, *but: str) -> Mrkdwn:
    """Return the filters as a part of a sentence, without those in `but` and those that the answer does not use."""
    # a period that limits nothing is told in the small print (`notes_of`)
    kept = query if _is_dated(query) else replace(query, period=None)
    empty: dict[str, Any] = {name: getattr(Query(query.subject, query.form), name) for name in _unused(query)}
    return said_back(replace(kept, **empty), back_of(context, query, names_in(context, query)), but=("limit", *but))


def part_said(context: QuestionContext, query: Query, attribute: str) -> Mrkdwn:
    """Return the filter `attribute` of the query, without its other filters, in words."""
    asked = replace(Query(query.subject, query.form), **{attribute: getattr(query, attribute), "roles": query.roles})
    # roles are said as part of `having` and `without`, never as a filter of their own
    return said_back(asked, back_of(context, query, {}), but=("roles",))


def period_of(context: QuestionContext, query: Query) -> Mrkdwn:
    """Return the period in words, empty without one."""
    return period_said(query, back_of(context, query, {}))


def notes_of(context: QuestionContext, query: Query) -> Iterator[Mrkdwn]:
    """Yield the small print: a period, or a filter of other things, that an answer about accounts does not keep to."""
    if query.period is not None and not _is_dated(query):
        yield context.words.say("fields.as_of_today")
    if unused := _unused(query):
        asked: dict[str, Any] = {name: getattr(query, name) for name in unused}
        said = said_back(replace(Query(query.subject, query.form), **asked), back_of(context, query, {}))
        yield context.words.say("fields.not_used", said=said)


def _is_dated(query: Query) -> bool:
    """Return true if the period limits some part of the query, as in "without an update this week"."""
    return bool(query.statuses) or any(is_dated(each) for each in (*query.having, *query.without))


def _unused(query: Query) -> tuple[str, ...]:
    """The names of filters that the query has and that accounts do not have."""
    things = (*query.having, *query.without)
    unused = [name for name in OF_OTHER_THINGS if getattr(query, name)]
    # progress tells which deals an account has, or that somebody with a role left it
    is_of_role = Having.ROLE in things and query.progress == (Progress.LOST,)
    unused += ["progress"] if query.progress and Having.DEAL not in things and not is_of_role else []
    return (*unused, "roles") if query.roles and Having.ROLE not in things else tuple(unused)


# Parts of a query that one account fits: for yes or no, and for what a question presupposes.

OF_THE_LIST: Mapping[str, str] = {
    "tiers": "tier",
    "stages": "stage",
    "states": "state",
    "statuses": "status",
    "segments": "segment",
    "owners": "owner",
}
"""The parts that an account's row and its place decide, with the code of the fact that tells each."""


def asks_of_accounts(query: Query) -> bool:
    """Return true if the query filters accounts by more than their names."""
    others = ("least_cents", "most_cents", "having", "without")
    return any(getattr(query, name) for name in (*OF_THE_LIST, *others))


def fits_part(query: Query, name: str, item: AgendaItem) -> bool:
    """Return true if the account fits this one filter of the query; its status counts for `statuses` alone.

    An account that is over a limit is stalled here also where it needs intervention.
    """
    if name == "states" and AccountStanding.STALLED in query.states and is_over_limit(item):
        return True
    alone = Query(query.subject, query.form, statuses=tuple(ListStatus))
    wanted = listed(replace(alone, **{name: getattr(query, name)}))
    return fits(wanted, item.facts.account, item.placement)


def is_over_limit(item: AgendaItem) -> bool:
    """Return true for a stalled account, also where it needs intervention besides."""
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.stall.is_stalled


# The accounts of a question with their places, and what else their facts come from, each read once for all.

FEW = 3
"""Up to so many accounts an answer says who recorded each fact; for more it gives the facts alone."""

OF_LIST = ("nominated", "list_changed")
OF_PROFILE = ("nominated", "edited")

PROFILE: Mapping[str, tuple[str, ...]] = {
    "owner": ("owner", "owner_name"),
    "partner": ("marketing_partner",),
    "executive": ("our_executive",),
    "segment": ("segment",),
    "domain": ("domain",),
    "channel": ("channel_id",),
    "value": ("value_cents",),
}
"""The attributes of the profile by the code of their fact; the first of them that is given is its value."""

KINDS: Mapping[str, Collection[str]] = {
    **dict.fromkeys(("tier", "status", "named_on"), OF_LIST),
    **dict.fromkeys(PROFILE, OF_PROFILE),
    **dict.fromkeys(("stage", "last_movement"), ("moved",)),
    "days_in_stage": ("moved", "opportunity_changed"),
    "state": (*OF_LIST, *HEARD),
    **dict.fromkeys(("last_touch", "evidence"), HEARD),
    "last_update": UPDATES,
    "justification": (*OF_LIST, "justified"),
    **dict.fromkeys(("close_date", "pipeline"), ("opportunity_changed",)),
    "blocker": ("blocker_opened",),
    **dict.fromkeys(("next_action", "overdue_action"), ("action_added",)),
    **dict.fromkeys(("ask", "decision"), ("decided",)),
}
"""The kinds of events that a fact comes from, by its code; other facts come from the account's own row."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Accounts in the order of the question or of the list, and what their facts need beside their places.

    `events` are those that nobody took back, by account; empty where there are too many accounts to name authors.
    """

    context: QuestionContext
    items: tuple[AgendaItem, ...]
    events: Mapping[int, Sequence[EventFacts]] = field(default_factory=dict)
    next_reviews: Mapping[int, datetime] = field(default_factory=dict)
    signalled: Mapping[int, datetime] = field(default_factory=dict)


def load(context: QuestionContext, scope: Scope, codes: Iterable[str], *, of: Sequence[int] = ()) -> Loaded:
    """Return the accounts of the scope with what facts of these codes need, in the order of `of` or of the list."""
    wanted, session, ids = set(codes), context.session, scope.ids
    # those whose places are known already are not placed again
    rows = [row for row in scope.rows if row.row_id not in scope.items]
    new = with_places(context, rows) if rows else ()
    items_by_id = {**scope.items, **{item.facts.account.account_id: item for item in new}}
    items = tuple(items_by_id[account_id] for account_id in ids)
    if wanted & {"roles", "role", "contact", "play"}:
        # all of the people and plays, which no place needs
        items_of = account_items.of_accounts(session, ids, None)
        items = tuple(_with_people(item, items_of.get(item.facts.account.account_id, NO_ITEMS)) for item in items)
    if of:
        ranks = {account_id: rank for rank, account_id in enumerate(of)}
        items = tuple(sorted(items, key=lambda item: ranks.get(item.facts.account.account_id, len(ranks))))
    return Loaded(
        context,
        items,
        events=_events_for(context, ids, wanted) if len(ids) <= FEW else {},
        next_reviews=next_review_at(session, context.workspace_id, items) if "next_review" in wanted else {},
        signalled=signals.latest(session, ids) if "signal" in wanted else {},
    )


def _with_people(item: AgendaItem, rows: AccountItems) -> AgendaItem:
    """The account with all people and plays of these rows, also those who left and those that ended."""
    contacts, plays = tuple(map(contact_facts, rows.contacts)), tuple(map(play_facts, rows.plays))
    account = replace(item.facts.account, contacts=contacts, plays=plays)
    return replace(item, facts=replace(item.facts, account=account))


def _events_for(context: QuestionContext, ids: Sequence[int], codes: set[str]) -> dict[int, Sequence[EventFacts]]:
    """The events behind facts of these codes that nobody took back, by account."""
    kinds = {kind for code in codes for kind in KINDS.get(code, ())}
    if not kinds:
        return {}
    rows = events.of_accounts(context.session, ids, (*sorted(kinds), "evidence_judged", "corrected"))
    counted = uncorrected(map(event_facts, rows))
    return {account_id: tuple(each for each in counted if each.account_id == account_id) for account_id in ids}


# One fact of an account, with who recorded it and since when.

CODES: Mapping[Field | Having, str] = {
    Having.TOUCH: "last_touch",
    Having.UPDATE: "last_update",
    Having.MOVEMENT: "last_movement",
    Having.REVIEW: "last_review",
    Having.CONTACT: "roles",
    Having.ROLE: "roles",
    Having.DEAL: "pipeline",
    Field.DUE: "next_action",
    Field.AGE: "days_in_stage",
    Field.AMOUNT: "pipeline",
}
"""The code of the fact that says a thing or a field, where that has another name."""


def code_of(asked: Field | Having) -> str:
    """Return the code of the fact that says this field or thing of an account."""
    return CODES.get(asked, asked.value)


def fact_of(code: str, loaded: Loaded, item: AgendaItem) -> FieldFact:
    """Return the fact of this code of an account; without a value where the account has none.

    An account that is not named has no state and no day of naming: its status is returned for both.
    """
    account, facts = item.facts.account, item.facts
    account_events = loaded.events.get(account.account_id, ())
    match code:
        case "tier":
            event = history.event_that_gave(account_events, history.tier_after) if account.tier else None
            return fact_since(code, account.tier, event.happened_at if event else None, event)
        case "named_on" if account.list_status.is_on_list:
            event = history.event_that_gave(account_events, history.listed_after, True)
            return fact_since(code, account.named_at, account.named_at, event)
        case "state" if account.list_status is ListStatus.NAMED:
            return FieldFact(code, item.placement)
        case "status" | "named_on" | "state":
            # of an account that is not named its status says why it has no day and no state
            event = history.event_that_gave(account_events, history.status_after)
            since = event.happened_at if event else account.list_changed_at
            fact = fact_since("status", account.list_status, since, event)
            return fact if fact.because else replace(fact, because=account.because)
        case "stalled":
            return FieldFact(code, item.placement)
        case "days_in_stage" if item.placement.stall.phase and (deal := furthest_deal(account)):
            at_least, event = not deal.stage_since_known, _deal_event(account_events, [deal])
            return FieldFact(code, account.stage, deal.stage_since, at_least=at_least, source=event)
        case "stage" | "days_in_stage":
            event = history.stage_event(account_events, account.stage)
            fact = fact_since(code, account.stage, account.stage_since, event)
            return replace(fact, at_least=not account.stage_since_known)
        case "pipeline":
            deals = account.open_deals
            return FieldFact(code, sum_of(deals) if deals else None, source=_deal_event(account_events, deals))
        case "close_date":
            # of the deal that stands furthest, else of the one that closes first
            dated = [deal for deal in account.open_deals if deal.profile.closes_on]
            first = min(dated, key=lambda deal: deal.profile.closes_on or date.max, default=None)
            closing = furthest if (furthest := furthest_deal(account)) in dated else first
            return FieldFact(code, closing, source=_deal_event(account_events, [closing] if closing else []))
        case "roles":
            group = buying_group(account, facts.settings, today=loaded.context.today)
            return FieldFact(code, group if account.contacts or group.lines else None)
        case "fit" if account.fit:
            last = max(account.fit, key=lambda score: score.scored_at)
            return _at(code, fit_of(account.fit, facts.settings), last.scored_at, last.scored_by)
        case "engagement":
            return FieldFact(code, facts.engagement)
        case "narrative" if current := account.narrative:
            return _at(code, current, current.written_at, current.written_by)
        case "justification":
            parts = justification_parts(account_events) if account_events else ()
            why = next((each for each in parts if each.part is WhyPart.WHY_ACCOUNT), None)
            value = account.justification if account.justification.why_account or account.because else None
            return _at(code, value, why.said_at if why else None, why.said_by if why else "")
        case "last_review":
            return _moment(code, facts.reviewed_on)
        case "next_review":
            return _moment(code, loaded.next_reviews.get(account.account_id))
        case "last_movement":
            at = account.last_movement_at
            event = history.last_event(account_events, lambda each: history.is_step(each.change))
            return replace(fact_since(code, at, at, event), is_moment=True)
        case "last_update":
            by_people = [event for event in account_events if event.source is not Source.IMPORT]
            return _moment(code, account.last_update_at, history.last_event(by_people, _is_of(*UPDATES)))
        case "last_touch":
            # the last day on which the buyer did something: as evidence shows, or somebody there who is known
            on, at = item.placement.stall.heard_on, account.last_buyer_touch_at
            if on is None or (at is not None and local_date(at, facts.zone) == on):
                return _moment(code, on, history.touch_event(account_events))
            people = (each.profile.name for each in account.contacts if each.last_touch_on == on)
            return replace(_moment(code, on), because=next(people, ""))
        case "evidence":
            return _moment(code, account.last_buyer_touch_at, history.touch_event(account_events))
        case "signal":
            return _moment(code, loaded.signalled.get(account.account_id))
        case "next_action" | "overdue_action":
            today, is_late = loaded.context.today, code == "overdue_action"
            actions = tuple(each for each in account.open_actions if not is_late or each.due_on < today)
            return FieldFact(code, actions or None, source=_event(account_events, actions[0].id) if actions else None)
        case "blocker" if blockers := account.open_blockers:
            return FieldFact(code, blockers, blockers[0].opened_at, source=_event(account_events, blockers[0].id))
        case "ask":
            asks = account.open_asks
            return FieldFact(code, asks or None, source=_event(account_events, asks[0].event_id) if asks else None)
        case "decision" if decision := account.decision:
            fact = _at(code, decision, decision.decided_at, decision.decided_by)
            return replace(fact, source=history.last_event(account_events, _is_of("decided")), because=decision.text)
        case "play" if running := tuple(each for each in account.plays if each.end is None):
            return FieldFact(code, running, running[0].started_at, by=running[0].started_by)
        case "proof" if given := [each for each in account.product if each.field is ProductField.PROOF]:
            return _at(code, given[0], given[0].given_at, given[0].given_by)
        case "proposal":
            by_fit, by_deal = pending(facts), proposed_stage(account)
            return FieldFact(code, (by_fit, by_deal) if by_fit or by_deal else None)
        case _ if code not in PROFILE:
            return FieldFact(code)
    names = PROFILE[code]
    known = (getattr(account.profile, name) for name in names)
    value = next((each for each in known if each not in (None, "")), None)

    def profile_after(change: Change) -> tuple[object, ...] | None:
        """The values of these attributes after the change, None for one of no profile."""
        profile = change.profile if isinstance(change, Nominated | Edited) else None
        return tuple(getattr(profile, name) for name in names) if profile else None

    return FieldFact(code, value, source=history.event_that_gave(account_events, profile_after))


def _moment(code: str, at: date | None, source: EventFacts | None = None) -> FieldFact:
    """A fact whose value is an instant or a day."""
    return FieldFact(code, at, at, is_moment=True, source=source)


def _at(code: str, value: object, at: datetime | None, by: str) -> FieldFact:
    """A fact that somebody recorded at an instant."""
    return FieldFact(code, value, at, is_moment=True, by=by)


def fact_since(code: str, value: object, since: datetime | None, event: EventFacts | None) -> FieldFact:
    """Return a fact with the event that made it true, and the reason or the text that was given with it."""
    change = event.change if event else None
    because = change.because if isinstance(change, ListChanged | Nominated) else ""
    because = change.text if isinstance(change, Moved) else because
    return FieldFact(code, value, since, source=event, because=because)


def _deal_event(account_events: Sequence[EventFacts], deals: Sequence[Opportunity]) -> EventFacts | None:
    """The last event about one of these deals, None without any."""
    keys = {deal.key for deal in deals}

    def is_of_deal(event: EventFacts) -> bool:
        return isinstance(event.change, OpportunityChanged) and event.change.opportunity.key in keys

    return history.last_event(account_events, is_of_deal)


def _is_of(*kinds: str) -> Callable[[EventFacts], bool]:
    return lambda event: event.change.kind in kinds


def _event(account_events: Sequence[EventFacts], event_id: int) -> EventFacts | None:
    return next((event for event in account_events if event.id == event_id), None)


def fact_asked(query: Query, code: str, loaded: Loaded, item: AgendaItem) -> FieldFact:
    """Return the fact of this code, narrowed to what the query asks for.

    Of roles: who left, or who has one of the roles asked for. Of the state: the stall, where that is asked for.
    """
    if code == "roles" and Having.ROLE in (*query.having, *query.without):
        if Progress.LOST in query.progress:
            return _people_who_left(item, query.roles)
        if query.roles:
            return held_roles(item, query.roles)
    if code == "state" and AccountStanding.STALLED in query.states and is_over_limit(item):
        # for how long it is stalled, also where it needs intervention
        code = "stalled"
    return fact_of(code, loaded, item)


def _people_who_left(item: AgendaItem, roles: Sequence[BuyingRole]) -> FieldFact:
    """The people who left, the latest first: those who had one of these roles, or any role."""
    people = [each.profile for each in item.facts.account.contacts if each.profile.left_on and each.profile.roles]
    gone = [each for each in people if not roles or not set(roles).isdisjoint(each.roles)]
    gone.sort(key=lambda each: each.left_on or date.min, reverse=True)
    return FieldFact("left", tuple(gone) or None)


def held_roles(item: AgendaItem, roles: Sequence[BuyingRole]) -> FieldFact:
    """Return who is confirmed in each of these roles."""
    return FieldFact("held_roles", tuple((role, contacts_with_role(item.facts.account, role)) for role in roles))


# The order of accounts by a fact.


def rank_of(code: str, loaded: Loaded, item: AgendaItem) -> float | None:
    """Return the sort key of an account by this fact: a number, for most facts their day; None without a value.

    The highest comes first, so tiers and states count down: tier 1 before tier 2.
    """
    account, facts = item.facts.account, item.facts
    match code:
        case "tier":
            return -account.tier if account.tier else None
        case "stage":
            return account.stage.rank
        case "state":
            return -list(AccountStanding).index(AccountStanding.of(item.placement))
        case "value":
            return account.profile.value_cents
        case "pipeline":
            amounts = sum_of(account.open_deals).amounts
            return sum(cents for _, cents in amounts) if amounts else None
        case "fit":
            return fit_of(account.fit, facts.settings).fit
        case "engagement":
            return facts.engagement.last_30 if facts.engagement else None
        case "days_in_stage":
            return item.placement.stall.days_in_stage
    fact = fact_of(code, loaded, item)
    since = fact.value.profile.closes_on if isinstance(fact.value, Opportunity) else fact.since
    return None if since is None else since.toordinal()
