"""Where in a sentence a name can stand, for names that are words as well."""

from collections.abc import Collection, Sequence

from assistant.reading.named.common_words import COMMON_WORDS, GRAMMAR
from assistant.reading.named.name_fit import Fit, Rank
from assistant.reading.tokens import Token

_BEFORE_NAMES_SAID = (
    "about and at did does for from has how hows into is of on or than to versus vs with pause resume remove restore "
    "promote demote after own owns owned behind against called between"
)
BEFORE_NAMES = frozenset(_BEFORE_NAMES_SAID.split())
"""Words after which a name often stands."""

_IMPERATIVES_SAID = (
    "drop delete kick strike throw take pause remove freeze park suspend resume promote demote set put move mark make "
    "erase keep reject approve nominate have downgrade upgrade of"
)
IMPERATIVES = frozenset(_IMPERATIVES_SAID.split())
"""Verbs of orders, which begin a text, and the end of "get rid of"."""

_BEFORE_ORDERS_SAID = "please pls can could would you we lets let us i want to get rid kindly just now and"
BEFORE_ORDERS = frozenset(_BEFORE_ORDERS_SAID.split())
DID = frozenset(
    {"demoted", "promoted", "downgraded", "upgraded", "paused", "removed", "dropped", "deleted", "rejected"}
)
"""What somebody did to an account, after "who"."""

BEFORE_PLACES = frozenset(["at", "on", "with", "about", "hows", "vs", "versus"])
"""Words after which little else than a name stands."""

_AFTER_NAMES_SAID = (
    "advance advanced after again and are at be been before blocked by close closed closing did do does doing far "
    "for get going got had has have in is last late lately looking move moved moving need needs not now on or said "
    "worth due owned "
    "shown show visited visit signed sign grown replied responded bought any ever already even allready expanded "
    "regressed slipped been gone come become made have "
    "say since so stalled stand stands still stuck this to today until versus vs was were will with yet"
)
AFTER_NAMES = frozenset(_AFTER_NAMES_SAID.split())
"""Words that may follow a name but seldom an adjective."""

AFTER_SUBJECT = frozenset({"is", "has", "was", "belongs", "needs"})
"""Verbs of a name that begins a sentence."""

DONE_BY_NAMES = frozenset(
    ["advance", "close", "do", "get", "go", "grow", "have", "move", "reach", "show", "sign", "visit"]
)
"""Verbs of an account after `did` and the beginning of its name."""

_CHOOSING_SAID = "a any each every no some that this what which"
CHOOSING = frozenset(_CHOOSING_SAID.split())
"""Words before a noun: "which signal works best"."""

_ASKED_OF_ONE_SAID = "blocker blockers champion contacts owner partner segment status tier value"
ASKED_OF_ONE = frozenset(_ASKED_OF_ONE_SAID.split())
"""Words for what is asked of one account."""


def is_name_here(tokens: Sequence[Token], fit: Fit, taken: Collection[int]) -> bool:
    """Return true if the words may be the name where they stand.

    Words that are no common ones always may, and so may a whole name of several words. One common word needs a sign: it
    is possessive, in quotation marks, a capital among small letters, the whole text or what stands before its first
    mark; or it stands between words that a name stands between. If it is only the beginning of a name, the word
    before must be one that little else than a name follows.
    """
    said = tokens[fit.start : fit.end]
    is_common = all(each.word in COMMON_WORDS or each.stem in COMMON_WORDS for each in said)
    before = tokens[fit.start - 1].word if fit.start else ""
    if not is_common:
        return True
    if len(said) > 1 and fit.rank is Rank.WHOLE:
        return before not in CHOOSING or has_sign(tokens, fit.start, fit.end)
    if has_sign(tokens, fit.start, fit.end):
        return fit.rank > Rank.PART
    if _is_name_and_noun(tokens, fit):
        return True
    if not _is_followed_by_no_noun(tokens, fit.end, taken):
        return False
    after = tokens[fit.end].word if fit.end < len(tokens) else ""
    if fit.rank is Rank.WHOLE:
        begins = (fit.start == 0 and after in AFTER_SUBJECT) or _is_acted_on(tokens, fit.start)
        return begins or before in BEFORE_NAMES or is_set_apart(tokens, fit.start, fit.end)
    if fit.rank is Rank.BEGINNING and fit.start == 1 and before in ("did", "does") and after in DONE_BY_NAMES:
        return True
    return fit.rank is Rank.BEGINNING and (before in BEFORE_PLACES or _is_after_how_is(tokens, fit.start))


def _is_acted_on(tokens: Sequence[Token], start: int) -> bool:
    """Return true after the verb of an order that begins the text, and after "who demoted"."""
    words = [each.word for each in tokens[:start]]
    if not words:
        return False
    is_order = words[-1] in IMPERATIVES and BEFORE_ORDERS.issuperset(words[:-1])
    return is_order or (words[-1] in DID and words[-2:-1] in (["who"], ["whos"]))


def _is_name_and_noun(tokens: Sequence[Token], fit: Fit) -> bool:
    """Return true for a whole name and what is asked of it: `early owner`."""
    is_all = fit.start == 0 and fit.end + 1 == len(tokens)
    return is_all and fit.rank is Rank.WHOLE and tokens[fit.end].word in ASKED_OF_ONE


def has_sign(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if the words are written as a name: possessive, quoted, or with a capital where others have none."""
    said = tokens[start:end]
    others_quoted = {each.quote for each in (*tokens[:start], *tokens[end:])}
    if (said[0].quote and said[0].quote not in others_quoted) or said[-1].is_possessive:
        return True
    is_bare_possessive = said[-1].word not in COMMON_WORDS and said[-1].stem in COMMON_WORDS
    others = [each for each in (*tokens[:start], *tokens[end:]) if each.word[:1].isalpha()]
    has_small = any(not each.is_capital for each in others)
    is_capital = all(each.is_capital for each in said) and start > 0 and has_small
    return is_bare_possessive or (is_capital and tokens[start - 1].mark != ".")


def is_set_apart(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if the words are the whole text, or begin it and a mark follows: `early - blocked?`."""
    return start == 0 and (end == len(tokens) or tokens[end - 1].mark in ("-", ":", ",", "?"))


def may_be_meant(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if unknown words stand where a name does: `blockers at hexley steel`, `how is hexley`."""
    before = tokens[start - 1].word if start else ""
    return (
        has_sign(tokens, start, end)
        or start == 0
        or before in BEFORE_PLACES | {"of", "for", "does", "did", "has", "owns"}
        or _is_after_how_is(tokens, start)
        or (before in ("is", "are") and end < len(tokens))
    )


def is_name_asked_of(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if unknown words stand where a name does: `how is hexley doing`, `is hexley stalled`."""
    before = tokens[start - 1].word if start else ""
    if end < len(tokens) and tokens[end].word not in ("doing", "going"):
        return start == 1 and before in ("is", "has", "did", "does")
    return before in BEFORE_PLACES | {"of", "for", "owns"} or _is_after_how_is(tokens, start)


def _is_after_how_is(tokens: Sequence[Token], start: int) -> bool:
    words = [each.word for each in tokens[max(0, start - 2) : start]]
    return (
        words[-1:] == ["hows"] or (words[-1:] == ["how"] and tokens[start - 1].suffix == "s") or words == ["how", "is"]
    )


def _is_followed_by_no_noun(tokens: Sequence[Token], end: int, taken: Collection[int]) -> bool:
    if end == len(tokens) or tokens[end - 1].mark or end in taken:
        return True
    return tokens[end].word in AFTER_NAMES or (tokens[end].word in GRAMMAR and tokens[end].word != "the")
