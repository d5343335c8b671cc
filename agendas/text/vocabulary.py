"""The words people use for stages and functions, and which of them a typed word means."""

from collections.abc import Mapping, Sequence

from agendas.facts.account import Stage
from agendas.facts.people import Function
from agendas.text.limits import shown
from agendas.text.names import nearest

STAGE_WORDS: Mapping[str, Stage] = {stage.value: stage for stage in Stage} | {
    "awareness": Stage.AWARE,
    "engagement": Stage.ENGAGED,
    "marketing qualified account": Stage.MQA,
    "qualified": Stage.MQA,
    "opp": Stage.OPPORTUNITY,
    "pipeline": Stage.OPPORTUNITY,
    "client": Stage.CUSTOMER,
    "closed won": Stage.CUSTOMER,
    "closed-won": Stage.CUSTOMER,
    "won": Stage.CUSTOMER,
}
FUNCTION_WORDS: Mapping[str, Function] = {function.value: function for function in Function} | {
    "cs": Function.CUSTOMER_SUCCESS,
    "csm": Function.CUSTOMER_SUCCESS,
    "customer success": Function.CUSTOMER_SUCCESS,
    "exec": Function.EXECUTIVE,
    "executives": Function.EXECUTIVE,
}
STAGE_LABELS: Mapping[Stage, str] = {
    stage: "MQA" if stage is Stage.MQA else stage.value.capitalize() for stage in Stage
}
STAGE_NAMES = ", ".join(Stage)
FUNCTION_NAMES = ", ".join(Function).replace("_", " ")
LONGEST_WORDS = 3


def readable_function(text: str) -> Function | None:
    return FUNCTION_WORDS.get(_folded(text))


def leading_stage(words: Sequence[str]) -> tuple[Stage, int] | None:
    """The stage that the first words name and how many words it takes; None when they name none."""
    for count in range(min(LONGEST_WORDS, len(words)), 0, -1):
        stage = STAGE_WORDS.get(_folded(" ".join(words[:count])))
        if stage is not None:
            return stage, count
    return None


def near_leading_stage(words: Sequence[str]) -> tuple[Stage, int] | None:
    """The stage that the first words are a slip of and how many words it takes; None when they are near none."""
    for count in range(min(LONGEST_WORDS, len(words)), 0, -1):
        names = (name for name in STAGE_WORDS if name.count(" ") == count - 1)
        near = nearest(_folded(" ".join(words[:count])), names)
        if near is not None:
            return STAGE_WORDS[near], count
    return None


def not_a_stage(typed: str) -> str:
    return _not_one_of(typed, "a stage", list(Stage))


def not_a_function(typed: str) -> str:
    return _not_one_of(typed, "a function", [function.replace("_", " ") for function in Function])


def _not_one_of(typed: str, what: str, names: Sequence[str]) -> str:
    """The sentence that the typed word is not `what`, such as "a stage"; with the nearest name and all names."""
    near = nearest(_folded(typed), names)
    nearest_meaning = f"the nearest is {near}, and " if near else ""
    return f"{shown(typed)} is not {what}; {nearest_meaning}you can write {', '.join(names)}."


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(".,:;!")
