"""A mail through a mail server: encrypted where that is offered, and never in doubt without saying so."""

import asyncio
import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from agendas.facts.program import Attachment, MailContent, MailOutcome
from bot.mail import MailFailed, MailServer, mail_server, send_mail, try_server
from tests.cases import cases
from tests.fakes.smtp_server import HANG_UP, FakeSmtp, smtp_server

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
HTML = "<!DOCTYPE html>\n<p>Zoë · ● stalled\n.\n..dots</p>\n" + "x" * 3_000
PAGE = Attachment("cadence-executive-2026-11.html", HTML)
TEXT = "Read it.\n.\nZoë"
MAIL = MailContent("dana@acme.example", "Executive review\r\nBcc: x", TEXT, "T1:executive:2026-11", (PAGE,))


def at(server: FakeSmtp, **more: object) -> MailServer:
    return MailServer("127.0.0.1", server.port, "cadence@us.example", **more)  # type: ignore[arg-type]


async def send(server: MailServer, tls: ssl.SSLContext | None = None) -> None:
    await asyncio.to_thread(send_mail, server, MAIL, now=NOW, tls=tls)


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


async def test_the_connection_is_encrypted_where_that_is_offered_and_only_to_a_server_that_is_known(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
) -> None:
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
async def test_only_a_connection_cut_after_the_mail_leaves_it_in_doubt(
    answers: dict[str, list[str]], outcome: MailOutcome, why: str
) -> None:
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
        "mail.example",
        "http://ann%40us.example:pw@mail.example",
        "smtp://:587?from=a@us.example",
        "smtp://mail.example:587",
        "smtp://key:pw@mail.example",
        "smtp://ann%40us.example@mail.example",
        "smtp://mail.example:99999?from=a@us.example",
        "smtp://mail.example:x?from=a@us.example",
        "smtp://mail.example/inbox?from=a@us.example",
        "smtp://mail.example?from=a@us.example&from=b@us.example",
        "smtp://mail.example?sender=a@us.example",
        "smtp://[::1?from=a@us.example",
    ],
)
def test_anything_else_is_no_url_of_a_mail_server(url: str) -> None:
    with pytest.raises(ValueError):
        mail_server(url)
