"""What happened to an account of the benchmarks' program: an entry a day, the same for every account."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from agendas.facts.account import AccountState
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Evidence,
    ListChanged,
    Moved,
    Nominated,
    NothingMoved,
    Profile,
)
from bench.slack import PEOPLE

STAGES = ("target", "aware", "engaged", "mqa")
NAMES = ("Acme", "Globex", "Initech", "Umbrella", "Hooli", "Vandelay", "Stark", "Wayne")
"""Acme is the first account alone; the others carry their number."""


def name_of(number: int) -> str:
    """The name of the account with this number, from 0."""
    return "Acme" if number == 0 else f"{NAMES[number % 7 + 1]} {number:04}"


def history(entries: int, accounts: int, now: datetime) -> Iterator[Change]:
    """What happened to an account, an entry a day."""
    yield Nominated(profile(0), "Fits the segment")
    yield ListChanged("named", 1, "Renews in spring, 400 seats, one-to-one")
    for entry in range(2, entries):
        yield _entry(entry, entries, accounts, now)


def _entry(entry: int, entries: int, accounts: int, now: datetime) -> Change:
    days_left = entries - entry
    match entry % 10:
        case 2 if entry % 100 == 2 and entry // 100 % 4:
            return Moved("They asked for a second meeting", STAGES[entry // 100 % 4])
        case 3:
            return BlockerOpened(f"Legal has the data agreement, version {entry}", PEOPLE[entry % 8], "finance")
        case 4:
            due_on = (now - timedelta(days=days_left - 9)).date()
            return ActionAdded(f"Call their CFO about the pilot, step {entry}", PEOPLE[entry % 8], due_on, "A date")
        case 6 if days_left > 25:
            return BlockerChanged((entry - 3) * accounts + 1, "resolved", "Signed")
        case 8 if days_left > 15:
            return ActionChanged((entry - 4) * accounts + 1, "done", None, "They agreed")
        case 9:
            return NothingMoved("Waiting for their budget round")
        case _:
            return Moved(f"Their CFO joined call {entry} and asked for references in their own industry")


def has_evidence(change: Change, entry: int) -> bool:
    """Whether this entry has something that shows it."""
    return isinstance(change, Moved) and entry % 2 == 0


def seen(entry: int, at: datetime) -> Evidence:
    """What shows an entry."""
    return Evidence(f"Notes of call {entry}", at, f"https://notes.example/calls/{entry}", "meeting")


def profile(number: int) -> Profile:
    """Who and what the account with this number is."""
    return Profile(
        name=name_of(number),
        domain=f"account-{number}.example",
        segment="Enterprise",
        owner=PEOPLE[number % len(PEOPLE)],
        marketing_partner=PEOPLE[(number + 1) % len(PEOPLE)],
        value_cents=12_000_000,
        currency="USD",
    )


def of_account(state: AccountState, number: int) -> AccountState:
    """The first account's state as another account's: its own name, and its own entries."""
    return replace(
        state,
        account_id=number + 1,
        profile=profile(number),
        blockers=tuple(replace(each, id=each.id + number) for each in state.blockers),
        actions=tuple(replace(each, id=each.id + number) for each in state.actions),
    )


def shifted(change: dict[str, Any], number: int) -> dict[str, Any]:
    """The first account's change as another account's."""
    if change["kind"] == "nominated":
        return change | {"profile": change["profile"] | {"name": name_of(number)}}
    return {name: value + number if name in ("blocker_id", "action_id") else value for name, value in change.items()}
