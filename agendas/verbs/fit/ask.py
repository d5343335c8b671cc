"""Ask people for their function's part of an account's fit: one direct message each for all accounts that wait."""

from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import NoAccount, Refused
from agendas.facts.account import ListStatus
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.rules.fit.score import criteria_of_all
from agendas.verbs.letters.joined import tell_joined
from agendas.verbs.list import change
from agendas.verbs.loading.rows import scores_of
from agendas.verbs.reads import people
from agendas.verbs.reads.people import Scorer
from agendas.verbs.record.record import Recorded
from storage import accounts
from storage.asked import fit_requests
from storage.delivery.subjects import FitQuestionSubject
from storage.privacy import channel_members
from storage.tables import Account, FitRequest


@dataclass(frozen=True, slots=True)
class Asked:
    """Outcome of asking: user ids of people asked now, and of those asked before who have not answered."""

    now: tuple[str, ...]
    before: tuple[str, ...]


def nominate_and_ask(
    session: Session, author: Author, profile: Profile, *, because: str = "", why_now: str = "", motion: str = ""
) -> Recorded:
    """Nominate a candidate and ask everybody with a function about it. Raises as `change.nominate` does."""
    recorded = change.nominate(session, author, profile, because=because, why_now=why_now, motion=motion)
    ask_for_scores(session, author, recorded.event.account_id)
    return recorded


def ask_for_scores(session: Session, author: Author, account_id: int) -> Asked:
    """Ask everybody who can answer and has not scored all that is theirs; of a private account those in its channel.

    Raises Outdated when there is no such account, Refused when it is off the list.
    """
    row = accounts.get(session, author.workspace_id, account_id, lock=True)
    if row is None:
        raise NoAccount
    if ListStatus(row.list_status).is_closed:
        raise Refused(
            f"{row.name} was {row.list_status}, so nobody was asked. Bring it back first with "
            f"/account restore {row.name} because TEXT."
        )
    missing = [each for each in _scorers(session, author, row) if _lacks(row, each)]
    asked = [each.person.user_id for each in missing if _is_asked(session, author, row, each)]
    for user_id in asked:
        subject = FitQuestionSubject(is_reminder=False)
        tell_joined(
            session, author.workspace_id, user_id, page="fit_question", subject=subject, about="fit", now=author.at
        )
    return Asked(tuple(asked), tuple(each.person.user_id for each in missing if each.person.user_id not in asked))


def stop_asking(session: Session, author: Author) -> int:
    """Close all open questions to the author and return their number."""
    return fit_requests.stop(session, author.workspace_id, author.user_id)


def _scorers(session: Session, author: Author, row: Account) -> list[Scorer]:
    found = people.scorers(session, author.workspace_id, now=author.at)
    if not row.private_channel:
        return list(found)
    inside = channel_members.members(session, author.workspace_id, row.private_channel)
    return [each for each in found if each.person.user_id in inside]


def _lacks(row: Account, scorer: Scorer) -> bool:
    scored = {each.criterion for each in scores_of(row) if each.scored_by == scorer.person.user_id}
    return not scored.issuperset(criteria_of_all(scorer.functions))


def _is_asked(session: Session, author: Author, row: Account, scorer: Scorer) -> bool:
    request = FitRequest(
        workspace_id=author.workspace_id,
        account_id=row.row_id,
        user_id=scorer.person.user_id,
        function=scorer.functions[0],
        asked_at=author.at,
    )
    return fit_requests.ask(session, request)
