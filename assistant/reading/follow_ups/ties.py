"""Ties of a text to the answer before it: words that no part of a query keeps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.query import Subject
from assistant.reading.follow_ups.lifts import Lift, lifts_of
from assistant.reading.follow_ups.tie_words import (
    ABOUT,
    ALSO,
    AMONG,
    ANYTHING,
    AUXILIARIES,
    BARE,
    DENYING,
    EXPLETIVE,
    FOLLOWING,
    GLUE,
    MOVED,
    NEW,
    NONE,
    NOUNS,
    PLACES,
    PLURALS,
    POLITE,
    SAID_AGAIN,
    SAYING,
    SENTENCES,
    SHORT,
    SHOWING,
    STANDING,
    STANDS_FOR,
    STILL_SHORT,
    TINY,
    TURNS,
    VERBS,
    WHERE,
)
from assistant.reading.pieces import Piece
from assistant.reading.tokens import Token
from assistant.reading.vocabulary.cues import Cue

PRONOUNS = (Cue.IT, Cue.THEY, Cue.THAT, Cue.PERSON, Cue.HERE)


@dataclass(frozen=True, slots=True)
class Ties:
    """Words that tie a text to the answer before it.

    Attributes:
        is_also: a widening: "and paused ones too".
        lifts: the filters that are taken away.
        is_short: a few words.
        is_following: begins, or goes on after a word or two, with "and", "what about" and the like.
        is_plural: speaks of several accounts or things.
        has_noun: a noun names the subject.
        is_bare: nothing but names and the words around them.
        has_lead: begins as a whole question or request does: "show me", "does Nora".
        is_of_those: begins with "which" and no noun: "which moved this month" is said of those listed.
        is_referring: a pronoun stands for what was said before, and not for a name or noun of the same text.
        is_new: said to be another question.
        is_whole_sentence: a whole question, though no noun tells its subject.
        is_turn: begins with "so", "but", "ok" and the like, which may begin another question as well.
        begins_denied: begins with "not", "except" and the like.
        is_about: begins as a narrowing to a title does: "about the contract".
        is_member: asks for one of the list before: "is Corvane among them".
        is_tiny: one or two words.
        is_source: asks who said what was just answered, or when it happened.
        is_denied: says that something is not meant: "not stalled", "not only overdue".
        is_none: asks for those without: "where is there none".
        is_of_two: speaks of two: "both", "those two".
        is_in_it: "since when is Vantor in it".
        is_said_again: a correction: "I said Kestrel", "make that Kestrel".
        is_of_any: asks whether any account is so: "is anything paused", "everything stalled".
        is_placed: begins with "for", "at" and the like: "for Halden this week".
        is_of_ones: two or three words of which the last is "ones": "running ones".
        is_elliptic: leaves out what is asked of the name: "does Kestrel have one", "did Halden".
    """

    is_also: bool = False
    lifts: frozenset[Lift] = frozenset()
    is_short: bool = False
    is_following: bool = False
    is_plural: bool = False
    has_noun: bool = False
    is_bare: bool = False
    has_lead: bool = False
    is_of_those: bool = False
    is_referring: bool = False
    is_new: bool = False
    is_whole_sentence: bool = False
    is_turn: bool = False
    is_about: bool = False
    is_member: bool = False
    is_tiny: bool = False
    is_source: bool = False
    is_denied: bool = False
    begins_denied: bool = False
    is_none: bool = False
    is_of_two: bool = False
    is_elliptic: bool = False
    is_placed: bool = False
    is_of_ones: bool = False
    is_of_any: bool = False
    is_in_it: bool = False
    is_said_again: bool = False

    @property
    def is_tied(self) -> bool:
        """Return true where the words themselves say that they stand on the answer before."""
        widens = self.is_also or self.is_following
        narrows = self.is_of_ones or self.is_of_those or self.is_about or self.begins_denied or self.is_none
        return widens or narrows or self.is_source or self.is_member or self.is_in_it


def ties_of(tokens: Sequence[Token], pieces: Sequence[Piece] = ()) -> Ties:
    """Return the ties of a text's words."""
    words = [each.word for each in tokens]
    text = f" {' '.join(words)} "
    content = [word for word in words if word not in GLUE]
    named = {position for piece in pieces if piece.is_name for position in range(piece.start, piece.end)}
    is_standing = bool(STANDING & set(words))
    return Ties(
        is_also=bool(ALSO & set(words)),
        lifts=lifts_of(words),
        is_short=len(content) <= SHORT or (len(words) <= STILL_SHORT and is_standing),
        is_following=_is_following(tokens),
        is_plural=bool(PLURALS & set(words)),
        has_noun=any(piece.of_kind(Subject) for piece in pieces),
        is_bare=all(word in BARE for position, word in enumerate(words) if position not in named),
        has_lead=bool(SHOWING & set(words[:1])),
        is_of_those=_is_of_those(words),
        is_referring=not any(each in text for each in EXPLETIVE) and _is_referring(pieces),
        is_new=any(f" {each} " in text for each in NEW),
        is_whole_sentence=any(f" {each} " in text for each in SENTENCES) and not is_standing,
        is_turn=bool(TURNS & set(words[:1])),
        is_denied=bool(DENYING & set(words)) or " leave out " in text,
        begins_denied=_begins_denied(words, pieces),
        is_about=bool(ABOUT & set(words[:1])),
        is_member=words[:1] in (["is"], ["are"], ["was"]) and any(each in text for each in AMONG),
        is_tiny=len(words) <= TINY,
        is_source=_is_source(words),
        is_none=bool(NONE & set(words)) and bool(WHERE & set(words)),
        is_in_it=" in it " in text,
        is_said_again=len(content) <= SHORT and text.startswith(SAID_AGAIN),
        is_of_ones=words[-1:] == ["ones"] and TINY <= len(words) < SHORT,
        is_placed=bool(PLACES & set(words[:1])),
        is_of_any=bool(ANYTHING & set(words)),
        is_of_two=bool({"both", "two"} & set(words)),
        is_elliptic=bool(AUXILIARIES & set(words[:1])) and _is_rest_left_out(words, named),
    )


def _is_rest_left_out(words: Sequence[str], named: Collection[int]) -> bool:
    """Return true if nothing but words that stand for others is said beside a verb and names."""
    rest = [word for position, word in enumerate(words) if position and position not in named]
    return len(rest) < len(words) - 1 and set(rest) <= STANDS_FOR


def _is_of_those(words: Sequence[str]) -> bool:
    """Return true for "which moved", "and which are stalled" and "who advanced"."""
    start = next((position for position, word in enumerate(words) if word not in FOLLOWING | TURNS), 0)
    verbs = {"which": VERBS, "who": MOVED}.get(" ".join(words[start : start + 1]), frozenset())
    return bool(verbs & set(words[start + 1 : start + 2]))


def _begins_denied(words: Sequence[str], pieces: Sequence[Piece]) -> bool:
    """Return true for "not Corvane", "leave out tier 3" and "without Corvane"."""
    is_without = words[:1] == ["without"] and any(piece.account is not None for piece in pieces[1:2])
    return is_without or bool(DENYING & set(words[:1])) or words[:2] == ["leave", "out"]


def _is_source(words: Sequence[str]) -> bool:
    """Return true for "who says so", "says who", "when did that happen"."""
    is_who = "who" in words and bool(SAYING & set(words))
    is_when = (
        "when" in words and bool({"happen", "happened"} & set(words)) and bool({"that", "it", "this"} & set(words))
    )
    return len(words) <= STILL_SHORT and (is_who or is_when)


def _is_following(tokens: Sequence[Token]) -> bool:
    words = [each.word for each in tokens]
    if words[:2] in (["what", "about"], ["how", "about"], ["same", "for"], ["same", "with"]):
        return True
    first = next((position for position, word in enumerate(words[:3]) if word in FOLLOWING), None)
    if first is not None and POLITE & set(words[:first]):
        return False
    return first is not None and (first == 0 or tokens[first - 1].mark in (".", "?", "!", ","))


def _is_referring(pieces: Sequence[Piece]) -> bool:
    """Return true if a pronoun comes before every name, and `that` does not follow a noun ("accounts that moved")."""
    has_clause = has_person = False
    for position, piece in enumerate(pieces):
        if piece.account is not None or piece.choice or piece.is_unknown:
            return False
        has_person = has_person or bool(piece.persons)
        is_owed = position > 0 and pieces[position - 1].means(Cue.OWE)
        if has_person and not is_owed and piece.means(Cue.THEY, Cue.PERSON):
            return False
        if piece.means(Cue.THEY) and (has_clause or _is_bound(pieces, position)):
            return False
        has_clause = has_clause or (piece.mark in (",", "-", ":") and position > 0)
        if not piece.means(*PRONOUNS):
            continue
        before = pieces[position - 1] if position else None
        is_relative = piece.means(Cue.THAT) and before is not None and _is_noun(before)
        if not is_relative:
            return True
    return False


def _is_bound(pieces: Sequence[Piece], position: int) -> bool:
    """Return true for `them` after a noun: "moves, but nothing shows them"; not for "blockers of those"."""
    is_after = position > 0 and pieces[position - 1].means(Cue.AT, Cue.FOR, Cue.FROM, Cue.WITH, Cue.ABOUT)
    if is_after or (position > 0 and pieces[position - 1].of_kind(Subject)):
        return False
    return any(piece.of_kind(Subject) for piece in pieces[:position])


def _is_noun(piece: Piece) -> bool:
    return bool(piece.of_kind(Subject)) or piece.segment != "" or piece.typed.casefold() in NOUNS
