"""The values by which accounts are filtered: stages, states, statuses; "not stalled" is all the others."""

from dataclasses import replace

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.list_filter import AccountStanding
from assistant.query import Having, Progress, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

STATE_OF_WAY = {Way.EXPANDED: AccountStanding.EXPANDED, Way.ADVANCED: AccountStanding.ADVANCED}

STATUS_OF_DEED = {DecisionKind.REMOVE: ListStatus.REMOVED, DecisionKind.PAUSE: ListStatus.PAUSED}

ONWARDS = frozenset({"higher", "above", "beyond", "later", "further", "better", "up", "upwards"})
NEVER_LISTED = (Subject.PLAYS, Subject.REVIEWS)
"""Things that "kicked off" is said of with another meaning."""


def with_account_values(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with stages, states and statuses, as the subject wants them."""
    if subject is Subject.MEMBERS:
        return parts
    stages = _stages(said, parts, subject)
    states = _states(said, parts, subject)
    statuses = said.take(ListStatus)
    if subject in NEVER_LISTED:
        statuses = ()
    if subject is Subject.ACCOUNTS and said.has_left(Progress.DROPPED):
        said.use(*said.where(Progress.DROPPED))
        statuses = (*statuses, ListStatus.REMOVED)
    having = parts.having
    if subject in (Subject.ACCOUNTS, None) and said.has_left(Cue.BLOCKED):
        having = tuple(dict.fromkeys((*having, Having.BLOCKER)))
        said.use(*said.where(Cue.BLOCKED))
    if subject is Subject.LIST_CHANGES:
        statuses = _reached(said, statuses)
    return replace(
        parts,
        stages=(*parts.stages, *stages),
        states=tuple(dict.fromkeys((*parts.states, *states))),
        statuses=(*parts.statuses, *statuses),
        having=having,
    )


def _stages(said: Said, parts: Parts, subject: Subject | None) -> tuple[Stage, ...]:
    """Return the stages named; of movement the one reached, all others for "not engaged"."""
    between = _between(said)
    denied = [position for position, _ in said.of_kind(Stage) if is_other(said, parts, position)]
    targets = tuple(stage for position, stage in said.of_kind(Stage) if is_target(said, position))
    if subject is Subject.DEALS:
        said.use(*(each for each in said.where(Stage.OPPORTUNITY) if _is_deal_itself(said, each)))
    onwards = () if parts.of else _onwards(said)
    stages = said.take(Stage)
    if onwards:
        return onwards
    stages = targets if targets and subject is not Subject.ACCOUNTS else between or stages
    return tuple(each for each in Stage if each not in stages) if denied else stages


def _onwards(said: Said) -> tuple[Stage, ...]:
    """Return the stages of "engaged or higher", and use its words."""
    for position, stage in said.of_kind(Stage):
        after = said.pieces[position + 1 : position + 3]
        if len(after) == 2 and after[0].means(Cue.OR, Cue.AND) and after[1].typed.casefold() in ONWARDS:
            said.use(position + 1, position + 2)
            return tuple(each for each in Stage if each.rank >= stage.rank)
    return ()


def _is_deal_itself(said: Said, position: int) -> bool:
    """Return true for "the Kestrel opportunity", false for deals of accounts "at opportunity"."""
    before = said.before_of_weight(position)
    return said[position].typed.casefold() == "opportunity" and before is not None and said[before].account is not None


def is_target(said: Said, position: int) -> bool:
    """Return true for the second tier of "from tier 2 to tier 1", and the second stage of "from aware to engaged"."""
    is_after_to = position > 0 and said[position - 1].typed.casefold() in ("to", "into")
    return is_after_to and any(piece.typed.casefold().endswith("from") for piece in said.pieces[:position])


def _between(said: Said) -> tuple[Stage, ...]:
    """Return the stages of "between engaged and opportunity", both included."""
    if not any(piece.typed.casefold() == "between" for piece in said.pieces):
        return ()
    ends = sorted(stage.rank for _, stage in said.of_kind(Stage))
    return tuple(stage for stage in Stage if ends[0] <= stage.rank <= ends[-1]) if len(ends) > 1 else ()


def _states(said: Said, parts: Parts, subject: Subject | None) -> tuple[AccountStanding, ...]:
    """Return the states named; all others for "not stalled"."""
    is_denied = any(_is_denied(said, position) for position, _ in said.of_kind(AccountStanding))
    states = said.take(AccountStanding)
    if subject not in (Subject.ACCOUNTS, None):
        return tuple(each for each in states if each is not AccountStanding.NEW)
    ways = said.take(Way, STATE_OF_WAY.__contains__)
    if is_denied and said.is_whole and not parts.of:
        return tuple(each for each in AccountStanding if each not in states)
    return (*states, *(STATE_OF_WAY[way] for way in ways))


def is_other(said: Said, parts: Parts, position: int) -> bool:
    """Return true for "not in tier 1" and "outside of tier 1", where no account is named."""
    before = said.before_of_weight(position)
    while before is not None and said[before].means(Cue.AT, Cue.IS, Cue.NOW) and not said[before].means(Cue.NOT):
        before = said.before_of_weight(before)
    if before is None or parts.of or not (said.is_whole and said[before].means(Cue.NOT)):
        return False
    said.use(before)
    return True


def _is_denied(said: Said, position: int) -> bool:
    """Return true for a state after "not" or "aren't"."""
    before = said.before_of_weight(position)
    while before is not None and said[before].means(Cue.IS, Cue.NOW) and not said[before].means(Cue.NOT):
        before = said.before_of_weight(before)
    is_denied = before is not None and said[before].means(Cue.NOT)
    if is_denied and before is not None:
        said.use(before)
    return is_denied


def _reached(said: Said, statuses: tuple[ListStatus, ...]) -> tuple[ListStatus, ...]:
    """Return the statuses that accounts came to: added to the list is named, whatever "on the list" says too."""
    if said.has(*STATUS_OF_DEED):
        deeds = [(position, each) for position, each in said.of_kind(DecisionKind) if each in STATUS_OF_DEED]
        said.use(*(position for position, _ in deeds))
        statuses = (*statuses, *(STATUS_OF_DEED[each] for _, each in deeds))
    gone = tuple(each for each in statuses if each is not ListStatus.NAMED)
    if gone:
        return () if said.has(Cue.ADD) and said.has(Cue.WHO, Cue.WHICH, Cue.AND) else gone
    if said.has(Cue.ADD) and said.has(Cue.LEAVE) and said.has(Cue.AND, Cue.OR):
        said.use(*said.where(Cue.ADD, Cue.LEAVE))
        return ()
    if said.has(Cue.ADD):
        said.use(*said.where(Cue.ADD))
        return (ListStatus.NAMED,)
    if said.has(Cue.LEAVE):
        said.use(*said.where(Cue.LEAVE))
        return (ListStatus.REMOVED,)
    return () if said.has(Cue.NEWS, Subject.CHANGES, Subject.LIST_CHANGES, Cue.MOVE) else statuses
