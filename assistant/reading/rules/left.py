"""People who left: "who left at Halden", "champions we lost", "accounts that lost their champion"."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.group import BuyingRole
from assistant.query import Having, Progress, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.forms import lead_of
from assistant.reading.rules.titles import is_title
from assistant.reading.vocabulary.cues import Cue

STAYS = frozenset({"to", "only", "out", "over", "undone", "off", "just", "in", "until", "before"})
"""Words after "left" and "leave" of things that remain, or that are to be left out."""

NO_LONGER = frozenset(
    ["at", "with", "there", "in", "here", "around", "from", "working", "employed", "work", "works", "have", "part of"]
)
"""Words after "no longer" of somebody who left, and of which one ends "who do we no longer have"."""

THINGS = (Subject.BLOCKERS, Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.PLAYS, Subject.REVIEWS)
ANYBODY = frozenset({"anyone", "anybody", "someone", "somebody"})
ONE = ("our", "the", "their", "my", "a")
"""Words before a role of somebody who is told of, and not asked for."""


def with_left(said: Said, parts: Parts) -> Parts:
    """Return the parts with those who left as what is asked for, or as what the accounts asked for have lost."""
    gone = [position for position in said.where(Cue.LEAVE, Progress.LOST) if _is_of_people(said, position)]
    if not gone or not _is_asked(said):
        return parts
    said.use(*gone)
    if _is_of_accounts(said, gone[0]):
        roles = [(position, each) for position, each in said.of_kind(BuyingRole)]
        said.use(*(position for position, _ in roles), *said.where(Subject.PEOPLE))
        having = tuple(dict.fromkeys((*parts.having, Having.ROLE)))
        roles_said = tuple(dict.fromkeys((*parts.roles, *(each for _, each in roles))))
        without = tuple(each for each in parts.without if each is not Having.ROLE)
        return replace(parts, having=having, without=without, roles=roles_said, progress=(Progress.LOST,))
    return replace(parts, progress=(Progress.LOST,))


def is_of_left(parts: Parts) -> bool:
    """Return true where people who left are asked for."""
    return parts.progress == (Progress.LOST,) and Having.ROLE not in parts.having


def _is_of_people(said: Said, position: int) -> bool:
    """Return true for a verb that says of somebody that they are gone."""
    piece = said[position]
    if said.has(*THINGS) and not piece.means(Progress.LOST):
        return False
    if piece.typed.casefold() == "no longer":
        return _is_no_longer(said, position)
    has_person = said.has(Subject.PEOPLE) or any(each.of_kind(BuyingRole) for each in said.pieces)
    if piece.means(Progress.LOST):
        return (has_person or _is_whom_there(said)) and not said.has(Subject.DEALS)
    after = said[position + 1] if position + 1 < len(said) and not piece.mark else None
    words = after.typed.casefold().split() if after else []
    is_of_list = said.has(Subject.LIST_CHANGES) or any("list" in each.typed.casefold().split() for each in said.pieces)
    if is_of_list or STAYS.intersection(words[:1]) or (after is not None and after.means(Subject.ACTIONS)):
        return False
    has_name = any(is_title(said, each) or said[each].choice is not None for each in range(position))
    is_anybody = said.has(Cue.WHO) or names_anybody(said.pieces[:position])
    return has_person or is_anybody or has_name


def _is_no_longer(said: Said, position: int) -> bool:
    """Return true for "champions no longer there" and "who do we no longer have"."""
    after = said[position + 1] if position + 1 < len(said) else None
    is_place = after is None or (after.typed.casefold() in NO_LONGER and not after.means(Subject.LIST_CHANGES))
    has_person = said.has(Subject.PEOPLE, Cue.WHO) or any(each.of_kind(BuyingRole) for each in said.pieces)
    return is_place and has_person and not any("list" in each.typed.casefold() for each in said.pieces)


def _is_whom_there(said: Said) -> bool:
    """Return true for "who did we lose at Halden"."""
    is_place = any(
        each.account is not None and position and said[position - 1].typed.casefold() in ("at", "from", "in")
        for position, each in enumerate(said.pieces)
    )
    return is_place and said.has(Cue.WHO)


def names_anybody(pieces: Sequence[Piece]) -> bool:
    """Return true for "has anybody left" and "anyone chasing the contract"."""
    return any(not ANYBODY.isdisjoint(piece.typed.casefold().split()) for piece in pieces)


def _is_asked(said: Said) -> bool:
    """Return true for a question, and for a fragment that begins with those who are meant."""
    if lead_of(said) is not None or said.has(Subject.ACCOUNTS, Subject.PEOPLE):
        return True
    first = said[0]
    if first.of_kind(BuyingRole):
        return first.typed.casefold().split()[0] not in ONE
    begins = [piece.typed.casefold() for piece in said.pieces[:2]]
    return (
        begins[0] in ("the", "lost") and len(begins) > 1 and bool(said[1].of_kind(BuyingRole)) and begins[1][-1] == "s"
    )


def _is_of_accounts(said: Said, position: int) -> bool:
    """Return true for accounts that lost somebody, or where somebody left."""
    lead = lead_of(said)
    if lead is not None and said[lead].means(Cue.WHERE):
        return True
    nouns = [each for each in said.where(Subject.ACCOUNTS) if each < position]
    return bool(nouns) and not said.has(Subject.PEOPLE) and not said[0].of_kind(BuyingRole)
