"""The signals webhook: signed signals count once, anything else is refused without a trace."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from cryptography.fernet import Fernet
from sqlmodel import select

from agendas.facts.events import Profile
from agendas.verbs import account_list
from bot.intake import SIGNALS_BODY_BYTES, SIGNALS_PATH, Server, SignalRequests, signed, web_app
from bot.logs import set_up_logs
from bot.sealing import Sealing
from storage.database import Store
from storage.models.subjects import SignalRow
from storage.models.workspaces import Workspace
from tests.builders import ANN, EVE, NOW, WORKSPACE, ago
from tests.cases import cases
from tests.program import Program, learn_people

SECRET = "sample-secret"
MARK = "Initech will sign"
SIGNAL = {
    "account": "acme.example",
    "kind": "web_visit",
    "strength": "high",
    "text": MARK,
    "occurred_at": "2026-11-24T14:00:00Z",
    "id": "s-1",
}


@dataclass
class Fixed:
    """A clock that stands."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Served:
    """The webhook behind the server."""

    store: Store
    http: aiohttp.ClientSession
    port: int
    logs: io.StringIO = field(default_factory=io.StringIO)

    async def posts(self, body: bytes, **changed: str | None) -> tuple[int, dict[str, Any]]:
        """Return the status and the answer to this body, signed now for the workspace unless a header is changed."""
        stamp = changed.get("timestamp") or str(int(NOW.timestamp()))
        given = {"signature": signed(SECRET, stamp, body), "timestamp": stamp, "workspace": WORKSPACE} | changed
        headers = {f"X-Cadence-{name}": value for name, value in given.items() if value is not None}
        async with self.http.post(SIGNALS_PATH, data=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def sends(self, *signals: Any) -> tuple[int, dict[str, Any]]:
        return await self.posts(json.dumps(signals[0] if len(signals) == 1 else list(signals)).encode())

    def stored(self) -> list[str]:
        with self.store.reading() as session:
            return sorted(session.exec(select(SignalRow.source_id)))


@pytest_asyncio.fixture
async def served(store: Store) -> AsyncIterator[Served]:
    sealing = Sealing(Fernet.generate_key().decode())
    learn_people(store)
    program = Program(store)
    acme = program.did(account_list.nominate, ANN, ago(9), Profile("Acme", domain="acme.example")).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), acme, tier=1, because="Fits")
    with store.writing() as session:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        workspace.signals_secret = sealing.seal(SECRET)

    async def ready() -> str:
        return ""

    server = Server(web_app(ready, [SignalRequests(store, sealing, Fixed()).route]), host="127.0.0.1", port=0)
    port = await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        served = Served(store, http, port)
        set_up_logs(level="DEBUG", style="text", secrets=(), stream=served.logs)
        yield served
        assert MARK not in served.logs.getvalue()
        assert SECRET not in served.logs.getvalue()
    await server.stop()


async def test_a_signed_signal_is_taken_once(served: Served) -> None:
    nothing: dict[str, list[Any]] = {"repeated": [], "refused": [], "unmatched": []}
    assert await served.sends(SIGNAL) == (202, nothing | {"taken": ["s-1"]})
    assert await served.sends(SIGNAL) == (202, nothing | {"taken": [], "repeated": ["s-1"]})
    assert served.stored() == ["s-1"]


async def test_of_a_batch_each_signal_is_answered(served: Served) -> None:
    sent = (SIGNAL, SIGNAL | {"id": "s-2", "account": "other.example"}, SIGNAL | {"id": "s-3", "kind": "gossip"})
    status, told = await served.sends(*sent, SIGNAL | {"text": "Something else"})
    assert status == 202
    assert told["taken"] == ["s-1"]
    assert [each["id"] for each in told["unmatched"]] == ["s-2"]
    assert [each["id"] for each in told["refused"]] == ["s-3", "s-1"]
    assert all(each["why"].endswith(".") for each in (*told["unmatched"], *told["refused"]))
    assert served.stored() == ["s-1"]


async def test_a_signal_with_every_field_at_its_limit_is_stored_and_one_over_is_answered(served: Served) -> None:
    longest = SIGNAL | {
        "id": "i" * 200,
        "text": MARK.ljust(3_000, "."),
        "url": "https://v.example/".ljust(2_000, "x"),
        "person": "p" * 120,
    }
    assert (await served.sends(longest))[1]["taken"] == ["i" * 200]
    assert served.stored() == ["i" * 200]
    over = [SIGNAL | {name: longest[name] + "x"} for name in ("id", "text", "url", "person")]
    told = (await served.sends(*over, SIGNAL | {"account": "a" * 121}))[1]["refused"]
    assert [each["why"].split(" ", 1)[0] for each in told] == ["id", "text", "url", "person", "account"]
    assert all("characters; send at most" in each["why"] for each in told)
    assert served.stored() == ["i" * 200]


@cases(
    "changed",
    [
        {"signature": None},
        {"signature": "sha256=" + "0" * 64},
        {"signature": "sha256=\u00e9"},
        {"timestamp": None},
        {"timestamp": "soon"},
        {"timestamp": "\u0664\u0662"},
        {"timestamp": str(int(NOW.timestamp()) - 301)},
        {"timestamp": str(int(NOW.timestamp()) + 301)},
        {"timestamp": "9" * 30},
        {"workspace": None},
        {"workspace": "T0OTHER"},
        {"workspace": ""},
    ],
    ids=str,
)
async def test_what_is_not_signed_for_a_workspace_within_five_minutes_is_refused(
    served: Served, changed: dict[str, str | None]
) -> None:
    try:
        status, told = await served.posts(json.dumps(SIGNAL).encode(), **changed)
    except UnicodeEncodeError:
        pytest.skip("the client does not send it")
    assert (status, told) == (401, {"error": "the signature, the time or the workspace is not right"})
    assert served.stored() == []


async def test_a_workspace_without_a_secret_or_with_one_of_another_key_takes_nothing(served: Served) -> None:
    for secret in ("", Sealing(Fernet.generate_key().decode()).seal(SECRET)):
        with served.store.writing() as session:
            workspace = session.get(Workspace, WORKSPACE)
            assert workspace is not None
            workspace.signals_secret = secret
        status, _ = await served.sends(SIGNAL)
        assert status == 401
        empty = await served.posts(b"{}", signature=signed("", str(int(NOW.timestamp())), b"{}"))
        assert empty[0] == 401


@cases(
    ("body", "status", "said"),
    [
        (b"", 400, "the body is not JSON"),
        (b"{", 400, "the body is not JSON"),
        (b"\xff", 400, "the body is not JSON"),
        (b"[" * 100_000, 400, "the body is not JSON"),
        (b'"text"', 400, "send a signal as an object, or a list of them"),
        (b"[1]", 400, "send a signal as an object, or a list of them"),
        (b"[]", 400, "send 1 to 500 signals at once, these are 0"),
        (json.dumps([SIGNAL] * 501).encode(), 400, "send 1 to 500 signals at once, these are 501"),
        (b" " * (SIGNALS_BODY_BYTES + 1), 413, f"the body is longer than {SIGNALS_BODY_BYTES} bytes"),
    ],
    ids=range(9),
)
async def test_what_cannot_be_read_is_refused_in_a_sentence(
    served: Served, body: bytes, status: int, said: str
) -> None:
    assert await served.posts(body) == (status, {"error": said})


async def test_the_secret_is_stored_sealed(served: Served) -> None:
    with served.store.reading() as session:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        assert SECRET not in workspace.signals_secret
