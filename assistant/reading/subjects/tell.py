"""The kind of thing that a question asks for, where several words could tell it."""

from collections.abc import Callable, Sequence

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Progress, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.left import is_of_left
from assistant.reading.subjects.case import ACTION_CUES, Case
from assistant.reading.subjects.nouns import WIDE, any_of, head_noun
from assistant.reading.subjects.people import member, people, somebody, where_somebody_is
from assistant.reading.subjects.verbs import blocked, happened, list_change, moved, touched, verb
from assistant.reading.subjects.who import who_is_asked_for
from assistant.reading.subjects.work import busy, have_got, list_of_somebody, schedule, unfinished
from assistant.reading.vocabulary.cues import Cue

PLANNED = frozenset(
    {"planned", "scheduled", "lined up", "on the agenda", "in the diary", "on the calendar", "coming up"}
)
"""Words of what is to come, for "is anything planned"."""

OF_DEALS = {Field.AMOUNT, Field.VALUE, Field.CLOSE_DATE}
"""Fields that a deal has: "the amount of the renewal at Umber"."""

NOT_ACTIONS = (Subject.ASKS, Subject.BLOCKERS, Subject.DEALS, Subject.PLAYS, Subject.SIGNALS)
"""Things that can be due or late themselves."""


def subject_of(said: Said, parts: Parts, form: Form | None) -> Subject | None:
    """Return the subject that the words tell, None where they tell none: the first rule that knows it."""
    case = Case(said, parts, form)
    for rule in RULES:
        subject = rule(case)
        if subject is not None:
            return subject
    return None


def _left(case: Case) -> Subject | None:
    """Return people, for those who left."""
    return Subject.PEOPLE if is_of_left(case.parts) else None


def _who(case: Case) -> Subject | None:
    """Return the subject of a question with `who` that its build tells."""
    if case.form is not Form.WHO:
        return None
    return Subject.ACCOUNTS if _is_owner_of_name(case.said) else who_is_asked_for(case.said, case.parts)


def _is_owner_of_name(said: Said) -> bool:
    """Return true for "who owns Vantage", which no account is called: accounts have owners, whoever they are."""
    last = len(said) - 1
    return last > 0 and said[last].choice is not None and said[last - 1].means(Cue.OWN)


def _action(case: Case) -> Subject | None:
    is_next_review = any(field is Field.NEXT_REVIEW for _, field in case.said.of_kind(Field))
    head = head_noun(case.said)
    is_late = case.said.has_left(Cue.OVERDUE, Cue.OWE)
    if head is None and any("clos" in case.said[each].typed.casefold() for each in case.said.where(Cue.OVERDUE)):
        return Subject.DEALS
    is_action = case.said.has_left(*ACTION_CUES) and head not in NOT_ACTIONS and not is_next_review
    if head is Subject.REVIEWS and (not is_late or _is_missed(case.said)):
        return None
    if not is_action or (case.said.has_left(Cue.RESOLVE, Cue.BLOCK) and not case.said.has_left(Cue.DUE, Cue.OVERDUE)):
        return None
    return Subject.ACTIONS


def _review(case: Case) -> Subject | None:
    """Return reviews, for "what was decided in the last review": its page has all that it decided."""
    is_last = case.said.has(Cue.LAST) or any(piece.when for piece in case.said.pieces)
    is_of_review = case.said.has_left(Field.LAST_REVIEW) or (case.said.has_left(Subject.REVIEWS) and is_last)
    is_decided = case.said.has_left(Cue.DECIDE, Subject.DECISIONS) and not any_of(case.said, DecisionKind)
    is_plain = case.form in (None, Form.LIST) and not any(piece.persons for piece in case.said.pieces)
    return Subject.REVIEWS if is_of_review and is_decided and is_plain else None


def _strong_noun(case: Case) -> Subject | None:
    head = head_noun(case.said)
    if head in (None, *WIDE):
        return Subject.DEALS if _is_one_opportunity(case.said) else None
    if head is Subject.REVIEWS and Having.REVIEW in case.parts.without and case.said.has(Subject.ACCOUNTS):
        return Subject.ACCOUNTS
    if head in (Subject.DECISIONS, Subject.DEALS) and _is_blocked(case, head):
        return Subject.BLOCKERS
    if head in (Subject.LIST_CHANGES, Subject.REVIEWS) and case.said.has_left(Cue.DECIDE):
        return Subject.DECISIONS
    if head is Subject.REVIEWS and case.form is not Form.WHEN and _is_news(case.said):
        return Subject.CHANGES
    return Subject.MOVEMENT if head is Subject.REVIEWS and any_of(case.said, Way) else head


def _is_missed(said: Said) -> bool:
    """Return true for "missed" of reviews, which nobody owed."""
    return all(said[each].typed.casefold().endswith("missed") for each in said.where(Cue.OVERDUE, Cue.OWE))


def _is_news(said: Said) -> bool:
    """Return true for what happened in a review, false for reviews that took place."""
    return any(
        not (position and said[position - 1].means(Subject.REVIEWS)) and not said[position].means(Cue.OVERDUE)
        for position in said.where(Cue.NEWS)
        if position not in said.used
    )


def _is_blocked(case: Case, head: Subject) -> bool:
    """Return true for a decision that a function owes, and for a deal that something holds up."""
    if head is Subject.DECISIONS:
        return _need(case) is Subject.BLOCKERS
    return case.said.has_left(Cue.BLOCK)


def _is_one_opportunity(said: Said) -> bool:
    """Return true for "the biggest opportunity" and "every opportunity", deals and no stage; uses the word."""
    order = (Cue.BIGGEST, Cue.SMALLEST, Cue.SOONEST, Cue.NEXT, Cue.LAST, Cue.NEWEST, Cue.OLDEST)
    for position in said.where(Stage.OPPORTUNITY):
        before = said[position - 1] if position else None
        is_one = before is not None and (before.means(*order) or before.typed.casefold() in ("every", "each"))
        if is_one and said[position].typed.casefold() == "opportunity":
            said.use(position)
            return True
    return False


def _thing(case: Case) -> Subject | None:
    """Accounts with or without things, where no noun says otherwise; roles that are missing are of people."""
    if Having.ROLE in case.parts.without and not case.parts.roles:
        return Subject.PEOPLE
    is_proposed = case.said.has_left(Having.PROPOSAL) and not case.said.has_left(Cue.DOING, Progress.DONE)
    if case.parts.having or case.parts.without or is_proposed:
        return Subject.ACCOUNTS
    return None


def _is_need(said: Said, position: int) -> bool:
    """Return false for the helping verb of "who do I need to call"."""
    after = said[position + 1].typed.casefold() if position + 1 < len(said) else ""
    return position not in said.used and after != "to"


def _need(case: Case) -> Subject | None:
    if not case.said.has_left(Cue.WAIT) and not any(_is_need(case.said, each) for each in case.said.where(Cue.NEED)):
        return None
    if any_of(case.said, Function):
        return Subject.BLOCKERS
    has_person = case.said.has_left(Cue.ME, Cue.MY) or any(piece.persons for piece in case.said.pieces)
    if (
        not has_person
        and case.parts.of
        and (case.said.has_left(Cue.WAIT) or any(piece.is_unknown for piece in case.said.pieces))
    ):
        return Subject.BLOCKERS
    return Subject.ASKS if has_person else None


def _kind(case: Case) -> Subject | None:
    """Kinds of signals and decisions, and deals won, lost or closing."""
    progress = {each for _, each in case.said.of_kind(Progress)}
    if Progress.SLIPPED in progress and not any_of(case.said, AccountStanding):
        return Subject.ACTIONS
    if any_of(case.said, SignalKind) and not _is_domain(case.said):
        return Subject.SIGNALS
    if any_of(case.said, DecisionKind):
        return Subject.DECISIONS
    if progress & {Progress.WON, Progress.LOST}:
        return Subject.DEALS
    is_of_pipeline = case.said.has_left(Field.PIPELINE, Field.AMOUNT) and case.form in (None, Form.LIST, Form.SUM)
    is_closing = case.said.has_left(Cue.CLOSE) and not case.said.has_left(Cue.SOONEST)
    if is_closing and case.form is Form.YES_NO:
        return Subject.DEALS
    return Subject.DEALS if (is_of_pipeline or is_closing) and not case.parts.of else None


def _is_domain(said: Said) -> bool:
    return any(said[position].of_kind(Field) for position, _ in said.of_kind(SignalKind))


def _account(case: Case) -> Subject | None:
    of_items = {field for _, field in case.said.of_kind(Field)}
    has_title = any(piece.meanings == (Cue.TITLE,) for piece in case.said.pieces)
    if case.parts.of and has_title and of_items and of_items <= OF_DEALS:
        return Subject.DEALS
    if of_items and of_items <= {Field.DUE}:
        return Subject.ACTIONS
    if (
        case.parts.tiers
        or case.parts.states
        or case.parts.by
        or case.parts.per
        or any_of(case.said, Field, Stage, AccountStanding, ListStatus)
    ):
        return Subject.ACCOUNTS
    return Subject.ACCOUNTS if head_noun(case.said) is Subject.ACCOUNTS else None


def _anything_else(case: Case) -> Subject | None:
    planned = (piece for piece in case.said.pieces if piece.typed.casefold() in PLANNED)
    if case.form in (Form.YES_NO, Form.LIST) and case.said.has(Cue.ANY, Cue.THERE_IS) and next(planned, None):
        return Subject.ACTIONS
    is_state = case.form is Form.CARD and not any_of(case.said, Subject, Field)
    if is_state and any(piece.meanings == (Cue.TITLE,) for piece in case.said.pieces):
        return Subject.ACTIONS
    has_words = case.said.has_left(Cue.OWN, Cue.TOUCH, Cue.CARD, Cue.HOW)
    return Subject.ACCOUNTS if has_words or case.parts.of or case.parts.segments else None


RULES: Sequence[Callable[[Case], Subject | None]] = (
    _left,
    busy,
    member,
    somebody,
    _who,
    _action,
    _review,
    _strong_noun,
    _need,
    _thing,
    list_change,
    verb,
    touched,
    moved,
    happened,
    blocked,
    people,
    _kind,
    where_somebody_is,
    _account,
    list_of_somebody,
    have_got,
    unfinished,
    schedule,
    _anything_else,
)
"""Rules from the surest on."""
