"""Find the accounts that a text names: the longest name wins, then the nearest spelling."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from agendas.text.account_names import AccountKey, normal_key
from assistant.reading.named.common_words import GRAMMAR
from assistant.reading.named.longer_names import longer_names
from assistant.reading.named.name_fit import Fit, Rank, best_fits
from assistant.reading.named.name_places import is_name_here, may_be_meant
from assistant.reading.named.near_names import Near, may_be_slip, nearest_names, unknown_runs
from assistant.reading.names import Names
from assistant.reading.result import Choice
from assistant.reading.tokens import Token, as_typed

MOST_SEARCHED = 8
"""Names of one text that are compared with every name there is, which takes some 10 ms among a thousand accounts."""


@dataclass(frozen=True, slots=True)
class AccountSaid:
    """The tokens from `start` up to `end` that name an account, or seem to.

    Attributes:
        account_id, name: the account; 0 where it has to be asked about, then with `choice`.
        choice: the accounts that it may be, or that are near to a name that no account has.
        is_guessed: true for a misspelt name, or one word of it.
        is_likely: false for words that no account is called and that stand where no name has to: they may be part of
            the title of an action, or the name of a person at an account.
        is_exact: true for a whole name, alias or domain.
    """

    start: int
    end: int
    account_id: int = 0
    name: str = ""
    choice: Choice | None = None
    is_guessed: bool = False
    is_likely: bool = True
    is_exact: bool = False


def find_accounts(tokens: Sequence[Token], names: Names, taken: Collection[int]) -> tuple[AccountSaid, ...]:
    """Return the accounts that a text names, in its order, outside of the tokens `taken` by dates and mentions."""
    found: list[AccountSaid] = []
    position = 0
    while position < len(tokens):
        said = _account_at(tokens, position, names, taken)
        if said is not None:
            found.append(said)
        position = said.end if said else position + 1
    return tuple(found)


def find_near_accounts(tokens: Sequence[Token], names: Names, taken: Collection[int]) -> tuple[AccountSaid, ...]:
    """Return what may be misspelt accounts, or accounts that nobody has, among the words that are nothing else.

    Reads every name, and only where there is such a word; the first of them alone in a text of many.
    """
    runs = unknown_runs(tokens, taken)
    keys = names.all_keys() if runs else ()
    return tuple(islice((said for span in runs for said in _near(tokens, span, keys)), MOST_SEARCHED))


def _account_at(tokens: Sequence[Token], start: int, names: Names, taken: Collection[int]) -> AccountSaid | None:
    first = tokens[start]
    if start in taken or not _may_begin(first):
        return None
    keys = names.keys_beginning(_beginning(first))
    fits = best_fits(tokens, start, keys)
    fits = [fit for fit in fits if is_name_here(tokens, fit, taken)]
    if not fits:
        return None
    best = max((fit.end, fit.rank) for fit in fits)
    chosen = [fit for fit in fits if (fit.end, fit.rank) == best]
    return _said(tokens, start, chosen, keys)


def _said(tokens: Sequence[Token], start: int, fits: Sequence[Fit], keys: Sequence[AccountKey]) -> AccountSaid:
    accounts = dict.fromkeys((fit.key.account_id, fit.key.name) for fit in fits)
    end, rank = fits[0].end, fits[0].rank
    if len(accounts) == 1:
        [(account_id, name)] = accounts
        longer = longer_names(tokens, (start, end), fits[0].key, keys)
        if longer:
            return _either(tokens, (start, end + 1), [fits[0].key, *longer])
        return AccountSaid(start, end, account_id, name, is_guessed=rank < Rank.BEGINNING, is_exact=rank is Rank.WHOLE)
    ordered = sorted(accounts, key=lambda each: (each[1].casefold(), each[0]))
    return AccountSaid(start, end, choice=Choice(as_typed(tokens[start:end]), tuple(ordered), is_ambiguous=True))


def _either(tokens: Sequence[Token], span: tuple[int, int], keys: Sequence[AccountKey]) -> AccountSaid:
    choice = Choice(as_typed(tokens[slice(*span)]), tuple((each.account_id, each.name) for each in keys), True)
    return AccountSaid(*span, choice=choice)


def _near(tokens: Sequence[Token], span: tuple[int, int], keys: Sequence[AccountKey]) -> Iterable[AccountSaid]:
    """Yield the accounts near to the words of a run, and the rest of the run as names that no account has."""
    start, end = span
    while start < end:
        near = nearest_names(tokens[start:end], keys)
        stop = start + near.word_count
        typed = as_typed(tokens[start:stop])
        if near.is_near and not may_be_slip(tokens, start, stop):
            near = Near(near.word_count, near.accounts, is_near=False)
        if near.is_one:
            account_id, name = near.accounts[0]
            own = AccountKey(account_id, name, normal_key(name))
            longer = longer_names(tokens, (start, stop), own, keys)
            yield (
                _either(tokens, (start, stop + 1), [own, *longer])
                if longer
                else AccountSaid(start, stop, account_id, name, is_guessed=True)
            )
            stop += bool(longer)
        else:
            choice = Choice(typed, near.accounts, is_ambiguous=near.is_near)
            yield AccountSaid(start, stop, choice=choice, is_likely=near.is_near or may_be_meant(tokens, start, stop))
        start = stop


def _may_begin(token: Token) -> bool:
    has_letter = any(each.isalpha() for each in token.word)
    is_grammar = token.word in GRAMMAR and not (token.quote or token.is_capital)
    return has_letter and not is_grammar


def _beginning(token: Token) -> str:
    """Return the beginning of the keys that the word may begin, with its accents."""
    typed = token.typed
    if token.suffix:
        typed = typed[: typed.rfind("'")] if "'" in typed else typed
    key = normal_key(typed)
    return key[:-1] if token.stem != token.word and key.endswith("s") else key
