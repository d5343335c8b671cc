"""Parts of a question about accounts that are named, with the form that their fields and filters want."""

from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from assistant.query import Field, Form, Having
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.absent import HAVING_OF_FIELD
from assistant.reading.vocabulary.cues import Cue

ASSIGNED = frozenset({"assigned", "assigned to", "responsible", "responsible for", "in charge", "in charge of"})
FILTERS = (
    *("tiers", "stages", "states", "statuses", "segments", "owners", "having", "without"),
    *("least_cents", "most_cents"),
)


def of_one(said: Said, parts: Parts) -> Parts:
    """Return the parts of accounts that are named, with the form that their fields and filters want."""
    form = parts.form
    if form is Form.SUM:
        fields = parts.fields or (Field.VALUE,)
        return replace(parts, fields=fields, form=form if said.has(Cue.TOTAL) else None)
    if parts.fields and parts.owners and form is not Form.YES_NO:
        parts = replace(parts, owners=())
    if form is Form.WHO:
        return _person_of_one(said, parts)
    parts = _without_values(said, parts)
    if len(parts.of) > 1 and any(piece.typed.casefold() == "in the same stage" for piece in said.pieces):
        return replace(parts, form=Form.COMPARE, fields=(Field.STAGE,))
    if len(parts.of) > 1 and parts.fields and said.has(Cue.OTHER, Cue.SAME):
        return replace(parts, form=Form.COMPARE)
    if form is Form.WHY and Field.JUSTIFICATION in parts.fields:
        return replace(parts, form=Form.FIELD)
    if form is Form.WHEN and parts.statuses == (ListStatus.NAMED,):
        return replace(parts, form=Form.FIELD, fields=(Field.NAMED_ON,), statuses=())
    return _asked_of_one(said, parts) if form is Form.YES_NO else parts


def _without_values(said: Said, parts: Parts) -> Parts:
    """Return the parts without values of the field asked for: "status on the list", "how long in engaged"."""
    if parts.form in (None, Form.CARD) and parts.statuses == (ListStatus.NAMED,) and said.has(Cue.CARD, Cue.HOW):
        return replace(parts, form=Form.FIELD, fields=(Field.STATUS,), statuses=())
    is_how_long = Field.DAYS_IN_STAGE in parts.fields and parts.form is not Form.YES_NO
    return replace(parts, stages=(), states=()) if is_how_long else parts


def _person_of_one(said: Said, parts: Parts) -> Parts:
    """Return the parts with the owner where nothing else tells who is meant: "who has Corvane"."""
    is_told = any(getattr(parts, name) for name in FILTERS) or parts.period is not None
    is_other = said.has(Cue.RECORD, Cue.LEAVE, Cue.ADD, Cue.TOUCH, Cue.DO, Cue.THAT)
    is_named = any(piece.account is not None for piece in said.pieces)
    return parts if parts.fields or is_told or is_other or not is_named else replace(parts, fields=(Field.OWNER,))


def _asked_of_one(said: Said, parts: Parts) -> Parts:
    """Return the parts of a question for yes or no: with a thing for its field, or the field of several values."""
    field = _one_of_several(parts) if said.has(Cue.OR) else None
    if field is not None:
        return replace(parts, form=Form.FIELD, fields=(field,), tiers=(), stages=(), states=(), statuses=(), owners=())
    had = () if parts.owners else _had(said, parts.fields)
    is_filtered = any(getattr(parts, name) for name in FILTERS)
    if parts.fields and not (had or is_filtered or parts.period):
        return replace(parts, form=Form.FIELD)
    if not (is_filtered or had or parts.period or parts.fields):
        return replace(parts, form=Form.CARD)
    return replace(parts, fields=(), having=tuple(dict.fromkeys((*parts.having, *had))))


def _one_of_several(parts: Parts) -> Field | None:
    """Return the field that is asked for by several of its values: "is it tier one, two or three"."""
    if len(parts.owners) > 1:
        return Field.OWNER
    several = (
        (Field.TIER, parts.tiers),
        (Field.STAGE, parts.stages),
        (Field.STATE, parts.states),
        (Field.STATUS, parts.statuses),
    )
    return next((field for field, values in several if len(values) > 1), None)


def _had(said: Said, asked: tuple[Field, ...]) -> tuple[Having, ...]:
    """Return the things asked for: what the fields are, as in "is there a narrative", and those that are no field."""
    of_fields = tuple(HAVING_OF_FIELD[field] for field in asked if field in HAVING_OF_FIELD)
    is_of_us = said.has(Cue.ON_OUR_SIDE) and said.has(BuyingRole.EXECUTIVE_SPONSOR)
    is_of_us = is_of_us or (said.has(Cue.THERE_IS, Cue.HAVE) and said.has_left(Function.EXECUTIVE))
    others = tuple(having for _, having in said.of_kind(Having))
    is_owned = said.has(Cue.ANY) and (
        said.has(Cue.OWN) or any(piece.typed.casefold() in ASSIGNED for piece in said.pieces)
    )
    others = (*others, Having.OWNER) if is_owned else others
    if is_of_us:
        said.use(*said.where(Function.EXECUTIVE))
    return (*of_fields, *others, *((Having.EXECUTIVE,) if is_of_us else ()))
