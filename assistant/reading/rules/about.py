"""Words that the text of a thing must have: the security review, the GDPR blocker, Dana Weber."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Subject, Way
from assistant.reading.named.everyday_words import EVERYDAY_WORDS
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.titles import PLACES, is_title, is_verb_here, job
from assistant.reading.vocabulary.cues import Cue

WITH_TEXT = frozenset(set(Subject) - {Subject.ACCOUNTS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.REVIEWS})
NAMED_THINGS = (Subject.ACTIONS, Subject.BLOCKERS, Subject.DECISIONS, Subject.ASKS, Subject.PLAYS, Subject.DEALS)
_BEFORE_SAID = (
    "the a an this that our their his her its my for on of to about regarding re any no every is are with and"
)
BEFORE_TITLES = frozenset(_BEFORE_SAID.split())
"""Words that a title may follow."""

NO_TITLES = (Subject.ACCOUNTS, Subject.MEMBERS, Subject.PEOPLE)
"""Nouns whose things are asked for: "the team's commitments"."""

CALCULATED = frozenset({"average", "avg", "mean", "median", "percentage", "percent", "rate", "forecast"})
"""Words for a number that no answer has, and no word of a title."""

OF_SOMEBODY = frozenset({"of", "on", "for", "from"})
"""Words before somebody who is asked about: "the role of Dana Weber", "anything on Dana Weber"."""

PART_OF_TITLE = (Subject, BuyingRole, Function, SignalKind, Field, Way, Having)
"""Kinds of words that may be part of a title beside a word that means nothing here: "security review"."""


def with_about(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with the words that are no others': titles, topics, names of people at accounts."""
    if subject is None or subject not in WITH_TEXT:
        return parts
    runs = [each for run in _apart(_runs(said, subject)) if _may_be_title(said, run, subject) for each in run]
    words = [
        job(said[each]) or said[each].typed
        for each in runs
        if not said[each].means(Cue.DOING) or _is_inside(said, runs, each)
    ]
    if not words and not said.has(subject):
        words = [said[each].typed for each in runs]
    taken = tuple(said[each].choice for each in runs)
    parts = replace(parts, choices=tuple(each for each in parts.choices if not any(each is other for other in taken)))
    said.use(*runs)
    said.use(*(said.where(Cue.ABOUT) if words else ()))
    return replace(parts, about=" ".join(words))


def _runs(said: Said, subject: Subject) -> list[int]:
    """Return the positions of the words of titles, in their order."""
    kept: set[int] = set()
    for position in range(len(said)):
        is_head = said.first(subject) == position
        is_wanted = (
            is_title(said, position)
            or (_is_after_about(said, position) and not is_head)
            or _is_person(said, position, subject)
        )
        is_job = subject is Subject.PEOPLE and bool(job(said[position]))
        is_wanted = is_wanted or (subject is Subject.ACTIONS and said[position].means(Having.PROPOSAL))
        is_no_title = said[position].typed.casefold() in CALCULATED
        if position in said.used or not (is_wanted or is_job) or is_verb_here(said, position) or is_no_title:
            continue
        kept.add(position)
        if subject is Subject.PEOPLE and _is_full_name(said[position]):
            continue
        for step in (1, -1):
            beside = position + step
            if step > 0 and is_job and beside + 1 < len(said) and said[beside].typed.casefold() == "of":
                beside += 1
            while 0 <= beside < len(said) and _may_join(said, beside, subject) and not _is_parted(said, beside, step):
                kept.add(beside)
                beside += step
    return sorted(kept)


def _is_inside(said: Said, runs: Sequence[int], position: int) -> bool:
    """Return true for the call of "kickoff call", false for the verb that ends "was the contract sent"."""
    if position - 1 not in runs and position - 2 in runs and job(said[position - 2]):
        return True
    is_past = said[position].typed.casefold().endswith(("ed", "sent", "built", "written"))
    return position - 1 in runs and not (is_past and position + 1 not in runs)


def _apart(positions: Sequence[int]) -> list[list[int]]:
    """Return the positions in runs of those that follow each other."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs


def _may_be_title(said: Said, run: Sequence[int], subject: Subject) -> bool:
    """Return true if words stand where a title or a name does; others are left, and said to be not understood."""
    pieces = [said[each] for each in run]
    if any(piece.choice or piece.means(Cue.TITLE, Cue.DOING) or piece.typed[:1].isupper() for piece in pieces):
        return True
    if len(run) > 1 or len(pieces[0].typed.split()) > 1 or any(piece.meanings for piece in pieces):
        return True
    if pieces[0].typed.casefold() in EVERYDAY_WORDS and subject is Subject.PEOPLE:
        return False
    after = run[-1] + 1
    is_before_noun = after < len(said) and said[after].means(*NAMED_THINGS) and not pieces[-1].mark
    before = said[run[0] - 1] if run[0] else None
    return is_before_noun or before is None or bool(before.mark) or _leads_to_title(before)


def _leads_to_title(before: Piece) -> bool:
    """Return true for a word that a title follows: an article, "about", a verb of work."""
    last = before.typed.casefold().split()[-1]
    return (
        last in BEFORE_TITLES
        or last in ("called", "named", "up")
        or before.means(Cue.ABOUT, Cue.DOING, Cue.TITLE)
        or bool(before.persons)
    )


def _is_after_about(said: Said, position: int) -> bool:
    """Return true for a word after "about" or "regarding" that nothing else has used."""
    piece = said[position]
    if piece.is_name or piece.when or not any(piece.of_kind(kind) for kind in PART_OF_TITLE):
        return False
    if _is_before_noun(said, position):
        return True
    before = position - 1
    while before >= 0 and said[before].meanings == (Cue.FILLER,):
        before -= 1
    return before >= 0 and said[before].means(Cue.ABOUT)


def _is_person(said: Said, position: int, subject: Subject) -> bool:
    """Return true for a name that no account has, where people are asked for: "what is Dana Weber's role"."""
    choice = said[position].choice
    before = said[position - 1].typed.casefold() if position else ""
    if _is_owner_of_role(said, position):
        return False
    has_noun = said.has(Subject.PEOPLE) or any(piece.of_kind(BuyingRole) for piece in said.pieces)
    if _is_full_name(said[position]) and before in OF_SOMEBODY and not has_noun:
        return True
    return subject is Subject.PEOPLE and choice is not None and not choice.is_ambiguous and before not in PLACES


def _is_full_name(piece: Piece) -> bool:
    is_name = piece.choice is not None or not (piece.meanings or piece.is_name)
    return is_name and " " in piece.typed and not job(piece)


def _is_owner_of_role(said: Said, position: int) -> bool:
    """Return true for the account of "Orrin Rail's champion": people have roles, only accounts have people in them."""
    after = position + 1
    is_possessive = said[position].choice is not None and said[position].is_possessive
    return is_possessive and after < len(said) and bool(said[after].of_kind(BuyingRole))


def _is_before_noun(said: Said, position: int) -> bool:
    """Return true for the webinar of "the webinar task"."""
    after = position + 1
    is_title = not (said[position].of_kind(Function) or said[position].means(*NO_TITLES))
    return is_title and after < len(said) and not said[position].mark and said[after].means(*NAMED_THINGS)


def _may_join(said: Said, position: int, subject: Subject) -> bool:
    piece = said[position]
    is_head = piece.means(subject) and said.first(subject) == position
    if position in said.used or piece.is_name or piece.when or is_head or is_verb_here(said, position):
        return False
    is_help = piece.means(Cue.HELP) and " " not in piece.typed
    return piece.is_unknown or is_help or any(piece.of_kind(kind) for kind in PART_OF_TITLE)


def _is_parted(said: Said, position: int, step: int) -> bool:
    """Return true if a mark stands between a piece and the one that it would be joined to."""
    return bool(said[position - 1 if step > 0 else position].mark)
