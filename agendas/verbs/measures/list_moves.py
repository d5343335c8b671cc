"""Changes of the list in a period, with the names of the accounts."""

from collections.abc import Iterable, Mapping

from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.events import ListChanged
from agendas.facts.measures.program import ListMove
from agendas.rules.history.corrections import standing


def list_moves(told: Iterable[EventFacts], names: Mapping[int, str]) -> tuple[ListMove, ...]:
    """Return the changes of the list among these events that stand, oldest first.

    An older entry, which does not tell where the account was, came from the candidates.
    """
    found = ((event, event.change) for event in standing(told) if isinstance(event.change, ListChanged))
    return tuple(
        ListMove(
            account_id=event.account_id,
            name=names.get(event.account_id, ""),
            from_status=ListStatus(change.from_status or ListStatus.CANDIDATE),
            to_status=ListStatus(change.status),
            at=event.happened_at,
            actor=event.actor,
            because=change.because,
            from_tier=change.from_tier,
            to_tier=change.tier,
            decision_id=change.decision_id,
        )
        for event, change in found
    )
