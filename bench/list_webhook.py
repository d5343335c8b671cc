"""Batches of signals, sent to the bot's own address for them as programs send them, one after another."""

import http.client
import itertools
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import create_engine, text

from bench.harness import BenchFailed, middle
from bench.list_history import PEOPLE_EACH
from bench.list_program import FIRST_OF
from bench.requests import Side
from bench.slack import SIGNING_SECRET, TEAM
from bot.intake.signals import PATH, SIGNALS_AT_ONCE, signed
from storage.database.connections import normalize_url

BATCHES = 20
NAMED = FIRST_OF[None]
"""How many accounts are named: signals of the others are not taken."""

_numbers = itertools.count()


def batch_milliseconds(side: Side) -> float:
    """What a batch takes until it is committed and acknowledged: the median. Raises BenchFailed unless stored."""
    before = _signals_in(side.url)
    connection = http.client.HTTPConnection("127.0.0.1", side.running.port, timeout=30)
    _sent(connection)
    took = [_sent(connection) for _ in range(BATCHES)]
    connection.close()
    stored = _signals_in(side.url) - before
    if stored != (BATCHES + 1) * SIGNALS_AT_ONCE:
        raise BenchFailed(f"{(BATCHES + 1) * SIGNALS_AT_ONCE} signals were taken, but {stored} rows written")
    return middle(took)


def _sent(connection: http.client.HTTPConnection) -> float:
    """How many milliseconds a new batch took. Raises BenchFailed unless all of it was taken."""
    now = datetime.now(UTC)
    body = json.dumps([_signal(next(_numbers), now) for _ in range(SIGNALS_AT_ONCE)]).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "content-type": "application/json",
        "x-cadence-workspace": TEAM,
        "x-cadence-timestamp": stamp,
        "x-cadence-signature": signed(SIGNING_SECRET, stamp, body),
    }
    began_at = time.perf_counter()
    connection.request("POST", PATH, body, headers)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    took = (time.perf_counter() - began_at) * 1_000
    if answer.status != 202 or len(told["taken"]) != SIGNALS_AT_ONCE:
        raise BenchFailed(f"a batch of signals was answered with {answer.status}, and not all of it was taken")
    return took


def _signal(number: int, now: datetime) -> dict[str, Any]:
    """Of any named account, by one of its people."""
    account = number * 7 % NAMED
    return {
        "account": f"account-{account}.example",
        "kind": "content",
        "strength": "high",
        "text": "Read the page about prices",
        "url": "https://www.vendor.example/prices",
        "occurred_at": (now - timedelta(minutes=number % 1_000)).isoformat(),
        "id": f"bench-{number}",
        "person": f"person-{number % PEOPLE_EACH}@account-{account}.example",
    }


def _signals_in(url: str) -> int:
    engine = create_engine(normalize_url(url))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("select count(*) from signal")).scalar_one())
    finally:
        engine.dispose()
