"""An invented program in an empty database, made through the verbs that a bot uses, and what is true of it.

The named accounts are in three tiers in turn. All are qualified, have a buying group, a month of updates, a blocker,
an action, and a review that was held a week ago. Of every fifth the buyer has not been heard for 20 days. That is
more than the 14 days of tier 1 and less than the limits of the other tiers, so those of tier 1 are stalled and no
others. Candidates were nominated and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session, col, select

from agendas.facts.account import Source
from agendas.facts.events import (
    ActionAdded,
    BlockerOpened,
    Change,
    ListChanged,
    Moved,
    Nominated,
    NothingMoved,
    Profile,
)
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.group import BuyingRole, ContactAdded, ContactProfile, Support
from agendas.facts.people import Author, Function, Right
from agendas.verbs import people
from agendas.verbs.closing import close_by_person
from agendas.verbs.record import NewEntry, create_many, record_many
from agendas.verbs.reviews import open_now
from sandbox.server import Sandbox
from storage import outbox
from storage import people as stored_people
from storage.database import Store
from storage.migrate import upgrade
from storage.models.accounts import Account
from storage.models.workspaces import Workspace
from storage.people import SlackUser

CHANNEL = "abm-weekly"
ADMIN = "person0"
PEOPLE = tuple(f"person{number}" for number in range(20))
DAYS, QUIET_DAYS, REVIEWED_DAYS_AGO = 30, 20, 7
NAME = re.compile(r"Firm \d{5}")


@dataclass(frozen=True, slots=True)
class Firm:
    number: int

    @property
    def name(self) -> str:
        return f"Firm {self.number:05}"

    @property
    def domain(self) -> str:
        return f"firm{self.number}.example"

    @property
    def tier(self) -> int:
        return self.number % 3 + 1

    @property
    def owner(self) -> str:
        return PEOPLE[self.number % len(PEOPLE)]

    @property
    def is_quiet(self) -> bool:
        return self.number % 5 == 0

    @property
    def is_stalled(self) -> bool:
        return self.is_quiet and self.tier == 1

    @property
    def is_steady(self) -> bool:
        """Nothing happened to it since its last review, and nothing is wrong: it gets no agenda."""
        return self.is_quiet and not self.is_stalled

    @property
    def blocker(self) -> str:
        return f"Legal has data agreement {self.number}"

    @property
    def action(self) -> str:
        return f"Call their CFO about pilot {self.number}"


def firms(named: int) -> list[Firm]:
    return [Firm(number) for number in range(named)]


def names_in(words: str) -> set[str]:
    return set(NAME.findall(words))


def add_people(sandbox: Sandbox) -> None:
    """Put the people and their channel into an empty workspace."""
    sandbox.add_channel(CHANNEL, members=[sandbox.add_user(name) for name in PEOPLE])


def fill(url: str, sandbox: Sandbox, *, named: int, candidates: int = 0) -> None:
    """Put a program of so many accounts into an empty database."""
    store = Store(url)
    began_at = datetime.combine(datetime.now(UTC).date(), time(9), UTC) - timedelta(days=DAYS)
    user_ids = {name: sandbox.person(name).id for name in PEOPLE}
    team, channel_id = sandbox.workspace.team.id, sandbox.channel_state(CHANNEL).id

    def author(at: datetime) -> Author:
        return Author(team, user_ids[ADMIN], Source.COMMAND, at)

    def add_everybody(session: Session) -> None:
        session.add(Workspace(id=team, name="Bench", installed_at=began_at))
        session.flush()
        stored_people.save_users(
            session, team, [SlackUser(user_id, team, name) for name, user_id in user_ids.items()], began_at
        )
        people.first_admins(session, team, [user_ids[ADMIN]], now=began_at)
        for name in PEOPLE[1:]:
            people.give(session, author(began_at), user_ids[name], function=Function.SALES, right=Right.EDITOR)

    def nominate(session: Session) -> list[int]:
        profiles = [
            Profile(name=firm.name, domain=firm.domain, segment="Enterprise", owner=user_ids[firm.owner])
            for firm in firms(named + candidates)
        ]
        create_many(session, author(began_at), [(Nominated(each, "Fits the segment"), ()) for each in profiles])
        return [row_id for row_id in session.exec(select(Account.id).order_by(col(Account.id))) if row_id][:named]

    def hold_review(session: Session, at: datetime) -> None:
        review = open_now(
            session, author(at), channel_id, asked_by="bench", today=at.date(), account_ids=tuple(named_ids)
        )
        held_at = at + timedelta(minutes=30)
        # without a word recorded in it, a review was not held
        record_many(session, author(held_at), {named_ids[0]: [_entry(NothingMoved("They wait for legal"), held_at)]})
        if not close_by_person(session, author(held_at), review.row_id).was_held:
            raise RuntimeError("the review of the program was not held")
        # nobody waits for the messages of a week ago
        outbox.discard(session, outbox.of_review(session, review.row_id))

    try:
        upgrade(store)
        store.write_now(add_everybody)
        named_ids = store.write_now(nominate)
        for day in range(DAYS):
            at = began_at + timedelta(days=day)
            entries = {
                row_id: [_entry(change, at) for change in _changes(firm, day, at, user_ids[firm.owner])]
                for row_id, firm in zip(named_ids, firms(named), strict=True)
            }
            store.write_now(record_many, author(at), {row_id: given for row_id, given in entries.items() if given})
            if day == DAYS - REVIEWED_DAYS_AGO:
                store.write_now(hold_review, at + timedelta(hours=1))
    finally:
        store.close()


def _changes(firm: Firm, day: int, at: datetime, owner_id: str) -> Iterator[Change]:
    """What is recorded of an account on this day of the month."""
    match day:
        case 0:
            yield ListChanged("named", firm.tier, "Renews in spring, 400 seats")
            yield FitScored(Function.SALES, tuple(CriterionScore(each, 3, "400 seats") for each in Criterion))
            for place, role in enumerate(tuple(BuyingRole)[:3]):
                mail = f"sample{place}@{firm.domain}"
                contact = ContactProfile(f"Sample Person {place}", "CFO", mail, (role,), (), Support.SUPPORTER)
                yield ContactAdded(contact)
        case 5:
            yield Moved("They asked for a second meeting", "engaged")
        case 10 if firm.is_quiet:
            yield Moved("Their CFO set the budget", "mqa")
        case 25 if not firm.is_quiet:
            yield Moved("Their CFO set the budget", "mqa")
        case 26:
            yield BlockerOpened(firm.blocker, owner_id, "finance")
        case 27:
            yield ActionAdded(firm.action, owner_id, (at + timedelta(days=14)).date(), "A date")
        case 12 | 21:
            yield NothingMoved("Waiting for their budget round")
        case _ if day % 3 == 0 and (day <= DAYS - QUIET_DAYS or not firm.is_quiet):
            yield Moved(f"Their CFO joined call {day} and asked for references in their own industry")


def _entry(change: Change, at: datetime) -> NewEntry:
    if not isinstance(change, Moved):
        return NewEntry(change)
    url, step = f"https://notes.example/{at:%d}", change.to_stage or ""
    shown = Evidence(change.text, at, url, actor=EvidenceActor.BUYER, act=BuyerAct.CALL, step=step)
    return NewEntry(change, evidence=(shown,))
