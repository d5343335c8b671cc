"""A second workspace in the same database, with a program of its own that nobody of the first may touch."""

from datetime import date, time, timedelta

from sqlmodel import Session, select

from agendas.facts.account import Rhythm, Source
from agendas.facts.events import Profile
from agendas.facts.people import Author, Right
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, people, reviews, updates
from agendas.verbs.cadences import schedule
from storage import people as stored_people
from storage.database import Store
from storage.models.events import Event
from storage.models.reviews import ReviewItem
from storage.people import SlackUser
from tests.builders import NOW, ZONE
from tests.handlers.local_bot import OTHER, ZED, install
from tests.handlers.mutations import Foreign

HOUR = timedelta(hours=1)


def tell_elsewhere(store: Store) -> Foreign:
    """Zed's workspace: an account on the list with a blocker and a next action, and an open review of it."""
    install(store, OTHER, bot_user_id="U0BOT0009")

    def tell(session: Session) -> Foreign:
        stored_people.save_users(session, OTHER, [SlackUser(ZED, OTHER, "Zed", time_zone=ZONE)], NOW)
        people.first_admins(session, OTHER, [ZED], now=NOW)
        zed = Author(OTHER, ZED, Source.COMMAND, NOW - HOUR, ZONE)
        people.give(session, zed, ZED, function=None, right=Right.ADMIN)
        named = account_list.nominate(session, zed, Profile(name="Zenith", owner=ZED), because="Fits")
        account_id = named.event.account_id
        account_list.put_on_list(session, zed, account_id, tier=1, because="Agreed")
        updates.open_blocker(session, zed, account_id, text="No budget")
        updates.add_action(session, zed, account_id, text="Call", due_on=date(2026, 12, 1))
        weekly = Plan(Rhythm.WEEKLY, date(2026, 11, 30), time(10), ZONE)
        cadence = schedule(session, zed, "C0ELSE001", CadenceWish(weekly, minutes=30, facilitator=ZED))
        reviews.open_now(session, zed, "C0ELSE001", asked_by="x", today=NOW.date())
        events = [event.row_id for event in session.exec(select(Event).where(Event.workspace_id == OTHER))]
        [item] = session.exec(select(ReviewItem).where(ReviewItem.workspace_id == OTHER)).all()
        found = dict.fromkeys([account_id, cadence.id, *events, item.row_id, item.review_id])
        return Foreign(tuple(found), account_id, item.row_id, item.review_id, events[0])

    return store.write_now(tell)
