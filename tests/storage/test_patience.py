"""For whose reads the event loop stands and waits, and in which of its turns they begin."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest

from storage.patience import PATIENCE_SECONDS, Patience

AT_ONCE: Future[None] = Future()
AT_ONCE.set_result(None)


class Hanging(Future[None]):
    """A read that does not end, which notes for how long it was waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.waited_seconds = 0.0

    def exception(self, timeout: float | None = None) -> BaseException | None:
        self.waited_seconds += timeout or 0.0
        return super().exception(timeout)


@dataclass
class Reads:
    """Reads by one loop: which of them began, in their order, in each of its turns."""

    patience: Patience = field(default_factory=Patience)
    turn: int = 0
    began: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    asked: "list[asyncio.Task[None]]" = field(default_factory=list)

    def ask(self, future: Future[None]) -> "asyncio.Task[None]":
        """Asks for a read, which counts as begun with the number of those before it."""
        self.asked.append(asyncio.ensure_future(self._read(len(self.asked), future)))
        return self.asked[-1]

    async def pass_turn(self) -> None:
        """One turn of the loop, with everything ready in it."""
        self.turn += 1
        await asyncio.sleep(0)

    async def end(self) -> list[int]:
        """Turns until all are done; which began, in their order."""
        while not all(task.done() for task in self.asked):
            await self.pass_turn()
        return [number for numbers in self.began.values() for number in numbers]

    async def _read(self, number: int, future: Future[None]) -> None:
        await self.patience.some()
        self.began[self.turn].append(number)
        self.patience.wait_for(future)


@pytest.mark.parametrize("waiting", [1, 2, 5])
async def test_who_asked_first_reads_first_whoever_comes_as_a_turn_begins(waiting: int) -> None:
    reads = Reads()
    for _ in range(waiting):
        reads.ask(Hanging())
    for _ in range(12):
        await reads.pass_turn()
        reads.ask(Hanging())
    assert await reads.end() == list(range(waiting + 12))


@pytest.mark.parametrize(
    "before", [(), (AT_ONCE,), (AT_ONCE, Hanging(), AT_ONCE)], ids=["alone", "after a short", "after short and long"]
)
async def test_a_read_that_hangs_is_waited_for_once_and_the_next_begins_in_the_next_turn(
    before: Sequence[Future[None]],
) -> None:
    reads, hanging = Reads(), [Hanging() for _ in range(20)]
    for future in (*before, *hanging):
        reads.ask(future)
    await reads.end()
    is_hanging = [[number >= len(before) for number in numbers] for numbers in reads.began.values()]
    assert max(map(sum, is_hanging)) == 1
    assert {each.waited_seconds for each in hanging} == {PATIENCE_SECONDS}


async def test_short_reads_that_waited_share_a_turn_and_one_whose_task_ended_holds_up_nobody() -> None:
    reads = Reads()
    reads.ask(Hanging())
    given_up = [reads.ask(AT_ONCE) for _ in range(6)][2]
    await reads.pass_turn()
    given_up.cancel()
    assert await reads.end() == [0, 1, 2, 4, 5, 6]
    assert max(map(len, reads.began.values())) > 1


async def test_one_whose_task_ends_when_it_was_called_already_holds_up_nobody() -> None:
    reads = Reads()
    tasks = [reads.ask(future) for future in (Hanging(), AT_ONCE, AT_ONCE)]
    while not tasks[0].done():
        await reads.pass_turn()
    for _ in range(2):
        tasks[1].cancel()
        await reads.pass_turn()
    assert 2 in await reads.end()
    await asyncio.wait_for(reads.ask(AT_ONCE), timeout=5)


def test_who_still_waits_as_another_loop_begins_ends_quietly() -> None:
    patience, loop = Patience(), asyncio.new_event_loop()

    async def wait_after_another() -> None:
        await patience.some()
        patience.wait_for(Future())
        await patience.some()

    task = loop.create_task(wait_after_another())
    loop.call_soon(loop.stop)
    loop.run_forever()
    asyncio.run(asyncio.wait_for(patience.some(), timeout=5))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(task)
    loop.close()


def test_another_loop_begins_with_all_its_patience() -> None:
    patience = Patience()

    async def use() -> None:
        await patience.some()
        patience.wait_for(Future())

    for _ in range(2):
        asyncio.run(asyncio.wait_for(use(), timeout=5))
