"""Record answers to whose act the evidence of entries is."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.facts.people import Author
from agendas.rules.history.undecided import told_with
from agendas.text.who_acted import Sides, read_act
from agendas.verbs.reads.whose_act import undecided_among
from agendas.verbs.record.record import current_state
from agendas.verbs.record.record_many import Entry, record_many
from agendas.verbs.updates.evidence import sides_of, verdict_of
from storage import accounts, events


@dataclass(frozen=True, slots=True)
class Answered:
    """Ids of the judgments recorded, and the number of entries that were settled or taken back meanwhile."""

    recorded: tuple[int, ...]
    left_out: int


def answer(session: Session, author: Author, given: Mapping[int, EvidenceActor]) -> Answered:
    """Record whose act the evidence of these events (by id) is, one judgment for each that is still undecided."""
    by_account: dict[int, list[int]] = {}
    for row in events.get_many(session, list(given)):
        if row.workspace_id == author.workspace_id:
            by_account.setdefault(row.account_id, []).append(row.row_id)
    rows = {row.row_id: row for row in accounts.get_many(session, author.workspace_id, list(by_account), lock=True)}
    found = {number: undecided_among(session, number, sorted(ids)) for number, ids in by_account.items()}
    wanted: dict[int, list[Entry]] = {}
    for number, known in found.items():
        sides = sides_of(session, author.workspace_id, current_state(session, rows[number]))
        for event in known:
            wanted.setdefault(number, []).append(Entry(_judged(event, given[event.id], sides)))
    recorded = record_many(session, author, wanted)
    return Answered(tuple(event.id for event in recorded), len(given) - sum(map(len, found.values())))


def _judged(event: EventFacts, actor: EvidenceActor, sides: Sides) -> EvidenceJudged:
    act = read_act(told_with(event)) if actor is EvidenceActor.BUYER else None
    return verdict_of(event, actor, sides, act=act)
