"""Messages about list changes that are not possible."""

from datetime import UTC, datetime

from agendas.facts.account import ListStatus
from agendas.rules.account_list import what_is_against
from tests.builders import ZONE, account
from tests.cases import cases

EVENING = datetime(2026, 11, 25, 2, tzinfo=UTC)
"""Still the day before in New York."""

RESTORE = "Make it a candidate again with /account restore Acme Corp because TEXT."


@cases(
    ("was", "wanted", "begins", "ends"),
    [
        ("candidate", "paused", "has been a candidate since 24 Nov, so it cannot be paused. Put it on", "TEXT."),
        ("named", "rejected", "has been named in tier 1 since 24 Nov, so it cannot be rejected. Take it", "TEXT."),
        ("named", "candidate", "has been named in tier 1 since 24 Nov, so it cannot be restored.", "TEXT."),
        ("paused", "paused", "has been paused since 24 Nov, so it cannot be paused. Take it up again", "TEXT."),
        ("removed", "named", "was removed on 24 Nov, so it cannot be named.", RESTORE),
        ("rejected", "removed", "was rejected on 24 Nov, so it cannot be removed.", RESTORE),
    ],
)
def test_a_change_that_is_not_possible_is_told_with_the_day_and_what_can_be_done(
    was: str, wanted: str, begins: str, ends: str
) -> None:
    state = account(list_status=ListStatus(was), list_changed_at=EVENING)
    said = what_is_against(state, ListStatus(wanted), "They asked", ZONE)
    assert said.startswith(f"Acme Corp {begins}")
    assert said.endswith(ends)


def test_a_candidate_from_the_start_has_no_day_and_a_reason_is_always_wanted() -> None:
    candidate = account(list_status=ListStatus.CANDIDATE, tier=None, list_changed_at=None)
    assert what_is_against(candidate, ListStatus.PAUSED, "x", ZONE).startswith("Acme Corp is a candidate, so it cannot")
    assert what_is_against(candidate, ListStatus.NAMED, "x", ZONE) == ""
    assert what_is_against(candidate, ListStatus.NAMED, " ", ZONE).startswith("Say why")
