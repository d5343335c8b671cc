"""Scores of one person for several accounts, recorded together."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import CadenceError, Refused
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.people import Author, Function
from agendas.verbs.fit.score import score
from agendas.verbs.reads import fit_requests
from agendas.verbs.record.record import Recorded


@dataclass(frozen=True, slots=True)
class EnteredScores:
    """The scores entered for one account, and the criteria whose fields are empty."""

    scores: tuple[CriterionScore, ...]
    cleared: frozenset[Criterion]


@dataclass(frozen=True, slots=True)
class ScoresRecorded:
    """Everything recorded, and a sentence for each account that cannot be scored any more."""

    recorded: tuple[Recorded, ...]
    refused: tuple[str, ...]


def record_scores(
    session: Session,
    author: Author,
    function: Function,
    entered: Mapping[int, EnteredScores],
    *,
    if_nothing: CadenceError,
) -> ScoresRecorded:
    """Record the scores by account id; a score whose fields were emptied is withdrawn.

    An account that left the list meanwhile is refused, and the others are recorded.

    Raises:
        Refused: when every account with scores left the list.
        CadenceError: `if_nothing`, when nothing was entered.
    """
    refused: list[str] = []
    recorded = []
    for account_id, given in entered.items():
        try:
            recorded.append(_score(session, author, account_id, given, function=function))
        except Refused as error:
            refused += [str(error)] if given.scores else []
    if not any(is_changed for is_changed, _ in recorded):
        raise Refused(" ".join(refused)) if refused else if_nothing
    return ScoresRecorded(tuple(each for _, each in recorded if each is not None), tuple(refused))


def _score(
    session: Session, author: Author, account_id: int, given: EnteredScores, *, function: Function
) -> tuple[bool, Recorded | None]:
    """True where there is something to record or withdraw, and the event if it made one."""
    account = fit_requests.one_account(session, author.workspace_id, author.user_id, account_id, zone=author.zone)
    cleared = given.cleared & {each.criterion for each in account.scores}
    if not (given.scores or cleared):
        return False, None
    return True, score(session, author, account_id, function=function, scores=given.scores, cleared=cleared)
