"""Reads of movement of many accounts: their steps in some days, and how they stand since their last review."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, Movement
from agendas.facts.found.items import Among, FoundItem, Moving, OfAccount, Span, StageMove
from agendas.facts.reviews.agenda import MovementFlag
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.history.corrections import standing
from agendas.rules.reviews.steps_by_day import KINDS, moves
from agendas.verbs.loading.load_facts import agenda_facts, settings_of
from agendas.verbs.loading.load_facts_to_place import facts_to_place
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.accounts import all_placed, named_by_need
from agendas.verbs.reads.found.happened import entries
from agendas.verbs.reads.news import has_moved
from storage import accounts
from storage.found import events

FEW = 5
"""Accounts up to which everything about them is read, also what does not decide how they moved. Ours."""


def steps(session: Session, among: Among, *, span: Span, ways: Collection[Moving] = ()) -> list[FoundItem]:
    """Return the steps of accounts in these days, newest first."""
    told = entries(session, among, KINDS, span=span)
    of = {each.account.account_id: each.account for each in told}
    if not of:
        return []
    recorded = events.up_to(session, list(of), (*KINDS, *events.AMENDING), None)
    by_account: dict[int, list[EventFacts]] = defaultdict(list)
    for event in standing(map(event_facts, recorded)):
        by_account[event.account_id].append(event)
    found = [item for number, account in of.items() for item in _steps(account, by_account[number], span)]
    newest_first = sorted(found, key=lambda pair: (pair[0].event.happened_at, pair[1].id), reverse=True)
    return [item for step, item in newest_first if not ways or step.way in ways]


def _steps(account: OfAccount, told: Sequence[EventFacts], span: Span) -> Iterator[tuple[StageMove, FoundItem]]:
    for step in moves(told):
        if span.has(step.event.happened_at):
            yield step, FoundItem(account, step, step.event.id, step.event)


def since_review(
    session: Session, among: Among, *, ways: Collection[Moving] = (), now: datetime, zone: str
) -> list[FoundItem]:
    """Return the accounts that moved since each one's last held review, in order of need.

    With a way, those that moved so; claimed are those whose stage nothing shows, since whenever.
    """
    if among.ids is None:
        items = named_by_need(session, among.workspace_id, now=now, zone=zone)
    else:
        items = _items(session, among, now, zone)
    return [_found(item) for item in items if (ways_of(item).intersection(ways) if ways else has_moved(item))]


def standing_of(session: Session, among: Among, *, now: datetime, zone: str) -> list[FoundItem]:
    """Return these accounts as they stand since each one's last held review."""
    return [_found(item) for item in _items(session, among, now, zone)]


def _items(session: Session, among: Among, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
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


def _found(item: AgendaItem) -> FoundItem:
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
