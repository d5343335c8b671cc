"""Questions asked of the stored world, as queries."""

from collections.abc import Iterator
from contextlib import contextmanager

from agendas.facts.query import Query
from agendas.rendering.words import Words
from agendas.verbs.find.accounts import Found, QuestionContext
from agendas.verbs.find.run import run
from storage.database import Store, hiding
from tests.assistant.stored_world import WORKSPACE
from tests.assistant.world import ACCOUNTS, NOW, PEOPLE, SEES_PRIVATE
from tests.plain import plain

WORDS = Words()
DM, CHANNEL = "D0WORLD01", "C0WORLD01"
NAMES = {each.user_id: each.name for each in PEOPLE.values()}


@contextmanager
def asking(world: Store, asker: str, channel_id: str = CHANNEL) -> Iterator[QuestionContext]:
    hidden = [] if asker in SEES_PRIVATE else [row.account_id for row in ACCOUNTS.values() if row.is_private]
    with world.reading() as session, hiding(session, hidden):
        yield QuestionContext(session, PEOPLE[asker], WORKSPACE, channel_id, channel_id, NOW, WORDS)


def found_by(world: Store, asker: str, query: Query, channel_id: str = CHANNEL) -> Found:
    with asking(world, asker, channel_id) as context:
        return run(context, query)


def told(world: Store, asker: str, query: Query, channel_id: str = CHANNEL) -> str:
    return plain(found_by(world, asker, query, channel_id).page, NAMES)
