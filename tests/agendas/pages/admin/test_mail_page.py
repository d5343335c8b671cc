"""The page of the addresses that the executive review is mailed to."""

from datetime import UTC, datetime, timedelta

from agendas.facts.program import MailAddressFacts, MailFacts, MailKind, MailTrouble
from agendas.pages.admin import mail_page
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, drawn

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
FACTS = MailFacts(
    (
        MailAddressFacts(1, "dana@acme.example", "U0EVE1", NOW - timedelta(days=20), NOW - timedelta(days=19)),
        MailAddressFacts(2, "coo@acme.example", "U0EVE1", NOW - timedelta(hours=2), None),
    ),
    (
        MailTrouble(8, "dana@acme.example", MailKind.EXECUTIVE, "2026-11", True, "Connection unexpectedly closed", NOW),
        MailTrouble(7, "coo@acme.example", MailKind.CODE, "", False, "550 <!here> no such person", NOW),
    ),
)


def page_of(facts: MailFacts, *, has_server: bool = True) -> Page:
    return mail_page(facts, Words(), has_server=has_server, zone="Europe/London", today=NOW.date())


def test_the_page_looks_like_this() -> None:
    pages = {"normal": page_of(FACTS), "empty": page_of(MailFacts()), "no server": page_of(FACTS, has_server=False)}
    check_golden("pages/mail", "\n".join(drawn(kind, page) for kind, page in pages.items()))
