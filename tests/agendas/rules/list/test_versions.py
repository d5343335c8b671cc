from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import ListStatus
from agendas.rules.account_list import Change, ListEntry, changes_between, counting, version_at
from agendas.rules.commands import read_versions
from tests.agendas.rules.history.histories import day
from tests.cases import cases

TODAY = date(2026, 11, 24)
NAMED = ListStatus.NAMED


def entry(
    number: int, on_day: float, status: str = "candidate", tier: int | None = None, account: int = 7
) -> ListEntry:
    return ListEntry(number, account, day(on_day), "U1", ListStatus(status), tier, f"Reason {number}")


def correction(number: int, of: int, on_day: float) -> ListEntry:
    return ListEntry(number, 7, day(on_day), "U1", corrects=of)


HISTORY = (
    entry(1, 0),
    entry(2, 1, account=8),
    entry(3, 2, "named", 1),
    entry(4, 3, "named", 2, account=8),
    entry(5, 10, "named", 2),
    entry(6, 11, "paused", 2),
    entry(7, 12, "removed", account=8),
    entry(8, 13, "candidate", account=8),
    entry(9, 14, "rejected", account=8),
    entry(10, 15, "named", 2),
)


def told(after: float, until: float, history: tuple[ListEntry, ...] = HISTORY) -> list[tuple[str, int]]:
    found = changes_between(counting(history), day(after), day(until))
    return [(change.what.value, change.after.id) for change in found]


def test_the_list_at_an_instant_is_what_had_happened_by_then() -> None:
    version = version_at(counting(HISTORY), day(10))
    assert version.at(NAMED, 1) == (7,)
    assert version.at(NAMED, 2) == (8,)
    assert version_at(counting(HISTORY), day(0)).counts() == {}
    assert version_at(counting(HISTORY), day(99)).counts() == {(NAMED, 2): 1, (ListStatus.REJECTED, None): 1}


def test_changes_are_told_by_kind_and_the_newest_first() -> None:
    assert told(0, 99) == [
        ("added", 10), ("added", 4), ("added", 3), ("tier", 5), ("paused", 6), ("removed", 7), ("rejected", 9),
        ("restored", 8),
    ]  # fmt: skip
    assert told(10, 12) == [("tier", 5), ("paused", 6)]
    (change,) = changes_between(counting(HISTORY), day(10), day(11))
    assert (change.what, change.before.tier, change.after.tier) == (Change.TIER, 1, 2)


def test_what_was_taken_back_counts_at_no_instant_and_a_correction_taken_back_counts_again() -> None:
    taken_back = (*HISTORY, correction(11, 5, 16))
    assert version_at(counting(taken_back), day(10.5)).at(NAMED, 1) == (7,)
    assert ("tier", 5) not in told(0, 99, taken_back)
    again = (*taken_back, correction(12, 11, 17))
    assert told(0, 99, again) == told(0, 99)


def test_corrections_of_other_entries_do_not_matter() -> None:
    assert told(0, 99, (*HISTORY, correction(12, 11, 17))) == told(0, 99)


def test_what_was_recorded_late_counts_when_it_happened() -> None:
    late = replace(entry(11, 5, "named", 3, account=9), because="Told late")
    history = (*HISTORY, late, entry(12, 4, account=9))
    assert version_at(counting(history), day(6)).at(NAMED, 3) == (9,)


@cases(
    ("typed", "dates"),
    [
        ("", ()),
        ("2026-11-02", (date(2026, 11, 2),)),
        ("today", (TODAY,)),
        ("2 days ago to yesterday", (date(2026, 11, 22), date(2026, 11, 23))),
        ("1 sep", (date(2026, 9, 1),)),
        ("sep 1 to 2 nov", (date(2026, 9, 1), date(2026, 11, 2))),
        ("4 dec", (date(2025, 12, 4),)),
        ("4.12.", (date(2025, 12, 4),)),
        ("4/12/2026", (date(2026, 4, 12),)),
        ("29 feb", (date(2024, 2, 29),)),
        ("2026-10-01 TO yesterday", (date(2026, 10, 1), date(2026, 11, 23))),
    ],
)
def test_dates_of_versions_lie_in_the_past(typed: str, dates: tuple[date, ...]) -> None:
    assert read_versions(typed, TODAY) == dates


@cases(
    ("typed", "said"),
    [
        ("tomorrow", "25 Nov is in the future; give today, 24 Nov, or an earlier date."),
        ("4 dec 2026", "4 Dec is in the future"),
        ("to 2026-11-02", "Give one date, or two with to between them"),
        ("2026-11-02 to", "is not a date"),
        ("2026-10-01 to 2026-10-02 to 2026-10-03", "Give one date, or two"),
        ("2026-11-02 to 2026-10-01", "2 Nov is not before 1 Oct; give the earlier date first"),
        ("2026-11-02 to 2026-11-02", "2 Nov is not before 2 Nov"),
        ("12/4", "can be read in two ways"),
        ("soon", "is not a date"),
    ],
)
def test_what_is_no_date_of_a_version_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_versions(typed, TODAY)
    assert said in str(refused.value)
