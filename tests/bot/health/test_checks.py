"""Health checks of schedule, delivery, database and event loop: each trouble is a sentence."""

import asyncio
import shutil
import threading
from pathlib import Path
from time import monotonic

from sqlmodel import Session

from bot.health import DatabaseProbe, Heartbeat, Loops, follow_loop
from sandbox.workspace import PATIENCE_SECONDS
from storage.database import READERS, Store


class Old(Heartbeat):
    """A heartbeat of two minutes ago."""

    @property
    def age_seconds(self) -> float:
        return 120.0


def test_a_loop_that_stands_still_is_a_trouble() -> None:
    assert list(Loops(Heartbeat(), Heartbeat(), 5.0).troubles()) == []
    schedule, delivery = Loops(Old(), Old(), 5.0).troubles()
    assert "The schedule has not moved on for 120 seconds" in schedule
    assert "Letters have not been looked for in 120 seconds" in delivery
    assert list(Loops(Old(), Heartbeat(), 3_600).troubles()) == []


async def test_the_database_is_well_when_it_has_the_schema_of_this_version(store: Store) -> None:
    assert await DatabaseProbe(store).trouble() == ""


async def test_a_database_without_the_schema_is_a_trouble(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    assert "has no schema and needs 0" in await DatabaseProbe(store).trouble()
    store.close()


async def test_a_database_that_cannot_be_opened_is_a_trouble() -> None:
    store = Store("sqlite:////nowhere/at/all.db")
    assert "The database cannot be opened" in await DatabaseProbe(store).trouble()
    store.close()


async def test_a_database_that_hangs_does_not_hold_the_answer(tmp_path: Path, migrated_sqlite: Path) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    store, may_go_on = Store(f"sqlite:///{tmp_path / 'cadence.db'}"), threading.Event()
    all_hang = threading.Barrier(READERS + 1)

    def hang(_session: Session) -> bool:
        all_hang.wait(10)
        return may_go_on.wait(10)

    hanging = [asyncio.create_task(store.read(hang)) for _ in range(READERS)]
    await asyncio.to_thread(all_hang.wait, 10)
    probe = DatabaseProbe(store)
    assert "did not answer within 0.05 seconds" in await probe.trouble(seconds=0.05)
    may_go_on.set()
    await asyncio.gather(*hanging)
    assert await probe.trouble() == ""
    store.close()


async def test_how_late_the_loop_wakes_is_told_again_and_again() -> None:
    told: list[float] = []
    enough = asyncio.Event()

    def after_wake(late_seconds: float) -> None:
        told.append(late_seconds)
        if len(told) == 1:
            held_up_until = monotonic() + 0.05
            while monotonic() < held_up_until:
                pass
        if len(told) == 3:
            enough.set()

    end = follow_loop(after_wake, every_seconds=0.01)
    await asyncio.wait_for(enough.wait(), PATIENCE_SECONDS)
    end()
    assert max(told) >= 0.03
    assert min(told) >= 0
