"""What an account's history shows: hindsight, news, repeats, and what is undecided."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source, Stage
from agendas.facts.deals import OpportunityChanged
from agendas.facts.events import (
    ActionAdded,
    BlockerChanged,
    BlockerOpened,
    Change,
    Corrected,
    Decided,
    DecisionKind,
    ListChanged,
    Moved,
    Nominated,
    Noted,
)
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged, WaitingSet
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.facts.plays import PlayEnd, PlayEnded
from agendas.facts.reviews import AgendaFacts, AgendaItem, Bucket, CodedReason, CorrectedEntry, ReasonCode
from agendas.rules.entries import corrections_of, directly_corrected, touch_at, touches, uncorrected
from agendas.rules.fold import UPDATES, fold
from agendas.text.dates import local_date

# An earlier state of an account by what is known now: without the entries that were corrected since.


def state_in_hindsight(history: Sequence[EventFacts], at: datetime) -> AccountState | None:
    """The state by the events recorded until that instant and never corrected; None when no nomination is left."""
    corrected = corrections_of(history)
    return fold(event for event in history if event.recorded_at <= at and event.id not in corrected)


def state_when_named(history: Sequence[EventFacts], named_at: datetime, zone: str) -> AccountState | None:
    """The state in which the account was named: all but what `is_since_naming`, without corrected entries."""
    corrected = corrections_of(history)
    return fold(event for event in history if not is_since_naming(event, named_at, zone) and event.id not in corrected)


def is_since_naming(event: EventFacts, named_at: datetime, zone: str) -> bool:
    """Return true if the event belongs to the account's time on the list, and not to how it was when it was named.

    An entry recorded after the naming about an earlier day completes the account's state at the naming, and is no
    progress since.
    """
    return event.recorded_at > named_at and local_date(event.happened_at, zone) >= local_date(named_at, zone)


def corrected_since(history: Sequence[EventFacts], at: datetime) -> tuple[CorrectedEntry, ...]:
    """The entries that counted at that instant and were corrected after it, in the order in which they happened.

    Entries that were corrected along with another one, such as the steps of a play, are left out.
    """
    counted = uncorrected(event for event in history if event.recorded_at <= at)
    corrections = corrections_of(history)
    corrected = [event for event in counted if event.id in corrections and not isinstance(event.change, Corrected)]
    return tuple(CorrectedEntry(event, corrections[event.id]) for event in directly_corrected(corrected))


def judged_since(history: Sequence[EventFacts], at: datetime) -> tuple[EventFacts, ...]:
    """The entries recorded until that instant whose evidence somebody judged after it, as they were recorded."""
    later = [event.change for event in history if event.recorded_at > at]
    ids = {change.event_id for change in later if isinstance(change, EvidenceJudged)}
    return tuple(event for event in history if event.id in ids and event.recorded_at <= at)


# Effects of a corrected decision that stay: those recorded as entries of their own.


class LastingEffect(StrEnum):
    """Effect that stays: the tier, the pause, the removal, the next action asked for, or the leaver of a swap."""

    TIER = "tier"
    PAUSED = "paused"
    REMOVED = "removed"
    ACTION = "action"
    LEAVER = "leaver"


def lasting_effects(change: Change, after: AccountState) -> tuple[LastingEffect, ...]:
    """Return what a corrected decision brought and the account still has `after` the correction."""
    if not isinstance(change, Decided):
        return ()
    action_asked_for = (change.text, change.ask_of, change.due_on)
    lasts = {
        LastingEffect.TIER: change.decision is DecisionKind.CHANGE_TIER
        and change.to_tier is not None
        and change.to_tier == after.tier,
        LastingEffect.PAUSED: change.decision is DecisionKind.PAUSE and after.list_status is ListStatus.PAUSED,
        LastingEffect.REMOVED: change.decision is DecisionKind.REMOVE and after.list_status is ListStatus.REMOVED,
        LastingEffect.ACTION: change.decision is DecisionKind.INTERVENE
        and any((each.text, each.owner, each.due_on) == action_asked_for for each in after.open_actions),
        LastingEffect.LEAVER: bool(change.leaver),
    }
    return tuple(effect for effect, is_lasting in lasts.items() if is_lasting)


# The weight of an entry: whether the place of its account on an agenda may follow from it.

AUTOMATIC = (Source.IMPORT, Source.SYSTEM, Source.WEBHOOK)
"""Sources of events that nobody typed."""

DECIDING = (
    Nominated,
    ListChanged,
    Decided,
    AskAnswered,
    AskTaken,
    Corrected,
    WaitingSet,
    EvidenceAdded,
    EvidenceJudged,
    OpportunityChanged,
)
"""Changes that always decide."""


class Weight(StrEnum):
    """Weight of an entry. Cards and lists read all that decide, the latest that people reported, and no others."""

    DECIDES = "decides"
    """Movement, a reason or a claim may follow from it, or its evidence waits for somebody."""
    REPORTED = "told"
    """A person recorded it: the latest are shown."""
    AUTOMATIC_ONLY = "beside"
    """An import or the bot itself recorded it, and it shows elsewhere."""


def weight_of(event: EventFacts) -> Weight:
    """Return the weight of the entry as it is recorded; a later entry about it has a weight of its own."""
    if _may_move_it(event) or any(map(_decides, event.evidence)):
        return Weight.DECIDES
    return Weight.AUTOMATIC_ONLY if event.source in AUTOMATIC else Weight.REPORTED


def _may_move_it(event: EventFacts) -> bool:
    """True for a change after which its account may get another place on an agenda."""
    match event.change:
        case Moved(to_stage=stage, expansion=expansion, from_deal=deal):
            return bool(stage or expansion or deal)
        case BlockerChanged(what=what):
            return what == "resolved"
        case PlayEnded(what=end):
            return end is PlayEnd.OUTCOME
        case change:
            return isinstance(change, DECIDING)


def _decides(piece: Evidence) -> bool:
    """True for evidence of a step or a meeting, and for evidence whose actor is missing or in doubt."""
    is_open = piece.actor in (None, EvidenceActor.IN_DOUBT)
    return is_open or bool(piece.step) or piece.act is BuyerAct.MEETING


# News among the events recorded of an account.

SAYS_SOMETHING = frozenset(
    {*UPDATES, "noted", "product_input", "fit_scored", "play_started", "play_ended", "contact_added", "contact_edited"}
)
"""Kinds of events by which a person says something of an account; its place on the list and its profile say nothing."""


def counted_news(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """Return the movement and the evidence that still counts, in the order given.

    The stage in which an import found the account is no news.
    """
    steps = (event for event in uncorrected(events) if isinstance(event.change, Moved | EvidenceAdded))
    return tuple(
        event
        for event in steps
        if not (isinstance(event.change, Moved) and event.source is Source.IMPORT and not event.change.since_known)
    )


def by_people(events: Iterable[EventFacts]) -> Iterator[EventFacts]:
    """Yield uncorrected events recorded by people, not by an import, a program or the bot."""
    return (event for event in uncorrected(events) if event.source not in AUTOMATIC)


def is_updated(facts: AgendaFacts, opened_at: datetime | None = None) -> bool:
    """Return true if a person recorded an update since the last held review that has not been corrected.

    A change of its profile is no update, and neither is its naming. Without a held review, updates count since the
    naming, or since its review opened.
    """
    since = facts.since or facts.account.named_at or opened_at
    updates = (event for event in by_people(facts.events) if event.change.kind in SAYS_SOMETHING)
    return any(since is None or event.recorded_at > since for event in updates)


# Repeats: the same thing recorded of an account again, as people do who got no answer.

REPEATED_WITHIN = timedelta(minutes=10)
"""Ours: as long as Undo."""

MOVEMENT = frozenset({"moved", "evidence_added", "noted"})


def would_double(change: Change) -> bool:
    """True for changes that add something to the account's history, which is there twice if they are recorded twice.

    "Nothing moved" is true as often as it is said, and a change that only sets a state sets the same one.
    """
    return isinstance(change, Moved | BlockerOpened | ActionAdded | EvidenceAdded | Noted)


def says_the_same(earlier: EventFacts, later: EventFacts) -> bool:
    """True when both record the same kind of thing in the same words, with the same links.

    Movement recorded a second time is evidence of the step that the first one claimed, and a campaign figure is a note.
    Without words the stages have to be equal. Dates, owners and functions are not compared.
    """
    is_like = earlier.change.kind in kinds_like(later.change)
    return is_like and _comparable_content(earlier) == _comparable_content(later)


def _comparable_content(event: EventFacts) -> tuple[str, frozenset[str], str]:
    """What two entries of the same thing share: words, links, and the stage of a step or its evidence without words."""
    words, change = _folded(words_of(event.change)), event.change
    stage = change.to_stage if isinstance(change, Moved | EvidenceAdded) and not words else None
    return words, frozenset(each.url for each in event.evidence if each.url), stage or ""


def is_closed(event: EventFacts, account: AccountState) -> bool:
    """True for an action or blocker closed by now, which may be recorded again; false for any other entry."""
    match event.change:
        case ActionAdded():
            return event.id not in {each.id for each in account.open_actions}
        case BlockerOpened():
            return event.id not in {each.id for each in account.open_blockers}
    return False


def kinds_like(change: Change) -> frozenset[str]:
    """The kinds of changes that the same words can have become."""
    return MOVEMENT if change.kind in MOVEMENT else frozenset({change.kind})


def same_words(first: str, second: str) -> bool:
    """True when only capitals and spaces differ."""
    return _folded(first) == _folded(second)


def words_of(change: Change) -> str:
    """The text of a change that `would_double` if it were recorded twice; '' for any other change."""
    return change.text if isinstance(change, Moved | BlockerOpened | ActionAdded | EvidenceAdded | Noted) else ""


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# The day since when an account is in its state: when the first of its reasons went over its limit.

OVER_LIMIT = (ReasonCode.STALLED_AGED, ReasonCode.STALLED_QUIET, ReasonCode.STALLED_TWICE, ReasonCode.BLOCKER_OLD)
"""Reasons whose number of days is over their limit."""

OVER_TWICE = (ReasonCode.FAR_OVER_AGED, ReasonCode.FAR_OVER_QUIET)
"""Reasons whose number of days is over twice their limit."""

SO_MANY_DAYS = (
    ReasonCode.BLOCKER_NEEDS_EXECUTIVE,
    ReasonCode.ACTION_OVERDUE,
    ReasonCode.ASK_OVERDUE,
    ReasonCode.ECONOMIC_BUYER_LEFT,
    ReasonCode.CHAMPION_LEFT,
    ReasonCode.CLOSE_DATE_PAST,
)
"""Reasons that hold for their number of days."""


def state_since(item: AgendaItem) -> date | None:
    """Return the local day since which the account has been in its bucket; None if its reasons name no days.

    Of several reasons the one that holds longest counts. An account that fell back is there since its last movement,
    and so is one without reasons, but a new one since its naming.
    """
    facts, placement = item.facts, item.placement
    today = local_date(facts.now, facts.zone)
    if placement.reasons:
        days = [day_count for reason in placement.reasons if (day_count := _days_in_state(reason)) is not None]
        if placement.reasons[0][0] is ReasonCode.REGRESSED and facts.account.last_movement_at:
            return local_date(facts.account.last_movement_at, facts.zone)
        return today - timedelta(days=max(days)) if days else None
    moved_at = facts.account.named_at if placement.bucket is Bucket.NEW else facts.account.last_movement_at
    return local_date(moved_at, facts.zone) if moved_at else None


def _days_in_state(reason: CodedReason) -> int | None:
    """The days for which the reason holds: its first day is the one after the limit."""
    code, number, limit = reason
    if code in OVER_LIMIT:
        return max(0, number - limit - 1)
    if code in OVER_TWICE:
        return max(0, number - 2 * limit - 1)
    return number if code in SO_MANY_DAYS else None


# The events from which an account has its present facts: its tier, its status, its stage, parts of its profile.

Events = Sequence[EventFacts]
"""Events of one account that nobody took back, in the order in which they happened."""


def event_that_gave(events: Events, value_of: Callable[[Change], object], *wanted: object) -> EventFacts | None:
    """Return the last event that changed a property; with `wanted`, the last that changed it to one of these values.

    `value_of` returns the property's value after a change, None for a change of something else.
    """
    last_change, value_before = None, None
    for event in events:
        value = value_of(event.change)
        if value is not None and value != value_before:
            last_change, value_before = event if not wanted or value in wanted else last_change, value
    return last_change


def tier_after(change: Change) -> int | None:
    """The account's tier, 0 for none."""
    return change.tier or 0 if isinstance(change, ListChanged) else None


def status_after(change: Change) -> ListStatus | None:
    if isinstance(change, ListChanged):
        return ListStatus(change.status)
    return ListStatus.CANDIDATE if isinstance(change, Nominated) else None


def listed_after(change: Change) -> bool | None:
    """True for an account on the list, which the end of a pause does not change."""
    return ListStatus(change.status).is_on_list if isinstance(change, ListChanged) else None


def is_step(change: Change) -> bool:
    """Return true for a step to a stage whose day is known, or an expansion."""
    is_to_stage = isinstance(change, Moved) and bool(change.to_stage) and change.since_known
    return is_to_stage or (isinstance(change, Moved) and change.expansion is not None)


def stage_event(events: Events, stage: Stage) -> EventFacts | None:
    return last_event(events, lambda each: isinstance(each.change, Moved) and each.change.to_stage == stage)


def touch_event(events: Events) -> EventFacts | None:
    """Return the event whose evidence shows the buyer's last act."""
    heard = [(touch_at(event, pieces), event.id, event) for event in events if (pieces := touches(event))]
    return max(heard, key=lambda each: each[:2])[2] if heard else None


def last_event(events: Events, is_one: Callable[[EventFacts], bool]) -> EventFacts | None:
    return next(filter(is_one, reversed(events)), None)


# Entries where nobody decided yet whose act their evidence is, as far as that matters today.

STILL_MATTERS = timedelta(days=90)
"""Age up to which evidence may end the current silence: longer than any limit of silence. Our own default."""


def matters_since(state: AccountState, now: datetime) -> datetime:
    """Return the instant from which evidence matters: the account's step, or 90 days ago if it is later or unknown."""
    return min(state.stage_since or now, now - STILL_MATTERS)


def has_unclear_actor(event: EventFacts) -> bool:
    return any(piece.actor is EvidenceActor.IN_DOUBT for piece in event.evidence)


def undecided_entries(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    return tuple(event for event in uncorrected(events) if has_unclear_actor(event))


def evidence_words(event: EventFacts) -> str:
    """Return the words recorded with an entry's evidence: its text and its notes."""
    notes = [piece.text for piece in event.evidence if piece.kind == "note" and not piece.is_of_its_words]
    return "\n".join(filter(None, (getattr(event.change, "text", ""), *notes)))
