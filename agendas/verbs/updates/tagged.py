"""Blockers for which somebody's help was asked: closed by that one with a word, and acknowledged by nobody else."""

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import AccountState, Blocker
from agendas.facts.people import Author
from agendas.rules.access.leads import asked_of
from agendas.rules.history.weight import AUTOMATIC
from agendas.rules.nudging.follow_ups import blocker_of, is_asked
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.loading.load_facts import names
from agendas.verbs.loading.standing_in import theirs_too
from storage import events, people
from storage.nudging import follow_ups
from storage.tables import FollowUp

SAY_HOW = (
    "Say how it was resolved, as those who waited for you are told: by Resolve beside it in your Home, or by "
    "`/blocker ACCOUNT resolve TEXT`."
)
WAITS_FOR_ANOTHER = (
    "That blocker waits for {who}: they alone acknowledge or answer it. What you know of it goes into Update; press "
    "Resolve once it is gone."
)


def is_tagged(session: Session, author: Author, account: AccountState, blocker: Blocker) -> bool:
    """Return true if somebody else asked for the author's help by opening the blocker: as its owner, or by function."""
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    if author.user_id not in (blocker.owner, asked_of(blocker.needs, account.profile, leads)):
        return False
    opened = events.get(session, author.workspace_id, blocker.id)
    return opened is not None and opened.actor != author.user_id and opened.source not in AUTOMATIC


def require_asked(session: Session, author: Author, account: AccountState, blocker: Blocker) -> None:
    """Raise Refused where somebody else is asked for help, whose nudges the author's word would end."""
    if blocker.id in asking(session, author, account):
        return
    [followed] = follow_ups.of_events(session, author.workspace_id, (blocker.id,))
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    whom = followed.user_id or asked_of(blocker.needs, account.profile, leads) or blocker.owner or ""
    found = names(session, author.workspace_id, [whom])
    raise Refused(WAITS_FOR_ANOTHER.format(who=found.get(whom) or "somebody else"))


def asking(session: Session, author: Author, account: AccountState) -> frozenset[int]:
    """Return the ids of the account's open blockers that the author may acknowledge or answer.

    They need the help of the author, or of somebody whom the author stands in for; or nobody is nudged about them,
    since they were escalated or came by an import.
    """
    blockers = account.open_blockers
    if not blockers:
        return frozenset()
    rows = follow_ups.of_events(session, author.workspace_id, [each.id for each in blockers])
    nudged = {row.event_id: row for row in rows if row.escalated_at is None}
    leads = needed_by(session, author.workspace_id, (each.needs for each in blockers))
    person = people.find(session, author.workspace_id, author.user_id)
    function, zone = (person.function, person.time_zone) if person is not None else (None, "UTC")
    who = theirs_too(session, author.workspace_id, author.user_id, now=author.at, zone=zone)

    def asks(blocker: Blocker, row: FollowUp | None) -> bool:
        found = blocker_of(account, blocker, leads)
        return row is None or row.user_id in who or any(is_asked(found, each, function) for each in who)

    return frozenset(each.id for each in blockers if asks(each, nudged.get(each.id)))
