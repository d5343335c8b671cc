"""How every story begins: the time, the people with their rights, and what the bot is told."""

from datetime import UTC, date, datetime, timedelta
from time import monotonic

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author, Function, Right
from agendas.verbs import people
from bot.pacing import RateLimit
from bot.settings import Settings
from sandbox.server import Sandbox
from storage import people as stored_people
from storage.database import Store

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in New York."""
TODAY = date(2026, 11, 24)
ZONE = "America/New_York"

PEOPLE: dict[str, tuple[Function | None, Right]] = {
    "ann": (Function.SALES, Right.ADMIN),
    "bob": (Function.MARKETING, Right.EDITOR),
    "dan": (Function.EXECUTIVE, Right.EDITOR),
    "vic": (Function.PRODUCT, Right.VIEWER),
    "obi": (None, Right.OBSERVER),
}


class Beginning:
    """A clock that stood at this instant when it was made, and goes on from there."""

    def __init__(self, start: datetime = START) -> None:
        self._start, self._made = start, monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=monotonic() - self._made)


async def give_rights(store: Store, sandbox: Sandbox) -> None:
    """Each person's function and right, given by ann; all of them have met the bot."""
    author = Author(sandbox.workspace.team.id, sandbox.person("ann").id, Source.SYSTEM, START, ZONE)

    def give_all(session: Session) -> None:
        for name, (function, right) in PEOPLE.items():
            person_id = sandbox.person(name).id
            people.give(session, author, person_id, function=function, right=right)
            stored_people.meet(session, author.workspace_id, person_id, START)

    await store.write(give_all)


def settings_of(sandbox: Sandbox, *, is_socket: bool, database_url: str) -> Settings:
    return Settings(
        bot_token=sandbox.bot_token,
        app_token=sandbox.app_token if is_socket else "",
        signing_secret=sandbox.signing_secret,
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        admins=(sandbox.person("ann").id,),
        port=None if is_socket else 0,
    )


def unpaced() -> RateLimit:
    return RateLimit(
        channel_interval=timedelta(), message_interval=timedelta(), workspace_messages=10_000, method_calls={}
    )
