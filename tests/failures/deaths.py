"""When a process under test kills itself: before or after its n-th commit, or its n-th request to Slack."""

import os
import signal
from dataclasses import dataclass
from random import Random
from typing import Any

import aiohttp
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session

MOST_COMMITS = 7
MOST_REQUESTS = 4
"""A process that opens a review does at least as many of each; one that goes on with earlier work does more."""

STEPS = {
    "before_commit": MOST_COMMITS,
    "after_commit": MOST_COMMITS,
    "before_request": MOST_REQUESTS,
    "after_request": MOST_REQUESTS,
}
"""Kind of step → how many there are to choose from. After a request: Slack took it, and nobody heard the answer."""


@dataclass
class Death:
    """One moment to die at: the n-th step of this kind, from 1, after `await_moment`."""

    step: str
    number: int

    @classmethod
    def drawn(cls, seed: str) -> "Death":
        """The moment that belongs to this seed."""
        random = Random(seed)
        step = random.choice(sorted(STEPS))
        return cls(step, random.randint(1, STEPS[step]))

    def await_moment(self) -> None:
        """Counts from now on, in every thread, and dies in time."""
        if self.step == "before_commit":
            event.listen(Engine, "commit", self._reached)
        elif self.step == "after_commit":
            event.listen(Session, "after_commit", self._reached)
        else:
            aiohttp.ClientSession._request = self._counting(aiohttp.ClientSession._request)

    def _counting(self, request: Any) -> Any:
        async def counted(*args: Any, **kwargs: Any) -> Any:
            if self.step == "before_request":
                self._reached()
            answer = await request(*args, **kwargs)
            if self.step == "after_request":
                self._reached()
            return answer

        return counted

    def _reached(self, *_: object) -> None:
        self.number -= 1
        if self.number == 0:
            os.kill(os.getpid(), signal.SIGKILL)
