"""Entries of an account's history: which are corrected, what evidence and justification they carry."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter

from agendas.facts.account import AccountState, EventFacts, ListStatus, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    Change,
    Corrected,
    ItemEdited,
    ListChanged,
    Moved,
    Nominated,
)
from agendas.facts.evidence import Evidence, EvidenceActor, EvidenceJudged
from agendas.facts.group import ContactEdited
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.facts.narrative import Justification, Justified, WhyPart
from agendas.facts.plays import PlayEnded

# Events that still count: a correction takes its event out, and may itself be corrected.


def uncorrected(events: Iterable[EventFacts]) -> tuple[EventFacts, ...]:
    """The events that nobody took back, ordered by (happened_at, id), with corrections in force and evidence as judged.

    A correction reaches only events recorded before it, so the newest one is always in force. One whose event is not
    among `events` stays, and takes out nothing. To see an earlier instant with what is known now, call this first and
    filter by `happened_at` afterwards: a correction happens later than what it corrects.
    """
    all_events = tuple(events)
    corrected = taken_back(
        (event.id, event.change.event_id) for event in all_events if isinstance(event.change, Corrected)
    )
    remaining = as_judged(sorted((e for e in all_events if e.id not in corrected), key=lambda e: e.id))
    return tuple(sorted(remaining, key=lambda e: (e.happened_at, e.id)))


def taken_back(corrections: Iterable[tuple[int, int]]) -> set[int]:
    """The ids of the events that corrections take out; each correction is (its own id, the id that it takes back)."""
    corrected_ids: set[int] = set()
    for own_id, event_id in sorted(corrections, reverse=True):
        if own_id not in corrected_ids and event_id < own_id:
            corrected_ids.add(event_id)
    return corrected_ids


def corrections_of(events: Iterable[EventFacts]) -> dict[int, EventFacts]:
    """The correction in force for each event taken back, by the id of that event."""
    corrections = uncorrected(event for event in events if isinstance(event.change, Corrected))
    return {event.change.event_id: event for event in corrections if isinstance(event.change, Corrected)}


def built_on(event: EventFacts, history: Sequence[EventFacts]) -> tuple[EventFacts, ...]:
    """Later uncorrected events about what the event began, and those about such events in turn, in order.

    They are what happened to its blocker, next action, play or person, the steps of a play, what a decision asked for
    or changed on the list, judgements of evidence, and the step confirmed from a deal that no other entry implies.
    """
    ids, later_events = {event.id}, []
    for each in sorted(history, key=lambda each: each.id):
        is_after = each.id > event.id
        if is_after and (_began_by(each.change) in ids or _is_implied_by_alone(each.change, event, history)):
            ids.add(each.id)
            later_events.append(each)
    return tuple(later_events)


def _is_implied_by_alone(step: Change, event: EventFacts, history: Iterable[EventFacts]) -> bool:
    """Return true for a step that somebody confirmed from this entry of a deal, if no other entry has it."""
    if not isinstance(step, Moved) or not step.from_deal or not _implies(event.change, step):
        return False
    return not any(_implies(each.change, step) for each in history if each.id != event.id)


def _implies(change: Change, step: Moved) -> bool:
    """True if the change of a deal implies the stage of the step that was confirmed from it."""
    if not isinstance(change, OpportunityChanged) or change.opportunity.key != step.from_deal:
        return False
    phase = change.opportunity.phase
    return phase is Phase.WON if step.to_stage == Stage.CUSTOMER else phase.is_open


def directly_corrected(corrected: Sequence[EventFacts]) -> tuple[EventFacts, ...]:
    """The corrected events without those corrected only because another of them was."""
    ids = {event.id for event in corrected}
    return tuple(event for event in corrected if _began_by(event.change) not in ids)


def _began_by(change: Change) -> int | None:
    """Return the id of the event that began what the change is about, as a blocker or a play; None if it began one."""
    match change:
        case BlockerChanged(blocker_id=event_id) | ActionChanged(action_id=event_id) | ItemEdited(item_id=event_id):
            return event_id
        case ActionAdded(play_id=play_id, decision_id=decision_id):
            return play_id if decision_id is None else decision_id
        case ListChanged(decision_id=decision) | AskAnswered(decision_id=decision) | AskTaken(decision_id=decision):
            return decision
        case PlayEnded(play_id=event_id) | ContactEdited(contact_id=event_id) | EvidenceJudged(event_id=event_id):
            return event_id
    return None


# Evidence that counts: the buyer's act, or a third party's proof of it, and the step that it is evidence of.

COUNTING = (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY)


def is_buyers_act(piece: Evidence) -> bool:
    """True for an act of the buyer, also one that a third party reports."""
    return piece.actor in COUNTING


def touches(event: EventFacts) -> tuple[Evidence, ...]:
    """The pieces of the event's evidence that end the buyer's silence; a deal without a day in the CRM ends none."""
    change = event.change
    is_undated = isinstance(change, Moved) and bool(change.from_deal) and not change.since_known
    return () if is_undated else tuple(filter(is_buyers_act, event.evidence))


def proofs(event: EventFacts, *stages: Stage) -> tuple[Evidence, ...]:
    """Return the pieces of the event's evidence that prove the step to one of these stages."""
    named = {stage.value for stage in stages}
    return tuple(piece for piece in event.evidence if is_buyers_act(piece) and piece.step in named)


def shown_stages(event: EventFacts) -> tuple[Stage, ...]:
    """Return the stages that the event's evidence is evidence of by name."""
    named = {piece.step for piece in filter(is_buyers_act, event.evidence)}
    return tuple(stage for stage in Stage if stage.value in named)


def touch_at(event: EventFacts, pieces: Iterable[Evidence]) -> datetime:
    """Return the instant of the buyer's last act in these pieces; one dated after it was recorded is not believed.

    Where none is believed it is the instant at which the event happened.
    """
    believed = [piece.dated_at for piece in pieces if piece.dated_at <= event.recorded_at]
    return max(believed, default=event.happened_at)


def as_judged(events: Iterable[EventFacts]) -> list[EventFacts]:
    """The events with their evidence as people judged it later; the last judgment of an event counts."""
    all_events = list(events)
    judged = {event.change.event_id: event.change for event in all_events if isinstance(event.change, EvidenceJudged)}
    return [with_verdict(event, judged[event.id]) if event.id in judged else event for event in all_events]


def with_verdict(event: EventFacts, verdict: EvidenceJudged) -> EventFacts:
    """The event with its evidence as the verdict says; what the verdict leaves open stays as it was.

    A verdict for the buyer or a third party leaves our acts ours, unless all are ours.
    """
    is_all_ours = all(piece.actor is EvidenceActor.US for piece in event.evidence)
    stays_ours = verdict.actor in COUNTING and not is_all_ours
    pieces = tuple(
        piece
        if stays_ours and piece.actor is EvidenceActor.US
        else replace(
            piece,
            actor=verdict.actor,
            act=verdict.act or piece.act,
            step=verdict.step or piece.step,
            contact_ids=piece.contact_ids if verdict.contact_ids is None else verdict.contact_ids,
        )
        for piece in event.evidence
    )
    return replace(event, evidence=pieces)


# History of deals: its rows, the latest instant at which each was recorded, and the past that they describe.

LAST_SECOND = 59
"""Of a day without a time an import takes the last second."""

DealStep = tuple[datetime, str, int | None, date | None]
"""Instant, stage, amount and close date of a deal at one point of its history."""


def steps_of(events: Iterable[EventFacts]) -> tuple[dict[str, frozenset[DealStep]], dict[str, datetime]]:
    """The rows of history of each deal, by its key, and the instant of the latest row of any kind.

    The deal's own row is no step: it says when its stage began, with the amount and close date of a later day.
    """
    steps: dict[str, set[DealStep]] = defaultdict(set)
    last_at: dict[str, datetime] = {}
    for event in events:
        if isinstance(event.change, OpportunityChanged):
            deal = event.change.opportunity
            last_at[deal.key] = max(last_at.get(deal.key, event.happened_at), event.happened_at)
            if event.change.is_history:
                steps[deal.key].add((event.happened_at, deal.stage_name, deal.amount_cents, deal.closes_on))
    return {key: frozenset(each) for key, each in steps.items()}, last_at


def stages_of(events: Iterable[EventFacts]) -> dict[str, frozenset[tuple[datetime, str]]]:
    """The instants and stages in any row of each deal, by its key."""
    stages: dict[str, set[tuple[datetime, str]]] = defaultdict(set)
    for event in events:
        if isinstance(event.change, OpportunityChanged):
            stages[event.change.opportunity.key].add((event.happened_at, event.change.opportunity.stage_name))
    return {key: frozenset(each) for key, each in stages.items()}


def repeated_by_history(events: Iterable[EventFacts]) -> set[int]:
    """The ids of the events that are rows of deals and only repeat a row of the deal's history.

    The history has the row's stage at the same instant; or its last row before has the same stage, amount and date (or
    neither amount nor date, for a deal found without the day of its stage); or, for a deal won or lost, which is dated
    by its close date where nothing is surer, it has the stage later.
    """
    history: dict[str, list[tuple[datetime, OpportunityProfile]]] = defaultdict(list)
    rows: list[tuple[EventFacts, OpportunityChanged]] = []
    for event in sorted(events, key=lambda event: (event.happened_at, event.id)):
        if isinstance(event.change, OpportunityChanged):
            deal = event.change.opportunity
            if event.change.is_history:
                history[deal.key].append((event.happened_at, deal))
            else:
                rows.append((event, event.change))
    return {
        event.id
        for event, change in rows
        if _is_repeated(event.happened_at, change, history.get(change.opportunity.key, []))
    }


def _is_repeated(
    happened_at: datetime, change: OpportunityChanged, history: Sequence[tuple[datetime, OpportunityProfile]]
) -> bool:
    """True if the deal's `history`, its rows by instant, has what this row of an export says."""
    deal = change.opportunity
    position = bisect(history, happened_at, key=itemgetter(0))
    if position and history[position - 1][1].stage_name == deal.stage_name:
        last_at, last = history[position - 1]
        is_bare = not change.since_known and last.amount_cents is None and last.closes_on is None
        return last_at == happened_at or is_bare or _says_the_same(last, deal)
    # only a deal won or lost is dated by its close date, which may lie before the row of its stage: that is the next
    # row, or any where the whole history is later
    later_rows = history if position == 0 else history[position : position + 1]
    begins_in_stage = position == 0 and bool(history) and history[0][1].stage_name == deal.stage_name
    if deal.phase.is_open or (begins_in_stage and not is_of_close_date(happened_at, deal)):
        return False
    return any(row.stage_name == deal.stage_name for _, row in later_rows)


def as_history_has_it(events: Sequence[EventFacts]) -> Sequence[EventFacts]:
    """The events in order, where each row of a deal has the amount and close date of the deal's history at its instant.

    A deal's own row is dated by its stage, but has the amount and close date of the day of the export. If the history
    goes on after it, both are those of the history's row before it, else of the first one. Where no row from there on
    has its own amount and close date, these are newer than the history: they count after its last row, without
    evidence. A deal won or lost is dated by its close date if its row has nothing better: if its history begins later,
    the row moves to the first one of the history with its stage.
    """
    # by deal: (place in `events`, what the row of history says)
    rows: dict[str, list[tuple[int, OpportunityProfile]]] = defaultdict(list)
    for place, event in enumerate(events):
        if isinstance(event.change, OpportunityChanged) and event.change.is_history:
            rows[event.change.opportunity.key].append((place, event.change.opportunity))
    if not rows:
        return events
    events_at = [[event] for event in events]
    for place, event in enumerate(events):
        change = event.change
        if not isinstance(change, OpportunityChanged) or change.is_history:
            continue
        history = rows.get(change.opportunity.key, [])
        later = bisect(history, place, key=itemgetter(0))
        # its history does not go on after the row, which stays as it is
        if later == len(history):
            continue
        rows_from_here, (last_place, last) = history[max(later - 1, 0) :], history[-1]
        entered = _entered_in(history, event.happened_at, change.opportunity) if later == 0 else None
        # only a closed deal whose history begins after the row moves to the row in which it came into its stage
        if entered is None:
            events_at[place] = [_with_deal(event, change, _with_amounts_of(change.opportunity, rows_from_here[0][1]))]
        else:
            entered_place, row = entered
            moved = replace(event, happened_at=events[entered_place].happened_at)
            events_at[place] = []
            events_at[entered_place].append(_with_deal(moved, change, _with_amounts_of(change.opportunity, row)))
        # an amount or a close date newer than the history
        if not any(_says_the_same(row, change.opportunity) for _, row in rows_from_here):
            stated = replace(event, happened_at=events[last_place].happened_at, evidence=())
            events_at[last_place].append(_with_deal(stated, change, _with_own_amounts(last, change.opportunity)))
    return [event for events_there in events_at for event in events_there]


def _entered_in(
    rows: Sequence[tuple[int, OpportunityProfile]], happened_at: datetime, deal: OpportunityProfile
) -> tuple[int, OpportunityProfile] | None:
    """The first row with a closed deal's stage in its later history; a row is (place in the events, deal).

    None if the history begins in that stage and the deal's own row is not dated by its close date: its date is surer.
    """
    begins_in_stage = rows[0][1].stage_name == deal.stage_name
    if deal.phase.is_open or (begins_in_stage and not is_of_close_date(happened_at, deal)):
        return None
    return next((row for row in rows if row[1].stage_name == deal.stage_name), None)


def _with_deal(event: EventFacts, change: OpportunityChanged, deal: OpportunityProfile) -> EventFacts:
    """The event, and its change, about this state of the deal."""
    return replace(event, change=replace(change, opportunity=deal))


def _with_amounts_of(deal: OpportunityProfile, row: OpportunityProfile) -> OpportunityProfile:
    """The deal with the amount and close date of a row of its history."""
    return replace(deal, amount_cents=row.amount_cents, currency=row.currency, closes_on=row.closes_on)


def is_of_close_date(happened_at: datetime, deal: OpportunityProfile) -> bool:
    """Return true if the instant is the end of the deal's close date, in whatever zone the file was made."""
    on = deal.closes_on
    return on is not None and happened_at.second == LAST_SECOND and abs((happened_at.date() - on).days) <= 1


def _with_own_amounts(row: OpportunityProfile, deal: OpportunityProfile) -> OpportunityProfile:
    """The deal as a row of its history has it, with the amount and close date that the deal's own row says."""
    has_amount = deal.amount_cents is not None
    return replace(
        row,
        amount_cents=deal.amount_cents if has_amount else row.amount_cents,
        currency=deal.currency if has_amount else row.currency,
        closes_on=deal.closes_on or row.closes_on,
    )


def _says_the_same(row: OpportunityProfile, deal: OpportunityProfile) -> bool:
    """True if the row has the amount and close date of the deal, as far as the deal has any."""
    return _with_own_amounts(row, deal) == row


# The justification of an account after a nomination, a change of the list, or a change of its parts.


def after_nomination(change: Nominated, had: Justification | None = None) -> Justification:
    """Return the justification with the parts that the nomination gives."""
    before = had or Justification()
    return before.with_given(why_account=change.because, why_now=change.why_now, motion=change.motion)


def after_list_change(change: ListChanged, state: AccountState) -> Justification:
    """Return the justification after the change; only naming an account replaces why it is on the list.

    The reason of a pause, a restore or another tier is not why the account is on the list, unless nothing else is said.
    """
    had = state.justification
    is_restored = state.list_status is ListStatus.PAUSED and change.tier == state.tier
    is_other_tier = state.list_status is ListStatus.NAMED and bool(had.why_account)
    is_naming = ListStatus(change.status) is ListStatus.NAMED and not (is_restored or is_other_tier)
    why_account = change.because if is_naming else ""
    return had.with_given(why_account=why_account, why_now=change.why_now, motion=change.motion)


def after_justified(change: Justified, had: Justification) -> Justification:
    """Return the justification with the parts that were changed, also to nothing."""
    given, before = change.justification, change.before
    return replace(had, **{part.value: given.part(part) for part in WhyPart if given.part(part) != before.part(part)})
