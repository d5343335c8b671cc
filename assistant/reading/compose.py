"""Put the pieces of a text together to its parts, and the parts to a query."""

from dataclasses import fields, replace

from agendas.facts.account import ListStatus
from agendas.facts.people import Function
from assistant.query import Field, Form, Having, Per, Query, Subject, Which
from assistant.reading.parts import NOTHING, Assumed, Parts
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
from assistant.reading.rules.things import HAVING_OF_FIELD, with_things
from assistant.reading.vocabulary.cues import Cue

SHARED = tuple(each.name for each in fields(Query) if each.name not in ("subject", "form"))
"""Attributes that parts and queries have both."""

FIELD_FORMS = (None, Form.LIST, Form.WHO, Form.WHEN, Form.SUM, Form.CARD)
WHO_MOVED = (Subject.SIGNALS, Subject.DEALS, Subject.PLAYS, Subject.MOVEMENT, Subject.LIST_CHANGES, Subject.EVIDENCE)
"""Subjects of which "who" without an account asks for the accounts themselves."""

WHICH_OF_FIELD = {Field.NEXT_REVIEW: Which.NEXT, Field.LAST_REVIEW: Which.LAST}
MAY_BE_LOST = (Cue.NOT, Subject.CHANGES)
MOST = frozenset({"most", "least", "fewest"})
SUMMED = frozenset({Field.VALUE, Field.PIPELINE, Field.AMOUNT})


def parts_of(said: Said, user_id: str, assumed: Assumed = NOTHING) -> Parts:
    """Return what the pieces say, by the rules in their order; each uses the pieces that it takes something from.

    `assumed` is what they leave unsaid, from the answer before.
    """
    parts = with_marks(said, with_names(said, Parts(of=assumed.of)))
    parts = with_things(said, with_tiers(said, parts))
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
    return _tidied(said, parts)


def query_of(parts: Parts) -> Query | None:
    """Return the question that the parts ask by themselves, None where they ask none."""
    subject = parts.subject
    if subject is None:
        return None
    shared = {name: getattr(parts, name) for name in SHARED}
    return Query(subject, _form(parts, subject), **shared)


def _with_fields(said: Said, parts: Parts, subject: Subject | None, form: Form | None) -> Parts:
    if subject in (Subject.ACCOUNTS, None) and not parts.fields:
        return replace(parts, fields=fields_said(said, form))
    return parts


def _compared(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts of a comparison: what is bigger, longer or further is the field compared."""
    ordered = with_order(said, parts, subject or Subject.ACCOUNTS)
    fields_ = (ordered.by,) if ordered.by else ()
    return replace(ordered, by=None, is_lowest=False, limit=0, fields=fields_)


def _tidied(said: Said, parts: Parts) -> Parts:
    """Return the parts as their subject wants them, with the words that none of them has used."""
    if parts.subject is Subject.ACCOUNTS:
        parts = _of_accounts(said, parts)
    elif parts.subject is Subject.MEMBERS:
        parts = _of_members(said, parts)
    elif parts.subject in (Subject.DEALS, Subject.BLOCKERS):
        parts = _of_things(said, parts)
    elif parts.subject is Subject.REVIEWS:
        parts = _of_reviews(said, parts)
    elif parts.form is Form.WHO and parts.subject in WHO_MOVED and not (parts.of and said.has(Cue.RECORD)):
        parts = replace(parts, form=Form.LIST)
    unread = tuple(piece.typed for position, piece in enumerate(said.pieces) if _is_unread(said, position))
    return replace(parts, unread=unread)


def _of_accounts(said: Said, parts: Parts) -> Parts:
    if Field.STATE in parts.fields:
        parts = replace(parts, states=())
    only = {WHICH_OF_FIELD.get(field) for field in parts.fields}
    if not parts.of and len(only) == 1 and (which := only.pop()):
        form = parts.form if parts.form is Form.WHO else Form.WHEN
        return _of_reviews(said, replace(parts, subject=Subject.REVIEWS, form=form, fields=(), which=which))
    if parts.of and said.has(Cue.TOUCH) and parts.form in (Form.YES_NO, Form.LIST, None) and not parts.fields:
        return replace(parts, form=Form.YES_NO, having=(*parts.having, Having.TOUCH))
    if parts.of and said.has(Cue.ADD) and parts.form is Form.WHO and not parts.statuses:
        return replace(parts, statuses=(ListStatus.NAMED,), fields=())
    if said.has(Cue.GO_AFTER) and parts.form is Form.WHY and not parts.statuses:
        parts = replace(parts, statuses=(ListStatus.NAMED,))
    if parts.of and parts.period and parts.form in (None, Form.CARD) and not (parts.fields or parts.states):
        return replace(parts, subject=Subject.CHANGES, form=Form.LIST)
    if parts.form is Form.WHO and not (parts.of or parts.fields):
        parts = replace(parts, form=Form.LIST)
    if parts.form is Form.YES_NO and parts.of and parts.fields:
        parts = replace(parts, fields=(), having=(*parts.having, *(() if parts.owners else _had(parts.fields))))
    if parts.form is Form.SUM and not parts.fields:
        parts = replace(parts, fields=(Field.VALUE,))
    if said.has(Having.PROPOSAL) and Having.PROPOSAL not in (*parts.having, *parts.without):
        parts = replace(parts, having=(*parts.having, Having.PROPOSAL))
    return parts


def _of_reviews(said: Said, parts: Parts) -> Parts:
    """Return the parts of reviews with the form that their words leave open."""
    is_open = parts.form in (None, Form.LIST, Form.CARD)
    if is_open and said.has(Cue.RECAP):
        return replace(parts, form=Form.CARD, which=parts.which or Which.LAST)
    is_many = any(piece.means(Subject.REVIEWS) and piece.typed.casefold().endswith("s") for piece in said.pieces)
    return replace(parts, form=Form.LIST) if parts.form is None and is_many else parts


def _had(asked: tuple[Field, ...]) -> tuple[Having, ...]:
    """Return the things that the fields are, where it is asked if there is one: "is there a narrative"."""
    return tuple(HAVING_OF_FIELD[field] for field in asked if field in HAVING_OF_FIELD)


def _asks_who_most(said: Said) -> bool:
    """Return true for "who has the most overdue actions", and use its words."""
    most = [each for each in said.where(Cue.HIGHEST, Cue.LOWEST) if said[each].typed.casefold().split()[-1] in MOST]
    is_of_things = bool(most) and any(piece.of_kind(Subject) for piece in said.pieces[most[0] :])
    if is_of_things:
        said.use(*most, *said.where(Cue.WHO))
    return is_of_things


def _of_members(said: Said, parts: Parts) -> Parts:
    """Return the parts with the function or right that our people have as words about them."""
    wanted = [each for each in range(len(said)) if said[each].of_kind(Function) or said[each].means(Cue.RIGHT)]
    if parts.whose or not wanted:
        return parts
    said.use(*wanted)
    return replace(parts, about=" ".join((parts.about, *(said[each].typed for each in wanted))).strip())


def _of_things(said: Said, parts: Parts) -> Parts:
    """Return the parts of deals and blockers with the form that their words leave open."""
    if parts.subject is Subject.BLOCKERS:
        is_asked = said.has(Cue.BLOCKED) and parts.form is None and bool(parts.of)
        return replace(parts, form=Form.YES_NO) if is_asked else parts
    if parts.form is Form.WHEN and said.has(Cue.HOW_MUCH):
        return replace(parts, form=Form.LIST)
    is_pipeline = said.has(Field.PIPELINE) and not said.has(Subject.DEALS) and not parts.by
    return replace(parts, form=Form.SUM) if is_pipeline and parts.form in (None, Form.LIST) else parts


def _form(parts: Parts, subject: Subject) -> Form:
    form = parts.form
    if parts.per and form in (None, Form.LIST):
        return Form.SUM if SUMMED & set(parts.fields) else Form.COUNT
    if subject is not Subject.ACCOUNTS:
        return _form_of_things(parts, subject)
    if form is Form.COMPARE:
        return form
    if parts.of and parts.fields and form in FIELD_FORMS:
        return Form.FIELD
    if form in (None, Form.LIST, Form.CARD) and parts.of:
        has_filter = parts.states or parts.statuses or parts.stages or parts.tiers or parts.having or parts.owners
        return Form.YES_NO if has_filter and form is None else Form.CARD
    if form in (None, Form.LIST) and SUMMED & set(parts.fields):
        return Form.SUM
    return Form.LIST if form in (None, Form.CARD) else form


def _form_of_things(parts: Parts, subject: Subject) -> Form:
    form = parts.form
    if subject is Subject.MEMBERS and form in (None, Form.LIST, Form.WHO, Form.CARD):
        return Form.CARD if parts.whose and not parts.about else Form.LIST
    if subject is Subject.REVIEWS and form is None and parts.which:
        return Form.WHEN
    return Form.LIST if form in (None, Form.CARD, Form.FIELD) else form


def _is_unread(said: Said, position: int) -> bool:
    piece = said[position]
    is_lost = piece.means(Cue.WITHOUT, Cue.MISSING) and not piece.means(*MAY_BE_LOST)
    is_number = piece.number is not None and (piece.typed.casefold() != "one" or said[position - 1].means(Cue.ONLY))
    return position not in said.used and (piece.is_unknown or bool(piece.when) or is_lost or is_number)
