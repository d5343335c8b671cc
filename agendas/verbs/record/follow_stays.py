"""Write completed stays in stages with the steps and removals that end them, in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.measures.program import Stay
from agendas.rules.history.fold import apply
from agendas.rules.measures.stays import KnownStay, anew, stay_ended
from storage.measures import stays
from storage.tables import StageStay


def apply_all(state: AccountState, events: Iterable[EventFacts]) -> tuple[AccountState, tuple[KnownStay, ...]]:
    """Return the state after these events, none of which asks for all, and the stays that they ended."""
    ended = []
    for event in events:
        before, state = state, apply(state, event)
        if stay := stay_ended(before, state):
            ended.append(KnownStay(stay, event.recorded_at))
    return state, tuple(ended)


def add_stays(session: Session, workspace_id: str, ended: Iterable[KnownStay]) -> None:
    """Store these stays."""
    stays.add(session, [row_values(workspace_id, each) for each in ended])


def put_stays_anew(session: Session, workspace_id: str, found: Mapping[int, Sequence[Stay]], at: datetime) -> None:
    """Store the stays of histories that were folded anew, by account id; what was known till then is kept as such."""
    if not found:
        return
    had: dict[int, list[StageStay]] = {number: [] for number in found}
    for row in stays.standing(session, found):
        had[row.account_id].append(row)
    gone, added = list[int](), list[KnownStay]()
    for number, wanted in found.items():
        known = anew([known_stay(row) for row in had[number]], wanted, at)
        gone += [row.row_id for row, now in zip(had[number], known, strict=False) if now.void_at is not None]
        added += known[len(had[number]) :]
    stays.void(session, gone, at)
    add_stays(session, workspace_id, added)


def known_stay(row: StageStay) -> KnownStay:
    """Return the stored stay as facts."""
    return KnownStay(stay_facts(row), row.told_at, row.void_at)


def stay_facts(row: StageStay) -> Stay:
    """Return the stored stay as facts, without how it came to be known."""
    return Stay(
        row.account_id,
        Stage(row.stage),
        row.tier,
        row.began_at,
        row.ended_at,
        to_stage=Stage(row.to_stage) if row.to_stage else None,
        is_known=row.is_known,
    )


def row_values(workspace_id: str, known: KnownStay) -> dict[str, Any]:
    """Return the stay's values by column, to insert it. Raises ValueError for one that lasts."""
    stay = known.stay
    if stay.ended_at is None:
        raise ValueError(f"the stay of account {stay.account_id} in {stay.stage} lasts")
    return {
        "workspace_id": workspace_id,
        "account_id": stay.account_id,
        "stage": stay.stage.value,
        "tier": stay.tier,
        "began_at": stay.began_at,
        "ended_at": stay.ended_at,
        "to_stage": stay.to_stage.value if stay.to_stage else "",
        "is_known": stay.is_known,
        "told_at": known.told_at,
        "void_at": known.void_at,
    }
