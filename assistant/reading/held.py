"""Words that narrow what is asked for and that its query does not hold: none of them is dropped in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Per, Progress, Query, Subject, Way
from assistant.reading.as_wanted import OF_NOW
from assistant.reading.forms import HAVING_OF_FIELD, is_title, job, lead_of
from assistant.reading.lexicon import Meaning, Piece, Said
from assistant.reading.read import Cue
from assistant.reading.things import HAVING_OF_SUBJECT, NEVER_LISTED, WITH_PROGRESS, is_denied, is_to_be, is_to_come
from assistant.reading.tokens import Parts

# The pieces of a question with what has been read of them, for the rules that tell the subject.

ACTION_CUES = (Cue.DUE, Cue.OVERDUE, Cue.OWE)
"""Words that tell actions."""


@dataclass(frozen=True, slots=True)
class Case:
    """The pieces, with what has been read of them: things to have, tiers, names, and the form."""

    said: Said
    parts: Parts
    form: Form | None


# Accounts told by a clause: "accounts where something is overdue", "where are plays running".

OF_CUE = {Cue.BLOCK: Having.BLOCKER, Cue.BLOCKED: Having.BLOCKER, Cue.OVERDUE: Having.OVERDUE_ACTION}
OF_NOUN = (Subject.PLAYS, Subject.DEALS, Subject.BLOCKERS, Subject.ACTIONS, Subject.ASKS)
"""Things that are somewhere, and so tell the accounts where they are."""

DENIALS = (Cue.WITHOUT, Cue.NOT, Cue.OWNERLESS)


def with_clause(said: Said, parts: Parts) -> Parts:
    """Return the parts with what the accounts have of which a clause tells it, in a question without days."""
    start = _start_of_clause(said)
    is_told = start is not None and not (parts.having or parts.without or parts.of)
    if start is None or not is_told or any(piece.when for piece in said.pieces):
        return parts
    found = [(position, having) for position in range(start, len(said)) if (having := _having(said, position))]
    if not found or any(said[each].means(*DENIALS) for each in range(start, len(said))):
        return parts
    said.use(*(position for position, _ in found))
    things = tuple(dict.fromkeys(having for _, having in found))
    if Having.OVERDUE_ACTION in things:
        things = tuple(each for each in things if each is not Having.NEXT_ACTION)
    return replace(parts, having=things)


def _having(said: Said, position: int) -> Having | None:
    piece = said[position]
    if position in said.used:
        return None
    of_cue = next((having for cue, having in OF_CUE.items() if piece.means(cue)), None)
    return of_cue or next((HAVING_OF_SUBJECT[each] for each in OF_NOUN if piece.means(each)), None)


def _start_of_clause(said: Said) -> int | None:
    """Return where a clause begins that the accounts are told by, None without one."""
    noun = said.first(Subject.ACCOUNTS)
    if noun is not None and not said[noun].mark and noun + 1 < len(said):
        return noun + 1 if _is_relative(said, noun + 1) else None
    lead = lead_of(said)
    if noun is None and lead is not None and said[lead].means(Cue.WHERE):
        return lead + 1 if _has_plural(said, lead + 1) else None
    return None


def _is_relative(said: Said, position: int) -> bool:
    """Return true for "where", "in", and for "we" with a preposition at the end: "accounts we run plays on"."""
    piece, ends = said[position], said[len(said) - 1].typed.casefold()
    return piece.means(Cue.WHERE) or piece.typed.casefold() == "in" or (piece.means(Cue.US, Cue.ME) and ends in ENDS)


ENDS: Sequence[str] = ("on", "at", "with", "for", "in")


def _has_plural(said: Said, start: int) -> bool:
    """Return true for things, or something: "where are plays running", "where is anything overdue"."""
    is_any = said.has(Cue.ANY) and said.has(*OF_CUE)
    return is_any or any(
        piece.means(Subject.PLAYS) and piece.typed.casefold().endswith("s") for piece in said.pieces[start:]
    )


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


# The noun that tells what is asked for, among those of a question.

WIDE = (Subject.ACCOUNTS, Subject.CHANGES, Subject.MEMBERS, Subject.PEOPLE)
"""Nouns that give way to a verb beside them: "which accounts moved"."""


def head_noun(said: Said) -> Subject | None:
    """Return the first noun that is no part of a filter, one that gives way only where there is no other."""
    nouns = [noun for position, noun in said.of_kind(Subject) if not is_in_title(said, position)]
    ranked = sorted(nouns, key=lambda noun: WIDE.index(noun) + 1 if noun in WIDE else 0)
    strong = [noun for noun in nouns if noun not in WIDE]
    if strong:
        return strong[0]
    return next((noun for noun in nouns if noun is not Subject.ACCOUNTS), ranked[0] if ranked else None)


def is_in_title(said: Said, position: int) -> bool:
    """Return true for the review of "security review": the word before means nothing here."""
    piece = said[position]
    return piece.means(Subject.REVIEWS) and position > 0 and said[position - 1].is_unknown


def any_of(said: Said, *kinds: type) -> bool:
    """Return true if a piece that nothing has used has a meaning of one of these kinds."""
    return any(True for kind in kinds for _ in said.of_kind(kind))


# Order, number and split of an answer: "top 3 by value", "the oldest", "per owner".

HIGHEST_FIRST = (Cue.BIGGEST, Cue.OLDEST, Cue.LONGEST, Cue.HIGHEST, Cue.FURTHEST, Cue.TOP)
LOWEST_FIRST = (Cue.SMALLEST, Cue.NEWEST, Cue.SHORTEST, Cue.LOWEST, Cue.SOONEST)
FIELD_OF: dict[Cue, Field] = {
    Cue.BIGGEST: Field.VALUE,
    Cue.SMALLEST: Field.VALUE,
    Cue.OLDEST: Field.AGE,
    Cue.NEWEST: Field.AGE,
    Cue.LONGEST: Field.DAYS_IN_STAGE,
    Cue.SHORTEST: Field.DAYS_IN_STAGE,
    Cue.SOONEST: Field.CLOSE_DATE,
    Cue.FURTHEST: Field.STAGE,
}
"""The field that an adjective orders accounts by where no other is named."""

ONE_OF_MANY = (Subject.ACCOUNTS, Subject.BLOCKERS, Subject.ACTIONS, Subject.DEALS)
SINGLE_VALUES = frozenset({Field.VALUE, Field.FIT, Field.ENGAGEMENT, Field.PIPELINE, Field.AMOUNT, Field.AGE})
NO_ORDER = frozenset({Per.TIER, Per.STATE, Per.STATUS, Per.SEGMENT, Per.OWNER, Per.FUNCTION, Per.CURRENCY})
"""Properties that nothing is ordered by: "blockers by owner" are counted."""

MOST = frozenset({"most", "the most", "fewest", "least"})
DAY_OF = {Subject.DEALS: Field.CLOSE_DATE, Subject.ACTIONS: Field.DUE}
"""Days by which things come one after the other."""

COUNTED_BY = frozenset({"counts", "breakdown", "distribution", "split"})
NEAR = 3
"""Pieces between an adjective and the field that it is said of, at most."""


def with_order(said: Said, parts: Parts, subject: Subject) -> Parts:
    """Return the parts with the field to order by, its direction and how many are wanted."""
    if subject is Subject.REVIEWS:
        return parts
    adjectives = [each for each in said.where(*HIGHEST_FIRST, *LOWEST_FIRST) if each not in said.used]
    if not adjectives:
        return _in_turn(said, parts, subject) or _sorted(said, parts)
    position = next((each for each in adjectives if not said[each].means(Cue.TOP)), adjectives[0])
    said.use(*(each for each in adjectives if said[each].means(Cue.TOP)))
    cue = next(each for each in said[position].of_kind(Cue) if each in (*HIGHEST_FIRST, *LOWEST_FIRST))
    is_lowest = cue in LOWEST_FIRST
    field, at = _field_near(said, position)
    if subject is Subject.DEALS and field in (Field.VALUE, Field.PIPELINE):
        field = Field.AMOUNT
    if field is None:
        field = _own_field(cue, subject)
        is_lowest = is_lowest or (subject is Subject.ACTIONS and cue in (Cue.OLDEST, Cue.LONGEST))
        is_lowest = cue is Cue.OLDEST if field is Field.NAMED_ON else is_lowest
    if field is None and cue is Cue.TOP and subject in ONE_OF_MANY:
        field = Field.AMOUNT if subject is Subject.DEALS else Field.VALUE
    if field is None:
        return parts
    said.use(position, *([] if at is None else [at]))
    parts = replace(parts, by=field, is_lowest=is_lowest)
    return replace(parts, limit=parts.limit or _limit(said, position, cue))


def _in_turn(said: Said, parts: Parts, subject: Subject) -> Parts | None:
    """Return the parts of "the next deal to close", "my next five tasks" and "which deal closes last"."""
    field = DAY_OF.get(subject)
    turns = [each for each in said.where(Cue.NEXT, Cue.LAST, Cue.OVERDUE) if each not in said.used]
    if field is None or not turns or any(piece.of_kind(Progress) for piece in said.pieces):
        return None
    number = _counted(said)
    is_one = subject is Subject.DEALS and said.has(Subject.DEALS) and not _is_plural(said, Subject.DEALS)
    if number is None and (not is_one or parts.of or said[turns[0]].means(Cue.OVERDUE)):
        return None
    said.use(*turns, *([] if number is None else [number]))
    limit = 1 if number is None else said[number].number or 0
    is_last = said[turns[0]].means(Cue.LAST) and number is None
    parts = replace(parts, is_overdue=parts.is_overdue or said[turns[0]].means(Cue.OVERDUE))
    return replace(parts, by=field, is_lowest=not is_last, limit=limit)


def _is_plural(said: Said, subject: Subject) -> bool:
    return any(said[each].typed.casefold().endswith("s") for each in said.where(subject))


def with_split(said: Said, parts: Parts, form: Form | None) -> Parts:
    """Return the parts with the property by which a number is split."""
    if form is Form.COUNT and any(each in COUNTED_BY for each in (piece.typed.casefold() for piece in said.pieces)):
        at = next((each for each, per in said.of_kind(Per) if per in NO_ORDER or per is Per.STAGE), None)
        if at is not None:
            said.use(at)
            return replace(parts, per=said[at].of_kind(Per)[0])
    if (asked := _of_each(said, form) or _of_which_most(said)) is not None:
        return replace(parts, per=asked)
    for position in said.where(Cue.PER, Cue.BY):
        per, at = _per_after(said, position)
        if per is None or at is None:
            continue
        if (
            said[position].means(Cue.PER)
            or form in (Form.COUNT, Form.SUM)
            or per in NO_ORDER
            or (per is Per.STAGE and said.has(Field.PIPELINE, Field.VALUE, Subject.DEALS))
        ):
            said.use(position, at)
            return replace(parts, per=per)
    return parts


def _of_each(said: Said, form: Form | None) -> Per | None:
    """Return the property of "how many deals has each rep won", and use its words."""
    for position, per in said.of_kind(Per) if form in (Form.COUNT, Form.SUM) else ():
        if said[position].typed.casefold().split()[0] in ("each", "every"):
            said.use(position)
            return per
    return None


def _of_which_most(said: Said) -> Per | None:
    """Return the property of "which tier had the most movement", and use its words."""
    most = [each for each in said.where(Cue.HIGHEST, Cue.LOWEST) if said[each].typed.casefold() in MOST]
    if len(said) < 2 or not most or not said[0].means(Cue.WHICH) or not said[1].of_kind(Per):
        return None
    if not any(piece.of_kind(Subject) for piece in said.pieces[most[0] :]):
        return None
    said.use(1, *most)
    return said[1].of_kind(Per)[0]


def _sorted(said: Said, parts: Parts) -> Parts:
    """Return the parts with a field after "sorted by" or, where a list is wanted, "by"."""
    for position in said.where(Cue.SORTED, Cue.BY):
        at = said.next_of_weight(position)
        if at is not None and said[at].means(Cue.BY):
            at = said.next_of_weight(at)
        if at is None or at in said.used:
            continue
        field = next(iter(said[at].of_kind(Field)), None)
        if field is not None:
            said.use(position, at)
            return replace(parts, by=field, is_lowest=field in (Field.CLOSE_DATE, Field.DUE))
    return parts


def _field_near(said: Said, position: int) -> tuple[Field | None, int | None]:
    """Return the field that the adjective is said of: beside it, or after a later "by"."""
    for each in (*range(position + 1, min(len(said), position + 1 + NEAR)), position - 1):
        if each < 0 or each in said.used:
            continue
        field = _orderable(said, each)
        if field is not None:
            return field, each
        if not (said[each].is_filler or said[each].number is not None or said[each].of_kind(Subject)):
            break
    for by in said.where(Cue.BY, Cue.SORTED):
        at = said.next_of_weight(by)
        field = _orderable(said, at) if by > position and at is not None else None
        if field is not None:
            said.use(by)
            return field, at
    return None, None


def _orderable(said: Said, position: int) -> Field | None:
    if said[position].means(Stage.ENGAGED):
        return Field.ENGAGEMENT
    return next(iter(said[position].of_kind(Field)), None)


def _own_field(cue: Cue, subject: Subject) -> Field | None:
    if subject is Subject.DEALS and cue in (Cue.BIGGEST, Cue.SMALLEST):
        return Field.AMOUNT
    if subject is Subject.BLOCKERS and cue in (Cue.LONGEST, Cue.SHORTEST, Cue.OLDEST, Cue.NEWEST):
        return Field.AGE
    if subject is Subject.ACTIONS and cue in (Cue.SOONEST, Cue.OLDEST, Cue.NEWEST, Cue.LONGEST):
        return Field.DUE
    if subject not in ONE_OF_MANY:
        return None
    if subject is Subject.ACCOUNTS and cue in (Cue.OLDEST, Cue.NEWEST):
        return Field.NAMED_ON
    return FIELD_OF.get(cue)


def _limit(said: Said, position: int, cue: Cue) -> int:
    """Return the number said beside the adjective, 1 for a single thing, 0 for many."""
    for each in (position + 1, position - 1, position - 2, position + 2):
        if 0 <= each < len(said):
            number = said[each].number
            if said[each].typed.casefold() == "the two":
                number = 2
            if number is not None:
                said.use(each)
                return number
    counted = _counted(said)
    if counted is not None:
        said.use(counted)
        return said[counted].number or 0
    after = said.next_of_weight(position)
    is_many = _is_said_of_many(said, position)
    if cue is Cue.TOP:
        return 5
    if said[position].typed.casefold().endswith("first") or (after is not None and said[after].means(Cue.FIRST)):
        return 0
    return 0 if is_many else 1


def _counted(said: Said) -> int | None:
    """Return the position of the number of things that are wanted: "which 3 accounts", "five oldest blockers"."""
    for position, piece in enumerate(said.pieces[:-1]):
        is_free = piece.number is not None and position not in said.used and piece.typed.casefold() != "one"
        after = said.next_of_weight(position)
        while after is not None and said[after].means(Cue.NEXT, Cue.OVERDUE, Progress.OPEN):
            after = said.next_of_weight(after)
        if is_free and after is not None and said[after].means(*ONE_OF_MANY, Cue.DUE):
            return position
    return None


def _is_said_of_many(said: Said, position: int) -> bool:
    """Return true for an adjective of several things: "largest accounts", "most valuable tier 2 accounts"."""
    for piece in said.pieces[position + 1 :]:
        if piece.of_kind(Subject):
            return piece.typed.casefold().endswith("s")
        narrows = any(isinstance(each, int | Stage | Field) for each in piece.meanings)
        if not (narrows or piece.segment):
            break
    return False


def _per_after(said: Said, position: int) -> tuple[Per | None, int | None]:
    at = said.next_of_weight(position)
    if at is None or at in said.used:
        return None, None
    return next(iter(said[at].of_kind(Per)), None), at


# People as the subject: one of us, or somebody at an account.

OF_TEAM = (Subject.MEMBERS, Subject.PEOPLE, Cue.ALL, Cue.SHOW, Cue.WHO, Cue.WHICH, Cue.ANY, Cue.US, Cue.HOW_MANY)
"""Words that ask for people of ours beside their function: "everybody in sales", "our finance people"."""

BESIDE_TEAM = (
    *(Cue.FILLER, Cue.IS, Cue.DO, Cue.HAVE, Cue.THERE_IS, Cue.AT, Cue.FOR, Cue.WITH, Cue.HERE, Cue.MY, Cue.ME),
    *(Cue.TOTAL, Field.VALUE, Cue.FROM, Cue.JOB, Cue.OWN),
)
BESIDE_US = (Cue.WHO, Cue.HOW_MANY, Cue.US, Cue.IS, Cue.THERE_IS, Cue.HERE, Cue.ALL)
BESIDE_NAME = (Cue.FILLER, Cue.IS, Cue.WHO, Cue.CARD, Cue.PERSON, Cue.KNOW, Cue.SHOW, Cue.WHERE)


def member(case: Case) -> Subject | None:
    """One of us: who is Tomas, what is her function, who is in marketing, which people are admins."""
    if case.said.has_left(Cue.RIGHT) or _is_of_team(case.said):
        return Subject.MEMBERS
    has_person = any(piece.persons for piece in case.said.pieces)
    if has_person and _is_what_they_do(case.said):
        return Subject.MEMBERS
    if has_person and case.said.has_left(Cue.JOB) and not case.parts.of:
        return Subject.MEMBERS
    others = [
        piece for piece in case.said.pieces if not (piece.persons or piece.means(Cue.FILLER, Cue.IS, Cue.WHO, Cue.CARD))
    ]
    if has_person and not others and case.said.has_left(Cue.WHO, Cue.CARD):
        return Subject.MEMBERS
    if (
        has_person
        and any_of(case.said, Function)
        and all(piece.of_kind(Function) or piece.means(Cue.OR, Cue.AT) for piece in others)
    ):
        return Subject.MEMBERS
    is_of_function = (
        any_of(case.said, Function) and not case.said.has_left(Cue.NEED, Cue.WAIT, *ACTION_CUES) and not case.parts.of
    )
    is_asked = case.form is Form.WHO or case.said.has_left(Subject.PEOPLE, Subject.MEMBERS)
    if is_of_function and is_asked and head_noun(case.said) in (None, *WIDE):
        return Subject.MEMBERS
    return None


def _is_of_team(said: Said) -> bool:
    """Return true for our people and nothing else: "marketing people", "how many of us are there", "team size"."""
    functions = [piece for piece in said.pieces if piece.of_kind(Function)]
    if not all(piece in functions or _may_stand_beside_team(piece) for piece in said.pieces):
        return False
    if functions:
        return said.has(*OF_TEAM) or (said.is_whole and any(map(_is_group, functions)))
    is_us = said.has(Cue.US) and all(piece.means(*BESIDE_US) for piece in said.pieces)
    return said.has(Subject.MEMBERS) or (is_us and said.has(Cue.WHO, Cue.HOW_MANY))


def _is_group(piece: Piece) -> bool:
    """Return true for "sales team" and "marketers", false for the function alone."""
    is_plural = piece.typed.endswith("s") and piece.typed.casefold() not in ("sales", "cs", "customer success")
    return not piece.is_possessive and (" " in piece.typed or is_plural)


def _may_stand_beside_team(piece: Piece) -> bool:
    is_other = any(each not in (Subject.MEMBERS, Subject.PEOPLE) for each in piece.of_kind(Subject))
    is_thing = piece.is_name or piece.when or piece.means(Cue.NEED) or (is_other and not piece.means(Cue.SHOW))
    return piece.means(*OF_TEAM, *BESIDE_TEAM) and not is_thing


def _is_what_they_do(said: Said) -> bool:
    """Return true for "what does Lee Park do" and "Lee Park, what does he do"."""
    if len(said) > 3 and said.has(Cue.PERSON) and said.has(Cue.WHICH) and not any(piece.when for piece in said.pieces):
        return said[len(said) - 1].typed.casefold() == "do"
    ends = said[len(said) - 1].typed.casefold() == "do"
    return ends and len(said) >= 4 and said[len(said) - 2].persons != () and said[0].means(Cue.WHICH)


OF_ACCOUNTS = (Cue.HOW, Cue.BLOCK, Cue.BLOCKED)
"""What is asked of accounts and not of people: "how is ...", "what blocks ..."."""


def _may_be_name(piece: Piece) -> bool:
    is_choice = piece.choice is not None and not piece.choice.is_ambiguous
    return is_choice or (piece.is_unknown and not piece.meanings)


def _are_beside(names: Sequence[Piece]) -> bool:
    """Return true for a first and a last name: two words that stand together."""
    if any(len(each.typed.split()) > 1 for each in names):
        return True
    return any(one.end == other.start and not one.mark for one, other in pairwise(names))


def somebody(case: Case) -> Subject | None:
    """People at accounts: "Hugo Blanc, what's his role", "tell me about Lena Fuchs"."""
    titles = [each for each in case.said.pieces if _may_be_name(each)]
    ends = [piece.typed.casefold() for piece in case.said.pieces[-1:]]
    is_of_account = case.said.has(*OF_ACCOUNTS) or ends == ["status"]
    has_full_name = _are_beside(titles) and not is_of_account
    has_person = any(piece.persons for piece in case.said.pieces)
    others = [each for each in case.said.pieces if each not in titles and not each.means(*BESIDE_NAME)]
    is_alone = has_full_name and len(others) == 0 and len(titles) < len(case.said)
    has_other = any_of(case.said, Subject, Stage, AccountStanding, ListStatus, BuyingRole, SignalKind, Progress)
    fields = {field for _, field in case.said.of_kind(Field)}
    is_at = has_full_name and case.form in (Form.YES_NO, Form.WHO, Form.LIST) and not has_other
    is_at = is_at and fields <= {Field.ROLES} and not case.said.has_left(Cue.DOING, Cue.OWN, Cue.TOUCH)
    is_he = bool(titles) and case.said.has_left(Cue.PERSON) and not has_person
    is_card = case.form is Form.CARD or any(piece.means(Cue.CARD) for piece in case.said.pieces)
    is_told_of = has_full_name and is_card and not case.parts.of and not any_of(case.said, Subject, Field)
    is_of_role = fields == {Field.ROLES} or (not fields and case.said.has_left(Cue.JOB))
    is_role = has_full_name and not case.parts.of and is_of_role and not has_other
    is_that = has_full_name and case.said.has(Cue.WHO) and case.said[len(case.said) - 1].means(Cue.THAT, Cue.PERSON)
    is_called = any(piece.typed.casefold() in ("called", "named") for piece in case.said.pieces) and bool(titles)
    if is_role or is_called or is_that or _is_of_job(case.said) or _is_looked_up(case.said):
        return Subject.PEOPLE
    return Subject.PEOPLE if is_he or is_told_of or is_alone or is_at else None


LOOKING_UP = frozenset({"look up", "lookup", "search for", "find"})
BESIDE_JOB = (
    *(Cue.FILLER, Cue.IS, Cue.WHO, Cue.WHICH, Cue.SHOW, Cue.ANY, Cue.ALL, Cue.KNOW, Cue.THERE_IS, Cue.US, Cue.THEY),
    *(Cue.HAVE, Cue.AT, Cue.FOR, Cue.WITH, Cue.HOW_MANY, Subject.PEOPLE, Subject.ACCOUNTS, Cue.MY, Cue.JOB, Cue.HERE),
    Field.SEGMENT,
)


def _is_looked_up(said: Said) -> bool:
    """Return true for "look up Whitfield": one word that nothing else is called."""
    return len(said) == 2 and said[0].typed.casefold() in LOOKING_UP and _may_be_name(said[1])


def _is_of_job(said: Said) -> bool:
    """Return true for people of a title and nothing else: "Merrow's CTO", "which CFOs do we know"."""
    jobs = [position for position, piece in enumerate(said.pieces) if job(piece)]
    near = {position + step for position in jobs for step in (-1, 1, 2)}
    return bool(jobs) and all(
        position in jobs or _may_stand_beside_job(piece, is_near=position in near)
        for position, piece in enumerate(said.pieces)
    )


def _may_stand_beside_job(piece: Piece, *, is_near: bool) -> bool:
    is_part = is_near and (piece.is_unknown or piece.means(Cue.TITLE) or bool(piece.of_kind(Function)))
    is_filter = piece.account is not None or bool(piece.segment) or bool(piece.of_kind(int))
    is_work = piece.means(Cue.DOING, Cue.NEED, Cue.OWE, Cue.DUE)
    return is_part or is_filter or (piece.means(*BESIDE_JOB) and not is_work)


def people(case: Case) -> Subject | None:
    """Return people where we know them, or where a role is named; our own team."""
    is_of_more = _has_field(case.said) or any(piece.typed.casefold() == "have we got" for piece in case.said.pieces)
    knows = case.said.has_left(Cue.KNOW) and not (case.form is not Form.WHO and is_of_more)
    is_ours = case.said.has_left(Cue.ON_OUR_SIDE, Field.EXECUTIVE)
    if knows or (any_of(case.said, BuyingRole) and not is_ours):
        return Subject.PEOPLE
    if head_noun(case.said) is Subject.MEMBERS:
        return Subject.MEMBERS
    return Subject.PEOPLE if head_noun(case.said) is Subject.PEOPLE else None


def _has_field(said: Said) -> bool:
    """Return true for "do we know what it is worth"."""
    return any(field not in (Field.ROLES, Field.SEGMENT, Field.TIER) for _, field in said.of_kind(Field))


def where_somebody_is(case: Case) -> Subject | None:
    """People, for "which account is Samir Haddad at"."""
    ends = case.said[len(case.said) - 1].typed.casefold() in ("at", "for", "with", "in") if len(case.said) else False
    has_title = any(is_title(case.said, position) for position in range(len(case.said)))
    return Subject.PEOPLE if ends and has_title and case.said.has_left(Subject.ACCOUNTS) else None
