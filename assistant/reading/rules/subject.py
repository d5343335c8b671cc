"""The kind of thing that a question asks for, where several words could tell it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Having, Progress, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.rules.about import is_title
from assistant.reading.rules.nouns import WIDE, any_of, head_noun
from assistant.reading.vocabulary.cues import Cue

ACTION_CUES = (Cue.DUE, Cue.OVERDUE, Cue.OWE)
NOT_ACTIONS = (Subject.ASKS, Subject.BLOCKERS, Subject.DEALS, Subject.PLAYS, Subject.SIGNALS)
"""Things that can be due or late themselves."""

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
}
"""Subjects told by a verb alone, the likeliest first."""

REVIEW_FIELDS = (Field.LAST_REVIEW, Field.NEXT_REVIEW)
LEAVING = (DecisionKind.REMOVE, DecisionKind.PAUSE)


@dataclass(frozen=True, slots=True)
class Case:
    """The pieces, with what has been read of them: things to have, tiers, names, and the form."""

    said: Said
    parts: Parts
    form: Form | None


def subject_of(said: Said, parts: Parts, form: Form | None) -> Subject | None:
    """Return the subject that the words tell, None where they tell none: the first rule that knows it."""
    case = Case(said, parts, form)
    for rule in RULES:
        subject = rule(case)
        if subject is not None:
            return subject
    return None


def _member(case: Case) -> Subject | None:
    """One of us: who is Tomas, what is her function, who is in marketing, which people are admins."""
    if case.said.has_left(Cue.RIGHT):
        return Subject.MEMBERS
    has_person = any(piece.persons for piece in case.said.pieces)
    if has_person and _is_what_they_do(case.said):
        return Subject.MEMBERS
    if has_person and case.said.has_left(Cue.JOB) and not case.parts.of:
        return Subject.MEMBERS
    others = [
        piece for piece in case.said.pieces if not (piece.persons or piece.means(Cue.FILLER, Cue.IS, Cue.WHO, Cue.CARD))
    ]
    if has_person and not others and case.said.has_left(Cue.WHO, Cue.CARD):
        return Subject.MEMBERS
    is_of_function = (
        any_of(case.said, Function) and not case.said.has_left(Cue.NEED, Cue.WAIT, *ACTION_CUES) and not case.parts.of
    )
    is_asked = case.form is Form.WHO or case.said.has_left(Subject.PEOPLE, Subject.MEMBERS)
    if is_of_function and is_asked and head_noun(case.said) in (None, *WIDE):
        return Subject.MEMBERS
    return None


def _is_what_they_do(said: Said) -> bool:
    """Return true for "what does Lee Park do" and "Lee Park, what does he do"."""
    if len(said) > 3 and said.has(Cue.PERSON) and said.has(Cue.WHICH) and not any(piece.when for piece in said.pieces):
        return said[len(said) - 1].typed.casefold() == "do"
    ends = said[len(said) - 1].typed.casefold() == "do"
    return ends and len(said) >= 4 and said[len(said) - 2].persons != () and said[0].means(Cue.WHICH)


def _action(case: Case) -> Subject | None:
    is_next_review = any(field is Field.NEXT_REVIEW for _, field in case.said.of_kind(Field))
    head = head_noun(case.said)
    is_late = case.said.has_left(Cue.OVERDUE, Cue.OWE)
    is_action = case.said.has_left(*ACTION_CUES) and head not in NOT_ACTIONS and not is_next_review
    if head is Subject.REVIEWS and not is_late:
        return None
    if not is_action or (case.said.has_left(Cue.RESOLVE, Cue.BLOCK) and not case.said.has_left(Cue.DUE, Cue.OVERDUE)):
        return None
    return Subject.ACTIONS


def _strong_noun(case: Case) -> Subject | None:
    head = head_noun(case.said)
    if head in (None, *WIDE):
        return Subject.DEALS if _is_one_opportunity(case.said) else None
    if head in (Subject.DECISIONS, Subject.DEALS) and _is_blocked(case, head):
        return Subject.BLOCKERS
    if head in (Subject.LIST_CHANGES, Subject.REVIEWS) and case.said.has_left(Cue.DECIDE):
        return Subject.DECISIONS
    if head is Subject.REVIEWS and case.said.has_left(Cue.NEWS) and case.form is not Form.WHEN:
        return Subject.CHANGES
    return Subject.MOVEMENT if head is Subject.REVIEWS and any_of(case.said, Way) else head


def _is_blocked(case: Case, head: Subject) -> bool:
    """Return true for a decision that a function owes, and for a deal that something holds up."""
    if head is Subject.DECISIONS:
        return _need(case) is Subject.BLOCKERS
    return case.said.has_left(Cue.BLOCK)


def _is_one_opportunity(said: Said) -> bool:
    """Return true for "the biggest opportunity", which is a deal and no stage; uses the word."""
    order = (Cue.BIGGEST, Cue.SMALLEST, Cue.SOONEST, Cue.NEXT, Cue.LAST, Cue.NEWEST, Cue.OLDEST)
    for position in said.where(Stage.OPPORTUNITY):
        if position and said[position].typed.casefold() == "opportunity" and said[position - 1].means(*order):
            said.use(position)
            return True
    return False


def _thing(case: Case) -> Subject | None:
    """Accounts with or without things, where no noun says otherwise; roles that are missing are of people."""
    if Having.ROLE in case.parts.without and not case.parts.roles:
        return Subject.PEOPLE
    if case.parts.having or case.parts.without or case.said.has_left(Having.PROPOSAL):
        return Subject.ACCOUNTS
    return None


def _need(case: Case) -> Subject | None:
    if not case.said.has_left(Cue.NEED, Cue.WAIT):
        return None
    if any_of(case.said, Function):
        return Subject.BLOCKERS
    has_person = case.said.has_left(Cue.ME, Cue.MY) or any(piece.persons for piece in case.said.pieces)
    return Subject.ASKS if has_person else None


def _list_change(case: Case) -> Subject | None:
    if (
        case.said.has_left(Cue.NEWS, Cue.MOVE, Subject.CHANGES)
        and case.said.has_left(ListStatus.NAMED)
        and not case.parts.of
    ):
        return Subject.LIST_CHANGES
    if case.said.has_left(Cue.MOVE) and (case.parts.tiers or any_of(case.said, int)):
        return Subject.LIST_CHANGES
    if case.parts.of or case.said.has_left(Cue.DECIDE, Subject.DECISIONS):
        return None
    statuses = {status for _, status in case.said.of_kind(ListStatus)} - {ListStatus.NAMED, ListStatus.CANDIDATE}
    is_told = any(piece.when or piece.persons for piece in case.said.pieces) or case.said.has_left(Cue.ME)
    is_told = is_told or (case.said.has_left(Cue.WHO, Cue.US) and case.said.has_left(Cue.DO))
    if case.said.has_left(Cue.ADD, *LEAVING) or (statuses and is_told):
        return Subject.LIST_CHANGES
    return None


def _verb(case: Case) -> Subject | None:
    for cue, subject in SUBJECT_OF_VERB.items():
        if (
            case.said.has_left(cue)
            and not (cue is Cue.DISCUSS and _asks_where(case))
            and not (subject is Subject.REVIEWS and _has_other_field(case.said))
        ):
            return subject
    return None


def _asks_where(case: Case) -> bool:
    """Return true for "where is Kestrel discussed", which is a channel."""
    return case.said.has_left(Cue.WHERE) and bool(case.parts.of)


def _has_other_field(said: Said) -> bool:
    return any(field not in REVIEW_FIELDS for _, field in said.of_kind(Field))


def _moved(case: Case) -> Subject | None:
    is_way = any_of(case.said, Way)
    is_told = case.form is Form.WHO and case.said.has_left(Cue.RECORD)
    is_reached = any_of(case.said, Stage) and not case.parts.of
    is_move = case.said.has_left(Cue.MOVE) and (is_told or is_reached or not any_of(case.said, Stage))
    return Subject.MOVEMENT if is_way or is_move else None


def _happened(case: Case) -> Subject | None:
    if any(piece.persons for piece in case.said.pieces) and _is_what_was_done(case.said):
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


def _touched(case: Case) -> Subject | None:
    """People we talk to at an account, or an account that somebody talked to."""
    if not case.said.has_left(Cue.TOUCH) or not case.parts.of:
        return None
    if any_of(case.said, BuyingRole) or (case.form is Form.WHO and case.said.has_left(Cue.US)):
        return Subject.PEOPLE
    return None if case.form is Form.WHO else Subject.ACCOUNTS


def _is_what_was_done(said: Said) -> bool:
    """Return true for "what did Nora do last week" and "everything Nora did"."""
    words = [piece.typed.casefold() for piece in said.pieces if not (piece.when or piece.persons)]
    return (
        bool(words)
        and words[-1] in ("do", "did", "done")
        and not any(piece.account is not None for piece in said.pieces)
    )


def _blocked(case: Case) -> Subject | None:
    if not case.said.has_left(Cue.BLOCKED):
        return None
    if case.said.has_left(Cue.US):
        return Subject.BLOCKERS
    return Subject.BLOCKERS if case.parts.of else Subject.ACCOUNTS


def _somebody(case: Case) -> Subject | None:
    """People at accounts: "Hugo Blanc, what's his role", "tell me about Lena Fuchs"."""
    titles = [each for each in case.said.pieces if each.is_unknown or (each.choice and not each.choice.is_ambiguous)]
    has_full_name = sum(len(each.typed.split()) for each in titles) > 1
    has_person = any(piece.persons for piece in case.said.pieces)
    is_he = bool(titles) and case.said.has_left(Cue.PERSON) and not has_person
    is_card = case.form is Form.CARD or any(piece.means(Cue.CARD) for piece in case.said.pieces)
    is_told_of = has_full_name and is_card and not case.parts.of and not any_of(case.said, Subject, Field)
    return Subject.PEOPLE if is_he or is_told_of else None


def _people(case: Case) -> Subject | None:
    if case.said.has_left(Cue.KNOW) or (any_of(case.said, BuyingRole) and not case.said.has_left(Cue.ON_OUR_SIDE)):
        return Subject.PEOPLE
    if head_noun(case.said) is Subject.MEMBERS:
        return Subject.MEMBERS
    return Subject.PEOPLE if head_noun(case.said) is Subject.PEOPLE else None


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
    is_of_pipeline = case.said.has_left(Field.PIPELINE) and case.form in (None, Form.LIST, Form.SUM)
    is_closing = case.said.has_left(Cue.CLOSE) and not case.said.has_left(Cue.SOONEST)
    return Subject.DEALS if (is_of_pipeline or is_closing) and not case.parts.of else None


def _is_domain(said: Said) -> bool:
    return any(said[position].of_kind(Field) for position, _ in said.of_kind(SignalKind))


def _where_somebody_is(case: Case) -> Subject | None:
    """People, for "which account is Samir Haddad at"."""
    ends = case.said[len(case.said) - 1].typed.casefold() in ("at", "for", "with", "in") if len(case.said) else False
    has_title = any(is_title(case.said, position) for position in range(len(case.said)))
    return Subject.PEOPLE if ends and has_title and case.said.has_left(Subject.ACCOUNTS) else None


def _account(case: Case) -> Subject | None:
    of_items = {field for _, field in case.said.of_kind(Field)}
    if of_items and of_items <= {Field.DUE}:
        return Subject.ACTIONS
    if (
        case.parts.tiers
        or case.parts.by
        or case.parts.per
        or any_of(case.said, Field, Stage, AccountStanding, ListStatus)
    ):
        return Subject.ACCOUNTS
    return Subject.ACCOUNTS if head_noun(case.said) is Subject.ACCOUNTS else None


def _unfinished(case: Case) -> Subject | None:
    """Actions: "what did Nora finish", "has Nora sent the contract", "who does the security review"."""
    progress = {each for _, each in case.said.of_kind(Progress)}
    if progress - {Progress.OPEN} or (progress and not case.parts.of):
        return Subject.ACTIONS
    has_title = any(is_title(case.said, position) for position in range(len(case.said)))
    has_person = any(piece.persons for piece in case.said.pieces) or case.said.has_left(Cue.ME, Cue.WHO)
    if (
        case.said.has_left(Cue.DOING)
        and (has_person or case.form is Form.WHEN)
        and not (case.parts.of and not has_title and case.form is None)
    ):
        return Subject.ACTIONS
    is_who = case.form is Form.WHO and not _is_work(case.said)
    if has_title and (is_who or case.said.has_left(Cue.PERSON)):
        return Subject.PEOPLE
    is_asked = case.form is Form.YES_NO and (has_person or case.said.has_left(Cue.HAVE))
    is_work = case.form in (Form.WHEN, Form.WHO) or is_asked
    return Subject.ACTIONS if has_title and is_work else None


def _is_work(said: Said) -> bool:
    """Return true for "who does the review" in contrast to "who is Dana Weber"."""
    who = said.first(Cue.WHO)
    if who is not None and said[who].typed.casefold() != "who":
        return False
    after = None if who is None else said.next_of_weight(who)
    return after is not None and (said[after].means(Cue.DO, Cue.HAVE) or said[after].is_unknown)


def _list_of_somebody(case: Case) -> Subject | None:
    """Actions, for "May's list"."""
    has_list = any(piece.typed.casefold() == "list" for piece in case.said.pieces)
    has_person = any(piece.persons and piece.is_possessive for piece in case.said.pieces)
    return Subject.ACTIONS if has_list and has_person else None


def _have_got(case: Case) -> Subject | None:
    """Actions of a day, for "what have I got on Friday"; else accounts."""
    if not case.said.has_left(Cue.HAVE_GOT):
        return None
    return Subject.ACTIONS if any(piece.when for piece in case.said.pieces) else Subject.ACCOUNTS


def _anything_else(case: Case) -> Subject | None:
    has_words = case.said.has_left(Cue.OWN, Cue.TOUCH, Cue.CARD, Cue.HOW)
    return Subject.ACCOUNTS if has_words or case.parts.of or case.parts.segments else None


RULES: Sequence[Callable[[Case], Subject | None]] = (
    _member,
    _somebody,
    _action,
    _strong_noun,
    _need,
    _thing,
    _list_change,
    _verb,
    _touched,
    _moved,
    _happened,
    _blocked,
    _people,
    _kind,
    _where_somebody_is,
    _account,
    _list_of_somebody,
    _have_got,
    _unfinished,
    _anything_else,
)
"""Rules from the surest on."""
