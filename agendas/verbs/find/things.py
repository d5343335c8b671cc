"""Reads of things of many accounts, for answers to questions. Nothing here writes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, Decision, EventFacts, ListStatus, Movement, NextAction, Stage
from agendas.facts.answered_items import (
    Act,
    FoundItem,
    FoundReview,
    MemberFacts,
    MissingRoles,
    Moving,
    OfAccount,
    StageMove,
)
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.events import Change, Decided, DecisionKind, ListChanged, Nominated
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.interventions import AskAnswered
from agendas.facts.people import Function, PersonFacts
from agendas.facts.plays import PlayEnd
from agendas.facts.reviews import AgendaItem, MovementFlag
from agendas.facts.signals import NotedSignal, SignalKind
from agendas.pages.trail import KINDS
from agendas.rules.access import asked_of, lead_asked
from agendas.rules.account_list import ON_VIEW
from agendas.rules.entries import COUNTING, repeated_by_history, touches, uncorrected
from agendas.rules.fold import action_of, decision_of
from agendas.rules.group import TITLE_WORDS, RoleState, buying_group, holders
from agendas.rules.movement import KINDS as STEP_KINDS
from agendas.rules.movement import moves
from agendas.rules.schedule import upcoming
from agendas.text.dates import local_date
from agendas.text.names import has_words, plain, plain_words
from agendas.verbs import reads, review_reads
from agendas.verbs.card import subject_in, subjects
from agendas.verbs.loading import (
    account_state,
    action_facts,
    agenda_facts,
    blocker_facts,
    change_facts,
    contact_facts,
    event_facts,
    facts_to_place,
    needed_by,
    opportunity_facts,
    plan_of,
    play_facts,
    settings_of,
    signal_facts,
)
from agendas.verbs.past_reviews import past_review
from agendas.verbs.reads import all_placed, has_moved, is_reviewed, is_visible, list_people, named_by_need
from agendas.verbs.review_reads import functions_of
from storage import account_items, accounts, events, past_reviews, reviews
from storage import find as stored
from storage import people as stored_people
from storage.find import EVER, AccountColumns, Among, DateSpan
from storage.models.accounts import Account, ActionRow
from storage.models.reviews import Cadence, Review, ReviewState

# Parts that reads of things of many accounts share: accounts and days to ask for, accounts found, and sources.


def among_listed(among: Among, *, left_too: bool = False) -> Among:
    """Return the accounts to read of: those that the list shows, and where `left_too` those that left it as well."""
    return among if among.statuses or left_too else replace(among, statuses=tuple(each.value for each in ON_VIEW))


def account_of(columns: AccountColumns | Account) -> OfAccount:
    return OfAccount(
        account_id=columns.id or 0,
        name=columns.name,
        tier=columns.tier,
        stage=Stage(columns.stage),
        status=ListStatus(columns.list_status),
        segment=columns.segment,
        owner=columns.owner,
        marketing_partner=columns.marketing_partner,
        our_executive=columns.our_executive,
    )


def having_words(found: Iterable[tuple[str, FoundItem]], words: str) -> list[FoundItem]:
    """Return the things whose own text, which comes before each, has all of these words."""
    wanted = plain_words(words)
    return [item for text, item in found if not wanted or has_words(text, wanted)]


def with_sources(session: Session, found: Sequence[FoundItem]) -> tuple[FoundItem, ...]:
    """Return the things with the events that made them: who said so, when, with which evidence."""
    sources = {row.row_id: event_facts(row) for row in events.get_many(session, [each.id for each in found])}
    return tuple(replace(each, source=sources.get(each.id)) for each in found)


# Reads of entries of many accounts: decisions, changes of the list, everything recorded, evidence.

MOST_ENTRIES = 2_000
"""Entries read for one answer, the newest ones: they have more to read than things that stand now."""

RECORDED = tuple(kind for kind in KINDS if kind not in ("corrected", "evidence_judged", "privacy_set"))
"""Kinds of entries that people ask for as what changed: all but corrections, judgements and who may see."""

TELLING = (
    "moved",
    "nothing_moved",
    "evidence_added",
    "waiting_set",
    "blocker_opened",
    "blocker_changed",
    "action_added",
    "action_changed",
    "play_ended",
)
"""Kinds of entries that can bring evidence."""

DECIDED_BY = {ListStatus.PAUSED.value: DecisionKind.PAUSE, ListStatus.REMOVED.value: DecisionKind.REMOVE}


def entries(
    session: Session,
    among: Among,
    kinds: Collection[str],
    *,
    span: DateSpan = EVER,
    actors: Collection[str] = (),
    limit: int = MOST_ENTRIES,
) -> list[FoundItem]:
    """Return the entries of these kinds that happened in the span and count still, newest first."""
    of = among_listed(among, left_too=True)
    rows = stored.happened(session, of, kinds, days=span, actors=actors, limit=limit)
    if not rows:
        return []
    events_found = [event_facts(row) for row, _ in rows]
    account_ids = {event.account_id for event in events_found}
    after = min(event.id for event in events_found)
    amended = map(event_facts, stored.amending(session, among.workspace_id, account_ids, after_id=after))
    known = {event.id for event in events_found}
    counted = [event for event in uncorrected((*events_found, *amended)) if event.id in known]
    accounts = {columns.id: account_of(columns) for _, columns in rows}
    return [FoundItem(accounts[event.account_id], event, event.id, event) for event in reversed(counted)]


def decisions(
    session: Session,
    among: Among,
    *,
    kinds: Collection[DecisionKind] = (),
    words: str = "",
    span: DateSpan = EVER,
    actors: Collection[str] = (),
) -> list[FoundItem]:
    """Return what was decided, newest first: in reviews, and every change of the list that somebody gave a reason for.

    A change of the list that a decision of a review made is left out, as that decision is among the results.
    """
    candidates = entries(session, among, ("decided", "list_changed"), span=span, actors=actors)
    found = [each for each in candidates if isinstance(each.thing, EventFacts) and _is_decision(each.thing, kinds)]
    return _entries_about(found, words)


def _is_decision(event: EventFacts, kinds: Collection[DecisionKind]) -> bool:
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


def list_changes(
    session: Session,
    among: Among,
    *,
    statuses: Collection[ListStatus] = (),
    tiers: Collection[int] = (),
    span: DateSpan = EVER,
    actors: Collection[str] = (),
) -> list[FoundItem]:
    """Return who came on the list, left it or changed tier, newest first; statuses and tiers are those reached."""
    kinds = ("list_changed", "nominated") if not tiers else ("list_changed",)
    candidates = entries(session, among, kinds, span=span, actors=actors)
    return [each for each in candidates if isinstance(each.thing, EventFacts) and _reached(each.thing, statuses, tiers)]


def _reached(event: EventFacts, statuses: Collection[ListStatus], tiers: Collection[int]) -> bool:
    change = event.change
    if isinstance(change, Nominated):
        return not statuses or ListStatus.CANDIDATE in statuses
    if not isinstance(change, ListChanged):
        return False
    is_of_tier = not tiers or (change.tier in tiers and change.from_tier != change.tier)
    is_new = change.from_status != change.status
    return is_of_tier and (not statuses or (is_new and ListStatus(change.status) in statuses))


def changes(
    session: Session, among: Among, *, words: str = "", span: DateSpan = EVER, actors: Collection[str] = ()
) -> list[FoundItem]:
    """Return everything recorded that counts, newest first.

    A deal's own entry is left out where the imported history of the deal says the same.
    """
    candidates = entries(session, among, RECORDED, span=span, actors=actors)
    facts = [each.thing for each in candidates if isinstance(each.thing, EventFacts)]
    hidden = repeated_by_history(sorted(facts, key=lambda event: (event.happened_at, event.id)))
    return _entries_about(with_subjects(session, [each for each in candidates if each.id not in hidden]), words)


def with_subjects(session: Session, found: Collection[FoundItem]) -> list[FoundItem]:
    """Return the entries with the texts of the blockers, actions and plays that they are about."""
    texts = subjects(session, [each.thing for each in found if isinstance(each.thing, EventFacts)])
    return [
        replace(each, subject=subject_in(each.thing, texts)) if isinstance(each.thing, EventFacts) else each
        for each in found
    ]


def acts(
    session: Session, among: Among, *, words: str = "", span: DateSpan = EVER, actors: Collection[str] = ()
) -> list[FoundItem]:
    """Return what the buyer did, or a third party showed of it, newest first, by the days of the acts themselves."""
    # an act is recorded on its day or later, so entries from after the span count too
    candidates = entries(session, among, TELLING, span=DateSpan(begin=span.begin), actors=actors)
    found = [item for each in candidates for item in _acts(each, span)]
    found.sort(key=lambda each: each[1].thing.piece.dated_at if isinstance(each[1].thing, Act) else 0, reverse=True)
    return having_words(found, words)


def _acts(entry: FoundItem, span: DateSpan) -> Iterator[tuple[str, FoundItem]]:
    event = entry.thing
    if not isinstance(event, EventFacts):
        return
    for piece in touches(event):
        if piece.actor in COUNTING and span.has(piece.dated_at):
            yield f"{piece.text} {_text_of(event.change)}", replace(entry, thing=Act(piece, event))


def _entries_about(found: Iterable[FoundItem], words: str) -> list[FoundItem]:
    """Return the entries whose own words, with those of their subject, have all of these words."""
    texts = (
        (f"{_text_of(each.thing.change)} {each.subject}" if isinstance(each.thing, EventFacts) else "", each)
        for each in found
    )
    return having_words(texts, words)


def _text_of(change: Change) -> str:
    """The words that people gave with a change."""
    names = ("text", "because", "outcome_expected", "name", "answer", "reference")
    own = [str(getattr(change, name, "")) for name in names]
    contact = getattr(change, "contact", None)
    deal = getattr(change, "opportunity", None)
    parts = (contact.name, contact.title) if contact else (deal.name, deal.stage_name) if deal else ()
    return " ".join((*own, *parts, change.kind.replace("_", " ")))


# Reads of our own people: their function and right, and what is theirs in numbers. Nothing here writes.


def members(
    session: Session, workspace_id: str, *, words: str = "", user_ids: Collection[str] = (), now: datetime
) -> tuple[PersonFacts, ...]:
    """Return the active members by name: of these people those whose name, function, right or `away` has the words."""
    wanted = plain_words(words)
    found = list_people(session, workspace_id, now=now)
    return tuple(
        each
        for each in found
        if (not user_ids or each.user_id in user_ids) and has_words(_searched_words(each), wanted)
    )


def _searched_words(person: PersonFacts) -> str:
    away = " away" if person.is_away else ""
    return f"{person.name} {(person.function or '').replace('_', ' ')} {person.right}{away}"


def member(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> MemberFacts:
    """Return the person with their accounts, what they lead, and the number of their open next actions."""
    user_id, today = person.user_id, local_date(now, person.time_zone)
    rows = accounts.of_owner(session, workspace_id, user_id, or_executive=True)
    led = stored_people.led_by(session, workspace_id, user_id)
    actions = reads.actions_of(session, workspace_id, user_id)
    return MemberFacts(
        person=person,
        leads=tuple(each for each in Function if each in led),
        owned=tuple(row.name for row in rows if row.owner == user_id),
        partnered=tuple(row.name for row in rows if row.marketing_partner == user_id and row.owner != user_id),
        executive_of=tuple(row.name for row in rows if row.our_executive == user_id and row.owner != user_id),
        open_actions=len(actions),
        late_actions=sum(each.action.due_on < today for each in actions),
    )


# Reads of movement of many accounts: their steps in some days, and how they stand since their last review.

FEW = 5
"""Accounts up to which everything about them is read, also what does not decide how they moved. Ours."""


def steps(session: Session, among: Among, *, span: DateSpan, ways: Collection[Moving] = ()) -> list[FoundItem]:
    """Return the steps of accounts in these days, newest first."""
    entered = entries(session, among, STEP_KINDS, span=span)
    of = {each.account.account_id: each.account for each in entered}
    if not of:
        return []
    recorded = stored.up_to(session, list(of), (*STEP_KINDS, *stored.AMENDING), None)
    by_account: dict[int, list[EventFacts]] = defaultdict(list)
    for event in uncorrected(map(event_facts, recorded)):
        by_account[event.account_id].append(event)
    found = [item for number, account in of.items() for item in _steps(account, by_account[number], span)]
    newest_first = sorted(found, key=lambda pair: (pair[0].event.happened_at, pair[1].id), reverse=True)
    return [item for step, item in newest_first if not ways or step.way in ways]


def _steps(account: OfAccount, history: Sequence[EventFacts], span: DateSpan) -> Iterator[tuple[StageMove, FoundItem]]:
    for step in moves(history):
        if span.has(step.event.happened_at):
            yield step, FoundItem(account, step, step.event.id, step.event)


def since_review(
    session: Session, among: Among, *, ways: Collection[Moving] = (), now: datetime, zone: str
) -> list[FoundItem]:
    """Return the accounts that moved since each one's last held review, in order of need.

    With `ways`, those that moved in one of them; accounts at a claimed stage are in, whenever they were moved there.
    """
    if among.ids is None:
        items = named_by_need(session, among.workspace_id, now=now, zone=zone)
    else:
        items = _items(session, among, now, zone)
    return [_found_item(item) for item in items if (ways_of(item).intersection(ways) if ways else has_moved(item))]


def items_of(session: Session, among: Among, *, now: datetime, zone: str) -> list[FoundItem]:
    return [_found_item(item) for item in _items(session, among, now, zone)]


def _items(session: Session, among: Among, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """The accounts asked for with their places; of a few, everything that an agenda shows is read as well."""
    rows = accounts.get_many(session, among.workspace_id, among.ids or ())
    if len(rows) > FEW:
        facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings_of(session, among.workspace_id))
    else:
        facts = agenda_facts(session, rows, now=now, zone=zone)
    return all_placed(session, among.workspace_id, [facts[row.row_id] for row in rows])


def ways_of(item: AgendaItem) -> set[Moving]:
    """Return the ways in which the account moved since its last held review, and if its stage is only claimed."""
    answer = item.placement.movement
    found: set[Moving] = set()
    if answer.movement is Movement.ADVANCED:
        found.add(Moving.ADVANCED)
    if answer.movement is Movement.REGRESSED:
        found.add(Moving.REGRESSED)
    if answer.movement is Movement.ADVANCED_UNVERIFIED or item.facts.account.claimed_from is not None:
        found.add(Moving.CLAIMED)
    if MovementFlag.EXPANDED in answer.flags:
        found.add(Moving.EXPANDED)
    return found


def _found_item(item: AgendaItem) -> FoundItem:
    account = item.facts.account
    profile = account.profile
    of = OfAccount(
        account.account_id,
        account.name,
        account.tier,
        account.stage,
        account.list_status,
        profile.segment,
        profile.owner,
        profile.marketing_partner,
        profile.our_executive,
    )
    return FoundItem(of, item, account.account_id)


# Reads of reviews of any channel: planned, open and over. Nothing here writes.

MOST_PLANNED = 60
"""Meetings of one cadence that are looked at: more than a year of weekly ones."""


def over(
    session: Session,
    workspace_id: str,
    *,
    account_ids: Collection[int] | None,
    span: DateSpan,
    only_held: bool,
    limit: int,
) -> list[FoundReview]:
    """Return reviews that are over and were planned for days of the span, newest first."""
    rows = past_reviews.over(
        session,
        workspace_id,
        account_ids=account_ids,
        first=span.first,
        last=span.last,
        only_held=only_held,
        limit=limit,
    )
    functions = functions_of(session, workspace_id) if rows else {}
    return [
        FoundReview(row.channel_id, row.planned_at, row.zone, past=past_review(row, functions))
        for row in _visible_reviews(session, workspace_id, rows)
    ]


def _visible_reviews(session: Session, workspace_id: str, rows: Sequence[Review]) -> list[Review]:
    """The reviews without unposted ones of private cadences whose accounts the reader may not see."""
    if all(row.state == ReviewState.CLOSED for row in rows):
        return list(rows)
    hidden = {row.id for row in reviews.cadences(session, workspace_id) if not is_visible(session, row)}
    return [row for row in rows if row.state == ReviewState.CLOSED or row.cadence_id not in hidden]


def running(session: Session, workspace_id: str, account_ids: Collection[int] | None) -> list[FoundReview]:
    """Return the reviews that are open now, those of these accounts if any are given."""
    if account_ids is None:
        found = review_reads.in_workspace(session, workspace_id)
    else:
        by_id = {each.id: each for each in review_reads.of_accounts(session, workspace_id, account_ids).values()}
        found = tuple(by_id.values())
    leads = {row.channel_id: row.facilitator for row in reviews.cadences(session, workspace_id)} if found else {}
    return [
        FoundReview(
            each.channel_id, each.planned_at, each.zone, running=each, facilitator=leads.get(each.channel_id, "")
        )
        for each in found
    ]


def planned(
    session: Session, workspace_id: str, accounts: Sequence[AccountState] | None, *, now: datetime, span: DateSpan
) -> list[FoundReview]:
    """Return the meetings of the cadences in the span, soonest first; without an end only the next one of each.

    With accounts, of the cadences that review one of them. A paused one has no instant.
    """
    found = []
    for row in reviews.cadences(session, workspace_id):
        if not _is_asked(session, row, accounts):
            continue
        if row.is_paused or row.next_at is None:
            found.append(FoundReview(row.channel_id, None, row.zone, facilitator=row.facilitator))
        else:
            instants = _meetings(session, row, now, span) if span.end else [row.next_at]
            found += [FoundReview(row.channel_id, at, row.zone, facilitator=row.facilitator) for at in instants]
    in_span = [each for each in found if each.planned_at is None or span.has(each.planned_at)]
    return sorted(in_span, key=lambda each: (each.planned_at is None, each.planned_at or now))


def _meetings(session: Session, row: Cadence, now: datetime, span: DateSpan) -> list[datetime]:
    changes = change_facts(reviews.changes(session, row.row_id))
    after = max(now, span.begin) if span.begin else now
    return [each.at for each in upcoming(plan_of(session, row), after, changes, MOST_PLANNED)]


def _is_asked(session: Session, row: Cadence, accounts: Sequence[AccountState] | None) -> bool:
    """Return whether the cadence reviews one of these accounts, or without any, whether the reader may see it."""
    if accounts is None:
        return is_visible(session, row)
    return any(is_reviewed(each, row.channel_id, row.scope) for each in accounts)


# Reads of deals, plays, signals and people of many accounts. Nothing here writes.


def deals(
    session: Session, among: Among, *, phases: Collection[Phase], zone: str, words: str = "", span: DateSpan = EVER
) -> list[FoundItem]:
    """Return deals in these phases whose close date is in the span, the first to close first.

    Of those won and lost it is the day on which they closed, and the latest comes first.
    """
    rows = stored.deals(
        session, among_listed(among, left_too=among.ids is not None), phases=[each.value for each in phases]
    )
    if not any(each.is_open for each in phases):
        rows.reverse()
    found = [
        (f"{row.name} {row.stage_name} {row.next_step} deal opportunity", FoundItem(account_of(of), deal, row.row_id))
        for row, of in rows
        for deal in (opportunity_facts(row),)
        if _closes_in(deal, span, zone)
    ]
    return having_words(found, words)


def _closes_in(deal: Opportunity, span: DateSpan, zone: str) -> bool:
    closed_on = local_date(deal.closed_at, zone) if deal.closed_at and not deal.is_open else None
    return span.has_day(closed_on or deal.profile.closes_on)


def plays(
    session: Session,
    among: Among,
    *,
    ends: Collection[PlayEnd | None],
    whose: Collection[str] = (),
    words: str = "",
    span: DateSpan = EVER,
) -> list[FoundItem]:
    """Return plays started in the span, newest first; `ends` are how they ended, None for those that run."""
    rows = stored.plays(session, among_listed(among, left_too=among.ids is not None), starters=whose, days=span)
    found = [
        (f"{run.name} {run.outcome_expected} {run.outcome} play", FoundItem(account_of(of), run, row.row_id))
        for row, of in rows
        for run in (play_facts(row),)
        if run.end in ends
    ]
    return having_words(found, words)


def signals(
    session: Session, among: Among, *, kinds: Collection[SignalKind] = (), words: str = "", span: DateSpan = EVER
) -> list[FoundItem]:
    """Return the signals of the span that count, newest first, each with the person it is about."""
    asked = [each.value for each in kinds]
    rows = stored.signals(session, among_listed(among, left_too=among.ids is not None), kinds=asked, days=span)
    names = account_items.texts(session, {row.contact_id for row, _ in rows if row.contact_id is not None})
    found = []
    for row, columns in rows:
        person = names.get(row.contact_id or 0, "")
        noted = NotedSignal(row.account_id, columns.name, signal_facts(row), person, row.person)
        text = f"{row.text} {row.kind.replace('_', ' ')} {person} {row.person} signal"
        found.append((text, FoundItem(account_of(columns), noted, row.row_id)))
    return having_words(found, words)


def people(
    session: Session, among: Among, *, roles: Collection[BuyingRole] = (), words: str = "", left_too: bool = False
) -> list[FoundItem]:
    """Return people at accounts with one of these roles, confirmed or suggested, those confirmed and there first.

    `left_too`: those who left are among them.
    """
    rows = stored.contacts(session, among_listed(among, left_too=among.ids is not None))
    found = []
    for row, of in rows:
        person = contact_facts(row)
        profile = person.profile
        has = {*profile.roles, *profile.suggested_roles}
        if (not roles or has.intersection(roles)) and (left_too or profile.left_on is None):
            role_names = " ".join(each.value.replace("_", " ") for each in (*profile.roles, *profile.suggested_roles))
            titles = _short_titles(profile.title)
            found.append(
                (f"{profile.name} {profile.title} {titles} {role_names}", FoundItem(account_of(of), person, person.id))
            )
    wanted = having_words(found, words)
    return sorted(wanted, key=lambda each: _rank(each, roles))


def those_who_left(found: Iterable[FoundItem], span: DateSpan) -> list[FoundItem]:
    """Return those of the people who left on days of the span, the latest first."""
    gone = [(day, each) for each in found if (day := _left_on(each)) is not None and span.has_day(day)]
    return [each for _, each in sorted(gone, key=lambda pair: pair[0], reverse=True)]


def _left_on(found: FoundItem) -> date | None:
    return found.thing.profile.left_on if isinstance(found.thing, Contact) else None


def _rank(found: FoundItem, roles: Collection[BuyingRole]) -> int:
    """0 for somebody confirmed in a wanted role, 1 for somebody suggested, 2 for somebody who left."""
    person = found.thing
    if not isinstance(person, Contact) or person.profile.left_on is not None:
        return 2
    return 0 if set(person.profile.roles).intersection(roles or person.profile.roles) else 1


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
"""The first letters of titles."""


def missing_roles(
    session: Session, among: Among, *, roles: Collection[BuyingRole] = (), now: datetime, zone: str
) -> list[FoundItem]:
    """Return the accounts where a role is missing, with those roles: one of these, else those that are required."""
    if among.ids is None:
        rows = accounts.on_list(session, among.workspace_id)
    else:
        rows = accounts.get_many(session, among.workspace_id, among.ids)
    stored = account_items.of_accounts(session, [row.row_id for row in rows], None)
    settings, today = settings_of(session, among.workspace_id), local_date(now, zone)
    found = []
    for row in rows:
        state = account_state(row, stored.get(row.row_id, account_items.NO_ITEMS))
        if roles:
            missing = tuple(each for each in BuyingRole if each in roles and not holders(state, each))
        else:
            group = buying_group(state, settings, today=today)
            lacking = {line.role for line in (*group.of(RoleState.MISSING), *group.of(RoleState.LEFT))}
            missing = tuple(each for each in BuyingRole if each in lacking)
        if missing:
            found.append(FoundItem(account_of(row), MissingRoles(missing), row.row_id))
    return found


def is_pushed(found: FoundItem) -> bool:
    return isinstance(found.thing, Opportunity) and found.thing.pushes > 0


# Reads of actions, blockers and asks of many accounts. Nothing here writes.


def actions(
    session: Session,
    among: Among,
    *,
    progress: Collection[str] = ("open",),
    owners: Collection[str] = (),
    words: str = "",
    span: DateSpan = EVER,
) -> list[FoundItem]:
    """Return next actions: with open ones the soonest due first, else the latest closed or slipped first.

    `progress` are open, done, dropped or slipped; the span is of the days of that: due, closed or slipped.
    """
    # open work at an account that left the list is not to be done any more
    of, days = among_listed(among, left_too="open" not in progress), span
    found = stored.actions(session, of, progress=progress, owners=owners, days=days)
    if "open" not in progress:
        found.sort(key=lambda each: each[0].closed_at or each[0].slipped_at or each[0].added_at, reverse=True)
    return _actions(found, words)


def overdue_actions(
    session: Session, among: Among, *, today: date, owners: Collection[str] = (), words: str = "", span: DateSpan = EVER
) -> list[FoundItem]:
    """Return open next actions whose day has passed, the longest overdue first."""
    of, days = among_listed(among), span
    return _actions(stored.overdue_actions(session, of, owners=owners, today=today, days=days), words)


def _actions(rows: Sequence[tuple[ActionRow, AccountColumns]], words: str) -> list[FoundItem]:
    found = ((f"{row.text} action", FoundItem(account_of(of), action_facts(row), row.row_id)) for row, of in rows)
    return having_words(found, words)


def blockers(
    session: Session,
    among: Among,
    *,
    is_resolved: bool = False,
    needs: Collection[str] = (),
    whose: Collection[str] = (),
    words: str = "",
    span: DateSpan = EVER,
) -> list[FoundItem]:
    """Return blockers, oldest first: open ones opened in the span, or those resolved in it.

    `whose` are their owners, and the people who are asked where a function's help is needed.
    """
    of, days = among_listed(among, left_too=is_resolved), span
    rows = stored.blockers(session, of, is_resolved=is_resolved, needs=needs, days=days)
    leads = needed_by(session, among.workspace_id, (row.needs for row, _ in rows))
    found = []
    for row, columns in rows:
        account = account_of(columns)
        asked = lead_asked(row.needs, account, leads)
        if not whose or row.owner in whose or asked_of(row.needs, account, leads) in whose:
            text = f"{row.text} {row.resolution} {(row.needs or '').replace('_', ' ')} blocker"
            found.append((text, FoundItem(account, blocker_facts(row), row.row_id, asked=asked)))
    return having_words(found, words)


def open_asks(session: Session, among: Among, *, whose: Collection[str] = (), words: str = "") -> list[FoundItem]:
    """Return the open asks of interventions, soonest due first, those without a day last."""
    if among.ids is None:
        rows = stored_people.accounts_that_may_have_asks(session, among.workspace_id)
    else:
        rows = accounts.get_many(session, among.workspace_id, among.ids)
    found = [
        (ask.text, FoundItem(account_of(row), ask, ask.event_id))
        for row in rows
        if (row.asks or row.decision) and row.list_status in ON_VIEW
        for ask in account_state(row).open_asks
        if not whose or ask.ask_of in whose
    ]
    return sorted(having_words(found, words), key=lambda each: (due_day(each) or date.max, each.id))


def answered_asks(
    session: Session, among: Among, *, whose: Collection[str] = (), words: str = "", span: DateSpan = EVER
) -> list[FoundItem]:
    """Return the asks that were answered in the span, newest decision first; `thing.done_at` is when."""
    candidates = entries(session, among, ("decided", "ask_answered"))
    still = {each.id for each in open_asks(session, among)}
    given: dict[int, tuple[datetime, str]] = {}
    for each in candidates:
        if isinstance(each.thing, EventFacts) and isinstance(each.thing.change, AskAnswered):
            given[each.thing.change.decision_id] = each.thing.happened_at, each.thing.change.answer
    done: dict[int, list[NextAction]] = defaultdict(list)
    for each in actions(session, among, progress=("done",)):
        if isinstance(each.thing, NextAction):
            done[each.account.account_id].append(each.thing)
    found = []
    for each in candidates:
        event = each.thing
        if not isinstance(event, EventFacts) or not isinstance(event.change, Decided) or event.id in still:
            continue
        change = event.change
        if change.decision is not DecisionKind.INTERVENE or (whose and change.ask_of not in whose):
            continue
        decision = decision_of(change, event)
        action = action_of(decision, done[each.account.account_id])
        at, answer = given.get(event.id) or ((action.closed_at, action.outcome) if action else (None, ""))
        if span.has(at or event.happened_at):
            item = FoundItem(each.account, replace(decision, done_at=at), event.id, answer=answer)
            found.append((f"{decision.text} {answer}", item))
    return having_words(found, words)


def due_day(found: FoundItem) -> date | None:
    return found.thing.due_on if isinstance(found.thing, Decision | NextAction) else None
