"""The doctor's check of the mail server: a login, and no mail."""

import asyncio

from bot.cli.doctor.report import Finding, ok, wrong
from bot.mail.server import MailFailed, mail_server, try_server
from bot.settings import Settings


async def mail_findings(settings: Settings) -> list[Finding]:
    """Return whether the mail server takes the login; nothing where none is set."""
    if not settings.smtp_url:
        return []
    server = mail_server(settings.smtp_url)
    name = f"{server.host}:{server.port}"
    try:
        await asyncio.to_thread(try_server, server)
    except MailFailed as failure:
        return [wrong("mail", f"{name} cannot be used ({failure.error}): check CADENCE_SMTP_URL. No mail is sent.")]
    return [ok("mail", f"{name} takes mails from {server.sender}.")]
