"""Put the pieces of a text together to its parts, and the parts to a query."""

from dataclasses import fields, replace

from assistant.query import Field, Form, Query, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.about import with_about
from assistant.reading.rules.days import with_days
from assistant.reading.rules.fields import fields_said
from assistant.reading.rules.filters import with_tiers, with_values, with_which
from assistant.reading.rules.forms import form_said, lead_of
from assistant.reading.rules.named import is_compared, with_marks, with_names
from assistant.reading.rules.order import with_order, with_split
from assistant.reading.rules.persons import with_persons
from assistant.reading.rules.subject import subject_of
from assistant.reading.rules.things import with_things

SHARED = tuple(each.name for each in fields(Query) if each.name not in ("subject", "form"))
"""Attributes that parts and queries have both."""

FIELD_FORMS = (None, Form.LIST, Form.WHO, Form.WHEN, Form.SUM)


def parts_of(said: Said, user_id: str) -> Parts:
    """Return what the pieces say, by the rules in their order; each uses the pieces that it takes something from."""
    parts = with_marks(said, with_names(said, Parts()))
    parts = with_things(said, with_tiers(said, parts))
    form = form_said(said)
    parts = with_split(said, parts, form)
    subject = subject_of(said, parts, form)
    if is_compared(said, parts, form):
        parts = _compared(said, parts, subject)
        form = Form.COMPARE
    else:
        parts = with_order(said, parts, subject or Subject.ACCOUNTS)
        subject = subject or (Subject.ACCOUNTS if parts.by else None)
    parts = _with_fields(said, parts, subject, form)
    parts = with_which(said, parts, subject)
    parts = with_values(said, parts, subject, form)
    parts = with_days(said, parts, subject, form)
    parts = with_persons(said, parts, subject, user_id)
    parts = with_about(said, parts, subject)
    unread = tuple(piece.typed for position, piece in enumerate(said.pieces) if _is_unread(said, position))
    return replace(parts, subject=subject, form=form, unread=unread, is_question=lead_of(said) is not None)


def query_of(parts: Parts) -> Query | None:
    """Return the question that the parts ask by themselves, None where they ask none."""
    subject = parts.subject
    if subject is None:
        return None
    shared = {name: getattr(parts, name) for name in SHARED}
    return Query(subject, _form(parts, subject), **shared)


def _with_fields(said: Said, parts: Parts, subject: Subject | None, form: Form | None) -> Parts:
    if subject in (Subject.ACCOUNTS, None) and not parts.fields:
        return replace(parts, fields=fields_said(said, parts, form))
    return parts


def _compared(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts of a comparison: what is bigger, longer or further is the field compared."""
    ordered = with_order(said, parts, subject or Subject.ACCOUNTS)
    fields_ = (ordered.by,) if ordered.by else ()
    return replace(ordered, by=None, is_lowest=False, limit=0, fields=fields_)


def _form(parts: Parts, subject: Subject) -> Form:
    form = parts.form
    if subject is not Subject.ACCOUNTS:
        return Form.LIST if form in (None, Form.CARD, Form.FIELD) else form
    if form is Form.COMPARE:
        return form
    if parts.of and parts.fields and form in FIELD_FORMS:
        return Form.FIELD
    if form in (None, Form.LIST) and parts.of:
        has_filter = parts.states or parts.statuses or parts.stages or parts.tiers or parts.having or parts.owners
        return Form.YES_NO if has_filter and form is None else Form.CARD
    if parts.fields and form is None:
        return Form.SUM if Field.VALUE in parts.fields else Form.LIST
    return form or Form.LIST


def _is_unread(said: Said, position: int) -> bool:
    piece = said[position]
    return position not in said.used and (piece.is_unknown or bool(piece.when))
