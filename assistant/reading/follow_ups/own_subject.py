"""The subject that a follow-up says itself, by a noun or a verb: values alone leave it to the answer before."""

from assistant.query import Field, Query, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.nouns import head_noun
from assistant.reading.vocabulary.cues import Cue

VERBS = (
    Cue.OWE,
    Cue.BLOCK,
    Cue.BLOCKED,
    Cue.RESOLVE,
    Cue.BUYER_DID,
    Cue.DECIDE,
    Cue.PROMOTE,
    Cue.DEMOTE,
    Cue.ATTEND,
    Cue.NEWS,
    Cue.MOVE,
    Cue.KNOW,
    Cue.NEED,
    Cue.WAIT,
    Cue.ADD,
)
"""Words that tell a subject without a noun; not `due`, `overdue`, `close` and the like, which are said of several."""

STANDING_ON = (Cue.IT, Cue.THAT, Cue.THEY)


def own_subject(said: Said, parts: Parts, before: Query) -> Subject | None:
    """Return the subject that the text says by a noun or verb, None where only its values could tell one."""
    noun = head_noun(said)
    if noun is Subject.ACCOUNTS and _is_of_accounts(said, before):
        noun = None
    if noun is not None:
        return parts.subject
    if said.has(*VERBS) and not _is_said_of_before(said, before):
        return parts.subject
    has_field = parts.subject is Subject.ACCOUNTS and bool(parts.fields)
    return Subject.ACCOUNTS if has_field and not _is_item_field(parts, before) else None


def _is_of_accounts(said: Said, before: Query) -> bool:
    """Return true for accounts that narrow another thing: "only those on tier 1 accounts"."""
    if before.subject is Subject.ACCOUNTS:
        return False
    first = next((position for position in range(len(said)) if said.has_weight(position)), 0)
    return said.has(Cue.ONLY) or said[first].means(Cue.AT, Cue.FOR)


def _is_said_of_before(said: Said, before: Query) -> bool:
    """Return true for a verb that repeats the subject before: "since when is it blocked"."""
    is_blocked = said.has(Cue.BLOCKED) and before.subject is Subject.BLOCKERS
    is_moved = said.has(Cue.MOVE) and before.subject is Subject.MOVEMENT
    return is_blocked or is_moved


def _is_item_field(parts: Parts, before: Query) -> bool:
    items = {Field.DUE, Field.AGE, Field.AMOUNT}
    return set(parts.fields) <= items or before.subject is Subject.MEMBERS
