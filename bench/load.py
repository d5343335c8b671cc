"""Send requests signed as Slack's over connections that stay open, each as soon as the one before is answered.

`python -m bench.load` reads a `Load` as JSON from standard input and writes a `Found` as JSON. It is a process of its
own, so that its work is not counted as the bot's.
"""

import asyncio
import dataclasses
import hashlib
import hmac
import itertools
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LOAD_WITHIN_SECONDS = 120.0
EVENNESS = (0.8, 1.05)
"""Below, a connection hung or the machine was busy with something else; above, a count is wrong."""


@dataclass(frozen=True, slots=True)
class Load:
    """Requests to send.

    In `body`, `@N@` becomes a number that no other request has, from `first_number` on, and `@M@` that number modulo
    `spread`. Connections are shared evenly among the ports.
    """

    ports: Sequence[int]
    body: str
    secret: str
    requests: int
    connections: int = 1
    spread: int = 1
    first_number: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Answers to a load: the median latency in milliseconds, lengths in bytes, and what sending took of the processor.

    `evenness` is requests x median latency / (connections x elapsed time).
    """

    p50: float
    per_second: float
    evenness: float
    answered: int
    errors: int
    shortest_body: int
    processor_seconds: float

    @property
    def is_even(self) -> bool:
        """True if all connections were busy throughout: no few requests took much longer than most."""
        return EVENNESS[0] <= self.evenness <= EVENNESS[1]


class Sender:
    """Shared by the connections: makes the next request, and keeps how long the answers took."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.latencies: list[float] = []
        self.errors = 0
        self.shortest_body = sys.maxsize
        self.begun_at = self.ended_at = time.perf_counter()
        self._numbers = itertools.count(load.first_number)
        self._kind = "application/json" if load.body.startswith("{") else "application/x-www-form-urlencoded"

    def request(self) -> bytes | None:
        """Return the next request, with its numbers and signed; None when all were made."""
        number = next(self._numbers)
        if number >= self.load.first_number + self.load.requests:
            return None
        body = self.load.body.replace("@N@", str(number)).replace("@M@", str(number % self.load.spread)).encode()
        stamp = str(int(time.time()))
        signed = b"v0:%b:%b" % (stamp.encode(), body)
        signature = hmac.new(self.load.secret.encode(), signed, hashlib.sha256).hexdigest()
        head = (
            f"POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: {self._kind}\r\n"
            f"content-length: {len(body)}\r\nx-slack-request-timestamp: {stamp}\r\n"
            f"x-slack-signature: v0={signature}\r\n\r\n"
        )
        return head.encode() + body

    def take(self, status: bytes, length: int, milliseconds: float) -> None:
        """Keep one answer."""
        self.errors += status != b"200"
        self.shortest_body = min(self.shortest_body, length)
        self.latencies.append(milliseconds)
        self.ended_at = time.perf_counter()

    def found(self) -> Found:
        """Return the answers, once the load is done."""
        count, elapsed = len(self.latencies), self.ended_at - self.begun_at
        p50 = median(self.latencies)
        return Found(
            p50=p50,
            per_second=count / elapsed,
            evenness=count * p50 / 1_000 / (self.load.connections * elapsed),
            answered=count,
            errors=self.errors,
            shortest_body=self.shortest_body,
            processor_seconds=time.process_time(),
        )


async def _connection(sender: Sender, port: int) -> None:
    """A request, its answer, the next request. A connection that is cut off counts as an error."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while request := sender.request():
            sent_at = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            sender.take(head[9:12], length, (time.perf_counter() - sent_at) * 1_000)
        writer.close()
    except (OSError, asyncio.IncompleteReadError):
        sender.errors += 1


async def send(load: Load) -> Found:
    """Return the answers to the load. Raises TimeoutError when a connection hangs."""
    sender = Sender(load)
    ports = [load.ports[number % len(load.ports)] for number in range(load.connections)]
    async with asyncio.timeout(LOAD_WITHIN_SECONDS), asyncio.TaskGroup() as connections:
        for port in ports:
            connections.create_task(_connection(sender, port))
    return sender.found()


if __name__ == "__main__":
    print(json.dumps(dataclasses.asdict(asyncio.run(send(Load(**json.load(sys.stdin)))))))
