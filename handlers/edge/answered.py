"""Answers that went out: noted once their bytes have left, so that nobody is told a second time after a crash."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say, WithHome
from storage.delivery import answers

Sent = Callable[[], None]
"""Called once an acknowledgement has been handed to the network."""

Following = Coroutine[Any, Any, bool]
"""Work after an acknowledgement; its result is True when the person got the answer, or will by letter."""

_waiting: ContextVar[list[Sent] | None] = ContextVar("waiting_for_the_acknowledgement", default=None)

log = logging.getLogger("cadence.answers")


@contextmanager
def acknowledging() -> Iterator[list[Sent]]:
    """The calls to make once the acknowledgement made within has been sent; who sends it makes them."""
    waiting: list[Sent] = []
    token = _waiting.set(waiting)
    try:
        yield waiting
    finally:
        _waiting.reset(token)


def is_in_ack(kind: str, reply: Reply) -> bool:
    """True when the acknowledgement itself tells the person: what a command says, and the outcome of a form."""
    said = reply.reply if isinstance(reply, WithHome) else reply
    return kind == "form" or (kind == "command" and isinstance(said, Say))


class Answered:
    """Settles answers in batches: one short write takes all that went out while the one before ran.

    `hold` keeps a task until it is done.
    """

    def __init__(self, deps: Deps, hold: Callable[[Any], "asyncio.Task[Any]"]) -> None:
        self._deps = deps
        self._hold = hold
        self._sent: list[int] = []
        self._is_settling = False

    def after_ack(self, row_ids: Sequence[int]) -> None:
        """Settle these once the acknowledgement that is being made has been sent."""
        waiting = _waiting.get()
        if not row_ids:
            return
        if waiting is None:
            self.settle(row_ids)
        else:
            waiting.append(partial(self.settle, row_ids))

    def settle(self, row_ids: Sequence[int]) -> None:
        """Note that these answers went out."""
        self._sent.extend(row_ids)
        if self._sent and not self._is_settling:
            self._is_settling = True
            self._hold(self._settle())

    async def _settle(self) -> None:
        try:
            while self._sent:
                batch, self._sent = self._sent, []
                try:
                    await self._deps.note(answers.settle, batch)
                except Exception:  # they are settled with the next ones: the database may be away for a while
                    self._sent = [*batch, *self._sent]
                    log.exception("answers_not_settled", extra={"error_id": secrets.token_hex(4)})
                    return
        finally:
            self._is_settling = False
