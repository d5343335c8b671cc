"""The words after `/abm people @who`: a function, a right, or both, in either order, and what the person leads."""

from dataclasses import dataclass

from agendas.errors import NotUnderstood, Offer, Unclear
from agendas.facts.people import Function, PersonFacts, Right
from agendas.text.limits import shown
from agendas.text.spelling import meant

USAGE = "/abm people @who sales editor, or /abm people @who leads product"
RIGHT_WORDS = tuple(right.value for right in Right)
FUNCTION_WORDS = {function.value: function for function in Function} | {
    "cs": Function.CUSTOMER_SUCCESS,
    "success": Function.CUSTOMER_SUCCESS,
    "exec": Function.EXECUTIVE,
}
LEADS = frozenset({"leads", "lead"})
NOTHING = frozenset({"nothing", "none"})
JOINING = frozenset({"and", "of", "the"})


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Function and right asked for; `leads` are the functions to lead from now on, None where nothing is said of it."""

    function: Function | None
    right: Right
    leads: tuple[Function, ...] | None = None


def read_person(rest: str, known: PersonFacts, leading: tuple[Function, ...] = ()) -> PersonWords:
    """Read the words; what is not named stays as the person has it.

    `leads FUNCTION, ...` comes last and adds to what they are `leading`; `leads nothing` ends it.

    Raises NotUnderstood for no word at all, or one that is neither; with the nearest word where there is one.
    """
    function, right = known.function, known.right
    words = rest.casefold().replace("customer success", Function.CUSTOMER_SUCCESS.value).replace(",", " ").split()
    if not words:
        raise NotUnderstood(f"Say the function or the right to give, or what they lead: {USAGE}.")
    position = next((number for number, word in enumerate(words) if word in LEADS), len(words))
    for word in words[:position]:
        if word in FUNCTION_WORDS:
            function = FUNCTION_WORDS[word]
        elif word in RIGHT_WORDS:
            right = Right(word)
        else:
            raise _not_known(word, words, known, (*FUNCTION_WORDS, *RIGHT_WORDS, "leads"))
    if position == len(words):
        return PersonWords(function, right)
    return PersonWords(function, right, _led(words, position, known, leading))


def _led(words: list[str], position: int, known: PersonFacts, leading: tuple[Function, ...]) -> tuple[Function, ...]:
    named = [word for word in words[position + 1 :] if word not in JOINING]
    if named and all(word in NOTHING for word in named):
        return ()
    if not named:
        raise NotUnderstood("Say which function they lead: /abm people @who leads product.")
    for word in named:
        if word not in FUNCTION_WORDS:
            raise _not_known(word, words, known, tuple(FUNCTION_WORDS))
    wanted = {*leading, *(FUNCTION_WORDS[word] for word in named)}
    return tuple(function for function in Function if function in wanted)


def _not_known(word: str, words: list[str], known: PersonFacts, choices: tuple[str, ...]) -> NotUnderstood:
    """The refusal of a word, with the command again and the nearest word in its place."""
    near = meant(word, choices)
    has_rights = RIGHT_WORDS[0] in choices
    what = "neither a function nor a right" if has_rights else "not a function"
    if near:
        again = " ".join(near if each == word else each for each in words)
        offer = Offer(near.replace("_", " ").capitalize(), f"/abm people <@{known.user_id}> {again}")
        return Unclear(f"{shown(word)} is {what}. Did you mean {near.replace('_', ' ')}?", (offer,))
    functions = ", ".join(function.value.replace("_", " ") for function in Function)
    if not has_rights:
        return NotUnderstood(f"{shown(word)} is not a function: write {functions}.")
    return NotUnderstood(f"{shown(word)} is neither a function ({functions}) nor a right ({', '.join(RIGHT_WORDS)}).")
