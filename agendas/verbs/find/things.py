"""The things of accounts that a query asks for: actions, blockers, decisions, movement, deals, people, and so on."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session

from agendas.facts.account import EventFacts, ListStatus, Movement, NextAction
from agendas.facts.answered_items import Act, FoundItem, MissingRoles, Moving, OfAccount, Thing
from agendas.facts.deals import Phase
from agendas.facts.events import Change, Decided, DecisionKind, ListChanged, Nominated
from agendas.facts.evidence import Evidence
from agendas.facts.group import BuyingRole
from agendas.facts.interventions import AskAnswered
from agendas.facts.plays import PlayEnd
from agendas.facts.query import Form, Having, Progress, Query, Subject, Way
from agendas.facts.reviews import AgendaItem, MovementFlag
from agendas.facts.signals import NotedSignal
from agendas.pages.trail import KINDS
from agendas.rules.account_list import ON_VIEW
from agendas.rules.entries import COUNTING, repeated_by_history, touches, uncorrected
from agendas.rules.fold import action_of, decision_of
from agendas.rules.group import TITLE_WORDS, RoleState, buying_group, contacts_with_role
from agendas.rules.movement import KINDS as STEP_KINDS
from agendas.rules.movement import moves
from agendas.text.dates import local_date
from agendas.text.names import has_words, plain, plain_words
from agendas.verbs.card import subject_in, subjects
from agendas.verbs.find.accounts import QuestionContext, Scope, is_within, lately, of_owners, scope_of, span_of
from agendas.verbs.loading import (
    account_state,
    agenda_facts,
    contact_facts,
    event_facts,
    facts_to_place,
    opportunity_facts,
    play_facts,
    settings_of,
    signal_facts,
)
from agendas.verbs.measures import on_list_when_closed
from agendas.verbs.reads import (
    account_found,
    actions_found,
    all_placed,
    asks_found,
    blockers_found,
    has_moved,
    named_by_need,
)
from storage import account_items, accounts, events
from storage import find as stored
from storage import people as stored_people
from storage.find import EVER, Among, DateSpan

# A query while its things are looked for: among which accounts, on which days.

LEFT_TOO = frozenset({Subject.DECISIONS, Subject.LIST_CHANGES, Subject.CHANGES, Subject.EVIDENCE, Subject.MOVEMENT})
"""Subjects that happened, so that accounts that left the list meanwhile have them too."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A query with the accounts that fit its filters, None where it has none, and its days in the asker's zone."""

    context: QuestionContext
    query: Query
    scope: Scope | None
    span: DateSpan

    @property
    def session(self) -> Session:
        """The session to read from."""
        return self.context.session

    @property
    def ids(self) -> tuple[int, ...] | None:
        """The accounts that fit, None where every one does."""
        return self.scope.ids if self.scope else None

    @property
    def progress(self) -> tuple[Progress, ...]:
        """The progress of the things asked for, open where the query does not say."""
        return self.query.progress or (Progress.OPEN,)

    def among(self, *, left_too: bool = False) -> Among:
        """Return the accounts to read of: those that fit and that the list shows.

        With `left_too`, and for the subjects in `LEFT_TOO`, also those that fit and left the list.
        """
        if left_too or self.query.subject in LEFT_TOO:
            return Among(self.context.workspace_id, self.ids)
        return Among.listed(self.context.workspace_id, self.ids)

    def having_words(self, found: Iterable[tuple[str, FoundItem]]) -> list[FoundItem]:
        """Return the things whose own text, which comes before each, has all of the words asked for."""
        wanted = plain_words(self.query.about)
        return [item for text, item in found if not wanted or has_words(text, wanted)]


def sought(context: QuestionContext, query: Query) -> Sought:
    """Return the query with the accounts that fit its filters and its days in the asker's zone.

    The query is completed first: a list of all changes is limited to the last week (`lately`), and people asked for
    are taken as owners of the accounts where the things have nobody of their own (`of_owners`).
    """
    query = of_owners(lately(context, query))
    # what happened, and deals that closed, may be of accounts that left the list since
    scope = scope_of(context, query, left_too=query.subject in LEFT_TOO or _are_closed_deals(query))
    return Sought(context, query, scope, span_of(query.period, context.zone))


def find(asked: Sought) -> list[FoundItem]:
    """Return the things that the query asks for, in the order in which the answer lists them."""
    return FINDERS[asked.query.subject](asked)


def found_for(context: QuestionContext, query: Query) -> list[FoundItem]:
    """Return the things that the query asks for, after completing it with the accounts and days that fit."""
    return find(sought(context, query))


def is_over(progress: Progress) -> bool:
    """Return true for what is not open any more."""
    return progress in (Progress.DONE, Progress.DROPPED, Progress.WON, Progress.LOST)


def with_subjects(session: Session, found: Collection[FoundItem]) -> list[FoundItem]:
    """Return the entries with the texts of the blockers, actions and plays that they are about."""
    texts = subjects(session, [each.thing for each in found if isinstance(each.thing, EventFacts)])
    return [
        replace(each, subject=subject_in(each.thing, texts)) if isinstance(each.thing, EventFacts) else each
        for each in found
    ]


# Actions, blockers and asks.

ACTION_PROGRESS = (Progress.OPEN, Progress.DONE, Progress.DROPPED, Progress.SLIPPED)


def actions(asked: Sought) -> list[FoundItem]:
    """Return next actions: with open ones the soonest due first, else the latest closed or slipped first.

    The days are those on which they are due, were closed or slipped.
    """
    query, today = asked.query, asked.context.today
    # what is overdue is open, and so is what is asked for by a progress that actions do not have, such as won
    progress = [each for each in asked.progress if each in ACTION_PROGRESS and not query.is_overdue] or [Progress.OPEN]
    is_open = Progress.OPEN in progress
    rows = stored.actions(
        asked.session,
        # open work at an account that left the list is not to be done any more
        asked.among(left_too=not is_open),
        progress=[each.value for each in progress],
        owners=query.whose,
        due_before=today if query.is_overdue else None,
        days=asked.span,
    )
    if not is_open:
        rows.sort(key=lambda each: each[0].closed_at or each[0].slipped_at or each[0].added_at, reverse=True)
    return asked.having_words((f"{each.text} action", each) for each in actions_found(rows))


def blockers(asked: Sought) -> list[FoundItem]:
    """Return blockers, oldest first: open ones opened on the days asked for, then those resolved on them.

    Each kind is there only if its progress is asked for.
    """
    return [each for over in sorted({is_over(each) for each in asked.progress}) for each in _blockers(asked, over)]


def _blockers(asked: Sought, is_resolved: bool) -> list[FoundItem]:
    """Open or resolved blockers that the people asked for own or help with, and that have the words asked for."""
    needs, whose = [each.value for each in asked.query.needs], asked.query.whose
    among = asked.among(left_too=is_resolved)
    rows = stored.blockers(asked.session, among, is_resolved=is_resolved, needs=needs, days=asked.span)
    found = []
    for (row, _), each in zip(rows, blockers_found(asked.session, among.workspace_id, rows), strict=True):
        # of the owner, and of the person who is asked where a function's help is needed
        if not whose or (row.owner or "") in whose or (each.helper and each.helper in whose):
            text = f"{row.text} {row.resolution} {(row.needs or '').replace('_', ' ')} blocker"
            found.append((text, each))
    return asked.having_words(found)


def asks(asked: Sought) -> list[FoundItem]:
    """Return the open asks of interventions, soonest due first, those without a day last.

    Where only asks that are over are wanted, return those answered instead.
    """
    if all(map(is_over, asked.progress)):
        return _answered_asks(asked)
    in_span = [each for each in _open_asks(asked) if asked.span == EVER or asked.span.has(each.due_on)]
    return [each for each in in_span if not asked.query.is_overdue or each.is_late(asked.context.today)]


def _open_asks(asked: Sought) -> list[FoundItem]:
    """The open asks of the people asked for that have the words asked for, whatever their day."""
    workspace_id, whose = asked.context.workspace_id, asked.query.whose
    if asked.ids is None:
        rows = stored_people.accounts_that_may_have_asks(asked.session, workspace_id)
    else:
        rows = accounts.get_many(asked.session, workspace_id, asked.ids)
    found = asks_found(row for row in rows if row.list_status in ON_VIEW)
    theirs = ((each.text, each) for each in found if not whose or each.person in whose)
    return sorted(asked.having_words(theirs), key=lambda each: (each.due_on or date.max, each.id))


def _answered_asks(asked: Sought) -> list[FoundItem]:
    """Return the asks that were answered on the days asked for, newest decision first; `thing.done_at` is when.

    An ask without an answer of its own is answered by the action made of it, once that is closed.
    """
    query = asked.query
    # the people, words and days are compared below: here they would mean who recorded the entry, its text and its day
    done_ones = replace(query, whose=(), about="", progress=(Progress.DONE,), is_overdue=False)
    unfiltered = replace(asked, query=done_ones, span=EVER)
    candidates = entries(unfiltered, ("decided", "ask_answered"))
    answered = [(event, event.change) for _, event in candidates if isinstance(event.change, AskAnswered)]
    answers = {change.decision_id: (event.happened_at, change.answer) for event, change in answered}
    open_ids = {each.id for each in _open_asks(unfiltered)}
    done: dict[int, list[NextAction]] = defaultdict(list)
    for each in actions(unfiltered):
        if isinstance(each.thing, NextAction):
            done[each.account.account_id].append(each.thing)
    found = []
    for account, event in candidates:
        change = event.change
        if not isinstance(change, Decided) or change.decision is not DecisionKind.INTERVENE or event.id in open_ids:
            continue
        decision = decision_of(change, event)
        action = action_of(decision, done[account.account_id])
        # an ask that is over without either has no answer, and the day of its decision
        at, answer = answers.get(event.id) or ((action.closed_at, action.outcome) if action else (None, ""))
        if asked.span.has(at or event.happened_at) and (not query.whose or change.ask_of in query.whose):
            item = FoundItem(account, replace(decision, done_at=at), event.id, answer=answer)
            found.append((f"{decision.text} {answer}", item))
    return asked.having_words(found)


# Entries: decisions, changes of the list, everything recorded, evidence.

MOST_ENTRIES = 2_000
"""Entries read for one answer, the newest ones: they have more to read than things that stand now."""

AMENDING = ("corrected", "evidence_judged")
"""Kinds of entries that change whether and how another one counts."""

RECORDED = tuple(kind for kind in KINDS if kind not in ("corrected", "evidence_judged", "privacy_set"))
"""Kinds of entries that people ask for as what changed: all but corrections, judgements and who may see."""

TELLING = (
    *("moved", "nothing_moved", "evidence_added", "waiting_set", "play_ended"),
    *("blocker_opened", "blocker_changed", "action_added", "action_changed"),
)
"""Kinds of entries that can bring evidence."""

DECIDED_BY = {ListStatus.PAUSED.value: DecisionKind.PAUSE, ListStatus.REMOVED.value: DecisionKind.REMOVE}

Entry = tuple[OfAccount, EventFacts]


def entries(asked: Sought, kinds: Collection[str]) -> list[Entry]:
    """Return the entries of these kinds, by who is asked for, of the days asked for, that count still, newest first."""
    among, by = asked.among(left_too=True), asked.query.whose
    rows = stored.happened(asked.session, among, kinds, days=asked.span, actors=by, limit=MOST_ENTRIES)
    if not rows:
        return []
    found = {row.row_id: (account_found(columns), event_facts(row)) for row, columns in rows}
    account_ids = {event.account_id for _, event in found.values()}
    # what corrects or judges an entry is recorded after it
    amending = events.of_accounts(asked.session, account_ids, AMENDING, after_id=min(found))
    counted = uncorrected((*(event for _, event in found.values()), *map(event_facts, amending)))
    return [(found[event.id][0], event) for event in reversed(counted) if event.id in found]


def _entry(entry: Entry, thing: Thing | None = None) -> FoundItem:
    """The entry as a thing found; `thing` is shown in place of the event where given."""
    account, event = entry
    return FoundItem(account, thing or event, event.id, event)


def decisions(asked: Sought) -> list[FoundItem]:
    """Return what was decided, newest first: in reviews, and every change of the list that somebody gave a reason for.

    A change of the list that a decision of a review made is left out, as that decision is among the results.
    """
    found = entries(asked, ("decided", "list_changed"))
    return _about(asked, [_entry(each) for each in found if _decides(each[1], asked.query.decisions)])


def _decides(event: EventFacts, kinds: Collection[DecisionKind]) -> bool:
    """True for a decision, or a change of the list with a reason that no decision made; without kinds for all."""
    change = event.change
    if isinstance(change, Decided):
        return not kinds or change.decision in kinds
    if not isinstance(change, ListChanged) or change.decision_id is not None or not change.because:
        return False
    return not kinds or _kind_of(change) in kinds


def _kind_of(change: ListChanged) -> DecisionKind | None:
    """The kind of decision that a change of the list is; None for a naming, a rejection and a return."""
    if change.status in DECIDED_BY:
        return DECIDED_BY[change.status]
    is_other_tier = change.from_tier not in (None, change.tier) and change.tier is not None
    return DecisionKind.CHANGE_TIER if is_other_tier else None


def list_changes(asked: Sought) -> list[FoundItem]:
    """Return who came on the list, left it or changed tier, newest first; statuses and tiers are those reached."""
    # a nomination gives no tier
    found = entries(asked, ("list_changed",) if asked.query.tiers else ("list_changed", "nominated"))
    return [_entry(each) for each in found if _reached(each[1], asked.query)]


def _reached(event: EventFacts, query: Query) -> bool:
    """True if the change gave an account a status and a tier that the query asks for."""
    change = event.change
    if isinstance(change, Nominated):
        return not query.statuses or ListStatus.CANDIDATE in query.statuses
    if not isinstance(change, ListChanged):
        return False
    is_of_tier = not query.tiers or (change.tier in query.tiers and change.from_tier != change.tier)
    is_new = change.from_status != change.status
    return is_of_tier and (not query.statuses or (is_new and ListStatus(change.status) in query.statuses))


def changes(asked: Sought) -> list[FoundItem]:
    """Return everything recorded that counts, newest first, without what imported histories of deals repeat."""
    candidates = entries(asked, RECORDED)
    in_order = sorted((event for _, event in candidates), key=lambda each: (each.happened_at, each.id))
    hidden = repeated_by_history(in_order)
    shown = [_entry(each) for each in candidates if each[1].id not in hidden]
    return _about(asked, with_subjects(asked.session, shown))


def evidence(asked: Sought) -> list[FoundItem]:
    """Return what the buyer did, or a third party showed of it, newest first, by the days of the acts themselves."""
    # an act is recorded on its day or later, so entries from after the span count too
    candidates = entries(replace(asked, span=DateSpan(begin=asked.span.begin)), TELLING)
    pieces = ((piece, each) for each in candidates for piece in touches(each[1]) if piece.actor in COUNTING)
    acts = sorted((pair for pair in pieces if asked.span.has(pair[0].dated_at)), key=_act_at, reverse=True)
    return asked.having_words(
        (f"{piece.text} {_text_of(each[1].change)}", _entry(each, Act(piece, each[1]))) for piece, each in acts
    )


def _act_at(pair: tuple[Evidence, Entry]) -> Any:
    return pair[0].dated_at


def _about(asked: Sought, found: Iterable[FoundItem]) -> list[FoundItem]:
    """Return the entries whose own words, with those of their subject, have the words asked for."""
    return asked.having_words(
        (f"{_text_of(each.thing.change)} {each.subject}" if isinstance(each.thing, EventFacts) else "", each)
        for each in found
    )


def _text_of(change: Change) -> str:
    """The words by which a change is found: what people wrote, the name of its contact or deal, and its kind."""
    names = ("text", "because", "outcome_expected", "name", "answer", "reference")
    own = [str(getattr(change, name, "")) for name in names]
    contact = getattr(change, "contact", None)
    deal = getattr(change, "opportunity", None)
    parts = (contact.name, contact.title) if contact else (deal.name, deal.stage_name) if deal else ()
    return " ".join((*own, *parts, change.kind.replace("_", " ")))


# Movement: steps of some days, and how accounts stand since their last review.

FEW = 5
"""Accounts up to which everything about them is read, also what does not decide how they moved. Ours."""

WAYS: Mapping[Way, tuple[Moving, ...]] = {
    Way.ADVANCED: (Moving.ADVANCED, Moving.SHOWN),
    Way.REGRESSED: (Moving.REGRESSED,),
    Way.EXPANDED: (Moving.EXPANDED,),
    Way.CLAIMED: (Moving.CLAIMED,),
}


def is_of_steps(query: Query) -> bool:
    """Return true for movement of some days, and for when, who and why: of the last steps, whenever they were."""
    return query.period is not None or query.form in (Form.WHEN, Form.WHO, Form.WHY)


def movement(asked: Sought) -> list[FoundItem]:
    """Return the steps of the days asked for, newest first; without any the accounts that moved since their review."""
    ways = {way for each in asked.query.ways for way in WAYS[each]}
    if is_of_steps(asked.query):
        return _steps(asked, ways)
    if asked.ids is None:
        context = asked.context
        items = named_by_need(context.session, context.workspace_id, now=context.now, zone=context.zone)
    else:
        items = _items(asked)
    # where a way is asked for, an account at a claimed stage counts whenever it was moved there
    return [_found_item(item) for item in items if (ways_of(item).intersection(ways) if ways else has_moved(item))]


def _steps(asked: Sought, ways: Collection[Moving]) -> list[FoundItem]:
    """The steps of the days asked for, newest first, in these ways or in any."""
    # people are meant as owners of the accounts, while `entries` takes `whose` for who recorded them
    entered = entries(replace(asked, query=replace(asked.query, whose=())), STEP_KINDS)
    accounts_by_id = {account.account_id: account for account, _ in entered}
    if not accounts_by_id:
        return []
    recorded = events.of_accounts(asked.session, list(accounts_by_id), (*STEP_KINDS, *AMENDING))
    by_account: dict[int, list[EventFacts]] = defaultdict(list)
    for event in uncorrected(map(event_facts, recorded)):
        by_account[event.account_id].append(event)
    steps = (
        (account, step) for account_id, account in accounts_by_id.items() for step in moves(by_account[account_id])
    )
    of_ways = ((account, step) for account, step in steps if not ways or step.way in ways)
    found = [(account, step) for account, step in of_ways if asked.span.has(step.event.happened_at)]
    found.sort(key=lambda each: (each[1].event.happened_at, each[1].event.id), reverse=True)
    return [_entry((account, step.event), step) for account, step in found]


def items_of(asked: Sought) -> list[FoundItem]:
    """Return the accounts that fit, each as it stands since its last review."""
    return [_found_item(item) for item in _items(asked)]


def _items(asked: Sought) -> tuple[AgendaItem, ...]:
    """The accounts asked for with their places; if at most `FEW`, with everything that an agenda shows."""
    session, workspace_id = asked.session, asked.context.workspace_id
    now, zone = asked.context.now, asked.context.zone
    rows = accounts.get_many(session, workspace_id, asked.ids or ())
    if len(rows) > FEW:
        facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings_of(session, workspace_id))
    else:
        facts = agenda_facts(session, rows, now=now, zone=zone)
    return all_placed(session, workspace_id, [facts[row.row_id] for row in rows])


def ways_of(item: AgendaItem) -> set[Moving]:
    """Return the ways in which the account moved since its last held review, and if its stage is only claimed."""
    answer = item.placement.movement
    is_claimed = answer.movement is Movement.ADVANCED_UNVERIFIED or item.facts.account.claimed_from is not None
    found = {
        Moving.ADVANCED: answer.movement is Movement.ADVANCED,
        Moving.REGRESSED: answer.movement is Movement.REGRESSED,
        Moving.CLAIMED: is_claimed,
        Moving.EXPANDED: MovementFlag.EXPANDED in answer.flags,
    }
    return {way for way, is_so in found.items() if is_so}


def _found_item(item: AgendaItem) -> FoundItem:
    account = item.facts.account
    return FoundItem(OfAccount.of(account), item, account.account_id)


# Deals, plays, signals and people.

PHASES: Mapping[Progress, tuple[Phase, ...]] = {
    Progress.OPEN: (Phase.EARLY, Phase.MIDDLE, Phase.LATE),
    Progress.DONE: (Phase.WON, Phase.LOST),
    Progress.WON: (Phase.WON,),
    Progress.LOST: (Phase.LOST,),
    Progress.DROPPED: (Phase.LOST,),
    Progress.SLIPPED: (Phase.EARLY, Phase.MIDDLE, Phase.LATE),
}

ENDS: Mapping[Progress, tuple[PlayEnd | None, ...]] = {
    Progress.OPEN: (None,),
    Progress.DONE: (PlayEnd.OUTCOME, PlayEnd.NONE),
    Progress.WON: (PlayEnd.OUTCOME,),
    Progress.LOST: (PlayEnd.NONE,),
    Progress.DROPPED: (PlayEnd.STOPPED,),
    Progress.SLIPPED: (None,),
}


def deals(asked: Sought) -> list[FoundItem]:
    """Return deals whose close date is on the days asked for, the first to close first.

    Of those won and lost it is the day on which they closed, the latest comes first, and those of accounts that left
    the list after that day are among them.
    """
    query, zone, today = asked.query, asked.context.zone, asked.context.today
    phases = {phase for each in asked.progress for phase in PHASES[each]}
    is_closed = _are_closed_deals(query)
    # accounts that the filters of the query chose are taken whatever their status
    among = asked.among(left_too=is_closed or asked.ids is not None)
    rows = stored.deals(asked.session, among, phases=[each.value for each in phases])
    if is_closed:
        rows.reverse()
        # an account off the list counts only if it was named in the question, or was on the list when the deal closed
        off_list = [
            row for row, account in rows if account.list_status not in accounts.LISTED and account.id not in query.of
        ]
        counted = {row.row_id for row in on_list_when_closed(asked.session, off_list, zone)}
        not_counted = {row.row_id for row in off_list} - counted
        rows = [(row, account) for row, account in rows if row.row_id not in not_counted]
    found = []
    for row, account in rows:
        deal = opportunity_facts(row)
        profile = deal.profile
        on = local_date(deal.closed_at, zone) if deal.closed_at and not deal.is_open else profile.closes_on
        is_late = deal.is_open and profile.closes_on is not None and profile.closes_on < today
        is_on = (asked.span == EVER or asked.span.has(on)) and (is_late or not query.is_overdue)
        # of slipped deals only those whose close date was put off
        is_pushed = deal.pushes > 0 or Progress.SLIPPED not in asked.progress
        if is_on and is_pushed and is_within(query, profile.amount_cents, profile.currency):
            text = f"{row.name} {row.stage_name} {row.next_step} deal opportunity"
            found.append((text, FoundItem(account_found(account), deal, row.row_id)))
    return asked.having_words(found)


def _are_closed_deals(query: Query) -> bool:
    """True if the query is about deals that are over (won, lost) and about no open ones."""
    return query.subject is Subject.DEALS and bool(query.progress) and all(map(is_over, query.progress))


def plays(asked: Sought) -> list[FoundItem]:
    """Return plays started on the days asked for, newest first: running ones, or those that ended as is asked for."""
    ends = {end for each in asked.progress for end in ENDS[each]}
    # accounts that the filters of the query chose are taken whatever their status
    among = asked.among(left_too=asked.ids is not None)
    rows = stored.plays(asked.session, among, starters=asked.query.whose, days=asked.span)
    found = [
        (f"{run.name} {run.outcome_expected} {run.outcome} play", FoundItem(account_found(columns), run, row.row_id))
        for row, columns in rows
        for run in (play_facts(row),)
        if run.end in ends
    ]
    return asked.having_words(found)


def signals(asked: Sought) -> list[FoundItem]:
    """Return the signals of the days asked for that count, newest first, each with the person it is about."""
    # accounts that the filters of the query chose are taken whatever their status
    kinds, among = [each.value for each in asked.query.signals], asked.among(left_too=asked.ids is not None)
    rows = stored.signals(asked.session, among, kinds=kinds, days=asked.span)
    names = account_items.texts(asked.session, {row.contact_id for row, _ in rows if row.contact_id is not None})
    found = []
    for row, columns in rows:
        # 0 is nobody's id
        person = names.get(row.contact_id or 0, "")
        noted = NotedSignal(row.account_id, columns.name, signal_facts(row), person, row.person)
        text = f"{row.text} {row.kind.replace('_', ' ')} {person} {row.person} signal"
        found.append((text, FoundItem(account_found(columns), noted, row.row_id)))
    return asked.having_words(found)


def people(asked: Sought) -> list[FoundItem]:
    """Return people at accounts with one of the roles, confirmed or suggested, those confirmed and there first.

    Those who left are among them where a name or an account is given, and alone where they are asked for, the latest
    first. A query for accounts without a role gets the roles that are missing instead.
    """
    query = asked.query
    if Having.ROLE in query.without:
        return missing_roles(asked, query.roles)
    asks_for_left = Progress.LOST in query.progress
    with_those_gone = asks_for_left or bool(query.about or query.of)
    found = []
    for row, account in stored.contacts(asked.session, asked.among(left_too=asked.ids is not None)):
        person = contact_facts(row)
        profile = person.profile
        roles = (*profile.roles, *profile.suggested_roles)
        if (not query.roles or set(roles).intersection(query.roles)) and (with_those_gone or profile.left_on is None):
            role_names = " ".join(each.value.replace("_", " ") for each in roles)
            text = f"{profile.name} {profile.title} {_short_titles(profile.title)} {role_names}"
            is_confirmed = not set(profile.roles).isdisjoint(query.roles or profile.roles)
            # confirmed in a role first, then suggested, then those who left
            rank = 2 if profile.left_on else 0 if is_confirmed else 1
            item = FoundItem(account_found(account), person, person.id)
            # the day is compared only among those who left
            found.append((rank, profile.left_on or date.min, text, item))
    found.sort(key=lambda each: each[0])
    if asks_for_left:
        found = sorted((each for each in found if each[0] == 2 and asked.span.has(each[1])), key=_left_on, reverse=True)
    return asked.having_words((text, item) for _, _, text, item in found)


def _left_on(each: tuple[int, date, str, FoundItem]) -> date:
    return each[1]


def _short_titles(title: str) -> str:
    """The short forms of a title that is written out, so that both are found: `cfo` for a chief financial officer."""
    padded = f" {plain(title)} "
    return " ".join(short for long, short in SHORT_TITLES.items() if f" {long} " in padded)


SHORT_TITLES = {
    phrase: "".join(word[0] for word in phrase.split())
    for phrases in TITLE_WORDS.values()
    for phrase in phrases
    if phrase.startswith("chief ") and phrase.endswith(" officer")
}
"""Short forms by the title: `cfo` by `chief financial officer`."""


def missing_roles(asked: Sought, roles: Collection[BuyingRole] = ()) -> list[FoundItem]:
    """Return the accounts where a role is missing, with those missing there: of `roles`, else of the required ones.

    A required role is missing too where the person who had it left.
    """
    session, workspace_id, today = asked.session, asked.context.workspace_id, asked.context.today
    if asked.ids is None:
        rows = accounts.fitting(session, workspace_id)
    else:
        rows = accounts.get_many(session, workspace_id, asked.ids)
    items = account_items.of_accounts(session, [row.row_id for row in rows], None)
    settings = settings_of(session, workspace_id)
    found = []
    for row in rows:
        state = account_state(row, items.get(row.row_id, account_items.NO_ITEMS))
        if roles:
            missing = tuple(each for each in BuyingRole if each in roles and not contacts_with_role(state, each))
        else:
            group = buying_group(state, settings, today=today)
            lacking = {line.role for line in (*group.of(RoleState.MISSING), *group.of(RoleState.LEFT))}
            missing = tuple(each for each in BuyingRole if each in lacking)
        if missing:
            found.append(FoundItem(account_found(row), MissingRoles(missing), row.row_id))
    return found


FINDERS: Mapping[Subject, Callable[[Sought], list[FoundItem]]] = {
    Subject.ACTIONS: actions,
    Subject.BLOCKERS: blockers,
    Subject.ASKS: asks,
    Subject.DECISIONS: decisions,
    Subject.MOVEMENT: movement,
    Subject.EVIDENCE: evidence,
    Subject.CHANGES: changes,
    Subject.LIST_CHANGES: list_changes,
    Subject.SIGNALS: signals,
    Subject.PEOPLE: people,
    Subject.DEALS: deals,
    Subject.PLAYS: plays,
}
"""The reads of each kind of thing."""
