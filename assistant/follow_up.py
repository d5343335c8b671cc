"""A question that stands on the answer before it: a merge of what it says into the last query."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from agendas.facts.query import Field, Form, Progress, Query, Subject, Which
from assistant.combinations import OF_ACCOUNTS, is_allowed
from assistant.conversation import LastAnswer
from assistant.days import Span, shifted, unit_of
from assistant.names import Asked, Names
from assistant.pieces import Piece
from assistant.slots import OF_OWNERS, Fitted, Slots, senses_tried

_POINTING_SAID = "it they he here others other same first second third"
POINTING = frozenset(_POINTING_SAID.split())
_OPENING_SAID = "and or correction only all yes not others same"
OPENING = frozenset(_OPENING_SAID.split())
_ASKING_SAID = "do is who which when why how_many there_is show have how whose where since_when how_long how_much"
ASKING = frozenset(_ASKING_SAID.split())
_NARROWING_SAID = "with without of at by for in since from to split which"
NARROWING = frozenset(_NARROWING_SAID.split())
"""Words that begin a part of a question: "with a blocker", "of mine I mean"."""
NARROWING_SENSES = frozenset({"only", "correction"})
ADDING = frozenset({"as well", "too", "also", "add", "plus"})
ALSO_OF = frozenset({"as well", "too", "also"})
"""Of these words the same is asked of another account, and not of both."""

ALL = frozenset({"all"})


def follow(
    pieces: Sequence[Piece], last: LastAnswer, asked: Asked, names: Names, today: date, *, alone: Fitted | None
) -> Fitted | None:
    """Return what the pieces ask as a follow-up of the last answer; None where they stand alone."""
    best: Fitted | None = None
    for chosen, cost in senses_tried(pieces):
        fitted = merged(pieces, chosen, last, asked, names, today, alone)
        if fitted is None:
            continue
        fitted = replace(fitted, cost=cost + 10 * len(fitted.unused))
        if best is None or fitted.cost < best.cost:
            best = fitted
    return best


def merged(
    pieces: Sequence[Piece],
    senses: Sequence[str],
    last: LastAnswer,
    asked: Asked,
    names: Names,
    today: date,
    alone: Fitted | None,
) -> Fitted | None:
    """Return what the pieces ask in these senses as a follow-up; None where they ask none."""
    before = last.query
    if "new_question" in senses or (
        alone is not None and alone.query.form is Form.CARD and _asks_for_card(pieces, senses)
    ):
        return None
    slots = Slots(pieces, senses, asked, names, today, standing_on=before)
    fitted = slots.fit()
    if fitted is None:
        return None
    delta = {name: value for name, value in slots.values.items() if value not in ((), None, 0, "", False)}
    points = slots.points or slots.has(*POINTING - {"it", "they", "here"})
    opens = bool(senses) and (
        senses[0] in OPENING or pieces[0].word in ("what about", "how about", "also", "just", "no")
    )
    if alone is not None and not points and slots.has("there_is") and slots.is_form_said:
        return None
    if alone is not None and alone.query.form is Form.BRIEF and not points:
        return None
    if alone is not None and not (points or opens) and _is_whole_question(pieces, senses):
        return None
    is_bare = not any(each in ASKING for each in senses)
    if (
        alone is not None
        and slots.is_account_named
        and not (points or opens)
        and senses
        and set(senses[:2]) & {"is", "do", "have"}
    ):
        return None
    if slots.is_subject_said and slots.has("noun.accounts") and not points and not opens:
        return None
    if slots.is_subject_said:
        if not (points or is_bare) or (
            alone is not None and "of" in alone.query.__dataclass_fields__ and alone.query.of and not points
        ):
            return None
        query = _of_subject(fitted.query, delta, last, slots, points=points)
    else:
        if slots.is_form_said and slots.is_account_named and not (opens or points) and len(delta) > 1:
            return None
        delta |= _stepped(pieces, senses, before)
        if not delta and not slots.is_form_said and not slots.cleared and not slots.has("all", "which", "show"):
            return None
        query = _changed(before, delta, fitted, slots, last)
    if query is None:
        return None
    values = {each.name: getattr(query, each.name) for each in fields(Query) if each.name not in ("subject", "form")}
    if not is_allowed(query.subject, query.form, values) and query.form not in (Form.WHY, Form.WHEN, Form.WHO):
        return None
    free = {
        i
        for i in fitted.unused
        if senses[i] in POINTING | (OPENING - {"not"}) | ALL | {"last", "next"} or pieces[i].word in ADDING
    }
    unused = tuple(i for i in fitted.unused if i not in free | slots.used)
    return Fitted(query, unused, senses=tuple(senses))


def _is_whole_question(pieces: Sequence[Piece], senses: Sequence[str]) -> bool:
    """Return true for words that ask by themselves: more than one of weight, none of which narrows what was said."""
    if pieces[0].word.split()[0] in NARROWING or set(senses) & NARROWING_SENSES:
        return False
    weight = sum(not each.is_soft or each.is_name for each in pieces)
    return weight > 1 or "show" in senses or "noun.accounts" in senses or any(each.contact for each in pieces)


SUBJECTS_SAID = ("away", "measure.", "program", "my", "me", "have_got", "all", "new_question", "brief", "how", "card")
"""Senses of words that say what is asked for, where the text stands on nothing before it."""

BOUND = NARROWING - {"which", "in", "for", "since"}
WHOLE_CLAUSES = frozenset({"which", "who", "why", "when", "how_many", "how_much", "news"})


def says_its_subject(pieces: Sequence[Piece], alone: Fitted) -> bool:
    """Return true for a whole question in a conversation; of "which went back" it is not clear of which days."""
    senses, subject, first = alone.senses, alone.query.subject, pieces[0].word.split()[0]
    if alone.query.of or any(each.account or each.choice or each.persons or each.contact for each in pieces):
        return True
    things = ("noun.accounts",) if subject is Subject.ACCOUNTS else ("noun.", "field.")
    says = any(sense.startswith((*things, *SUBJECTS_SAID)) for sense in senses)
    if first in BOUND or first == "any":
        return says and first == "any"
    begins = first.startswith("what") and not set(senses) & {"that", "it", "they", "with"}
    is_clause = bool(WHOLE_CLAUSES & set(senses)) and any(
        piece.when or sense.startswith(("role.", "field.roles", "noun."))
        for piece, sense in zip(pieces, senses, strict=True)
    )
    return says or begins or is_clause or alone.query.form in (Form.WHO, Form.WHY)


def _asks_for_card(pieces: Sequence[Piece], senses: Sequence[str]) -> bool:
    return any(
        sense == "how"
        or (sense == "card" and not pieces[i].is_soft and pieces[i].word not in ("what about", "how about"))
        for i, sense in enumerate(senses)
    )


def _stepped(pieces: Sequence[Piece], senses: Sequence[str], before: Query) -> dict[str, Any]:
    """Return the days moved by "the week before", "and last?", "60 days", and another number of things."""
    period = before.period
    for i, piece in enumerate(pieces):
        if piece.when is not None and piece.when.step is not None and period is not None:
            return {"period": shifted(period, *piece.when.step)}
        if piece.number and before.limit and not any(each.when for each in pieces):
            return {"limit": piece.number}
        if senses[i] in ("last", "next") and period is not None and period.first and period.last and len(pieces) <= 3:
            unit = unit_of(Span(period.first, period.last))
            return {"period": shifted(period, unit, 1 if senses[i] == "next" else -1)} if unit else {}
    return {}


def _of_subject(query: Query, delta: dict[str, Any], last: LastAnswer, slots: Slots, *, points: bool) -> Query | None:
    """Return the question with a subject of its own about what the last answer was about."""
    before = last.query
    if query.subject in (Subject.LIST_CHANGES, Subject.MEMBERS) or (
        not points and set(delta) & {"tiers", "segments", "owners", "states", "stages"}
    ):
        return None
    if query.subject is before.subject is Subject.REVIEWS:
        return replace(query, of=query.of or before.of, which=query.which or before.which)
    if query.subject is before.subject and (slots.has("others") or "without" in delta):
        return replace(query, of=query.of or before.of)
    if (
        query.subject is Subject.DECISIONS
        and before.subject is Subject.ACCOUNTS
        and points
        and (before.statuses or before.tiers)
    ):
        return replace(before, form=query.form)
    if (
        query.subject is before.subject
        and query.form is Form.LIST
        and before.form in (Form.COUNT, Form.SUM, Form.YES_NO)
    ):
        delta = {**delta, "fields": ()}
        return replace(before, form=Form.LIST, **delta)
    is_adding = any(each.word in ADDING for each in slots.pieces)
    if is_adding and query.subject is before.subject:
        is_other = any(each.word in ALSO_OF for each in slots.pieces)
        delta = {
            name: value if name == "of" and is_other else _both(getattr(before, name), value)
            for name, value in delta.items()
        }
    if query.subject is before.subject and set(delta) == {"of"} and not slots.is_form_said:
        return replace(before, of=query.of)
    if query.subject is before.subject and query.form in (before.form, Form.LIST) and not query.of:
        changed = replace(
            before, **{name: value for name, value in delta.items() if name in Query.__dataclass_fields__}
        )
        return replace(changed, form=query.form if slots.is_form_said else before.form)
    person = last.owner or next(iter((*before.owners, *before.whose)), "")
    if slots.has("he") and person:
        is_owner = query.subject in OF_OWNERS
        return replace(query, owners=(person,)) if is_owner else replace(query, whose=(person,))
    kept: dict[str, Any] = {}
    if not query.of and before.of:
        kept["of"] = before.of
    elif not query.of and points:
        kept = {name: getattr(before, name) for name in OF_ACCOUNTS if name not in delta and getattr(before, name)}
    elif not query.of:
        return None if not points else query
    if before.subject is Subject.REVIEWS and query.subject is Subject.DECISIONS and points:
        kept["which"] = before.which
    if slots.is_account_named:
        return replace(query, **{name: value for name, value in kept.items() if name == "of"})
    if (
        before.period
        and "period" not in delta
        and query.subject is not Subject.ACCOUNTS
        and before.subject is not Subject.ACCOUNTS
    ):
        kept["period"] = before.period
    return replace(query, **kept)


def _both(one: Any, other: Any) -> Any:
    """Return what was said before with what is said now, for slots of several values."""
    return tuple(dict.fromkeys((*one, *other))) if isinstance(one, tuple) and isinstance(other, tuple) else other


CLEARED = {"tier": "tiers", "stage": "stages", "segment": "segments", "owner": "owners", "state": "states"}


def _changed(before: Query, delta: dict[str, Any], fitted: Fitted, slots: Slots, last: LastAnswer) -> Query | None:
    """Return the last query with what the text says in the place of what it said before."""
    values: dict[str, Any] = dict(delta)
    person = last.owner or next(iter((*before.owners, *before.whose)), "")
    if slots.has("he") and person and before.subject is Subject.ACCOUNTS and not slots.is_account_named:
        kept = {name: value for name, value in delta.items() if name not in ("of", "fields")}
        return Query(
            Subject.ACCOUNTS, fitted.query.form if slots.is_form_said else Form.LIST, **{**kept, "owners": (person,)}
        )
    if slots.has("compare") and before.of and slots.is_account_named:
        both = tuple(dict.fromkeys((*before.of, *(each for each in delta["of"] if each))))
        return Query(Subject.ACCOUNTS, Form.COMPARE, of=both, fields=delta.get("fields", before.fields))
    if slots.has("others", "other") and before.of and not slots.is_account_named:
        return replace(before, of=(), form=Form.LIST, **{name: value for name, value in delta.items() if name != "of"})
    if before.form is Form.COMPARE and "by" in delta:
        return replace(before, fields=(delta["by"],))
    if before.form is Form.COMPARE and set(delta) & {"of", "tiers", "segments"}:
        wider: dict[str, Any] = {
            name: _both(getattr(before, name), delta[name]) for name in ("of", "tiers", "segments") if name in delta
        }
        return replace(before, **wider)
    if delta.get("progress") == (Progress.OPEN,) and "period" not in delta and before.period:
        values["period"] = None
    for name in slots.cleared:
        values.setdefault(name, () if isinstance(getattr(before, name), tuple) else False)
    form = before.form
    is_adding = any(each.word in ADDING for each in slots.pieces)
    for name, value in delta.items():
        is_other = name == "of" and any(each.word in ALSO_OF for each in slots.pieces)
        if is_adding and not is_other and isinstance(value, tuple) and isinstance(getattr(before, name), tuple):
            values[name] = tuple(dict.fromkeys((*getattr(before, name), *value)))
    if slots.has("all"):
        said = {each.word for each in slots.pieces}
        if said & {"everyone", "everybody", "everyones", "everybodys", "owners", "all owners"} or slots.has("others"):
            values |= {"owners": (), "whose": ()}
        fields_said = [i for i, sense in enumerate(slots.senses) if sense.partition(".")[2] in CLEARED]
        if fields_said and not delta.get("fields"):
            for i in fields_said:
                values[CLEARED[slots.senses[i].partition(".")[2]]] = ()
                slots.used.add(i)
        elif not delta and not slots.cleared and not slots.has("others"):
            values |= {"limit": 0} if before.limit else {"owners": (), "whose": ()}
    if "owners" in delta and before.whose and not before.owners:
        values["whose"] = values.pop("owners")
    if "whose" in delta and before.owners and not before.whose:
        values["owners"] = values.pop("whose")
    if "fields" in delta:
        if before.form is Form.COMPARE:
            return replace(before, fields=delta["fields"], **({"of": delta["of"]} if slots.is_account_named else {}))
        elif before.of or "of" in delta:
            form = Form.FIELD
            kept = delta.get("of", before.of)
            return Query(Subject.ACCOUNTS, form, of=kept, fields=delta["fields"])
        else:
            return None
    if slots._asks_whether() and before.form in (Form.WHEN, Form.WHO, Form.WHY):
        form = Form.YES_NO
    elif slots.is_form_said and not (set(delta) == {"per"} and before.form is Form.SUM):
        form = fitted.query.form
    elif slots.has("which", "show") and before.form in (Form.COUNT, Form.SUM, Form.YES_NO):
        form = Form.LIST
    if (
        "of" in delta
        and before.form in (Form.LIST, Form.COUNT)
        and before.subject is Subject.ACCOUNTS
        and not before.of
        and not slots.is_form_said
    ):
        form = Form.YES_NO
    is_filtered = any(name in delta for name in OF_ACCOUNTS - {"of"})
    if form is Form.WHEN and before.fields == (Field.STAGE,) and slots.has("how_long"):
        return replace(before, fields=(Field.DAYS_IN_STAGE,))
    if (
        before.subject is Subject.ACCOUNTS
        and before.form in (Form.CARD, Form.FIELD, Form.COMPARE)
        and is_filtered
        and not slots.is_form_said
    ):
        form = Form.LIST if len(before.of) > 1 and slots.has("which") else Form.YES_NO
        values["fields"] = ()
    query = replace(
        before, form=form, **{name: value for name, value in values.items() if name in before.__dataclass_fields__}
    )
    if form in (Form.COUNT, Form.LIST) and before.form in (Form.SUM, Form.FIELD):
        query = replace(query, fields=())
    if form is Form.SUM and last.earlier and len(query.of) == 1:
        query = replace(query, of=(*last.earlier, *query.of))
    if form is Form.SUM and before.form is not Form.SUM and query.subject is Subject.ACCOUNTS:
        query = replace(query, fields=query.fields or (Field.VALUE,))
    if slots.has("next") and before.which:
        query = replace(query, which=Which.NEXT)
    if slots.has("last") and before.which:
        query = replace(query, which=Which.LAST)
    return query if query != before else None
