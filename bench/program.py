"""A program of invented accounts, made in an empty database through the verbs that a bot uses.

Every named account has the same month behind it: people, scores of fit, a dozen updates, a blocker, an action, and a
review that was held a week ago. One of ten is in trouble. Candidates were nominated and nothing else.
"""

from collections.abc import Iterator, Sequence
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
from agendas.facts.evidence import Evidence
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.group import BuyingRole, ContactAdded, ContactProfile, Support
from agendas.facts.people import Author, Function, Right
from agendas.verbs.people import rights
from agendas.verbs.record.record_many import Entry, create_many, record_many
from agendas.verbs.reviews.close import close_by_person
from agendas.verbs.reviews.start import open_now
from bench.workspace import ADMIN, CHANNEL, PEOPLE, TEAM
from storage import people
from storage.database.engine import Store
from storage.database.migrate import upgrade
from storage.delivery import outbox
from storage.people import SlackUser
from storage.tables import Account, Workspace

DAYS = 30
REVIEWED_DAYS_AGO = 7
STAGES = ("aware", "engaged", "mqa")
ROLES = tuple(BuyingRole)[:3]
IN_TROUBLE_EVERY = 10
"""One account of so many has a blocker that needs an executive."""


def fill(url: str, *, named: int, candidates: int = 0, days: int = DAYS) -> None:
    """Put a program of so many accounts into an empty database, with the first day and the last `days` of the month.

    A short history takes less time to make.
    """
    store = Store(url)
    today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    began_at = today - timedelta(days=DAYS)
    try:
        upgrade(store)
        store.write_now(_add_people, began_at)
        nominated = [(Nominated(_profile(number), "Fits the segment"), ()) for number in range(named + candidates)]
        store.write_now(create_many, _author(began_at), nominated)
        account_ids = store.read_now(accounts)[:named]
        for day in sorted({0, *range(DAYS - days, DAYS)}):
            at = began_at + timedelta(days=day, hours=9)
            entries = [list(_entries(day, at, is_in_trouble=is_in_trouble)) for is_in_trouble in (False, True)]
            if any(entries):
                wanted = {each: entries[place % IN_TROUBLE_EVERY == 0] for place, each in enumerate(account_ids)}
                store.write_now(record_many, _author(at), wanted)
            if day == DAYS - REVIEWED_DAYS_AGO:
                store.write_now(_hold_review, _author(at + timedelta(hours=1)), account_ids)
    finally:
        store.close()


def accounts(session: Session) -> list[int]:
    """Ids of all accounts, the named ones first."""
    found = session.exec(select(Account.id).order_by(col(Account.id)))
    return [account_id for account_id in found if account_id is not None]


def _profile(number: int) -> Profile:
    return Profile(
        name=f"Account {number:05}",
        domain=f"firm{number}.example",
        segment="Enterprise",
        owner=PEOPLE[number % len(PEOPLE)],
        value_cents=12_000_000,
        currency="USD",
    )


def _author(at: datetime) -> Author:
    return Author(TEAM, ADMIN, Source.COMMAND, at)


def _add_people(session: Session, at: datetime) -> None:
    session.add(Workspace(id=TEAM, name="Bench", installed_at=at))
    session.flush()
    users = [SlackUser(user_id, TEAM, f"Person {user_id[-2:]}", time_zone="Europe/Berlin") for user_id in PEOPLE]
    people.save_users(session, TEAM, users, at)
    rights.first_admins(session, TEAM, [ADMIN], now=at)
    for user_id in PEOPLE[1:]:
        rights.give(session, _author(at), user_id, function=Function.SALES, right=Right.EDITOR)


def _hold_review(session: Session, author: Author, account_ids: Sequence[int]) -> None:
    """Open and close a review. Its letters are discarded: what people report now queues none."""
    ids = tuple(account_ids)
    review = open_now(session, author, CHANNEL, asked_by="bench", today=author.at.date(), account_ids=ids)
    close_by_person(session, author, review.row_id)
    outbox.discard(session, outbox.of_review(session, review.row_id))


def _entries(day: int, at: datetime, *, is_in_trouble: bool) -> Iterator[Entry]:
    """Entries of a named account on this day."""
    for change in _changes(day, at, is_in_trouble):
        has_evidence = isinstance(change, Moved) and day % 2 == 0
        url = f"https://notes.example/calls/{day}"
        yield Entry(change, evidence=(Evidence(f"Notes of call {day}", at, url),) if has_evidence else ())


def _changes(day: int, at: datetime, is_in_trouble: bool) -> Iterator[Change]:
    match day:
        case 0:
            yield ListChanged("named", 1, "Renews in spring, 400 seats, one-to-one")
            yield FitScored(Function.SALES, tuple(CriterionScore(each, 3, "400 seats") for each in Criterion))
            for number, role in enumerate(ROLES):
                email = f"person-{number}@account.example"
                yield ContactAdded(
                    ContactProfile(f"Sample Person {number}", "CFO", email, (role,), (), Support.SUPPORTER)
                )
        case 5 | 15 | 25:
            yield Moved("They asked for a second meeting", STAGES[day // 10])
        case 26:
            yield BlockerOpened("Legal has the data agreement", PEOPLE[3], "executive" if is_in_trouble else "finance")
        case 27:
            yield ActionAdded("Call their CFO about the pilot", PEOPLE[4], (at + timedelta(days=14)).date(), "A date")
        case 12 | 21:
            yield NothingMoved("Waiting for their budget round")
        case _ if day % 3 == 0:
            yield Moved(f"Their CFO joined call {day} and asked for references in their own industry")
