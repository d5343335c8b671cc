"""Slack's side for the benchmarks: a Web API that answers ok to everything, in a process of its own.

`python -m bench.slack` prints the port once it listens. `GET /threads` tells how many threads were answered so far, and
how long the shortest message was.
"""

import asyncio
import itertools
import json
import sys
from typing import Any
from urllib.parse import parse_qsl

from bench.workspace import ADMIN, BOT, CHANNEL, PEOPLE, TEAM


class Slack:
    """Answers the methods as far as the bot reads them, and counts the threads that messages came to."""

    def __init__(self) -> None:
        self.threads: set[tuple[str, str]] = set()
        self.shortest = sys.maxsize
        self._numbers = itertools.count(1)

    def answer(self, path: str, said: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to a call; `said` are its arguments."""
        method = path.rpartition("/")[2]
        if method == "threads":
            return {"threads": len(self.threads), "shortest": self.shortest}
        if method == "auth.test":
            return {
                "ok": True,
                "team_id": TEAM,
                "team": "Bench",
                "user_id": BOT,
                "bot_id": "B0BENCH",
                "url": "https://x",
            }
        if method == "users.list":
            return {"ok": True, "members": [user(each) for each in PEOPLE], "response_metadata": {"next_cursor": ""}}
        if method == "users.info":
            return {"ok": True, "user": user(said.get("user", ADMIN))}
        if method == "conversations.info":
            channel_id = said.get("channel", CHANNEL)
            is_direct = channel_id.startswith("D")
            return {"ok": True, "channel": {"id": channel_id, "name": "bench", "is_member": True, "is_im": is_direct}}
        if method == "chat.postMessage":
            return self._post(said)
        return {"ok": True}

    def _post(self, said: dict[str, Any]) -> dict[str, Any]:
        self.threads.add((said["channel"], str(said.get("thread_ts"))))
        self.shortest = min(self.shortest, len(json.dumps(said)))
        ts = f"1764000000.{next(self._numbers):06}"
        return {"ok": True, "channel": said["channel"], "ts": ts, "message": {}}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = head.lower().partition("content-length:")[2].partition("\r\n")[0]
                body = (await reader.readexactly(int(length or 0))).decode()
                said = json.loads(body) if body.startswith("{") else dict(parse_qsl(body))
                answer = json.dumps(self.answer(head.split(" ", 2)[1].split("?")[0], said)).encode()
                kind = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(answer)
                writer.write(kind + answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def user(user_id: str) -> dict[str, Any]:
    """A full member."""
    return {
        "id": user_id,
        "team_id": TEAM,
        "name": user_id.lower(),
        "tz": "Europe/Berlin",
        "profile": {"display_name": f"Person {user_id[-2:]}", "email": f"{user_id.lower()}@bench.example"},
        "is_admin": user_id == ADMIN,
    }


async def _main() -> None:
    server = await asyncio.start_server(Slack().serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
