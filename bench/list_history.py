"""What happened to an account of the long list: nominated, ten people, scored, named or not, and what moved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agendas.facts.account import AccountState
from agendas.facts.events import ActionAdded, BlockerOpened, Change, ListChanged, Moved, Nominated, NothingMoved
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.group import BuyingRole, Contact, ContactAdded, ContactProfile, Support
from bench import history
from bench.history import profile
from bench.slack import PEOPLE

PEOPLE_EACH = 10
TITLES = ("CFO", "VP Operations", "Director IT", "Head of Purchasing", "Engineer")
ROLES = tuple(BuyingRole)[:5]


def list_history(tier: int | None, today: datetime) -> Iterator[tuple[int, Change]]:
    """(days ago, what happened) to each account of a tier, oldest first, as many entries whatever the tier."""
    yield 120, Nominated(profile(0), "Fits the segment")
    for number in range(PEOPLE_EACH):
        yield 119 - number, ContactAdded(_contact(number))
    yield 100, _scores("sales", 5 - (tier or 3))
    listed = ListChanged("named", tier, "Renews in spring, 400 seats, one-to-one") if tier else _scores("marketing", 2)
    yield 99, listed
    yield 60, Moved("They asked for a first meeting", "aware")
    yield 40, Moved("They asked for references", "engaged")
    yield 20, BlockerOpened("Legal has the data agreement", PEOPLE[3], "finance")
    yield 10, ActionAdded("Call their CFO about the pilot", PEOPLE[4], (today + timedelta(days=9)).date(), "A date")
    yield 4, Moved("Their CFO joined the call and asked for references in their own industry")
    yield 2, NothingMoved("Waiting for their budget round")


def _contact(number: int) -> ContactProfile:
    return ContactProfile(
        name=f"Sample Person {number}",
        title=TITLES[number % len(TITLES)],
        email=f"person-{number}@account-0.example",
        roles=(ROLES[number],) if number < len(ROLES) - 1 else (),
        suggested_roles=(ROLES[-1],) if number == len(ROLES) else (),
        support=Support.SUPPORTER,
    )


def _scores(function: str, score: int) -> FitScored:
    scored = (CriterionScore(each, max(score, 1), "400 seats, and their contract ends in spring") for each in Criterion)
    return FitScored(function, tuple(scored))


def of_account(state: AccountState, number: int) -> AccountState:
    """The first account's state as another account's, with its own people."""
    contacts = (_of_contact(each, number) for each in state.contacts)
    return replace(history.of_account(state, number), contacts=tuple(contacts))


def _of_contact(contact: Contact, number: int) -> Contact:
    email = contact.profile.email.replace("account-0", f"account-{number}")
    return replace(contact, id=contact.id + number, profile=replace(contact.profile, email=email))


def shifted(change: dict[str, Any], number: int) -> dict[str, Any]:
    """The first account's change as another account's."""
    if change["kind"] == "contact_added":
        email = change["contact"]["email"].replace("account-0", f"account-{number}")
        return change | {"contact": change["contact"] | {"email": email}}
    return history.shifted(change, number)
