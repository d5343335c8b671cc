"""Words that narrow what is asked for and that its query does not hold: none of them is dropped in silence."""

from collections.abc import Mapping

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import NOBODY, AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Per, Progress, Query, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.absent import HAVING_OF_FIELD
from assistant.reading.rules.account_values import NEVER_LISTED
from assistant.reading.rules.days import OF_NOW
from assistant.reading.rules.filters import WITH_PROGRESS
from assistant.reading.rules.named import is_denied
from assistant.reading.rules.progress import is_to_be, is_to_come
from assistant.reading.rules.things import HAVING_OF_SUBJECT
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import Meaning

Kept = Query | Parts

ATTRIBUTES: Mapping[type, tuple[str, ...]] = {
    int: ("tiers",),
    Stage: ("stages",),
    AccountStanding: ("states", "ways"),
    ListStatus: ("statuses",),
    BuyingRole: ("roles",),
    Function: ("needs",),
    SignalKind: ("signals",),
    DecisionKind: ("decisions",),
    Progress: ("progress",),
    Way: ("ways", "states"),
    Having: ("having", "without"),
    Subject: ("subject",),
    Field: ("fields", "by"),
    Per: ("per",),
}
"""Attributes of a query that hold the values of a kind."""

FILTER_KINDS = (
    *(int, Stage, AccountStanding, ListStatus, BuyingRole, Function),
    *(SignalKind, DecisionKind, Progress, Way, Having),
)
FILTER_CUES: Mapping[Cue, tuple[Having, ...]] = {
    Cue.OVERDUE: (Having.OVERDUE_ACTION,),
    Cue.BLOCKED: (Having.BLOCKER,),
    Cue.SILENT: (Having.TOUCH,),
    Cue.UNPLANNED: (Having.NEXT_ACTION,),
    Cue.OWNERLESS: (Having.OWNER,),
    Cue.MY: (),
}
"""Words that narrow what is asked for, with what accounts have or are without by them."""

NOUNS = (
    *(Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS, Subject.SIGNALS, Subject.PEOPLE, Subject.DEALS, Subject.PLAYS),
    *(Subject.REVIEWS, Field.NEXT_REVIEW, Field.LAST_REVIEW),
)
"""Things that are asked for, or that something else is asked of: "actions due before the next review"."""

OF_ASKER = frozenset({"my", "mine"})

FIELDS_OF: Mapping[type, tuple[Field, ...]] = {
    int: (Field.TIER,),
    Stage: (Field.STAGE, Field.DAYS_IN_STAGE, Field.ENGAGEMENT),
    AccountStanding: (Field.STATE, Field.DAYS_IN_STAGE),
    ListStatus: (Field.STATUS, Field.NAMED_ON),
    BuyingRole: (Field.ROLES,),
    Function: (Field.OWNER, Field.PARTNER, Field.EXECUTIVE),
}
"""Fields that are asked for by their values: "is it stalled or steady"."""

SAME: Mapping[Meaning, tuple[str, Meaning]] = {
    AccountStanding.NEEDS_INTERVENTION: ("decisions", DecisionKind.INTERVENE),
    DecisionKind.REMOVE: ("statuses", ListStatus.REMOVED),
    DecisionKind.PAUSE: ("statuses", ListStatus.PAUSED),
    ListStatus.REMOVED: ("decisions", DecisionKind.REMOVE),
    ListStatus.PAUSED: ("decisions", DecisionKind.PAUSE),
    Stage.OPPORTUNITY: ("subject", Subject.DEALS),
    Progress.DROPPED: ("statuses", ListStatus.REMOVED),
    Progress.DONE: ("progress", Progress.WON),
    Field.NEXT_REVIEW: ("subject", Subject.REVIEWS),
    Field.LAST_REVIEW: ("subject", Subject.REVIEWS),
}
"""Values that say of another subject what a word says of its own."""


def unread_of(said: Said, kept: Kept, before: Query | None = None) -> tuple[str, ...]:
    """Return the words that what is kept of a text does not hold, as typed.

    `before` is the query from which the words may take something away, as "not only overdue" does.
    """
    queries = (kept,) if before is None else (kept, before)
    return tuple(
        piece.typed
        for position, piece in enumerate(said.pieces)
        if not any(_is_held(said, position, each) for each in queries)
    )


def _is_held(said: Said, position: int, kept: Kept) -> bool:
    piece = said[position]
    if _is_in_title(piece, kept) or (kept.subject is Subject.MEMBERS and piece.of_kind(Function)):
        return True
    if piece.is_unknown:
        return position in said.used
    if not piece.meanings or piece.number is not None or (piece.persons and _is_name_held(said, position, kept)):
        return _is_name_held(said, position, kept)
    meanings = _narrowing(piece)
    if meanings:
        return any(_holds(each, kept) or _goes_without(said, position, each, kept) for each in meanings)
    return position in said.used or not _is_denial(said, position)


def _narrowing(piece: Piece) -> tuple[Meaning, ...]:
    """Return the meanings of a word that narrows what is asked for, or names a thing; none of any other word."""
    if any(isinstance(each, FILTER_KINDS) or each in FILTER_CUES for each in piece.meanings):
        return piece.meanings
    if piece.is_filler or piece.of_kind(Per) or piece.means(Subject.ACCOUNTS):
        return ()
    if OF_ASKER.intersection(piece.typed.casefold().split()):
        return (*piece.meanings, Cue.MY)
    return piece.meanings if piece.means(*NOUNS) else ()


def _is_in_title(piece: Piece, kept: Kept) -> bool:
    return set(piece.typed.casefold().split()) <= set(kept.about.casefold().split())


def _is_name_held(said: Said, position: int, kept: Kept) -> bool:
    """Return true if what is named stands in the query: an account, person, segment, amount, day or number."""
    piece = said[position]
    if piece.account is not None:
        return piece.account in kept.of or is_denied(said, position)
    if piece.persons:
        people = {*kept.owners, *kept.whose, *(kept.persons if isinstance(kept, Parts) else ())}
        return Field.OWNER in kept.fields or not people.isdisjoint(piece.persons)
    if piece.segment:
        return piece.segment in kept.segments
    if piece.amount is not None:
        return (piece.amount.least_cents, piece.amount.most_cents) == (kept.least_cents, kept.most_cents)
    if piece.when is not None:
        is_of_each = piece.when.is_since_review and kept.subject is Subject.MOVEMENT
        is_kept = kept.period in (piece.when.past, piece.when.coming) or bool(piece.when.step or piece.when.is_age)
        is_used = position in said.used and ((kept.period is not None and is_kept) or is_of_each)
        return is_used or piece.typed.casefold() in OF_NOW
    if piece.number is not None:
        return _is_number_held(said, position, kept)
    return True


def _is_number_held(said: Said, position: int, kept: Kept) -> bool:
    piece, before = said[position], said[position - 1]
    is_word = piece.typed.casefold() == "one" and not before.means(Cue.ONLY, Cue.OLDER)
    return is_word or piece.number in (kept.limit, kept.skip, len(kept.of), *kept.tiers) or Field.TIER in kept.fields


def _holds(meaning: Meaning, kept: Kept) -> bool:
    """Return true if the query asks for the meaning itself, or for a thing that accounts have or are without."""
    if meaning in _values_of_kind(meaning, kept):
        return True
    if meaning in SAME and SAME[meaning][1] in _values(kept, SAME[meaning][0]):
        return True
    fields = next((fields for kind, fields in FIELDS_OF.items() if isinstance(meaning, kind)), ())
    if set(fields).intersection((*kept.fields, kept.by)):
        return True
    having = _having_of(meaning)
    return not having.isdisjoint((*kept.having, *kept.without))


def _having_of(meaning: Meaning) -> set[Having]:
    if isinstance(meaning, Cue):
        return set(FILTER_CUES.get(meaning, ()))
    if meaning is Subject.ACTIONS:
        return {Having.NEXT_ACTION, Having.OVERDUE_ACTION}
    if isinstance(meaning, Subject):
        return {HAVING_OF_SUBJECT[meaning]} if meaning in HAVING_OF_SUBJECT else set()
    if isinstance(meaning, Field):
        return {HAVING_OF_FIELD[meaning]} if meaning in HAVING_OF_FIELD else set()
    return {Having.EXECUTIVE} if meaning in (Function.EXECUTIVE, BuyingRole.EXECUTIVE_SPONSOR) else set()


def _values(kept: Kept, name: str) -> tuple[object, ...]:
    value = getattr(kept, name)
    return value if isinstance(value, tuple) else (value,)


def _goes_without(said: Said, position: int, meaning: Meaning, kept: Kept) -> bool:
    """Return true for what the query means without saying it: open actions, all the accounts that are not stalled."""
    if isinstance(meaning, Cue):
        return _is_cue_held(meaning, kept)
    if isinstance(meaning, ListStatus) and kept.subject in NEVER_LISTED:
        return True
    if meaning is Progress.OPEN or meaning is ListStatus.NAMED:
        return not _values_of_kind(meaning, kept)
    if meaning in (Progress.DONE, Progress.WON) and not kept.progress:
        return kept.subject in WITH_PROGRESS and (kept.is_overdue or is_to_come(said) or is_to_be(said, position))
    if meaning is AccountStanding.NEW:
        return kept.subject is not Subject.ACCOUNTS and kept.period is not None
    is_either_way = isinstance(meaning, Way) and kept.subject is Subject.MOVEMENT and not kept.ways
    is_on_and_off = isinstance(meaning, ListStatus) and kept.subject is Subject.LIST_CHANGES and not kept.statuses
    if is_either_way or is_on_and_off:
        return said.has(Cue.AND, Cue.OR)
    if meaning is Way.ADVANCED and Way.CLAIMED in kept.ways:
        return True
    is_origin = isinstance(meaning, int | Stage) and said[position - 1].typed.casefold().endswith("from")
    return bool(_values_of_kind(meaning, kept)) and (is_origin or said.has(Cue.NOT))


def _values_of_kind(meaning: Meaning, kept: Kept) -> list[object]:
    names = next((names for kind, names in ATTRIBUTES.items() if isinstance(meaning, kind)), ())
    return [value for name in names for value in _values(kept, name)]


def _is_cue_held(cue: Cue, kept: Kept) -> bool:
    if cue is Cue.OVERDUE:
        # all that was due up to a day is what is overdue, too
        is_up_to = kept.subject is Subject.ACTIONS and kept.period is not None and kept.period.first is None
        return kept.is_overdue or is_up_to or Progress.SLIPPED in kept.progress
    if cue is Cue.MY:
        return isinstance(kept, Parts) or bool(kept.owners or kept.whose or kept.fields)
    if cue is Cue.OWNERLESS:
        return NOBODY in kept.owners
    return cue is Cue.BLOCKED and kept.subject is Subject.BLOCKERS


def _is_denial(said: Said, position: int) -> bool:
    """Return true for a word that says "not" or "without" of something."""
    piece = said[position]
    if piece.means(Cue.WITHOUT, Cue.MISSING) and not piece.means(Cue.NOT, Subject.CHANGES):
        return True
    if piece.means(Cue.OLDER, Cue.NEWER):
        return position + 1 < len(said) and said[position + 1].number is not None
    after = said.next_of_weight(position)
    is_relative = position > 0 and said[position - 1].means(Cue.THAT, Cue.WHICH, Subject.ACCOUNTS)
    is_of_filter = after is not None and bool(said[after].of_kind(Way) or (is_relative and said[after].persons))
    is_alone = not piece.means(Cue.IS, Cue.DO, Cue.WITHOUT) and not any(each.account for each in said.pieces)
    return piece.means(Cue.NOT) and (is_alone or is_of_filter)
