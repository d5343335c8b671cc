"""A review: what an agenda costs, and how soon the header is right while people report all the time."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise

from bench.figures import Figure, WrongAnswer, check_shown
from bench.program import ADMIN, CHANNEL, PEOPLE, Firm, firms
from bench.running import acknowledged_ms, bot, floor, workspace
from sandbox.server import Sandbox
from sandbox.testing import MessageView

NAMED, ACKNOWLEDGED = 10, 500
AGENDAS = [firm for firm in firms(NAMED) if not firm.is_steady]
OF_ONE = 3
"""Messages of the review before: its header, its agenda and its recap."""
POSTED_SECONDS = 60.0
AGENDA_BUDGET = 100.0
UPDATES_A_MINUTE = 300
BETWEEN_BLOCKERS = 20
"""Updates after which a blocker is reported, which the header must show."""
RIGHT_SECONDS, GIVE_UP_SECONDS = 5.0, 30.0
EDITS_APART = timedelta(seconds=2.5)
"""The bot edits a message at most once in 3 seconds. Half a second less, as the way here takes longer now and then."""


async def figures(*, is_small: bool) -> AsyncIterator[Figure]:
    """Yield the processor time of an agenda, and the longest wait for the header."""
    async with workspace(named=NAMED) as (sandbox, url), floor(sandbox) as least, bot(sandbox, url) as ours:
        await ours.rests()
        floor_ms = await acknowledged_ms(least, sandbox, count=ACKNOWLEDGED)
        ours.hears()
        await _review_one(sandbox)
        await ours.rests()
        before, began_at = ours.processor_ms(), time.perf_counter()
        await _post_review(sandbox)
        spent = (ours.processor_ms() - before) / len(AGENDAS)
        note = f"a header and {len(AGENDAS)} agendas in {time.perf_counter() - began_at:.1f} s, one a second"
        yield Figure("an agenda posted", spent, floor_ms, "ms of CPU", AGENDA_BUDGET, note)
        waited = await _report_all_the_time(sandbox, blockers=1 if is_small else 5)
        note = "edited at most once in 3 s"
        yield Figure("header right, 300 updates a minute", max(waited), RIGHT_SECONDS, "s", 1.0, note)


async def _review_one(sandbox: Sandbox) -> None:
    """Post and close a review of an account to which nothing happened: what is loaded once counts for the start."""
    admin, room = sandbox.person(ADMIN), sandbox.channel(CHANNEL)
    steady = next(firm for firm in firms(NAMED) if firm.is_steady)
    await admin.types(f"/review now {steady.name}", in_=CHANNEL)
    await sandbox.changed.until(lambda: len(room.messages) == OF_ONE - 1, seconds=POSTED_SECONDS)
    await admin.types("/review close", in_=CHANNEL)
    await sandbox.changed.until(lambda: admin.has_form, seconds=POSTED_SECONDS)
    await admin.submits()
    await sandbox.changed.until(lambda: len(room.messages) == OF_ONE, seconds=POSTED_SECONDS)


async def _post_review(sandbox: Sandbox) -> None:
    """Post a review. Raises WrongAnswer unless all of its accounts come in order, each with what is open there."""
    room = sandbox.channel(CHANNEL)
    await sandbox.person(ADMIN).types("/review now", in_=CHANNEL)
    await sandbox.changed.until(lambda: len(room.messages) > OF_ONE + len(AGENDAS), seconds=POSTED_SECONDS)
    header, *agendas = [message.words for message in room.messages[OF_ONE:]]
    # those stalled come first, the others by tier
    order = sorted(AGENDAS, key=lambda firm: (not firm.is_stalled, firm.tier, firm.number))
    check_shown(header, "1 stalled · 8 advanced · 1 steady", *(f"{place} :" for place in range(1, len(AGENDAS) + 1)))
    if [each.name for each in order] != [next(f.name for f in order if f"*{f.name}*" in words) for words in agendas]:
        raise WrongAnswer(f"agendas of other accounts, or in another order: {agendas}")
    for firm, words in zip(order, agendas, strict=True):
        check_shown(words, f"Tier {firm.tier}", firm.owner, firm.blocker, firm.action)


async def _report_all_the_time(sandbox: Sandbox, *, blockers: int) -> list[float]:
    """Report movement of an account all the time, and now and then a blocker of another; return the header's waits.

    Raises WrongAnswer when something is not shown in the end, or a message is edited more often than Slack takes.
    """
    moving, *others = (firm for firm in AGENDAS if firm.tier < 3)  # tier 3 calls for no intervention
    header, *agendas = sandbox.channel(CHANNEL).messages[OF_ONE:]
    agenda = next(each for each in agendas if f"*{moving.name}*" in each.words)

    async def move(number: int) -> None:
        person = sandbox.person(PEOPLE[number % len(PEOPLE)])
        answer = await person.types(f"/move {moving.domain} Their CFO sent version {number}", in_=CHANNEL)
        check_shown(answer, f"*Recorded* for {moving.name}")

    async def wait_for_header(firm: Firm) -> float:
        answer = await sandbox.person(ADMIN).types(f"/blocker {firm.domain} All is frozen needs executive", in_=CHANNEL)
        check_shown(answer, f"*Recorded* for {firm.name}")
        return await _seconds_until(sandbox, header, f"{firm.name} intervene")

    moves: list[asyncio.Task[None]] = []
    waits: list[asyncio.Task[float]] = []
    for number in range(BETWEEN_BLOCKERS * blockers):
        moves.append(asyncio.create_task(move(number)))
        if number % BETWEEN_BLOCKERS == 0:
            waits.append(asyncio.create_task(wait_for_header(others[len(waits)])))
        await asyncio.sleep(60 / UPDATES_A_MINUTE)
    await asyncio.gather(*moves)
    waited = await asyncio.gather(*waits)
    last = f"/move {moving.domain} to opportunity Their CFO signed the last version https://notes.example/last"
    check_shown(await sandbox.person(ADMIN).types(last, in_=CHANNEL), f"*Recorded* for {moving.name}")
    await _seconds_until(sandbox, agenda, "signed the last version")
    edited_at: defaultdict[str, list[datetime]] = defaultdict(list)
    for call in sandbox.calls():
        if call.retry_after_seconds:
            raise WrongAnswer(f"{call.method} was called above Slack's limit")
        if call.method == "chat.update":
            edited_at[call.arguments["ts"]].append(call.at)
    apart = [later - earlier for edits in edited_at.values() for earlier, later in pairwise(edits)]
    if apart and min(apart) < EDITS_APART:
        raise WrongAnswer(f"a message was edited twice within {min(apart).total_seconds():.1f} s")
    return waited


async def _seconds_until(sandbox: Sandbox, message: MessageView, words: str) -> float:
    began_at = time.perf_counter()
    if not await sandbox.changed.until(lambda: words in message.words, seconds=GIVE_UP_SECONDS):
        raise WrongAnswer(f"{words!r} is not shown after {GIVE_UP_SECONDS:g} s: {message.words}")
    return time.perf_counter() - began_at
