"""The kind of thing that a question asks for, where several words could tell it."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Per, Progress, Query, Subject, Way, Which
from assistant.reading.as_wanted import FILTERS, as_subject_wants, fields_said, with_days, with_persons
from assistant.reading.forms import (
    MEASURES,
    form_said,
    is_of_left,
    is_title,
    is_verb_here,
    job,
    lead_of,
    names_anybody,
    with_about,
    with_amounts,
    with_left,
)
from assistant.reading.held import (
    ACTION_CUES,
    MOST,
    WIDE,
    Case,
    any_of,
    head_noun,
    member,
    people,
    somebody,
    unread_of,
    where_somebody_is,
    with_clause,
    with_order,
    with_split,
)
from assistant.reading.lexicon import Piece, Said
from assistant.reading.read import Cue
from assistant.reading.things import (
    is_compared,
    with_marks,
    with_names,
    with_things,
    with_tiers,
    with_values,
    with_which,
)
from assistant.reading.tokens import NOTHING, Assumed, Parts

# The subject that a verb tells: what moved, who decided, what holds it up.

SUBJECT_OF_VERB: dict[Cue, Subject] = {
    Cue.ASKED: Subject.ASKS,
    Cue.BLOCK: Subject.BLOCKERS,
    Cue.RESOLVE: Subject.BLOCKERS,
    Cue.BUYER_DID: Subject.EVIDENCE,
    Cue.DECIDE: Subject.DECISIONS,
    Cue.PROMOTE: Subject.LIST_CHANGES,
    Cue.DEMOTE: Subject.LIST_CHANGES,
    Cue.ATTEND: Subject.REVIEWS,
    Cue.DISCUSS: Subject.REVIEWS,
    Cue.START: Subject.PLAYS,
}
"""Subjects told by a verb alone, the likeliest first."""

REVIEW_FIELDS = (Field.LAST_REVIEW, Field.NEXT_REVIEW)

WITHIN = ("in", "of", "at", "among")
"""Words between a movement and the tier of the accounts that moved."""

LEAVING = (DecisionKind.REMOVE, DecisionKind.PAUSE)


def list_change(case: Case) -> Subject | None:
    """Return changes of the list, where accounts came on it, left it or changed tier."""
    if (
        case.said.has_left(Cue.NEWS, Cue.MOVE, Subject.CHANGES)
        and case.said.has_left(ListStatus.NAMED)
        and not case.parts.of
    ):
        return Subject.LIST_CHANGES
    if case.said.has_left(Cue.MOVE) and _is_to_tier(case.said):
        return Subject.LIST_CHANGES
    if case.parts.of or case.said.has_left(Cue.DECIDE, Subject.DECISIONS):
        return None
    statuses = {status for _, status in case.said.of_kind(ListStatus)} - {ListStatus.NAMED, ListStatus.CANDIDATE}
    is_of_accounts = any(_is_of_accounts(case.said, each) for each in case.said.where(*statuses))
    is_deed = case.said.has(Cue.DO, Cue.BY, Cue.RECORD, Cue.NEWS) and not case.said.has(Cue.HAVE)
    has_person = any(piece.persons for piece in case.said.pieces) and not is_of_accounts and is_deed
    is_told = has_person or any(piece.when for piece in case.said.pieces) or case.said.has_left(Cue.ME)
    is_told = is_told or (case.said.has_left(Cue.WHO, Cue.US) and case.said.has_left(Cue.DO))
    is_of_review = case.said.has(Subject.REVIEWS, Subject.PEOPLE, *REVIEW_FIELDS) and not statuses
    if (case.said.has_left(Cue.ADD, *LEAVING) and not is_of_review) or (statuses and is_told):
        return Subject.LIST_CHANGES
    return None


def _is_of_accounts(said: Said, position: int) -> bool:
    """Return true for "paused accounts", which are accounts as they are now."""
    typed = said[position].typed.casefold()
    return typed.endswith(" accounts") or (position + 1 < len(said) and said[position + 1].means(Subject.ACCOUNTS))


def _is_to_tier(said: Said) -> bool:
    """Return true for "moved to tier 1", false for "did any tier 1 account move"."""
    move = said.first(Cue.MOVE) or 0
    return any(
        position > move and piece.of_kind(int) and said[position - 1].typed.casefold() not in WITHIN
        for position, piece in enumerate(said.pieces)
    )


def verb(case: Case) -> Subject | None:
    """Return the subject that a verb alone tells."""
    for cue, subject in SUBJECT_OF_VERB.items():
        if (
            case.said.has_left(cue)
            and not (cue is Cue.DISCUSS and case.said.has_left(Cue.WHERE) and bool(case.parts.of))
            and not (subject is Subject.REVIEWS and _has_other_field(case.said))
        ):
            return subject
    return None


def _has_other_field(said: Said) -> bool:
    return any(field not in REVIEW_FIELDS for _, field in said.of_kind(Field))


def moved(case: Case) -> Subject | None:
    """Return movement, where something moved or went some way."""
    if case.parts.of and case.said.has_left(ListStatus.NAMED):
        return None
    if case.parts.of and case.said.has_left(Field.STAGE) and case.form is Form.LIST:
        return None
    is_way = any_of(case.said, Way) or bool(case.parts.ways)
    if case.form is Form.WHEN and case.parts.of and case.said.has_left(ListStatus.NAMED):
        return None
    is_told = case.form is Form.WHO and case.said.has_left(Cue.RECORD)
    is_reached = any_of(case.said, Stage) and not case.parts.of
    is_new = case.said.has_left(AccountStanding.NEW) and any(piece.when for piece in case.said.pieces)
    if is_reached and is_new:
        return Subject.MOVEMENT
    is_move = case.said.has_left(Cue.MOVE) and (is_told or is_reached or not any_of(case.said, Stage))
    return Subject.MOVEMENT if is_way or is_move else None


def happened(case: Case) -> Subject | None:
    """Return changes, where it is asked what happened or was recorded."""
    is_of_us = case.said.has(Cue.US) and any(piece.when for piece in case.said.pieces)
    if (is_of_us or any(piece.persons for piece in case.said.pieces)) and _is_what_was_done(case.said):
        return Subject.CHANGES
    if case.form is Form.YES_NO and any(piece.typed.casefold().startswith("updates ") for piece in case.said.pieces):
        return Subject.CHANGES
    if case.said.has_left(Cue.NEWS) or head_noun(case.said) is Subject.CHANGES:
        return Subject.CHANGES
    if (
        case.said.has_left(Cue.RECORD)
        and not any_of(case.said, Field)
        and not (case.form is Form.WHEN and case.said.has_left(Cue.LAST))
    ):
        return Subject.CHANGES
    return None


def _is_what_was_done(said: Said) -> bool:
    """Return true for "what did Nora do last week" and "everything Nora did"."""
    words = [piece.typed.casefold() for piece in said.pieces if not (piece.when or piece.persons)]
    return (
        len(words) > 1
        and words[-1] in ("do", "did", "done")
        and not any(piece.account is not None for piece in said.pieces)
    )


def touched(case: Case) -> Subject | None:
    """People we talk to at an account, or an account that somebody talked to."""
    if not case.said.has_left(Cue.TOUCH) or not case.parts.of:
        return None
    if any_of(case.said, BuyingRole) or (case.form is Form.WHO and case.said.has_left(Cue.US)):
        return Subject.PEOPLE
    return None if case.form is Form.WHO else Subject.ACCOUNTS


def blocked(case: Case) -> Subject | None:
    """Return blockers of an account or of us, else the accounts that are blocked."""
    if not case.said.has_left(Cue.BLOCKED):
        return None
    if case.said.has_left(Cue.US):
        return Subject.BLOCKERS
    return Subject.BLOCKERS if case.parts.of else Subject.ACCOUNTS


# The kind of thing whose person a question with `who` asks for: who does the work, who decided, who works there.

OF_WORK = (Cue.GO_AFTER, Cue.WHOSE, Cue.DO, Cue.HAVE, Cue.OWN, Cue.DOING, Cue.OWE, Cue.RESOLVE, Cue.ME, Cue.US)
"""Words between `who` and a title that make it work: "who has the contract", in contrast to "who is Dana Weber"."""

AT_WORK = frozenset({"doing", "on", "meant to", "supposed to", "expected to", "going to", "has to", "done"})
PARTS_WITH_PEOPLE = frozenset({"legal", "security", "compliance"})

WHO_WITHIN = frozenset({"at", "in", "from", "over at", "inside", "within"})
"""Words before an account at which people are asked for."""

STATED = (Stage, AccountStanding)
VALUES = (Field, Stage, AccountStanding, ListStatus, DecisionKind, SignalKind, Progress, Way, Having, BuyingRole, int)


def who_is_asked_for(said: Said, parts: Parts) -> Subject | None:
    """Return the subject of a question with `who` by how it is built, None where other words tell it."""
    fields = {field for _, field in said.of_kind(Field)}
    if said.has_left(Cue.OWN) and fields and fields <= {Field.LAST_REVIEW, Field.NEXT_REVIEW}:
        return Subject.REVIEWS
    if said.has_left(Cue.ON_OUR_SIDE) and parts.of and head_noun(said) in (Subject.PEOPLE, Subject.MEMBERS):
        return Subject.ACCOUNTS
    if parts.of and said.has_left(Cue.OWE) and _is_assigned(said):
        return Subject.ACCOUNTS
    if head_noun(said) in (None, *WIDE):
        told = _by_verb(said, parts)
        if told is not None:
            return told
    if said.has_left(Cue.RECORD) and parts.of and any_of(said, *STATED):
        return Subject.ACCOUNTS
    if head_noun(said) is Subject.MEMBERS and parts.of and said.has_left(Cue.OWN):
        return Subject.ACCOUNTS
    return Subject.PEOPLE if parts.of and _is_somebody_there(said, parts) else None


def _by_verb(said: Said, parts: Parts) -> Subject | None:
    """Return what a verb tells where no noun says otherwise: "who flagged the budget freeze", "who dropped it"."""
    has_title = any(is_title(said, each) for each in range(len(said)))
    is_of_event = said.has_left(Cue.TITLE) and not said.has_left(Cue.DISCUSS)
    if said.has_left(Cue.RAISE) and not said.has_left(Cue.RECORD, Cue.DECIDE):
        return Subject.BLOCKERS
    if any_of(said, BuyingRole) and said.has_left(Cue.BUYER_DID):
        return Subject.PEOPLE
    if is_of_event and said.has_left(Cue.ATTEND) and parts.of:
        is_work_too = any(piece.means(Cue.ATTEND) and piece.means(Cue.DOING) for piece in said.pieces)
        return Subject.ACTIONS if is_work_too else Subject.EVIDENCE
    return Subject.ACCOUNTS if parts.of and said.has_left(Progress.DROPPED) and not has_title else None


def _is_assigned(said: Said) -> bool:
    """Return true for "to whom is Corvane assigned": the account itself; uses the word as one for owners."""
    is_assigned = any(said[each].typed.casefold() == "assigned" for each in said.where(Cue.OWE))
    has_thing = any(is_title(said, each) for each in range(len(said))) or head_noun(said) is not None
    return is_assigned and not has_thing


def is_work(said: Said) -> bool:
    """Return true for "who does the review" in contrast to "who is Dana Weber"."""
    if any(piece.means(Cue.TITLE) and not _is_of_people(piece) for piece in said.pieces):
        return True
    who = said.first(Cue.WHO, Cue.WHOSE)
    title = next((each for each in range(who or 0, len(said)) if is_title(said, each)), None)
    if who is None or title is None:
        return False
    between = said.pieces[who:title] if said[who].means(Cue.WHOSE) else said.pieces[who + 1 : title]
    return any(piece.means(*OF_WORK) or piece.typed.casefold() in AT_WORK for piece in between) or is_verb_here(
        said, title
    )


def _is_of_people(piece: Piece) -> bool:
    return bool(job(piece)) or piece.typed.casefold() in PARTS_WITH_PEOPLE


def _is_somebody_there(said: Said, parts: Parts) -> bool:
    """Return true for "who at Corvane is for us": the account is a place, and nothing else is asked of it."""
    where = [position for position, piece in enumerate(said.pieces) if piece.account is not None]
    is_place = all(position and said[position - 1].typed.casefold() in WHO_WITHIN for position in where)
    is_plain = not (parts.having or parts.without or parts.states or any_of(said, *VALUES))
    verbs = (
        Cue.OWN,
        Cue.DOING,
        Cue.WAIT,
        Cue.NEED,
        Cue.RECORD,
        Cue.DECIDE,
        Cue.MOVE,
        Cue.ON_OUR_SIDE,
        Cue.OWE,
        Cue.BUYER_DID,
        Cue.ATTEND,
        Cue.ADD,
        Cue.LEAVE,
        Cue.ASKED,
        Cue.BLOCK,
        Cue.BLOCKED,
        Cue.OVERDUE,
        Cue.DUE,
    )
    has_verb = said.has_left(*verbs) or any(is_title(said, each) for each in range(len(said)))
    return is_place and is_plain and not has_verb and head_noun(said) in (None, *WIDE)


# Actions as the subject where no noun says so: by what somebody has done, is doing, or has on the list.

BUSY = frozenset({"doing", "working on", "up to", "working on next", "doing next", "busy with", "got on", "on"})
DAILY = (
    *(Cue.FILLER, Cue.WHICH, Cue.HOW, Cue.CARD, Cue.AT, Cue.FOR, Cue.MY, Cue.ME, Cue.US, Cue.IS, Cue.DO, Cue.HAVE),
    *(Cue.SHOW, Cue.NEXT, Cue.ALL, Cue.NOW),
)
"""Words beside the days of "what's on for today" and "how does my week look"."""


def schedule(case: Case) -> Subject | None:
    """Actions of somebody's days: "what's on for today", "how does my week look"."""
    days = [piece for piece in case.said.pieces if piece.when]
    is_of_somebody = case.said.has(Cue.MY, Cue.ME) or any(piece.persons for piece in case.said.pieces)
    is_of_days = any(piece.typed.casefold().startswith(("for ", "my ")) for piece in days) or is_of_somebody
    is_stuff = any(piece.typed.casefold() in ("stuff", "things") for piece in case.said.pieces)
    is_asked = is_stuff or case.said.has(Cue.WHICH, Cue.HOW, Cue.CARD)
    is_asked = is_asked and case.form in (None, Form.LIST, Form.CARD)
    is_light = all(piece.when or piece.persons or piece.means(*DAILY) for piece in case.said.pieces)
    return Subject.ACTIONS if days and is_of_days and is_asked and is_light else None


def busy(case: Case) -> Subject | None:
    """Actions, for "what is Nora working on" and "what is Ines doing for Tallow"."""
    if not case.said.has(Cue.WHICH) or case.form not in (None, Form.LIST):
        return None
    for position, piece in enumerate(case.said.pieces[:-1]):
        rest = [each for each in case.said.pieces[position + 1 :] if not (each.when or each.account is not None)]
        words = " ".join(each.typed.casefold() for each in rest if not each.means(Cue.FOR, Cue.AT, Cue.NOW, Cue.IS))
        if piece.persons and words.removeprefix("meant to ").removeprefix("supposed to ") in BUSY:
            return Subject.ACTIONS
    return None


def unfinished(case: Case) -> Subject | None:
    """Actions: "what did Nora finish", "has Nora sent the contract", "who does the security review"."""
    progress = {each for _, each in case.said.of_kind(Progress)}
    is_open = case.said.has(Cue.WHICH) and case.form is Form.LIST
    if progress - {Progress.OPEN} or (progress and (is_open or not case.parts.of)):
        return Subject.ACTIONS
    has_title = any(is_title(case.said, each) and not is_verb_here(case.said, each) for each in range(len(case.said)))
    has_person = any(piece.persons for piece in case.said.pieces) or case.said.has_left(Cue.ME, Cue.WHO)
    has_person = has_person or (has_title and names_anybody(case.said.pieces))
    if (
        case.said.has_left(Cue.DOING)
        and (has_person or case.form is Form.WHEN)
        and not (case.parts.of and not has_title and case.form is None)
    ):
        return Subject.ACTIONS
    is_who = case.form is Form.WHO and not is_work(case.said)
    if has_title and (is_who or case.said.has_left(Cue.PERSON)):
        return Subject.PEOPLE
    is_asked = case.form is Form.YES_NO and (has_person or case.said.has_left(Cue.HAVE, Cue.TITLE))
    may_be_work = case.form in (Form.WHEN, Form.WHO) or is_asked
    return Subject.ACTIONS if has_title and may_be_work else None


def list_of_somebody(case: Case) -> Subject | None:
    """Actions, for "May's list"."""
    has_list = any(piece.typed.casefold() == "list" for piece in case.said.pieces)
    has_person = any(piece.persons and piece.is_possessive for piece in case.said.pieces)
    return Subject.ACTIONS if has_list and has_person else None


def have_got(case: Case) -> Subject | None:
    """Actions of a day, for "what have I got on Friday"; else accounts."""
    has_person = any(piece.persons for piece in case.said.pieces)
    ends = case.said[len(case.said) - 1].typed.casefold() in ("have", "got") if len(case.said) else False
    if has_person and ends:
        return Subject.ACCOUNTS
    if not case.said.has_left(Cue.HAVE_GOT):
        return None
    is_work = case.said.has_left(Progress.OPEN, Cue.LEAVE) or any(piece.when for piece in case.said.pieces)
    return Subject.ACTIONS if is_work else Subject.ACCOUNTS


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


# Put the pieces of a text together to its parts, and the parts to a query.

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
