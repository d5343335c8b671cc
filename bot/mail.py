"""Mails: the server that takes them, and the worker that sends them."""

import asyncio
import logging
import secrets
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from agendas.errors import CadenceError, NotUnderstood
from agendas.facts.program import MailContent, MailOutcome
from agendas.rendering.words import Words
from agendas.rules.access import read_address
from agendas.verbs.mail import Taken, mail_content, queue_planned, settle, take_up
from bot.clock import Clock
from storage.database import Store, problem_of
from storage.mails import is_any_due

# The mail server, as CADENCE_SMTP_URL names it, and one mail sent through it.

SECONDS = 30.0
"""Ours: the longest that a mail server may take to answer one line."""
PORTS = {"smtp": 587, "smtps": 465}
LAST_PORT = 65_535
SUBJECT_CHARACTERS = 150
POLICY = SMTP.clone(cte_type="7bit")
"""Every server takes that: no line too long, and nothing but ASCII."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server: `is_encrypted` from the first byte, else as soon as it offers that. Mails come from `sender`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    is_encrypted: bool = False


class MailFailed(Exception):
    """The mail was not taken, or nobody knows: what became of it, and why in the server's words."""

    def __init__(self, outcome: MailOutcome, error: str) -> None:
        self.outcome, self.error = outcome, " ".join(error.split())
        super().__init__(f"{outcome.value}: {self.error}")


def mail_server(url: str) -> MailServer:
    """Return the server that a URL like `smtp://USER:PASSWORD@HOST:587?from=ADDRESS` names. Raises ValueError."""
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port or PORTS.get(parts.scheme, 0)
    if parts.scheme not in PORTS or not host or not 0 < port <= LAST_PORT or parts.path not in ("", "/"):
        raise ValueError("no address of a mail server")
    options = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if set(options) - {"from"} or any(len(each) != 1 for each in options.values()) or bool(user) != bool(password):
        raise ValueError("more than the address of a mail server, or half of a login")
    try:
        sender = read_address(options["from"][0] if options else user)
    except NotUnderstood as error:
        raise ValueError("no address that mails come from") from error
    return MailServer(host, port, sender, user, password, is_encrypted=parts.scheme == "smtps")


def send_mail(server: MailServer, content: MailContent, *, now: datetime, tls: ssl.SSLContext | None = None) -> None:
    """Send the mail. Raises MailFailed, which says whether the server certainly did not take it."""
    message = _mail(server, content, now)
    with _connected(server, tls) as smtp:
        try:
            _require_accepted(*smtp.mail(server.sender))
            _require_accepted(*smtp.rcpt(content.to))
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(MailOutcome.LATER, error_text(error)) from error
        try:
            code, answer = smtp.data(message.as_bytes(policy=POLICY))
        except smtplib.SMTPDataError as error:  # it refused the word DATA: nothing was sent yet
            raise MailFailed(_outcome(error.smtp_code), error_text(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(MailOutcome.IN_DOUBT, error_text(error)) from error
        _require_accepted(code, answer)


def try_server(server: MailServer, *, tls: ssl.SSLContext | None = None) -> None:
    """Connect and log in, and send nothing. Raises MailFailed."""
    with _connected(server, tls):
        pass


def error_text(error: Exception) -> str:
    """Return why a call failed, in the server's words where it gave some."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return str(error) or type(error).__name__


@contextmanager
def _connected(server: MailServer, tls: ssl.SSLContext | None) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and log in. A failure up to here means that the mail was not sent."""
    context = tls or ssl.create_default_context()
    try:
        smtp = _open_connection(server, context)
    except (OSError, smtplib.SMTPException) as error:
        raise MailFailed(MailOutcome.LATER, error_text(error)) from error
    try:
        try:
            _prepare(smtp, server, context)
        except smtplib.SMTPAuthenticationError as error:
            raise MailFailed(MailOutcome.LATER, f"the login was refused: {error_text(error)}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(MailOutcome.LATER, error_text(error)) from error
        yield smtp
    finally:
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
        smtp.close()


def _open_connection(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.is_encrypted:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=SECONDS)


def _prepare(smtp: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    smtp.ehlo_or_helo_if_needed()
    is_encrypted = server.is_encrypted
    if not is_encrypted and smtp.has_extn("starttls"):
        smtp.starttls(context=context)
        smtp.ehlo()
        is_encrypted = True
    if server.user:
        if not is_encrypted and not _is_here(server.host):
            raise MailFailed(MailOutcome.LATER, "the server offers no encryption, so the password was not sent")
        smtp.login(server.user, server.password)


def _is_here(host: str) -> bool:
    """Return whether the server is on this computer, so that nobody can listen."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _require_accepted(code: int, answer: bytes) -> None:
    """Raise MailFailed unless the server agreed."""
    if code not in (250, 251):
        raise MailFailed(_outcome(code), f"{code} {_decoded(answer)}")


def _outcome(code: int) -> MailOutcome:
    """Return the outcome of a refusal: for ever with 5xx (RFC 5321, 4.2.1)."""
    return MailOutcome.REFUSED if code >= 500 else MailOutcome.LATER


def _decoded(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)


def _mail(server: MailServer, content: MailContent, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Cadence <{server.sender}>"
    message["To"] = content.to
    message["Subject"] = " ".join(content.subject.split())[:SUBJECT_CHARACTERS]
    message["Date"] = format_datetime(now)
    # the same each time: whoever gets a mail twice after all can tell
    message["Message-ID"] = f"<{sha256(content.key.encode()).hexdigest()[:40]}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(content.text)
    for each in content.attachments:
        message.add_attachment(each.content, subtype="html", charset="utf-8", filename=each.name)
    return message


# The worker that sends mails, one at a time, and each once.

Send = Callable[[MailContent], None]
"""Send a mail, in a thread of its own. Raises MailFailed."""

log = logging.getLogger("cadence.mail")


def sender_through(server: MailServer, clock: Clock) -> Send:
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
        """Send due mails one by one until none is left or the worker is stopped."""
        try:
            # most looks find nothing, and need not write
            if not await self._store.read(is_any_due, self._clock.now()):
                return
            await self._store.write(queue_planned, self._clock.now())
            while not self._is_stopping and (taken := await self._store.write(take_up, self._clock.now())):
                outcome, error = await self._sent(taken)
                if outcome is not MailOutcome.SENT:
                    log.warning("mail_not_sent", extra={"mail": taken.id, "outcome": outcome.value})
                await self._store.write(settle, taken, outcome, error=error, now=self._clock.now())
        except Exception:  # the database may be away; the next look tries again
            log.exception("mails_failed", extra={"error_id": secrets.token_hex(4)})

    async def _sent(self, taken: Taken) -> tuple[MailOutcome, str]:
        """Send the mail and return what became of it, and why."""
        try:
            mail = await self._store.read_long(mail_content, taken, words=self._words, now=self._clock.now())
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
