"""Whole questions, which mean the same whatever was answered before them."""

from assistant.query import Query, Subject
from assistant.reading.parts import Mark, Parts
from assistant.reading.pieces import Said
from assistant.reading.subjects.nouns import head_noun

TYING = frozenset({Mark.FOLLOWING, Mark.ONLY, Mark.OTHER, Mark.OTHERS, Mark.CORRECTION, Mark.SAME, Mark.YES})
WHOLE_WORDS = 4
"""Fewer words are rather said of what was just answered."""

NAMED = ("of", "choices", "owners", "whose", "persons")
FILTERS = (
    *("tiers", "segments", "states", "statuses", "stages", "having", "without", "period"),
    *("least_cents", "most_cents", "by", "per", "needs", "ways", "progress"),
)


def is_whole(said: Said, parts: Parts, query: Query | None) -> bool:
    """Return true for a question that names whom it is about, or the kind of thing with a filter, and is not tied."""
    is_tied = bool(parts.pronouns or TYING & set(parts.marks) or parts.ordinal or parts.step or parts.not_of)
    words = sum(len(each.typed.split()) for each in said.pieces)
    if query is None or is_tied or words < WHOLE_WORDS:
        return False
    if any(getattr(parts, name) for name in NAMED):
        return True
    if head_noun(Said(said.pieces)) is None or parts.unread:
        return False
    is_of_all = parts.subject in (Subject.MEMBERS, Subject.LIST_CHANGES)
    return is_of_all or any(getattr(parts, name) for name in FILTERS)
