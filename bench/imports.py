"""An import of 10,000 accounts by an admin in Slack, and what others wait for meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator

from bench.figures import Figure, check_shown
from bench.program import ADMIN, CHANNEL, PEOPLE, firms
from bench.running import acknowledged_ms, bot, floor, workspace
from sandbox.server import Sandbox
from sandbox.testing import Person

ROWS, FEW, NAMED = 10_000, 300, 9
BUDGET = 2.5
"""Empty acknowledgements that a row may cost, from the file to the preview and from there to the receipt."""
ACKNOWLEDGED = 500
STEP_SECONDS = 120.0
BETWEEN_MOVES_SECONDS = 0.2


async def figures(*, is_small: bool) -> AsyncIterator[Figure]:
    """Yield the processor time of a row; its note has the longest answer to a `/move` meanwhile."""
    rows = FEW if is_small else ROWS
    async with workspace(named=NAMED) as (sandbox, url), floor(sandbox) as least, bot(sandbox, url) as ours:
        floor_ms = await acknowledged_ms(least, sandbox, count=ACKNOWLEDGED)
        ours.hears()
        await _move(sandbox, 0)  # what is loaded once counts for the start
        before, began_at = ours.processor_ms(), time.perf_counter()
        importing = asyncio.create_task(_import(sandbox, sandbox.person(ADMIN), rows))
        longest, moves = 0.0, 1
        while not importing.done():
            longest, moves = max(longest, await _move(sandbox, moves)), moves + 1
            await asyncio.sleep(BETWEEN_MOVES_SECONDS)
        await importing
        took, spent = time.perf_counter() - began_at, ours.processor_ms() - before
        note = f"{rows:,} rows in {took:.0f} s, {moves - 1} /move meanwhile, longest {longest * 1_000:.0f} ms"
        yield Figure("a row imported", spent / rows, floor_ms, "ms of CPU", BUDGET, note)


async def _import(sandbox: Sandbox, admin: Person, rows: int) -> None:
    """Give a file of new accounts and apply it. Raises WrongAnswer unless they are on the list of candidates."""
    worth = [f"USD {100 + n % 900}" for n in range(rows)]
    lines = "".join(f"New Name {n},n{n}.example,Segment {n % 9},{each},aware\n" for n, each in enumerate(worth))
    await admin.types("/abm import", in_=CHANNEL)
    await sandbox.changed.until(lambda: admin.has_form, seconds=STEP_SECONDS)
    await admin.attaches("bench.csv", f"name,domain,segment,value,stage\n{lines}".encode(), to="File")
    await admin.submits()
    await admin.closes()
    direct = sandbox.workspace.bot.name
    preview = await admin.sees(f"{rows:,} to create, 0 to update", in_=direct, seconds=STEP_SECONDS)
    await admin.clicks("Apply", on=preview)
    await admin.sees(f"Imported as run 1: {rows:,} created, 0 updated", in_=direct, seconds=STEP_SECONDS)
    check_shown(await admin.types("/abm list candidates", in_=CHANNEL), f"candidates · {rows:,} accounts")
    last = await admin.types(f"/account n{rows - 1}.example", in_=CHANNEL)
    check_shown(last, f"*New Name {rows - 1}* candidate", worth[-1], "Aware")


async def _move(sandbox: Sandbox, number: int) -> float:
    """Record movement; return the seconds until the answer."""
    firm, person = firms(NAMED)[number % NAMED], sandbox.person(PEOPLE[1 + number % NAMED])
    began_at = time.perf_counter()
    answer = await person.types(f"/move {firm.domain} Their CFO sent version {number}", in_=CHANNEL)
    check_shown(answer, f"*Recorded* for {firm.name}")
    return time.perf_counter() - began_at
