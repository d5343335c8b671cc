"""Parts that the look-ups of accounts share: the reader of a page, the words said back, the small print."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from agendas.errors import NoAccount
from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.answers import FieldFact
from agendas.facts.deals import Opportunity, OpportunityChanged
from agendas.facts.events import ListChanged, Moved, Nominated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import ProductField, WhyPart
from agendas.facts.query import Field, Having, Progress, Query
from agendas.facts.reviews import (
    AgendaFacts,
    AgendaItem,
    Bucket,
    MovementAnswer,
    MovementReason,
    Placement,
    StallAnswer,
)
from agendas.pages.account_list import ListReader, by_trouble
from agendas.pages.answers import LAST_EVENTS, answer_page, asked_card, list_line
from agendas.pages.said_back import period_said, said_back
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Button, sentence_page
from agendas.rendering.words import labelled
from agendas.rules import history
from agendas.rules.account_list import fits, justification_parts, pending
from agendas.rules.commands import list_filter_written
from agendas.rules.deals import furthest_deal, proposed_stage, sum_of
from agendas.rules.entries import uncorrected
from agendas.rules.fit import fit_of
from agendas.rules.fold import UPDATES
from agendas.rules.group import buying_group, holders
from agendas.text.dates import local_date
from agendas.verbs.card import full_card
from agendas.verbs.find.accounts import (
    HEARD,
    Asked,
    Found,
    QuestionContext,
    Scope,
    back_of,
    fitting,
    is_dated,
    is_within,
    listed,
    span_of,
    who_has,
)
from agendas.verbs.loading import account_state, event_facts, settings_of
from agendas.verbs.reads import next_review_at, place_rows
from storage import account_items, accounts, events, signals
from storage.account_items import AccountItems
from storage.models.accounts import Account

OF_OTHER_THINGS = ("whose", "needs", "ways", "is_overdue", "signals", "decisions", "about", "which")
"""Filters of actions, blockers, movement and so on, which accounts do not have."""


def reader_of(context: QuestionContext) -> ListReader | None:
    """Return the reader of a page with buttons, None where others read it too or the asker may not record."""
    return ListReader(context.asker.user_id, can_record=True) if context.can_act else None


def filters_of(
    context: QuestionContext, query: Query, *, names: Mapping[int, str], but: Collection[str] = ()
) -> Mrkdwn:
    """Return the filters as a part of a sentence."""
    return said_back(_told(query), back_of(context, query, names), but=but)


def none_said(context: QuestionContext, query: Query) -> Mrkdwn:
    """Return the sentence that no account fits: `No account is without an owner`."""
    named = names_in(context, query)
    owner = query.owners[0] if len(query.owners) == 1 and not named else ""
    but = ("limit", "fields", "per", "by", "of", *(("owners",) if owner else ()))
    return context.words.say(
        "fields.no_account",
        said=filters_of(context, query, names=named, but=but),
        owner=owner,
        is_own=owner == context.asker.user_id,
        names=list(named.values()),
    )


def names_in(context: QuestionContext, query: Query) -> dict[int, str]:
    """Return the names of the accounts that the question names, whether they fit or not."""
    rows = accounts.get_many(context.session, context.workspace_id, query.of) if query.of else ()
    return {row.row_id: row.name for row in rows}


def part_said(context: QuestionContext, query: Query, attribute: str) -> Mrkdwn:
    """Return one filter alone in words."""
    asked = replace(Query(query.subject, query.form), **{attribute: getattr(query, attribute), "roles": query.roles})
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
    """Return true if the period belongs to a part of the query."""
    return bool(query.statuses) or any(is_dated(each) for each in (*query.having, *query.without))


def _unused(query: Query) -> tuple[str, ...]:
    """The names of filters that the query has and that are none of accounts."""
    things = (*query.having, *query.without)
    unused = [name for name in OF_OTHER_THINGS if getattr(query, name)]
    is_of_role = Having.ROLE in things and query.progress == (Progress.LOST,)
    unused += ["progress"] if query.progress and Having.DEAL not in things and not is_of_role else []
    return (*unused, "roles") if query.roles and Having.ROLE not in things else tuple(unused)


def _told(query: Query) -> Query:
    """The query without what the answer does not keep to, which a note says."""
    kept = query if _is_dated(query) else replace(query, period=None)
    empty: dict[str, Any] = {name: getattr(Query(query.subject, query.form), name) for name in _unused(query)}
    return replace(kept, **empty)


# Parts of a query that one account fits: for yes or no, and for what a question presupposes.

OF_THE_LIST = ("tiers", "stages", "states", "statuses", "segments", "owners")
"""The parts that an account's row and its place decide."""

OF_AMOUNT = ("least_cents", "most_cents")

PARTS = (*OF_THE_LIST, *OF_AMOUNT, "having", "without")


def parts_asked(query: Query) -> tuple[str, ...]:
    """Return the names of the parts that the query asks of accounts."""
    return tuple(name for name in PARTS if getattr(query, name))


def fits_part(query: Query, name: str, item: AgendaItem) -> bool:
    """Return true if the account fits this part, whatever its status where that is not the part."""
    if name == "states" and AccountStanding.STALLED in query.states and is_over_limit(item):
        return True
    alone = Query(query.subject, query.form, statuses=tuple(ListStatus))
    wanted = listed(replace(alone, **{name: getattr(query, name)}))
    return fits(wanted, item.facts.account, item.placement)


def is_over_limit(item: AgendaItem) -> bool:
    """Return true for a stalled account, also where it needs intervention besides."""
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.stall.is_stalled


def state_code(query: Query, item: AgendaItem) -> str:
    """Return the code of the fact that says the state: its numbers where it is stalled and that is asked for."""
    return "stalled" if AccountStanding.STALLED in query.states and is_over_limit(item) else "state"


def having_ids(context: QuestionContext, query: Query, rows: Sequence[Account]) -> dict[str, Collection[int]]:
    """Return the ids of the accounts that fit what is to be had, and of those that fit what is to be lacked."""
    asked = Asked(context, span_of(query.period, context.zone), query.roles, query.progress)
    every = {row.row_id for row in rows}
    with_all = every.copy()
    for thing in query.having:
        with_all &= set(who_has(thing, asked, rows))
    without_any = every.copy()
    for thing in query.without:
        without_any -= set(who_has(thing, asked, rows))
    within: Collection[int] = {row.row_id for row in rows if is_within(query, row.value_cents, row.currency)}
    return dict.fromkeys(OF_AMOUNT, within) | {"having": with_all, "without": without_any}


# The accounts of a question with their places, and what else their facts are told by, each read once for all.

FEW = 3
"""Accounts of which an answer says who told each fact; of more it says the facts alone."""

OF_LIST = ("nominated", "list_changed")
OF_PROFILE = ("nominated", "edited")

KINDS: Mapping[str, Collection[str]] = {
    **dict.fromkeys(("tier", "status", "named_on"), OF_LIST),
    **dict.fromkeys(("owner", "partner", "executive", "segment", "domain", "channel", "value"), OF_PROFILE),
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
"""The kinds of events that tell a fact, by its code; a code without any is told by the account's own row."""

OF_ROW = frozenset(
    ("owner", "partner", "executive", "segment", "domain", "channel", "value", "tier", "status", "named_on")
)
"""Codes of facts that an account's own row and the events of its history tell, wherever it stands."""

NO_PLACE = Placement(
    Bucket.STEADY,
    MovementAnswer(Movement.UNCHANGED, None, Stage.TARGET, MovementReason.SAME_STAGE),
    StallAnswer(False, (), None, None, None, None),
)
"""Stands where no place was looked for, as nothing is told by it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Accounts in the order of the question or of the list, and what their facts need beside their places.

    `told` are the events that stand, by account; empty where there are too many accounts to say who told what.
    """

    context: QuestionContext
    items: tuple[AgendaItem, ...]
    told: Mapping[int, Sequence[EventFacts]] = field(default_factory=dict)
    next_reviews: Mapping[int, datetime] = field(default_factory=dict)
    signalled: Mapping[int, datetime] = field(default_factory=dict)

    def told_of(self, item: AgendaItem) -> Sequence[EventFacts]:
        """Return the events that told of the account."""
        return self.told.get(item.facts.account.account_id, ())


def load(context: QuestionContext, scope: Scope, codes: Iterable[str], *, of: Sequence[int] = ()) -> Loaded:
    """Return the accounts of the scope with what facts of these codes need, in the order of `of` or of the list."""
    wanted = set(codes)
    items = _in_order(placed(context, scope), of)
    if wanted & {"roles", "role", "contact", "play"}:
        items = _with_people(context, scope.rows, items)
    ids = scope.ids
    return Loaded(
        context,
        items,
        told=_told_of_few(context, ids, wanted),
        next_reviews=next_review_at(context.session, context.workspace_id, items) if "next_review" in wanted else {},
        signalled=signals.latest(context.session, ids) if "signal" in wanted else {},
    )


def load_rows(context: QuestionContext, scope: Scope, codes: Collection[str], *, of: Sequence[int]) -> Loaded:
    """Return the accounts in the order of `of` from their rows alone, for facts of OF_ROW."""
    states = [account_state(row) for row in scope.rows]
    facts = [AgendaFacts(state, before=None, since=None, now=context.now, zone=context.zone) for state in states]
    items = _in_order([AgendaItem(position=0, facts=one, placement=NO_PLACE) for one in facts], of)
    return Loaded(context, items, told=_told_of_few(context, scope.ids, set(codes)))


def _told_of_few(context: QuestionContext, ids: Sequence[int], codes: set[str]) -> dict[int, Sequence[EventFacts]]:
    return told_events(context, ids, codes) if len(ids) <= FEW else {}


def placed(context: QuestionContext, scope: Scope) -> tuple[AgendaItem, ...]:
    """Return the accounts of the scope with their places; those that are known already are not computed again."""
    rows = [row for row in scope.rows if row.row_id not in scope.items]
    settings = settings_of(context.session, context.workspace_id) if rows else None
    new = place_rows(context.session, rows, settings=settings, now=context.now, zone=context.zone) if settings else ()
    found = {**scope.items, **{item.facts.account.account_id: item for item in new}}
    return tuple(found[row.row_id] for row in scope.rows)


def _in_order(items: Sequence[AgendaItem], of: Sequence[int]) -> tuple[AgendaItem, ...]:
    """The accounts in the order of the question, else as they come."""
    if not of:
        return tuple(items)
    places = {number: place for place, number in enumerate(of)}
    return tuple(sorted(items, key=lambda item: places.get(item.facts.account.account_id, len(places))))


def told_events(context: QuestionContext, ids: Sequence[int], codes: set[str]) -> dict[int, Sequence[EventFacts]]:
    """Return the events that tell facts of these codes and that nobody took back, by account."""
    kinds = {kind for code in codes for kind in KINDS.get(code, ())}
    if not kinds:
        return {}
    rows = events.of_accounts(context.session, ids, (*sorted(kinds), "evidence_judged", "corrected"))
    counted = uncorrected(map(event_facts, rows))
    return {number: tuple(each for each in counted if each.account_id == number) for number in ids}


def _with_people(
    context: QuestionContext, rows: Sequence[Account], items: Sequence[AgendaItem]
) -> tuple[AgendaItem, ...]:
    """The accounts with all of their people and plays, which no place needs."""
    ids = [row.row_id for row in rows]
    people, plays = account_items.contacts(context.session, ids), account_items.plays(context.session, ids)
    whole: dict[int, AccountState] = {}
    for row in rows:
        number = row.row_id
        own = AccountItems(
            contacts=[each for each in people if each.account_id == number],
            plays=[each for each in plays if each.account_id == number],
        )
        whole[number] = account_state(row, own)
    return tuple(_joined(item, whole[item.facts.account.account_id]) for item in items)


def _joined(item: AgendaItem, whole: AccountState) -> AgendaItem:
    account = replace(item.facts.account, contacts=whole.contacts, plays=whole.plays)
    return replace(item, facts=replace(item.facts, account=account))


# One fact of an account, with who told it and since when.

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


def fact_of(code: str, loaded: Loaded, item: AgendaItem) -> FieldFact:
    """Return the fact of this code of an account."""
    account, told = item.facts.account, loaded.told_of(item)
    match code:
        case "tier":
            event = history.tier_event(told)
            since = event.happened_at if event else None
            return FieldFact(code, account.tier, since, source=event, because=_reason(event))
        case "named_on" if account.list_status.is_on_list:
            event = history.naming_event(told)
            return FieldFact(code, account.named_at, account.named_at, source=event, because=_reason(event))
        case "state" if account.list_status is ListStatus.NAMED:
            return FieldFact(code, item.placement)
        case "status" | "named_on" | "state":
            # of an account that is not named its status says why it has no day and no state
            event = history.status_event(told)
            since = event.happened_at if event else account.list_changed_at
            because = _reason(event) or account.because
            return FieldFact("status", account.list_status, since, source=event, because=because)
        case "stalled":
            return FieldFact(code, item.placement)
        case "days_in_stage" if item.placement.stall.phase and (deal := furthest_deal(account)):
            at_least, event = not deal.stage_since_known, _deal_event(told, [deal])
            return FieldFact(code, account.stage, deal.stage_since, at_least=at_least, source=event)
        case "stage" | "days_in_stage":
            event, at_least = history.stage_event(told, account.stage), not account.stage_since_known
            since, because = account.stage_since, _text(event)
            return FieldFact(code, account.stage, since, at_least=at_least, source=event, because=because)
        case "pipeline":
            deals = [deal for deal in account.opportunities if deal.is_open]
            return FieldFact(code, sum_of(deals) if deals else None, source=_deal_event(told, deals))
        case "close_date":
            # of the deal that stands furthest, else of the one that closes first
            dated = [deal for deal in account.opportunities if deal.is_open and deal.profile.closes_on]
            first = min(dated, key=lambda deal: deal.profile.closes_on or date.max, default=None)
            closing = furthest if (furthest := furthest_deal(account)) in dated else first
            return FieldFact(code, closing, source=_deal_event(told, [closing] if closing else []))
        case "roles":
            group = buying_group(account, item.facts.settings, today=loaded.context.today)
            return FieldFact(code, group if account.contacts or group.lines else None)
        case "fit" if account.fit:
            last = max(account.fit, key=lambda score: score.scored_at)
            answer = fit_of(account.fit, item.facts.settings)
            return FieldFact(code, answer, last.scored_at, is_moment=True, by=last.scored_by)
        case "engagement":
            return FieldFact(code, item.facts.engagement)
        case "narrative" if current := account.narrative:
            return FieldFact(code, current, current.written_at, is_moment=True, by=current.written_by)
        case "justification":
            parts = justification_parts(told) if told else ()
            why = next((each for each in parts if each.part is WhyPart.WHY_ACCOUNT), None)
            value = account.justification if account.justification.why_account or account.because else None
            said_at, by = (why.said_at, why.said_by) if why else (None, "")
            return FieldFact(code, value, said_at, is_moment=True, by=by)
        case "last_review":
            return _moment(code, item.facts.reviewed_on)
        case "next_review":
            return _moment(code, loaded.next_reviews.get(account.account_id))
        case "last_movement":
            event = history.movement_event(told)
            return replace(_moment(code, account.last_movement_at, event), because=_text(event))
        case "last_update":
            return _moment(code, account.last_update_at, history.last_event(told, UPDATES, by_people=True))
        case "last_touch":
            # the last day on which the buyer did something: as evidence shows, or somebody there who is known
            on, at = item.placement.stall.heard_on, account.last_buyer_touch_at
            if on is None or (at is not None and local_date(at, item.facts.zone) == on):
                return _moment(code, on, history.touch_event(told))
            people = (each.profile.name for each in account.contacts if each.last_touch_on == on)
            return replace(_moment(code, on), because=next(people, ""))
        case "next_action" | "overdue_action":
            actions = account.open_actions
            if code == "overdue_action":
                actions = tuple(each for each in actions if each.due_on < loaded.context.today)
            return FieldFact(code, actions or None, source=_event(told, actions[0].id) if actions else None)
        case "blocker" if blockers := account.open_blockers:
            first_one = blockers[0]
            return FieldFact(code, blockers, first_one.opened_at, source=_event(told, first_one.id))
        case "ask":
            asks = account.open_asks
            return FieldFact(code, asks or None, source=_event(told, asks[0].event_id) if asks else None)
        case "decision" if decision := account.decision:
            event, by, because = history.decision_event(told), decision.decided_by, decision.text
            since = decision.decided_at
            return FieldFact(code, decision, since, is_moment=True, source=event, by=by, because=because)
        case "evidence":
            return _moment(code, account.last_buyer_touch_at, history.touch_event(told))
        case "signal":
            return _moment(code, loaded.signalled.get(account.account_id))
        case "play" if running := tuple(each for each in account.plays if each.end is None):
            return FieldFact(code, running, running[0].started_at, by=running[0].started_by)
        case "proof" if given := [each for each in account.product if each.field is ProductField.PROOF]:
            return FieldFact(code, given[0], given[0].given_at, is_moment=True, by=given[0].given_by)
        case "proposal":
            by_fit, by_deal = pending(item.facts), proposed_stage(account)
            return FieldFact(code, (by_fit, by_deal) if by_fit or by_deal else None)
        case "fit" | "narrative" | "blocker" | "decision" | "play" | "proof":
            return FieldFact(code)
    names = PROFILE[code]
    known = (getattr(account.profile, name) for name in names)
    value = next((each for each in known if each not in (None, "")), None)
    return FieldFact(code, value, source=history.profile_event(told, *names))


def _moment(code: str, at: date | None, source: EventFacts | None = None) -> FieldFact:
    """A fact that is the instant or day at which it was so."""
    return FieldFact(code, at, at, is_moment=True, source=source)


def _deal_event(told: Sequence[EventFacts], deals: Sequence[Opportunity]) -> EventFacts | None:
    keys = {deal.key for deal in deals}
    for event in reversed(told):
        if isinstance(event.change, OpportunityChanged) and event.change.opportunity.key in keys:
            return event
    return None


def _event(told: Sequence[EventFacts], event_id: int) -> EventFacts | None:
    return next((event for event in told if event.id == event_id), None)


def _reason(event: EventFacts | None) -> str:
    return event.change.because if event and isinstance(event.change, ListChanged | Nominated) else ""


def _text(event: EventFacts | None) -> str:
    return event.change.text if event and isinstance(event.change, Moved) else ""


# The things that one account has, as facts: its next action, its blocker, its decision, and so on.

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


def role_fact(query: Query, item: AgendaItem) -> FieldFact | None:
    """Return who is confirmed in the roles that the query asks for, or who left; None where it asks for no role."""
    if Having.ROLE not in (*query.having, *query.without):
        return None
    if Progress.LOST in query.progress:
        return _left(item, query.roles)
    return held_roles(item, query.roles) if query.roles else None


def _left(item: AgendaItem, roles: Sequence[BuyingRole]) -> FieldFact:
    """Those who left, the latest first, of these roles or of any."""
    people = [each.profile for each in item.facts.account.contacts if each.profile.left_on and each.profile.roles]
    gone = [each for each in people if not roles or not set(roles).isdisjoint(each.roles)]
    gone.sort(key=lambda each: each.left_on or date.min, reverse=True)
    return FieldFact("left", tuple(gone) or None)


def held_roles(item: AgendaItem, roles: Sequence[BuyingRole]) -> FieldFact:
    """Return who is confirmed in each of these roles."""
    return FieldFact("held_roles", tuple((role, holders(item.facts.account, role)) for role in roles))


# Lists of accounts by a filter: those in trouble first, or in the order asked for.

LONGEST = 40
"""Lines of the longest answer; the list's own pages show the rest. Ours."""

SAYS_ENOUGH = (
    Having.OWNER,
    Having.PARTNER,
    Having.EXECUTIVE,
    Having.SEGMENT,
    Having.NEXT_ACTION,
    Having.OVERDUE_ACTION,
    Having.BLOCKER,
    Having.ASK,
    Having.CONTACT,
    Having.NARRATIVE,
    Having.FIT,
    Having.DEAL,
    Having.PLAY,
    Having.PROOF,
    Having.JUSTIFICATION,
    Having.PROPOSAL,
    Having.VALUE,
)
"""Things of which there is nothing to tell at an account that is without them."""


def listing(context: QuestionContext, query: Query) -> Found:
    """Return the accounts that fit, each with its state, tier, owner, and the fact that the list is asked for."""
    return list_found(context, query)


def list_found(context: QuestionContext, query: Query, *, is_asked: bool = False) -> Found:
    """Return the list of accounts; `is_asked` where the question is whether there are any, which is said first."""
    scope = fitting(context, query)
    code = fact_shown(query)
    loaded = load(context, scope, [code] if code else [], of=query.of)
    ordered = in_order(query, loaded)
    shown = ordered[query.skip :][: min(query.limit or LONGEST, LONGEST)]
    if query.skip and not shown:
        return Found(sentence_page(context.words.say("fields.no_more", count=len(ordered))))
    lines = [(item, _line(query, loaded, item, code)) for item in shown]
    label = _asked_label(context, query, scope) if is_asked else label_of(context, query, scope, len(shown))
    page = answer_page(
        label,
        lines,
        context.words,
        reader=reader_of(context),
        notes=list(_notes(context, query, scope, ordered)),
        buttons=list(_more(context, query, len(shown), len(ordered))),
    )
    return Found(page, tuple(item.facts.account.account_id for item in shown))


def _line(query: Query, loaded: Loaded, item: AgendaItem, code: str) -> Mrkdwn:
    """A line without what the heading says of all of them: a tier, an owner."""
    left = role_fact(query, item) if code == "roles" and Progress.LOST in query.progress else None
    fact = left or (fact_of(code, loaded, item) if code else None)
    with_tier, with_owner = len(query.tiers) != 1, len(query.owners) != 1
    return list_line(item, loaded.context.words, fact=fact, with_tier=with_tier, with_owner=with_owner)


def label_of(context: QuestionContext, query: Query, scope: Scope, shown: int) -> Mrkdwn:
    """Return the heading of a list: the filters, and how many accounts fit; none above accounts that were named.

    Raises NoAccount for names of none.
    """
    if query.of and not parts_asked(query):
        if not scope.rows:
            raise NoAccount
        return Mrkdwn("")
    if not scope.rows:
        return none_said(context, query)
    said = filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "per"))
    count, by_status = len(scope.rows), statuses(query, scope.rows)
    return context.words.say("fields.list_label", said=said, count=count, by_status=by_status, shown=shown)


def _asked_label(context: QuestionContext, query: Query, scope: Scope) -> Mrkdwn:
    """Yes or no, and how many accounts fit."""
    said = filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "per"))
    count, by_status = len(scope.rows), statuses(query, scope.rows)
    if count:
        label = context.words.say("fields.any_label", said=said, count=count, by_status=by_status)
    else:
        label = context.words.say("fields.any_none", sentence=none_said(context, query))
    return context.words.say("fields.answered", is_yes=count > 0, said=label, days="")


def statuses(query: Query, rows: Sequence[Account]) -> tuple[tuple[str, int], ...]:
    """Return the number of accounts of each status, nothing where all of them have one that goes without saying."""
    counted = Counter(row.list_status for row in rows)
    said = {ListStatus.NAMED, *query.statuses} if len(query.statuses) < 2 else {ListStatus.NAMED}
    return () if len(counted) < 2 and set(counted) <= said else tuple(counted.most_common())


def fact_shown(query: Query) -> str:
    """Return the code of the fact that the list is asked for, '' where the state of each account is."""
    if query.by:
        return code_of(query.by)
    if query.having and query.having[0] is not Having.OWNER:
        return code_of(query.having[0])
    told = [each for each in query.without if each not in SAYS_ENOUGH]
    if told:
        return code_of(told[0])
    of_value = "value" if query.least_cents or query.most_cents else ""
    return code_of(query.fields[0]) if query.fields else of_value


def in_order(query: Query, loaded: Loaded) -> tuple[AgendaItem, ...]:
    """Return the accounts in the order asked for, without those that lack its value; else those in trouble first."""
    if query.by is None:
        return loaded.items if query.of else tuple(sorted(loaded.items, key=by_trouble))
    key = order_of(code_of(query.by), loaded)
    valued = [(value, item) for item in loaded.items if (value := key(item)) is not None]
    return tuple(item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not query.is_lowest))


Key = Callable[[AgendaItem], float | None]


def order_of(code: str, loaded: Loaded) -> Key:
    """Return the key by which accounts are ordered by this fact: a number or a day, None where there is none."""
    return ORDERS.get(code) or _by_date(code, loaded)


def _pipeline(item: AgendaItem) -> float | None:
    amounts = sum_of(deal for deal in item.facts.account.opportunities if deal.is_open).amounts
    return sum(cents for _, cents in amounts) if amounts else None


ORDERS: Mapping[str, Key] = {
    "tier": lambda item: -item.facts.account.tier if item.facts.account.tier else None,
    "stage": lambda item: item.facts.account.stage.rank,
    "state": lambda item: -list(AccountStanding).index(AccountStanding.of(item.placement)),
    "value": lambda item: item.facts.account.profile.value_cents,
    "pipeline": _pipeline,
    "fit": lambda item: fit_of(item.facts.account.fit, item.facts.settings).fit,
    "engagement": lambda item: item.facts.engagement.last_30 if item.facts.engagement else None,
    "days_in_stage": lambda item: item.placement.stall.days_in_stage,
}
"""The number by which accounts are ordered; other facts are ordered by their day."""


def _by_date(code: str, loaded: Loaded) -> Key:
    def key(item: AgendaItem) -> float | None:
        since = _day_of(fact_of(code, loaded, item))
        return None if since is None else since.toordinal()

    return key


def _day_of(fact: FieldFact) -> date | None:
    closes_on = getattr(getattr(fact.value, "profile", None), "closes_on", None)
    return closes_on or fact.since


def _notes(context: QuestionContext, query: Query, scope: Scope, ordered: Sequence[AgendaItem]) -> Iterator[Mrkdwn]:
    yield from notes_of(context, query)
    if scope.also_stalled:
        yield context.words.say("fields.also_stalled", names=scope.also_stalled)
    if query.by and len(ordered) < len(scope.rows):
        missing = context.words.say("fields.missing", field=code_of(query.by))
        yield context.words.say("fields.no_value", count=len(scope.rows) - len(ordered), missing=missing)
    if query.by in (Field.VALUE, Field.PIPELINE, Field.AMOUNT):
        currencies = {item.facts.account.profile.currency for item in ordered if ORDERS["value"](item) is not None}
        if len(currencies) > 1:
            yield context.words.say("fields.not_converted")
    if len(ordered) > LONGEST and not query.skip and not 0 < query.limit <= LONGEST:
        yield context.words.say("fields.too_many", shown=LONGEST, count=len(ordered))


def _more(context: QuestionContext, query: Query, shown: int, total: int) -> Iterator[Button]:
    """The list's own page with the same filter, where its words can say it and the answer is not all."""
    is_said = not (query.of or query.having or query.without or query.by or query.limit or query.skip)
    if is_said and shown < total:
        yield labelled(context.words, "abm.list_more", f"0 {list_filter_written(listed(query))}".strip())


# The card of one account in a few lines, and of several a line each.


def card(context: QuestionContext, query: Query) -> Found:
    """Return how the account does; of several, and of those that fit a filter, a line for each."""
    if len(query.of) != 1:
        return listing(context, query)
    found = full_card(context.session, context.workspace_id, query.of[0], now=context.now, zone=context.zone)
    page = asked_card(
        found.item,
        context.words,
        next_review_at=found.next_review_at,
        last_events=found.last_events,
        can_act=context.can_act,
        note=_note(context, query, found.item.facts.account.name),
        away=found.away,
    )
    return Found(page, query.of, tuple(line.event.id for line in found.last_events[:LAST_EVENTS]))


def _note(context: QuestionContext, query: Query, name: str) -> str:
    """A card stands as of today: whoever asks about days is told how to ask about them."""
    days = period_of(context, query)
    return context.words.say("fields.card_of_today", days=days, name=name) if days else ""
