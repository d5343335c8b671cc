"""The fields that ask who acted in a piece of evidence, and who of the buying group it was."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.group import RoleStatus
from agendas.text.links import host_of
from agendas.text.who_acted import Sides, read_act, read_actor
from handlers.edge.views import Field, Values
from handlers.forms.field_parsers import NOT_OFFERED, offered
from handlers.forms.fields import OPTIONS, select

BY_WORDS = "words"
BUYER = EvidenceActor.BUYER.value
ACTORS = (
    ("As the words say", BY_WORDS),
    ("The buyer, by mail", f"{BUYER}/{BuyerAct.MAIL}"),
    ("The buyer, in a call", f"{BUYER}/{BuyerAct.CALL}"),
    ("The buyer, in a meeting", f"{BUYER}/{BuyerAct.MEETING}"),
    ("The buyer, by a message", f"{BUYER}/{BuyerAct.MESSAGE}"),
    ("The buyer, with a document", f"{BUYER}/{BuyerAct.DOCUMENT}"),
    ("The buyer, with a form", f"{BUYER}/{BuyerAct.FORM}"),
    ("The buyer, by a visit", f"{BUYER}/{BuyerAct.VISIT}"),
    ("The buyer, by a deal", f"{BUYER}/{BuyerAct.DEAL}"),
    ("The buyer, otherwise", BUYER),
    ("We did", EvidenceActor.US.value),
    ("A third party", EvidenceActor.THIRD_PARTY.value),
)
"""Choices of an actor with the kind of the act."""


def actor_fields(account: AccountState, draft: Values, told: str, sides: Sides) -> list[Field]:
    """A choice of the actor, with a guess by the words that the form was opened with, and of the person who acted."""
    fields = [
        select(
            "actor",
            "Who acted",
            ACTORS,
            initial=draft.get("actor") or guess(told, sides),
            hint="Only the buyer's act, or a third party's proof of it, shows a step or ends silence.",
        )
    ]
    people = [(each.profile.name, str(each.id)) for each in account.contacts if each.status is not RoleStatus.LEFT]
    if people:
        fields.append(select("contact", "Who of them", people[:OPTIONS], optional=True))
    return fields


def guess(told: str, sides: Sides) -> str:
    """The choice by the words and the links among them, `BY_WORDS` where they do not tell."""
    actor = read_actor(told, [word for word in told.split() if host_of(word)], sides)
    if actor is EvidenceActor.IN_DOUBT:
        return BY_WORDS
    act = read_act(told) if actor is EvidenceActor.BUYER else None
    return f"{actor.value}/{act.value}" if act else actor.value


def with_choice(pieces: Sequence[Evidence], entered: Values) -> tuple[Evidence, ...]:
    """The evidence with the actor and the person chosen. Raises FieldProblems for a choice that was not offered."""
    chosen, person = entered.get("actor") or BY_WORDS, entered.get("contact", "")
    if chosen not in offered(ACTORS):
        raise FieldProblems({"actor": NOT_OFFERED})
    if person and not person.isdecimal():
        raise FieldProblems({"contact": NOT_OFFERED})
    actor, _, act = chosen.partition("/")
    return tuple(
        replace(
            piece,
            actor=None if chosen == BY_WORDS else EvidenceActor(actor),
            act=BuyerAct(act) if act else None,
            contact_ids=(int(person),) if person else (),
        )
        for piece in pieces
    )
