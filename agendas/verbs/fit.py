"""Scores of fit."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import CadenceError, NoAccount, NotUnderstood, Refused
from agendas.facts.account import ListStatus
from agendas.facts.events import Profile
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.people import Author, Function
from agendas.rendering.words import spoken
from agendas.rules.fit import HIGHEST, LOWEST, criteria_of, criteria_of_all
from agendas.verbs import account_list, reads, record
from agendas.verbs.letters import queue_direct, queue_unless_waiting
from agendas.verbs.loading import fit_values, person_at, scores_of, settings_of
from agendas.verbs.reads import Scorer, scorers
from agendas.verbs.record import Recorded, find
from storage import accounts, people, privacy, workspaces
from storage import asked as stored_asked
from storage.database import showing_all
from storage.letter_subjects import FitQuestionSubject
from storage.models.accounts import Account
from storage.models.subjects import FitRequest

# Ask people for their function's part of an account's fit: one direct message each for all accounts that wait.


@dataclass(frozen=True, slots=True)
class ScoresAsked:
    """Outcome of asking: user ids of people asked now, and of those asked before who have not answered."""

    now: tuple[str, ...]
    before: tuple[str, ...]


def nominate_and_ask(
    session: Session, author: Author, profile: Profile, *, because: str = "", why_now: str = "", motion: str = ""
) -> Recorded:
    """Nominate a candidate and ask everybody with a function about it. Raises as `account_list.nominate` does."""
    recorded = account_list.nominate(session, author, profile, because=because, why_now=why_now, motion=motion)
    ask_for_scores(session, author, recorded.event.account_id)
    return recorded


def ask_for_scores(session: Session, author: Author, account_id: int) -> ScoresAsked:
    """Ask everybody who can answer and has not scored all criteria asked of them; for a private account its members.

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
    asked = [each.person.user_id for each in missing if _open_request(session, author, row, each)]
    for user_id in asked:
        subject = FitQuestionSubject(is_reminder=False)
        queue_unless_waiting(
            session, author.workspace_id, user_id, page="fit_question", subject=subject, about="fit", now=author.at
        )
    return ScoresAsked(tuple(asked), tuple(each.person.user_id for each in missing if each.person.user_id not in asked))


def stop_asking(session: Session, author: Author) -> int:
    return stored_asked.stop(session, author.workspace_id, author.user_id)


def _scorers(session: Session, author: Author, row: Account) -> list[Scorer]:
    """Everybody who can score; for a private account the members of its channel alone."""
    found = reads.scorers(session, author.workspace_id, now=author.at)
    if not row.private_channel:
        return list(found)
    inside = privacy.members(session, author.workspace_id, row.private_channel)
    return [each for each in found if each.person.user_id in inside]


def _lacks(row: Account, scorer: Scorer) -> bool:
    """True if the person has not scored all criteria of their functions for the account."""
    scored = {each.criterion for each in scores_of(row) if each.scored_by == scorer.person.user_id}
    return not scored.issuperset(criteria_of_all(scorer.functions))


def _open_request(session: Session, author: Author, row: Account, scorer: Scorer) -> bool:
    """Store the request for the person's scores; return False where one is open already."""
    request = FitRequest(
        workspace_id=author.workspace_id,
        account_id=row.row_id,
        user_id=scorer.person.user_id,
        function=scorer.functions[0],
        asked_at=author.at,
    )
    return stored_asked.ask_for_fit(session, request)


# Scores of the six criteria: what one person says about one account, and every fit weighed again.


def score(
    session: Session,
    author: Author,
    account_id: int,
    *,
    function: Function | None,
    scores: Sequence[CriterionScore],
    cleared: Collection[Criterion] = (),
    asked: Collection[Criterion] = (),
) -> Recorded | None:
    """Record the scores that differ from the author's earlier ones; None when none does.

    The author's own scores of criteria that were `cleared` are withdrawn. Their open request for scores is closed once
    all criteria `asked`, or without these all of the function, are scored.
    Raises Refused for a criterion that is not asked of the author's function, NotUnderstood for a score that is none
    or has no reason, Outdated without the account.
    """
    for each in scores:
        _require_valid(each, function)
    # weights are changed one at a time too, so that none of these scores is weighed by old ones
    workspaces.lock(session, author.workspace_id)
    found = find(session, author.workspace_id, account_id)
    before = {
        each.criterion: (each.score, each.because) for each in found.state.fit if each.scored_by == author.user_id
    }
    new = tuple(each for each in scores if before.get(each.criterion) != (each.score, each.because))
    withdrawn = tuple(each for each in before if each in cleared)
    scored = {*before, *(each.criterion for each in new)} - {*withdrawn}
    if scored.issuperset(asked or criteria_of(function)):
        stored_asked.close_fit_requests(session, author.workspace_id, author.user_id, account_id)
    if not new and not withdrawn:
        return None
    return record.record_and_show(session, author, account_id, FitScored(function or "", new, withdrawn), found=found)


def recompute_fit(session: Session, workspace_id: str) -> None:
    """Weigh every account of the workspace again, after its weights changed in this transaction."""
    settings = settings_of(session, workspace_id)
    with showing_all(session):
        scored = accounts.scored(session, workspace_id)
    for row in scored:
        for name, value in fit_values(scores_of(row), settings).items():
            setattr(row, name, value)
        session.add(row)
    session.flush()


def _require_valid(each: CriterionScore, function: Function | None) -> None:
    """Raise Refused for a criterion of another function, NotUnderstood for a score out of range or without a reason."""
    name = spoken(each.criterion)
    if each.criterion not in criteria_of(function):
        function_text = f"your function is {spoken(function)}" if function else "you have no function"
        raise Refused(f"You are not asked for {name}: {function_text}. An admin changes it with /abm people.")
    if not LOWEST <= each.score <= HIGHEST:
        raise NotUnderstood(f"{each.score} is no score for {name}. Choose one from {LOWEST} to {HIGHEST}.")
    if not each.because.strip():
        raise NotUnderstood(f"Give the reason for your score of {name} in a line.")


# Scores of one person for several accounts, recorded together.


@dataclass(frozen=True, slots=True)
class EnteredScores:
    """The scores entered for one account, and the criteria whose fields are empty."""

    scores: tuple[CriterionScore, ...]
    cleared: frozenset[Criterion]


def record_scores(
    session: Session,
    author: Author,
    functions: Sequence[Function],
    entered: Mapping[int, EnteredScores],
    *,
    if_nothing: CadenceError,
) -> tuple[list[Recorded], list[str]]:
    """Record the scores by account id; a score whose fields were emptied is withdrawn.

    Return everything recorded, and a sentence for each account that left the list meanwhile.

    Raises:
        Refused: when every account with scores left the list.
        CadenceError: `if_nothing`, when nothing was entered.
    """
    refused: list[str] = []
    recorded = []
    for account_id, given in entered.items():
        try:
            recorded.append(_score_account(session, author, account_id, given, functions=functions))
        except Refused as error:
            # nobody has to hear that emptied fields could not be withdrawn
            refused += [str(error)] if given.scores else []
    if not any(is_changed for is_changed, _ in recorded):
        raise Refused(" ".join(refused)) if refused else if_nothing
    return [each for _, made in recorded for each in made], refused


def _score_account(
    session: Session, author: Author, account_id: int, entered: EnteredScores, *, functions: Sequence[Function]
) -> tuple[bool, tuple[Recorded, ...]]:
    """Return whether anything was entered or withdrawn, and what was recorded of it: an event for each function."""
    account = reads.one_account(session, author.workspace_id, author.user_id, account_id, zone=author.zone)
    cleared = entered.cleared & {each.criterion for each in account.scores}
    if not (entered.scores or cleared):
        return False, ()
    recorded, asked = [], criteria_of_all(functions)
    for function, criteria in _shares(functions, {each.criterion for each in entered.scores} | cleared):
        scores = tuple(each for each in entered.scores if each.criterion in criteria)
        gone = cleared & criteria
        recorded.append(score(session, author, account_id, function=function, scores=scores, cleared=gone, asked=asked))
    return True, tuple(each for each in recorded if each is not None)


def _shares(functions: Sequence[Function], criteria: Set[Criterion]) -> Iterator[tuple[Function, Set[Criterion]]]:
    """Yield each function with the criteria to score for it, each criterion once.

    Functions for which the person stands in come last in `functions` and get their criteria first, since nobody else
    scores for them. Criteria of no function go to the person's own, and are refused later.
    """
    remaining = set(criteria)
    for function in reversed(functions[1:]):
        if share := remaining & set(criteria_of(function)):
            remaining -= share
            yield function, share
    if remaining:
        yield functions[0], remaining


# The one reminder of scores that were asked for and not given.

SOONEST = timedelta(days=1)
"""No workspace may have its reminder sooner."""


def due_reminders(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the id of one request of each person to remind, the longest waiting first; of nobody who is away."""
    first: dict[tuple[str, str], int] = {}
    asked_before: dict[str, datetime] = {}
    for request in stored_asked.unreminded(session, now - SOONEST):
        workspace_id = request.workspace_id
        if workspace_id not in asked_before:
            asked_before[workspace_id] = _asked_before(session, workspace_id, now)
        if request.asked_at <= asked_before[workspace_id]:
            first.setdefault((workspace_id, request.user_id), request.row_id)
    workspaces = {workspace_id for workspace_id, _ in first}
    present = {
        (workspace_id, scorer.person.user_id)
        for workspace_id in workspaces
        for scorer in scorers(session, workspace_id, now=now)
    }
    return [request_id for person, request_id in first.items() if person in present][:limit]


def next_reminder_at(session: Session, now: datetime) -> datetime | None:
    """Return when the next person is reminded, None where nobody waits."""
    due = (_reminded_at(session, request, now) for request in stored_asked.unreminded(session, now))
    return min((instant for instant in due if instant is not None), default=None)


def remind(session: Session, request_id: int, *, now: datetime) -> None:
    """Remind the person of everything that is due, by one message, and never again of the same."""
    first = stored_asked.get_fit_requests(session, request_id)
    if first is None:
        return
    asked_before = _asked_before(session, first.workspace_id, now)
    found = stored_asked.open_fit_requests_of(session, first.workspace_id, first.user_id, lock=True)
    due = [request for request, _ in found if request.reminded_at is None and request.asked_at <= asked_before]
    if not due:
        return
    for request in due:
        request.reminded_at = now
        session.add(request)
    key = f"fit:{first.user_id}:reminder:{due[0].row_id}:{due[0].asked_at:%Y-%m-%d}"
    subject = FitQuestionSubject(is_reminder=True)
    queue_direct(session, first.workspace_id, first.user_id, page="fit_question", subject=subject, key=key, at=now)


def set_aside_reminder(session: Session, request_id: int, *, now: datetime) -> None:
    """Mark the person's requests as reminded without a message: making one failed too often."""
    first = stored_asked.get_fit_requests(session, request_id)
    for request, _ in stored_asked.open_fit_requests_of(session, first.workspace_id, first.user_id) if first else ():
        request.reminded_at = now
        session.add(request)


def _reminded_at(session: Session, request: FitRequest, now: datetime) -> datetime | None:
    """Return when the person is reminded of the request, `now` at once, None for somebody who may not score."""
    row = people.find(session, request.workspace_id, request.user_id)
    if row is None:
        return None
    days = settings_of(session, request.workspace_id).number("fit.reminder")
    # a reminder waits until the person is back, even if they were there when it fell due
    due_at = max(now, request.asked_at + max(SOONEST, timedelta(days=days)))
    while (until := person_at(session, row, due_at).away_until) is not None:
        due_at = datetime.combine(until + timedelta(days=1), time(), ZoneInfo(row.time_zone)).astimezone(UTC)
    asked_then = scorers(session, request.workspace_id, now=due_at)
    is_asked = any(each.person.user_id == request.user_id for each in asked_then)
    return due_at if is_asked else None


def _asked_before(session: Session, workspace_id: str, now: datetime) -> datetime:
    """The instant up to which requests are old enough for their reminder."""
    return now - timedelta(days=settings_of(session, workspace_id).number("fit.reminder"))
