"""The fields of an account that a question asks for, by their names or by verbs: "who owns", "when does it close"."""

from agendas.facts.account import Stage
from agendas.facts.people import Function
from assistant.query import Field, Form
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

LAST: dict[Cue, Field] = {
    Cue.DISCUSS: Field.LAST_REVIEW,
    Cue.TOUCH: Field.LAST_TOUCH,
    Cue.MOVE: Field.LAST_MOVEMENT,
    Cue.RECORD: Field.LAST_UPDATE,
}
"""Fields of "when did ... last"."""

BY_VERB: tuple[tuple[Form, Cue, Field], ...] = (
    (Form.WHO, Cue.OWN, Field.OWNER),
    (Form.WHO, Cue.ON_OUR_SIDE, Field.OWNER),
    (Form.WHO, Cue.WHOSE, Field.OWNER),
    (Form.WHO, Cue.HAVE, Field.OWNER),
    (Form.WHEN, Cue.CLOSE, Field.CLOSE_DATE),
    (Form.WHEN, Cue.ADD, Field.NAMED_ON),
)


CLAUSES = {Cue.WHO: Form.WHO, Cue.WHOSE: Form.WHO, Cue.WHEN: Form.WHEN}
"""Question words that begin a clause of their own: "who owns it and when does it close"."""


FIELD_OF_FUNCTION = {
    Function.MARKETING: Field.PARTNER,
    Function.SALES: Field.OWNER,
    Function.EXECUTIVE: Field.EXECUTIVE,
}
"""Our people of an account by the part of the company that is asked for."""


def fields_said(said: Said, form: Form | None) -> tuple[Field, ...]:
    """Return the fields asked for, in the order of the question, and use their words."""
    found: list[tuple[int, Field]] = []
    for position, piece in enumerate(said.pieces):
        if position in said.used:
            continue
        fields = piece.of_kind(Field) or _as_one_of_us(said, position)
        if fields:
            found.append((position, fields[0]))
    verbs = [each for each in _by_verbs(said, form) if not (each[0] in said.used and said[each[0]].means(Cue.WHOSE))]
    found += [each for each in verbs if not (found and said[each[0]].means(Cue.ON_OUR_SIDE))]
    if said.has(Cue.HOW_LONG) and not found and _is_how_long_alone(said):
        found.append((said.first(Cue.HOW_LONG) or 0, Field.DAYS_IN_STAGE))
    has_stage = any(piece.of_kind(Stage) for piece in said.pieces)
    if said.has(Cue.HOW_LONG) and (
        has_stage or said.has(Cue.IN_STAGE) or any(field is Field.STAGE for _, field in found)
    ):
        found = [(position, field) for position, field in found if field is not Field.STAGE or _is_own(said, position)]
        found.append((said.first(Cue.HOW_LONG) or 0, Field.DAYS_IN_STAGE))
    said.use(*(position for position, _ in found))
    return tuple(dict.fromkeys(field for _, field in sorted(found, key=lambda each: each[0])))


def _as_one_of_us(said: Said, position: int) -> tuple[Field, ...]:
    """Return the executive of "owner, partner and exec", which other fields stand before."""
    before = position - 1
    while before > 0 and said[before].means(Cue.AND, Cue.OR, Cue.FILLER):
        before -= 1
    is_listed = before >= 0 and bool(said[before].of_kind(Field))
    return (Field.EXECUTIVE,) if is_listed and said[position].means(Function.EXECUTIVE) else ()


def _by_verbs(said: Said, form: Form | None) -> list[tuple[int, Field]]:
    special = _by_place_or_last(said, form)
    if special:
        return special
    has_account = any(piece.account is not None or piece.means(Cue.IT, Cue.HERE) for piece in said.pieces)
    found: dict[Field, int] = {}
    asked = form
    for position, piece in enumerate(said.pieces):
        asked = next((CLAUSES[cue] for cue in piece.of_kind(Cue) if cue in CLAUSES), asked)
        for wanted, verb, field in BY_VERB:
            if asked is wanted and piece.means(verb) and _is_verb_of_field(said, position, verb):
                found.setdefault(field, position)
    if form is Form.WHO and has_account:
        found = _with_function(said, found)
    return [(position, field) for field, position in found.items()]


def _is_how_long_alone(said: Said) -> bool:
    """Return true for "how many days where it is": nothing else is said than the account."""
    light = (Cue.HOW_LONG, Cue.IS, Cue.IT, Cue.WHERE, Cue.FILLER, Cue.HAVE)
    return any(piece.account is not None for piece in said.pieces) and all(
        piece.account is not None or piece.means(*light) for piece in said.pieces
    )


def _by_place_or_last(said: Said, form: Form | None) -> list[tuple[int, Field]]:
    """Return the field of "where is it discussed" and "when was it last discussed"."""
    if form is Form.LIST and said.has(Cue.WHERE) and (position := said.first(Cue.DISCUSS)) is not None:
        return [(position, Field.CHANNEL)]
    if form is Form.WHEN and said.has(Cue.LAST, Cue.HOW_LONG):
        for verb, field in LAST.items():
            if (position := said.first(verb)) is not None:
                return [(position, field)]
    return []


def _is_verb_of_field(said: Said, position: int, verb: Cue) -> bool:
    """Return false for "who has talked to it" and "who from our side decided": another verb tells what is asked."""
    if verb is Cue.ON_OUR_SIDE:
        return not said.has(Cue.TOUCH, Cue.DECIDE, Cue.RECORD)
    if verb is not Cue.HAVE:
        return True
    after = said.next_of_weight(position)
    before = said.before_of_weight(position)
    is_last = after is None and before is not None and said[before].account is not None
    return is_last or (after is not None and (said[after].account is not None or said[after].means(Cue.IT, Cue.HERE)))


def _with_function(said: Said, found: dict[Field, int]) -> dict[Field, int]:
    """Return the fields with that of a part of our company, which the verb of its clause is said of."""
    of_functions = _fields_of_functions(said)
    if not of_functions:
        return found
    first = min(of_functions.values())
    start = max((each for each in said.where(Cue.WHO, Cue.WHOSE) if each < first), default=0)
    return {each: at for each, at in found.items() if at < start} | of_functions


def _fields_of_functions(said: Said) -> dict[Field, int]:
    """Return the fields that "who does the marketing there" asks for, with the position of its word."""
    if said.has(Cue.TOUCH, Cue.NEED, Cue.WAIT):
        return {}
    functions = [(position, each) for position, each in said.of_kind(Function) if each in FIELD_OF_FUNCTION]
    return {FIELD_OF_FUNCTION[each]: position for position, each in reversed(functions)}


def _is_own(said: Said, position: int) -> bool:
    """Return true if the stage itself is asked for, too: "which stage is it in and since how many days"."""
    before = said.before_of_weight(position)
    return before is not None and said[before].means(Cue.WHICH)
