"""Things that an account can have or be without, and the words around them: "with a blocker", "no champion yet"."""

import re
from dataclasses import replace
from typing import TypeVar

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Progress, Subject, Way, Which
from assistant.reading.forms import ANYBODY, HAVING_OF_FIELD, HAVING_OF_VERB, are_claims, empty_roles, without_events
from assistant.reading.lexicon import Piece, Said
from assistant.reading.read import Cue
from assistant.reading.tokens import Mark, Parts, Pronoun

# The values by which accounts are filtered: stages, states, statuses; "not stalled" is all the others.

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


# How far things have come: done, dropped, slipped, won, lost, or late.

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


# The values of filters, as the subject wants them: a stage, a state, a role, a kind, a progress.

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


# Accounts, segments and words that stand on what was said before.

MARKS: dict[Cue, Mark] = {
    Cue.ONLY: Mark.ONLY,
    Cue.ALL: Mark.ALL,
    Cue.OTHER: Mark.OTHER,
    Cue.OTHERS: Mark.OTHERS,
    Cue.CORRECTION: Mark.CORRECTION,
    Cue.SAME: Mark.SAME,
    Cue.YES: Mark.YES,
    Cue.MY: Mark.MINE,
    Cue.ME: Mark.MINE,
}
PRONOUNS: dict[Cue, Pronoun] = {
    Cue.IT: Pronoun.IT,
    Cue.THEY: Pronoun.THEY,
    Cue.PERSON: Pronoun.PERSON,
    Cue.THAT: Pronoun.THAT,
    Cue.HERE: Pronoun.IT,
}
MORE = frozenset({"more than", "less than", "fewer than", "longer than", "bigger than", "faster than"})
ORDINALS: dict[Cue, int] = {Cue.FIRST: 1, Cue.SECOND: 2, Cue.THIRD: 3}
FOLLOWING = ("and", "or", "also", "plus", "what about", "how about", "same for", "but", "then", "so", "n")
"""Words that tie a text to the one before where it begins with them."""


def with_names(said: Said, parts: Parts) -> Parts:
    """Return the parts with accounts, segments and names that have to be asked about."""
    accounts = [(position, piece.account) for position, piece in enumerate(said.pieces) if piece.account is not None]
    denied = {position for position, _ in accounts if is_denied(said, position)}
    denied = denied if len(denied) < len(accounts) else set()
    segments = [(position, piece.segment) for position, piece in enumerate(said.pieces) if piece.segment]
    said.use(*(position for position, _ in accounts), *(position for position, _ in segments))
    return replace(
        parts,
        of=tuple(dict.fromkeys(account for position, account in accounts if position not in denied)) or parts.of,
        not_of=tuple(dict.fromkeys(account for position, account in accounts if position in denied)),
        segments=tuple(dict.fromkeys(segment for _, segment in segments)),
        choices=tuple(piece.choice for piece in said.pieces if piece.choice is not None),
        is_guessed=any(piece.is_guessed for piece in said.pieces),
    )


def with_marks(said: Said, parts: Parts) -> Parts:
    """Return the parts with the words that stand on what was said before."""
    marks = [mark for cue, mark in MARKS.items() if said.has(cue)]
    begins = [piece.typed.casefold() for piece in said.pieces[:2]]
    if begins and (begins[0] in FOLLOWING or (begins[0] in ("no", "yes", "ok", "sorry") and begins[1:2] == ["and"])):
        marks.insert(0, Mark.FOLLOWING)
    pronouns = tuple(dict.fromkeys(pronoun for cue, pronoun in PRONOUNS.items() if said.has(cue)))
    ordinal = next((number for cue, number in ORDINALS.items() if said.has(cue)), 0)
    return replace(parts, marks=tuple(marks), pronouns=pronouns, ordinal=ordinal)


def is_compared(said: Said, parts: Parts, form: Form | None) -> bool:
    """Return true if two or more of a kind are set against each other: "X or Y, which is bigger"."""
    if form is Form.COMPARE:
        return True
    is_more = any(piece.typed.casefold() in MORE for piece in said.pieces) or said.has(
        Cue.OTHERS,
        Cue.BIGGEST,
        Cue.SMALLEST,
        Cue.LONGEST,
        Cue.SHORTEST,
        Cue.FURTHEST,
        Cue.SOONEST,
        Cue.HIGHEST,
        Cue.LOWEST,
        Cue.MORE_THAN,
    )
    has_or = said.has(Cue.OR, Cue.THAN, Cue.AND, Cue.COMPARE, Cue.OLDER, Cue.NEWER)
    persons = [each for piece in said.pieces for each in piece.persons]
    people = len(persons) + (bool(persons) and said.has(Cue.ME) and said.has(Cue.OR, Cue.THAN))
    several = max(len(parts.of), len(parts.tiers), len(parts.segments), people) > 1
    return several and is_more and (has_or or bool(said.has(Cue.WHICH, Cue.WHO)))


def is_denied(said: Said, position: int) -> bool:
    """Return true for "not Maple" where another account follows or goes before."""
    before = position - 1
    while before > 0 and said[before].means(Cue.AT, Cue.FOR) and not said[before].means(Cue.NOT):
        before -= 1
    return before >= 0 and said[before].means(Cue.NOT)


T = TypeVar("T")

HAVING_OF_SUBJECT = {
    Subject.ACTIONS: Having.NEXT_ACTION,
    Subject.BLOCKERS: Having.BLOCKER,
    Subject.ASKS: Having.ASK,
    Subject.DECISIONS: Having.DECISION,
    Subject.CHANGES: Having.UPDATE,
    Subject.MOVEMENT: Having.MOVEMENT,
    Subject.EVIDENCE: Having.EVIDENCE,
    Subject.SIGNALS: Having.SIGNAL,
    Subject.PEOPLE: Having.CONTACT,
    Subject.DEALS: Having.DEAL,
    Subject.PLAYS: Having.PLAY,
    Subject.REVIEWS: Having.REVIEW,
}
NEEDED = (
    *(Having.NARRATIVE, Having.NEXT_ACTION, Having.PLAY, Having.ROLE, Having.OWNER, Having.PARTNER, Having.FIT),
    *(Having.JUSTIFICATION, Having.SEGMENT, Having.VALUE),
)
"""Things that accounts need which are without them."""

SKIPPED = (Cue.FILLER, Cue.THEY, Cue.NOW, Cue.ALL, Cue.ONLY, Cue.HAVE, Cue.US, Cue.THERE_IS, Cue.NEXT)
JOINS = (Cue.AND, Cue.OR)


def with_things(said: Said, parts: Parts) -> Parts:
    """Return the parts with what the accounts asked for have, and are without."""
    empty = empty_roles(said)
    said.use(*_whose(said), *empty)
    parts = _without_things(said, parts)
    for position in said.where(Cue.WITH, Cue.HAVE, Cue.THERE_IS):
        if position not in said.used and _governs(said, position):
            found = [each for each in _things_after(said, position) if not _is_valued(said, each)]
            # one question asks for roles that are there, or for those that are not
            if Having.ROLE in parts.without:
                found = [each for each in found if thing_of(said[each]) is not Having.ROLE]
            parts = _with_found(said, parts, found, is_without=False)
            said.use(*([position] if found else []))
    without = (*parts.without, *((Having.ROLE,) if empty else ()))
    return without_events(said, replace(parts, without=without))


def _without_things(said: Said, parts: Parts) -> Parts:
    for position in said.where(Cue.WITHOUT, Cue.MISSING, Cue.NOT):
        found = _missing(said, position)
        if are_claims(said, position, found):
            parts = replace(parts, ways=(Way.CLAIMED,))
            said.use(position, *found)
        elif found:
            parts = _with_found(said, parts, found, is_without=True)
            again = [each for each in said.where(Cue.WITHOUT) if position < each < found[-1]]
            said.use(position, *again)
    for position in said.where(Cue.NEED):
        if found := _needed(said, position):
            parts = _with_found(said, parts, found, is_without=True)
            said.use(position)
    return parts


def _missing(said: Said, position: int) -> list[int]:
    """Return the positions of the things that "without", "missing" or "not" is said of."""
    piece = said[position]
    after = _things_after(said, position)
    if piece.means(Cue.WITHOUT, Cue.MISSING):
        is_of_people = said.has(Subject.PEOPLE) or (said.has(Cue.WHO) and said.has(Cue.US))
        is_of_people = is_of_people and piece.means(Cue.MISSING) and not said.has(Subject.ACCOUNTS)
        is_gap = (piece.means(Field.ROLES) or is_of_people) and not after
        return [position] if is_gap else after or _things_before(said, position)
    is_of_accounts = said.has(Subject.ACCOUNTS) and position not in said.used
    return after if is_of_accounts and after and not said[after[0]].means(*HAVING_OF_VERB) else []


def _needed(said: Said, position: int) -> list[int]:
    """Return the positions of what accounts are said to need, and so are without: "accounts that need a narrative"."""
    is_of_accounts = any(said[each].means(Subject.ACCOUNTS) for each in range(position))
    after = _things_after(said, position) if is_of_accounts else []
    return after if after and all(thing_of(said[each]) in NEEDED for each in after) else []


def _whose(said: Said) -> list[int]:
    """Return the `whose` of "accounts whose value is missing", which asks for no owner."""
    nouns = (Subject.ACCOUNTS, Cue.THEY, Cue.ALL)
    return [each for each in said.where(Cue.WHOSE) if each and said[each - 1].means(*nouns) and not said[each - 1].mark]


def _is_valued(said: Said, position: int) -> bool:
    """Return true for a field that is said with its value: "with segment transport", "with Nora as owner"."""
    after = said[position + 1] if position + 1 < len(said) and not said[position].mark else None
    is_before_value = after is not None and bool(after.segment or after.persons or after.amount)
    return bool(said[position].of_kind(Field)) and (is_before_value or said[position - 1].typed.casefold() == "as")


def thing_of(piece: Piece) -> Having | None:
    """Return the thing that a piece names as something to have."""
    for having in piece.of_kind(Having):
        return having
    for subject in piece.of_kind(Subject):
        if subject in HAVING_OF_SUBJECT:
            return HAVING_OF_SUBJECT[subject]
    if piece.of_kind(BuyingRole):
        return Having.ROLE
    if piece.of_kind(SignalKind):
        return Having.SIGNAL
    if piece.means(Function.EXECUTIVE):
        return Having.EXECUTIVE
    return next((HAVING_OF_FIELD[field] for field in piece.of_kind(Field) if field in HAVING_OF_FIELD), None)


def _governs(said: Said, position: int) -> bool:
    """Return true if what follows `with` or `have` is a filter of accounts, not the thing asked for."""
    before = said.before_of_weight(position)
    if said[position].means(Cue.WITH):
        return before is not None or position == 0
    if before is None or (position + 1 < len(said) and said[position + 1].means(Cue.OTHERS)):
        return False
    if said.has(Cue.WHERE) and not said.has(Cue.MISSING):
        return True
    if said[position].means(Cue.THERE_IS):
        return said.has(Subject.ACCOUNTS) and said.has(Cue.HOW_MANY) and _only_a_field_follows(said, position)
    return _has_of(said, before, position)


def _has_of(said: Said, before: int, position: int) -> bool:
    """Return true if who has the thing are the accounts asked for, or an account has a thing that is no subject."""
    relative = said.before_of_weight(before) if said[before].means(Cue.THAT) else None
    piece = said[before if relative is None else relative]
    if piece.means(Cue.WHO) and (_has_noun(said, position, len(said)) or said.has(Cue.OVERDUE)):
        return False
    if piece.means(Subject.ACCOUNTS, Cue.WHICH, Cue.WHO) and not _has_noun(said, before + 1, position):
        return True
    is_counted = piece.means(Cue.US) and said.has(Subject.ACCOUNTS) and said.has(Cue.HOW_MANY)
    if is_counted or piece.account is not None or piece.means(Cue.IT, Cue.THEY):
        return _only_a_field_follows(said, position)
    return bool(piece.segment) or any(isinstance(each, int) for each in piece.meanings)


def _has_noun(said: Said, start: int, end: int) -> bool:
    return any(said[each].of_kind(Subject) for each in range(start, end))


def _only_a_field_follows(said: Said, position: int) -> bool:
    """Return true for "does X have an owner": a thing that is no subject of its own."""
    after = said.next_of_weight(position)
    if after is not None and said[after].means(Cue.FOR):
        after = said.next_of_weight(after)
    if after is None or said[after].of_kind(Subject):
        return False
    if said[after].of_kind(BuyingRole):
        return False
    return thing_of(said[after]) is not None


def _things_after(said: Said, position: int) -> list[int]:
    """Return the positions of the things that follow, joined by `and`, `or` and commas."""
    found: list[int] = []
    for each in range(position + 1, len(said)):
        piece = said[each]
        if each in said.used:
            break
        is_late = piece.means(Cue.OVERDUE) and not said.has(Subject.DEALS)
        if (thing_of(piece) is not None and not piece.means(Subject.ACCOUNTS)) or is_late:
            found.append(each)
        elif piece.typed.casefold() == "for" or not (
            piece.means(*SKIPPED, *JOINS) or piece.means(Progress.OPEN) or piece.means(Cue.WITHOUT)
        ):
            break
        if found and piece.mark and piece.mark not in ",":
            break
    return found


def _things_before(said: Said, position: int) -> list[int]:
    """Return the thing that is said to be missing: "the champion is missing"."""
    for each in range(position - 1, -1, -1):
        if thing_of(said[each]) is not None and each not in said.used and said[position].means(Cue.MISSING):
            return [each]
        if not said[each].means(Cue.FILLER, Cue.IS, Cue.NOW, Cue.WHICH, Cue.HAVE):
            break
    return []


def _with_found(said: Said, parts: Parts, found: list[int], *, is_without: bool) -> Parts:
    things, roles, signals = [], list(parts.roles), list(parts.signals)
    for each in found:
        piece = said[each]
        thing = _thing_there(said, piece)
        if thing is not None:
            things.append(thing)
        if thing is Having.ROLE:
            roles += piece.of_kind(BuyingRole)
        if thing is Having.SIGNAL:
            signals += piece.of_kind(SignalKind)
        said.use(each, *_open_before(said, each))
    if is_without and Having.CONTACT in things and any(piece.when for piece in said.pieces):
        things = [Having.TOUCH if each is Having.CONTACT else each for each in things]
    if Having.OVERDUE_ACTION in things:
        things = [each for each in things if each is not Having.NEXT_ACTION]
    name = "without" if is_without else "having"
    already: tuple[Having, ...] = parts.without if is_without else parts.having
    merged = tuple(dict.fromkeys((*already, *things)))
    parts = replace(parts, roles=_once(roles), signals=_once(signals))
    return replace(parts, without=merged) if name == "without" else replace(parts, having=merged)


def _thing_there(said: Said, piece: Piece) -> Having | None:
    """Return the thing that a piece names here: overdue actions, a role, an executive of ours."""
    if piece.means(Cue.MISSING):
        return Having.ROLE
    if piece.means(BuyingRole.EXECUTIVE_SPONSOR) and said.has(Cue.ON_OUR_SIDE):
        return Having.EXECUTIVE
    is_late = piece.means(Cue.OVERDUE) and not piece.of_kind(Subject)
    return Having.OVERDUE_ACTION if is_late else thing_of(piece)


def _open_before(said: Said, position: int) -> list[int]:
    """Return the position of the "open" of "an open deal", which a thing to have is anyway."""
    before = position - 1
    return [before] if before >= 0 and said[before].means(Progress.OPEN) else []


def _once(values: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
