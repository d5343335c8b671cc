"""The world of the labelled questions stored through the verbs, with its history up to Thu 26 Nov 2026."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.facts.account import Rhythm, Source
from agendas.facts.audience import Members
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, closing, people, reviews
from agendas.verbs.cadences import schedule
from agendas.verbs.privacy import set_privacy
from storage import people as stored_people
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.workspaces import Workspace
from storage.people import SlackUser
from tests.assistant.told import history, tellings
from tests.assistant.world import ACCOUNTS, PEOPLE, SEES_PRIVATE, ZONE, Named
from tests.rows import Copy

WORKSPACE = "T0WORLD01"
WEEKLY = "C0WORLDWK"
"""The channel of the reviews, every second Monday at 10:00 in Berlin: held on 2 and 16 Nov, the next on 30 Nov."""
PRIVATE = "C0ORRIN01"
"""The channel that Orrin Rail is private to."""
CHANNELS = {
    "maple-insurance": "C0MAPLEIN",
    "corvane": "C0CORVANE",
    "brightwater": "C0BRIGHTW",
    "halden": "C0HALDEN1",
    "merrow": "C0MERROW1",
}
"""Accounts with a channel of their own."""

EUROS = ("etoile", "nordhavn", "fennimore", "kestrel", "umber")
"""Accounts whose value is in EUR; that of the others is in USD."""

EARLIER_TIERS = {"tallow": 1, "kestrel": 2}
"""Tiers in which accounts were named first."""

NAMED_ON, LATE_ON = date(2026, 9, 7), date(2026, 11, 19)
LATECOMERS = ("pilot-grove", "quill", "rusk")
INSTALLED = datetime(2026, 8, 31, 8, 0, tzinfo=UTC)


@dataclass(slots=True)
class Telling:
    """The world while it is told: a session, and the ids of what was recorded, by the words it was given."""

    session: Session
    ids: dict[str, int] = field(default_factory=dict)
    cadence_id: int = 0

    def did(self, who: str, at: datetime, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Run the verb as that person of the world at that time and return its result."""
        author = Author(WORKSPACE, PEOPLE[who].user_id, Source.COMMAND, at, ZONE)
        return verb(self.session, author, *args, **values)


def stored_world(store: Store) -> Store:
    """Fill an empty store with the world and return it. Made once a process and copied from then on."""
    if not _MADE:
        with store.writing() as session:
            _tell(Telling(session))
        _MADE.append(Copy(store))
    else:
        _MADE[0].put_into(store)
    return store


_MADE: list[Copy] = []


def at(on: date, clock: time = time(11)) -> datetime:
    return datetime.combine(on, clock, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def _tell(telling: Telling) -> None:
    _people(telling)
    _list(telling)
    wish = CadenceWish(
        Plan(Rhythm.BIWEEKLY, date(2026, 11, 2), time(10), ZONE), minutes=45, facilitator=PEOPLE["priya"].user_id
    )
    telling.cadence_id = telling.did("priya", at(date(2026, 9, 14)), schedule, WEEKLY, wish).id
    told = sorted(history.HISTORY, key=lambda entry: entry.on)
    for review_on in (date(2026, 11, 2), date(2026, 11, 16)):
        _record(telling, [entry for entry in told if entry.on < review_on])
        told = [entry for entry in told if entry.on >= review_on]
        telling.session.flush()
        reviews.open_due(telling.session, telling.cadence_id, now=at(review_on, time(10)))
        _record(telling, [entry for entry in told if entry.on == review_on])
        told = [entry for entry in told if entry.on > review_on]
        _close(telling, review_on)
    _record(telling, told)


def _people(telling: Telling) -> None:
    session = telling.session
    session.add(Workspace(id=WORKSPACE, name="Sample", url="https://sample.example/", installed_at=INSTALLED))
    known = [SlackUser(each.user_id, WORKSPACE, each.name, time_zone=ZONE) for each in PEOPLE.values()]
    stored_people.save_users(session, WORKSPACE, known, INSTALLED)
    people.first_admins(session, WORKSPACE, [PEOPLE["priya"].user_id], now=INSTALLED)
    for each in PEOPLE.values():
        telling.did("priya", INSTALLED, people.give, each.user_id, function=each.function, right=each.right)
        stored_people.meet(session, WORKSPACE, each.user_id, INSTALLED)
    for name, channel_id in (("abm-review", WEEKLY), *((f"acc-{key}", each) for key, each in CHANNELS.items())):
        stored_people.get_or_add_channel(session, WORKSPACE, channel_id, name=name)


def _list(telling: Telling) -> None:
    for key, row in ACCOUNTS.items():
        nominated_on = at(LATE_ON if key in LATECOMERS else date(2026, 9, 1))
        why = history.BECAUSE.get(key, "Fits the segment")
        made = telling.did("priya", nominated_on, account_list.nominate, _profile(key, row), because=why)
        if made.event.account_id != row.account_id:
            raise AssertionError(f"{key} is account {made.event.account_id}")
        if key in LATECOMERS:
            continue
        tier = EARLIER_TIERS.get(key, row.tier)
        telling.did("priya", at(NAMED_ON), account_list.put_on_list, row.account_id, tier=tier, because=why)
        if row.is_private:
            members = {PRIVATE: Members(frozenset(PEOPLE[key].user_id for key in SEES_PRIVATE))}
            telling.did("priya", at(NAMED_ON), set_privacy, row.account_id, channel_id=PRIVATE, asked=members)


def _profile(key: str, row: Named) -> Profile:
    return Profile(
        row.name,
        domain=row.domain,
        aliases=row.aliases,
        segment=row.segment,
        owner=PEOPLE[row.owner].user_id if row.owner else None,
        marketing_partner=PEOPLE[row.partner].user_id if row.partner else None,
        our_executive=PEOPLE["paula"].user_id if row.tier == 1 else None,
        value_cents=row.value * 100 if row.value is not None else None,
        currency="" if row.value is None else "EUR" if key in EUROS else "USD",
        channel_id=CHANNELS.get(key, ""),
    )


def _record(telling: Telling, entries: list[tellings.Entry]) -> None:
    for entry in entries:
        entry.tell(telling, entry.who, at(entry.on, entry.clock), ACCOUNTS[entry.key].account_id)


def _close(telling: Telling, review_on: date) -> None:
    """Priya closes the open review after its 50 minutes: Nora, Tomas, Priya and Inês were there."""
    opened = next(row for row in stored_reviews.get_all(telling.session, WORKSPACE) if row.planned_on == review_on)
    there = [PEOPLE[key].user_id for key in ("nora", "tomas", "priya", "ines")]
    telling.did("priya", at(review_on, time(10, 50)), closing.close_by_person, opened.row_id, attended=there)
