"""Updates as typed after a command: /move, /blocker and /next."""

from datetime import date

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.commands.updates import ActionWords, BlockerWords, MoveWords
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from agendas.verbs.updates.due_date import due_by_default


def move(session: Session, author: Author, account_id: int, words: MoveWords) -> Recorded:
    """Record movement, or that nothing moved."""
    if words.nothing:
        return updates.say_nothing_moved(session, author, account_id, text=words.text)
    return updates.move(session, author, account_id, text=words.text, to_stage=words.to_stage, evidence=words.evidence)


def blocker(session: Session, author: Author, account_id: int, words: BlockerWords) -> Recorded:
    """Record a blocker, or that the account's only open one is resolved. Raises Refused when there are several."""
    if words.resolve:
        found = updates.only_open_blocker(session, author, account_id)
        return updates.resolve_blocker(session, author, account_id, found.id, text=words.text)
    return updates.open_blocker(
        session,
        author,
        account_id,
        text=words.text,
        owner=words.owner,
        needs=words.needs.value if words.needs else None,
        evidence=words.evidence,
    )


def next_action(
    session: Session, author: Author, account_id: int, words: ActionWords, *, channel_id: str, today: date
) -> Recorded:
    """Record a next action; without a date it is due as `due_by_default` says."""
    return updates.add_action(
        session,
        author,
        account_id,
        text=words.text,
        due_on=words.due_on or due_by_default(session, author.workspace_id, channel_id, today=today),
        owner=words.owner,
        evidence=words.evidence,
    )
