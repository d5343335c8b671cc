"""How far things have come: done, dropped, slipped, won, lost, or late."""

import re
from dataclasses import replace

from assistant.query import Progress, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.left import ANYBODY
from assistant.reading.vocabulary.cues import Cue

ENDS = (Progress.WON, Progress.LOST)
SHOULD_HAVE = re.compile(
    r"\b(?:should|ought to|(?:was|were) (?:meant|supposed|due|expected) to) (?:already )?(?:have|of|ve) "
    r"(?:already |long )*(?:been )?[a-z]+(?:ed|ne|nt|ut|de|en)\b"
)
_TO_COME_SAID = "will going gonna can could would expect expected hope likely shall"
TO_COME = frozenset(_TO_COME_SAID.split())
"""Words of what is still to happen: "what are we going to win"."""

DOERS = ANYBODY | {"been", "we"}
DID = frozenset({"did", "have", "has", "we've", "weve"})
TO_BE = frozenset(["to", "must", "should", "will", "can", "has", "needs", "could", "would", "shall", "may", "might"])
"""Words after which a verb is said of what is still to be done."""


def with_progress(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with how far the things asked for have come, and whether they are late."""
    is_deal = subject is Subject.DEALS
    found = [(position, each) for position, each in said.of_kind(Progress) if is_deal or each not in ENDS]
    said.use(*(position for position, _ in found))
    denied = [position for position, each in found if each is Progress.DONE and is_to_be(said, position)]
    said.use(*(position - 1 for position in denied if said[position - 1].means(Cue.NOT)))
    told = [each for _, each in found if not (denied and each is Progress.DONE)]
    progress = _of_deals(said, told) if is_deal else _of_work(said, told, subject)
    kept = [each for each in dict.fromkeys(progress) if each is not Progress.OPEN or len(set(progress)) > 1]
    is_late = parts.is_overdue or said.has_left(Cue.OVERDUE)
    if subject is Subject.ACTIONS and _should_have_been(said):
        # days that it was due in say as much as that it is late
        kept, is_late = [], is_late or not any(piece.when for piece in said.pieces)
    said.use(*said.where(Cue.OVERDUE))
    return replace(parts, progress=tuple(kept), is_overdue=is_late)


def _of_deals(said: Said, told: list[Progress]) -> list[Progress]:
    """Return the progress of deals: done is won, and what is still hoped for is open."""
    if is_to_come(said):
        return [each for each in told if each not in (*ENDS, Progress.DONE)]
    if not told and _is_closed(said):
        return [Progress.WON]
    if not told and said.has_left(Cue.MOVE):
        return [Progress.SLIPPED]
    return told if set(told) & set(ENDS) else [Progress.WON if each is Progress.DONE else each for each in told]


def is_to_come(said: Said) -> bool:
    """Return true for what is still hoped for: "what are we going to win", "will it be done"."""
    return any(TO_COME & set(piece.typed.casefold().split()) and not piece.persons for piece in said.pieces)


def _of_work(said: Said, told: list[Progress], subject: Subject | None) -> list[Progress]:
    """Return the progress of actions, blockers and the like."""
    if len(said) and said[0].typed.casefold().startswith("will"):
        told = [each for each in told if each is not Progress.DONE]
    if subject is Subject.ACTIONS and not told and _is_asked_if_done(said):
        return [Progress.DONE]
    if subject is Subject.BLOCKERS and Progress.DONE in told:
        return [Progress.DONE]
    is_closed = subject in (Subject.ACTIONS, Subject.BLOCKERS) and said.has(Cue.CLOSE) and said.has(Cue.DO, Cue.HAVE)
    return [Progress.DONE] if is_closed and not set(told) - {Progress.OPEN} else told


def _should_have_been(said: Said) -> bool:
    """Return true for what is late by its verb: "should have been wrapped up", "was supposed to have gone out"."""
    return bool(SHOULD_HAVE.search(" ".join(piece.typed.casefold() for piece in said.pieces)))


def _is_closed(said: Said) -> bool:
    """Return true for "what did we close in November", where closing is what was done."""
    closing = [each for each in said.where(Cue.CLOSE) if not said[each].typed.casefold().endswith("ing")]
    closing += [each for each, piece in enumerate(said.pieces) if piece.typed.casefold() in ("get", "win")]
    return any(said[before].typed.casefold().split()[-1] in DID for each in closing for before in range(each))


def is_to_be(said: Said, position: int) -> bool:
    """Return true for what is not done yet: "not finished", "has to unblock", "supposed to finish"."""
    words = said[position - 1].typed.casefold().split() if position else []
    before = said.before_of_weight(position)
    return bool(words and words[-1] in TO_BE) or (before is not None and said[before].means(Cue.NOT, Cue.WITHOUT))


def _is_asked_if_done(said: Said) -> bool:
    """Return true for "has Nora sent the contract" and "did Nora call them"."""
    lead = next(
        (piece for piece in said.pieces if not (piece.means(Cue.FILLER) and not piece.means(Cue.HAVE, Cue.DO))), None
    )
    word = lead.typed.casefold().split()[0] if lead is not None else ""
    is_past = word in ("has", "have", "did", "had", "hasn't", "didn't", "hasn\u2019t", "didn\u2019t")
    words = {each for piece in said.pieces for each in piece.typed.casefold().split()}
    has_person = any(piece.persons for piece in said.pieces) or not words.isdisjoint(DOERS)
    ends_so = len(said) > 0 and said[0].typed.casefold() in ("was", "were") and said[len(said) - 1].means(Cue.DOING)
    return ((is_past and has_person) or ends_so) and not said.has(Cue.OWE, Cue.DUE, Cue.OVERDUE, Subject.ACTIONS)
