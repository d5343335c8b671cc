"""Run queries over a stored program as one of its people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from agendas.facts.people import PersonFacts
from agendas.rendering.words import Words
from assistant.context import QuestionContext
from assistant.look_ups.found import Found
from assistant.look_ups.run import run
from assistant.query import Form, Query, Subject
from storage.database.engine import Store
from tests.assistant import world
from tests.assistant.stored_world import WORKSPACE as WORLD
from tests.builders import NOW, WORKSPACE, person
from tests.plain import plain

WORDS = Words()
DIRECT, TOGETHER = "D0ANN0001", "C0WEEKLY1"
NAMES = {each.user_id: each.name.split()[0] for each in world.PEOPLE.values()}


@contextmanager
def asking(
    store: Store, asker: PersonFacts | None = None, *, now: datetime = NOW, channel_id: str = DIRECT
) -> Iterator[QuestionContext]:
    """The context of a question that Ann asks in a direct message, unless said otherwise."""
    with store.reading() as session:
        yield QuestionContext(session, asker or person(), WORKSPACE, channel_id, channel_id, now, WORDS)


@contextmanager
def asking_in_world(store: Store, asker: str = "nora", *, channel_id: str = TOGETHER) -> Iterator[QuestionContext]:
    """The context of a question of somebody of the stored world, in a channel unless said otherwise."""
    with store.reading() as session:
        who = world.PEOPLE[asker]
        yield QuestionContext(session, who, WORLD, channel_id, channel_id, world.NOW, WORDS)


def found_in_world(store: Store, query: Query, asker: str = "nora", *, channel_id: str = TOGETHER) -> Found:
    """What somebody of the stored world finds."""
    with asking_in_world(store, asker, channel_id=channel_id) as context:
        return run(context, query)


def ask(store: Store, form: Form, *of: str, asker: str = "nora", **asked: Any) -> str:
    """The answer about accounts of the stored world, by their keys, as plain text without empty lines."""
    ids = tuple(world.ACCOUNTS[key].account_id for key in of)
    found = found_in_world(store, Query(Subject.ACCOUNTS, form, of=ids, **asked), asker)
    return plain(found.page, NAMES).replace("\n\n", "\n")
