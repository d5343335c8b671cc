"""Movement in a few lines: what moved since the last held review, newest first, and whose act shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from agendas.facts.account import EventFacts, Movement, Stage
from agendas.facts.events import BlockerChanged, Moved, NothingMoved
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.plays import PlayEnd, PlayEnded
from agendas.facts.reviews.agenda import MovementFlag, MovementReason
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.reviews.sections.movement import claims
from agendas.pages.reviews.summary.standing import today_of
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Rows
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal
from agendas.rules.history.corrections import standing
from agendas.rules.history.news import news
from agendas.rules.history.subject import subject_of
from agendas.rules.history.weight import AUTOMATIC

LINES_SHOWN = 2
"""Lines of movement; Details has all of them."""

STEPPED = (Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED, Movement.REGRESSED)

SAID_FLAGS = (MovementFlag.BOUNCED, MovementFlag.RECLASSIFIED, MovementFlag.CORRECTED, MovementFlag.RECORDED_LATE)
"""Remarks that change how the movement is to be read."""

MOMENTUM = {
    MovementReason.ROLE_ENGAGED: MovementFlag.ROLE_ENGAGED,
    MovementReason.MEETING_HELD: MovementFlag.MEETING_HELD,
}
"""Reasons that are all that moved, with their remarks."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event that tells of movement, with the stage that it led from, None for no step, and what it is about.

    It `is_late` where updates for its review had ended.
    """

    event: EventFacts
    subject: str = ""
    from_stage: Stage | None = None
    is_claim: bool = False
    is_late: bool = False


def moved(item: AgendaItem, words: Words, *, evidence_action: str, value: str) -> tuple[Item, ...]:
    """The lines, the first with its label; a step that is only claimed has the button `evidence_action` beside it.

    `evidence_action` is '' where nobody can act there, `value` what the button carries. Nothing where nothing moved.
    """
    if item.facts.account.has_left_list:
        return ()
    # a step that waits for its evidence comes first, and news comes after every step and what shows one
    told = tuple(sorted(told_of(item), key=lambda each: (not each.is_claim, not _is_of_a_step(each))))
    head = _headline(item, told[:LINES_SHOWN], words)
    lines: list[tuple[str, bool]] = [(head, False)] if head else []
    today = today_of(item)
    for each in told[: LINES_SHOWN - len(lines)]:
        lines.append((words.say("summary.told", line=each, zone=item.facts.zone, today=today), each.is_claim))
    label = words.say("summary.moved_label")
    said = [(f"{'•' if n else label} {line}", is_claim) for n, (line, is_claim) in enumerate(lines)]
    is_claimed = item.facts.account.claimed_from is not None
    if is_claimed and not any(is_claim for _, is_claim in said):
        said.append((words.say("summary.claim", account=item.facts.account), True))
    button = labelled(words, evidence_action, value) if is_claimed and evidence_action else None
    return tuple(Line(line, button) if is_claim and button else Rows((line,)) for line, is_claim in said)


def told_of(item: AgendaItem) -> Iterator[Told]:
    """Yield what tells of movement, newest first; that nothing moved only where nothing else was told."""
    facts, events = item.facts, standing(item.facts.events)
    told = {event.id for event in news(events)}
    claimed, steps = claims(events, facts.counted_from), _steps(item)
    for event in sorted(events, key=lambda each: (each.happened_at, each.id), reverse=True):
        if event.id in told or _is_progress(event) or (not told and _is_silence(event, item)):
            subject = subject_of(event, facts.account)
            yield Told(event, subject, steps.get(event.id), event.id in claimed, _is_late(event, item))


def _is_of_a_step(told: Told) -> bool:
    return told.from_stage is not None or isinstance(told.event.change, EvidenceAdded)


def told_in_review(item: AgendaItem) -> tuple[Told, ...]:
    """What tells of movement in the order in which it happened, without "nothing moved": what is told of the review."""
    told = (each for each in told_of(item) if not isinstance(each.event.change, NothingMoved))
    return tuple(reversed(tuple(told)))


def _is_late(event: EventFacts, item: AgendaItem) -> bool:
    """True for what a person said between the end of updates and the opening of the review."""
    if item.updates_ended_at is None or item.opened_at is None or event.source in AUTOMATIC:
        return False
    return item.updates_ended_at < event.recorded_at <= item.opened_at


def _is_progress(event: EventFacts) -> bool:
    change = event.change
    is_resolved = isinstance(change, BlockerChanged) and change.what == "resolved"
    return is_resolved or (isinstance(change, PlayEnded) and change.what is PlayEnd.OUTCOME)


def _is_silence(event: EventFacts, item: AgendaItem) -> bool:
    """True for "nothing moved" of before the review: what is said in it stands under the buttons."""
    is_of_review = item.opened_at is not None and event.recorded_at > item.opened_at
    return isinstance(event.change, NothingMoved) and not is_of_review


def _steps(item: AgendaItem) -> dict[int, Stage]:
    """The stages that steps led from, by the ids of their events."""
    found: dict[int, Stage] = {}
    start = item.facts.counted_from
    stage = start.stage if start else Stage.TARGET
    for event in standing(item.facts.events):
        if isinstance(event.change, Moved) and event.change.to_stage:
            to_stage = Stage(event.change.to_stage)
            if to_stage is not stage:
                found[event.id] = stage
            stage = to_stage
    return found


def _headline(item: AgendaItem, shown: tuple[Told, ...], words: Words) -> str:
    """Movement that no line tells: a step of a deal, growth, remarks; '' where they tell everything."""
    facts, answer = item.facts, item.placement.movement
    deal = moved_deal(facts.account, answer, since=facts.since)
    if deal is not None:
        zone, today = facts.zone, today_of(item)
        return words.say("summary.deal_step", deal=deal, expansions=answer.expansions, zone=zone, today=today)
    is_step_told = any(each.from_stage for each in shown)
    parts = [
        *(["stage"] if answer.movement in STEPPED and not is_step_told else []),
        *(["grown"] if answer.expansions else []),
        *(flag.value for flag in SAID_FLAGS if flag in answer.flags),
        *([MOMENTUM[answer.reason].value] if answer.reason in MOMENTUM else []),
    ]
    if not parts:
        return ""
    return words.say("summary.movement", answer=answer, parts=parts, reviewed_on=facts.reviewed_on)
