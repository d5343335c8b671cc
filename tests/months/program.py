"""A program of five channels: weekly, biweekly and monthly reviews in three zones, with holidays."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import Session

from agendas.facts.account import Rhythm, Source
from agendas.facts.events import Profile
from agendas.facts.people import Author, Function, Right
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, people
from agendas.verbs.cadences import schedule
from sandbox.server import Sandbox
from storage import people as stored_people
from storage.database import Store
from storage.models.workspaces import Workspace
from storage.people import SlackUser

BEGINS_AT = datetime(2026, 2, 27, 12, tzinfo=UTC)
"""A Friday; the clocks change on 8 and 29 March."""
ANCHOR = date(2026, 3, 2)
ZONES = {"ann": "America/New_York", "bob": "Europe/Berlin", "cleo": "Europe/London", "dan": "America/New_York"}
ROLES = {
    "ann": (Function.SALES, Right.ADMIN),
    "bob": (Function.SALES, Right.EDITOR),
    "cleo": (Function.MARKETING, Right.EDITOR),
    "dan": (Function.EXECUTIVE, Right.EDITOR),
}
CADENCES = (
    ("east", Plan(Rhythm.WEEKLY, ANCHOR, time(9), "America/New_York", holidays_of="US")),
    ("central", Plan(Rhythm.WEEKLY, date(2026, 3, 4), time(10, 30), "Europe/Berlin", holidays_of="DE")),
    ("night", Plan(Rhythm.WEEKLY, date(2026, 3, 8), time(2, 30), "America/New_York")),
    ("fortnight", Plan(Rhythm.BIWEEKLY, date(2026, 3, 5), time(14), "Europe/London")),
    ("month", Plan(Rhythm.MONTHLY, date(2026, 3, 10), time(16), "Europe/Berlin")),
)
"""One of them is held at an hour that the clocks leave out or repeat."""
ACCOUNTS = ("Initech", "Globex", "Umbra", "Hooli", "Vandelay", "Soylent")


@dataclass(frozen=True, slots=True)
class Members:
    """The ids of the people, by name, and of the accounts of each."""

    ids: dict[str, str]
    accounts: dict[str, list[int]]


def author(sandbox: Sandbox, name: str, at: datetime) -> Author:
    return Author(sandbox.workspace.team.id, sandbox.person(name).id, Source.COMMAND, at, ZONES[name])


def people_and_channels(sandbox: Sandbox) -> None:
    members = [sandbox.add_user(name, tz=zone) for name, zone in ZONES.items()]
    for name, _ in CADENCES:
        sandbox.add_channel(name, members=members)


def begin(store: Store, sandbox: Sandbox) -> Members:
    """Store the program: accounts owned by two, with a partner in marketing, reviewed in five channels."""
    workspace, at = sandbox.workspace.team.id, BEGINS_AT
    ids = {name: sandbox.person(name).id for name in ZONES}
    accounts: dict[str, list[int]] = {"ann": [], "bob": []}

    def store_all(session: Session) -> None:
        session.add(Workspace(id=workspace, name="Sample", url="https://sample.example/", installed_at=at))
        users = [SlackUser(ids[name], workspace, name, time_zone=zone) for name, zone in ZONES.items()]
        stored_people.save_users(session, workspace, users, at)
        people.first_admins(session, workspace, [ids["ann"]], now=at)
        ann = author(sandbox, "ann", at)
        for name, (function, right) in ROLES.items():
            people.give(session, ann, ids[name], function=function, right=right)
        for number, name in enumerate(ACCOUNTS):
            owner = "ann" if number % 2 else "bob"
            wanted = Profile(name=name, owner=ids[owner], marketing_partner=ids["cleo"])
            nominated = account_list.nominate(session, ann, wanted, because="Fits the segment")
            account_id = nominated.event.account_id
            account_list.put_on_list(session, ann, account_id, tier=1 + number % 2, because="Renews in spring")
            accounts[owner].append(account_id)
        for name, plan in CADENCES:
            wish = CadenceWish(plan, minutes=45, facilitator=ids["ann"])
            schedule(session, ann, sandbox.channel_state(name).id, wish)

    store.write_now(store_all)
    return Members(ids, accounts)
