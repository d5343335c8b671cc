"""Run queries over a stored program as one of its people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from agendas.facts.people import PersonFacts
from agendas.rendering.words import Words
from assistant.context import QuestionContext
from storage.database.engine import Store
from tests.builders import NOW, WORKSPACE, person

WORDS = Words()
DIRECT = "D0ANN0001"


@contextmanager
def asking(
    store: Store, asker: PersonFacts | None = None, *, now: datetime = NOW, channel_id: str = DIRECT
) -> Iterator[QuestionContext]:
    """The context of a question that Ann asks in a direct message, unless said otherwise."""
    with store.reading() as session:
        yield QuestionContext(session, asker or person(), WORKSPACE, channel_id, channel_id, now, WORDS)
