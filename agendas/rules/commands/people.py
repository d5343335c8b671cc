"""The words after `/abm people @who`: a function, a right, or both, in either order."""

from agendas.errors import NotUnderstood, Offer, Unclear
from agendas.facts.people import Function, PersonFacts, Right
from agendas.text.limits import shown
from agendas.text.spelling import nearest

USAGE = "/abm people @who sales editor"
RIGHT_WORDS = tuple(right.value for right in Right)
FUNCTION_WORDS = {function.value: function for function in Function} | {
    "cs": Function.CUSTOMER_SUCCESS,
    "success": Function.CUSTOMER_SUCCESS,
    "exec": Function.EXECUTIVE,
}


def read_person(rest: str, known: PersonFacts) -> tuple[Function | None, Right]:
    """The function and right asked for; what is not named stays as the person has it.

    Raises:
        NotUnderstood: for no word at all, or one that is neither; as Unclear with the nearest, if any.
    """
    function, right = known.function, known.right
    words = rest.casefold().replace("customer success", "customer_success").split()
    if not words:
        raise NotUnderstood(f"Say the function or the right to give: {USAGE}.")
    for word in words:
        if word in FUNCTION_WORDS:
            function = FUNCTION_WORDS[word]
        elif word in RIGHT_WORDS:
            right = Right(word)
        else:
            raise _not_known(word, words, known)
    return function, right


def _not_known(word: str, words: list[str], known: PersonFacts) -> NotUnderstood:
    near = nearest(word, (*FUNCTION_WORDS, *RIGHT_WORDS))
    if near:
        said = " ".join(near if each == word else each for each in words)
        offer = Offer(near.replace("_", " ").capitalize(), f"/abm people <@{known.user_id}> {said}")
        return Unclear(f"{shown(word)} is neither a function nor a right. Did you mean {near}?", [offer])
    functions = ", ".join(function.value.replace("_", " ") for function in Function)
    return NotUnderstood(f"{shown(word)} is neither a function ({functions}) nor a right ({', '.join(RIGHT_WORDS)}).")
