"""Parts as their subject wants them."""

from dataclasses import replace

from agendas.facts.account import ListStatus
from assistant.query import Field, Form, Having, Subject, Which
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.left import is_of_left
from assistant.reading.rules.of_one import FILTERS, of_one
from assistant.reading.rules.persons import of_members
from assistant.reading.vocabulary.cues import Cue

WHO_MOVED = (Subject.SIGNALS, Subject.DEALS, Subject.PLAYS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.EVIDENCE)
"""Subjects of which "who" asks for the accounts themselves."""

OF_ONE = (Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.EVIDENCE)
"""Of these, "who" asks for one of us where an account is named."""

ASKED_OF = (Subject.ASKS, Subject.BLOCKERS)
"""Things of which "who is waiting for me" asks, whoever is meant."""

ATTENDING = frozenset({"attendees", "participants", "attendance", "attendee", "participant"})
"""Nouns that ask who was there."""

WHICH_OF_FIELD = {Field.NEXT_REVIEW: Which.NEXT, Field.LAST_REVIEW: Which.LAST}
OF_LAST = {
    Field.LAST_MOVEMENT: Subject.MOVEMENT,
    Field.LAST_REVIEW: Subject.REVIEWS,
    Field.LAST_UPDATE: Subject.CHANGES,
    Field.LAST_TOUCH: Subject.CHANGES,
}
DATED = {Field.NARRATIVE: Having.NARRATIVE, Field.FIT: Having.FIT}
"""Things of an account of which the day is known, by their fields."""


def as_subject_wants(said: Said, parts: Parts) -> Parts:
    """Return the parts with the form and the values that words leave open, as the subject wants them."""
    if parts.subject is Subject.ACCOUNTS:
        return _of_accounts(said, parts)
    if parts.subject is Subject.MEMBERS:
        return of_members(said, parts)
    if parts.subject is Subject.PEOPLE:
        return _of_people(said, parts)
    if parts.subject is Subject.REVIEWS:
        return _of_reviews(said, parts)
    if parts.subject is Subject.ACTIONS and parts.form is None and parts.about and _asks_due(said):
        return replace(parts, form=Form.WHEN)
    if parts.form is Form.WHO and _asks_for_things(said, parts):
        return replace(parts, form=Form.LIST)
    if parts.subject is Subject.MOVEMENT and parts.of and parts.form is Form.WHEN and said.has(Cue.LAST):
        return replace(parts, subject=Subject.ACCOUNTS, form=Form.FIELD, fields=(Field.LAST_MOVEMENT,), ways=())
    return _of_things(said, parts) if parts.subject in (Subject.DEALS, Subject.BLOCKERS) else parts


def _asks_for_things(said: Said, parts: Parts) -> bool:
    """Return true where "who" is an account: "who moved", or means whatever is there: "who is waiting for me"."""
    if parts.subject in ASKED_OF:
        return bool(parts.needs or (parts.whose and not parts.of))
    is_of_one = said.has(Cue.RECORD) or (parts.of and parts.subject in OF_ONE)
    return parts.subject in WHO_MOVED and not is_of_one


def _of_people(said: Said, parts: Parts) -> Parts:
    """Return the parts of people with the form that their words leave open."""
    if said.has(Field.VALUE) and parts.form in (None, Form.LIST, Form.SUM):
        return replace(parts, form=Form.COUNT)
    if is_of_left(parts) and parts.form in (Form.WHO, Form.WHEN):
        return replace(parts, form=Form.LIST)
    is_asked = parts.about and parts.roles and parts.form is None
    return replace(parts, form=Form.YES_NO) if is_asked else parts


def _asks_due(said: Said) -> bool:
    """Return true for "deadline of the workshop" and "due date of the deck"."""
    return any(piece.typed.casefold() == "deadline" or piece.means(Field.DUE) for piece in said.pieces)


def _of_accounts(said: Said, parts: Parts) -> Parts:
    if _is_how_come(said) and (parts.tiers or parts.stages or parts.states or parts.statuses):
        parts = replace(parts, form=Form.WHY)
    if Field.STATE in parts.fields:
        parts = replace(parts, states=())
    parts = _dated(parts)
    for rule in (_who_last, _attended, _reviews_instead, _changes_instead, _touched, _added):
        found = rule(said, parts)
        if found is not None:
            return found
    return _with_form(said, _with_values(said, replace(parts, fields=_without_values(said, parts))))


def _is_how_come(said: Said) -> bool:
    """Return true for "how did it end up in tier 2"."""
    how = said.first(Cue.HOW)
    is_how_did = how is not None and how + 1 < len(said) and said[how + 1].typed.casefold() in ("did", "does", "could")
    return is_how_did and any(piece.account is not None or piece.means(Cue.IT) for piece in said.pieces)


def _dated(parts: Parts) -> Parts:
    """Return the parts of "narratives older than 90 days": accounts that have the thing from these days."""
    things = tuple(DATED[field] for field in parts.fields if field in DATED)
    is_list = parts.form in (None, Form.LIST, Form.CARD, Form.COUNT, Form.YES_NO) and not parts.of
    if not (things and is_list and parts.period and len(things) == len(parts.fields)):
        return parts
    form = Form.LIST if parts.form is Form.CARD else parts.form
    return replace(parts, form=form, fields=(), having=tuple(dict.fromkeys((*parts.having, *things))))


def _who_last(_: Said, parts: Parts) -> Parts | None:
    """Return the parts of "who recorded the last movement"."""
    of_last = next((OF_LAST[field] for field in parts.fields if field in OF_LAST), None)
    if parts.form is not Form.WHO or of_last is None or not parts.of:
        return None
    which = Which.LAST if of_last is Subject.REVIEWS else None
    return replace(parts, subject=of_last, fields=(), which=which)


def _attended(said: Said, parts: Parts) -> Parts | None:
    """Return the parts of who was there, for "was Tomas at the last review of Halden"."""
    which = next((WHICH_OF_FIELD[each] for each in parts.fields if each in WHICH_OF_FIELD), None)
    persons = [position for position, piece in enumerate(said.pieces[:-1]) if piece.persons or piece.means(Cue.ME)]
    is_there = any(said[position + 1].means(Cue.AT, Cue.ATTEND) for position in persons)
    if parts.form is not Form.YES_NO or which is None or not is_there:
        return None
    return replace(parts, subject=Subject.REVIEWS, form=Form.WHO, fields=(), which=which, owners=())


def _reviews_instead(said: Said, parts: Parts) -> Parts | None:
    """Return the parts of reviews, for "when is the next review" of no account."""
    only = {WHICH_OF_FIELD.get(field) for field in parts.fields}
    which = only.pop() if len(only) == 1 else None
    if which is None or (parts.of and parts.period is None):
        return None
    if parts.of:
        return replace(parts, subject=Subject.REVIEWS, form=Form.YES_NO, fields=())
    is_of_content = parts.form in (None, Form.LIST, Form.CARD) and _asks_what_was_said(said, parts)
    form = parts.form if is_of_content or parts.form in (Form.WHO, Form.YES_NO) else Form.WHEN
    return _of_reviews(said, replace(parts, subject=Subject.REVIEWS, form=form, fields=(), which=which))


def _changes_instead(said: Said, parts: Parts) -> Parts | None:
    """Return the parts of changes, for "catch me up on Kestrel since Monday"."""
    is_filtered = any(getattr(parts, name) for name in ("fields", *FILTERS))
    is_card = parts.form in (None, Form.CARD, Form.LIST) and not (is_filtered or said.has(Cue.TOUCH))
    if not (parts.of and parts.period and is_card):
        return None
    return replace(parts, subject=Subject.CHANGES, form=Form.LIST)


def _touched(said: Said, parts: Parts) -> Parts | None:
    is_asked = parts.form in (Form.YES_NO, Form.LIST, Form.WHO, None) and not parts.fields
    if not (parts.of and said.has(Cue.TOUCH) and is_asked):
        return None
    form = Form.WHO if parts.form is Form.WHO else Form.YES_NO
    return replace(parts, form=form, having=(*parts.having, Having.TOUCH))


def _added(said: Said, parts: Parts) -> Parts | None:
    if not (parts.of and said.has(Cue.ADD) and parts.form is Form.WHO) or parts.statuses:
        return None
    return replace(parts, statuses=(ListStatus.NAMED,), fields=())


def _with_form(said: Said, parts: Parts) -> Parts:
    if parts.of:
        return of_one(said, parts)
    if parts.form is Form.WHO and (not parts.fields or (parts.owners and parts.fields == (Field.OWNER,))):
        return replace(parts, form=Form.LIST, fields=())
    return replace(parts, fields=(Field.VALUE,)) if parts.form is Form.SUM and not parts.fields else parts


def _without_values(said: Said, parts: Parts) -> tuple[Field, ...]:
    """Return the fields without those whose values are filters: "where the stage is claimed"."""
    given = {
        Field.STAGE: parts.stages or parts.states,
        Field.STATE: parts.states,
        Field.STATUS: parts.statuses,
        Field.TIER: parts.tiers,
        Field.SEGMENT: parts.segments,
        Field.OWNER: parts.owners,
        Field.PARTNER: parts.owners if _is_partner(said) else (),
    }
    is_list = parts.form in (None, Form.LIST, Form.COUNT, Form.YES_NO)
    return tuple(each for each in parts.fields if not (is_list and given.get(each)))


def _is_partner(said: Said) -> bool:
    """Return true for "which ones do I partner on", where somebody named is the partner, and none is asked for."""
    before = [said.before_of_weight(position) for position in said.where(Field.PARTNER)]
    doers = [said[each] for each in before if each is not None]
    return any(each.means(Cue.ME) or (each.persons and not each.is_possessive) for each in doers)


def _with_values(said: Said, parts: Parts) -> Parts:
    if said.has(Cue.GO_AFTER) and parts.form in (Form.WHY, Form.WHO) and parts.of and not parts.statuses:
        parts = replace(parts, statuses=(ListStatus.NAMED,))
    for thing in (Having.PROPOSAL, *((Having.TOUCH,) if parts.form is Form.YES_NO else ())):
        if said.has(thing) and thing not in (*parts.having, *parts.without):
            parts = replace(parts, having=(*parts.having, thing))
    return parts


def _of_reviews(said: Said, parts: Parts) -> Parts:
    """Return the parts of reviews with the form that their words leave open."""
    if parts.form in (None, Form.LIST, Form.CARD) and _asks_what_was_said(said, parts):
        which = parts.which or (None if parts.period else Which.LAST)
        return replace(parts, form=Form.CARD, which=which)
    if parts.form is Form.WHEN and parts.which is None and parts.period is None:
        is_past = any(piece.typed.casefold() in ("did", "was", "were", "had", "have", "has") for piece in said.pieces)
        return replace(parts, which=Which.LAST if is_past else Which.NEXT)
    if parts.form in (None, Form.LIST) and any(piece.typed.casefold() in ATTENDING for piece in said.pieces):
        return replace(parts, form=Form.WHO)
    is_many = any(piece.means(Subject.REVIEWS) and piece.typed.casefold().endswith("s") for piece in said.pieces)
    return replace(parts, form=Form.LIST) if parts.form is None and is_many else parts


def _asks_what_was_said(said: Said, parts: Parts) -> bool:
    """Return true for what a review dealt with: "the agenda", "what was discussed", "how did it go", "summary of"."""
    if parts.of or parts.period or said.has(Cue.WHERE):
        return said.has(Cue.RECAP, Cue.DECIDE, Subject.DECISIONS)
    return (
        parts.form is Form.CARD
        or said.has(Cue.RECAP, Cue.DISCUSS, Cue.DECIDE, Subject.DECISIONS)
        or (bool(parts.which) and said.has(Cue.DO))
    )


def _of_things(said: Said, parts: Parts) -> Parts:
    """Return the parts of deals and blockers with the form that their words leave open."""
    if parts.subject is Subject.BLOCKERS:
        if said.has(Field.AGE) and parts.form in (None, Form.CARD) and not parts.by:
            return replace(parts, form=Form.WHEN)
        is_asked = said.has(Cue.BLOCKED) and parts.form is None and bool(parts.of)
        return replace(parts, form=Form.YES_NO) if is_asked else parts
    if parts.form in (None, Form.CARD, Form.LIST) and said.has_left(Field.CLOSE_DATE) and parts.of:
        return replace(parts, form=Form.WHEN)
    if parts.form is Form.WHEN and said.has(Cue.HOW_MUCH):
        return replace(parts, form=Form.LIST)
    is_pipeline = said.has(Field.PIPELINE) and not said.has(Subject.DEALS) and not parts.by
    is_pipeline = is_pipeline or (said.has_left(Field.VALUE, Field.AMOUNT) and not (parts.by or parts.of))
    return replace(parts, form=Form.SUM) if is_pipeline and parts.form in (None, Form.LIST) else parts
