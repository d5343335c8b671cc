"""Slack's side for the benchmarks: a Web API that answers ok to everything, in a process of its own.

`python -m bench.slack` prints the port once it listens.
"""

import asyncio
import itertools
import json
from typing import Any

TEAM = "T0BENCH01"
CHANNEL = "C0BENCH01"
BOT_TOKEN = "xoxb-benchmarks-0001"
APP_TOKEN = "xapp-benchmarks-0001"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"
PEOPLE = tuple(f"U0BENCH{number:02}" for number in range(1, 41))
ASKER = PEOPLE[0]
BOT = "U0BENCHBOT"

_numbers = itertools.count(1)


def answer(method: str) -> dict[str, Any]:
    """What the method answers, as far as the bot reads it."""
    if method == "auth.test":
        return {"ok": True, "team_id": TEAM, "team": "Bench", "user_id": BOT, "bot_id": "B0BENCH", "url": "https://x"}
    if method == "users.list":
        return {"ok": True, "members": [user(each) for each in PEOPLE], "response_metadata": {"next_cursor": ""}}
    if method == "users.info":
        return {"ok": True, "user": user(ASKER)}
    if method == "conversations.info":
        return {"ok": True, "channel": {"id": CHANNEL, "name": "bench", "is_member": True}}
    if method.startswith("chat."):
        return {"ok": True, "channel": CHANNEL, "ts": f"1764000000.{next(_numbers):06}", "message": {}}
    return {"ok": True}


def user(user_id: str) -> dict[str, Any]:
    """A full member."""
    return {
        "id": user_id,
        "team_id": TEAM,
        "name": user_id.lower(),
        "tz": "Europe/Berlin",
        "profile": {"display_name": f"Person {user_id[-2:]}", "email": f"{user_id.lower()}@bench.example"},
        "is_admin": user_id == ASKER,
    }


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers the requests of one connection."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = head.lower().partition("content-length:")[2].partition("\r\n")[0]
            await reader.readexactly(int(length or 0))
            body = json.dumps(answer(head.split(" ", 2)[1].split("?")[0].rpartition("/")[2])).encode()
            kind = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
            writer.write(kind + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
