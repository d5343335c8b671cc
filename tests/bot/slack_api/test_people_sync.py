"""Loading the people of a workspace from Slack."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import col, select

from agendas.facts.account import Rhythm, Source
from agendas.facts.people import Author
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import people
from agendas.verbs.cadences import schedule
from agendas.verbs.letters import learn
from bot.people_sync import PAGE_PEOPLE, load_people
from bot.slack_api import Pause
from sandbox.workspace import User
from storage import people as stored_people
from storage.database import Store
from storage.models.delivery import Letter
from storage.people import SlackUser
from tests.bot.sender import Sender


async def learned(sender: Sender, waited: list[float] | None = None) -> int:
    """Load the people and return how many there were; collect the seconds to wait in `waited`."""
    pause = _noting(waited if waited is not None else [], sender)
    pages = load_people(sender.store, sender.sandbox.client, sender.workspace_id, sender.clock, pause=pause)
    return sum([len(found) async for found in pages])


async def ann_is_admin_and_bob_facilitates(sender: Sender) -> tuple[User, User]:
    """Return the two people, loaded."""
    ann, bob = (sender.sandbox.person(name).user for name in ("ann", "bob"))
    await learned(sender)
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 12, 1), time(10), "UTC"), minutes=45, facilitator=bob.id)
    with sender.store.writing() as session:
        people.first_admins(session, sender.workspace_id, [ann.id], now=sender.clock.now())
        author = Author(sender.workspace_id, ann.id, Source.COMMAND, sender.clock.now(), "UTC")
        schedule(session, author, sender.channel("abm-weekly").id, wish)
    return ann, bob


def told(sender: Sender) -> list[tuple[str, str]]:
    """Return whose deactivation was reported to whom, in the order queued."""
    query = select(Letter).where(Letter.page == "deactivated").order_by(col(Letter.id))
    with sender.store.reading() as session:
        return [(letter.subject["user_id"], letter.user_id) for letter in session.exec(query)]


class Overtaken(AsyncWebClient):
    """A client that does something else right before the list of people arrives."""

    def __init__(self, meanwhile: Callable[[], None], **how: Any) -> None:
        super().__init__(**how)
        self._meanwhile = meanwhile

    async def users_list(self, **asked: Any) -> AsyncSlackResponse:
        answer = await super().users_list(**asked)
        self._meanwhile()
        return answer


async def test_everybody_slack_names_is_stored_with_what_sets_them_apart(sender: Sender) -> None:
    sandbox, store = sender.sandbox, sender.store
    sandbox.add_user("guest", guest=True)
    sandbox.add_user("gone", deleted=True)
    for number in range(PAGE_PEOPLE):
        sandbox.add_user(f"colleague{number}")
    count = await learned(sender)
    found = {each.name: each for each in store.read_now(stored_people.members, sender.workspace_id)}
    assert count >= PAGE_PEOPLE + 4
    assert len(sandbox.calls("users.list")) > 1
    assert _flags(store, sender, "guest") == (True, False)
    assert _flags(store, sender, "gone") == (False, True)
    assert sum(name.lower().startswith("colleague") for name in found) == PAGE_PEOPLE


async def test_of_somebody_found_deactivated_the_admins_are_told_once(sender: Sender) -> None:
    ann, bob = await ann_is_admin_and_bob_facilitates(sender)
    bob.deleted = True
    for _ in range(2):
        await learned(sender)
        sender.pass_time(timedelta(days=1))
    assert told(sender) == [(bob.id, ann.id)]


async def test_who_left_while_a_list_of_people_was_under_way_is_not_brought_back_by_it(sender: Sender) -> None:
    ann, bob = await ann_is_admin_and_bob_facilitates(sender)

    def leaves() -> None:
        gone = SlackUser(bob.id, sender.workspace_id, "bob", is_deleted=True)
        sender.store.write_now(learn, sender.workspace_id, [gone], sender.clock.now())

    client = Overtaken(leaves, token=sender.sandbox.bot_token, base_url=sender.sandbox.api_url)
    async for _ in load_people(sender.store, client, sender.workspace_id, sender.clock):
        pass
    bob.deleted = True
    sender.pass_time(timedelta(days=1))
    await learned(sender)
    assert told(sender) == [(bob.id, ann.id)]


async def test_slack_is_given_the_time_it_asks_for_and_the_list_goes_on_where_it_was(sender: Sender) -> None:
    sandbox, waited = sender.sandbox, list[float]()
    for number in range(2 * PAGE_PEOPLE):
        sandbox.add_user(f"colleague{number}")
    pages = load_people(sender.store, sandbox.client, sender.workspace_id, sender.clock, pause=_noting(waited, sender))
    assert len(await anext(pages)) == PAGE_PEOPLE
    sandbox.faults.rate_limit("users.list", retry_after_seconds=30, times=2)
    assert len(await anext(pages)) == PAGE_PEOPLE
    assert waited == [30, 30]
    cursors = [call.arguments.get("cursor") for call in sandbox.calls("users.list")]
    assert len(set(cursors[-3:])) == 1
    assert cursors[-1] != cursors[0]


def _noting(waited: list[float], sender: Sender) -> Pause:
    async def pause(seconds: float) -> None:
        waited.append(seconds)
        sender.pass_time(timedelta(seconds=seconds))

    return pause


def _flags(store: Store, sender: Sender, name: str) -> tuple[bool, bool]:
    user = sender.sandbox.workspace.user_named(name)
    assert user is not None
    person = store.read_now(stored_people.find, sender.workspace_id, user.id)
    assert person is not None
    return person.is_guest, person.is_deleted
