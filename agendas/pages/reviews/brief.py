"""The facilitator's brief an hour before a review, and what they ask of others by it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.brief import Brief
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.reviews.sections.decision import question_said
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import MENU_ENTRIES
from agendas.rendering.page import Buttons, Item, Line, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words

ADD, LEAVE_OUT, REMIND, ASK, MOVE = "brief.add", "brief.leave_out", "brief.remind", "brief.ask", "brief.move"

MOST_PEOPLE = 2
"""People named of those who owe updates, each with a button; the others are counted."""
MOST_ACCOUNTS = 5
"""Accounts named to update in a reminder, each with its button."""


def brief_page(brief: Brief, words: Words, *, can_decide: bool = True) -> Page:
    """Changes, people who have not updated, promises not done, the minutes, and where a decision matters most.

    About 10 lines, at most 16. Who may not decide gets it without buttons.
    """
    discussed = [item for item in brief.items if item.part is ItemPart.DISCUSSED]
    title = words.raw("brief.title", brief=brief, discussed=len(discussed))
    items: list[Item] = [
        Text(words.say("brief.first", brief=brief, discussed=len(discussed), used=_minutes(discussed)))
    ]
    items += _said(brief, discussed, words, can_decide=can_decide)
    if can_decide:
        items.append(_choices(brief, discussed, words))
    return Page(title, tuple(items), key=f"brief-{brief.cadence_id}-{brief.planned_on.toordinal()}")


def asked_before_page(
    *, by: str, text: str, channel_id: str, at: datetime, zone: str, accounts: Sequence[tuple[int, str]], words: Words
) -> Page:
    """The facilitator's words to a person, or the accounts that they remind them of, each with its button."""
    about = {"by": by, "channel_id": channel_id, "at": at, "zone": zone, "count": len(accounts)}
    items: list[Item] = [Text(words.say("brief.asked" if text else "brief.reminded", **about, text=text))]
    for account_id, name in accounts[:MOST_ACCOUNTS]:
        items.append(Line(words.say("brief.account", name=name), labelled(words, "account.update", str(account_id))))
    if len(accounts) > MOST_ACCOUNTS:
        items.append(Note(words.say("brief.more", count=len(accounts) - MOST_ACCOUNTS)))
    title = words.raw("brief.asked_title" if text else "brief.reminded_title", **about, text=text)
    return Page(title, tuple(items), key=f"asked-before-{channel_id}")


def leads_now_page(*, by: str, channel_id: str, at: datetime | None, zone: str, words: Words) -> Page:
    """Notice to the reader that somebody made them the facilitator of a channel's reviews."""
    about = {"by": by, "channel_id": channel_id, "at": at, "zone": zone}
    items = (Text(words.say("brief.leads", **about)), Note(words.say("brief.leads_note")))
    return Page(words.raw("brief.leads_title", **about), items, key=f"leads-{channel_id}")


def _said(brief: Brief, discussed: Sequence[AgendaItem], words: Words, *, can_decide: bool) -> Iterator[Item]:
    if brief.changes:
        yield Text(words.say("brief.changed", changes=list(brief.changes.items())))
    yield from _not_updated(brief, words, can_decide=can_decide)
    others = [each.user_id for each in brief.not_updated[MOST_PEOPLE:]]
    if others or brief.away:
        yield Text(words.say("brief.not_here", others=others, away=brief.away, reader=brief.reader))
    if brief.promised:
        yield Text(words.say("brief.promised", promised=brief.promised))
    left_out = [item for item in brief.items if item.part is ItemPart.LEFT_OUT]
    lines = words.lines("brief.minutes", discussed=discussed, left_out=left_out, chosen_by=brief.chosen_by)
    if lines:
        yield Rows(lines)
    if brief.matters:
        said = [(item, question_said(question, item, words)) for item, question in brief.matters]
        yield Rows(words.lines("brief.matters", matters=said))


def _not_updated(brief: Brief, words: Words, *, can_decide: bool) -> Iterator[Item]:
    for number, each in enumerate(brief.not_updated[:MOST_PEOPLE]):
        said = words.say("brief.not_updated", each=each, is_first=number == 0, reader=brief.reader)
        button = labelled(words, REMIND, _value(brief, each.user_id))
        # nobody reminds themselves
        is_asked = can_decide and not each.is_reminded and each.user_id != brief.reader
        yield Line(said, button) if is_asked else Text(said)


def _choices(brief: Brief, discussed: Sequence[AgendaItem], words: Words) -> Buttons:
    """A row of the menus that add an account or leave one out, and the buttons that ask and move."""
    menus: list[Menu] = []
    others = [item for item in brief.items if item.part is not ItemPart.DISCUSSED]
    for action, label, items in (
        (ADD, "brief.add_one", others),
        (LEAVE_OUT, "brief.leave_out_one", discussed if len(discussed) > 1 else ()),
    ):
        if items:
            entries = [(item.facts.account.name, _value(brief, str(item.facts.account.account_id))) for item in items]
            menus.append(Menu(words.raw(label), action, tuple(entries[:MENU_ENTRIES])))
    return Buttons((labelled(words, ASK, _value(brief)), labelled(words, MOVE, _value(brief))), choices=tuple(menus))


def _value(brief: Brief, of: str = "") -> str:
    """The planned review, and the person or account meant."""
    return f"{brief.cadence_id} {brief.planned_on.toordinal()} {of}".strip()


def _minutes(discussed: Sequence[AgendaItem]) -> int:
    return sum(item.minutes for item in discussed)
