"""Read what is no question: the kind of remark, the accounts that it names, and the deeds that fit."""

from collections.abc import Sequence
from functools import cache

from agendas.facts.people import Function
from assistant.query import Field, Progress, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.remarks.languages import is_foreign
from assistant.reading.remarks.news import told
from assistant.reading.remarks.orders import ordered
from assistant.reading.remarks.terms import asks_for_meaning
from assistant.reading.tokens import Token
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import phrases
from assistant.reading.vocabulary.remarks import PEOPLE_JUDGED
from assistant.remark import Remark, RemarkKind

TALK: dict[Cue, RemarkKind] = {
    Cue.HELP: RemarkKind.HELP,
    Cue.THANKS: RemarkKind.THANKS,
    Cue.HELLO: RemarkKind.HELLO,
}
"""Kinds of small talk; of several in one text the first of these counts."""

JUDGED_BY = (
    *(frozenset({"let", "go"}), frozenset({"you", "like"}), frozenset({"promoted"}), frozenset({"promotion"})),
    *(frozenset({"demoted"}), frozenset({"knows", "doing"}), frozenset({"know", "doing"}), frozenset({"replace"})),
)
"""Words that judge one of us where he is named with them."""

BESIDE_TALK = (
    *(Cue.FILLER, Cue.HELLO, Cue.THANKS, Cue.HELP, Cue.YES, Cue.CORRECTION, Cue.ME, Cue.US, Cue.HERE, Cue.THAT),
    *(Cue.IT, Cue.ALL, Cue.NOW, Cue.HIGHEST, Cue.AND, Cue.FOR, Cue.MY, Cue.THEY),
)


def remark_of(said: Said, tokens: Sequence[Token], parts: Parts) -> Remark | None:
    """Return the remark that a text is, None where it may be a question. The parts give the accounts that it names."""
    named = {each for piece in said.pieces if _is_named(piece) for each in range(piece.start, piece.end)}
    if is_foreign(tokens, named):
        return Remark(RemarkKind.LANGUAGE)
    if kind := _talk(said, tokens):
        return Remark(kind)
    if _is_verdict(said, parts):
        return Remark(RemarkKind.VERDICT, parts.of)
    if (said.has(Cue.COMPARE) and len(parts.of) > 1) or any(position > 0 for position in said.where(Cue.IF)):
        return None
    if parts.progress == (Progress.LOST,) and parts.subject in (Subject.PEOPLE, Subject.ACCOUNTS):
        return None
    if deeds := ordered(said):
        return Remark(RemarkKind.ORDER, parts.of, deeds)
    if deeds := told(said, tokens):
        return Remark(RemarkKind.NEWS, parts.of, deeds)
    return None


def _is_named(piece: Piece) -> bool:
    return (piece.is_name and piece.choice is None) or piece.when is not None


def _talk(said: Said, tokens: Sequence[Token]) -> RemarkKind | None:
    if asks_for_meaning(tokens):
        return RemarkKind.TERM
    if not len(said):
        return RemarkKind.HELP
    if any(piece.means(Cue.HELP) and " " in piece.typed for piece in said.pieces) and not _asks(said):
        return RemarkKind.HELP
    if all(piece.means(*BESIDE_TALK) or (piece.when and said.has(Cue.HELLO)) for piece in said.pieces):
        kind = next((kind for cue, kind in TALK.items() if said.has(cue)), None)
        return None if kind is RemarkKind.HELP and _asks(said) else kind
    return None


def _asks(said: Said) -> bool:
    return any(piece.is_name or piece.when or piece.of_kind(Subject) for piece in said.pieces)


def _is_verdict(said: Said, parts: Parts) -> bool:
    """Return true if one of our people is judged, or the best or worst of them is asked for."""
    is_of_ours = any(piece.persons for piece in said.pieces)
    asks_who = said.has(Cue.WHO, Cue.WHOSE) or said[0].typed.casefold().startswith("who")
    if parts.of and not (said.has(Cue.VERDICT) and (is_of_ours or asks_who)):
        return False
    if any(piece.of_kind(Subject) and not _is_of_people(piece) for piece in said.pieces):
        return False
    if not (is_of_ours or asks_who or said.has(Cue.PERSON) or any(map(_is_of_people, said.pieces))):
        return False
    words = {word for piece in said.pieces for word in piece.typed.casefold().split()}
    is_for_person = is_of_ours and not parts.tiers and any(each <= words for each in JUDGED_BY)
    if said.has(Cue.VERDICT) or is_for_person:
        return True
    measures = [piece for piece in said.pieces if any(piece.of_kind(Progress)) or piece.of_kind(Field)]
    is_measured = any(not _is_of_people(piece) for piece in measures)
    is_of_group = any(_is_of_people(piece) or piece.of_kind(Function) for piece in said.pieces)
    is_judged = is_of_group or (is_of_ours and said.has(Cue.IS, Cue.WHO, Cue.HOW, Cue.WHICH))
    return said.has(Cue.HIGHEST, Cue.LOWEST) and is_judged and not is_measured


def _is_of_people(piece: Piece) -> bool:
    words = tuple(piece.typed.casefold().split())
    return words in _people() or words[-1:] in _people() or piece.means(Subject.MEMBERS, Subject.PEOPLE)


@cache
def _people() -> frozenset[tuple[str, ...]]:
    return frozenset(phrases(PEOPLE_JUDGED))
