"""Entries that nobody was told of, because the process that owed the answer is gone."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.verbs import updates
from agendas.verbs.record import Recorded
from storage import inbox
from tests.stories.team import Team


async def moved_without_answer(team: Team, account_id: int, text: str) -> Recorded:
    """Record a move of Ann's as a process does that is killed before it can answer."""

    def move(session: Session, author: Author) -> Recorded:
        recorded = updates.move(session, author, account_id, text=text, evidence=())
        leave_unanswered(team, session, author)
        return recorded

    told: Recorded = await team.did(move)
    return told


def leave_unanswered(team: Team, session: Session, author: Author) -> None:
    """Note an answer to the author that nobody gives any more, about what the session recorded."""
    answer_id = inbox.begin_answer(session, author.workspace_id, author.user_id, author.at)
    assert answer_id is not None
    team.left_unanswered.add(answer_id)
