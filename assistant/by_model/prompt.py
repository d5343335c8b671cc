"""The request to a model: what it is to do, and the question with the names it may mean. Nothing else is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from agendas.rendering.words import Words
from agendas.text.limits import shortened
from assistant.by_model.question import ModelQuestion
from assistant.by_model.schema import said_of
from assistant.query import Field, Form, Having, Per, Progress, Subject, Way, Which
from assistant.remark import Deed, RemarkKind

NAME_CHARACTERS = 80
ANSWER_CHARACTERS = 2_000
"""Of a wrong answer so much is given back with what is wrong."""


class Role(StrEnum):
    """Roles of the messages of a request."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Role
    text: str


CHOICES: Mapping[str, type[StrEnum]] = {
    "subject": Subject,
    "form": Form,
    "fields": Field,
    "stages": Stage,
    "states": AccountStanding,
    "statuses": ListStatus,
    "having": Having,
    "needs": Function,
    "roles": BuyingRole,
    "ways": Way,
    "progress": Progress,
    "signals": SignalKind,
    "decisions": DecisionKind,
    "per": Per,
    "which": Which,
    "remark": RemarkKind,
    "deeds": Deed,
}


def request(question: ModelQuestion, words: Words) -> list[Message]:
    """Return the messages that ask for a reading of the question."""
    choices = {name: [member.value for member in kind] for name, kind in CHOICES.items()}
    told = {
        "question": question.text,
        "today": f"{question.today.isoformat()} {question.today:%A}",
        "accounts": {f"a{at}": shortened(name, NAME_CHARACTERS) for at, (_, name) in enumerate(question.accounts, 1)},
        "people": {f"p{at}": shortened(each.name, NAME_CHARACTERS) for at, each in enumerate(question.people, 1)},
        "segments": {f"s{at}": shortened(each, NAME_CHARACTERS) for at, each in enumerate(question.segments, 1)},
        "channel_of": next(
            (f"a{at}" for at, (account_id, _) in enumerate(question.accounts, 1) if account_id == question.here), None
        ),
        "last": said_of(question.last.query, question) if question.last is not None else None,
    }
    return [
        Message(Role.SYSTEM, words.raw("model.instructions", choices=choices)),
        Message(Role.USER, json.dumps(told, ensure_ascii=False, default=str)),
    ]


def again(messages: list[Message], answer: str, problem: str, words: Words) -> list[Message]:
    """Return the messages that ask once more, with the answer and what is wrong with it."""
    return [
        *messages,
        Message(Role.ASSISTANT, answer[:ANSWER_CHARACTERS]),
        Message(Role.USER, words.raw("model.again", problem=problem)),
    ]
