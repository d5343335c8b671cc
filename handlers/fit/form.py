"""The form of scores: for each account that waits, the criteria of the person's functions with a line of reason."""

from collections.abc import Iterator, Sequence
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.fit import Criterion, CriterionScore, WaitingAccount
from agendas.facts.people import Function
from agendas.rendering.filters import shortened
from agendas.rendering.mrkdwn import escape
from agendas.rules.fit.score import HIGHEST, LOWEST, criteria_of_all
from agendas.verbs.fit.record_scores import EnteredScores
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION, number_in
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import NOT_OFFERED
from handlers.forms.fields import line, select, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("fit", "Score accounts", "Record", keeps=("score", "because"))

REASON_CHARACTERS = 500
SHOWN_CHARACTERS = 300
NAME_CHARACTERS = 120

BLOCKS = 98
"""A form takes 100; one is for a note about a draft, one for what was not recorded."""

ASKED: dict[Criterion, tuple[str, str, str]] = {
    Criterion.ACV: ("Contract value a year", "below our floor", "at least twice the target ACV"),
    Criterion.EXPANSION: ("Expansion potential", "none", "several products or units, named"),
    Criterion.URGENCY: ("Urgency", "no trigger", "a dated compelling event, with evidence"),
    Criterion.SALES_MOTION: ("Sales motion", "we cannot sell there", "a proven motion, and a named path in"),
    Criterion.IMPLEMENTATION_FIT: (
        "Implementation fit",
        "we cannot serve them",
        "a reference customer in the same case",
    ),
    Criterion.STRATEGIC_VALUE: ("Strategic value", "none", "opens a segment, or gives us the proof"),
}
"""Each criterion as it is asked, with the meanings of the lowest and the highest score."""


def fits_into(functions: Sequence[Function]) -> int:
    """The number of accounts that one form of these functions holds."""
    return BLOCKS // (1 + 2 * max(1, len(criteria_of_all(functions))))


def build(accounts: Sequence[WaitingAccount], functions: Sequence[Function], origin: Origin, draft: Values) -> View:
    """The form for these accounts, as many as fit, with the scores given before, or typed and not recorded."""
    blocks = [
        block
        for account in accounts[: fits_into(functions)]
        for block in _account(account, criteria_of_all(functions), draft)
    ]
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], functions: Sequence[Function]) -> dict[int, EnteredScores]:
    """The scores entered, by account id.

    Raises FieldProblems for a score without reason or a reason without score, for one that is not offered, and for a
    criterion that is not asked of these functions.
    """
    entered = values_of(view)
    problems: dict[str, str] = {}
    scores: dict[int, list[CriterionScore]] = {}
    cleared: dict[int, set[Criterion]] = {}
    for name in entered:
        kind, _, rest = name.partition("/")
        if kind == "score":
            account_id, criterion = _place(rest)
            chosen, because = entered[name], entered.get(f"because/{rest}", "").strip()
            problem = _problem(chosen, because, is_asked=criterion in criteria_of_all(functions))
            if problem:
                problems[f"{problem[0]}/{rest}"] = problem[1]
            elif chosen:
                scores.setdefault(account_id, []).append(CriterionScore(criterion, int(chosen), because))
            else:
                cleared.setdefault(account_id, set()).add(criterion)
    if problems:
        raise FieldProblems(problems)
    return {
        number: EnteredScores(tuple(scores.get(number, ())), frozenset(cleared.get(number, ())))
        for number in sorted({*scores, *cleared})
    }


def nothing_scored(view: dict[str, Any]) -> FieldProblems:
    """The problem of a form without any score. Raises Outdated for a form without fields for scores."""
    return FieldProblems({_first_score(values_of(view)): "Score one criterion at least, with its reason."})


def accounts_in(view: dict[str, Any]) -> set[int]:
    """The ids of the accounts that the form is about."""
    names = (name.partition("/") for name in values_of(view))
    return {_place(rest)[0] for kind, _, rest in names if kind == "score"}


def _account(account: WaitingAccount, criteria: Sequence[Criterion], draft: Values) -> Iterator[Field]:
    because = f"\n{shortened(account.because, SHOWN_CHARACTERS)}" if account.because else ""
    yield line(f"*{escape(account.name[:NAME_CHARACTERS])}*{because}")
    had = {each.criterion: each for each in account.scores}
    for criterion in criteria:
        place = f"{account.account_id}/{criterion}"
        asked, lowest, highest = ASKED[criterion]
        before = had.get(criterion)
        yield select(
            f"score/{place}",
            asked,
            [(_label(points, lowest, highest), str(points)) for points in range(LOWEST, HIGHEST + 1)],
            initial=draft.get(f"score/{place}", str(before.score) if before else ""),
            optional=True,
        )
        yield text(
            f"because/{place}",
            f"{asked}: why",
            initial=draft.get(f"because/{place}", before.because if before else ""),
            optional=True,
            most=REASON_CHARACTERS,
        )


def _label(points: int, lowest: str, highest: str) -> str:
    meaning = {LOWEST: f": {lowest}", HIGHEST: f": {highest}"}
    return f"{points}{meaning.get(points, '')}"


def _place(rest: str) -> tuple[int, Criterion]:
    account_id, _, criterion = rest.partition("/")
    try:
        return number_in(account_id), Criterion(criterion)
    except ValueError:
        raise Outdated(OTHER_VERSION) from None


def _first_score(entered: Values) -> str:
    """The first field for a score. Raises Outdated for a form that has none."""
    for name in entered:
        if name.startswith("score/"):
            return name
    raise Outdated(OTHER_VERSION)


def _problem(chosen: str, because: str, *, is_asked: bool) -> tuple[str, str] | None:
    """The field of the two that is wrong, and why; None when neither is, also when both are empty."""
    if not chosen:
        return ("score", "Choose a score for this reason, or clear the reason.") if because else None
    if chosen not in map(str, range(LOWEST, HIGHEST + 1)):
        return "score", NOT_OFFERED
    if not because:
        return "because", "Give the reason in a line: it is shown with the score."
    return None if is_asked else ("score", "This is not asked of your function any more. Open the form again.")
