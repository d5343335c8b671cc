"""Reads of movement of many accounts: their steps in some days, and how they stand since their last review."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, Movement
from agendas.facts.agenda import MovementFlag
from agendas.facts.found_items import Among, FoundItem, Moving, OfAccount, Span, StageMove
from agendas.facts.review import AgendaItem
from agendas.rules.history.corrections import standing
from agendas.rules.history.moves import KINDS, moves
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.accounts import all_placed, named_by_need
from agendas.verbs.reads.found import loading
from agendas.verbs.reads.found.happened import entries
from agendas.verbs.loading.load_facts import agenda_facts
from storage import accounts
from storage.found import events


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
    wanted = [each for each in found if isinstance(each.thing, StageMove) and (not ways or each.thing.way in ways)]
    return sorted(wanted, key=_happened, reverse=True)


def _steps(account: OfAccount, told: Sequence[EventFacts], span: Span) -> Iterator[FoundItem]:
    for step in moves(told):
        if span.has(step.event.happened_at):
            yield FoundItem(account, step, step.event.id, step.event)


def _happened(found: FoundItem) -> tuple[datetime, int]:
    step = found.thing
    return (step.event.happened_at if isinstance(step, StageMove) else datetime.min, found.id)


def since_review(
    session: Session, among: Among, *, ways: Collection[Moving] = (), now: datetime, zone: str
) -> list[FoundItem]:
    """Return the accounts that moved since each one's last held review, in order of need; those claimed still, too.

    Of accounts with these ids each, moved or not, where no way is asked for.
    """
    if among.ids is None:
        items = named_by_need(session, among.workspace_id, now=now, zone=zone)
    else:
        rows = accounts.get_many(session, among.workspace_id, among.ids)
        facts = agenda_facts(session, rows, now=now, zone=zone)
        items = all_placed(session, among.workspace_id, [facts[row.row_id] for row in rows])
    return [_found(item) for item in items if _went(item, ways)]


def _went(item: AgendaItem, ways: Collection[Moving]) -> bool:
    return bool(ways_of(item).intersection(ways or tuple(Moving)))


def ways_of(item: AgendaItem) -> set[Moving | None]:
    """Return the ways in which the account moved since its last held review; none where nothing moved.

    None is among them where it came on the list or left it.
    """
    answer = item.placement.movement
    found: set[Moving | None] = set()
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
