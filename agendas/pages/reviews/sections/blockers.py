"""Blockers with age, owner and need, and those resolved since the last held review."""

from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import Blocker
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.rules.access.leads import lead_asked
from agendas.text.days import days_between


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """A blocker with its age in calendar days; `is_new` when it was opened since the last held review.

    `asked` is the lead of the function that it needs, where that is who is asked.
    """

    blocker: Blocker
    days_open: int
    is_new: bool = False
    asked: str | None = None


def blockers_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Open blockers, oldest first, then those resolved since; nothing where there are none."""
    facts = item.facts
    resolved = (
        b for b in facts.account.blockers if b.resolved_at is not None and _is_after(b.resolved_at, facts.since)
    )
    lines = (*open_lines(facts), *(line_of(facts, blocker) for blocker in resolved))
    return (Rows(words.lines("agenda.blockers", lines=lines, zone=facts.zone)),) if lines else ()


def open_lines(facts: AgendaFacts) -> tuple[BlockerLine, ...]:
    """The open blockers, oldest first."""
    open_ones = sorted(facts.account.open_blockers, key=lambda blocker: blocker.opened_at)
    return tuple(line_of(facts, blocker) for blocker in open_ones)


def line_of(facts: AgendaFacts, blocker: Blocker) -> BlockerLine:
    """A blocker as of the facts."""
    days_open = days_between(blocker.opened_at, facts.now, facts.zone)
    is_new = facts.since is not None and blocker.opened_at > facts.since
    return BlockerLine(blocker, days_open, is_new, lead_asked(blocker.needs, facts.account.profile, facts.leads))


def _is_after(instant: datetime, since: datetime | None) -> bool:
    return since is None or instant > since
