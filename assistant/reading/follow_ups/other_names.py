"""Accounts called by what tells them from the one before: "the insurance one", "the other Maple"."""

from collections.abc import Sequence

from assistant.conversation import LastAnswer
from assistant.query import Query, Subject
from assistant.reading.follow_ups.tie_words import BARE
from assistant.reading.named.common_words import COMPANY_WORDS
from assistant.reading.named.name_fit import ways_to_say
from assistant.reading.names import Names
from assistant.reading.parts import Mark, Parts
from assistant.reading.pieces import Piece
from assistant.reading.read_pieces import RIGHT_WORDS
from assistant.reading.result import Choice
from assistant.reading.tokens import Token
from assistant.reading.vocabulary.cues import Cue

NO_BREAK = ("the", "a", "an", "only", "just")
"""Words after which a title follows rather than a name: "only the onboarding"."""

OF_DAYS = frozenset({"in", "since", "until", "till", "by", "during"})
"""Words after which the name of a month is days: "in march"."""

ONES = frozenset({"one", "company", "account", "guys", "firm", "people"})


def called_otherwise(tokens: Sequence[Token], parts: Parts, last: LastAnswer, names: Names) -> tuple[int, ...]:
    """Return the account that is called so, none where the words call none or several.

    Reads every name, and only for such words.
    """
    if Mark.OTHER in parts.marks and len(parts.of) == 1 and parts.of == last.query.of:
        return _of_same_name(parts.of[0], names)
    words = [each.word for each in tokens]
    if parts.of or not last.query.of:
        return ()
    if found := _called_as(words, parts, last, names):
        return found
    if "other" in words and "one" in words and len(last.query.of) == 1 and not last.offered:
        return _of_same_name(last.query.of[0], names)
    if Mark.CORRECTION in parts.marks and (said := [word for word in words if word in COMPANY_WORDS]):
        return _with_word(said[0], last, names, is_akin=True)
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if before in ("the", "that") and word in COMPANY_WORDS and after in ONES:
            return _with_word(word, last, names)
    return ()


def one_of_several(pieces: Sequence[Piece], query: Query, names: Names) -> Choice | None:
    """Return the "it" that may be any of the accounts just spoken of, None where no word points at one of several."""
    pointers = [piece.typed.split()[-1] for piece in pieces if piece.means(Cue.IT)]
    is_clear = any(piece.account is not None or piece.means(Cue.THEY) for piece in pieces)
    if not pointers or len(query.of) < 2 or is_clear:
        return None
    called = {key.account_id: key.name for key in names.all_keys() if key.account_id in query.of}
    return Choice(pointers[0], tuple((each, called[each]) for each in query.of if each in called), is_ambiguous=True)


def unknown_account(pieces: Sequence[Piece], query: Query) -> Choice | None:
    """Return the name of an account that nobody has, for "and Hexley" after an answer about an account.

    None where the words may be a title or a person: said of people, after an article, or known from elsewhere.
    """
    if not query.of or query.subject in (Subject.PEOPLE, Subject.MEMBERS):
        return None
    named = [position for position, piece in enumerate(pieces) if _may_name(piece)]
    others = {word for each, piece in enumerate(pieces) if each not in named for word in piece.typed.casefold().split()}
    is_run = bool(named) and named[-1] - named[0] == len(named) - 1
    if not is_run or not named[0] or not others <= BARE or pieces[named[0] - 1].typed.casefold() in NO_BREAK:
        return None
    typed = " ".join(pieces[each].typed for each in named)
    return next((choice for each in named if (choice := pieces[each].choice)), Choice(typed))


def _may_name(piece: Piece) -> bool:
    """Return true for words that mean nothing, and for a name that no account has."""
    if piece.choice is not None:
        return not piece.choice.is_ambiguous
    return piece.is_unknown and not piece.meanings and piece.typed.casefold() not in RIGHT_WORDS


def _called_as(words: Sequence[str], parts: Parts, last: LastAnswer, names: Names) -> tuple[int, ...]:
    """Return the only account whose name begins with the word: that of a month, after an answer without days."""
    said = [word for word in words if word not in BARE]
    is_of_days = bool(OF_DAYS & set(words)) or last.query.period is not None
    if len(said) != 1 or is_of_days or parts.subject or not (parts.period or parts.unread):
        return ()
    found = {key.account_id for key in names.keys_beginning(said[0])}
    return tuple(found) if len(found) == 1 else ()


def _of_same_name(account_id: int, names: Names) -> tuple[int, ...]:
    """Return the only other account whose name begins with the same word."""
    keys = names.all_keys()
    firsts = {words[0] for key in keys if key.account_id == account_id for words in ways_to_say(key.key)}
    others = {key.account_id for key in keys for words in ways_to_say(key.key) if words[0] in firsts} - {account_id}
    return tuple(others) if len(others) == 1 else ()


def _with_word(word: str, last: LastAnswer, names: Names, *, is_akin: bool = False) -> tuple[int, ...]:
    """Return the only account that has the word in its name, of those that share a word with the last one if any do."""
    keys = names.all_keys()
    having = {key.account_id for key in keys for words in ways_to_say(key.key) if word in words[1:]}
    firsts = {words[0] for key in keys if key.account_id in last.query.of for words in ways_to_say(key.key)}
    akin = {key.account_id for key in keys for words in ways_to_say(key.key) if words[0] in firsts} & having
    found = (akin if is_akin else akin or having) - set(last.query.of)
    return tuple(found) if len(found) == 1 else ()
