"""Events that did not happen at the accounts asked for: nobody touched them, they were never reviewed."""

from dataclasses import replace

from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from assistant.query import Field, Having, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

HAVING_OF_VERB = {
    Cue.TOUCH: Having.TOUCH,
    Cue.DISCUSS: Having.REVIEW,
    Cue.RECORD: Having.UPDATE,
    Cue.DECIDE: Having.DECISION,
    Cue.OWN: Having.OWNER,
}
"""Things that did not happen: "nobody touched", "never reviewed"."""

HAVING_OF_CUE = {Cue.UNPLANNED: Having.NEXT_ACTION, Cue.OWNERLESS: Having.OWNER}
HAVING_OF_PARTICIPLE = {
    **dict.fromkeys(("scored", "rated", "graded"), Having.FIT),
    **dict.fromkeys(("justified", "argued"), Having.JUSTIFICATION),
    **dict.fromkeys(("valued", "priced", "sized"), Having.VALUE),
    **dict.fromkeys(("planned", "scheduled"), Having.NEXT_ACTION),
    "segmented": Having.SEGMENT,
}
"""Things that accounts have once somebody did this."""

HAVING_OF_FIELD = {
    Field.OWNER: Having.OWNER,
    Field.PARTNER: Having.PARTNER,
    Field.EXECUTIVE: Having.EXECUTIVE,
    Field.SEGMENT: Having.SEGMENT,
    Field.VALUE: Having.VALUE,
    Field.NARRATIVE: Having.NARRATIVE,
    Field.FIT: Having.FIT,
    Field.JUSTIFICATION: Having.JUSTIFICATION,
    Field.PIPELINE: Having.DEAL,
    Field.LAST_TOUCH: Having.TOUCH,
    Field.ROLES: Having.ROLE,
}
"""Things that accounts have where a field is filled in."""

HAVING_OF_FUNCTION = {
    Function.MARKETING: Having.PARTNER,
    Function.SALES: Having.OWNER,
    Function.EXECUTIVE: Having.EXECUTIVE,
}
DEEDS = (Cue.NEED, Cue.WAIT, Cue.OWE, Cue.TOUCH, Cue.RECORD)
BETWEEN = (Cue.HAVE, Cue.IS, Cue.DO, Cue.US, Cue.ME, Cue.NOW, Cue.THERE_IS, Cue.ANY)
"""Words between "not" and its verb."""


def without_events(said: Said, parts: Parts) -> Parts:
    """Return the parts with what did not happen: "nobody touched", "not reviewed", "gone quiet"."""
    parts = _by_no_owner(said, _without_ours(said, parts))
    for cue, having in HAVING_OF_CUE.items():
        if found := [each for each in said.where(cue) if each not in said.used and not _is_by_somebody(said, each)]:
            said.use(*found)
            parts = _and_without(parts, having)
    is_of_where = said.has(Subject.ACCOUNTS, Cue.WHERE)
    if is_of_where and said.has(Cue.KNOW) and said.has_left(Cue.WITHOUT, Cue.NOT):
        said.use(*said.where(Cue.KNOW, Cue.WITHOUT, Cue.NOT))
        return _and_without(parts, Having.CONTACT)
    if not parts.of and (silent := said.where(Cue.SILENT)):
        said.use(*silent)
        return _and_without(parts, Having.TOUCH)
    for position in said.where(Cue.WITHOUT, Cue.NOT, Cue.MISSING):
        if position not in said.used:
            parts = _unmade(said, parts, position) or _denied_verb(said, parts, position)
    return parts


def _by_no_owner(said: Said, parts: Parts) -> Parts:
    """Return the parts without what "has nobody" is said of: "which accounts has nobody contacted"."""
    for position in said.where(Cue.OWNERLESS):
        if position + 1 < len(said) and said[position + 1].means(*HAVING_OF_VERB):
            parts = _denied_verb(said, parts, position)
    return parts


def _without_ours(said: Said, parts: Parts) -> Parts:
    """Return the parts without anybody of a function of ours: "accounts with nobody from marketing"."""
    denials = [each for each in said.where(Cue.WITHOUT, Cue.NOT, Cue.OWNERLESS) if each not in said.used]
    if not denials or not said.has(Subject.ACCOUNTS) or said.has(*DEEDS):
        return parts
    for position, function in said.of_kind(Function):
        if function in HAVING_OF_FUNCTION:
            said.use(position, *denials)
            return _and_without(parts, HAVING_OF_FUNCTION[function])
    return parts


def _unmade(said: Said, parts: Parts, position: int) -> Parts | None:
    """Return the parts without what nobody made: "unscored", "nobody justified", "not valued"; None for other words."""
    after = said.next_of_weight(position)
    for each in (position, after):
        last = said[each].typed.casefold().split()[-1] if each is not None else ""
        having = HAVING_OF_PARTICIPLE.get(last.removeprefix("un"))
        if having is not None and each is not None:
            fields = [field for field, thing in HAVING_OF_FIELD.items() if thing is having]
            said.use(position, each, *said.where(*fields))
            return _and_without(parts, having)
    return None


def denied_owner(said: Said) -> str:
    """Return the words that ask for accounts of all but somebody, which no query can say: "not owned by me"."""
    has_person = any(piece.persons or piece.means(Cue.ME) for piece in said.pieces)
    for position in said.where(Cue.NOT, Cue.OWNERLESS) if has_person and said.has(Subject.ACCOUNTS) else ():
        after = said.next_of_weight(position)
        is_denied = said[position].means(Cue.OWNERLESS) or (after is not None and said[after].means(Cue.OWN))
        if is_denied:
            return " ".join(piece.typed for piece in said.pieces[position:])
    return ""


def _denied_verb(said: Said, parts: Parts, position: int) -> Parts:
    """Return the parts without what the verb after "not" or "nobody" says."""
    after = said.next_of_weight(position)
    while after is not None and said[after].means(*BETWEEN):
        after = said.next_of_weight(after)
    if after is None:
        return _by_nobody(said, parts, position)
    is_of_accounts = said.has(Subject.ACCOUNTS, Cue.WHERE)
    if said[after].means(Cue.MOVE) or (is_of_accounts and said[after].means(Way.ADVANCED)):
        said.use(position, after)
        return _unmoved(said, parts)
    having = next((thing for verb, thing in HAVING_OF_VERB.items() if said[after].means(verb)), None)
    if having is None or (having is Having.OWNER and _is_by_somebody(said, after)):
        return parts
    said.use(position, after)
    return _and_without(parts, _written(said, after) if having is Having.UPDATE else having)


def _written(said: Said, verb: int) -> Having:
    """Return the thing that nobody wrote: a narrative, a value, else an update."""
    after = said.next_of_weight(verb)
    fields = said[after].of_kind(Field) if after is not None else ()
    having = next((HAVING_OF_FIELD[each] for each in fields if each in HAVING_OF_FIELD), None)
    if after is None or having is None:
        return Having.UPDATE
    said.use(after)
    return having


def _by_nobody(said: Said, parts: Parts, position: int) -> Parts:
    """Return the parts without an owner, for "owned by nobody" at the end."""
    own = position - 1
    if own < 0 or not said[own].means(Cue.OWN):
        return parts
    said.use(position, own)
    return _and_without(parts, Having.OWNER)


def _is_by_somebody(said: Said, position: int) -> bool:
    """Return true for "not owned by Nora", which is not without an owner."""
    after = [said[each] for each in range(position + 1, min(len(said), position + 3))]
    return any(each.persons or each.means(Cue.ME) for each in after)


def _unmoved(said: Said, parts: Parts) -> Parts:
    """Return the parts with accounts that did not move: in some days, else those that are stalled."""
    if any(piece.when for piece in said.pieces):
        return _and_without(parts, Having.MOVEMENT)
    return replace(parts, states=(*parts.states, AccountStanding.STALLED))


def _and_without(parts: Parts, having: Having) -> Parts:
    return replace(parts, without=tuple(dict.fromkeys((*parts.without, having))))


def empty_roles(said: Said) -> list[int]:
    """Return the words of "which roles have nobody" and "roles we don't have": the roles that are missing."""
    roles = [each for each in said.where(Field.ROLES) if said[each].typed.casefold() in ("roles", "buying roles")]
    denials = said.where(Cue.WITHOUT, Cue.NOT, Cue.MISSING, Cue.OWNERLESS)
    return [*roles, *denials] if roles and denials and not said.has(Subject.ACCOUNTS) else []


def are_claims(said: Said, position: int, missing: list[int]) -> bool:
    """Return true for moves without evidence, which are claimed ones."""
    moves = (piece for piece in said.pieces[:position] if piece.means(Subject.MOVEMENT, Cue.MOVE) or piece.of_kind(Way))
    return [said[each].means(Subject.EVIDENCE) for each in missing] == [True] and next(moves, None) is not None
