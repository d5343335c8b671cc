"""The worker that sends mails, one at a time, and each once."""

import asyncio
import logging
import secrets
from collections.abc import Callable

from agendas.errors import CadenceError
from agendas.facts.program.mail import MailContent, MailOutcome
from agendas.rendering.words import Words
from agendas.verbs.mail.outgoing import Taken, content, settle, take_up
from agendas.verbs.mail.planned import queue_planned
from bot.clock import Clock
from bot.mail.server import MailFailed, MailServer, send_mail
from storage.database.engine import Store
from storage.database.errors import problem_of
from storage.delivery.mails import is_any_due

Send = Callable[[MailContent], None]
"""Send a mail, in a thread of its own. Raises MailFailed."""

log = logging.getLogger("cadence.mail")


def sender_through(server: MailServer, clock: Clock) -> Send:
    """Return the function that sends mails through the server."""
    return lambda mail: send_mail(server, mail, now=clock.now())


class MailWorker:
    """Works through the mails that are due, each time that it is resumed."""

    def __init__(self, store: Store, words: Words, clock: Clock, send: Send) -> None:
        self._store = store
        self._words = words
        self._clock = clock
        self._send = send
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False

    async def resume(self) -> None:
        """Begin to send what is due, unless that is being done."""
        if not self._is_stopping and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self.work())

    async def stop(self) -> None:
        """Wait until the mail being sent is sent; leave the rest for later."""
        self._is_stopping = True
        if self._task is not None:
            await self._task

    async def work(self) -> None:
        """Send what is due, one after the other, until nothing is or the worker is to stop."""
        try:
            # most looks find nothing, and need not write
            if not await self._store.read(is_any_due, self._clock.now()):
                return
            await self._store.write(queue_planned, self._clock.now())
            while not self._is_stopping and (taken := await self._store.write(take_up, self._clock.now())):
                await self._process(taken)
        except Exception:  # the database may be away; the next look tries again
            log.exception("mails_failed", extra={"error_id": secrets.token_hex(4)})

    async def _process(self, taken: Taken) -> None:
        outcome, error = await self._sent(taken)
        if outcome is not MailOutcome.SENT:
            log.warning("mail_not_sent", extra={"mail": taken.id, "outcome": outcome.value})
        await self._store.write(settle, taken, outcome, error=error, now=self._clock.now())

    async def _sent(self, taken: Taken) -> tuple[MailOutcome, str]:
        """Send the mail and return what became of it, and why."""
        try:
            mail = await self._store.read_long(content, taken, words=self._words, now=self._clock.now())
            if mail is None:
                return MailOutcome.REFUSED, "the address was removed, or confirmed before"
            await asyncio.to_thread(self._send, mail)
        except MailFailed as failure:
            return failure.outcome, failure.error
        except CadenceError as refusal:
            return MailOutcome.REFUSED, str(refusal)
        except Exception as error:
            if problem_of(error) is not None:
                raise
            reference = secrets.token_hex(4)
            log.exception("mail_failed", extra={"mail": taken.id, "error_id": reference})
            return MailOutcome.IN_DOUBT, f"something went wrong (reference {reference})"
        return MailOutcome.SENT, ""
