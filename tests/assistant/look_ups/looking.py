"""Run queries over a stored program, or over the stored world, as one of its people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from agendas.facts.people import PersonFacts
from agendas.facts.query import Form, Query, Subject
from agendas.rendering.words import Words
from agendas.verbs.find.accounts import QuestionContext
from storage.database import Store
from tests.assistant.asking import found_by
from tests.assistant.world import ACCOUNTS, PEOPLE
from tests.builders import NOW, WORKSPACE, person
from tests.plain import plain

WORDS = Words()
DIRECT = "D0ANN0001"
NAMES = {each.user_id: each.name.split()[0] for each in PEOPLE.values()}


@contextmanager
def asking(
    store: Store, asker: PersonFacts | None = None, *, now: datetime = NOW, channel_id: str = DIRECT
) -> Iterator[QuestionContext]:
    """The context of a question that Ann asks in a direct message, unless said otherwise."""
    with store.reading() as session:
        yield QuestionContext(session, asker or person(), WORKSPACE, channel_id, channel_id, now, WORDS)


def ask(world: Store, form: Form, *of: str, asker: str = "nora", **asked: Any) -> str:
    """The answer about accounts of the stored world, by their keys, as plain text without empty lines."""
    ids = tuple(ACCOUNTS[key].account_id for key in of)
    found = found_by(world, asker, Query(Subject.ACCOUNTS, form, of=ids, **asked))
    return plain(found.page, NAMES).replace("\n\n", "\n")
