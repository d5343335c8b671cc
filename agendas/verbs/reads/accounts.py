"""Reads of accounts: find one by name, its card, a person's accounts, the list. Nothing here writes."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.errors import NoAccount, NotUnderstood, Outdated, UnknownAccount
from agendas.facts.account import ListStatus
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.reviews.placement import order, place
from agendas.text import account_names
from agendas.text.account_names import AccountKey, Leading, first_word
from agendas.verbs.loading.load_facts import agenda_facts, settings_of
from agendas.verbs.loading.load_facts_to_place import facts_to_place
from agendas.verbs.loading.standing_in import accounts_of, theirs_too
from agendas.verbs.reads.reviews import open_reviews
from storage import accounts, reviews
from storage.tables import Account

THIS = "this"
"""The word that stands for the account of the channel it is typed in."""

POSSESSIVE = re.compile(r"(?<=\w)['\u2019\u02bc\u00b4`]s(?!\w)", re.IGNORECASE)

SHORTEST_NAME_LETTERS = 3
"""Shorter words within a sentence are not taken for account names."""

CONJUNCTION = re.compile(r"(?:&amp;|&|(?:and|or|vs\.?|versus|with|to)\b)\s*", re.IGNORECASE)
"""Words between the names of two accounts."""

AND = re.compile(r"(?:&amp;|&|and\b)\s*", re.IGNORECASE)

MAX_OPTIONS = 50
MAX_LONGER_NAMES = 3
FEW_OPTIONS = 5
"""With fewer names that begin like the typed text, the nearest names are offered too."""

NO_REVIEW = "That review does not exist any more. See this channel's reviews with /review history."
NO_CHANNEL_OF_ITS_OWN = "This channel is not an account's own, so write the account's name instead of this."


def leading_account(session: Session, workspace_id: str, text: str, *, channel_id: str = "") -> Leading:
    """Return the account that `text` begins with, and the rest of the text as typed.

    Raises UnknownAccount with the nearest names, NotUnderstood for `this` in a channel of no account.
    """
    word, _, rest = text.strip().partition(" ")
    if word.casefold() == THIS:
        return Leading(_own_account(session, workspace_id, channel_id), rest.strip(), is_whole=True)
    candidates = _keys(session, workspace_id, first_word(text))
    return account_names.leading_account(text, candidates or _keys(session, workspace_id))


def leading_if_known(session: Session, workspace_id: str, text: str) -> Leading | None:
    """Return the account that `text` begins with, None where it is none's or several could be meant."""
    candidates = _keys(session, workspace_id, first_word(text))
    try:
        return account_names.leading_account(text, candidates) if candidates else None
    except UnknownAccount:
        return None


def split_account(session: Session, workspace_id: str, text: str, *, channel_id: str = "") -> tuple[int, str]:
    """Return the id of the account that `text` begins with, and the rest, as `leading_account` finds them."""
    found = leading_account(session, workspace_id, text, channel_id=channel_id)
    return found.account_id, found.rest


def named_beside(session: Session, workspace_id: str, text: str, account_id: int, rest: str) -> tuple[str, str, str]:
    """Return the names of the account that `text` begins with and of another one joined to it, and the rest after both.

    They are joined by a comma or "and"; all are empty where no other one follows.
    """
    joined = AND.match(rest)
    if joined is None and not text.strip().removesuffix(rest).rstrip().endswith(","):
        return "", "", ""
    other = _named_first(session, workspace_id, rest[joined.end() :] if joined else rest)
    if other is None or other.account_id == account_id:
        return "", "", ""
    named = {
        each.row_id: each.name for each in accounts.get_many(session, workspace_id, (account_id, other.account_id))
    }
    return named[account_id], named[other.account_id], other.rest


def find_exact(session: Session, workspace_id: str, typed: str) -> int | None:
    """Return the id of the only account whose name, alias or domain is exactly `typed`, None for none or several."""
    key = account_names.normal_key(typed)
    found = {account_id for account_id, _kind in accounts.by_key(session, workspace_id, key)} if key else set()
    return found.pop() if len(found) == 1 else None


def longer_names(session: Session, workspace_id: str, account_id: int, name: str) -> tuple[str, ...]:
    """Return the names of up to three other accounts that begin with this account's name."""
    key = account_names.normal_key(name)
    found = accounts.keys(session, workspace_id, beginning=f"{key} ") if key else []
    return tuple(dict.fromkeys(each for other, each, _, _ in found if other != account_id))[:MAX_LONGER_NAMES]


def find_in_text(session: Session, workspace_id: str, text: str) -> int | None:
    """Return the id of the account named in a text by its whole name or its whole first word, None without one.

    A name in the possessive (`Acme's lawyer`) is one too, unless the account is called so itself (`Macy's`). Raises
    UnknownAccount with both if another account is named beside it: `acme and globex`.
    """
    words = text.split()
    for number in range(len(words)):
        leading = _named_first(session, workspace_id, " ".join(words[number:]))
        if leading is not None:
            found, joined = leading.account_id, CONJUNCTION.match(leading.rest)
            other = find_in_text(session, workspace_id, leading.rest[joined.end() :]) if joined else None
            if other in (None, found):
                return found
            named = accounts.get_many(session, workspace_id, (found, other))
            raise UnknownAccount(text, tuple((each.row_id, each.name) for each in named), ambiguous=True)
    return None


def _named_first(session: Session, workspace_id: str, text: str) -> Leading | None:
    """Return the account that the text begins with, as typed or in the possessive, the whole name before a part.

    Raises UnknownAccount where it could be several.
    """
    found, several = list[Leading](), list[UnknownAccount]()
    for said in dict.fromkeys((text, POSSESSIVE.sub("", text))):
        first = first_word(said.partition(" ")[0])
        candidates = _keys(session, workspace_id, first) if len(first) >= SHORTEST_NAME_LETTERS else []
        matching = [each for each in candidates if each.key == first or each.key.startswith(f"{first} ")]
        try:
            found += [account_names.leading_account(said, matching)] if matching else []
        except UnknownAccount as error:
            several.append(error)
    if not found and several:
        raise several[0]
    return max(found, key=lambda each: each.is_whole, default=None)


def suggest_names(session: Session, workspace_id: str, typed: str, *, user_id: str = "") -> tuple[tuple[str, str], ...]:
    """Return (name, account id) of the accounts to offer for the letters typed, without those that left the list.

    The person's own come first, then by name: those that begin with the letters, then the nearest.
    """
    key = account_names.normal_key(typed)
    own = {row.row_id for row in accounts.of_owner(session, workspace_id, user_id)} if user_id else set()
    beginning = {each.account_id: each.name for each in _keys(session, workspace_id, key)}
    offered = sorted(beginning.items(), key=lambda pair: (pair[0] not in own, pair[1].casefold(), pair[0]))
    if key and len(offered) < FEW_OPTIONS:
        nearest = account_names.nearest_accounts(key, _keys(session, workspace_id))
        offered += [pair for pair in nearest if pair[0] not in beginning]
    listed = accounts.listed(session, workspace_id)
    pairs = [(name, str(number)) for number, name in offered if number in listed]
    return tuple(pairs[:MAX_OPTIONS])


def get_account(session: Session, workspace_id: str, account_id: int) -> Account:
    """Return the stored account. Raises Outdated when it does not exist."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise NoAccount
    return row


def account_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AgendaItem:
    """Return the account compared with its last held review. Raises Outdated when it does not exist."""
    return _items(session, [get_account(session, workspace_id, account_id)], now=now, zone=zone)[0]


def cards_of(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """Return the accounts a person owns or partners: named ones in order of need, then paused ones and candidates.

    Those of people whom they stand in for now are theirs too.
    """
    whose = theirs_too(session, workspace_id, user_id, now=now, zone=zone)
    items = _items(session, accounts_of(session, workspace_id, whose), now=now, zone=zone)
    named = [item for item in items if item.facts.account.list_status is ListStatus.NAMED]
    return (*order(named), *(item for item in items if item not in named))


def own_by_need(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str, review_id: int = 0
) -> tuple[int, ...]:
    """Return the ids of the named accounts a person owns or partners in order of need, or those of them in a review.

    Those of people whom they stand in for now are theirs too. Raises Outdated when there is no such review.
    """
    whose = theirs_too(session, workspace_id, user_id, now=now, zone=zone)
    rows = [row for row in accounts_of(session, workspace_id, whose) if row.list_status == ListStatus.NAMED]
    if review_id:
        if reviews.get(session, workspace_id, review_id) is None:
            raise Outdated(NO_REVIEW)
        discussed = set(reviews.account_ids(session, review_id))
        rows = [row for row in rows if row.row_id in discussed]
    return tuple(item.facts.account.account_id for item in _by_need(session, workspace_id, rows, now=now, zone=zone))


def named_by_need(session: Session, workspace_id: str, *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """Return every named account in order of need."""
    return _by_need(session, workspace_id, accounts.on_list(session, workspace_id), now=now, zone=zone)


def placed(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AgendaItem:
    """Return the account with its place as it stands now. Raises Outdated when it does not exist."""
    row = get_account(session, workspace_id, account_id)
    return _by_need(session, workspace_id, [row], now=now, zone=zone)[0]


def _by_need(
    session: Session, workspace_id: str, rows: Sequence[Account], *, now: datetime, zone: str
) -> tuple[AgendaItem, ...]:
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings_of(session, workspace_id))
    return order(all_placed(session, workspace_id, list(facts.values())))


def _items(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    facts = agenda_facts(session, rows, now=now, zone=zone)
    return all_placed(session, rows[0].workspace_id, [facts[row.row_id] for row in rows]) if rows else ()


def all_placed(session: Session, workspace_id: str, facts: Sequence[AgendaFacts]) -> tuple[AgendaItem, ...]:
    """Return the accounts with their places, each with the open review that it is in."""
    running = open_reviews.of_accounts(session, workspace_id, [each.account.account_id for each in facts])
    return tuple(
        AgendaItem(position=0, facts=each, placement=place(each), open_review=running.get(each.account.account_id))
        for each in facts
    )


def _own_account(session: Session, workspace_id: str, channel_id: str) -> int:
    row = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
    if row is None:
        raise NotUnderstood(NO_CHANNEL_OF_ITS_OWN)
    return row.row_id


def _keys(session: Session, workspace_id: str, beginning: str = "") -> list[AccountKey]:
    found = accounts.keys(session, workspace_id, beginning=beginning)
    return [AccountKey(account_id, name, key) for account_id, name, key, _kind in found]
