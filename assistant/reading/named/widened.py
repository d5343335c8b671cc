"""Accounts named by more words than were found at first: the trade or form of the company after its name."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.reading.named.accounts import AccountSaid
from assistant.reading.named.common_words import COMPANY_WORDS
from assistant.reading.named.name_fit import fitting_words, is_slip
from assistant.reading.tokens import Token, words_of

_LEGAL_FORMS_SAID = "ag co corp corporation gmbh inc limited llc ltd plc"
LEGAL_FORMS = frozenset(_LEGAL_FORMS_SAID.split())


def widened(tokens: Sequence[Token], accounts: Sequence[AccountSaid], free: frozenset[int]) -> tuple[AccountSaid, ...]:
    """Return the accounts with the words after them that belong to their names ("nordhavn shipping", "maple inc").

    `free` are the tokens that nothing else has taken, or a segment that may be part of a name ("brightwatr energy").
    """
    found: list[AccountSaid] = []
    for account in sorted(accounts, key=lambda each: each.start):
        last = found[-1] if found else None
        if last is not None and account.start < last.end:
            continue
        is_same = last is not None and last.account_id == account.account_id != 0 and last.end == account.start
        if is_same and last is not None:
            found[-1] = replace(last, end=max(account.end, _end(tokens, account, free)))
        else:
            found.append(replace(account, end=_end(tokens, account, free)))
    return tuple(found)


def _end(tokens: Sequence[Token], account: AccountSaid, free: frozenset[int]) -> int:
    end = account.end
    if not account.account_id or tokens[end - 1].is_possessive or tokens[end - 1].mark:
        return end
    if [each.word for each in tokens[end : end + 1]] == ["not"] and end + 1 < len(tokens):
        end += 2 if tokens[end + 1].word in COMPANY_WORDS else 0
    while end < len(tokens) and end in free and _belongs(tokens[end], account):
        end += 1
        if tokens[end - 1].mark:
            break
    return end


def _belongs(token: Token, account: AccountSaid) -> bool:
    if token.word in LEGAL_FORMS:
        return True
    later = words_of(account.name)[1:]
    if any(is_slip(token, word) for word in later):
        return True
    return token.word in COMPANY_WORDS and any(_is_like(token, word) for word in later)


def _is_like(token: Token, word: str) -> bool:
    return fitting_words(token, word) or token.word.startswith(word) or is_slip(token, word)
