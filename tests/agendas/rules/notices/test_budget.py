from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agendas.rules.notices import DIGESTS_RESERVED, Rank, Spent, has_room, week_after, week_of
from tests.cases import cases


@cases(
    ("spent", "room"),
    [
        (Spent(0, 0), {Rank.FIRST, Rank.USUAL, Rank.DIGEST}),
        (Spent(9, 0), {Rank.FIRST, Rank.USUAL, Rank.DIGEST}),
        (Spent(10, 0), {Rank.FIRST, Rank.DIGEST}),
        (Spent(14, 0), {Rank.FIRST, Rank.DIGEST}),
        (Spent(15, 0), {Rank.DIGEST}),
        (Spent(15, 4), {Rank.DIGEST}),
        (Spent(15, 5), set()),
        (Spent(13, 7), set()),
    ],
)
def test_of_twenty_five_are_kept_for_digests_and_five_for_asks_and_blockers(spent: Spent, room: set[Rank]) -> None:
    assert {rank for rank in Rank if has_room(20, spent, rank)} == room


@given(st.integers(10, 200), st.lists(st.sampled_from(Rank), max_size=400))
def test_the_cap_holds_and_five_digests_always_have_room(cap: int, wanted: list[Rank]) -> None:
    spent = Spent()
    for rank in wanted:
        if has_room(cap, spent, rank):
            spent = spent.plus(rank)
        assert spent.total <= cap
        assert spent.digests >= DIGESTS_RESERVED or has_room(cap, spent, Rank.DIGEST)


@cases(
    ("zone", "at", "begins", "after"),
    [
        ("UTC", "2026-11-25T12:00+00:00", "2026-11-23T00:00+00:00", "2026-11-30T00:00+00:00"),
        ("Asia/Tokyo", "2026-11-29T16:00+00:00", "2026-11-30T00:00+09:00", "2026-12-07T00:00+09:00"),
        # the clocks go forward on 29 March 2026 and back on 25 October
        ("Europe/Berlin", "2026-03-25T12:00+01:00", "2026-03-23T00:00+01:00", "2026-03-30T00:00+02:00"),
        ("Europe/Berlin", "2026-10-25T12:00+01:00", "2026-10-19T00:00+02:00", "2026-10-26T00:00+01:00"),
    ],
)
def test_a_week_begins_on_monday_in_the_zone_whatever_the_clocks_do(
    zone: str, at: str, begins: str, after: str
) -> None:
    begins_at = week_of(datetime.fromisoformat(at), zone)
    assert begins_at == datetime.fromisoformat(begins)
    assert week_after(begins_at, zone) == datetime.fromisoformat(after)
    assert week_of(begins_at, zone) == begins_at
    assert week_of(begins_at - timedelta(seconds=1), zone) < begins_at
    assert begins_at.tzinfo == UTC
