"""Answers to the question that a person was asked about an account."""

from collections.abc import Collection, Iterable

from agendas.facts.account import EventFacts
from agendas.facts.events import ActionChanged, BlockerChanged, NothingMoved
from agendas.facts.reviews.preparing import Question
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold_changes import UPDATES
from agendas.rules.history.news import SAYS_SOMETHING, by_people


def answer_of(
    question: Question, events: Iterable[EventFacts], *, by: Collection[str], movers: Collection[str]
) -> EventFacts | None:
    """Return the latest event that answers the question, None where it is still owed.

    What a person says themselves answers whatever they were asked; so does what is said by the one whom they stand in
    for, or who stands in for them: `by` are all of these. What moved is answered by anybody who tells of something,
    and by those who know that nothing did: `movers` are the owner, our executive and their stand-ins. `events` are
    those since the account's last held review.
    """
    found = [each for each in by_people(events) if _answers(each, question, by, movers)]
    return max(found, key=lambda each: each.recorded_at, default=None)


def confirmed_blockers(events: Iterable[EventFacts]) -> frozenset[int]:
    """Return the ids of the blockers of which somebody said in these events that they are still there."""
    changes = [event.change for event in standing(events)]
    return frozenset(each.blocker_id for each in changes if isinstance(each, BlockerChanged) and each.what == "updated")


def says_what_moved(event: EventFacts) -> bool:
    """Return true for an event that says more than that an action or blocker changed."""
    return not isinstance(event.change, ActionChanged | BlockerChanged)


def _answers(event: EventFacts, question: Question, by: Collection[str], movers: Collection[str]) -> bool:
    if event.change.kind not in SAYS_SOMETHING:
        return False
    if event.actor in by:
        return True
    if question is not Question.MOVED or event.change.kind not in UPDATES:
        return False
    return event.actor in movers or not isinstance(event.change, NothingMoved)
