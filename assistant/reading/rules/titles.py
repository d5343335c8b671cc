"""Words of titles, and unknown verbs beside them: "who countersigned the NDA" has the title "NDA"."""

from assistant.query import Per
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

PLACES = frozenset({"at", "with", "for", "from", "on", "of", "in"})
BEFORE_OBJECTS = frozenset(
    ["the", "a", "an", "our", "their", "its", "that", "this", "these", "those", "it", "them", "him", "her", "us", "me"]
)
"""Words of which one begins what a verb is said of."""

_JOBS_SAID = (
    "ceo cfo coo cto cio cmo cro cpo ciso vp svp evp director manager head chief officer engineer president chairman "
    "founder controller treasurer architect"
)
JOBS = frozenset(_JOBS_SAID.split())
"""Last words of titles of people."""

LIGHT = (Cue.TITLE, Cue.FILLER)

PARTICLES = frozenset({"out", "up", "off", "down", "through", "over", "back", "about", "on", "in", "away"})
PAST_OR_NOW = ("ed", "ing")


def is_title(said: Said, position: int) -> bool:
    """Return true for a word that means nothing here, a verb of work, or a name that no account has."""
    piece = said[position]
    if piece.typed[:1].isdigit():
        return False
    is_name = piece.choice is not None and not piece.choice.is_ambiguous and not stands_for_account(said, position)
    return piece.is_unknown or piece.means(Cue.DOING) or is_name


def job(piece: Piece) -> str:
    """Return the title of somebody that a piece is, of several in the singular: "plant manager"; '' for no title."""
    words = piece.typed.split()
    last = words[-1].casefold()
    single = last if last in JOBS else last.removesuffix("s")
    is_free = piece.choice is not None or all(isinstance(each, Per) or each in LIGHT for each in piece.meanings)
    is_job = single in JOBS and is_free and not (piece.persons or piece.account or piece.segment)
    return " ".join((*words[:-1], words[-1][: len(single)])) if is_job else ""


def stands_for_account(said: Said, position: int) -> bool:
    """Return true for a name that no account has where only an account's can stand: "blockers at Hexley"."""
    before = said[position - 1] if position else None
    after = said[position + 1] if position + 1 < len(said) else None
    is_after = before is not None and before.typed.casefold() in PLACES
    return is_after or said[position].is_possessive or (after is not None and after.means(Cue.HAVE))


def is_verb_here(said: Said, position: int) -> bool:
    """Return true for an unknown word that is the verb between the one who does something and what it is done to."""
    piece = said[position]
    if not (piece.is_unknown and 0 < position < len(said) - 1) or piece.mark or piece.means(Cue.TITLE):
        return False
    before, after = said[position - 1], said[position + 1]
    ends_so = piece.typed.casefold().endswith(PAST_OR_NOW)
    is_after_doer = (
        before.means(Cue.WHO, Cue.ME, Cue.US) or bool(before.persons) or before.typed.casefold().endswith("to")
    )
    is_after_helper = ends_so and before.means(Cue.IS, Cue.HAVE)
    is_object = after.account is not None or after.typed.casefold() in BEFORE_OBJECTS
    is_particle = after.typed.casefold() in PARTICLES and (ends_so or before.means(Cue.ME, Cue.US))
    return (is_after_doer or is_after_helper) and (is_object or is_particle)
