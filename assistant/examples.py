"""Sentences with what they ask, kept as data in `examples.txt`: the readings nearest to what is not read whole."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from agendas.facts.query import Form, Query, Subject
from assistant.combinations import is_allowed
from assistant.conversation import LastAnswer
from assistant.lexicon import SOFT, phrase_at
from assistant.names import Asked, Names
from assistant.pieces import Piece
from assistant.slots import OF_ASKER, OF_OWNERS, PRONOUNS, TO_COME, VALUES, WITH_TEXT
from assistant.words import read_tokens, word_key

FILE = Path(__file__).with_name("examples.txt")

SLOT_OF = {"ACCOUNT": "of", "SEGMENT": "segments", "TIER": "tiers", "STAGE": "stages", "STATE": "states"}
SLOT_OF |= {"STATUS": "statuses", "ROLE": "roles", "SIGNAL": "signals", "DECISION": "decisions", "MEASURE": "measures"}
"""Kinds of what a question names, and the slot that each fills whatever is asked."""

VALUED = frozenset({*SLOT_OF, "FUNCTION"})


@dataclass(frozen=True, slots=True)
class Example:
    """The kinds of words of a sentence, and its query without what a question names itself.

    `takes` are further slots that the question has to fill, each with the kind of words that it takes.
    """

    kinds: tuple[str, ...]
    query: Query
    takes: Mapping[str, str]


def read_examples(text: str) -> Iterator[Example]:
    """Yield the examples of a text of lines `SUBJECT FORM slot=value: sentence, sentence`; indented ones go on."""
    blank, read = Query(Subject.ACCOUNTS, Form.LIST), TypeAdapter(Query).validate_python
    for line in text.replace("\n  ", " ").splitlines():
        asked, _, sentences = line.partition(": ")
        if line.startswith("#") or not sentences:
            continue
        subject, form, *slots = asked.split()
        pairs = {slot: value for slot, _, value in (each.partition("=") for each in slots)}
        takes = {slot: value for slot, value in pairs.items() if value.isupper()}
        said = {
            slot: tuple(value.split(",")) if isinstance(getattr(blank, slot), tuple) else value or True
            for slot, value in pairs.items()
            if slot not in takes
        }
        query = read({"subject": subject, "form": form, **said})
        for sentence in sentences.split(","):
            yield Example(tuple(dict.fromkeys(_kinds(sentence))), query, takes)


def _kinds(sentence: str) -> Iterator[str]:
    """Yield the kinds of the words of a sentence in which capitals stand for what is named."""
    words = [each.typed if each.typed.isupper() else word_key(each) for each in read_tokens(sentence)]
    i = 0
    while i < len(words):
        limit = next((j for j in range(i, len(words)) if words[j].isupper()), len(words))
        count, senses = phrase_at(words[:limit], i) or (1, ())
        yield _kind(next((each for each in senses if each != SOFT), ""), " ".join(words[i : i + count]))
        i += count


def _kind(sense: str, word: str) -> str:
    """Return what a phrase counts as: the kind of its value, else its sense, else its word."""
    kind = sense.partition(".")[0].upper()
    return kind if kind in VALUED else sense or word


@cache
def _index() -> tuple[Sequence[Example], Mapping[str, float], Mapping[str, Sequence[tuple[int, float]]]]:
    """Return the examples, what each kind of word weighs, '' one that none has, and its part in each that has it."""
    found = tuple(read_examples(FILE.read_text(encoding="utf-8")))
    count = Counter(kind for each in found for kind in each.kinds)
    weight = {kind: math.log(1 + len(found) / (1 + count[kind])) ** 2 for kind in ("", *count)}
    index = defaultdict[str, list[tuple[int, float]]](list)
    for i, each in enumerate(found):
        length = math.sqrt(sum(weight[kind] for kind in each.kinds))
        for kind in each.kinds:
            index[kind].append((i, weight[kind] / length))
    return found, weight, index


MOST_TRIED, LEAST_NEAR = 30, 0.2
"""Examples whose query is tried, and how near they are, from 0 to 1: farther ones were hardly ever right."""


def nearest(pieces: Sequence[Piece], asked: Asked, names: Names, last: LastAnswer | None) -> Iterator[Query]:
    """Yield what the nearest examples ask, with what these pieces name, the nearest first."""
    found, weight, index = _index()
    values, kinds = _named(pieces, asked, names, last)
    least = LEAST_NEAR * math.sqrt(sum(weight.get(kind, weight[""]) for kind in kinds))
    nearness: dict[int, float] = defaultdict(float)
    for kind in kinds:
        for i, part in index.get(kind, ()):
            nearness[i] += part
    near = sorted((i for i in nearness if nearness[i] >= least), key=lambda each: (-nearness[each], each))
    for i in near[:MOST_TRIED]:
        if (query := _filled(found[i], values)) is not None:
            yield query


def _named(
    pieces: Sequence[Piece], asked: Asked, names: Names, last: LastAnswer | None
) -> tuple[Mapping[str, Sequence[Any]], Sequence[str]]:
    """Return what the pieces name, by its kind, and the kinds of their words, each once."""
    values: dict[str, list[Any]] = defaultdict(list)
    kinds: list[str] = []
    for piece in pieces:
        sense = next(iter(piece.senses), "")
        kind = _kind(sense, piece.word)
        words = set(piece.word.split())
        if piece.account is not None or piece.choice:
            kind = "ACCOUNT"
            values[kind] += [piece.account] if piece.account is not None else []
        elif piece.persons:
            kind = "PERSON"
            values[kind] += piece.persons if len(piece.persons) == 1 else ()
        elif piece.segment:
            kind = "SEGMENT"
            values[kind].append(piece.segment)
        elif piece.contact:
            kind = "TEXT"
            values[kind].append(piece.contact)
        elif piece.when or piece.amount or piece.number is not None:
            kind = "DAYS" if piece.when else "AMOUNT" if piece.amount else "NUMBER"
            values[kind].append(piece.when or piece.amount or piece.number)
        elif kind in VALUED:
            parts = [part.partition(".") for part in sense.split("+")]
            values[kind] += [VALUES[name](value) for name, _, value in parts]
        elif sense == "text" or piece.is_unknown:
            values["TEXT"].append(piece.word)
        if words & OF_ASKER:
            values["ME"] = [asked.user_id]
        if words & PRONOUNS and last is not None and last.query.of:
            values["IT"] = list(last.query.of)
        kinds.append(kind)
    if "FUNCTION" in values:
        values["MEMBERS"] = [each.user_id for each in names.members() if each.function in values["FUNCTION"]]
    if "ACCOUNT" not in values and "IT" in values:
        values["ACCOUNT"] = values["IT"]
        kinds.append("ACCOUNT")
    elif "ACCOUNT" not in values and asked.channel_account is not None:
        values["HERE"] = [asked.channel_account]
    return values, tuple(dict.fromkeys(kinds))


def _filled(example: Example, values: Mapping[str, Sequence[Any]]) -> Query | None:
    """Return the query of the example with what a question names; None where it lacks something, or makes no query."""
    query, takes = example.query, example.takes
    filled = {slot: tuple(dict.fromkeys(values.get(kind, ()))) for kind, slot in SLOT_OF.items()}
    if not filled["of"] and (takes.get("of") or query.subject in WITH_TEXT):
        filled["of"] = tuple(values.get("HERE", ()))
    for slot, kind in takes.items():
        others = {"PERSON": "ME", "ME": "PERSON"}.get(kind, "")
        filled[slot] = filled.get(slot) or tuple(values.get(kind) or values.get(others, ()))
        if not filled[slot]:
            return None
    persons = tuple(values.get("PERSON", ()))
    if persons and not {"owners", "whose"} & takes.keys() and not (query.owners or query.whose):
        filled["owners" if query.subject in OF_OWNERS else "whose"] = persons
    if query.subject is Subject.BLOCKERS and "FUNCTION" in values:
        filled["needs"] = tuple(dict.fromkeys(values["FUNCTION"]))
    said: dict[str, Any] = {slot: value for slot, value in filled.items() if value and not getattr(query, slot)}
    if "about" in takes:
        said["about"] = " ".join(said["about"])
    if "NUMBER" in values and (query.by or "limit" in takes):
        said["limit"] = values["NUMBER"][0]
    for amount in values.get("AMOUNT", ()):
        parts = ("least_cents", "most_cents", "currency")
        said |= {name: getattr(amount, name) for name in parts if getattr(amount, name)}
    for when in values.get("DAYS", ()):
        is_coming = query.subject in TO_COME and not (query.progress or query.is_overdue)
        said.setdefault("period", (when.coming if is_coming else when.past) or when.coming or when.past)
    query = replace(query, **said)
    slots = {each.name: getattr(query, each.name) for each in fields(query) if each.name not in ("subject", "form")}
    return query if is_allowed(query.subject, query.form, slots) else None
