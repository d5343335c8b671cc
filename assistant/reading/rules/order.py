"""Order, number and split of an answer: "top 3 by value", "the oldest", "per owner"."""

from dataclasses import replace

from agendas.facts.account import Stage
from assistant.query import Field, Form, Per, Progress, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

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
            or _is_of_money(said, per)
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


def _is_of_money(said: Said, per: Per | None) -> bool:
    """Return true for "pipeline by stage", which is a sum for each."""
    return per is Per.STAGE and said.has(Field.PIPELINE, Field.VALUE, Subject.DEALS)


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
