"""Fit of an account: score, confidence, inputs of the functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from agendas.errors import FieldProblems, Refused
from agendas.facts.account import AccountState
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.narrative import ProductField, ProductInput, ProductInputGiven
from agendas.facts.people import Function, Lead, PersonFacts
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.access import Permission, may
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS

# Checks on what product adds to an account: fields that are needed, and inputs that say nothing new.


def refuse_wrong(given: ProductInputGiven, account: AccountState, *, url: str) -> None:
    """Raise FieldProblems with a sentence for each field that is wrong; Refused if the account has the same already."""
    problems = dict(_problems(given, url))
    if problems:
        raise FieldProblems(problems)
    same = (given.field, given.text, given.reference, url)
    if any(same == (each.field, each.text, each.reference, each.url) for each in account.product):
        raise Refused(f"Just that stands at {account.name} already, so nothing was recorded.")


def _problems(given: ProductInputGiven, url: str) -> Iterator[tuple[str, str]]:
    """Yield each field that is wrong, with a sentence about it."""
    if not given.text:
        yield "text", "Say it in a sentence."
    elif len(given.text) > TEXT_LIMIT_CHARACTERS:
        yield "text", f"It has {len(given.text):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
    if len(given.reference) > NAME_LIMIT_CHARACTERS:
        size = f"{len(given.reference):,}"
        yield "reference", f"The reference has {size} characters; write at most {NAME_LIMIT_CHARACTERS}."
    if len(url) > TEXT_LIMIT_CHARACTERS:
        yield "link", f"The link has {len(url):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
    if given.field is ProductField.PROOF and not given.reference and not url:
        yield (
            "reference",
            "Proof names the customer who shows it, or links to where it can be read. Give one of the two.",
        )


def latest_input(account: AccountState, field: ProductField) -> ProductInput | None:
    return next((each for each in reversed(account.product) if each.field is field), None)


# The fit of an account: six criteria weighed, each with its scores and the people who have not scored it.

LOWEST, HIGHEST = 0, 4
"""The scores of a criterion."""

DISPUTED_SPREAD = 2
"""So far apart two scores of one criterion are a disagreement to settle, in points of a score."""

ASKED_OF: Mapping[Criterion, tuple[Function, ...]] = {
    Criterion.ACV: (Function.FINANCE, Function.SALES),
    Criterion.EXPANSION: (Function.CUSTOMER_SUCCESS,),
    Criterion.URGENCY: (Function.SALES, Function.MARKETING),
    Criterion.SALES_MOTION: (Function.SALES,),
    Criterion.IMPLEMENTATION_FIT: (Function.PRODUCT, Function.CUSTOMER_SUCCESS),
    Criterion.STRATEGIC_VALUE: (Function.EXECUTIVE,),
}
"""Functions that are asked for each criterion."""

VETOES = (Criterion.IMPLEMENTATION_FIT, Criterion.SALES_MOTION)
"""Criteria that rule an account out when they are 0: we cannot serve it, or cannot sell there."""


@dataclass(frozen=True, slots=True)
class CriterionFit:
    """One criterion of an account: its score is the median of all scorers, its points are `weight` x score / 4.

    `score` is None while nobody scored it. `silent` are the functions asked in which nobody has scored it.
    """

    criterion: Criterion
    weight: int
    score: float | None
    points: float
    scores: tuple[FitScore, ...]
    silent: tuple[Function, ...]

    @property
    def is_disputed(self) -> bool:
        """True if its scorers are so far apart that somebody has to settle it."""
        given = [each.score for each in self.scores]
        return len(given) > 1 and max(given) - min(given) >= DISPUTED_SPREAD


@dataclass(frozen=True, slots=True)
class FitAnswer:
    """An account's fit from 0 to 100, None while nothing is scored, and the share of the weights that is known."""

    fit: float | None
    confidence: float
    criteria: tuple[CriterionFit, ...]

    @property
    def percent_known(self) -> int:
        return round(self.confidence * 100)

    @property
    def vetoes(self) -> tuple[Criterion, ...]:
        return tuple(each.criterion for each in self.criteria if each.criterion in VETOES and each.score == LOWEST)

    @property
    def disagreements(self) -> tuple[CriterionFit, ...]:
        return tuple(each for each in self.criteria if each.is_disputed)


def fit_of(scores: Sequence[FitScore], settings: ProgramSettings = DEFAULTS) -> FitAnswer:
    """The fit that follows from these scores: 100 x sum(weight x score / 4) / sum(weight), over what is known.

    The fit is rounded to a tenth and the confidence to a hundredth, so that what is shown is what is compared.
    """
    criteria = tuple(_criterion_fit(criterion, scores, settings) for criterion in Criterion)
    known = [each for each in criteria if each.score is not None]
    known_weight, whole_weight = sum(each.weight for each in known), sum(each.weight for each in criteria)
    fit = round(100 * sum(each.points for each in known) / known_weight, 1) if known else None
    return FitAnswer(fit, round(known_weight / whole_weight, 2), criteria)


def _criterion_fit(criterion: Criterion, scores: Sequence[FitScore], settings: ProgramSettings) -> CriterionFit:
    """The criterion's median score with its weighted points, and the functions asked that did not score."""
    own_scores = tuple([each for each in scores if each.criterion is criterion])
    score = float(median(each.score for each in own_scores)) if own_scores else None
    weight = settings.number(f"fit.weight.{criterion}")
    scored_in = {each.function for each in own_scores}
    return CriterionFit(
        criterion=criterion,
        weight=weight,
        score=score,
        points=weight * (score or 0.0) / HIGHEST,
        scores=own_scores,
        silent=tuple(function for function in ASKED_OF[criterion] if function not in scored_in),
    )


def criteria_of(function: Function | None) -> tuple[Criterion, ...]:
    return tuple(criterion for criterion, functions in ASKED_OF.items() if function in functions)


def criteria_of_all(functions: Sequence[Function]) -> tuple[Criterion, ...]:
    return tuple(criterion for criterion, asked in ASKED_OF.items() if set(asked) & set(functions))


# Leads who score for a function that has nobody else to score.


def stand_ins(leads: Iterable[Lead], scorers: Iterable[PersonFacts]) -> dict[str, tuple[Function, ...]]:
    """Return the functions for which each lead scores, by user id: those without any of the `scorers`.

    A lead who may not score, which takes the right to nominate, or who is away does not.
    """
    functions_scoring = {each.function for each in scorers}
    functions_of: dict[str, tuple[Function, ...]] = {}
    for lead in leads:
        person = lead.person
        is_needed = lead.function not in functions_scoring and bool(criteria_of(lead.function))
        if is_needed and person is not None and may(person, Permission.NOMINATE) and not person.is_away:
            functions_of[person.user_id] = (*functions_of.get(person.user_id, ()), lead.function)
    return functions_of
