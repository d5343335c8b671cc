"""Movement since the last held review, said plainly when nothing moved."""

from collections.abc import Sequence

from agendas.facts.account import AccountState, EventFacts, ListStatus, Stage
from agendas.facts.events import Moved, NothingMoved
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.reviews.sections.corrected import corrected_lines
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal
from agendas.rules.history.corrections import standing
from agendas.rules.history.evidence import proofs
from agendas.rules.history.news import news


def movement_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The answer from stage to stage, then what was said about it, by whom and when, and what was corrected since.

    Claims are called claims. "Nothing moved" after news of the same review is read as "nothing else".
    """
    facts, answer = item.facts, item.placement.movement
    told = standing(facts.events)
    events = tuple(event for event in told if isinstance(event.change, Moved | NothingMoved))
    heard = {event.actor for event in events if isinstance(event.change, NothingMoved)}
    told_at = min((event.id for event in news(facts.events)), default=None)
    lines = words.lines(
        "agenda.movement",
        answer=answer,
        deal=moved_deal(facts.account, answer, since=facts.since),
        events=[(event, told_at is not None and event.id > told_at) for event in events],
        claims=claims(told, facts.counted_from),
        named_at=facts.account.named_at,
        reviewed_on=facts.reviewed_on,
        zone=facts.zone,
        is_named=facts.account.list_status is ListStatus.NAMED,
        no_change=tuple(person for person in item.no_change_said_by if person not in heard),
    )
    corrected = corrected_lines([(facts.account, each) for each in facts.corrected], words, facts.zone)
    return (Rows((*lines, *corrected)),)


def claims(events: Sequence[EventFacts], before: AccountState | None) -> set[int]:
    """The ids of steps up that nothing shows, now or in what was told later, from the state before them.

    What shows a stage shows the claimed steps below it on the way there.
    """
    found, stage = set(), before.stage if before else Stage.TARGET
    for number, event in enumerate(events):
        if not isinstance(event.change, Moved) or not event.change.to_stage:
            continue
        to_stage = Stage(event.change.to_stage)
        if to_stage.rank > stage.rank and not _is_shown(to_stage, events[number:]):
            found.add(event.id)
        stage = to_stage
    return found


def _is_shown(claimed: Stage, later: Sequence[EventFacts]) -> bool:
    """True if one of these events proves the stage, or a higher one before the account went below it again."""
    shows = tuple(stage for stage in Stage if stage.rank >= claimed.rank)
    for event in later:
        if (
            isinstance(event.change, Moved)
            and event.change.to_stage
            and Stage(event.change.to_stage).rank < claimed.rank
        ):
            shows = (claimed,)
        if proofs(event, *shows):
            return True
    return False
