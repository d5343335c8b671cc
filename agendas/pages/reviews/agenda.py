"""The agenda of one account in a review: a message of its own, with its buttons."""

from agendas.facts.review import AgendaItem
from agendas.pages.reviews.sections import (
    actions,
    asks,
    blockers,
    decision,
    evidence,
    group,
    header,
    missing,
    movement,
    plays,
    signals,
)
from agendas.pages.reviews.sections.deal_stage import deal_stage
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Divider, Heading, Item, Note, Page
from agendas.rendering.words import Words

SECTIONS = (header, movement, evidence, signals, group, blockers, actions, plays, missing, decision)
EVIDENCE = "evidence"
BUTTONS = ("move", "blocker", "next", "no_change", "decide", "waiting")


def agenda_page(item: AgendaItem, words: Words, *, is_open: bool) -> Page:
    """Return the agenda of one account, most important first.

    Args:
        item: the account on its review.
        words: the sentences.
        is_open: false once the review is closed: the buttons are then gone and a note says where updates go.
    """
    placement, name = item.placement, item.facts.account.name
    foot: Item = (
        agenda_buttons(item, words) if is_open else Note(words.say("agenda.closed_note", review_on=item.review_on))
    )
    return Page(
        title=words.raw(
            "agenda.title",
            name=name,
            placement=placement,
        ),
        items=(
            Heading(name),
            *sections_of(item, words, can_answer=is_open),
            *deal_stage(item, words, can_confirm=is_open),
            Divider(),
            foot,
        ),
        key=f"agenda-{item.review_item_id}",
        continued=words.say("agenda.continued", name=name),
    )


def sections_of(item: AgendaItem, words: Words, *, can_answer: bool = False) -> tuple[Item, ...]:
    """All sections in the order they are discussed; with `can_answer` the open asks have their button."""
    parts = tuple(part for module in SECTIONS for part in module.section(item, words))
    return (*parts, *asks.asks(item, words, can_answer=can_answer))


def agenda_buttons(item: AgendaItem, words: Words) -> Buttons:
    """Movement, Blocker, Next action, No change, Decide, Customer's date; each carries the review item's id.

    A step that is only claimed has Add evidence before them.
    """
    is_claimed = item.facts.account.claimed_from is not None
    return Buttons(
        tuple(
            labelled(words, f"agenda.{name}", str(item.review_item_id), style="primary" if name == "decide" else "")
            for name in (*((EVIDENCE,) if is_claimed else ()), *BUTTONS)
        )
    )
