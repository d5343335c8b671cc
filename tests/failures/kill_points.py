"""Moments at which a process under test kills itself: before or after it does some work for the n-th time."""

import os
import re
import signal
from dataclasses import dataclass
from random import Random
from threading import local
from typing import Any, Literal

import aiohttp
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session

When = Literal["before", "after"]

COMMITS = {
    "open": r"INSERT INTO review ",
    "close": r"UPDATE review SET .*state=",
    "remind": r"UPDATE fit_request SET .*reminded_at=",
    "prepare": r"INSERT INTO asked ",
    "remind to prepare": r"UPDATE asked SET .*reminded_at=",
    "brief": r"UPDATE cadence SET .*briefed_on=",
    "nudge": r"UPDATE person SET .*morning_at=",
    "claim": r"UPDATE letter SET .*leased_by=.* RETURNING ",
    "record": r"UPDATE letter SET .*sent_ts=",
    "update": r"INSERT INTO answer_under_way ",
    "settle": r"DELETE FROM answer_under_way ",
    "any": r"",
}
"""Work → a statement of the transaction that does it."""
SEND = "send"
"""A call that posts or changes a message. After it: Slack took it, and nobody heard the answer."""

WHILE_OPENING = {"open": 1, "claim": 3, SEND: 3, "record": 3}
WHILE_CLOSING = {"close": 1, "claim": 2, SEND: 2, "record": 2, "any": 7}
"""Work → how often a process that opens a review, or closes one, does it at least."""


class _Done(local):
    """The statements of this thread's current or latest transaction."""

    def __init__(self) -> None:
        self.statements: list[str] = []


@dataclass
class KillPoint:
    """One moment: before or after this work is done for the n-th time since `arm`, counted from 1."""

    when: When
    work: str
    number: int

    def arm(self) -> None:
        """Count from now on, in every thread, and kill the process at the moment."""
        if self.work == SEND:
            aiohttp.ClientSession._request = self._counting(aiohttp.ClientSession._request)
            return
        done = _Done()
        event.listen(Engine, "begin", lambda _: setattr(done, "statements", []))
        event.listen(Engine, "before_cursor_execute", lambda *told: done.statements.append(" ".join(told[2].split())))
        moment: tuple[Any, str] = (Engine, "commit") if self.when == "before" else (Session, "after_commit")
        event.listen(*moment, lambda _: self._committed(done.statements))

    def _committed(self, statements: list[str]) -> None:
        if any(re.search(COMMITS[self.work], each) for each in statements):
            self._reached()

    def _counting(self, request: Any) -> Any:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            is_meant = "/chat." in f"{args} {kwargs.get('url')}"
            if is_meant and self.when == "before":
                self._reached()
            answer = await request(*args, **kwargs)
            if is_meant and self.when == "after":
                self._reached()
            return answer

        return counted

    def _reached(self) -> None:
        self.number -= 1
        if self.number == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def random_kill_points(chance: Random, works: dict[str, int], *, first: When) -> list[KillPoint]:
    """Return a kill point for each of these works, before and after it in turn, in an order that is drawn."""
    turns: tuple[When, When] = ("before", "after") if first == "before" else ("after", "before")
    kill_points = [
        KillPoint(turns[place % 2], work, chance.randint(1, most)) for place, (work, most) in enumerate(works.items())
    ]
    chance.shuffle(kill_points)
    return kill_points
