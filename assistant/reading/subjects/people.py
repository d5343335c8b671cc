"""People as the subject: one of us, or somebody at an account."""

from collections.abc import Sequence
from itertools import pairwise

from agendas.facts.account import ListStatus, Stage
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Progress, Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.titles import is_title, job
from assistant.reading.subjects.case import ACTION_CUES, Case
from assistant.reading.subjects.nouns import WIDE, any_of, head_noun
from assistant.reading.vocabulary.cues import Cue

OF_TEAM = (Subject.MEMBERS, Subject.PEOPLE, Cue.ALL, Cue.SHOW, Cue.WHO, Cue.WHICH, Cue.ANY, Cue.US, Cue.HOW_MANY)
"""Words that ask for people of ours beside their function: "everybody in sales", "our finance people"."""

BESIDE_TEAM = (
    *(Cue.FILLER, Cue.IS, Cue.DO, Cue.HAVE, Cue.THERE_IS, Cue.AT, Cue.FOR, Cue.WITH, Cue.HERE, Cue.MY, Cue.ME),
    *(Cue.TOTAL, Field.VALUE, Cue.FROM, Cue.JOB, Cue.OWN),
)
BESIDE_US = (Cue.WHO, Cue.HOW_MANY, Cue.US, Cue.IS, Cue.THERE_IS, Cue.HERE, Cue.ALL)
BESIDE_NAME = (Cue.FILLER, Cue.IS, Cue.WHO, Cue.CARD, Cue.PERSON, Cue.KNOW, Cue.SHOW, Cue.WHERE)


def member(case: Case) -> Subject | None:
    """One of us: who is Tomas, what is her function, who is in marketing, which people are admins."""
    if case.said.has_left(Cue.RIGHT) or _is_of_team(case.said):
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
    if (
        has_person
        and any_of(case.said, Function)
        and all(piece.of_kind(Function) or piece.means(Cue.OR, Cue.AT) for piece in others)
    ):
        return Subject.MEMBERS
    is_of_function = (
        any_of(case.said, Function) and not case.said.has_left(Cue.NEED, Cue.WAIT, *ACTION_CUES) and not case.parts.of
    )
    is_asked = case.form is Form.WHO or case.said.has_left(Subject.PEOPLE, Subject.MEMBERS)
    if is_of_function and is_asked and head_noun(case.said) in (None, *WIDE):
        return Subject.MEMBERS
    return None


def _is_of_team(said: Said) -> bool:
    """Return true for our people and nothing else: "marketing people", "how many of us are there", "team size"."""
    functions = [piece for piece in said.pieces if piece.of_kind(Function)]
    if not all(piece in functions or _may_stand_beside_team(piece) for piece in said.pieces):
        return False
    if functions:
        return said.has(*OF_TEAM) or (said.is_whole and any(map(_is_group, functions)))
    is_us = said.has(Cue.US) and all(piece.means(*BESIDE_US) for piece in said.pieces)
    return said.has(Subject.MEMBERS) or (is_us and said.has(Cue.WHO, Cue.HOW_MANY))


def _is_group(piece: Piece) -> bool:
    """Return true for "sales team" and "marketers", false for the function alone."""
    is_plural = piece.typed.endswith("s") and piece.typed.casefold() not in ("sales", "cs", "customer success")
    return not piece.is_possessive and (" " in piece.typed or is_plural)


def _may_stand_beside_team(piece: Piece) -> bool:
    is_other = any(each not in (Subject.MEMBERS, Subject.PEOPLE) for each in piece.of_kind(Subject))
    is_thing = piece.is_name or piece.when or piece.means(Cue.NEED) or (is_other and not piece.means(Cue.SHOW))
    return piece.means(*OF_TEAM, *BESIDE_TEAM) and not is_thing


def _is_what_they_do(said: Said) -> bool:
    """Return true for "what does Lee Park do" and "Lee Park, what does he do"."""
    if len(said) > 3 and said.has(Cue.PERSON) and said.has(Cue.WHICH) and not any(piece.when for piece in said.pieces):
        return said[len(said) - 1].typed.casefold() == "do"
    ends = said[len(said) - 1].typed.casefold() == "do"
    return ends and len(said) >= 4 and said[len(said) - 2].persons != () and said[0].means(Cue.WHICH)


OF_ACCOUNTS = (Cue.HOW, Cue.BLOCK, Cue.BLOCKED)
"""What is asked of accounts and not of people: "how is ...", "what blocks ..."."""


def _may_be_name(piece: Piece) -> bool:
    is_choice = piece.choice is not None and not piece.choice.is_ambiguous
    return is_choice or (piece.is_unknown and not piece.meanings)


def _are_beside(names: Sequence[Piece]) -> bool:
    """Return true for a first and a last name: two words that stand together."""
    if any(len(each.typed.split()) > 1 for each in names):
        return True
    return any(one.end == other.start and not one.mark for one, other in pairwise(names))


def somebody(case: Case) -> Subject | None:
    """People at accounts: "Hugo Blanc, what's his role", "tell me about Lena Fuchs"."""
    titles = [each for each in case.said.pieces if _may_be_name(each)]
    ends = [piece.typed.casefold() for piece in case.said.pieces[-1:]]
    is_of_account = case.said.has(*OF_ACCOUNTS) or ends == ["status"]
    has_full_name = _are_beside(titles) and not is_of_account
    has_person = any(piece.persons for piece in case.said.pieces)
    others = [each for each in case.said.pieces if each not in titles and not each.means(*BESIDE_NAME)]
    is_alone = has_full_name and len(others) == 0 and len(titles) < len(case.said)
    has_other = any_of(case.said, Subject, Stage, AccountStanding, ListStatus, BuyingRole, SignalKind, Progress)
    fields = {field for _, field in case.said.of_kind(Field)}
    is_at = has_full_name and case.form in (Form.YES_NO, Form.WHO, Form.LIST) and not has_other
    is_at = is_at and fields <= {Field.ROLES} and not case.said.has_left(Cue.DOING, Cue.OWN, Cue.TOUCH)
    is_he = bool(titles) and case.said.has_left(Cue.PERSON) and not has_person
    is_card = case.form is Form.CARD or any(piece.means(Cue.CARD) for piece in case.said.pieces)
    is_told_of = has_full_name and is_card and not case.parts.of and not any_of(case.said, Subject, Field)
    is_of_role = fields == {Field.ROLES} or (not fields and case.said.has_left(Cue.JOB))
    is_role = has_full_name and not case.parts.of and is_of_role and not has_other
    is_that = has_full_name and case.said.has(Cue.WHO) and case.said[len(case.said) - 1].means(Cue.THAT, Cue.PERSON)
    is_called = any(piece.typed.casefold() in ("called", "named") for piece in case.said.pieces) and bool(titles)
    if is_role or is_called or is_that or _is_of_job(case.said) or _is_looked_up(case.said):
        return Subject.PEOPLE
    return Subject.PEOPLE if is_he or is_told_of or is_alone or is_at else None


LOOKING_UP = frozenset({"look up", "lookup", "search for", "find"})
BESIDE_JOB = (
    *(Cue.FILLER, Cue.IS, Cue.WHO, Cue.WHICH, Cue.SHOW, Cue.ANY, Cue.ALL, Cue.KNOW, Cue.THERE_IS, Cue.US, Cue.THEY),
    *(Cue.HAVE, Cue.AT, Cue.FOR, Cue.WITH, Cue.HOW_MANY, Subject.PEOPLE, Subject.ACCOUNTS, Cue.MY, Cue.JOB, Cue.HERE),
    Field.SEGMENT,
)


def _is_looked_up(said: Said) -> bool:
    """Return true for "look up Whitfield": one word that nothing else is called."""
    return len(said) == 2 and said[0].typed.casefold() in LOOKING_UP and _may_be_name(said[1])


def _is_of_job(said: Said) -> bool:
    """Return true for people of a title and nothing else: "Merrow's CTO", "which CFOs do we know"."""
    jobs = [position for position, piece in enumerate(said.pieces) if job(piece)]
    near = {position + step for position in jobs for step in (-1, 1, 2)}
    return bool(jobs) and all(
        position in jobs or _may_stand_beside_job(piece, is_near=position in near)
        for position, piece in enumerate(said.pieces)
    )


def _may_stand_beside_job(piece: Piece, *, is_near: bool) -> bool:
    is_part = is_near and (piece.is_unknown or piece.means(Cue.TITLE) or bool(piece.of_kind(Function)))
    is_filter = piece.account is not None or bool(piece.segment) or bool(piece.of_kind(int))
    is_work = piece.means(Cue.DOING, Cue.NEED, Cue.OWE, Cue.DUE)
    return is_part or is_filter or (piece.means(*BESIDE_JOB) and not is_work)


def people(case: Case) -> Subject | None:
    """Return people where we know them, or where a role is named; our own team."""
    is_of_more = _has_field(case.said) or any(piece.typed.casefold() == "have we got" for piece in case.said.pieces)
    knows = case.said.has_left(Cue.KNOW) and not (case.form is not Form.WHO and is_of_more)
    is_ours = case.said.has_left(Cue.ON_OUR_SIDE, Field.EXECUTIVE)
    if knows or (any_of(case.said, BuyingRole) and not is_ours):
        return Subject.PEOPLE
    if head_noun(case.said) is Subject.MEMBERS:
        return Subject.MEMBERS
    return Subject.PEOPLE if head_noun(case.said) is Subject.PEOPLE else None


def _has_field(said: Said) -> bool:
    """Return true for "do we know what it is worth"."""
    return any(field not in (Field.ROLES, Field.SEGMENT, Field.TIER) for _, field in said.of_kind(Field))


def where_somebody_is(case: Case) -> Subject | None:
    """People, for "which account is Samir Haddad at"."""
    ends = case.said[len(case.said) - 1].typed.casefold() in ("at", "for", "with", "in") if len(case.said) else False
    has_title = any(is_title(case.said, position) for position in range(len(case.said)))
    return Subject.PEOPLE if ends and has_title and case.said.has_left(Subject.ACCOUNTS) else None
