"""Reads what `/account` was asked: which account, and what of it, in either order of words. Nothing here writes."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.errors import Offer, Unclear, UnknownAccount
from agendas.rules.commands.account_words import (
    CARD,
    LIST,
    NOMINATE,
    Asked,
    SeveralMeant,
    Vocabulary,
    asked_of,
    choose,
    completed,
    first_words,
    words_before,
)
from agendas.text.because import split_because
from agendas.text.limits import shown
from agendas.verbs.reads.accounts import leading_account, leading_if_known
from storage import accounts

QUOTATION_MARKS = "\"'\u2018\u201c\u201e\u00ab"
OFFERED_ACCOUNTS = 5


def account_asked(session: Session, workspace_id: str, text: str, vocabulary: Vocabulary, *, channel_id: str) -> Asked:
    """Return what was asked; without an account where a word that needs one stands alone.

    An account whose name begins with such a word is found by its name; see `choose` for which of two readings counts.

    Raises:
        UnknownAccount: with the nearest names.
        Unclear: where two readings are as likely, with both.
        NotUnderstood: for `this` in a channel of no account.
    """
    word, rest = first_words(text)
    if word not in vocabulary.every:
        return _account_first(session, workspace_id, text, vocabulary, channel_id=channel_id)
    if not rest or " ".join(text.casefold().split()) in vocabulary.acts:
        return _alone(session, workspace_id, " ".join(text.split()))
    named = None if rest[0] in QUOTATION_MARKS else leading_if_known(session, workspace_id, text)
    first = asked_of(named.account_id, named.rest, vocabulary, is_exact=named.is_whole) if named else None
    if word in (NOMINATE, LIST):
        return first if first is not None and first.is_whole and first.is_exact else Asked(word, rest)
    readings, problem = [first] if first else [], None
    for before, remaining in words_before(text, vocabulary):
        try:
            found = leading_account(session, workspace_id, remaining, channel_id=channel_id)
        except UnknownAccount as error:
            problem = problem or error
            continue
        readings.append(completed(before, found.rest, found.account_id, vocabulary, is_exact=found.is_whole))
        break
    chosen = _chosen(session, workspace_id, text, readings)
    # the beginning of a name, with words that mean nothing after it, says less than the word that it begins with
    if problem is not None and (chosen is None or not (chosen.is_whole or chosen.is_exact)):
        chosen = None
    chosen = chosen or _nominated(text)
    if chosen is None:
        raise problem or UnknownAccount(text)
    return chosen


def own_names(session: Session, workspace_id: str, user_id: str, *, channel_id: str = "") -> tuple[str, ...]:
    """Return the names of the first accounts that a person owns or partners, before them that of the channel."""
    here = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
    own = accounts.of_owner(session, workspace_id, user_id, most=OFFERED_ACCOUNTS)
    return tuple(dict.fromkeys(row.name for row in (here, *own) if row is not None))


def _account_first(session: Session, workspace_id: str, text: str, vocabulary: Vocabulary, *, channel_id: str) -> Asked:
    try:
        found = leading_account(session, workspace_id, text, channel_id=channel_id)
    except UnknownAccount:
        if nominated := _nominated(text):
            return nominated
        raise
    word, rest = first_words(found.rest)
    if word == NOMINATE:
        return Asked(NOMINATE, f"{text.strip().removesuffix(found.rest)}{rest}")
    return asked_of(found.account_id, found.rest, vocabulary, is_exact=found.is_whole)


def _nominated(text: str) -> Asked | None:
    """The nomination that `NAME nominate [because TEXT]` asks for, None for other words."""
    before, _ = split_because(text)
    name, _, last = before.rpartition(" ")
    if not name or last.casefold() != NOMINATE:
        return None
    return Asked(NOMINATE, f"{name}{text.strip().removeprefix(before)}")


def _alone(session: Session, workspace_id: str, typed: str) -> Asked:
    """A word with no account after it: the account of that name, or what the word asks for."""
    word, needs_account = typed.casefold(), typed.casefold() not in (NOMINATE, LIST)
    try:
        found = leading_account(session, workspace_id, typed)
    except UnknownAccount as error:
        if error.ambiguous and needs_account:
            raise
        return Asked(word)
    is_account = not found.rest and (found.is_whole or needs_account)
    return Asked(CARD, "", found.account_id, found.is_whole) if is_account else Asked(word)


def _chosen(session: Session, workspace_id: str, text: str, readings: Sequence[Asked]) -> Asked | None:
    try:
        return choose(readings)
    except SeveralMeant as several:
        raise _both(session, workspace_id, text, several.readings) from None


def _both(session: Session, workspace_id: str, text: str, readings: tuple[Asked, ...]) -> Unclear:
    """The refusal that offers each reading, with its account in quotation marks first: so it has one meaning."""
    rows = accounts.get_many(session, workspace_id, [each.account_id for each in readings])
    names = {row.row_id: row.name.replace('"', "") for row in rows}
    offers = [
        Offer(
            f"{names[each.account_id]}: {each.word}" if each.word else names[each.account_id],
            f'/account "{names[each.account_id]}" {each.word} {each.rest}'.rstrip(),
        )
        for each in readings
    ]
    return Unclear(f"{shown(text)} could be two things. Which one?", offers)
