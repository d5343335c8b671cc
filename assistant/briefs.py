"""Prose over the facts of a brief, by a language model: a sentence that its facts do not hold is dropped."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import chain

from pydantic import Field

from agendas.facts.account import Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.program import MODEL_BRIEFS
from assistant.by_model import ModelAnswer, ModelRequest, numbered, without_answers
from assistant.lexicon import single_words
from assistant.names import COMPANY_WORDS, EVERYDAY_WORDS, Names
from assistant.words import NUMBERS, words_of

MOST_FACTS, MOST_SENTENCES, MOST_CITED, MOST_MISSING = 40, 5, 12, 2
FACT_CHARACTERS, SENTENCE_CHARACTERS = 400, 320


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences that their facts hold, and what the model found missing; raw text."""

    sentences: tuple[str, ...]
    missing: tuple[str, ...] = ()


class _Sentence(ModelAnswer):
    text: str
    fact_ids: tuple[str, ...] = Field(default=(), max_length=MOST_CITED)


class _Written(ModelAnswer):
    sentences: tuple[_Sentence, ...] = Field(json_schema_extra={"maxItems": MOST_SENTENCES})
    missing: tuple[str, ...] = Field(default=(), json_schema_extra={"maxItems": MOST_MISSING})


def prose_of(
    workspace_id: str, user_id: str, lines: Sequence[str], *, most: int, names: Set[str]
) -> ModelRequest[Prose] | None:
    """Return the request for prose over the lines that a plain page shows, and nothing else; None without such lines.

    `most` is how many sentences are wanted, 0 for as few as tell it; `names` are the accounts and people that the
    asker knows, of whom none is named that the lines do not name. It is of use where they hold a sentence of it.
    """
    given = [each[:FACT_CHARACTERS] for each in lines if without_answers(each) == each]
    facts, most = numbered("f", given[:MOST_FACTS]), most or MOST_SENTENCES
    if not facts:
        return None

    def prose(written: _Written) -> Prose:
        held = (each.text.strip() for each in written.sentences if _is_held_by_its_facts(each, facts, names))
        missing = (each.strip(" .") for each in written.missing[:MOST_MISSING])
        shown = tuple(each for each in missing if each and is_held(each, tuple(facts.values()), names))
        return Prose(tuple(dict.fromkeys(held))[:most], shown)

    told = {"facts": facts, "sentences": most}
    return ModelRequest(
        MODEL_BRIEFS, workspace_id, user_id, "prose", told, _Written, prose, lambda made: bool(made.sentences)
    )


def names_said(names: Names) -> frozenset[str]:
    """Return the names as small letters may say them: the whole ones, and each word of one that says nothing else."""
    people = chain((each.name for each in names.members()), names.contacts())
    said = {*(words_of(each) for each in people), *(tuple(each.key.split()) for each in names.all_keys())}
    words = frozenset(word for each in said for word in each if len(word) >= LEAST_LETTERS)
    whole = frozenset(" ".join(each) for each in said if len(each) > 1)
    return (words - EVERYDAY_WORDS - COMPANY_WORDS - single_words()) | whole


LEAST_LETTERS = 3


def _is_held_by_its_facts(sentence: _Sentence, facts: dict[str, str], names: Set[str]) -> bool:
    if not sentence.fact_ids or not set(sentence.fact_ids) <= set(facts):
        return False
    return is_held(sentence.text.strip(), tuple(facts[each] for each in sentence.fact_ids), names)


# Whether facts hold a sentence: each number, day, name, stage and negation of it has to stand in one of them.

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
ADDRESS = re.compile(r"://|www\.|[<>@]")

_DAYS_SAID = (
    "january february march april june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs "
    "fri sat sun today yesterday tomorrow"
)
DAYS = frozenset(_DAYS_SAID.split())
DAY_LETTERS = 3

STATES = frozenset(word for each in (*Stage, *AccountStanding) for word in each.value.split("_")) - {"needs"}
"""Words that say where an account stands: only as its facts say it."""

_CLAIMS_SAID = "won lost no not cannot nobody nothing none never without half twice double hundred thousand million"
CLAIMS = frozenset(_CLAIMS_SAID.split())
"""Outcomes, negations and sizes in words, which turn a sentence into another: only as its facts say them."""

SAID_OF_NUMBERS = frozenset({"one", "first", "second", "third"})
"""Words for numbers that say something else as well."""


MOST_NAME_WORDS = 4


def is_held(text: str, facts: Sequence[str], names: Set[str] = frozenset()) -> bool:
    """Return whether each number, day, name, stage and negation of the text is in these facts, and no address in it.

    A name begins with a capital letter, or is one of `names`.
    """
    if not 0 < len(text) <= SENTENCE_CHARACTERS or "\n" in text or ADDRESS.search(text):
        return False
    whole = " ".join(facts)
    figures = {_plain(each) for each in FIGURE.findall(whole)}
    known = {word.casefold() for word in WORD.findall(whole)}
    days = {word[:DAY_LETTERS] for word in known if word in DAYS}
    if any(_plain(each) not in figures for each in FIGURE.findall(text)):
        return False
    if (named := names & _runs(text)) and not named <= set().union(*map(_runs, facts)):
        return False
    for at, typed in enumerate(WORD.findall(text)):
        word = typed.casefold()
        stem = re.sub(r"['\u2019]s?$", "", word)
        if word in known or stem in known:
            continue
        number = NUMBERS.get(word)
        if number is not None and word not in SAID_OF_NUMBERS and str(number) not in figures:
            return False
        is_day = word in DAYS and (typed[0].isupper() or word in ("today", "yesterday", "tomorrow"))
        if is_day and word[:DAY_LETTERS] not in days:
            return False
        if word in STATES | CLAIMS or word.endswith(("n't", "n\u2019t")):
            return False
        if typed[0].isupper() and not is_day and not (at == 0 and stem in EVERYDAY_WORDS):
            return False
    return True


def _runs(text: str) -> set[str]:
    """Return the words of the text, and each run of up to four, in their normal form."""
    words = words_of(text)
    return {" ".join(words[at : at + count]) for count in range(1, MOST_NAME_WORDS + 1) for at in range(len(words))}


def _plain(figure: str) -> str:
    return figure.replace(",", "")
