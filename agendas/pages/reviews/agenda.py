"""The agenda of one account in a review: a message of its own, with its buttons."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import AgendaSection
from agendas.pages.reviews.summary.gaps import gaps
from agendas.pages.reviews.summary.moved import moved
from agendas.pages.reviews.summary.open_items import blocked, due, open_actions, plays
from agendas.pages.reviews.summary.receipts import receipts
from agendas.pages.reviews.summary.standing import first_lines, numbers, reasons
from agendas.pages.reviews.summary.to_decide import to_decide
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal

EVIDENCE = "agenda.evidence"
BUTTONS = ("agenda.update", "agenda.no_change", "agenda.decide")
MENU = ("agenda.move", "agenda.blocker", "agenda.next", "agenda.waiting", "agenda.details")


def agenda_page(item: AgendaItem, words: Words, *, is_open: bool) -> Page:
    """Return the agenda of one account, most important first, with what was recorded in the review below its buttons.

    Args:
        item: the account on its review.
        words: the sentences.
        is_open: false once the review is closed: Details is then the only button and a note says where updates go.
    """
    facts, placement, name = item.facts, item.placement, item.facts.account.name
    deal = moved_deal(facts.account, placement.movement, since=facts.since)
    return Page(
        title=words.raw("agenda.title", name=name, placement=placement, deal=deal),
        items=(
            *account_summary(item, words, can_act=is_open),
            *_foot(item, words, is_open=is_open),
        ),
        key=f"agenda-{item.review_item_id}",
        continued=words.say("agenda.continued", name=name),
    )


def account_summary(item: AgendaItem, words: Words, *, can_act: bool) -> tuple[Item, ...]:
    """The account in a few lines, its sections in their order.

    With `can_act` what is open about its evidence, asks and deals has its button.
    """
    sections = (each for section in item.sections for each in SECTIONS[section](item, words, can_act))
    return tuple(joined((Rows(first_lines(item, words)), *sections)))


def _moved(item: AgendaItem, words: Words, can_act: bool) -> tuple[Item, ...]:
    return moved(item, words, evidence_action=EVIDENCE if can_act else "", value=str(item.review_item_id))


def _to_decide(item: AgendaItem, words: Words, can_act: bool) -> tuple[Item, ...]:
    return tuple(to_decide(item, words, can_act=can_act))


def _due(item: AgendaItem, words: Words, can_act: bool) -> tuple[Item, ...]:
    """The open next actions with Edit: the form of the only one, of several the card, where each has its buttons."""
    number = item.facts.account.account_id
    match [action.id for action in open_actions(item)] if can_act else ():
        case []:
            return (Rows(due(item, words)),)
        case [only]:
            button = labelled(words, "action.edit", f"{number} {only}")
        case _:
            button = labelled(words, "account.actions", str(number))
    return tuple(Line(line, button) for line in due(item, words))


def _lines(lines_of: Callable[[AgendaItem, Words], tuple[str, ...]]) -> Callable[..., tuple[Item, ...]]:
    """The section that these lines make, without anything to press."""
    return lambda item, words, _can_act: (Rows(lines_of(item, words)),)


SECTIONS: Mapping[AgendaSection, Callable[[AgendaItem, Words, bool], tuple[Item, ...]]] = {
    AgendaSection.WHY: _lines(reasons),
    AgendaSection.NUMBERS: _lines(numbers),
    AgendaSection.MOVED: _moved,
    AgendaSection.DUE: _due,
    AgendaSection.BLOCKED: _lines(blocked),
    AgendaSection.GAPS: _lines(gaps),
    AgendaSection.PLAYS: _lines(plays),
    AgendaSection.TO_DECIDE: _to_decide,
}
"""What each section shows of an account; with the third argument true, what can be done there has its button."""


def joined(items: Iterable[Item]) -> Iterator[Item]:
    """Yield rows that follow each other as one item: every item is a block, and blocks stand apart."""
    for is_rows, run in groupby(items, key=lambda item: isinstance(item, Rows)):
        if not is_rows:
            yield from run
            continue
        lines = tuple(line for item in run if isinstance(item, Rows) for line in item.lines)
        if lines:
            yield Rows(lines)


def _foot(item: AgendaItem, words: Words, *, is_open: bool) -> tuple[Item, ...]:
    if is_open:
        return (agenda_buttons(item, words), *receipts(item, words))
    note = Note(words.say("agenda.closed_note", review_on=item.review_on))
    details = Buttons((labelled(words, "agenda.details", str(item.review_item_id)),))
    return (*receipts(item, words), note, details)


def agenda_buttons(item: AgendaItem, words: Words) -> Buttons:
    """Update, No change and Decide, with what is rarer in a menu; each carries the review item's id."""
    value = str(item.review_item_id)
    return Buttons(
        tuple(labelled(words, action, value) for action in BUTTONS),
        tuple(labelled(words, action, value) for action in MENU),
    )
