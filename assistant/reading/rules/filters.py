"""The values of filters, as the subject wants them: a stage, a state, a role, a kind, a progress."""

from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Progress, Subject, Way, Which
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.account_values import is_other, is_target, with_account_values
from assistant.reading.rules.progress import with_progress
from assistant.reading.vocabulary.cues import Cue

WITH_PROGRESS = (Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS, Subject.PLAYS, Subject.DEALS)
WAY_OF_STATE = {AccountStanding.CLAIMED: Way.CLAIMED}
FIELD_OF_WHICH = {Which.NEXT: Field.NEXT_REVIEW, Which.LAST: Field.LAST_REVIEW}

WAY_OF_WORD = {
    **dict.fromkeys(("back", "backwards", "down"), Way.REGRESSED),
    **dict.fromkeys(("up", "forward", "ahead"), Way.ADVANCED),
}
TIERS = (1, 2, 3)


def with_tiers(said: Said, parts: Parts) -> Parts:
    """Return the parts with the tiers named: "tier 1", "tier 2 or 3", "T1s"."""
    tiers: list[int] = []
    for position, piece in enumerate(said.pieces):
        numbers = piece.of_kind(int)
        if numbers and position not in said.used:
            if tiers and is_target(said, position):
                tiers.clear()
            tiers += numbers if not is_other(said, parts, position) else [each for each in TIERS if each not in numbers]
            said.use(position)
        elif (number := _tier(said, position, is_first=not tiers)) is not None:
            tiers.append(number)
            said.use(position)
    return replace(parts, tiers=tuple(dict.fromkeys(tiers)))


def with_values(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with the values that the subject can be filtered by; others are left for later rules."""
    if subject is Subject.PEOPLE or subject is None:
        parts = replace(parts, roles=(*parts.roles, *said.take(BuyingRole)))
    parts = _with_needs(said, parts, subject)
    if subject is Subject.SIGNALS or subject is None:
        parts = replace(parts, signals=(*parts.signals, *said.take(SignalKind)))
    if subject is Subject.MOVEMENT or subject is None:
        parts = _with_ways(said, parts)
    parts = _with_decisions(said, parts, subject)
    if subject in WITH_PROGRESS or subject is None:
        parts = with_progress(said, parts, subject)
    return with_account_values(said, parts, subject)


def with_which(said: Said, parts: Parts, subject: Subject | None, form: Form | None) -> Parts:
    """Return the parts with the review that is meant."""
    if subject is not Subject.REVIEWS:
        return parts
    for cue, which in ((Cue.NEXT, Which.NEXT), (Cue.LAST, Which.LAST)):
        where = [*said.where(cue), *said.where(FIELD_OF_WHICH[which])]
        if [said[each].typed.casefold() for each in where] == ["past"]:
            # all that are over
            said.use(*where)
            return parts
        if where:
            said.use(*where)
            is_of_days = form is Form.LIST and any(piece.when for piece in said.pieces)
            return parts if is_of_days else replace(parts, which=which)
    if said.has(Progress.OPEN):
        said.use(*said.where(Progress.OPEN))
        return replace(parts, which=Which.OPEN)
    return parts


def _tier(said: Said, position: int, *, is_first: bool) -> int | None:
    """Return the number of a tier after the word or after other tiers: "tiers 2 and 3", "tier 2s and 3s"."""
    piece = said[position]
    number = int(piece.typed[0]) if piece.typed in ("1s", "2s", "3s") else piece.number
    if number not in TIERS or not position:
        return None
    if is_first and said[position - 1].means(Field.TIER):
        said.use(position - 1)
        return number
    return number if not is_first and (_joins(said, position) or position - 1 in said.used) else None


def _joins(said: Said, position: int) -> bool:
    """Return true for a number that stands after a tier and "or", "and" or a comma."""
    before = said[position - 1]
    if before.means(Cue.AND, Cue.OR, Cue.COMPARE):
        before = said[position - 2]
        return bool(before.of_kind(int)) or before.number in TIERS
    return bool(before.mark) and (bool(before.of_kind(int)) or before.number in TIERS)


def _with_needs(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    if subject not in (Subject.BLOCKERS, None) and Having.BLOCKER not in parts.having:
        return parts
    if subject is None and not said.has(Cue.NEED, Cue.WAIT):
        return parts
    cues = said.where(Cue.NEED, Cue.WAIT)
    start = cues[0] if cues else -1
    needs = []
    for position, function in said.of_kind(Function):
        is_needed = position < start and said[start].typed.casefold().split()[0] in ("needed", "required")
        if position > start or is_needed or not cues:
            needs.append(function)
            said.use(position)
    said.use(*cues)
    return replace(parts, needs=tuple(dict.fromkeys(needs)))


def _with_ways(said: Said, parts: Parts) -> Parts:
    is_noun = not (said[0].means(Cue.DO) if len(said) else False)
    nouns = [each for each in said.where(Subject.MOVEMENT) if is_noun and said[each].of_kind(Way)]
    said.use(*nouns)
    ways = [*parts.ways, *said.take(Way)]
    ways += _directions(said)
    if Way.CLAIMED in ways and not said.has(Cue.OR, Cue.AND):
        ways = [each for each in ways if each is not Way.ADVANCED]
    if _is_either_way(said):
        ways.clear()
    if said.has(Cue.MOVE) and said.has(Cue.AND) and len(ways) == 1:
        ways.clear()
    for position, state in list(said.of_kind(AccountStanding)):
        if state in WAY_OF_STATE:
            ways.append(WAY_OF_STATE[state])
            said.use(position)
    return replace(parts, ways=tuple(dict.fromkeys(ways)))


def _is_either_way(said: Said) -> bool:
    """Return true for "up or down"."""
    words = " ".join(piece.typed.casefold() for piece in said.pieces)
    return any(each in words for each in ("up or down", "up and down", "forward or back", "or backward", "down or up"))


def _directions(said: Said) -> list[Way]:
    """Return the way of "moved Halden back", whose words are apart."""
    found = []
    for position, piece in enumerate(said.pieces):
        way = WAY_OF_WORD.get(piece.typed.casefold())
        if way is not None and said.has(Cue.MOVE) and piece.is_unknown | piece.is_filler:
            said.use(position)
            found.append(way)
    return found


def _with_decisions(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    if subject is not Subject.DECISIONS:
        return parts
    kinds = list(said.take(DecisionKind))
    for status, kind in ((ListStatus.PAUSED, DecisionKind.PAUSE), (ListStatus.REMOVED, DecisionKind.REMOVE)):
        for position in said.where(status):
            if position not in said.used:
                kinds.append(kind)
                said.use(position)
    if said.has(Cue.PROMOTE, Cue.DEMOTE):
        kinds.append(DecisionKind.CHANGE_TIER)
        said.use(*said.where(Cue.PROMOTE, Cue.DEMOTE))
    for position in said.where(AccountStanding.NEEDS_INTERVENTION):
        kinds.append(DecisionKind.INTERVENE)
        said.use(position)
    return replace(parts, decisions=tuple(dict.fromkeys(kinds)))
