"""The addresses that the executive review is mailed to, for admins."""

from datetime import date

from agendas.facts.program.mail import MailAddressFacts, MailFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Confirm, Heading, Item, Line, Note, Page, Text
from agendas.rendering.words import Words

ADD, CODE, REMOVE, AGAIN = "mail.add", "mail.code", "mail.remove", "mail.again"
TROUBLES_SHOWN = 10


def mail_page(facts: MailFacts, words: Words, *, has_server: bool, zone: str, today: date) -> Page:
    """Each address with its button, the mails that did not arrive, and the button that adds an address."""
    confirmed = sum(each.confirmed_at is not None for each in facts.addresses)
    items: list[Item] = [Heading(words.raw("mail.heading"))]
    items += [] if has_server else [Text(words.say("mail.no_server"))]
    items += [_line(each, words, zone, today) for each in facts.addresses] or [Text(words.say("mail.no_address"))]
    items += [
        Line(
            words.say("mail.trouble", each=each, month=_first_of(each.month), zone=zone, today=today),
            labelled(words, AGAIN, str(each.id)),
        )
        for each in facts.troubles[:TROUBLES_SHOWN]
    ]
    items += [Note(words.say("mail.about")), Buttons((labelled(words, ADD, style="primary"),))]
    title = words.raw("mail.title", count=confirmed, waiting=len(facts.addresses) - confirmed)
    return Page(title, tuple(items), key="mail")


def _first_of(month: str) -> date | None:
    """The first day of a month like `2026-10`, None for a mail of no month."""
    return date.fromisoformat(f"{month}-01") if month else None


def _line(each: MailAddressFacts, words: Words, zone: str, today: date) -> Line:
    """The address, its code to be typed where it waits for one, and the button that removes it."""
    said = words.say("mail.address", each=each, zone=zone, today=today)
    asked = Confirm("Remove the address?", f"Nothing is mailed to {each.address} any more.", "Remove", "Keep it")
    remove = labelled(words, REMOVE, each.address, confirm=asked)
    return Line(said, remove) if each.confirmed_at else Line(said, labelled(words, CODE, each.address), (remove,))
