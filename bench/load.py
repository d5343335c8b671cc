"""Sends requests signed as Slack's, over connections that stay open, as fast as they are answered.

`python -m bench.load` reads a `Load` as JSON from standard input and writes a `Found` as JSON. It is a process of its
own, so that what it costs is not counted as the bot's.
"""

import asyncio
import dataclasses
import hashlib
import hmac
import itertools
import json
import sys
import time
from dataclasses import dataclass

EVENNESS = (0.8, 1.05)
"""Requests by median over connections by elapsed time: below, connections hung; above, a count is wrong."""


@dataclass(frozen=True, slots=True)
class Load:
    """What to send. In `body`, `@N@` becomes a number that no other request has, `@M@` that number modulo `spread`."""

    port: int
    body: str
    secret: str
    seconds: float
    connections: int = 1
    warm_up: int = 30
    spread: int = 1
    first_number: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: latencies in ms, what was answered after the warm-up, and in all, in how many seconds."""

    p50: float
    p99: float
    per_second: float
    evenness: float
    answered: int
    answered_in_all: int
    errors: int
    shortest_body: int


class Sender:
    """Shared by the connections: makes the next request, and keeps what the answers took."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.latencies: list[float] = []
        self.errors = self.answered_in_all = 0
        self.shortest_body = sys.maxsize
        self.open_connections = load.connections
        self.done = asyncio.get_running_loop().create_future()
        self._numbers = itertools.count(load.first_number)
        self.begun = self.ended = 0.0

    def body(self) -> str:
        """The next body, with its numbers."""
        number = next(self._numbers)
        return self.load.body.replace("@N@", str(number)).replace("@M@", str(number % self.load.spread))

    def request(self) -> bytes:
        """The next request over HTTP, signed."""
        body, stamp = self.body().encode(), str(int(time.time()))
        signed = b"v0:%b:%b" % (stamp.encode(), body)
        signature = hmac.new(self.load.secret.encode(), signed, hashlib.sha256).hexdigest()
        head = (
            f"POST /slack/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n"
            f"content-length: {len(body)}\r\nx-slack-request-timestamp: {stamp}\r\n"
            f"x-slack-signature: v0={signature}\r\n"
        )
        return head.encode() + b"\r\n" + body

    def take(self, status: bytes, length: int, milliseconds: float) -> bool:
        """Keeps one answer; whether another request is to be sent."""
        self.answered_in_all += 1
        self.errors += status != b"200"
        self.shortest_body = min(self.shortest_body, length)
        now = time.perf_counter()
        if self.answered_in_all <= self.load.warm_up:
            self.begun = now
        else:
            self.latencies.append(milliseconds)
        return self.answered_in_all <= self.load.warm_up or now - self.begun < self.load.seconds

    def found(self) -> Found:
        """What came of the load, once it is done."""
        latencies, elapsed = sorted(self.latencies), self.ended - self.begun
        count = len(latencies)
        return Found(
            p50=latencies[count // 2],
            p99=latencies[min(count - 1, count * 99 // 100)],
            per_second=count / elapsed,
            evenness=count * latencies[count // 2] / 1_000 / (self.load.connections * elapsed),
            answered=count,
            answered_in_all=self.answered_in_all,
            errors=self.errors,
            shortest_body=self.shortest_body,
        )

    def leave(self) -> None:
        """One connection sends no more."""
        self.open_connections -= 1
        if not self.open_connections and not self.done.done():
            self.ended = time.perf_counter()
            self.done.set_result(None)


class _Connection(asyncio.Protocol):
    """One connection: a request, its answer, the next request."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._read = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._transport.is_closing() or error is not None:
            self._sender.errors += 1
            self._sender.leave()

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, rest = self._read.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(rest) < length:
            return
        self._read = b""
        took = (time.perf_counter() - self._sent_at) * 1_000
        if self._sender.take(head[9:12], length, took):
            self._send()
        else:
            self._sender.leave()

    def _send(self) -> None:
        request = self._sender.request()
        self._sent_at = time.perf_counter()
        self._transport.write(request)


async def send(load: Load) -> Found:
    """What came of the load."""
    loop = asyncio.get_running_loop()
    sender = Sender(load)
    for _ in range(load.connections):
        await loop.create_connection(lambda: _Connection(sender), "127.0.0.1", load.port)
    await asyncio.wait_for(sender.done, 60 + 3 * load.seconds)
    return sender.found()


if __name__ == "__main__":
    print(json.dumps(dataclasses.asdict(asyncio.run(send(Load(**json.load(sys.stdin)))))))
