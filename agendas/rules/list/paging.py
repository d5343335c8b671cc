"""The list in pages: named accounts by tier, then paused ones, then candidates; each account on exactly one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from agendas.facts.account import ListStatus
from agendas.facts.list_filter import EVERYTHING, AccountFilter
from agendas.rules.list.filters import ON_VIEW, statuses_of

Group = tuple[ListStatus, int | None]
"""Accounts of one status and tier."""

ORDER = (*ON_VIEW, ListStatus.REMOVED, ListStatus.REJECTED)
"""List statuses in the order of the list's pages."""


@dataclass(frozen=True, slots=True)
class Span:
    """Accounts of a group that a page shows: so many, after the first `skipped` of them."""

    group: Group
    skipped: int
    count: int


def on_view(counts: Mapping[Group, int], wanted: AccountFilter = EVERYTHING) -> dict[Group, int]:
    """Return the number of accounts in each group that the list shows, in its order; of wanted tiers and statuses."""
    statuses = statuses_of(wanted)
    shown = [group for group in counts if group[0] in statuses and (not wanted.tiers or group[1] in wanted.tiers)]
    return {group: counts[group] for group in sorted(shown, key=_place) if counts[group]}


def spans(counts: Mapping[Group, int], start: int, size: int) -> tuple[Span, ...]:
    """Return the part of each group on the page of `size` accounts after the first `start`, in the list's order."""
    found, before = [], 0
    for group, count in counts.items():
        skipped = max(start - before, 0)
        shown = min(start + size - before, count) - skipped
        if shown > 0:
            found.append(Span(group, skipped, shown))
        before += count
    return tuple(found)


def _place(group: Group) -> tuple[int, bool, int]:
    status, tier = group
    return (ORDER.index(status), tier is None, tier or 0)
