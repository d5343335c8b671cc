import asyncio
import ipaddress
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import Session, select

from agendas.errors import NotUnderstood, Refused
from agendas.facts.audience import PrivacySet
from agendas.facts.program import Attachment, MailContent, MailOutcome
from agendas.rendering.words import Words
from agendas.verbs import mail as mail_verbs
from agendas.verbs.mail import LEASE, RETRY_AFTER, next_mail_at
from agendas.verbs.record import record
from bot.mail import MailFailed, MailServer, MailWorker, mail_server, send_mail, try_server
from storage import backups, mails
from storage.database import Store
from storage.models.delivery import Mail, MailState
from tests.builders import EVE, NOW, WORKSPACE, author
from tests.cases import cases
from tests.fakes.smtp_server import HANG_UP, FakeSmtp, smtp_server
from tests.program import Program, stored_program

# A mail through a mail server: encrypted where that is offered, and never in doubt without saying so.

MAILED_AT = datetime(2026, 12, 1, 6, tzinfo=UTC)
HTML = "<!DOCTYPE html>\n<p>Zoë · ● stalled\n.\n..dots</p>\n" + "x" * 3_000
PAGE = Attachment("cadence-executive-2026-11.html", HTML)
TEXT = "Read it.\n.\nZoë"
MAIL = MailContent("dana@acme.example", "Executive review\r\nBcc: x", TEXT, "T1:executive:2026-11", (PAGE,))


def at(server: FakeSmtp, **more: object) -> MailServer:
    return MailServer("127.0.0.1", server.port, "cadence@us.example", **more)  # type: ignore[arg-type]


async def send(server: MailServer, tls: ssl.SSLContext | None = None) -> None:
    await asyncio.to_thread(send_mail, server, MAIL, now=MAILED_AT, tls=tls)


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context, and that of a client who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(private + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(tmp_path / "both.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


async def test_a_mail_arrives_whole_with_its_page_and_the_same_id_each_time() -> None:
    async with smtp_server() as server:
        await send(at(server))
        await send(at(server))
    first, second = server.taken
    assert (first.sender, first.to) == ("cadence@us.example", "dana@acme.example")
    message = first.message
    assert message["Subject"] == "Executive review Bcc: x"
    assert (message["From"], message["To"], message["Bcc"]) == (
        "Cadence <cadence@us.example>",
        "dana@acme.example",
        None,
    )
    body = message.get_body()
    assert body is not None
    assert body.get_content() == "Read it.\n.\nZoë\n"
    [page] = message.iter_attachments()
    assert (page.get_filename(), page.get_content_type()) == (PAGE.name, "text/html")
    assert page.get_content().splitlines() == HTML.splitlines()
    assert message["Message-ID"] == second.message["Message-ID"]


async def test_the_connection_is_encrypted_where_that_is_offered_and_only_to_a_server_that_is_known(contexts):
    ours, theirs = contexts
    async with smtp_server(tls=ours, password="open") as server:
        login = at(server, user="ann", password="open")
        await send(login, theirs)
        assert (server.taken[0].is_encrypted, server.taken[0].user) == (True, "ann")
        with pytest.raises(MailFailed, match="certificate") as failed:
            await send(login)
        assert failed.value.outcome is MailOutcome.LATER
    async with smtp_server(encrypted=ours) as server:
        await send(at(server, is_encrypted=True), theirs)
        assert server.taken[0].is_encrypted


@pytest.mark.parametrize(
    ("answers", "outcome", "why"),
    [
        ({"EHLO": ["421 later", "421 later"], "HELO": ["421 later"]}, MailOutcome.LATER, "421 later"),
        ({"MAIL": ["451 later"]}, MailOutcome.LATER, "451 later"),
        ({"RCPT": ["550 no such person"]}, MailOutcome.REFUSED, "550 no such person"),
        ({"RCPT": ["450 mailbox busy"]}, MailOutcome.LATER, "450 mailbox busy"),
        ({"RCPT": [HANG_UP]}, MailOutcome.LATER, "closed"),
        ({"DATA": ["554 no"]}, MailOutcome.REFUSED, "554 no"),
        ({".": ["552 too large"]}, MailOutcome.REFUSED, "552 too large"),
        ({".": ["451 try again"]}, MailOutcome.LATER, "451 try again"),
        ({".": [HANG_UP]}, MailOutcome.IN_DOUBT, "closed"),
    ],
)
async def test_only_a_connection_cut_after_the_mail_leaves_it_in_doubt(answers, outcome, why):
    async with smtp_server(answers=answers) as server:
        with pytest.raises(MailFailed) as failed:
            await send(at(server))
    assert (failed.value.outcome, why in failed.value.error) == (outcome, True)


async def test_a_password_goes_to_nobody_without_encryption_and_a_wrong_one_is_said() -> None:
    async with smtp_server(password="open") as server:
        with pytest.raises(MailFailed, match="login was refused: 535 wrong user or password"):
            await asyncio.to_thread(try_server, at(server, user="ann", password="shut"))
        await asyncio.to_thread(try_server, at(server, user="ann", password="open"))
        server.heard.clear()
        # this computer's address, written as nobody takes it for one
        elsewhere = MailServer("127.1", server.port, "a@us.example", "ann", "open")
        with pytest.raises(MailFailed, match="no encryption, so the password was not sent"):
            await asyncio.to_thread(try_server, elsewhere)
        assert "AUTH" not in server.heard
    with pytest.raises(MailFailed) as failed:
        await send(at(server))
    assert failed.value.outcome is MailOutcome.LATER


@cases(
    ("url", "server"),
    [
        (
            "smtp://ann%40us.example:p%2Fw@mail.example",
            MailServer("mail.example", 587, "ann@us.example", "ann@us.example", "p/w"),
        ),
        (
            "smtps://key:pw@mail.example?from=ann@us.example",
            MailServer("mail.example", 465, "ann@us.example", "key", "pw", True),
        ),
        ("smtp://127.0.0.1:2525/?from=ann%40US.example", MailServer("127.0.0.1", 2525, "ann@us.example")),
    ],
)
def test_a_url_names_host_port_login_and_sender(url: str, server: MailServer) -> None:
    assert mail_server(url) == server
    assert "pw" not in repr(mail_server(url))


@cases(
    "url",
    [
        *("mail.example", "http://ann%40us.example:pw@mail.example", "smtp://:587?from=a@us.example"),
        *("smtp://mail.example:587", "smtp://key:pw@mail.example", "smtp://ann%40us.example@mail.example"),
        *("smtp://mail.example:99999?from=a@us.example", "smtp://mail.example:x?from=a@us.example"),
        *("smtp://mail.example/inbox?from=a@us.example", "smtp://mail.example?from=a@us.example&from=b@us.example"),
        *("smtp://mail.example?sender=a@us.example", "smtp://[::1?from=a@us.example"),
    ],
)
def test_anything_else_is_no_url_of_a_mail_server(url: str) -> None:
    with pytest.raises(ValueError):
        mail_server(url)


# Mails on their way: once each, later where the server says so, in doubt where nobody knows.

DANA, CODE = "dana@acme.example", "042042"
FIRST = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Post:
    """A worker at work, and what it sent; `fails` makes it fail each time until told otherwise."""

    def __init__(self, program: Program) -> None:
        self.program, self.store = program, program.store
        self.at = NOW
        self.sent: list[MailContent] = []
        self.fails: MailOutcome | None = None
        self.worker = MailWorker(self.store, Words(), self, self._send)

    async def works(self, at: datetime) -> None:
        self.at = at
        await self.worker.work()

    def now(self) -> datetime:
        return self.at

    def did(self, verb: Callable[..., object], *given: object, at: datetime = NOW, **more: object) -> object:
        return self.store.write_now(verb, author(EVE, at), *given, **more)

    def states(self) -> list[tuple[str, MailState, int]]:
        def read(session: Session) -> list[tuple[str, MailState, int]]:
            rows = session.exec(select(Mail).order_by(Mail.id)).all()  # type: ignore[arg-type]
            return [(row.kind, row.state, row.attempts) for row in rows]

        return self.store.read_now(read)

    def _send(self, mail: MailContent) -> None:
        if self.fails is not None:
            raise MailFailed(self.fails, "450 busy")
        self.sent.append(mail)


@pytest.fixture
def post(store: Store) -> Post:
    return Post(stored_program(store))


@pytest.fixture
def confirmed(post: Post) -> Post:
    post.did(mail_verbs.add_address, DANA, code=CODE)
    post.did(mail_verbs.confirm, DANA, CODE)
    return post


async def test_nothing_but_a_code_goes_to_an_address_before_the_code_is_typed(post: Post) -> None:
    post.did(mail_verbs.add_address, f"<mailto:{DANA}|{DANA}>", code=CODE)
    await post.works(NOW)
    [mail] = post.sent
    assert (mail.to, mail.attachments) == (DANA, ())
    assert CODE in mail.text
    assert "Eve wants" in mail.text
    await post.works(FIRST)
    assert len(post.sent) == 1
    with pytest.raises(Refused, match="short while ago"):
        post.did(mail_verbs.add_address, DANA, code="1")
    assert [post.did(mail_verbs.confirm, DANA, wrong) for wrong in ("", "1", "042041", "42042")] == [False] * 4
    assert post.did(mail_verbs.confirm, DANA, "042 042") is True
    assert post.did(mail_verbs.confirm, DANA, "") is True
    with pytest.raises(Refused, match="confirmed already"):
        post.did(mail_verbs.add_address, DANA, code="1", at=FIRST)


def test_a_code_counts_five_times_and_two_days_and_a_new_one_takes_its_place(post: Post) -> None:
    post.did(mail_verbs.add_address, DANA, code=CODE)
    assert [post.did(mail_verbs.confirm, DANA, "1") for _ in range(5)] == [False] * 5
    with pytest.raises(Refused, match="does not count any more"):
        post.did(mail_verbs.confirm, DANA, CODE)
    later = NOW + timedelta(hours=1)
    post.did(mail_verbs.add_address, DANA, code="777777", at=later)
    with pytest.raises(Refused, match="does not count any more"):
        post.did(mail_verbs.confirm, DANA, "777777", at=later + timedelta(days=3))
    assert post.did(mail_verbs.confirm, DANA, CODE, at=later) is False
    assert post.did(mail_verbs.confirm, DANA, "777777", at=later) is True
    with pytest.raises(NotUnderstood, match="none of the addresses"):
        post.did(mail_verbs.remove_address, "cfo@acme.example")
    with pytest.raises(NotUnderstood, match="no e-mail address"):
        post.did(mail_verbs.add_address, "dana@acme", code="1")


async def test_the_page_of_the_month_goes_out_once_without_private_accounts(confirmed: Post) -> None:
    confirmed.program.did(record, EVE, NOW, confirmed.program.accounts["globex"], PrivacySet("C0DEAL"))
    await confirmed.works(FIRST)
    await confirmed.works(FIRST + timedelta(hours=1))
    [mail] = confirmed.sent
    assert mail.subject.startswith("Executive review, Nov 2026")
    [page] = mail.attachments
    assert page.name == "cadence-executive-2026-11.html"
    assert "Executive review" in page.content
    assert "Globex" not in page.content + mail.text + mail.subject
    await confirmed.works(datetime(2027, 2, 20, tzinfo=UTC))
    assert [each.attachments[0].name[18:25] for each in confirmed.sent] == ["2026-11", "2027-01"]


async def test_a_server_that_is_busy_is_tried_again_and_after_the_last_try_the_admins_are_told(confirmed: Post) -> None:
    confirmed.fails, at = MailOutcome.LATER, FIRST
    for wait in (timedelta(), *RETRY_AFTER):
        at += wait + timedelta(seconds=10)
        await confirmed.works(at)
    assert confirmed.states()[-1] == ("executive", MailState.REFUSED, len(RETRY_AFTER) + 1)
    [trouble] = confirmed.store.read_now(mail_verbs.mail_troubles, WORKSPACE, now=at)
    assert (trouble.address, trouble.month, trouble.is_in_doubt, trouble.error) == (DANA, "2026-11", False, "450 busy")
    confirmed.fails = None
    confirmed.did(mail_verbs.send_again, trouble.id, at=at)
    await confirmed.works(at)
    assert [mail.to for mail in confirmed.sent] == [DANA]
    with pytest.raises(Refused, match="sent already"):
        confirmed.did(mail_verbs.send_again, trouble.id, at=at)


async def test_a_mail_that_may_have_arrived_is_not_sent_again_by_itself(confirmed: Post) -> None:
    confirmed.fails = MailOutcome.IN_DOUBT
    await confirmed.works(FIRST)
    confirmed.fails = None
    await confirmed.works(FIRST + timedelta(days=1))
    assert confirmed.sent == []
    [trouble] = confirmed.store.read_now(mail_verbs.mail_troubles, WORKSPACE, now=FIRST)
    assert trouble.is_in_doubt


async def test_what_a_process_was_sending_when_it_stopped_is_in_doubt(confirmed: Post) -> None:
    confirmed.fails = MailOutcome.REFUSED
    await confirmed.works(FIRST)
    confirmed.fails = None

    later = FIRST + timedelta(minutes=1)

    def stop_in_the_middle(session: Session) -> None:
        session.exec(select(Mail)).all()[-1].state = MailState.WAITING
        session.flush()
        assert mails.claim(session, now=later, lease=LEASE) is not None
        assert mails.claim(session, now=later, lease=LEASE) is None

    confirmed.store.write_now(stop_in_the_middle)
    await confirmed.works(later)
    assert confirmed.states()[-1][1] is MailState.SENDING
    await confirmed.works(later + LEASE + timedelta(minutes=1))
    assert confirmed.states()[-1][1] is MailState.IN_DOUBT
    assert confirmed.sent == []


async def test_after_a_restore_nothing_goes_out_twice(confirmed: Post) -> None:
    confirmed.fails = MailOutcome.LATER
    await confirmed.works(FIRST)
    confirmed.fails = None
    confirmed.store.write_now(backups.settle)
    await confirmed.works(FIRST + timedelta(days=1))
    assert confirmed.sent == []
    [trouble] = confirmed.store.read_now(mail_verbs.mail_troubles, WORKSPACE, now=FIRST)
    assert (trouble.is_in_doubt, "restored from a backup" in trouble.error) == (True, True)
    await confirmed.works(FIRST + timedelta(days=31))
    assert [each.attachments[0].name[18:25] for each in confirmed.sent] == ["2026-12"]


async def test_what_waits_for_an_address_that_is_removed_is_not_sent(confirmed: Post) -> None:
    confirmed.fails = MailOutcome.LATER
    await confirmed.works(FIRST)
    assert confirmed.did(mail_verbs.remove_address, DANA) == DANA
    confirmed.fails = None
    await confirmed.works(FIRST + timedelta(days=1))
    assert confirmed.sent == []
    assert confirmed.states() == []


@cases(
    ("now", "zone", "wanted"),
    [
        (datetime(2026, 11, 24, tzinfo=UTC), "UTC", datetime(2026, 12, 1, 7, tzinfo=UTC)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Berlin", datetime(2027, 2, 1, 6, tzinfo=UTC)),
        (datetime(2027, 3, 1, 6, tzinfo=UTC), "Europe/Berlin", datetime(2027, 4, 1, 5, tzinfo=UTC)),
    ],
)
def test_the_next_mail_goes_out_on_the_first_morning_of_the_next_month(now: datetime, zone: str, wanted: datetime):
    assert next_mail_at(now, zone) == wanted


def test_there_are_twenty_addresses_at_most(post: Post) -> None:
    for number in range(mail_verbs.MOST_ADDRESSES):
        post.did(mail_verbs.add_address, f"a{number}@acme.example", code="1")
    with pytest.raises(Refused, match="the most there can be"):
        post.did(mail_verbs.add_address, DANA, code="1")
