"""The card through Socket Mode, beside the same card over HTTP."""

import dataclasses
import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from bench.databases import sqlite_copy
from bench.harness import BenchFailed, Figure, in_turn, middle
from bench.load import EVENNESS, Found, Load
from bench.processes import bot, line_of, started_by_socket
from bench.program import cached
from bench.requests import ATTEMPTS, CARD, SECONDS, SHORTEST_CARD, Side, measured
from bench.slack import SIGNING_SECRET

WINDOW = 16
ANSWERS_WITHIN_SECONDS = 60.0
"""A round takes a second and a warm-up; a bot that is not heard of for so long is dead."""


def figures() -> Iterator[Figure]:
    """The figure of row 6: how many cards a second, with as many requests under way."""
    with ExitStack() as stack:
        slack, api = stack.enter_context(started_by_socket())
        url = stack.enter_context(sqlite_copy(cached()))
        stack.enter_context(bot(url, api, by_socket=True))
        over_http = Side(stack.enter_context(bot(stack.enter_context(sqlite_copy(cached())), api)))
        load = Load(0, CARD, SIGNING_SECRET, SECONDS, WINDOW)
        sides = {
            "socket": partial(_measured, slack, load),
            "http": partial(measured, over_http, load, shortest=SHORTEST_CARD),
        }
        found = in_turn(sides)
        often = {side: middle([each.per_second for each in rounds]) for side, rounds in found.items()}
        yield Figure(
            "the card by Socket Mode, 16 at once, throughput, to HTTP",
            often["socket"],
            often["http"],
            "1/s",
            1.0,
            is_more_better=True,
        )


def _measured(slack: "subprocess.Popen[str]", load: Load) -> Found:
    """What one round through the connection gave. Raises BenchFailed when its answers are no cards, or none come."""
    assert slack.stdin is not None
    for _ in range(ATTEMPTS):
        slack.stdin.write(json.dumps(dataclasses.asdict(load)) + "\n")
        slack.stdin.flush()
        found = Found(**json.loads(line_of(slack, ANSWERS_WITHIN_SECONDS)))
        if found.errors:
            raise BenchFailed(f"{found.errors} of {found.answered_in_all} requests by Socket Mode were not answered")
        if found.shortest_body < SHORTEST_CARD:
            raise BenchFailed(f"an answer of {found.shortest_body} bytes is no card")
        if EVENNESS[0] <= found.evenness <= EVENNESS[1]:
            return found
    raise BenchFailed(f"the load stayed uneven by Socket Mode: {found.evenness:.2f}")
