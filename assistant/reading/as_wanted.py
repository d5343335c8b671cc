"""Parts as their subject wants them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function, PersonFacts
from agendas.text.names import NameKey
from assistant.query import Field, Form, Having, Period, Progress, Subject, Which
from assistant.reading.forms import HAVING_OF_FIELD, is_of_left
from assistant.reading.lexicon import Piece, Said
from assistant.reading.read import Cue, When
from assistant.reading.tokens import Parts

# Parts of a question about accounts that are named, with the form that their fields and filters want.

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


# The part that our people have in a question: whose accounts, or who is answerable for the things asked for.

OF_ACCOUNTS = frozenset(
    {Subject.ACCOUNTS, Subject.MOVEMENT, Subject.SIGNALS, Subject.PEOPLE, Subject.DEALS, Subject.REVIEWS}
)
"""Subjects with nobody answerable but the owner of the account."""

FOR_SOMEBODY = (Subject.ACTIONS, Subject.ASKS)
"""Subjects that are for somebody to do."""

RIGHTS = {"admin": "admin", "edit": "editor", "view": "viewer", "observ": "observer"}
"""Beginnings of words for a right, with its name."""

HELPING = frozenset({"should", "can", "could", "must", "shall", "would", "may", "might"})
TO_ME = (Cue.MY, Cue.ME)


def with_persons(said: Said, parts: Parts, subject: Subject | None, user_id: str) -> Parts:
    """Return the parts with people as owners of accounts, as answerable ones, or as named alone."""
    owners, whose, alone = list(parts.owners), list(parts.whose), list(parts.persons)
    said_of = [said[position].typed for position in said.where(Cue.OWE, Cue.ASKED, Cue.HAVE_GOT)]
    says_me = any(map(_says_me, (*said_of, *(piece.typed for piece in said.pieces if piece.when))))
    if says_me and subject not in (None, Subject.MEMBERS):
        (owners if subject in OF_ACCOUNTS else whose).append(user_id)
    if subject in FOR_SOMEBODY and not said.has(Cue.SHOW) and any(_is_for_me(each) for each in said.pieces):
        whose.append(user_id)
    for position, piece in enumerate(said.pieces):
        named = piece.persons or ((user_id,) if piece.means(*TO_ME) else ())
        is_meant = bool(piece.persons) or _is_beside_others(said, position) or _counts(said, position, subject)
        if not named or position in said.used or not is_meant:
            continue
        said.use(position)
        if subject is None:
            owners += named if _is_of_accounts(said, position) else ()
            alone += () if _is_of_accounts(said, position) else named
        elif _is_owner(said, position, subject):
            owners += named
        else:
            whose += named
    return replace(parts, owners=_once(owners), whose=_once(whose), persons=_once(alone))


def _is_beside_others(said: Said, position: int) -> bool:
    """Return true for the asker of "me or Tomas"."""
    others = any(piece.persons for piece in said.pieces)
    return said[position].means(Cue.ME) and others and said.has(Cue.OR, Cue.THAN)


def of_members(said: Said, parts: Parts) -> Parts:
    """Return the parts with the function or right that our people have as words about them."""
    if parts.form in (None, Form.LIST, Form.SUM) and said.has(Field.VALUE):
        parts = replace(parts, form=Form.COUNT)
    parts = replace(parts, form=Form.LIST) if parts.form is Form.YES_NO and not parts.whose else parts
    if parts.whose:
        return parts
    functions = [(position, each) for position, piece in enumerate(said.pieces) for each in piece.of_kind(Function)]
    wanted = [(position, function.replace("_", " ")) for position, function in functions]
    wanted += [(position, _right(said[position].typed)) for position in said.where(Cue.RIGHT)]
    said.use(*(position for position, _ in wanted))
    about = " ".join(dict.fromkeys((parts.about, *(words for _, words in sorted(wanted))))).strip()
    # "finance" names a segment too
    return replace(parts, about=about, segments=() if functions else parts.segments)


def _right(typed: str) -> str:
    """Return the right that a word says, as it is called: "admin rights" and "administrators" are admin."""
    first = typed.casefold().split()[0]
    return next((right for begin, right in RIGHTS.items() if first.startswith(begin)), typed)


def _is_of_one(said: Said) -> bool:
    """Return true for a field of an account that is named: "my counterpart at Kestrel"."""
    return any(piece.account is not None for piece in said.pieces) and any(
        piece.of_kind(Field) for piece in said.pieces
    )


def _is_for_me(piece: Piece) -> bool:
    """Return true for "due this week for me"; in "show me ... for me" it is mere politeness."""
    return piece.typed.casefold() == "for me"


def _is_who_do_i(said: Said, position: int) -> bool:
    """Return true for "who do I chase": the asker is not the one who is asked for."""
    is_asker = position > 0 and (said[position - 1].means(Cue.DO) or said[position - 1].typed.casefold() in HELPING)
    return is_asker and any(each < position for each in said.where(Cue.WHO))


def _says_me(typed: str) -> bool:
    """Return true for "on my plate" and "have I got"."""
    return not {"i", "my", "me"}.isdisjoint(typed.casefold().replace("'", " ").split())


def _counts(said: Said, position: int, subject: Subject | None) -> bool:
    """Return true where `my` or `I` narrows what is asked for: "my accounts", not "I have a question"."""
    piece = said[position]
    if subject is Subject.MEMBERS and said.has(Subject.MEMBERS):
        return False
    if piece.means(Cue.ME) and (said.has(Cue.ON_OUR_SIDE) or _is_who_do_i(said, position)):
        return False
    if piece.means(Cue.ME) and position + 1 < len(said) and said[position + 1].typed.casefold() in ("am", "was", "'m"):
        return False
    if subject is Subject.ACCOUNTS and piece.means(Cue.ME) and _is_told_as_owner(said, position):
        return True
    if subject is Subject.ACCOUNTS and said.has(Field.OWNER) and said.has(Cue.IS):
        return not piece.means(Cue.MY)
    if piece.means(Cue.MY):
        return not (subject is Subject.ACCOUNTS and _is_of_one(said))
    if subject in (None, Subject.ACCOUNTS, Subject.PEOPLE, Subject.SIGNALS, Subject.MOVEMENT, Subject.REVIEWS):
        is_where = position > 0 and said[position - 1].means(Cue.IS) and said.has(Cue.WHERE)
        is_with_me = position > 0 and said[position - 1].means(Cue.WITH) and said[0].means(Cue.IS)
        return (
            said.has(Cue.OWN) or is_where or is_with_me or (position > 0 and said[position - 1].means(Cue.HAVE, Cue.DO))
        )
    return True


def _is_told_as_owner(said: Said, position: int) -> bool:
    """Return true for "where I'm the owner", "with me as owner", "which am I on" and "accounts under me"."""
    after = said.next_of_weight(position)
    if after is not None and said[after].means(Cue.IS):
        after = said.next_of_weight(after)
    is_owner = after is not None and said[after].means(Field.OWNER, Cue.OWN)
    ends_on = position == len(said) - 2 and said[position + 1].typed.casefold() == "on" and said.has(Cue.IS)
    before = said[position - 1].typed.casefold() if position else ""
    return is_owner or ends_on or (before in ("under", "with", "on") and said[position - 2].means(Subject.ACCOUNTS))


def _is_owner(said: Said, position: int, subject: Subject) -> bool:
    if _is_of_accounts(said, position):
        return True
    return subject in OF_ACCOUNTS


def _is_of_accounts(said: Said, position: int) -> bool:
    """Return true for "on Nora's accounts", "accounts owned by Nora", "Will's customers"."""
    if said[position].is_possessive and position + 1 < len(said) and said[position + 1].of_kind(int):
        return True
    for each in range(position + 1, len(said)):
        piece = said[each]
        if piece.means(Subject.ACCOUNTS) or piece.of_kind(Stage):
            return True
        if not _may_stand_between(piece):
            break
    before = said.before_of_weight(position)
    if before is not None and said[before].means(Cue.OWN):
        return not said.has(Subject.ACTIONS) or said.has(Subject.ACCOUNTS)
    return before is not None and said[before].means(Subject.ACCOUNTS)


def _may_stand_between(piece: Piece) -> bool:
    if piece.persons or piece.segment or piece.when or piece.number is not None:
        return True
    kinds = (Stage, AccountStanding, ListStatus, int)
    return (
        piece.is_filler
        or piece.means(Cue.AND, Cue.OR, Cue.BIGGEST, Cue.SMALLEST, Cue.BLOCKED)
        or any(piece.of_kind(kind) for kind in kinds)
    )


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


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
    return _with_form(said, _with_values(said, replace(parts, fields=_without_values_as_wanted(said, parts))))


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


def _without_values_as_wanted(said: Said, parts: Parts) -> tuple[Field, ...]:
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


# The names that a question can have: of accounts, people and segments that the asker may see.


class Names(Protocol):
    """Names to look for in a question, all of them seen by the asker."""

    def keys_beginning(self, first_word: str) -> Sequence[NameKey]:
        """Return the keys of accounts that begin with this normal form of a word."""

    def all_keys(self) -> Sequence[NameKey]:
        """Return every key of every account: for words that no key begins with."""

    def members(self) -> Sequence[PersonFacts]:
        """Return our people, without those who were deactivated."""

    def segments(self) -> Sequence[str]:
        """Return the segments of accounts as stored, each once."""


def _no_review() -> date | None:
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """The situation of a question that its words alone don't tell.

    Attributes:
        user_id: the asker.
        channel_account: the account whose own channel or agenda thread it is asked in, None elsewhere.
        bot_user_id: the bot's own user id, whose mention says nothing.
        last_review_on: looks up the local day of the last review that was held, None where there was none.
    """

    user_id: str
    channel_account: int | None = None
    bot_user_id: str = ""
    last_review_on: Callable[[], date | None] = _no_review


# The days of a question, as days of what happened or of what is to come.

TO_COME = frozenset({Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.REVIEWS})
"""Subjects whose days are those on which they are due, close or take place."""

PAST = frozenset({"was", "were", "did", "had", "came", "took"})
PRESENT = frozenset({"is", "are", "will", "do", "does", "should", "going", "be"})
"""Words by which what is discussed or attended is still to come."""

OF_NOW = frozenset({"these days", "of late"})
"""Days that say no more than "now" where a field of an account is asked for."""

OVER = frozenset({Progress.DONE, Progress.DROPPED, Progress.SLIPPED, Progress.WON, Progress.LOST})


def with_days(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with the days said; a second span of days stays unused."""
    for position, piece in enumerate(said.pieces):
        when = piece.when
        if parts.fields and parts.of and piece.typed.casefold() in OF_NOW:
            said.use(position)
            continue
        if when is None or when.problem:
            continue
        if when.step is not None:
            said.use(position)
            parts = replace(parts, step=when.step)
        elif when.is_since_review and (subject is Subject.MOVEMENT or when.past is None):
            # movement counts from each account's own last review
            said.use(position)
        elif parts.period is None and parts.coming is None:
            said.use(position)
            parts = _with(parts, when, is_to_come=_is_to_come(said, parts, subject))
    return parts


def since_review(pieces: Sequence[Piece], asked: Asked) -> tuple[Piece, ...]:
    """Return the pieces with the day from which on "since the last review" is meant."""
    if not any(piece.when and piece.when.is_since_review for piece in pieces):
        return tuple(pieces)
    reviewed_on = asked.last_review_on()
    days = Period(reviewed_on) if reviewed_on else None
    return tuple(
        replace(piece, when=replace(piece.when, past=days, coming=days))
        if piece.when and piece.when.is_since_review
        else piece
        for piece in pieces
    )


def _is_to_come(said: Said, parts: Parts, subject: Subject | None) -> bool:
    if subject is Subject.REVIEWS:
        is_past = any(piece.typed.casefold() in PAST for piece in said.pieces)
        is_past = is_past or (said.has(Cue.RECAP) and not any("agenda" in piece.typed for piece in said.pieces))
        is_now = any(not PRESENT.isdisjoint(piece.typed.casefold().split()) for piece in said.pieces)
        is_past = is_past or (said.has(Cue.DISCUSS, Cue.ATTEND, Cue.DECIDE) and not is_now)
        return parts.which is not Which.LAST and not is_past
    is_over = bool(set(parts.progress) & OVER) or parts.is_overdue
    return subject in TO_COME and not is_over


def _with(parts: Parts, when: When, *, is_to_come: bool) -> Parts:
    past, coming = when.past, when.coming
    if when.is_age and parts.without:
        since = Period(past.last) if past else None
        return replace(parts, period=since, coming=since)
    return replace(parts, period=coming if is_to_come else past, coming=coming)


# The fields of an account that a question asks for, by their names or by verbs: "who owns", "when does it close".

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
