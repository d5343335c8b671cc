"""The reading of questions by a language model, where the rules are not sure."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Protocol, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from rapidfuzz import fuzz, process

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function, PersonFacts
from agendas.facts.signals import SignalKind
from agendas.rendering.words import Words
from agendas.text.evidence import readable
from agendas.text.limits import shortened
from agendas.text.names import normal_key
from agendas.verbs.questions import Allowance
from assistant import query
from assistant.conversation import LastAnswer
from assistant.look_ups.run import LOOK_UPS
from assistant.query import Field as QueryField
from assistant.query import Form, Having, Per, Period, Progress, Query, Subject, Way, Which
from assistant.reading.as_wanted import Asked, Names
from assistant.reading.lexicon import Said as PiecesSaid
from assistant.reading.read_pieces import read_pieces
from assistant.reading.tell import parts_of
from assistant.reading.tokens import Parts, Reading, read_tokens
from assistant.remark import Intent, Remark, RemarkKind

# Reasons for which a language model read nothing.


class ModelProblem(StrEnum):
    """Reasons for which the model read nothing; `doctor` and the person who asks are told them."""

    UNREACHED = "unreached"
    TOO_LATE = "too_late"
    KEY_REFUSED = "key_refused"
    NOT_FOUND = "not_found"
    """The address or the model is not known there."""
    TOO_MANY = "too_many"
    REFUSED = "refused"
    FAILED = "failed"
    REDIRECTED = "redirected"
    TOO_LARGE = "too_large"
    NO_JSON = "no_json"
    """It answers, but not in the form that was asked for."""
    PERSON_LIMIT = "person_limit"
    WORKSPACE_LIMIT = "workspace_limit"


class ModelFailed(Exception):
    """The model read nothing; `detail` is a status or the name of an error, never a text of the server."""

    def __init__(self, problem: ModelProblem, detail: str = "") -> None:
        self.problem, self.detail = problem, detail
        super().__init__(f"{problem.value} {detail}".strip())


# The names nearest to a question: of accounts, people and segments, at most 50 together.

ACCOUNTS_MOST, PEOPLE_MOST, SEGMENTS_MOST = 30, 12, 8

NEAR_SCORE = 80.0
"""Lowest likeness, of 100, of a word and a part of a name."""

WORDS_MOST = 30
"""Words looked for, the longest first."""

SHORTEST_WORD = 3
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the rules read it: the reading, the parts of its single words, and the last answer before it."""

    text: str
    by_rules: Reading
    parts: Parts
    last: LastAnswer | None = None

    @property
    def queries(self) -> tuple[Query, ...]:
        """The rules' query and the last one, as far as there are any."""
        return tuple(filter(None, (self.by_rules.query, self.last.query if self.last else None)))


def nearest_accounts(read: Read, names: Names, *, here: int | None = None) -> tuple[tuple[int, str], ...]:
    """Return (account id, name): what the rules read and the last answer named, then the nearest to the other words."""
    keys = names.all_keys()
    known = {each.account_id: each.name for each in keys}
    meant = [*read.parts.of, *([here] if here is not None else [])]
    meant += [account_id for query in read.queries for account_id in query.of]
    if read.by_rules.remark is not None:
        meant += read.by_rules.remark.of
    if read.last is not None:
        meant += read.last.listed[:ACCOUNTS_MOST]
    words = _words(" ".join(read.by_rules.unread)) or _words(read.text)
    near = [keys[index].account_id for index in _nearest(words, [each.key for each in keys])]
    found = [each for each in dict.fromkeys([*meant, *near]) if each in known]
    return tuple((account_id, known[account_id]) for account_id in found[:ACCOUNTS_MOST])


def nearest_people(read: Read, members: Sequence[PersonFacts]) -> tuple[PersonFacts, ...]:
    """Return those whom the rules read or the last query asked for, then the nearest by name."""
    known = {each.user_id: each for each in members}
    meant = [*read.parts.persons, *read.parts.owners, *read.parts.whose]
    meant += [user_id for query in read.queries for user_id in (*query.owners, *query.whose)]
    near = [
        members[index].user_id for index in _nearest(_words(read.text), [normal_key(each.name) for each in members])
    ]
    found = [each for each in dict.fromkeys([*meant, *near]) if each in known]
    return tuple(known[each] for each in found[:PEOPLE_MOST])


def nearest_segments(read: Read, segments: Sequence[str]) -> tuple[str, ...]:
    """Return those that the rules read or the last query asked for, then the nearest by name."""
    meant = [*read.parts.segments, *(each for query in read.queries for each in query.segments)]
    near = [segments[index] for index in _nearest(_words(read.text), [normal_key(each) for each in segments])]
    return tuple(each for each in dict.fromkeys([*meant, *near]) if each in segments)[:SEGMENTS_MOST]


def _nearest(words: Iterable[str], names: Sequence[str]) -> list[int]:
    """Return the indexes of names that a word is like a part of, the likest first."""
    scores: dict[int, float] = {}
    # a shorter name is in many a word
    long_enough = {at: name for at, name in enumerate(names) if len(name) >= SHORTEST_NAME}
    for word in words:
        scores |= {at: 100.0 for at, name in enumerate(names) if name == word}
        for _, score, index in process.extract(
            word, long_enough, scorer=fuzz.partial_ratio, processor=None, score_cutoff=NEAR_SCORE, limit=ACCOUNTS_MOST
        ):
            scores[index] = max(scores.get(index, 0.0), score)
    return sorted(scores, key=lambda index: (-scores[index], index))


def _words(text: str) -> list[str]:
    found = {word for word in re.split(r"[^\w&']+", normal_key(text)) if len(word) >= SHORTEST_WORD}
    return sorted(found, key=lambda word: (-len(word), word))[:WORDS_MOST]


# A question as it is given to a language model: its text, the last query, and the names it may mean.

LONGEST_CHARACTERS = 1_000
"""A longer text is read by rules alone."""

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class ModelQuestion:
    """A question given to a model, with all that its reading is checked against; nothing hidden from the asker.

    Attributes:
        workspace_id, user_id: the asker, who is not named to the model.
        text: the question; people mentioned in it are written with their names.
        today: the asker's date.
        by_rules: what the rules read.
        parts: what single words of it say by the rules, also where those make no question together.
        last: the last answer of the conversation.
        accounts: (account id, name) of those that may be meant, at most 30.
        people: those of ours that may be meant, at most 12.
        segments: those that may be meant, at most 8.
        here: the account in whose channel it is asked, None elsewhere.
    """

    workspace_id: str
    user_id: str
    text: str
    today: date
    by_rules: Reading
    parts: Parts = field(default_factory=Parts)
    last: LastAnswer | None = None
    accounts: tuple[tuple[int, str], ...] = ()
    people: tuple[PersonFacts, ...] = ()
    segments: tuple[str, ...] = ()
    here: int | None = None


def question_for_model(
    text: str, names: Names, asked: Asked, *, workspace_id: str, today: date, by_rules: Reading, last: LastAnswer | None
) -> ModelQuestion | None:
    """Return the question to give to a model, None where the rules' reading stands as it is.

    Made in the same read as the rules' reading, with the asker's rights: the model itself is asked after it.
    """
    if not may_read(by_rules) or len(text) > LONGEST_CHARACTERS:
        return None
    parts = parts_of(
        PiecesSaid(read_pieces(read_tokens(text, bot_user_id=asked.bot_user_id), names, today)), asked.user_id
    )
    members = {each.user_id: each for each in names.members()}
    said = _with_names(text, members, asked.bot_user_id)
    read = Read(said, by_rules, parts, last)
    return ModelQuestion(
        workspace_id=workspace_id,
        user_id=asked.user_id,
        text=said,
        today=today,
        by_rules=by_rules,
        parts=parts,
        last=last,
        accounts=nearest_accounts(read, names, here=asked.channel_account),
        people=nearest_people(read, tuple(members.values())),
        segments=nearest_segments(read, names.segments()),
        here=asked.channel_account,
    )


def may_read(by_rules: Reading) -> bool:
    """Return whether a model may be asked: a word was not understood, in a text that the rules make nothing sure of.

    What is a name of no account, or of several, is asked of the person: a model that has no such name would leave it
    out. A part of a named account is read well enough, and so is what is no question.
    """
    if by_rules.is_sure or by_rules.choices:
        return False
    query, remark = by_rules.query, by_rules.remark
    if query is None:
        return remark is None or remark.kind is RemarkKind.UNREAD
    return bool(by_rules.unread) and (query.form is Form.CARD or not query.of)


def _with_names(text: str, members: dict[str, PersonFacts], bot_user_id: str) -> str:
    """Return the text as people read it, with names for mentions; the bot's own and unknown ones are left out."""

    def name(found: re.Match[str]) -> str:
        person = members.get(found[1])
        return f"@{person.name}" if person is not None and found[1] != bot_user_id else ""

    return " ".join(readable(MENTION.sub(name, text)).split())


# The form in which a model says what it read: checked, with handles for names, and made into a query or a remark.

ME, NO_ONE = "me", "nobody"
VALUES_MOST = 12
ABOUT_CHARACTERS = 100
BECAUSE_CHARACTERS = 300
LIMIT_MOST = 100
AMOUNT_MOST = 1e12

T = TypeVar("T")
Key = TypeVar("Key", int, str)

Some = Annotated[
    tuple[T, ...], Field(max_length=VALUES_MOST), BeforeValidator(lambda given: () if given is None else given)
]
"""Several values; none where the model says null."""


class InventedName(ValueError):
    """The model used a handle that it was not given."""


@dataclass(frozen=True, slots=True)
class Handles:
    """Short handles for the names of a question: `a1` an account, `p1` a person, `s1` a segment."""

    accounts: Mapping[str, int]
    people: Mapping[str, str]
    segments: Mapping[str, str]

    @classmethod
    def of(cls, question: ModelQuestion) -> Self:
        """Return the handles of the question's names, numbered in their order."""
        return cls(
            {f"a{number}": account_id for number, (account_id, _) in enumerate(question.accounts, 1)},
            {f"p{number}": each.user_id for number, each in enumerate(question.people, 1)}
            | {ME: question.user_id, NO_ONE: NOBODY},
            {f"s{number}": each for number, each in enumerate(question.segments, 1)},
        )


@dataclass(frozen=True, slots=True)
class Heard:
    """A model's reading, and the words of the question by which it read it so."""

    reading: Query | Remark
    because: str = ""


class Said(BaseModel):
    """A reading as a model says it. Names are handles; unknown words, and handles never given, are refused."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    remark: RemarkKind | None = None
    deeds: Some[Intent] = ()
    subject: Subject | None = None
    form: Form | None = None
    of: Some[str] = ()
    fields: Some[query.Field] = ()
    tiers: Some[Annotated[int, Field(ge=1, le=3)]] = ()
    stages: Some[Stage] = ()
    states: Some[AccountStanding] = ()
    statuses: Some[ListStatus] = ()
    segments: Some[str] = ()
    owners: Some[str] = ()
    having: Some[Having] = ()
    without: Some[Having] = ()
    whose: Some[str] = ()
    needs: Some[Function] = ()
    roles: Some[BuyingRole] = ()
    ways: Some[Way] = ()
    progress: Some[Progress] = ()
    is_overdue: bool = False
    signals: Some[SignalKind] = ()
    decisions: Some[DecisionKind] = ()
    least: float = Field(default=0, ge=0, le=AMOUNT_MOST)
    most: float = Field(default=0, ge=0, le=AMOUNT_MOST)
    currency: str = Field(default="", max_length=3)
    about: str = Field(default="", max_length=ABOUT_CHARACTERS)
    first_day: date | None = None
    last_day: date | None = None
    by: query.Field | None = None
    is_lowest: bool = False
    limit: int = Field(default=0, ge=0, le=LIMIT_MOST)
    per: Per | None = None
    which: Which | None = None
    because: str = Field(default="", max_length=BECAUSE_CHARACTERS)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, given: Any) -> Any:
        return {key: value for key, value in given.items() if value is not None} if isinstance(given, dict) else given

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.remark is None and (self.subject is None or self.form is None):
            raise ValueError("subject and form are needed, or a remark")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("first_day is after last_day")
        return self


LEFT_OUT = ("title", "description", "default", "maxLength", "maxItems", "minimum", "maximum")
"""Words of JSON schema that cost tokens, or that a server may refuse in a strict schema."""

AMOUNTS = ("least_cents", "most_cents")
SKIP = "skip"
"""Part of a query that only a follow-up by rules has: which ones were shown before is not told to a model."""

NAMES = ("of", "owners", "whose", "segments")


@cache
def schema() -> dict[str, object]:
    """Return the JSON schema of what is said, strict as OpenAI asks: every key required, and no other."""
    found: dict[str, Any] = _plainly(Said.model_json_schema())
    return found | {"required": list(found["properties"]), "additionalProperties": False}


def _plainly(part: Any) -> Any:
    """Return the part of a schema with the words alone that every server knows; limits are checked afterwards."""
    if isinstance(part, list):
        return [_plainly(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {key: _plainly(value) for key, value in part.items() if key not in LEFT_OUT or isinstance(value, dict)}


def heard(said: Said, handles: Handles) -> Heard:
    """Return what was said, with the names that the handles stand for. Raises InventedName."""
    return Heard(_meant(said, handles), said.because)


def _meant(said: Said, handles: Handles) -> Query | Remark:
    of = _named(said.of, handles.accounts)
    if said.remark is not None:
        return Remark(said.remark, of, said.deeds)
    if said.subject is None or said.form is None:
        raise ValueError("neither a query nor a remark")
    period = Period(said.first_day, said.last_day) if said.first_day or said.last_day else None
    plain = {
        each.name: getattr(said, each.name)
        for each in fields(Query)
        if each.name not in (*NAMES, *AMOUNTS, SKIP, "period", "subject", "form")
    }
    return Query(
        said.subject,
        said.form,
        of=of,
        owners=_named(said.owners, handles.people),
        whose=_named(said.whose, handles.people),
        segments=_named(said.segments, handles.segments),
        period=period,
        least_cents=round(said.least * 100),
        most_cents=round(said.most * 100),
        **plain,
    )


def said_of(query: Query, question: ModelQuestion) -> dict[str, object]:
    """Return the query in the words of a model, without what is empty and without names that it is not given."""
    handles = Handles.of(question)
    said: dict[str, object] = {}
    for each in fields(Query):
        value = getattr(query, each.name)
        if value and each.name in AMOUNTS:
            said[each.name.removesuffix("_cents")] = value / 100
        elif value and each.name not in (*NAMES, SKIP, "period"):
            said[each.name] = value
    for name, known in (("of", handles.accounts), ("segments", handles.segments)):
        said[name] = _handles_of(getattr(query, name), known)
    for name in ("owners", "whose"):
        said[name] = _handles_of(getattr(query, name), handles.people)
    if query.period is not None:
        said |= {"first_day": query.period.first, "last_day": query.period.last}
    return {key: value for key, value in said.items() if value}


def _named(given: Sequence[str], known: Mapping[str, Key]) -> tuple[Key, ...]:
    invented = [each for each in given if each not in known]
    if invented:
        raise InventedName("a handle that was not given")
    return tuple(dict.fromkeys(known[each] for each in given))


def _handles_of(values: Sequence[object], known: Mapping[str, object]) -> list[str]:
    handle_of = {value: handle for handle, value in reversed(list(known.items()))}
    return [handle_of[value] for value in values if value in handle_of]


# The request to a model: what it is to do, and the question with the names it may mean. Nothing else is sent.

NAME_CHARACTERS = 80
ANSWER_CHARACTERS = 2_000
"""Of a wrong answer so much is given back with what is wrong."""


class Role(StrEnum):
    """Roles of the messages of a request."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Role
    text: str


CHOICES: Mapping[str, type[StrEnum]] = {
    "subject": Subject,
    "form": Form,
    "fields": QueryField,
    "stages": Stage,
    "states": AccountStanding,
    "statuses": ListStatus,
    "having": Having,
    "needs": Function,
    "roles": BuyingRole,
    "ways": Way,
    "progress": Progress,
    "signals": SignalKind,
    "decisions": DecisionKind,
    "per": Per,
    "which": Which,
    "remark": RemarkKind,
    "deeds": Intent,
}


def request(question: ModelQuestion, words: Words) -> list[Message]:
    """Return the messages that ask for a reading of the question."""
    choices = {name: [member.value for member in kind] for name, kind in CHOICES.items()}
    told = {
        "question": question.text,
        "today": f"{question.today.isoformat()} {question.today:%A}",
        "accounts": {f"a{at}": shortened(name, NAME_CHARACTERS) for at, (_, name) in enumerate(question.accounts, 1)},
        "people": {f"p{at}": shortened(each.name, NAME_CHARACTERS) for at, each in enumerate(question.people, 1)},
        "segments": {f"s{at}": shortened(each, NAME_CHARACTERS) for at, each in enumerate(question.segments, 1)},
        "channel_of": next(
            (f"a{at}" for at, (account_id, _) in enumerate(question.accounts, 1) if account_id == question.here), None
        ),
        "last": said_of(question.last.query, question) if question.last is not None else None,
    }
    return [
        Message(Role.SYSTEM, words.raw("model.instructions", choices=choices)),
        Message(Role.USER, json.dumps(told, ensure_ascii=False, default=str)),
    ]


def again(messages: list[Message], answer: str, problem: str, words: Words) -> list[Message]:
    """Return the messages that ask once more, with the answer and what is wrong with it."""
    return [
        *messages,
        Message(Role.ASSISTANT, answer[:ANSWER_CHARACTERS]),
        Message(Role.USER, words.raw("model.again", problem=problem)),
    ]


# Ask a model to read one question, and once more where its answer cannot be read.

TIMES_ASKED = 2


class Server(Protocol):
    """A server that speaks for a model: `assistant.model` knows the real one."""

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, object]) -> str:
        """Return the text that the model says. Raises ModelFailed."""

    async def close(self) -> None:
        """Close the connections."""


async def ask_model(server: Server, question: ModelQuestion, words: Words) -> Heard:
    """Return what the model read, of the names it was given alone. Raises ModelFailed."""
    handles, messages = Handles.of(question), request(question, words)
    for _ in range(TIMES_ASKED):
        answer = await server.ask(messages, schema())
        try:
            return heard(Said.model_validate_json(answer[answer.find("{") : answer.rfind("}") + 1]), handles)
        except InventedName:
            wrong = words.raw("model.invented")
        except ValidationError:
            wrong = words.raw("model.no_json")
        messages = again(messages, answer, wrong, words)
    raise ModelFailed(ModelProblem.NO_JSON)


# Decisions on whether a model's reading is taken: never where it would be worse than that of the rules.

FURTHEST = timedelta(days=5 * 366)
"""Days further away than this are a mistake of the model."""

TELLING = (RemarkKind.NEWS, RemarkKind.ORDER, RemarkKind.VERDICT, RemarkKind.LANGUAGE, RemarkKind.HELP)
"""Kinds of remarks that a model may find; what it cannot read stays as the rules read it."""

MAY_CHANGE = ("subject", "form", "fields")
"""Parts of a whole card that a model may put another in the place of: rules give a card for want of a better word."""

PERSONS = ("owners", "whose")
FILTERS = tuple(each.name for each in fields(Query) if each.name not in (*MAY_CHANGE, *PERSONS, "period", "about"))


def is_taken(heard: Heard, question: ModelQuestion) -> bool:
    """Return whether the model's reading is answered instead of the rules'."""
    reading = heard.reading
    if not (_is_quoted(heard.because, question) and _is_about_the_named(reading, question)):
        return False
    before = question.by_rules.query
    if isinstance(reading, Remark):
        return before is None and reading.kind in TELLING
    return (
        reading.form in LOOK_UPS.get(reading.subject, {})
        and _is_near(reading.period, question)
        and _is_said(reading.about, question.text)
        and _is_of_figures(reading, question.text)
        and _has_all_parts(question.parts, reading)
        and (before is None or _keeps(before, reading))
    )


def _is_quoted(because: str, question: ModelQuestion) -> bool:
    """Return whether the words it was read by stand in the question, one among them that the rules did not understand.

    A model that answers something else than this question has no such words.
    """
    quoted, unread = set(_checks_words(because)), set(_checks_words(" ".join(question.by_rules.unread)))
    return bool(quoted) and _is_said(because, question.text) and (not unread or bool(quoted & unread))


def _is_about_the_named(reading: Query | Remark, question: ModelQuestion) -> bool:
    """Return whether it is about the accounts that the rules read, or where there are none, about such as may be meant.

    Those of the last answer may be meant where a word of the text stands on what was said before.
    """
    before, parts = question.by_rules, question.parts
    named = {*parts.of, *(before.query.of if before.query else ()), *(before.remark.of if before.remark else ())}
    if named:
        return set(reading.of) == named
    said_before = {*question.last.query.of, *question.last.listed} if question.last is not None else set()
    if parts.pronouns or parts.marks or parts.is_bare:
        return True
    return not set(reading.of) & said_before


def _has_all_parts(parts: Parts, reading: Query) -> bool:
    """Return whether every filter, day and person that single words say is in the reading, a person in any part."""
    said = [name for name in FILTERS if getattr(parts, name)]
    if any(not _same(getattr(parts, name), getattr(reading, name)) for name in said):
        return False
    if parts.period is not None and reading.period not in (parts.period, parts.coming):
        return False
    return {*parts.persons, *parts.owners, *parts.whose} <= {*reading.owners, *reading.whose}


def _keeps(before: Query, after: Query) -> bool:
    """Return whether everything that the rules read stands unchanged; only a whole card may become a part of it."""
    changeable: Iterable[str] = MAY_CHANGE if before.form is Form.CARD else ()
    kept = [each.name for each in fields(Query) if each.name not in changeable]
    empty = Query(before.subject, before.form)
    read = [name for name in kept if name in ("subject", "form") or getattr(before, name) != getattr(empty, name)]
    return all(_same(getattr(before, name), getattr(after, name)) for name in read)


def _same(before: object, after: object) -> bool:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return set(before) == set(after)
    return before == after


def _is_near(period: Period | None, question: ModelQuestion) -> bool:
    days = (period.first, period.last) if period is not None else ()
    return all(abs(day - question.today) <= FURTHEST for day in days if day is not None)


def _is_said(about: str, text: str) -> bool:
    """Return whether each of these words stands in the question: a model adds none of its own."""
    said = set(_checks_words(text))
    return all(word in said for word in _checks_words(about))


def _is_of_figures(reading: Query, text: str) -> bool:
    """Return whether bounds of amounts stand on figures of the question."""
    return not (reading.least_cents or reading.most_cents) or any(each.isdigit() for each in text)


def _checks_words(text: str) -> list[str]:
    return re.findall(r"\w+", normal_key(text))


# Reading by a language model: asked once for each question that the rules are not sure of, and checked.

FAILURES_IN_A_ROW = 3
LEFT_ALONE_FOR = timedelta(seconds=60)
"""After three failures in a row nobody waits for the model so long. Ours."""

LIMITS: Mapping[Allowance, ModelProblem] = {
    Allowance.PERSON_LIMIT: ModelProblem.PERSON_LIMIT,
    Allowance.WORKSPACE_LIMIT: ModelProblem.WORKSPACE_LIMIT,
}

log = logging.getLogger("cadence.model")


@dataclass(frozen=True, slots=True)
class Use:
    """The day's limits of a workspace.

    Attributes:
        take: given workspace and person, counts a question to the model, or says why it may not be asked.
        count_read: given workspace and person, counts a question that it read.
    """

    take: Callable[[str, str], Awaitable[Allowance]]
    count_read: Callable[[str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ModelReading:
    """The outcome of a question given to a model.

    Attributes:
        reading: the model's, with `is_by_model`; None where the rules' reading stands.
        problem: what the person is told of why no model took part; None where there is nothing to say.
    """

    reading: Reading | None = None
    problem: ModelProblem | None = None


class QuestionModel:
    """Reads questions by a language model, within a time and the day's limits.

    An outage is told once in each workspace; what the rules did not understand stays named under each answer.
    """

    def __init__(self, server: Server, use: Use, words: Words, now: Callable[[], datetime], *, seconds: float) -> None:
        self._server = server
        self._use = use
        self._words = words
        self._now = now
        self._seconds = seconds
        self._told: set[str] = set()
        self._failures = 0
        self._failed_at: datetime | None = None

    async def read(self, question: ModelQuestion) -> ModelReading:
        """Return the model's reading, or why there is none. Raises nothing of the model's: the rules' then stands."""
        if self._is_left_alone():
            return self._told_once(question.workspace_id, ModelProblem.UNREACHED)
        allowance = await self._use.take(question.workspace_id, question.user_id)
        if allowance is not Allowance.ALLOWED:
            return ModelReading(problem=LIMITS.get(allowance))
        try:
            async with asyncio.timeout(self._seconds):
                found = await ask_model(self._server, question, self._words)
        except TimeoutError:
            return self._failed(question, ModelFailed(ModelProblem.TOO_LATE))
        except ModelFailed as failure:
            return self._failed(question, failure)
        self._failures, self._told = 0, set()
        if not is_taken(found, question):
            log.info("model_reading_refused", extra={"workspace": question.workspace_id})
            return ModelReading()
        await self._use.count_read(question.workspace_id, question.user_id)
        query, remark = (found.reading, None) if isinstance(found.reading, Query) else (None, found.reading)
        read = Reading(query=query, remark=remark, taken=question.by_rules.taken, is_by_model=True)
        return ModelReading(read)

    def _is_left_alone(self) -> bool:
        if self._failures < FAILURES_IN_A_ROW or self._failed_at is None:
            return False
        return self._now() - self._failed_at < LEFT_ALONE_FOR

    def _failed(self, question: ModelQuestion, failure: ModelFailed) -> ModelReading:
        self._failures, self._failed_at = self._failures + 1, self._now()
        log.warning("model_failed", extra={"problem": failure.problem.value, "detail": failure.detail})
        return self._told_once(question.workspace_id, failure.problem)

    def _told_once(self, workspace_id: str, problem: ModelProblem) -> ModelReading:
        if workspace_id in self._told:
            return ModelReading()
        self._told.add(workspace_id)
        return ModelReading(problem=problem)
