"""Scores of one person for several accounts, recorded together."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import CadenceError, Refused
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.people import Author, Function
from agendas.rules.fit.score import criteria_of, criteria_of_all
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
    functions: Sequence[Function],
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
            recorded.append(_score(session, author, account_id, given, functions=functions))
        except Refused as error:
            refused += [str(error)] if given.scores else []
    if not any(is_changed for is_changed, _ in recorded):
        raise Refused(" ".join(refused)) if refused else if_nothing
    return ScoresRecorded(tuple(each for _, made in recorded for each in made), tuple(refused))


def _score(
    session: Session, author: Author, account_id: int, given: EnteredScores, *, functions: Sequence[Function]
) -> tuple[bool, tuple[Recorded, ...]]:
    """True where there is something to record or withdraw, and the events that it made: one for each function."""
    account = fit_requests.one_account(session, author.workspace_id, author.user_id, account_id, zone=author.zone)
    cleared = given.cleared & {each.criterion for each in account.scores}
    if not (given.scores or cleared):
        return False, ()
    made = []
    for function, criteria in _shares(functions, {each.criterion for each in given.scores} | cleared):
        scores = tuple(each for each in given.scores if each.criterion in criteria)
        asked = criteria_of_all(functions)
        withdrawn = cleared & criteria
        made.append(
            score(session, author, account_id, function=function, scores=scores, cleared=withdrawn, asked=asked)
        )
    return True, tuple(each for each in made if each is not None)


def _shares(functions: Sequence[Function], criteria: Set[Criterion]) -> Iterator[tuple[Function, Set[Criterion]]]:
    """The criteria for which each function is heard, each criterion once.

    Functions that the person stands in for come last in `functions` and are heard first: nobody else speaks for them.
    What nobody is asked for goes to the person's own function, where it is refused.
    """
    left = set(criteria)
    for function in reversed(functions[1:]):
        if share := left & set(criteria_of(function)):
            left -= share
            yield function, share
    if left:
        yield functions[0], left
