"""Put the pieces of a text together to its parts, and the parts to a query."""

from dataclasses import fields, replace

from agendas.facts.account import Stage
from agendas.facts.list_filter import AccountStanding
from assistant.query import Field, Form, Per, Progress, Query, Subject, Which
from assistant.reading.parts import NOTHING, Assumed, Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.about import with_about
from assistant.reading.rules.amounts import MEASURES, with_amounts
from assistant.reading.rules.as_wanted import as_subject_wants
from assistant.reading.rules.days import with_days
from assistant.reading.rules.fields import fields_said
from assistant.reading.rules.filters import with_tiers, with_values, with_which
from assistant.reading.rules.forms import form_said, lead_of
from assistant.reading.rules.held import unread_of
from assistant.reading.rules.left import with_left
from assistant.reading.rules.named import is_compared, with_marks, with_names
from assistant.reading.rules.of_one import FILTERS
from assistant.reading.rules.order import MOST, with_order, with_split
from assistant.reading.rules.persons import with_persons
from assistant.reading.rules.things import with_things
from assistant.reading.subjects.clauses import with_clause
from assistant.reading.subjects.tell import subject_of
from assistant.reading.vocabulary.cues import Cue

SHARED = tuple(each.name for each in fields(Query) if each.name not in ("subject", "form"))
"""Attributes that parts and queries have both."""

FIELD_FORMS = (None, Form.LIST, Form.WHO, Form.WHEN, Form.SUM, Form.CARD)
OF_ACCOUNTS = ("states", "statuses", "stages", "tiers", "segments", "having", "without", "owners")
"""Filters that ask yes or no where an account is named beside them."""


def parts_of(said: Said, user_id: str, assumed: Assumed = NOTHING) -> Parts:
    """Return what the pieces say, by the rules in their order; each uses the pieces that it takes something from.

    `assumed` is what they leave unsaid, from the answer before.
    """
    parts = with_marks(said, with_names(said, Parts(of=assumed.of)))
    parts = with_things(said, with_left(said, with_tiers(said, with_amounts(said, parts))))
    parts = with_clause(said, parts)
    form = form_said(said)
    if form is Form.WHO and _asks_who_most(said):
        form, parts = Form.COUNT, replace(parts, per=Per.OWNER)
    parts = with_split(said, parts, form or assumed.form)
    subject = assumed.subject or subject_of(said, parts, form)
    if is_compared(said, parts, form):
        parts = _compared(said, parts, subject)
        form = Form.COMPARE
    elif not (parts.of and subject is Subject.ACCOUNTS):
        parts = with_order(said, parts, subject or Subject.ACCOUNTS)
        subject = subject or (Subject.ACCOUNTS if parts.by else None)
    parts = _with_fields(said, parts, subject, form)
    parts = with_values(said, with_which(said, parts, subject, form), subject)
    parts = with_persons(said, with_days(said, parts, subject), subject, user_id)
    parts = with_about(said, parts, subject)
    parts = replace(parts, subject=subject, form=form, is_question=lead_of(said) is not None)
    parts = as_subject_wants(said, parts)
    return replace(parts, unread=unread_of(said, parts))


def query_of(parts: Parts) -> Query | None:
    """Return the question that the parts ask by themselves, None where they ask none."""
    subject = parts.subject
    if subject is None:
        return None
    shared = {name: getattr(parts, name) for name in SHARED}
    query = Query(subject, _form(parts, subject), **shared)
    return replace(query, fields=()) if query.form is Form.LIST and query.fields == (query.by,) else query


def _with_fields(said: Said, parts: Parts, subject: Subject | None, form: Form | None) -> Parts:
    if subject in (Subject.ACCOUNTS, None) and not parts.fields:
        return replace(parts, fields=fields_said(said, form))
    return parts


def _compared(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts of a comparison: what is bigger, longer or further is the field compared."""
    ordered = with_order(said, parts, subject or Subject.ACCOUNTS)
    fields_ = (ordered.by,) if ordered.by else ()
    if not fields_ and said.has(Cue.OTHERS) and (engaged := said.where(Stage.ENGAGED)):
        said.use(*engaged)
        fields_ = (Field.ENGAGEMENT,)
    return replace(ordered, by=None, is_lowest=False, limit=0, fields=fields_)


def _asks_who_most(said: Said) -> bool:
    """Return true for "who has the most overdue actions", and use its words."""
    words = [piece.typed.casefold().split() for piece in said.pieces]
    most = [each for each in said.where(Cue.HIGHEST, Cue.LOWEST) if words[each][-1] in MOST]
    late = [each for each in said.where(Cue.OVERDUE) if words[each][0] in MOST]
    if not (most or late):
        return False
    kinds = (Subject, int, Stage, AccountStanding)
    start = 0 if said.has(Cue.WHOSE) else min(most + late)
    is_of_things = any(piece.of_kind(kind) for piece in said.pieces[start:] for kind in kinds)
    is_of_things = is_of_things or said.has(Cue.OWE) or any(piece.of_kind(Progress) for piece in said.pieces)
    if is_of_things or late:
        said.use(*most, *said.where(Cue.WHO, Cue.WHOSE, Cue.OWN))
    return is_of_things or bool(late)


def _form(parts: Parts, subject: Subject) -> Form:
    form = parts.form
    if parts.per and form in (None, Form.LIST, Form.CARD):
        return Form.SUM if MEASURES & set(parts.fields) else Form.COUNT
    if subject is not Subject.ACCOUNTS:
        return _form_of_things(parts, subject)
    if form is Form.COMPARE or (form is Form.SUM and len(parts.of) > 1):
        return form
    if parts.of or parts.choices:
        return _form_of_one(parts)
    if form in (None, Form.LIST) and MEASURES & set(parts.fields):
        return Form.LIST if parts.by else Form.SUM
    if parts.fields and form in (None, Form.WHO) and _has_filter(parts):
        return Form.FIELD
    return Form.LIST if form in (None, Form.CARD) else form


def _form_of_one(parts: Parts) -> Form:
    """Return the form of a question about accounts that are named."""
    if parts.fields and parts.form in FIELD_FORMS:
        return Form.FIELD
    if parts.form is None and _has_filter(parts):
        return Form.YES_NO
    return Form.CARD if parts.form in (None, Form.LIST, Form.CARD) else parts.form


def _has_filter(parts: Parts) -> bool:
    return any(getattr(parts, name) for name in FILTERS)


def _form_of_things(parts: Parts, subject: Subject) -> Form:
    form = parts.form
    if subject is Subject.MEMBERS and form is not Form.COUNT:
        return Form.CARD if parts.whose and not parts.about else Form.LIST
    if subject is Subject.REVIEWS and form is None and parts.which:
        return Form.LIST if parts.which is Which.OPEN else Form.WHEN
    if subject is Subject.REVIEWS and form is Form.CARD:
        return form
    if form is Form.SUM and subject is not Subject.DEALS:
        return Form.COUNT
    return Form.LIST if form in (None, Form.CARD, Form.FIELD) else form
