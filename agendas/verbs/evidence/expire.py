"""Expire the questions of a review's accounts: what nobody answered by its close counts for nothing from then on."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.verbs.evidence.read_older import bot
from agendas.verbs.record.record_many import Entry, record_many
from storage import accounts
from storage.asked import evidence_questions
from storage.tables import Account


def expire_questions(session: Session, workspace_id: str, account_ids: Collection[int], *, now: datetime) -> None:
    """Record that older evidence of these accounts is in doubt where its question is still open.

    To be called after the review froze them, so that the closed review keeps what it counted. The questions stay open:
    an answer counts whenever it comes, but a step that the closed review counted does not count again.
    """
    wanted: dict[int, list[Entry]] = {}
    shown = {row.row_id: _shown_stage(row) for row in accounts.get_many(session, workspace_id, account_ids)}
    for question in evidence_questions.open_of_accounts(session, account_ids):
        if question.expired_at is None:
            counted = question.step if Stage(question.step).rank <= shown[question.account_id].rank else ""
            judged = EvidenceJudged(question.event_id, EvidenceActor.IN_DOUBT, counted=counted)
            wanted.setdefault(question.account_id, []).append(Entry(judged))
            question.expired_at = now
            session.add(question)
    if wanted:
        record_many(session, bot(session, workspace_id, now), wanted)


def _shown_stage(row: Account) -> Stage:
    """Return the last stage of the account that something shows."""
    return Stage(row.stage if row.stage_has_evidence else row.claimed_from or row.stage)
