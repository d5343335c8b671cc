"""The list in pages: named accounts by tier, then paused ones, then candidates; each account on exactly one page."""

from collections.abc import Mapping
from dataclasses import dataclass

from agendas.facts.account import ListStatus

Group = tuple[ListStatus, int | None]
"""Accounts of one status and tier."""

ON_VIEW = (ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE)
"""List statuses on the list's pages, in their order; removed and rejected accounts are not shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """Accounts of a group that a page shows: so many, after the first `skipped` of them."""

    group: Group
    skipped: int
    count: int


def on_view(counts: Mapping[Group, int], tier: int | None = None) -> dict[Group, int]:
    """Return the number of accounts in each group that the list shows, in its order; of one tier if given."""
    shown = [group for group in counts if group[0] in ON_VIEW and (tier is None or group[1] == tier)]
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
    return (ON_VIEW.index(status), tier is None, tier or 0)
