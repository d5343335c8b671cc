"""An OpenAI-compatible server on loopback: Chat Completions by a script, over real HTTP in the test's own loop."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

ORDER = r"\b(?:say|answer|output|reply)\b"
"""Words after which a model that obeys any text says what follows."""

JSON_TYPE = "application/json"
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Call:
    """One request: its path, its headers in lower case, its body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def told(self) -> dict[str, Any]:
        """The question as the bot told it to the model, besides its instructions."""
        messages = [each["content"] for each in self.body["messages"] if each["role"] == "user"]
        return json.loads(messages[0])

    @property
    def has_schema(self) -> bool:
        return "response_format" in self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server: `megabytes` more of the body's end, after `wait_seconds`; or it hangs up."""

    body: bytes = b""
    status: int = 200
    content_type: str = JSON_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    wait_seconds: float = 0.0
    megabytes: int = 0
    hangs_up: bool = False
    promises: int = 0
    """Bytes of the body beyond those that are sent before it hangs up."""


Script = Callable[[Call], Answer]


@dataclass(slots=True)
class FakeOpenAI:
    """The server. `script` may be changed at any time; `calls` are those that came, `sent` the bytes it got rid of."""

    script: Script
    calls: list[Call] = field(default_factory=list)
    sent: int = 0
    port: int = 0
    ends: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (call := await _read(reader)) is not None:
                self.calls.append(call)
                answer = self.script(call)
                if answer.wait_seconds and await self._ended_within(answer.wait_seconds):
                    break
                if not await self._write(writer, answer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _ended_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self.ends.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _write(self, writer: asyncio.StreamWriter, answer: Answer) -> bool:
        if answer.hangs_up and not answer.promises:
            return False
        length = len(answer.body) + answer.megabytes * 2**20 + answer.promises
        head = [f"HTTP/1.1 {answer.status} Said", f"Content-Type: {answer.content_type}", f"Content-Length: {length}"]
        head += [f"{name}: {value}" for name, value in answer.headers]
        writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + answer.body)
        await writer.drain()
        for _ in range(answer.megabytes * 2**20 // CHUNK):
            writer.write(b" " * CHUNK)
            await writer.drain()
            self.sent += CHUNK
        return not answer.hangs_up


async def _read(reader: asyncio.StreamReader) -> Call | None:
    line = await reader.readline()
    if not line:
        return None
    headers: dict[str, str] = {}
    while header := (await reader.readline()).decode().strip():
        name, _, value = header.partition(":")
        headers[name.casefold()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Call(line.decode().split()[1], headers, json.loads(body))


@asynccontextmanager
async def openai_server(script: Script) -> AsyncIterator[FakeOpenAI]:
    """A server that answers by the script until the block ends."""
    fake = FakeOpenAI(script)
    writers: list[asyncio.StreamWriter] = []
    served: list[asyncio.Task[None]] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        served.append(asyncio.current_task())
        await fake.serve(reader, writer)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        fake.ends.set()
        for each in writers:
            each.close()
        await asyncio.gather(*served)


def said(text: str, **more: Any) -> Answer:
    message = {"role": "assistant", "content": text}
    completion = {"id": "c", "object": "chat.completion", "choices": [{"index": 0, "message": message}]}
    return Answer(json.dumps(completion).encode(), **more)


def reads(reading: dict[str, Any]) -> Answer:
    """A completion that says this reading."""
    return said(json.dumps(reading, default=str))


def says(reading: dict[str, Any]) -> Script:
    return lambda _call: reads(reading)


def status(code: int, text: str = "") -> Script:
    return lambda _call: Answer(json.dumps({"error": {"message": text}}).encode(), status=code)


def without_schema(reading: dict[str, Any]) -> Script:
    refuse = status(400, "response_format json_schema is not supported")
    return lambda call: refuse(call) if call.has_schema else reads(reading)


def obedient(call: Call) -> Answer:
    """Do whatever the text of the question, or a name, tells: say its JSON, or what follows."""
    told = json.dumps(call.told, ensure_ascii=False).replace('\\"', '"')
    ordered = re.search(rf"{ORDER}([^{{]{{0,40}})(.*)", told, re.IGNORECASE | re.DOTALL)
    if ordered is None:
        return said('{"remark": "unread"}')
    try:
        return reads(json.JSONDecoder().raw_decode(ordered[2])[0])
    except ValueError:
        return said(ordered[1] + ordered[2])


PROSE = said("Sure! The account looks healthy, though I would call them again on Tuesday.")
OTHER_LANGUAGE = said('{"subject": "Konten", "form": "Liste"}')
HTML = Answer(b"<html><body>Bad gateway</body></html>", content_type="text/html")
HTML_SAID = said("<html><body>{}</body></html>")
HUGE = Answer(b'{"choices": [{"message": {"content": "', megabytes=40)
HUGE_REFUSAL = Answer(b'{"error": "', status=400, megabytes=40)
WRONG_TYPE = Answer(said('{"remark": "help"}').body, content_type="text/plain")
GARBLED = Answer(b"\xff\xfe{]", content_type=JSON_TYPE)
CUT_OFF = Answer(b'{"choices": [', promises=100, hangs_up=True)
HANGS_UP = Answer(hangs_up=True)
NEVER = Answer(wait_seconds=3_600.0)
REDIRECT = Answer(status=302, headers=(("Location", "http://127.0.0.1:9/v1/chat/completions"),))
PACKED = Answer(b"\x1f\x8b\x08", headers=(("Content-Encoding", "gzip"),))
INVENTED = said('{"subject": "accounts", "form": "card", "of": ["a77"]}')
EMPTY = said("")
DEEP = said('{"of":' * 5_000)
NO_CHOICES = Answer(b'{"choices": []}')
