"""Expire the questions of a review's accounts: what nobody answered by its close counts for nothing from then on."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.verbs.evidence.read_older import bot
from agendas.verbs.record.record_many import Entry, record_many
from storage import evidence_questions


def expire_questions(session: Session, workspace_id: str, account_ids: Collection[int], *, now: datetime) -> None:
    """Record that older evidence of these accounts is in doubt where its question is still open.

    To be called after the review froze them, so that the closed review keeps what it counted. The questions stay open:
    an answer counts whenever it comes.
    """
    wanted: dict[int, list[Entry]] = {}
    for question in evidence_questions.open_of_accounts(session, account_ids):
        if question.expired_at is None:
            judged = EvidenceJudged(question.event_id, EvidenceActor.IN_DOUBT)
            wanted.setdefault(question.account_id, []).append(Entry(judged))
            question.expired_at = now
            session.add(question)
    if wanted:
        record_many(session, bot(session, workspace_id, now), wanted)
