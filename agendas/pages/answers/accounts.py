"""Answers about one account or several accounts: status, what moved, who owns, what is stalled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import Moved
from agendas.facts.review import AgendaItem
from agendas.pages.list.accounts import account_lines
from agendas.pages.reviews.sections.blockers import line_of
from agendas.pages.reviews.sections.evidence import counted_evidence_of, evidence_of
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.notice import said
from agendas.rendering.page import Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date

BLOCKERS_IN_A_STATUS = 3
"""The oldest ones; the blockers' own answer has all."""

EVIDENCE_IN_A_LINE = 3


def status_page(
    item: AgendaItem,
    words: Words,
    *,
    next_review_at: datetime | None = None,
    last_event: EventFacts | None = None,
) -> Page:
    """Return an account's status in a few lines: stage, reasons, movement, blockers, next action, decision, review.

    `last_event` is what was recorded last; it says by whom.
    """
    facts, account = item.facts, item.facts.account
    today = local_date(facts.now, facts.zone)
    oldest = sorted(account.open_blockers, key=lambda blocker: blocker.opened_at)[:BLOCKERS_IN_A_STATUS]
    more = words.lines(
        "asked.status_more",
        item=item,
        blockers=[line_of(facts, b) for b in oldest],
        action=account.open_actions[0] if account.open_actions else None,
        review_at=next_review_at,
        today=today,
        proposed=proposed_stage(account),
    )
    first = words.say("asked.status", item=item, deal=furthest_deal(item.facts.account), today=today)
    items: list[Item] = [Heading(account.name), Text(first), Rows(more)]
    if evidence := evidence_of(item)[:EVIDENCE_IN_A_LINE]:
        items.append(Rows(words.lines("agenda.evidence", items=evidence, zone=facts.zone)))
    items.append(
        Note(words.say("asked.last_recorded", account=account, event=last_event, zone=facts.zone, today=today))
    )
    return Page(f"{account.name}: {read(first)}", tuple(items), key=f"status-{account.account_id}")


def moved_page(items: Sequence[AgendaItem], words: Words, *, since: Sequence[date], way: str = "") -> Page:
    """Return the movement of accounts since their last held reviews, with evidence; claims are called claims.

    `since` are the days of those reviews. `way` is advanced, regressed or expanded where only these are given.
    """
    first, last = min(since, default=None), max(since, default=None)
    label = words.say("asked.moved_label", count=len(items), way=way or "moved", first=first, last=last)
    lines = [_moved(item, words) for item in items]
    return _rows(label, lines, "moved")


def moved_of_page(item: AgendaItem, words: Words) -> Page:
    """Return the movement of one account since its last held review, said plainly when nothing moved."""
    return said(Mrkdwn(_moved(item, words).removeprefix("• ")))


def owner_page(
    account: AccountState,
    words: Words,
    *,
    source: EventFacts | None = None,
    zone: str = "UTC",
    today: date | None = None,
) -> Page:
    """Return the owner of an account, or that none is recorded; `source` is the event that set its profile."""
    return said(words.say("asked.owner", account=account, source_event=source, zone=zone, today=today))


def accounts_of_page(
    items: Sequence[AgendaItem], words: Words, *, about: str, next_reviews: Mapping[int, datetime]
) -> Page:
    """The accounts that another person owns or partners, those in trouble first; `about` is the person's mention."""
    label = words.say("asked.accounts_label", count=len(items), about=about)
    return _rows(label, account_lines(items, words, next_reviews=next_reviews), "accounts")


def stalled_page(items: Sequence[AgendaItem], words: Words, *, about: str = "") -> Page:
    """Stalled accounts and those that need intervention, each with its reasons in numbers.

    `about` is a person's mention or an account's name; empty for the whole list.
    """
    label = words.say("asked.stalled_label", count=len(items), about=about)
    return _rows(label, [line for item in items for line in words.lines("asked.stalled", item=item)], "stalled")


def _moved(item: AgendaItem, words: Words) -> str:
    """One line, with who told of the latest step and when."""
    told = [e for e in standing(item.facts.events) if isinstance(e.change, Moved) and e.change.to_stage is not None]
    evidence = counted_evidence_of(item)[:EVIDENCE_IN_A_LINE]
    today = local_date(item.facts.now, item.facts.zone)
    return words.say("asked.moved", item=item, evidence=evidence, told=told[-1] if told else None, today=today)


def _rows(label: str, lines: Sequence[str], key: str) -> Page:
    return Page(read(label), (Rows((label, *lines)),), key=key)
