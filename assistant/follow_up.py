"""A question that stands on the answer before it: a merge of what it says into the last query."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from agendas.facts.query import Field, Form, Progress, Query, Subject
from assistant.combinations import OF_ACCOUNTS, is_allowed
from assistant.conversation import LastAnswer
from assistant.days import Span, shifted, unit_of
from assistant.names import Asked, Names
from assistant.pieces import Piece, pieces_of
from assistant.slots import OF_OWNERS, Fitted, Slots, senses_tried
from assistant.words import WORD_LISTS, read_tokens

POINTING = WORD_LISTS["pointing"]
OPENING = WORD_LISTS["opening"]
NARROWING = WORD_LISTS["narrowing parts"]
ALSO_OF = frozenset({"as well", "too", "also"})
"""Of these words the same is asked of another account, and not of both."""

ADDING = ALSO_OF | {"add", "plus"}
ATTRIBUTES = frozenset(Query.__dataclass_fields__) - {"subject", "form"}


def stands_on(last: LastAnswer | None, text: str, names: Names, asked: Asked, today: date) -> LastAnswer | None:
    """Return the answer that a text may stand on: on a question that waits for an account where it names one alone."""
    if last is None or not last.is_waiting:
        return last
    pieces = pieces_of(read_tokens(text, bot_user_id=asked.bot_user_id), names, today)
    return last if any(each.account or each.choice for each in pieces) else None


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
    slots = Slots(pieces, senses, asked, names, today, standing_on=before)
    fitted = None if "new_question" in senses else slots.fit()
    if fitted is None:
        return None
    delta = {name: value for name, value in slots.values.items() if value not in ((), None, 0, "", False)}
    # "in three lines" after a brief asks for the same in so many
    is_length = before.form in (Form.BRIEF, Form.CARD) and all(each.startswith("brief.") for each in senses)
    points = is_length or slots.points or slots.has(*POINTING - {"it", "they", "here"})
    opens = bool(senses) and (
        senses[0] in OPENING or pieces[0].word in ("what about", "how about", "also", "just", "no")
    )
    is_of_account = slots.is_account_named and not {"is", "do", "have"}.isdisjoint(senses[:2])
    if alone is not None and not (points or opens) and (is_of_account or _is_whole_question(pieces, senses)):
        return None
    if slots.is_subject_said:
        is_bare = WORD_LISTS["asking"].isdisjoint(senses)
        if not points and (
            not is_bare or (alone is not None and alone.query.of) or (slots.has("noun.accounts") and not opens)
        ):
            return None
        query = _of_subject(fitted.query, delta, last, slots, points=points)
    else:
        delta |= _stepped(pieces, senses, before)
        query = _changed(before, delta, fitted, slots, last)
    if query is None:
        return None
    values = {name: getattr(query, name) for name in ATTRIBUTES}
    if not is_allowed(query.subject, query.form, values) and query.form not in (Form.WHY, Form.WHEN, Form.WHO):
        return None
    idle = POINTING | (OPENING - {"not"}) | {"last", "next"}
    free = {i for i in fitted.unused if senses[i] in idle or pieces[i].word in ADDING}
    return Fitted(query, tuple(i for i in fitted.unused if i not in free | slots.used), senses=tuple(senses))


def _is_whole_question(pieces: Sequence[Piece], senses: Sequence[str]) -> bool:
    """Return true for words that ask by themselves: more than one of weight, none of which narrows what was said."""
    if pieces[0].word.split()[0] in NARROWING or {"only", "correction"}.intersection(senses):
        return False
    weight = sum(not each.is_soft or each.is_name for each in pieces)
    return weight > 1 or "show" in senses or "noun.accounts" in senses or any(each.contact for each in pieces)


_SUBJECTS_SAID = "away program my me have_got all new_question how card card&it card&they"
SUBJECTS_SAID = frozenset(_SUBJECTS_SAID.split())
"""Senses of words that say what is asked for, where the text stands on nothing before it."""

BOUND = NARROWING - {"which", "in", "for", "since"} | {"on"}


def is_part(pieces: Sequence[Piece], alone: Fitted) -> bool:
    """Return true for words that go on from something, "and mine?", and say nothing that they are about."""
    goes_on = alone.senses[0] in ("and", "or", "only", "correction") and len(pieces) > 1
    return (
        goes_on
        and not alone.query.of
        and not any(each.startswith(("noun.", "measure.", "program")) for each in alone.senses)
    )


def says_its_subject(pieces: Sequence[Piece], alone: Fitted) -> bool:
    """Return true for a whole question in a conversation; of "which went back" it is not clear of which days."""
    senses, subject, first = alone.senses, alone.query.subject, pieces[0].word.split()[0]
    if is_part(pieces, alone) or (first in BOUND and WORD_LISTS["asking"].isdisjoint(senses)):
        return False
    if alone.query.of or any(each.account or each.choice or each.persons or each.contact for each in pieces):
        return True
    things = ("noun.accounts",) if subject is Subject.ACCOUNTS else ("noun.", "field.")
    says = any(sense in SUBJECTS_SAID or sense.startswith((*things, "measure.", "brief")) for sense in senses)
    if first in BOUND or first == "any":
        return says and first == "any"
    begins = first.startswith("what") and not set(senses) & {"that", "it", "they", "with"}
    return says or begins or any(each.when for each in pieces) or alone.query.form in (Form.WHO, Form.WHY)


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
    is_same = query.subject is before.subject
    if is_same and (query.subject is Subject.REVIEWS or slots.has("others") or "without" in delta):
        return replace(query, of=query.of or before.of, which=query.which or before.which)
    is_of_accounts = before.subject is Subject.ACCOUNTS and bool(before.statuses or before.tiers)
    if query.subject is Subject.DECISIONS and points and is_of_accounts:
        return replace(before, form=query.form)
    if is_same and query.form is Form.LIST and before.form in (Form.COUNT, Form.SUM, Form.YES_NO):
        return replace(before, form=Form.LIST, **{**delta, "fields": ()})
    if is_same and any(each.word in ADDING for each in slots.pieces):
        delta = _added(before, delta, slots)
    if is_same and query.form in (before.form, Form.LIST) and not query.of:
        return replace(before, **_attributes(delta))
    if slots.has("he") and (person := _person(last)):
        is_owner = query.subject in OF_OWNERS
        return replace(query, owners=(person,)) if is_owner else replace(query, whose=(person,))
    narrows = not {"tiers", "segments", "owners", "states", "stages"}.isdisjoint(delta)
    if not points and (narrows or not (query.of or before.of)):
        return None
    kept: dict[str, Any] = {}
    if not query.of:
        kept = {name: getattr(before, name) for name in OF_ACCOUNTS if name not in delta}
    if query.subject is Subject.DECISIONS:
        kept["which"] = before.which
    if "period" not in delta and Subject.ACCOUNTS not in (query.subject, before.subject):
        kept["period"] = before.period
    return replace(query, **kept)


def _attributes(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in ATTRIBUTES}


def _added(before: Query, delta: dict[str, Any], slots: Slots) -> dict[str, Any]:
    """Return what is said together with what was said before, for slots of several values."""
    is_other = any(each.word in ALSO_OF for each in slots.pieces)
    return {
        name: value if name == "of" and is_other else _both(getattr(before, name, None), value)
        for name, value in delta.items()
    }


def _both(one: Any, other: Any) -> Any:
    return tuple(dict.fromkeys((*one, *other))) if isinstance(one, tuple) and isinstance(other, tuple) else other


def _person(last: LastAnswer) -> str:
    """Return the person of whom "he" and "she" speak, '' for none."""
    return last.owner or next(iter((*last.query.owners, *last.query.whose)), "")


CLEARED = {"tier": "tiers", "stage": "stages", "segment": "segments", "owner": "owners", "state": "states"}
EVERYBODY = frozenset({"everyone", "everybody", "everyones", "everybodys", "owners", "all owners"})


def _changed(before: Query, delta: dict[str, Any], fitted: Fitted, slots: Slots, last: LastAnswer) -> Query | None:
    """Return the last query with what the text says in the place of what it said before."""
    is_of_accounts = before.subject is Subject.ACCOUNTS
    if slots.has("he") and (person := _person(last)) and is_of_accounts and not slots.is_account_named:
        return Query(Subject.ACCOUNTS, fitted.query.form, **{**delta, "owners": (person,)})
    if slots.has("compare") and slots.is_account_named:
        both = _both(before.of, tuple(filter(None, delta["of"])))
        return Query(Subject.ACCOUNTS, Form.COMPARE, of=both, fields=delta.get("fields", before.fields))
    if slots.has("others", "other") and before.of and not slots.is_account_named:
        return replace(before, of=(), form=Form.LIST, **{name: value for name, value in delta.items() if name != "of"})
    if before.form is Form.COMPARE and "by" in delta:
        return replace(before, fields=(delta["by"],))
    if before.form is Form.COMPARE and (wider := set(delta) & {"of", "tiers", "segments"}):
        return replace(before, **{name: _both(getattr(before, name), delta[name]) for name in wider})
    if "fields" in delta:
        of = delta.get("of", before.of)
        return Query(Subject.ACCOUNTS, Form.FIELD, of=of, fields=delta["fields"]) if of else None
    values = _values(before, delta, slots)
    form = _form(before, fitted, slots)
    if form is Form.WHEN and before.fields == (Field.STAGE,) and slots.has("how_long"):
        return replace(before, fields=(Field.DAYS_IN_STAGE,))
    is_filtered = not OF_ACCOUNTS.isdisjoint(set(delta) - {"of"})
    is_of_one = is_of_accounts and before.form in (Form.CARD, Form.FIELD, Form.COMPARE)
    if is_of_one and is_filtered and not slots.is_form_said:
        form = Form.LIST if len(before.of) > 1 else Form.YES_NO
        values["fields"] = ()
    query = replace(before, form=form, **_attributes(values))
    return query if query != before else None


def _values(before: Query, delta: dict[str, Any], slots: Slots) -> dict[str, Any]:
    """Return what takes the place of what was said before, with what is no longer asked."""
    values = _added(before, delta, slots) if any(each.word in ADDING for each in slots.pieces) else dict(delta)
    if delta.get("progress") == (Progress.OPEN,) and before.period:
        values.setdefault("period", None)
    for name in slots.cleared:
        values.setdefault(name, () if isinstance(getattr(before, name), tuple) else False)
    if slots.has("all"):
        if slots.has("others") or any(each.word in EVERYBODY for each in slots.pieces):
            values |= {"owners": (), "whose": ()}
        named = {i: CLEARED.get(sense.partition(".")[2], "") for i, sense in enumerate(slots.senses)}
        if any(named.values()):
            values |= {name: () for name in named.values() if name}
            slots.used.update(i for i, name in named.items() if name)
        elif not delta and not slots.cleared and not slots.has("others"):
            values |= {"limit": 0} if before.limit else {"owners": (), "whose": ()}
    for one, other in (("owners", "whose"), ("whose", "owners")):
        if one in delta and getattr(before, other) and not getattr(before, one):
            values[other] = values.pop(one)
    return values


def _form(before: Query, fitted: Fitted, slots: Slots) -> Form:
    """Return the form that is asked for: the one said, else that of before where it still fits."""
    form = before.form
    if slots.asks_whether() and form in (Form.WHEN, Form.WHO, Form.WHY):
        return Form.YES_NO
    if slots.is_form_said:
        # "per segment" of a sum asks for sums
        is_split = form is Form.SUM and "per" in slots.values and not slots.has("how_many")
        return form if is_split else fitted.query.form
    return Form.LIST if slots.has("which", "show") and form in (Form.COUNT, Form.SUM, Form.YES_NO) else form
