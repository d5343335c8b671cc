"""Accounts among some that have a next action, an owner, an update since some day, and so on."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from agendas.facts.account import AccountState, ListStatus, Movement
from agendas.facts.deals import Phase
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.product import ProductField
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.group.coverage import buying_group, holders
from agendas.rules.list.fit_proposals import pending
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.account_list import place_rows
from agendas.verbs.reads.news import has_moved
from assistant.context import QuestionContext
from assistant.look_ups import happened
from assistant.look_ups.dated import DAYS
from assistant.look_ups.days import EVER, Days
from assistant.query import Having, Progress
from storage import account_items, deals, signals
from storage.account_items import AccountItems
from storage.past_reviews import held_reviews
from storage.tables import Account, ContactRow, OpportunityRow


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions beside the thing itself: on which days, in which roles, how far it has come."""

    context: QuestionContext
    days: Days
    roles: tuple[BuyingRole, ...] = ()
    progress: tuple[Progress, ...] = ()

    @property
    def is_ever(self) -> bool:
        """True where no day is asked for."""
        return self.days.period == EVER


Rows = Sequence[Account]
Finder = Callable[[Asked, Rows], Collection[int]]


def who_has(thing: Having, asked: Asked, rows: Rows) -> Collection[int]:
    """Return the ids of those of these accounts that have the thing, on the days asked for."""
    if not rows:
        return ()
    if thing in DAYS and not asked.is_ever:
        return {row.row_id for row in rows if asked.days.has(DAYS[thing](account_state(row)))}
    told = COLUMNS.get(thing)
    return {row.row_id for row in rows if told(row)} if told else FINDERS[thing](asked, rows)


def is_dated(thing: Having) -> bool:
    """Return true for a thing of which it is known on which day an account had it, or since when."""
    return thing in DAYS or (thing in FINDERS and thing not in (Having.CONTACT, Having.PROPOSAL))


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


def _next_action(asked: Asked, rows: Rows) -> Collection[int]:
    found = account_items.actions(asked.context.session, _ids(rows))
    return {each.account_id for each in found if asked.is_ever or asked.days.has(each.due_on)}


def _overdue_action(asked: Asked, rows: Rows) -> Collection[int]:
    found = account_items.actions(asked.context.session, _ids(rows))
    late = (each for each in found if each.due_on < asked.context.today)
    return {each.account_id for each in late if asked.is_ever or asked.days.has(each.due_on)}


def _blocker(asked: Asked, rows: Rows) -> Collection[int]:
    found = account_items.blockers(asked.context.session, _ids(rows))
    return {each.account_id for each in found if asked.days.has(each.opened_at)}


def _ask(asked: Asked, rows: Rows) -> Collection[int]:
    found = ((row.row_id, ask) for row in rows if row.asks or row.decision for ask in account_state(row).open_asks)
    return {number for number, ask in found if asked.is_ever or asked.days.has(ask.due_on)}


def _update(asked: Asked, rows: Rows) -> Collection[int]:
    if asked.days.reaches(asked.context.today):
        return {row.row_id for row in rows if asked.days.has(row.last_update_at)}
    return happened.updated(asked.context, asked.days)


def _touch(asked: Asked, rows: Rows) -> Collection[int]:
    """Accounts whose buyer did something: as evidence shows, or by the days of somebody who is known there."""
    people = account_items.contacts(asked.context.session, _ids(rows))
    days = ((each.account_id, on) for each in people for on in (each.touched_on, each.signalled_on, each.heard_on))
    return {*_evidence(asked, rows), *(number for number, on in days if asked.days.has(on))}


def _evidence(asked: Asked, rows: Rows) -> Collection[int]:
    if asked.days.reaches(asked.context.today):
        return {row.row_id for row in rows if asked.days.has(row.last_buyer_touch_at)}
    return happened.heard(asked.context, asked.days) | _won(asked, rows)


def _won(asked: Asked, rows: Rows) -> set[int]:
    """The accounts that won a deal in the period, which is an act of the buyer too."""
    found = deals.of_accounts(asked.context.session, _ids(rows))
    return {each.account_id for each in found if each.phase == Phase.WON and asked.days.has(each.closed_at)}


def _movement(asked: Asked, rows: Rows) -> Collection[int]:
    """Without a period: since each account's last held review."""
    if asked.is_ever:
        return {item.facts.account.account_id for item in _placed(asked, rows) if _moved_since_review(item)}
    if asked.days.reaches(asked.context.today):
        return {row.row_id for row in rows if asked.days.has(row.last_movement_at)}
    return happened.moved(asked.context, asked.days)


def _moved_since_review(item: AgendaItem) -> bool:
    """True for a step, a claim or an expansion; of an account that was in no held review for any that it had."""
    is_new = item.placement.movement.movement is Movement.NEW
    return has_moved(item) and (not is_new or item.facts.account.last_movement_at is not None)


def _decision(asked: Asked, rows: Rows) -> Collection[int]:
    if asked.is_ever:
        return {row.row_id for row in rows if row.decision is not None}
    return happened.decided(asked.context, asked.days)


def _signal(asked: Asked, rows: Rows) -> Collection[int]:
    return signals.accounts_with(asked.context.session, _ids(rows), asked.days.begin, asked.days.end)


def _contact(asked: Asked, rows: Rows) -> Collection[int]:
    found = account_items.contacts(asked.context.session, _ids(rows))
    return {each.account_id for each in found if each.left_on is None}


def _role(asked: Asked, rows: Rows) -> Collection[int]:
    """Accounts with somebody confirmed in one of the roles asked for; without any, in every role that is required."""
    states = _with_people(asked, rows)
    if Progress.LOST in asked.progress:
        return {each.account_id for each in states if any(_has_lost(asked, person) for person in each.contacts)}
    if asked.roles:
        return {each.account_id for each in states if any(holders(each, role) for role in asked.roles)}
    settings = settings_of(asked.context.session, asked.context.workspace_id)
    groups = ((each.account_id, buying_group(each, settings, today=asked.context.today)) for each in states)
    return {number for number, group in groups if group.identified == group.required}


def _has_lost(asked: Asked, person: Contact) -> bool:
    """Return true for somebody who left in the period, confirmed in one of the roles asked for, or in any."""
    on, roles = person.profile.left_on, person.profile.roles
    has_role = not set(roles).isdisjoint(asked.roles) if asked.roles else bool(roles)
    return has_role and on is not None and (asked.is_ever or asked.days.has(on))


def _deal(asked: Asked, rows: Rows) -> Collection[int]:
    """Accounts with an open deal that closes in the period, or with one that was won or lost in it where asked so."""
    closed = {Progress.WON: Phase.WON, Progress.LOST: Phase.LOST}
    wanted = {closed[each] for each in asked.progress if each in closed}
    found = deals.of_accounts(asked.context.session, _ids(rows))
    if wanted:
        ended = (each for each in found if each.phase in wanted)
        return {each.account_id for each in ended if asked.is_ever or asked.days.has(each.closed_at)}
    is_open = (each for each in found if Phase(each.phase).is_open)
    return {each.account_id for each in is_open if asked.is_ever or asked.days.has(each.closes_on)}


def _play(asked: Asked, rows: Rows) -> Collection[int]:
    found = account_items.plays(asked.context.session, _ids(rows))
    return {each.account_id for each in found if each.end is None and asked.days.has(each.started_at)}


def _proposal(asked: Asked, rows: Rows) -> Collection[int]:
    """Accounts for which the fit proposes something, or a deal of the CRM another stage."""
    open_ones = [row for row in rows if not ListStatus(row.list_status).is_closed]
    facts = (item.facts for item in _placed(asked, open_ones))
    return {each.account.account_id for each in facts if pending(each) or proposed_stage(each.account)}


def _review(asked: Asked, rows: Rows) -> Collection[int]:
    """Accounts that were in a held review whose planned day is in the period."""
    if asked.is_ever:
        return {row.row_id for row in rows if row.held_item_id is not None}
    return held_reviews.accounts_reviewed(
        asked.context.session, asked.context.workspace_id, asked.days.begin, asked.days.end
    )


FINDERS: Mapping[Having, Finder] = {
    Having.NEXT_ACTION: _next_action,
    Having.OVERDUE_ACTION: _overdue_action,
    Having.BLOCKER: _blocker,
    Having.ASK: _ask,
    Having.DECISION: _decision,
    Having.UPDATE: _update,
    Having.MOVEMENT: _movement,
    Having.EVIDENCE: _evidence,
    Having.TOUCH: _touch,
    Having.SIGNAL: _signal,
    Having.CONTACT: _contact,
    Having.ROLE: _role,
    Having.DEAL: _deal,
    Having.PLAY: _play,
    Having.PROPOSAL: _proposal,
    Having.REVIEW: _review,
}


def _ids(rows: Iterable[Account]) -> list[int]:
    return [row.row_id for row in rows]


def _placed(asked: Asked, rows: Rows) -> tuple[AgendaItem, ...]:
    settings = settings_of(asked.context.session, asked.context.workspace_id)
    return place_rows(asked.context.session, rows, settings=settings, now=asked.context.now, zone=asked.context.zone)


def _with_people(asked: Asked, rows: Rows) -> list[AccountState]:
    """The accounts with their people and deals, of which roles are asked."""
    people: dict[int, list[ContactRow]] = {}
    for person in account_items.contacts(asked.context.session, _ids(rows)):
        people.setdefault(person.account_id, []).append(person)
    sold: dict[int, list[OpportunityRow]] = {}
    for deal in deals.of_accounts(asked.context.session, _ids(rows)):
        sold.setdefault(deal.account_id, []).append(deal)
    return [
        account_state(row, AccountItems(contacts=people.get(row.row_id, ()), opportunities=sold.get(row.row_id, ())))
        for row in rows
    ]
