"""Versions of the list: what it was at any instant, and what changed between two, from the entries that make it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import ListStatus
from agendas.rules.history.corrections import taken_back

Place = tuple[ListStatus, int | None]
"""List status and tier of an account."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of the history that concerns the list: an account nominated or its place changed, or a correction.

    `corrects` is the entry that a correction takes back, which may be none of these.
    """

    id: int
    account_id: int
    happened_at: datetime
    actor: str
    status: ListStatus = ListStatus.CANDIDATE
    tier: int | None = None
    because: str = ""
    corrects: int | None = None


class Change(StrEnum):
    """Kind of change of an account's place, in the order of telling."""

    ADDED = "added"
    TIER = "tier"
    PAUSED = "paused"
    REMOVED = "removed"
    REJECTED = "rejected"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class ListChange:
    """One change of an account's place on the list: from where, and the entry that says to where, by whom and why."""

    what: Change
    before: ListEntry
    after: ListEntry


@dataclass(frozen=True, slots=True)
class Version:
    """The list at one instant: the entry that holds for each account, by account id."""

    places: Mapping[int, ListEntry] = field(default_factory=dict)

    def at(self, status: ListStatus, tier: int | None) -> tuple[int, ...]:
        """The accounts with this list status; of those named, only the ones in this tier."""
        return tuple(number for number, place in self.places.items() if _key(place) == (status, tier))

    def counts(self) -> Counter[Place]:
        """Return the number of accounts by list status, and by tier of those named."""
        return Counter(map(_key, self.places.values()))


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """The list at the end of a local date, and what the accounts are called now."""

    on: date
    version: Version
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """Changes of the list from the end of one local date in `zone` to the end of another."""

    first: date
    second: date
    before: Version
    after: Version
    changes: tuple[ListChange, ...]
    names: Mapping[int, str]
    zone: str


def counting(entries: Iterable[ListEntry]) -> tuple[ListEntry, ...]:
    """The entries that nobody took back, corrections left out, in the order in which they happened."""
    given = tuple(entries)
    gone = taken_back((entry.id, entry.corrects) for entry in given if entry.corrects is not None)
    standing = (entry for entry in given if entry.corrects is None and entry.id not in gone)
    return tuple(sorted(standing, key=lambda entry: (entry.happened_at, entry.id)))


def version_at(entries: Sequence[ListEntry], until: datetime) -> Version:
    """The list before this instant; `entries` as `counting` gives them."""
    places: dict[int, ListEntry] = {}
    for entry in entries:
        if entry.happened_at >= until:
            break
        places[entry.account_id] = entry
    return Version(places)


def changes_between(entries: Sequence[ListEntry], after: datetime, until: datetime) -> tuple[ListChange, ...]:
    """Return the changes from `after` on and before `until`, by kind of change and the newest first."""
    places = dict(version_at(entries, after).places)
    found: list[ListChange] = []
    for entry in entries:
        if not after <= entry.happened_at < until:
            continue
        before = places.get(entry.account_id)
        places[entry.account_id] = entry
        what = change_of((before.status, before.tier), (entry.status, entry.tier)) if before is not None else None
        if before is not None and what is not None:
            found.append(ListChange(what, before, entry))
    order = list(Change)
    found.sort(key=lambda change: (order.index(change.what), -change.after.happened_at.timestamp(), change.after.id))
    return tuple(found)


def change_of(before: Place, after: Place) -> Change | None:
    """Return the kind of change from one place to another; None where nothing changed."""
    (old_status, old_tier), (status, tier) = before, after
    if status is ListStatus.NAMED:
        if old_status is not ListStatus.NAMED:
            return Change.ADDED
        return Change.TIER if old_tier != tier else None
    if status is old_status:
        return None
    return Change.RESTORED if status is ListStatus.CANDIDATE else Change(status.value)


def _key(place: ListEntry) -> Place:
    return place.status, place.tier if place.status is ListStatus.NAMED else None
