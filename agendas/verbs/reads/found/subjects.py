"""Reads of deals, plays, signals and people of many accounts. Nothing here writes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session

from agendas.facts.deals import Opportunity, Phase
from agendas.facts.found.items import EVER, Among, FoundItem, MissingRoles, OfAccount, Span
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.plays import PlayEnd
from agendas.facts.signals import NotedSignal, SignalKind
from agendas.rules.group.coverage import RoleLine, RoleState, buying_group, holders
from agendas.rules.group.titles import TITLE_WORDS
from agendas.text.days import local_date
from agendas.text.spelling import plain
from agendas.verbs.loading.item_rows import contact_facts, opportunity_facts, play_facts, signal_facts
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.found import loading
from storage import account_items, accounts
from storage.found import items
from storage.tables import Account


def deals(
    session: Session, among: Among, *, phases: Collection[Phase], zone: str, words: str = "", span: Span = EVER
) -> list[FoundItem]:
    """Return deals in these phases whose close date is in the span, the first to close first.

    Of those won and lost it is the day on which they closed, and the latest comes first.
    """
    rows = items.deals(
        session, loading.of_rows(among, left_too=among.ids is not None), phases=[each.value for each in phases]
    )
    if not any(each.is_open for each in phases):
        rows.reverse()
    found = [
        (
            f"{row.name} {row.stage_name} {row.next_step} deal opportunity",
            FoundItem(loading.account_of(of), deal, row.row_id),
        )
        for row, of in rows
        for deal in (opportunity_facts(row),)
        if _closes_in(deal, span, zone)
    ]
    return loading.about(found, words)


def _closes_in(deal: Opportunity, span: Span, zone: str) -> bool:
    closed_on = local_date(deal.closed_at, zone) if deal.closed_at and not deal.is_open else None
    return span.has_day(closed_on or deal.profile.closes_on)


def plays(
    session: Session,
    among: Among,
    *,
    ends: Collection[PlayEnd | None],
    whose: Collection[str] = (),
    words: str = "",
    span: Span = EVER,
) -> list[FoundItem]:
    """Return plays started in the span, newest first; `ends` are how they ended, None for those that run."""
    rows = items.plays(
        session, loading.of_rows(among, left_too=among.ids is not None), starters=whose, days=loading.days_of(span)
    )
    found = [
        (f"{run.name} {run.outcome_expected} {run.outcome} play", FoundItem(loading.account_of(of), run, row.row_id))
        for row, of in rows
        for run in (play_facts(row),)
        if run.end in ends
    ]
    return loading.about(found, words)


def signals(
    session: Session,
    among: Among,
    *,
    kinds: Collection[SignalKind] = (),
    words: str = "",
    span: Span = EVER,
) -> list[FoundItem]:
    """Return the signals of the span that count, newest first, each with the person it is about."""
    asked = [each.value for each in kinds]
    rows = items.signals(
        session, loading.of_rows(among, left_too=among.ids is not None), kinds=asked, days=loading.days_of(span)
    )
    names = account_items.texts(session, {row.contact_id for row, _ in rows if row.contact_id is not None})
    found = []
    for row, columns in rows:
        person = names.get(row.contact_id or 0, "")
        noted = NotedSignal(row.account_id, columns.name, signal_facts(row), person, row.person)
        text = f"{row.text} {row.kind.replace('_', ' ')} {person} {row.person} signal"
        found.append((text, FoundItem(loading.account_of(columns), noted, row.row_id)))
    return loading.about(found, words)


def people(
    session: Session,
    among: Among,
    *,
    roles: Collection[BuyingRole] = (),
    words: str = "",
    left_too: bool = False,
) -> list[FoundItem]:
    """Return people at accounts with one of these roles, confirmed or suggested, those confirmed and there first.

    `left_too`: those who left are among them.
    """
    rows = items.contacts(session, loading.of_rows(among, left_too=among.ids is not None))
    found = []
    for row, of in rows:
        person = contact_facts(row)
        profile = person.profile
        has = {*profile.roles, *profile.suggested_roles}
        if (not roles or has.intersection(roles)) and (left_too or profile.left_on is None):
            said = " ".join(each.value.replace("_", " ") for each in (*profile.roles, *profile.suggested_roles))
            titles = _short_titles(profile.title)
            found.append((f"{profile.name} {profile.title} {titles} {said}", _person(loading.account_of(of), person)))
    wanted = loading.about(found, words)
    return sorted(wanted, key=lambda each: _rank(each, roles))


def those_who_left(found: Iterable[FoundItem], span: Span) -> list[FoundItem]:
    """Return those of the people who left on days of the span, the latest first."""
    gone = [each for each in found if _left_on(each) is not None and span.has_day(_left_on(each))]
    return sorted(gone, key=lambda each: _left_on(each) or date.min, reverse=True)


def _left_on(found: FoundItem) -> date | None:
    return found.thing.profile.left_on if isinstance(found.thing, Contact) else None


def _person(account: OfAccount, person: Contact) -> FoundItem:
    return FoundItem(account, person, person.id)


def _rank(found: FoundItem, roles: Collection[BuyingRole]) -> int:
    """0 for somebody confirmed in a wanted role, 1 for somebody suggested, 2 for somebody who left."""
    person = found.thing
    if not isinstance(person, Contact) or person.profile.left_on is not None:
        return 2
    return 0 if set(person.profile.roles).intersection(roles or person.profile.roles) else 1


def _short_titles(title: str) -> str:
    """The short forms of a title that is written out, so that both are found: `cfo` for a chief financial officer."""
    said = f" {plain(title)} "
    return " ".join(short for long, short in SHORT_TITLES.items() if f" {long} " in said)


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
    rows = _rows(session, among)
    stored = account_items.of_accounts(session, [row.row_id for row in rows], None)
    settings, today = settings_of(session, among.workspace_id), local_date(now, zone)
    found = []
    for row in rows:
        state = account_state(row, stored.get(row.row_id, account_items.NO_ITEMS))
        if roles:
            missing = tuple(each for each in BuyingRole if each in roles and not holders(state, each))
        else:
            group = buying_group(state, settings, today=today)
            missing = _roles(group.of(RoleState.MISSING), group.of(RoleState.LEFT))
        if missing:
            found.append(FoundItem(loading.account_of(row), MissingRoles(missing), row.row_id))
    return found


def _roles(*lines: Iterable[RoleLine]) -> tuple[BuyingRole, ...]:
    missing = {line.role for some in lines for line in some}
    return tuple(role for role in BuyingRole if role in missing)


def _rows(session: Session, among: Among) -> Sequence[Account]:
    """The accounts by tier and name; without any asked for, those named."""
    if among.ids is None:
        return accounts.on_list(session, among.workspace_id)
    return accounts.get_many(session, among.workspace_id, among.ids)


def is_pushed(found: FoundItem) -> bool:
    """Return true for a deal whose close date was pushed."""
    return isinstance(found.thing, Opportunity) and found.thing.pushes > 0
