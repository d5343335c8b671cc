"""Reads of an account's history, page by page, with the events taken back. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, Source
from agendas.facts.events import ActionChanged, BlockerChanged, Corrected
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.plays import PlayEnded
from agendas.pages.accounts.history import HistoryFacts, HistoryLine
from agendas.rules.history.corrections import corrections_of, standing
from agendas.rules.history.deal_history import told_by_history
from agendas.rules.history.evidence import as_judged
from agendas.rules.history.undecided import is_in_doubt
from agendas.text.days import local_date
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.accounts import get_account
from storage import account_items, deals, events

ENTRIES_PER_PAGE = 10


def account_history(
    session: Session,
    workspace_id: str,
    account_id: int,
    *,
    now: datetime,
    zone: str,
    before_id: int | None = None,
    limit: int = ENTRIES_PER_PAGE,
) -> HistoryFacts:
    """Return the account's latest entries, newest first, below the event `before_id` if given.

    What an import told of a deal and its history tells too is shown once.

    `more_value` of the result is "ACCOUNT_ID BEFORE_ID" for the next page, and `correct_value` is it for this one.
    Raises Outdated for an unknown account.
    """
    row = get_account(session, workspace_id, account_id)
    page = _page(session, account_id, before_id, limit + 1)
    shown = page[:limit]
    corrections = _corrections_of(session, account_id, shown)
    return HistoryFacts(
        account_id=account_id,
        name=row.name,
        lines=_judged(session, account_id, lines(shown, corrections, subjects(session, shown))),
        zone=zone,
        today=local_date(now, zone),
        more_value=f"{account_id} {shown[-1].id}" if len(page) > limit else "",
        is_first=before_id is None,
        correct_value=f"{account_id} {before_id or 0}",
    )


def latest_lines(session: Session, account_id: int, limit: int) -> tuple[HistoryLine, ...]:
    """Return the lines of the account's newest events that count, newest first, without corrections."""
    asked = limit
    while True:
        page = [event_facts(row) for row in events.page(session, account_id, before_id=None, limit=asked)]
        # a correction comes after the event it takes back, so it is among the newest too
        standing_events = list(standing(page))
        counted = {event.id for event in standing_events if not isinstance(event.change, Corrected)}
        # and the history of a deal after the deal
        counted -= told_by_history(standing_events)
        shown = [event for event in page if event.id in counted][:limit]
        if len(shown) == limit or len(page) < asked:
            return _judged(session, account_id, lines(shown, {}, subjects(session, shown)))
        asked *= 4


def lines(
    shown: Iterable[EventFacts], corrections: Mapping[int, EventFacts], texts: Mapping[int, str]
) -> tuple[HistoryLine, ...]:
    """Return the lines of these events, with the correction of each and the text of the item it changes."""
    return tuple(HistoryLine(event, corrections.get(event.id), subject_in(event, texts)) for event in shown)


def subjects(session: Session, shown: Iterable[EventFacts]) -> dict[int, str]:
    """Return the texts of the items that these events change, by the id of the event that created the item."""
    creator = {number for event in shown if (number := _created_by(event)) is not None}
    return account_items.texts(session, creator)


def subject_in(event: EventFacts, texts: Mapping[int, str]) -> str:
    """Return the text of the blocker or action that the event changes, '' for other events."""
    creator = _created_by(event)
    return "" if creator is None else texts.get(creator, "")


def _judged(session: Session, account_id: int, shown: Sequence[HistoryLine]) -> tuple[HistoryLine, ...]:
    """Return the lines with their evidence as people judged it later, and the last person who did."""
    asked = [line.event.id for line in shown if is_in_doubt(line.event)]
    if not asked:
        return tuple(shown)
    told = events.of_kinds(session, account_id, ("evidence_judged", "corrected"), after_id=min(asked))
    judgments = [each for each in standing(map(event_facts, told)) if isinstance(each.change, EvidenceJudged)]
    judged = as_judged([*(line.event for line in shown), *sorted(judgments, key=lambda each: each.id)])
    people = {
        each.change.event_id: "" if each.source is Source.SYSTEM else each.actor
        for each in judgments
        if isinstance(each.change, EvidenceJudged)
    }
    return tuple(
        replace(line, event=event, judged_by=people.get(event.id, ""))
        for line, event in zip(shown, judged, strict=False)
    )


def _page(session: Session, account_id: int, before_id: int | None, limit: int) -> list[EventFacts]:
    """Return the latest entries below `before_id`, without rows of deals that their history tells too."""
    recorded = events.page(session, account_id, before_id=before_id, limit=limit)
    if not any(each.kind == "opportunity_changed" for each in recorded):
        return list(map(event_facts, recorded))
    hidden = told_by_history(standing(map(event_facts, deals.events_about_deals(session, [account_id]))))
    recorded = events.page(session, account_id, before_id=before_id, limit=limit + len(hidden))
    return [event_facts(each) for each in recorded if each.row_id not in hidden][:limit]


def _created_by(event: EventFacts) -> int | None:
    """Return the id of the event that created the item which this event changes, None for other events."""
    match event.change:
        case BlockerChanged(blocker_id=creator) | ActionChanged(action_id=creator) | PlayEnded(play_id=creator):
            return creator
    return None


def _corrections_of(session: Session, account_id: int, shown: Sequence[EventFacts]) -> dict[int, EventFacts]:
    """Return the correction of each of these events that has one, by event id; those taken back do not count."""
    # a correction can only take back events before it
    oldest = min((event.id for event in shown), default=0)
    return corrections_of(map(event_facts, events.of_kind(session, account_id, "corrected", after_id=oldest)))
