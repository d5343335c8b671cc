"""Two processes are restarted one after the other while people work: every command is answered and counts once."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from sandbox.delivery.answer import Answer, Kind, Retry
from sandbox.delivery.signed_http import SignedHttp
from sandbox.server import Sandbox
from storage.engine import Store
from storage.tables import Event
from tests.failures.ahead import Ahead
from tests.failures.bots import MANIFEST, Bot, Nursery
from tests.failures.looking import count
from tests.failures.programs import begin_program

PEOPLE = ("ann", "bea", "cyd")

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),  # SQLite is for one process
]


@dataclass
class Balancer:
    """Gives each request to the next process, and to the one after it when that one does not listen any more."""

    secret: str
    carriers: dict[int, SignedHttp] = field(default_factory=dict)
    turn: int = 0

    def add(self, bot: Bot) -> None:
        """From now on it gets requests."""
        self.carriers[bot.pid] = SignedHttp(f"http://127.0.0.1:{bot.port}/slack/events", self.secret)

    async def remove(self, bot: Bot) -> None:
        """It gets no more."""
        await self.carriers.pop(bot.pid).close()

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """The first answer."""
        self.turn += 1
        carriers = list(self.carriers.values())
        answer = Answer("unreachable", {})
        for number in range(len(carriers)):
            carrier = carriers[(self.turn + number) % len(carriers)]
            answer = await carrier.send(kind, payload, seconds=seconds, retry=retry)
            if answer.status != "unreachable":
                return answer
        return answer

    async def close(self) -> None:
        """Ends the connections."""
        for carrier in self.carriers.values():
            await carrier.close()


@pytest.mark.parametrize("way", ["http", "socket"])
async def test_every_command_is_answered_and_counts_once_while_each_of_two_processes_is_restarted(
    way: str, store: Store, nursery: Nursery
) -> None:
    async with Sandbox(manifest=MANIFEST, now=Ahead().now, has_rate_limits=False) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user(name) for name in PEOPLE])
        begin_program(store, sandbox, Ahead().now())
        before = store.read_now(count, Event)
        balancer = Balancer(sandbox.signing_secret)
        if way == "http":
            sandbox.world.courier.http = balancer  # type: ignore[assignment]
        bots = [await begun(way, store, sandbox, nursery, balancer) for _ in range(2)]
        restarted = asyncio.Event()
        working = [asyncio.create_task(works(sandbox, name, restarted)) for name in PEOPLE]
        for old in bots:
            await begun(way, store, sandbox, nursery, balancer)
            assert await old.stops() == 0
            if way == "http":
                await balancer.remove(old)
        restarted.set()
        answers = [answer for person in await asyncio.gather(*working) for answer in person]
        failed = [answer for answer in answers if "*Recorded*" not in answer]
        # Socket Mode has no way to say that nothing more is taken: what was on its way to a closing socket is told to
        # the person as failed, and was not done
        assert len(failed) <= (len(bots) if way == "socket" else 0), failed
        assert store.read_now(count, Event) - before == len(answers) - len(failed) > 2 * len(PEOPLE)


async def begun(way: str, store: Store, sandbox: Sandbox, nursery: Nursery, balancer: Balancer) -> Bot:
    """A new process that gets its share of the requests."""
    connections = sandbox.world.courier.sockets.connections
    bot = await nursery.bear(sandbox, store.url, is_socket=way == "socket")
    await bot.is_ready()
    if way == "http":
        balancer.add(bot)
    else:
        await sandbox.connected(connections=connections + 1)
    return bot


async def works(sandbox: Sandbox, name: str, restarted: asyncio.Event) -> list[str]:
    """What the person was answered, typing one command after the other until both processes are new."""
    answers: list[str] = []
    while not restarted.is_set() or len(answers) < 3:
        answers.append(await sandbox.person(name).types(f"/move initech {name} {len(answers)}", in_="#abm-weekly"))
    return answers
