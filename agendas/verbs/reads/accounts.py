"""Reads of accounts: which one is meant, its card, a person's accounts, the list. Nothing here writes."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.errors import NotUnderstood, Outdated, UnknownAccount
from agendas.facts.account import ListStatus
from agendas.facts.review import AgendaItem
from agendas.rules.reviews.placement import order, place
from agendas.text import account_names
from agendas.text.account_names import AccountKey, first_word, match_account
from agendas.verbs.loading.load_facts import agenda_facts
from storage import accounts
from storage.tables import Account

THIS = "this"
"""The word for the account whose own channel it is typed in."""

SHORTEST_NAME_LETTERS = 3
"""Within a sentence a shorter word is not taken for an account."""

BESIDE = re.compile(r"(?:&amp;|&|(?:and|or|vs\.?|versus|with|to)\b)\s*", re.IGNORECASE)
"""What stands between two accounts that are both meant."""

OPTIONS = 50
MOST_ALIKE = 3
FEW = 5
"""With fewer beginnings than this the nearest names are offered too."""

GONE = "That account does not exist any more. See the list with /abm list."
NO_CHANNEL_OF_ITS_OWN = "This channel is not an account's own, so write the account's name instead of this."


def find_account(session: Session, workspace_id: str, typed: str, *, channel_id: str = "") -> int:
    """The id of the account called `typed`; `this` is the account whose own channel `channel_id` is.

    Raises UnknownAccount with the nearest names, NotUnderstood for `this` elsewhere.
    """
    if typed.strip().casefold() == THIS:
        return _own_account(session, workspace_id, channel_id)
    likely = _keys(session, workspace_id, first_word(typed))
    if _is_named(typed, likely):
        return match_account(typed, likely)
    return match_account(typed, _keys(session, workspace_id))


def split_account(session: Session, workspace_id: str, text: str, *, channel_id: str = "") -> tuple[int, str]:
    """The id of the account that `text` begins with, and the rest of the text as typed.

    Raises UnknownAccount with the nearest names, NotUnderstood for `this` in a channel that is no account's own.
    """
    word, _, rest = text.strip().partition(" ")
    if word.casefold() == THIS:
        return _own_account(session, workspace_id, channel_id), rest.strip()
    likely = _keys(session, workspace_id, first_word(text))
    return account_names.split_account(text, likely or _keys(session, workspace_id))


def find_exact(session: Session, workspace_id: str, typed: str) -> int | None:
    """The id of the one account whose name, alias or domain is exactly `typed`, None when none or several have it."""
    key = account_names.normal_key(typed)
    found = {account_id for account_id, _kind in accounts.by_key(session, workspace_id, key)} if key else set()
    return found.pop() if len(found) == 1 else None


def longer_names(session: Session, workspace_id: str, account_id: int, name: str) -> tuple[str, ...]:
    """The names of at most three other accounts that begin with this account's name and go on."""
    key = account_names.normal_key(name)
    found = accounts.keys(session, workspace_id, beginning=f"{key} ") if key else []
    return tuple(dict.fromkeys(each for other, each, _, _ in found if other != account_id))[:MOST_ALIKE]


def find_in_text(session: Session, workspace_id: str, text: str) -> int | None:
    """The id of the account that a text names somewhere by its whole name or its whole first word, None without one.

    Raises UnknownAccount with both where another one is named beside it: `acme and globex`.
    """
    words = text.split()
    for number, word in enumerate(words):
        first = first_word(word)
        likely = _keys(session, workspace_id, first) if len(first) >= SHORTEST_NAME_LETTERS else []
        whole = [each for each in likely if each.key == first or each.key.startswith(f"{first} ")]
        if whole:
            found, rest = account_names.split_account(" ".join(words[number:]), whole)
            beside = BESIDE.match(rest)
            other = find_in_text(session, workspace_id, rest[beside.end() :]) if beside else None
            if other in (None, found):
                return found
            named = accounts.get_many(session, workspace_id, (found, other))
            raise UnknownAccount(text, tuple((each.row_id, each.name) for each in named), ambiguous=True)
    return None


def suggest_names(session: Session, workspace_id: str, typed: str) -> tuple[tuple[str, str], ...]:
    """(name, account id) of accounts to offer for the letters typed: beginnings first, then the nearest."""
    key = account_names.normal_key(typed)
    found = {each.account_id: each.name for each in _keys(session, workspace_id, key)}
    for account_id, name in (
        account_names.nearest_accounts(key, _keys(session, workspace_id)) if len(found) < FEW else ()
    ):
        found.setdefault(account_id, name)
    return tuple((name, str(account_id)) for account_id, name in list(found.items())[:OPTIONS])


def get_account(session: Session, workspace_id: str, account_id: int) -> Account:
    """The stored account. Raises Outdated when it does not exist."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise Outdated(GONE)
    return row


def account_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AgendaItem:
    """The account as it stands now against its last held review. Raises Outdated when it does not exist."""
    return _items(session, [get_account(session, workspace_id, account_id)], now=now, zone=zone)[0]


def cards_of(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """The accounts the person owns or partners: named ones in order of need, then paused ones and candidates."""
    items = _items(session, accounts.of_owner(session, workspace_id, user_id), now=now, zone=zone)
    named = [item for item in items if item.facts.account.list_status is ListStatus.NAMED]
    return (*order(named), *(item for item in items if item not in named))


def named_by_need(session: Session, workspace_id: str, *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """Every named account in order of need."""
    return order(_items(session, accounts.on_list(session, workspace_id), now=now, zone=zone))


def _items(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    facts = agenda_facts(session, rows, now=now, zone=zone)
    each = (facts[row.row_id] for row in rows)
    return tuple(AgendaItem(position=0, facts=one, placement=place(one)) for one in each)


def _is_named(typed: str, likely: Sequence[AccountKey]) -> bool:
    """Return true if one of the candidate keys begins with the typed name."""
    key = account_names.normal_key(typed)
    return bool(key) and any(each.key.startswith(key) for each in likely)


def _own_account(session: Session, workspace_id: str, channel_id: str) -> int:
    row = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
    if row is None:
        raise NotUnderstood(NO_CHANNEL_OF_ITS_OWN)
    return row.row_id


def _keys(session: Session, workspace_id: str, beginning: str = "") -> list[AccountKey]:
    found = accounts.keys(session, workspace_id, beginning=beginning)
    return [AccountKey(account_id, name, key) for account_id, name, key, _kind in found]
