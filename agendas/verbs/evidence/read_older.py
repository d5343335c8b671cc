"""Read evidence from before its actor was asked: by its words, and where they leave it in doubt, ask its owner."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import ListStatus, Source
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.facts.people import Author
from agendas.rules.access.rights import Deed, may
from agendas.rules.history.evidence import COUNTING
from agendas.rules.history.fold import with_signals
from agendas.rules.history.undecided import OlderEntry, older_entries, told_with
from agendas.text.who_acted import Sides, read_act, read_actor
from agendas.verbs.letters.joined import tell_joined
from agendas.verbs.loading.rows import event_facts, person_facts
from agendas.verbs.reads.people import admin_ids
from agendas.verbs.record.record import current_state, save_state
from agendas.verbs.record.record_many import Entry, record_many
from agendas.verbs.updates.evidence import sides_of, verdict_of
from storage import events, people, workspaces
from storage.asked import evidence_questions
from storage.delivery.subjects import Subject
from storage.tables import Account, EvidenceQuestion

AT_ONCE = 100
"""Entries of one account read in one transaction, so that others who write need not wait; the next ones follow."""


def read_older_evidence(session: Session, account_id: int, *, now: datetime) -> None:
    """Read the older evidence of an account on the list that matters for its step or its silence.

    Certain entries are recorded as judged by Cadence; of those in doubt the account's owner is asked, and they count
    as before until its next review closes. An account that is not on the list is only marked as read.
    """
    row = evidence_questions.account_to_read(session, account_id)
    if row is None:
        return
    row.older_evidence_read = True
    session.add(row)
    if ListStatus(row.list_status).is_on_list:
        row.older_evidence_read = _read(session, row, now)
    session.flush()


def leave_unread(session: Session, account_id: int) -> None:
    """Mark the account as read: reading it failed too often, so its older evidence counts as before."""
    row = evidence_questions.account_to_read(session, account_id)
    if row is not None:
        row.older_evidence_read = True
        session.add(row)


def bot(session: Session, workspace_id: str, now: datetime) -> Author:
    """Return Cadence itself as the author."""
    workspace = workspaces.get(session, workspace_id)
    return Author(workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)


def _read(session: Session, row: Account, now: datetime) -> bool:
    """Read the next entries and return true if no more are left."""
    older = older_entries(map(event_facts, events.of_account(session, row.row_id)), now=now)
    if older is None:
        return True
    asked = evidence_questions.of_events(session, [entry.event.id for entry in older.entries])
    left = [entry for entry in older.entries if entry.event.id not in asked]
    before = current_state(session, row)
    # a step claimed before the upgrade learns what it is claimed from
    save_state(session, row, before, with_signals(older.state, before), anew=False)
    sides = sides_of(session, row.workspace_id, older.state)
    judged: list[EvidenceJudged] = []
    doubted: list[OlderEntry] = []
    for entry in left[:AT_ONCE]:
        verdict = _by_words(entry, sides)
        if verdict.actor is EvidenceActor.IN_DOUBT:
            doubted.append(entry)
        else:
            judged.append(verdict)
    if judged:
        record_many(session, bot(session, row.workspace_id, now), {row.row_id: [Entry(each) for each in judged]})
    _ask(session, row, doubted, now)
    return len(left) <= AT_ONCE


def _by_words(entry: OlderEntry, sides: Sides) -> EvidenceJudged:
    told, links = told_with(entry.event), [piece.url for piece in entry.event.evidence if piece.url]
    actor = read_actor(told, links, sides)
    act = read_act(told) if actor is EvidenceActor.BUYER else None
    return verdict_of(entry.event, actor, sides, act=act, step=entry.stage.value if actor in COUNTING else "")


def _ask(session: Session, row: Account, doubted: Sequence[OlderEntry], now: datetime) -> None:
    if not doubted:
        return
    user_id = _person_to_ask(session, row)
    questions = [
        EvidenceQuestion(
            workspace_id=row.workspace_id,
            account_id=row.row_id,
            event_id=entry.event.id,
            step=entry.stage.value,
            asked_of=user_id,
            asked_at=now,
        )
        for entry in reversed(doubted)
    ]
    evidence_questions.ask(session, questions)
    if user_id:
        page = "whose_act"
        tell_joined(session, row.workspace_id, user_id, page=page, subject=Subject(), about=page, now=now)


def _person_to_ask(session: Session, row: Account) -> str:
    """Return the owner, else the marketing partner, else an admin, whoever is there and may record; '' for nobody."""
    for user_id in (row.owner, row.marketing_partner, *admin_ids(session, row.workspace_id)):
        person = people.find(session, row.workspace_id, user_id) if user_id else None
        if person is not None and may(person_facts(person), Deed.RECORD):
            return person.user_id
    return ""
