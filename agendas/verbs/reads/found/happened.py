"""Reads of entries of many accounts: decisions, changes of the list, everything recorded, evidence."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlmodel import Session

from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.events import Change, Decided, DecisionKind, ListChanged, Nominated
from agendas.facts.found.items import EVER, Act, Among, FoundItem, Span
from agendas.rules.history.corrections import standing
from agendas.rules.history.deal_history import told_by_history
from agendas.rules.history.evidence import COUNTING, touches
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.account.history import subject_in, subjects
from agendas.verbs.reads.found import loading
from storage.found import events

MOST_ENTRIES = 2_000
"""Entries read for one answer, the newest ones: they have more to read than things that stand now."""

RECORDED = (
    "nominated",
    "edited",
    "list_changed",
    "justified",
    "moved",
    "nothing_moved",
    "noted",
    "evidence_added",
    "waiting_set",
    "blocker_opened",
    "blocker_changed",
    "action_added",
    "action_changed",
    "item_edited",
    "decided",
    "ask_answered",
    "ask_taken",
    "executive_met",
    "fit_scored",
    "contact_added",
    "contact_edited",
    "narrative_written",
    "product_input",
    "play_started",
    "play_ended",
    "opportunity_changed",
    "stage_declined",
)
"""Kinds of entries that people ask for as what changed: all but corrections, judgements and who may see."""

TELLING = (
    "moved",
    "nothing_moved",
    "evidence_added",
    "waiting_set",
    "blocker_opened",
    "blocker_changed",
    "action_added",
    "action_changed",
    "play_ended",
)
"""Kinds of entries that can bring evidence."""

DECIDED_BY = {
    ListStatus.PAUSED.value: DecisionKind.PAUSE,
    ListStatus.REMOVED.value: DecisionKind.REMOVE,
}


def entries(
    session: Session,
    among: Among,
    kinds: Collection[str],
    *,
    span: Span = EVER,
    actors: Collection[str] = (),
    limit: int = MOST_ENTRIES,
) -> list[FoundItem]:
    """Return the entries of these kinds that happened in the span and count still, newest first."""
    of = loading.of_rows(among, left_too=True)
    rows = events.happened(session, of, kinds, days=loading.days_of(span), actors=actors, limit=limit)
    if not rows:
        return []
    told = [event_facts(row) for row, _ in rows]
    account_ids = {event.account_id for event in told}
    after = min(event.id for event in told)
    amended = map(event_facts, events.amending(session, among.workspace_id, account_ids, after_id=after))
    known = {event.id for event in told}
    counted = [event for event in standing((*told, *amended)) if event.id in known]
    accounts = {columns.id: loading.account_of(columns) for _, columns in rows}
    return [FoundItem(accounts[event.account_id], event, event.id, event) for event in reversed(counted)]


def decisions(
    session: Session,
    among: Among,
    *,
    kinds: Collection[DecisionKind] = (),
    words: str = "",
    span: Span = EVER,
    actors: Collection[str] = (),
) -> list[FoundItem]:
    """Return what was decided, newest first: in reviews, and every change of the list that somebody gave a reason for.

    What a review's decision changed on the list is told once.
    """
    told = entries(session, among, ("decided", "list_changed"), span=span, actors=actors)
    found = [each for each in told if isinstance(each.thing, EventFacts) and _is_decision(each.thing, kinds)]
    return _about(found, words)


def _is_decision(event: EventFacts, kinds: Collection[DecisionKind]) -> bool:
    change = event.change
    if isinstance(change, Decided):
        return not kinds or change.decision in kinds
    if not isinstance(change, ListChanged) or change.decision_id is not None or not change.because:
        return False
    return not kinds or _kind_of(change) in kinds


def _kind_of(change: ListChanged) -> DecisionKind | None:
    """The kind of decision that a change of the list is; None for a naming, a rejection and a return."""
    if change.status in DECIDED_BY:
        return DECIDED_BY[change.status]
    is_other_tier = change.from_tier not in (None, change.tier) and change.tier is not None
    return DecisionKind.CHANGE_TIER if is_other_tier else None


def list_changes(
    session: Session,
    among: Among,
    *,
    statuses: Collection[ListStatus] = (),
    tiers: Collection[int] = (),
    span: Span = EVER,
    actors: Collection[str] = (),
) -> list[FoundItem]:
    """Return who came on the list, left it or changed tier, newest first; statuses and tiers are those reached."""
    kinds = ("list_changed", "nominated") if not tiers else ("list_changed",)
    told = entries(session, among, kinds, span=span, actors=actors)
    return [each for each in told if isinstance(each.thing, EventFacts) and _reached(each.thing, statuses, tiers)]


def _reached(event: EventFacts, statuses: Collection[ListStatus], tiers: Collection[int]) -> bool:
    change = event.change
    if isinstance(change, Nominated):
        return not statuses or ListStatus.CANDIDATE in statuses
    if not isinstance(change, ListChanged):
        return False
    is_of_tier = not tiers or (change.tier in tiers and change.from_tier != change.tier)
    is_new = change.from_status != change.status
    return is_of_tier and (not statuses or (is_new and ListStatus(change.status) in statuses))


def changes(
    session: Session, among: Among, *, words: str = "", span: Span = EVER, actors: Collection[str] = ()
) -> list[FoundItem]:
    """Return everything recorded that counts, newest first; a deal that its history tells too is told once."""
    told = entries(session, among, RECORDED, span=span, actors=actors)
    facts = [each.thing for each in told if isinstance(each.thing, EventFacts)]
    hidden = told_by_history(sorted(facts, key=lambda event: (event.happened_at, event.id)))
    return _about(with_subjects(session, [each for each in told if each.id not in hidden]), words)


def with_subjects(session: Session, found: Collection[FoundItem]) -> list[FoundItem]:
    """Return the entries with the texts of the blockers, actions and plays that they are about."""
    texts = subjects(session, [each.thing for each in found if isinstance(each.thing, EventFacts)])
    return [
        replace(each, subject=subject_in(each.thing, texts)) if isinstance(each.thing, EventFacts) else each
        for each in found
    ]


def acts(
    session: Session, among: Among, *, words: str = "", span: Span = EVER, actors: Collection[str] = ()
) -> list[FoundItem]:
    """Return what the buyer did, or a third party showed of it, newest first, by the days of the acts themselves."""
    # an act is told on its day or later
    told = entries(session, among, TELLING, span=Span(begin=span.begin), actors=actors)
    found = [item for each in told for item in _acts(each, span)]
    found.sort(key=lambda each: each[1].thing.piece.dated_at if isinstance(each[1].thing, Act) else 0, reverse=True)
    return loading.about(found, words)


def _acts(told: FoundItem, span: Span) -> Iterator[tuple[str, FoundItem]]:
    event = told.thing
    if not isinstance(event, EventFacts):
        return
    for piece in touches(event):
        if piece.actor in COUNTING and span.has(piece.dated_at):
            yield f"{piece.text} {_text_of(event.change)}", replace(told, thing=Act(piece, event))


def _about(found: Iterable[FoundItem], words: str) -> list[FoundItem]:
    texts = (
        (f"{_text_of(each.thing.change)} {each.subject}" if isinstance(each.thing, EventFacts) else "", each)
        for each in found
    )
    return loading.about(texts, words)


def _text_of(change: Change) -> str:
    """The words that people gave with a change."""
    names = ("text", "because", "outcome_expected", "name", "answer", "reference")
    own = [str(getattr(change, name, "")) for name in names]
    contact = getattr(change, "contact", None)
    deal = getattr(change, "opportunity", None)
    parts = (contact.name, contact.title) if contact else (deal.name, deal.stage_name) if deal else ()
    return " ".join((*own, *parts, change.kind.replace("_", " ")))
