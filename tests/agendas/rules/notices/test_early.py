"""Many messages due at one instant begin early enough, at a pace that Slack takes."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from agendas.rules.notices import CONVERSATIONS_A_MINUTE, MESSAGES_A_MINUTE, instants_before, minutes_ahead
from tests.cases import cases

AT = datetime(2026, 11, 29, 8, tzinfo=UTC)


@cases(
    ("recipients", "unknown", "minutes"),
    [(0, 0, 0), (8, 8, 0), (186, 44, 0), (200, 0, 2), (8, 0, 0), (60, 60, 2), (5_000, 0, 27), (5_000, 5_000, 113)],
)
def test_sending_begins_as_much_earlier_as_the_pace_of_a_workspace_needs(
    recipients: int, unknown: int, minutes: int
) -> None:
    assert minutes_ahead(recipients, unknown) == timedelta(minutes=minutes)


@cases("every", [1, 2, 50, 5_001])
def test_messages_are_spread_so_that_no_minute_has_more_than_slack_takes_and_the_last_leaves_in_time(
    every: int,
) -> None:
    are_known = [bool(number % every) for number in range(5_000)]
    instants = instants_before(AT, are_known)
    first_at = AT - minutes_ahead(5_000, are_known.count(False))
    minutes = Counter(int((at - first_at).total_seconds() // 60) for at in instants)
    opened = Counter(
        int((at - first_at).total_seconds() // 60)
        for at, is_known in zip(instants, are_known, strict=True)
        if not is_known
    )
    assert min(instants) == first_at
    assert max(instants) < AT
    assert max(minutes.values()) < MESSAGES_A_MINUTE
    assert max(opened.values(), default=0) < CONVERSATIONS_A_MINUTE


def test_a_few_messages_are_all_due_at_their_instant() -> None:
    assert instants_before(AT, [True, False, True]) == [AT, AT, AT]
    assert instants_before(AT, []) == []
