"""Scores of the six criteria: what one person says about one account, and every fit weighed anew."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from agendas.errors import NotUnderstood, Refused
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.people import Author, Function
from agendas.rendering.filters import spoken
from agendas.rules.fit.score import HIGHEST, LOWEST, criteria_of
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import fit_values, scores_of
from agendas.verbs.record.record import Recorded, find
from agendas.verbs.record.tell import tell
from storage import accounts, workspaces
from storage.asked import fit_requests
from storage.database.hidden_rows import showing_all


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

    Of criteria that were `cleared` the author's own scores are withdrawn.

    What the author was asked about the account counts as answered once all criteria `asked`, or else those of the
    function, are scored.
    Raises Refused for a criterion that is not asked of the author's function, NotUnderstood for a score that is none
    or has no reason, Outdated without the account.
    """
    for each in scores:
        _check(each, function)
    # weights are changed one at a time too, so that none of these scores is weighed by old ones
    workspaces.lock(session, author.workspace_id)
    found = find(session, author.workspace_id, account_id)
    said = {each.criterion: (each.score, each.because) for each in found.state.fit if each.scored_by == author.user_id}
    new = tuple(each for each in scores if said.get(each.criterion) != (each.score, each.because))
    withdrawn = tuple(each for each in said if each in cleared)
    if ({*said, *(each.criterion for each in new)} - {*withdrawn}).issuperset(asked or criteria_of(function)):
        fit_requests.close(session, author.workspace_id, author.user_id, account_id)
    if not new and not withdrawn:
        return None
    return tell(session, author, account_id, FitScored(function or "", new, withdrawn), found=found)


def refit(session: Session, workspace_id: str) -> None:
    """Weigh every account of the workspace anew, after its weights changed in this transaction."""
    settings = settings_of(session, workspace_id)
    with showing_all(session):
        scored = accounts.scored(session, workspace_id)
    for row in scored:
        for name, value in fit_values(scores_of(row), settings).items():
            setattr(row, name, value)
        session.add(row)
    session.flush()


def _check(each: CriterionScore, function: Function | None) -> None:
    name = spoken(each.criterion)
    if each.criterion not in criteria_of(function):
        theirs = f"your function is {spoken(function)}" if function else "you have no function"
        raise Refused(f"You are not asked for {name}: {theirs}. An admin changes it with /abm people.")
    if not LOWEST <= each.score <= HIGHEST:
        raise NotUnderstood(f"{each.score} is no score for {name}. Choose one from {LOWEST} to {HIGHEST}.")
    if not each.because.strip():
        raise NotUnderstood(f"Give the reason for your score of {name} in a line.")
