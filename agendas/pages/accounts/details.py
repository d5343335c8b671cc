"""Everything that the few lines of an account leave out, for the person who pressed Details."""

from collections.abc import Iterator

from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.narrative import narrative_parts
from agendas.pages.reviews.sections.actions import actions_section
from agendas.pages.reviews.sections.asks import asks
from agendas.pages.reviews.sections.blockers import blockers_section
from agendas.pages.reviews.sections.deal_stage import deal_stage
from agendas.pages.reviews.sections.decision import decision_section
from agendas.pages.reviews.sections.evidence import evidence_section
from agendas.pages.reviews.sections.group import group_section
from agendas.pages.reviews.sections.header import header_section
from agendas.pages.reviews.sections.missing import missing_section
from agendas.pages.reviews.sections.movement import movement_section
from agendas.pages.reviews.sections.plays import plays_section
from agendas.pages.reviews.sections.signals import signals_section
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Fold, Heading, Item, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.text.days import local_date

SHOWN = (
    header_section,
    movement_section,
    evidence_section,
    blockers_section,
    actions_section,
    missing_section,
    decision_section,
)
FOLDED = (group_section, signals_section, plays_section)
SECTIONS = (*SHOWN, *FOLDED)


def details_page(item: AgendaItem, words: Words, *, can_act: bool = False, can_decide: bool = False) -> Page:
    """Return every reason, the movement with all evidence, deals; folded the group, signals, plays, why, the narrative.

    `can_act`: the reader may update the account, answer its asks and confirm what a deal implies; `can_decide`: also
    who may see it.
    """
    account = item.facts.account
    buttons = (
        *(("account.update",) if can_act and not account.has_left_list else ()),
        "account.history",
        *(("account.private",) if can_decide else ()),
    )
    items = (
        Heading(words.raw("details.heading", name=account.name)),
        *(part for section in SHOWN for part in section(item, words)),
        *asks(item, words, can_answer=can_act),
        *deal_stage(item, words, can_confirm=can_act),
        Fold(words.raw("details.group_title"), tuple(part for section in FOLDED for part in section(item, words))),
        Fold(words.raw("details.why_title"), (*_why(item, words), *_narrative(item, words))),
        Buttons(tuple(labelled(words, each, str(account.account_id)) for each in buttons)),
    )
    return Page(
        title=words.raw("details.heading", name=account.name),
        items=items,
        key=f"details-{account.account_id}",
        continued=words.say("agenda.continued", name=account.name),
    )


def _why(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Since when it is on the list and why, and the fields of its profile that nothing else shows."""
    lines = words.lines("details.why", account=item.facts.account, zone=item.facts.zone)
    return (Rows(lines),) if lines else ()


def _narrative(item: AgendaItem, words: Words) -> Iterator[Item]:
    current, facts = item.facts.account.narrative, item.facts
    if current is not None:
        today = local_date(facts.now, facts.zone)
        yield Text(words.say("details.narrative", current=current, zone=facts.zone, today=today))
        yield Rows(tuple(narrative_parts(current, words)))
