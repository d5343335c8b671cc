"""Sentences that tell something: a subject and then its verb, and no word that asks."""

from collections.abc import Sequence

from agendas.facts.account import ListStatus, Stage
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from assistant.query import Field, Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.tokens import Token
from assistant.reading.vocabulary import statements
from assistant.reading.vocabulary.cues import Cue

BEFORE = frozenset(statements.BEFORE.split())
PRONOUNS = frozenset(statements.PRONOUNS.split())
ARTICLES = frozenset(statements.ARTICLES.split())
GROUPS = frozenset(statements.GROUPS.split())
AUXILIARIES = frozenset(statements.AUXILIARIES.split())
VERBS = frozenset((statements.PAST + " " + statements.PRESENT).split())
TOLD_FIRST = frozenset(statements.TOLD_FIRST.split())
OBJECTS = frozenset(statements.OBJECTS.split())
NOT_PAST = frozenset(statements.NOT_PAST.split())
ASKS = frozenset(
    ["who", "what", "which", "when", "where", "why", "how", "whose", "whom", "whats", "hows", "whos", "wheres", "whens"]
)
ANYWHERE = frozenset(statements.ASKS_ANYWHERE.split())
"""Words that ask wherever they stand."""

TAGS = frozenset(" ".join(each.split()) for each in statements.TAGS.split("|"))
RELATIVE = frozenset({"who", "which", "when", "where"})
"""Words that ask at the beginning, but may go on after a comma: "Hugo, who wants a quote"."""

INVERTED = frozenset(
    ["is", "are", "was", "were", "did", "does", "do", "has", "have", "can", "could", "will", "would", "should"]
)
CONTRACTED = ("m", "re", "ve", "ll", "d")
BOTH = frozenset(statements.SUBJECT_AND_VERB.split())
NOT_TOLD_AFTER = frozenset(statements.NOT_TOLD_AFTER.split())
"""Words of which one after such a subject tells nothing: "I'm looking for"."""

AFTER_THINGS = (Cue.WITH, Cue.WITHOUT, Cue.WHERE, Cue.THAT, Cue.WHICH, Cue.WHOSE, Cue.AT)
"""Words that begin a filter of accounts."""

WISHES = frozenset(statements.WISHES.split())
YOU = frozenset({"you", "u", "i"})
LONGEST_SUBJECT = 9
"""Words between the beginning of a subject and its verb, at most."""


def is_statement(said: Said, tokens: Sequence[Token]) -> bool:
    """Return true if the words, which are those of the pieces, tell something and ask nothing."""
    words = [f"{each.word}{each.suffix}" if each.suffix in CONTRACTED else each.word for each in tokens]
    is_asked = asks_after_all(said) or are_chosen(said) or _ends_as_question(words)
    if not words or is_asked or not ANYWHERE.isdisjoint(words):
        return False
    pieces = [piece for piece in said.pieces for _ in range(piece.start, piece.end)]
    start = next((each for each, word in enumerate(words) if not _is_before(pieces[each], word)), None)
    if start is None:
        return False
    if words[start] in TOLD_FIRST or words[start] in BOTH:
        return ASKS.isdisjoint(words) and _goes_on(pieces, words, start)
    after = words[start + 1] if start + 1 < len(words) else ""
    is_nobody = words[start] == "nobody" and any(piece.account is not None for piece in said.pieces)
    may_be_subject = is_nobody or _may_be_subject(pieces[start], words[start])
    if (words[start] == "i" and after in WISHES) or not may_be_subject:
        return False
    return _has_verb(pieces, words, start)


def _ends_as_question(words: Sequence[str]) -> bool:
    return words[-1] in TAGS or " ".join(words[-2:]) in TAGS


def _goes_on(pieces: Sequence[Piece], words: Sequence[str], start: int) -> bool:
    """Return true if something follows that a verb at the beginning is said of."""
    if start + 1 >= len(words):
        return False
    after = words[start + 1]
    if words[start] in TOLD_FIRST:
        return after in OBJECTS or pieces[start + 1].is_name
    return after not in NOT_TOLD_AFTER


def _has_verb(pieces: Sequence[Piece], words: Sequence[str], start: int) -> bool:
    """Return true if the subject that begins there has a verb that tells."""
    if _names_things(pieces, start):
        return False
    is_of_many = words[start] == "new" and words[start + 1 : start + 2] != [] and words[start + 1].endswith("s")
    if is_of_many or pieces[start].means(Cue.SHOW, Cue.CORRECTION):
        return False
    for position in range(start + 1, min(len(words), start + LONGEST_SUBJECT)):
        if words[position] in ASKS or words[position] == "that":
            return False
        if is_verb(words[position]):
            return _tells(pieces, words, start, position)
    return False


def are_chosen(said: Said) -> bool:
    """Return true for "the largest deal we lost": things, and a clause that chooses some."""
    for position, piece in enumerate(said.pieces[1:], start=1):
        if is_verb(piece.typed.casefold()):
            return False
        before = said[position - 1]
        if piece.typed.casefold() in ("we", "they", "i", "you") and not before.mark:
            return bool(before.of_kind(Subject)) or before.typed.casefold() in ("stuff", "things")
    return False


def _names_things(pieces: Sequence[Piece], start: int) -> bool:
    """Return true for things with a filter, which are asked for: "my accounts with nothing planned"."""
    for position in range(start, min(start + 3, len(pieces) - 1)):
        if pieces[position].means(Subject.ACCOUNTS) and pieces[position].typed.casefold().endswith("s"):
            return pieces[position + 1].means(*AFTER_THINGS)
    return False


def asks_after_all(said: Said) -> bool:
    """Return true for a question after a pause or at the end: "the demo is done, who was there", "it closes when"."""
    for position, piece in enumerate(said.pieces):
        before = said[position - 1] if position else None
        is_new = before is None or bool(before.mark) or before.means(Cue.SHOW)
        after = said[position + 1].typed.casefold().split()[0] if position + 1 < len(said) else ""
        is_where = piece.typed.casefold() == "where" and after in INVERTED
        if is_where or (is_new and _asks(piece, before, after)):
            return True
    return bool(len(said)) and said[len(said) - 1].typed.casefold().split()[-1] in ASKS


def _asks(piece: Piece, before: Piece | None, after: str) -> bool:
    words = piece.typed.casefold().replace("'", "").split()
    if before is not None and before.mark == "," and words[0] in RELATIVE:
        return after in ("one", "ones", "of", "is", "are", "accounts") or not (before.is_unknown or after in PRONOUNS)
    if words[0] in ASKS:
        return True
    if words[0] in INVERTED and (words[1:2] or [after])[0] in PRONOUNS:
        return True
    return piece.means(Cue.CARD) and len(words) > 1


def _is_before(piece: Piece, word: str) -> bool:
    return word in BEFORE or piece.when is not None


def _may_be_subject(piece: Piece, word: str) -> bool:
    return (
        word in PRONOUNS
        or word in ARTICLES
        or word in GROUPS
        or piece.account is not None
        or piece.choice is not None
        or bool(piece.persons)
        or piece.is_unknown
    )


def is_verb(word: str) -> bool:
    """Return true for an auxiliary, a past tense or a verb of the third person."""
    return word in AUXILIARIES or word in VERBS or (word.endswith("ed") and len(word) > 4 and word not in NOT_PAST)


def _is_part_of_account(pieces: Sequence[Piece], words: Sequence[str], start: int, position: int) -> bool:
    """Return true for "the project at Halden" and "procurement": something there is stalled, not the account."""
    subject = pieces[start:position]
    if any(each.means(Subject.ACCOUNTS) for each in subject):
        return False
    is_there = any(each.is_unknown for each in subject) and any(each.account is not None for each in pieces)
    return is_there or words[start] in GROUPS or any(each.of_kind(BuyingRole) for each in subject)


def _tells(pieces: Sequence[Piece], words: Sequence[str], start: int, position: int) -> bool:
    """Return true if the verb there tells, false where it is part of a thing asked for: "blockers opened today"."""
    piece, before = pieces[position], pieces[position - 1]
    is_auxiliary = words[position] in AUXILIARIES
    if is_auxiliary and _is_part_of_account(pieces, words, start, position):
        return position + 1 < len(words) and "or" not in words[position:] and words[position + 1] not in YOU
    values = (AccountStanding, ListStatus, Field)
    if any(piece.of_kind(kind) for kind in values) or piece.means(Cue.BLOCKED, Cue.OVERDUE):
        return False
    if before.means(Cue.LOWEST, Cue.HIGHEST) and piece.of_kind(Stage):
        return False
    return _asserts(pieces, words, position) if is_auxiliary else _reports(pieces, words, start, position)


def _reports(pieces: Sequence[Piece], words: Sequence[str], start: int, position: int) -> bool:
    """Return true if the verb there tells what was done."""
    piece, before = pieces[position], pieces[position - 1]
    after = pieces[position + 1] if position + 1 < len(pieces) else None
    if position == start + 1 and after is not None and after.of_kind(Subject):
        return False
    is_plural = bool(before.of_kind(Subject)) and before.typed.casefold().endswith("s")
    is_of_thing = pieces[start].is_unknown and position > start + 1
    is_end = position == len(words) - 1 or bool(piece.mark)
    return not (is_plural or pieces[start].persons or (is_of_thing and not is_end))


def _asserts(pieces: Sequence[Piece], words: Sequence[str], position: int) -> bool:
    """Return true if the auxiliary there tells how something is."""
    if position + 1 >= len(words) or words[position + 1] in YOU or "or" in words[position:]:
        return False
    if words[position] in ("has", "have") and words[position + 1] in VERBS and position + 2 < len(words):
        return True
    after, kinds = pieces[position + 1], (AccountStanding, ListStatus, Stage, int, Subject, BuyingRole)
    return not (any(after.of_kind(kind) for kind in kinds) or after.means(Cue.BLOCKED, Cue.OVERDUE, Cue.WITHOUT))
