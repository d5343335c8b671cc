"""The accounts that fit the account filters of a query: what every look-up shares."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import MINYEAR, UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Source
from agendas.facts.answered_items import AccountStanding
from agendas.facts.deals import Phase
from agendas.facts.events import Moved
from agendas.facts.group import Contact
from agendas.facts.narrative import ProductField
from agendas.facts.people import Function, PersonFacts
from agendas.facts.query import Field, Form, Having, Period, Progress, Query, Subject
from agendas.facts.reviews import AgendaItem
from agendas.pages.said_back import SaidBack
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.access import Permission, may
from agendas.rules.account_list import fits, pending
from agendas.rules.deals import proposed_stage
from agendas.rules.entries import touch_at, touches, uncorrected
from agendas.rules.fold import UPDATES
from agendas.rules.group import buying_group, contacts_with_role
from agendas.rules.history import is_step
from agendas.text.dates import local_date
from agendas.verbs.loading import account_state, event_facts, settings_of
from agendas.verbs.reads import asks_found, has_moved, list_people, place_rows, rows_fitting
from storage import account_items, deals, events, past_reviews, signals
from storage.account_items import NO_ITEMS
from storage.find import EVER, DateSpan
from storage.models.accounts import Account

# The context in which a question is answered.


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """The asker, place and instant of a question, with the session to read from and the sentences to answer in."""

    session: Session
    asker: PersonFacts
    workspace_id: str
    place: str
    channel_id: str
    now: datetime
    words: Words

    @property
    def zone(self) -> str:
        """The asker's IANA zone, used to count days and to show dates."""
        return self.asker.time_zone

    @property
    def can_act(self) -> bool:
        """True where the asker alone reads the answer, and may record: its lines have their buttons."""
        return self.channel_id.startswith("D") and may(self.asker, Permission.RECORD)

    @property
    def today(self) -> date:
        """The current date in the asker's zone."""
        return local_date(self.now, self.zone)


# The period of a query as instants.


def span_of(period: Period | None, zone: str) -> DateSpan:
    """Return the days of a period with the instants at which they begin and end in the zone; all days for None."""
    first, last = (period.first, period.last) if period else (None, None)
    # the midnights at the ends of the calendar may be beyond it in UTC, so those days bound nothing
    begin = _midnight(first, zone) if first and first.year > MINYEAR else None
    end = _midnight(last + timedelta(days=1), zone) if last and last < date.max else None
    return DateSpan(first, last, begin, end)


def _midnight(on: date, zone: str) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


# Findings of a query: the page of the answer, and the accounts and events that it shows.


@dataclass(frozen=True, slots=True)
class Found:
    """The answer's page, and what follow-ups can stand on.

    `listed` are ids of the accounts that the page names, in its order; `items` those of the events that it shows.
    `owner` is the user id of the owner of the one account asked about, '' without one; None where nobody looked.
    """

    page: Page
    listed: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    owner: str | None = None


LookUp = Callable[[QuestionContext, Query], Found]

Forms = Mapping[Form, LookUp]
"""The look-ups of one subject, by the form of the answer; each subject's module has one, called FORMS."""


# Accounts to which something happened in a period that is over: read from the history, as rows hold only the last.

HEARD = (*UPDATES, "play_ended")
"""Kinds of events that can bring evidence of what the buyer did."""

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)

HAPPENED: Mapping[Having, Collection[str]] = {
    Having.UPDATE: UPDATES,
    Having.EVIDENCE: HEARD,
    Having.MOVEMENT: ("moved",),
    Having.DECISION: ("decided",),
}
"""The kinds of events that bring a thing."""


def _accounts_with_event(thing: Having, context: QuestionContext, days: DateSpan) -> set[int]:
    """The ids of the accounts with an event on these days that counts as the thing: an update, evidence, a step."""
    # nothing is recorded before it happens, so events recorded before these days cannot matter
    wanted = (*HAPPENED[thing], "evidence_judged", "corrected")
    recorded = events.recorded_since(context.session, context.workspace_id, days.begin or BEFORE_ALL, wanted)
    counted = (each for each in uncorrected(map(event_facts, recorded)) if each.change.kind in HAPPENED[thing])
    return {each.account_id for each in counted if _counts_as(thing, each, days)}


def _counts_as(thing: Having, event: EventFacts, days: DateSpan) -> bool:
    """Return true if the event brought the thing on these days."""
    if thing is Having.EVIDENCE:
        return any(days.has(touch_at(event, (piece,))) for piece in touches(event))
    if isinstance(change := event.change, Moved):
        # a step found by an import is movement, but no update by people
        is_by_people = event.source is not Source.IMPORT
        return days.has(event.happened_at) and (is_step(change) if thing is Having.MOVEMENT else is_by_people)
    return days.has(event.happened_at)


# Accounts among some that have a next action, an owner, an update since some day, and so on.

DAYS: Mapping[Having, Callable[[AccountState], datetime | None]] = {
    Having.NARRATIVE: lambda account: account.narrative.written_at if account.narrative else None,
    Having.FIT: lambda account: max((each.scored_at for each in account.fit), default=None),
}
"""Of these things the row tells the day: when the narrative was written, and the fit last scored."""

COLUMNS: Mapping[Having, Callable[[Account], bool]] = {
    Having.OWNER: lambda row: row.owner is not None,
    Having.PARTNER: lambda row: row.marketing_partner is not None,
    Having.EXECUTIVE: lambda row: row.our_executive is not None,
    Having.SEGMENT: lambda row: bool(row.segment),
    Having.VALUE: lambda row: row.value_cents is not None,
    Having.NARRATIVE: lambda row: row.narrative is not None,
    Having.FIT: lambda row: row.fit_score is not None,
    Having.JUSTIFICATION: lambda row: bool(row.why_account or row.because),
    Having.PROOF: lambda row: any(each["field"] == ProductField.PROOF for each in row.product or ()),
}
"""Things that the account's own row tells, on whatever day it was recorded."""


def is_dated(thing: Having) -> bool:
    """Return true for a thing whose day is known, so that a period can limit it."""
    return thing in DAYS or thing not in (*COLUMNS, Having.CONTACT, Having.PROPOSAL)


Rows = Sequence[Account]


def who_has(thing: Having, context: QuestionContext, query: Query, rows: Rows) -> Collection[int]:
    """Return the ids of those of these accounts that have the thing, on the days and in the roles of the query.

    Where the history is read, ids of other accounts may be among them.
    """
    if not rows:
        return ()
    days = span_of(query.period, context.zone)
    session, ids, is_ever = context.session, [row.row_id for row in rows], days == EVER
    # a row holds only the last update, step and touch: it answers for days up to today, the history for earlier ones
    is_until_today = days.reaches(context.today)
    match thing:
        case _ if thing in DAYS and not is_ever:
            return {row.row_id for row in rows if days.has(DAYS[thing](account_state(row)))}
        case _ if thing in COLUMNS:
            return {row.row_id for row in rows if COLUMNS[thing](row)}
        case Having.NEXT_ACTION | Having.OVERDUE_ACTION:
            is_late = thing is Having.OVERDUE_ACTION
            actions = account_items.actions(session, ids)
            asked_for = (each for each in actions if not is_late or each.due_on < context.today)
            return {each.account_id for each in asked_for if is_ever or days.has(each.due_on)}
        case Having.BLOCKER:
            return {each.account_id for each in account_items.blockers(session, ids) if days.has(each.opened_at)}
        case Having.ASK:
            return {each.account.account_id for each in asks_found(rows) if is_ever or days.has(each.due_on)}
        case Having.DECISION if is_ever:
            return {row.row_id for row in rows if row.decision is not None}
        case Having.UPDATE if is_until_today:
            return {row.row_id for row in rows if days.has(row.last_update_at)}
        case Having.MOVEMENT if is_ever:
            # without a period since each account's last held review
            return {item.facts.account.account_id for item in with_places(context, rows) if _moved_since_review(item)}
        case Having.MOVEMENT if is_until_today:
            return {row.row_id for row in rows if days.has(row.last_movement_at)}
        case Having.EVIDENCE if is_until_today:
            return {row.row_id for row in rows if days.has(row.last_buyer_touch_at)}
        case Having.EVIDENCE:
            # a deal that was won is an act of the buyer too
            own_deals = deals.of_accounts(session, ids)
            won = {each.account_id for each in own_deals if each.phase == Phase.WON and days.has(each.closed_at)}
            return _accounts_with_event(thing, context, days) | won
        case Having.DECISION | Having.UPDATE | Having.MOVEMENT:
            return _accounts_with_event(thing, context, days)
        case Having.TOUCH:
            # the buyer did something: as evidence shows, or by the days of somebody who is known there
            people = account_items.contacts(session, ids)
            known = ((each.account_id, (each.touched_on, each.signalled_on, each.heard_on)) for each in people)
            by_people = {account_id for account_id, touch_days in known if any(map(days.has, touch_days))}
            return {*who_has(Having.EVIDENCE, context, query, rows), *by_people}
        case Having.SIGNAL:
            return signals.accounts_with(session, ids, days.begin, days.end)
        case Having.CONTACT:
            return {each.account_id for each in account_items.contacts(session, ids) if each.left_on is None}
        case Having.ROLE:
            return _with_role(context, query, rows, days)
        case Having.DEAL:
            # open deals that close in the period, or those that were won or lost in it where asked so
            closed = {Progress.WON: Phase.WON, Progress.LOST: Phase.LOST}
            wanted = {closed[each] for each in query.progress if each in closed}
            own_deals = deals.of_accounts(session, ids)
            of_phase = (each for each in own_deals if (each.phase in wanted if wanted else Phase(each.phase).is_open))
            dated = ((each.account_id, each.closed_at if wanted else each.closes_on) for each in of_phase)
            return {account_id for account_id, on in dated if is_ever or days.has(on)}
        case Having.PLAY:
            plays = account_items.plays(session, ids)
            return {each.account_id for each in plays if each.end is None and days.has(each.started_at)}
        case Having.PROPOSAL:
            # the fit proposes something, or a deal of the CRM another stage
            open_ones = [row for row in rows if not ListStatus(row.list_status).is_closed]
            facts = (item.facts for item in with_places(context, open_ones))
            return {each.account.account_id for each in facts if pending(each) or proposed_stage(each.account)}
        case Having.REVIEW if is_ever:
            return {row.row_id for row in rows if row.held_item_id is not None}
        case Having.REVIEW:
            # in a held review whose planned day is in the period
            return past_reviews.accounts_reviewed(session, context.workspace_id, days.begin, days.end)
    raise KeyError(thing)


def with_places(context: QuestionContext, rows: Rows) -> tuple[AgendaItem, ...]:
    """Return these accounts with their places."""
    settings = settings_of(context.session, context.workspace_id)
    return place_rows(context.session, rows, settings=settings, now=context.now, zone=context.zone)


def _moved_since_review(item: AgendaItem) -> bool:
    """True for a step, a claim or an expansion since the last held review, or ever where there was no such review."""
    is_new = item.placement.movement.movement is Movement.NEW
    return has_moved(item) and (not is_new or item.facts.account.last_movement_at is not None)


def _with_role(context: QuestionContext, query: Query, rows: Rows, days: DateSpan) -> Collection[int]:
    """Accounts with somebody confirmed in one of the roles asked for; without any, in every role that is required.

    Where people who are lost are asked for, accounts that somebody left on these days; else `days` are not used.
    """
    items = account_items.of_accounts(context.session, [row.row_id for row in rows], None)
    states = [account_state(row, items.get(row.row_id, NO_ITEMS)) for row in rows]
    if Progress.LOST in query.progress:
        return {each.account_id for each in states if any(_has_lost(query, person, days) for person in each.contacts)}
    if query.roles:
        return {each.account_id for each in states if any(contacts_with_role(each, role) for role in query.roles)}
    settings = settings_of(context.session, context.workspace_id)
    groups = ((each.account_id, buying_group(each, settings, today=context.today)) for each in states)
    return {account_id for account_id, group in groups if group.identified == group.required}


def _has_lost(query: Query, person: Contact, days: DateSpan) -> bool:
    """Return true for somebody who left in the period, confirmed in one of the roles asked for, or in any."""
    on, roles = person.profile.left_on, person.profile.roles
    has_role = not set(roles).isdisjoint(query.roles) if query.roles else bool(roles)
    return has_role and on is not None and (days == EVER or days.has(on))


OWN_FILTERS: Mapping[Subject, tuple[str, ...]] = {
    Subject.LIST_CHANGES: ("tiers", "statuses"),
    Subject.MEMBERS: ("of", "tiers", "stages", "states", "statuses", "segments", "owners", "having", "without"),
}
"""Filters that do not mean accounts for these subjects: of list changes, they are the tier or status reached."""


LAST_DAYS = timedelta(days=7)
"""Days that "what is new" is about."""

LATELY = (
    *(Field.STAGE, Field.STATE, Field.DAYS_IN_STAGE, Field.AGE, Field.ENGAGEMENT),
    *(Field.LAST_REVIEW, Field.NEXT_REVIEW, Field.LAST_MOVEMENT, Field.LAST_UPDATE, Field.LAST_TOUCH),
)
"""Fields that tell of work on an account, which only named ones have."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Accounts that fit, by tier and name; `items` are their places, where those had to be known to choose them.

    `also_stalled`: where stalled accounts are asked for, names of those that need intervention and are over a limit.
    """

    rows: tuple[Account, ...]
    items: Mapping[int, AgendaItem] = field(default_factory=dict)
    also_stalled: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The accounts' ids, in order."""
        return tuple(row.row_id for row in self.rows)

    @property
    def names(self) -> dict[int, str]:
        """The accounts' names by id, in order."""
        return {row.row_id: row.name for row in self.rows}


def scope_of(context: QuestionContext, query: Query, *, left_too: bool = False) -> Scope | None:
    """Return the accounts that fit the account filters of a query about anything, None where it has none of them.

    Accounts named in the question fit whatever their status; others only if the list shows them. With `left_too`
    also those that left the list fit. Where the query asks for statuses, these alone decide.
    """
    wanted = account_filters(query)
    return fitting(context, wanted, left_too=left_too) if has_account_filter(wanted) else None


NOBODYS = frozenset({Subject.MOVEMENT, Subject.SIGNALS, Subject.PEOPLE, Subject.DEALS, Subject.REVIEWS})
"""Subjects without a person of their own: a person's deals are those of the accounts that they own or partner."""


def of_owners(query: Query) -> Query:
    """Return the query with the people asked for as owners, where the things have nobody of their own."""
    is_of_owners = query.subject in NOBODYS and query.whose and not query.owners
    return replace(query, owners=query.whose, whose=()) if is_of_owners else query


def has_account_filter(query: Query) -> bool:
    """Return true if the query asks for some accounts alone."""
    is_narrowed = query.of or query.having or query.without or query.least_cents or query.most_cents
    return not query.is_empty or bool(is_narrowed)


def lately(context: QuestionContext, query: Query) -> Query:
    """Return the query, limited to the last week where it lists every change of every account."""
    is_everything = query.subject is Subject.CHANGES and not has_account_filter(query)
    if not is_everything or query.period or query.whose or query.about or query.form is not Form.LIST:
        return query
    return replace(query, period=Period(context.today - LAST_DAYS))


def account_filters(query: Query) -> Query:
    """Return the query without the filters that are about the things asked for, such as the period of the decisions.

    What remains narrows the accounts. A query about accounts remains as it is.
    """
    if query.subject is Subject.ACCOUNTS:
        return query
    cleared = dict.fromkeys(OWN_FILTERS.get(query.subject, ()), ())
    kept = replace(query, period=None, progress=(), **cleared)  # type: ignore[arg-type]
    # an amount is that of the deal asked for, not the value of its account
    if query.subject in (Subject.DEALS, Subject.MEMBERS):
        kept = replace(kept, least_cents=0, most_cents=0)
    # people without a role are a question for the roles that are missing: see `things.people`
    if query.subject is Subject.PEOPLE:
        return replace(kept, without=tuple(each for each in query.without if each is not Having.ROLE))
    return kept


def fitting(context: QuestionContext, query: Query, *, left_too: bool = False) -> Scope:
    """Return the accounts that fit the account filters of the query, all that the list shows where it has none.

    With `left_too` those that left the list fit too. Where states are asked for, only named accounts fit, and their
    places come along.
    """
    wanted = listed(query)
    any_status = bool(query.of) or left_too
    rows = rows_fitting(context.session, context.workspace_id, wanted, ids=query.of, any_status=any_status)
    rows = [row for row in rows if is_within(query, row.value_cents, row.currency)]
    rows = _having(context, query, _since(context, query, rows))
    if not query.states:
        return Scope(tuple(rows))
    named = [row for row in rows if row.list_status == ListStatus.NAMED]
    placed = with_places(context, named)
    items = {item.facts.account.account_id: item for item in placed if fits(wanted, item.facts.account, item.placement)}
    others = (item for item in placed if item.facts.account.account_id not in items and item.placement.stall.is_stalled)
    also = tuple(item.facts.account.name for item in others) if AccountStanding.STALLED in query.states else ()
    return Scope(tuple(row for row in named if row.row_id in items), items, also)


def is_within(query: Query, cents: int | None, currency: str) -> bool:
    """Return true for an amount within the bounds of the query, and in its currency; without any bound for all."""
    if query.currency and currency != query.currency:
        return False
    if not (query.least_cents or query.most_cents):
        return True
    return cents is not None and query.least_cents <= cents and (not query.most_cents or cents <= query.most_cents)


def listed(query: Query) -> Query:
    """Return the query with the statuses of the accounts that it means, where it names none.

    Only named accounts are without something, are ordered by what happened lately, and add to a sum: nobody waits for
    a paused one or a candidate.
    """
    is_of_named = query.without or query.by in LATELY or query.form is Form.SUM
    statuses = query.statuses or ((ListStatus.NAMED,) if is_of_named and not query.of else ())
    return replace(query, statuses=statuses)


def _since(context: QuestionContext, query: Query, rows: list[Account]) -> list[Account]:
    """Keep the accounts whose status began in the period, where the period belongs to the status asked for."""
    # with things asked for, the period is theirs
    if query.period is None or not query.statuses or query.having or query.without:
        return rows
    days = span_of(query.period, context.zone)
    named = ListStatus.NAMED
    return [row for row in rows if days.has(row.named_at if row.list_status == named else row.list_changed_at)]


def _having(context: QuestionContext, query: Query, rows: list[Account]) -> list[Account]:
    """Keep the accounts that have each thing in `query.having`, and none in `query.without`."""
    for each, is_had in (*((each, True) for each in query.having), *((each, False) for each in query.without)):
        found = who_has(each, context, query, rows)
        rows = [row for row in rows if (row.row_id in found) is is_had]
    return rows


# People of a function who were asked for together, so that an answer can name the function.


def back_of(context: QuestionContext, query: Query, names: Mapping[int, str]) -> SaidBack:
    """Return the reader for whom the query is said back; `names` are those of the accounts in `of`, by id."""
    return SaidBack(context.words, context.asker.user_id, context.today, names, teams_of(context, query))


def teams_of(context: QuestionContext, query: Query) -> Mapping[Function, frozenset[str]]:
    """Return the user ids of everybody in each function, so that an answer can name a whole team by its function.

    Nothing unless the query asks for several people, as `whose` (of the things) or as `owners` (of the accounts).
    """
    # a single person is never named as a team, so the people need not be read
    if len(query.whose) < 2 and len(query.owners) < 2:
        return {}
    found = list_people(context.session, context.workspace_id, now=context.now)
    return {each: frozenset(who.user_id for who in found if who.function == each) for each in Function}
