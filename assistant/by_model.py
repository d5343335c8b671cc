"""What a language model is asked, and the reading of questions by one where the rules did not read the text whole."""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, partial
from typing import Annotated, Any, Generic, Literal, Protocol, Self, TypedDict, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from rapidfuzz import fuzz, process

from agendas.facts import query
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.program import MODEL
from agendas.facts.query import Form, Having, Per, Period, Progress, Query, Subject, Way, Which
from agendas.facts.signals import SignalKind
from agendas.rendering.words import Words
from agendas.text.evidence import readable
from agendas.text.limits import shortened
from agendas.text.names import normal_key
from agendas.verbs.questions import Allowance
from assistant.conversation import LastAnswer
from assistant.days import shifted
from assistant.follow_up import OPENING, POINTING
from assistant.names import Asked, Names
from assistant.pieces import Piece, pieces_of
from assistant.remark import Intent, Reading, Remark, RemarkKind
from assistant.remarks import groups
from assistant.words import read_tokens

T = TypeVar("T")
Key = TypeVar("Key", int, str)
Made_co = TypeVar("Made_co", covariant=True)

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


def near_names(
    meant: Iterable[Key], words: Sequence[str], names: Sequence[tuple[Key, str, str]], *, most: int
) -> tuple[tuple[Key, str], ...]:
    """Return (id, name) of names, given as (id, name, normal form): those meant, then those with a part like a word."""
    scores: dict[int, float] = {}
    # a shorter name is in many a word
    long_enough = {at: name for at, (_, _, name) in enumerate(names) if len(name) >= SHORTEST_NAME}
    for word in words:
        scores |= {at: 100.0 for at, (_, _, name) in enumerate(names) if name == word}
        for _, score, at in process.extract(
            word, long_enough, scorer=fuzz.partial_ratio, processor=None, score_cutoff=NEAR_SCORE, limit=ACCOUNTS_MOST
        ):
            scores[at] = max(scores.get(at, 0.0), score)
    called = {each: name for each, name, _ in names}
    found = [each for each in meant if each in called]
    found += [names[at][0] for at in sorted(scores, key=lambda at: (-scores[at], at))]
    return tuple((each, called[each]) for each in dict.fromkeys(found))[:most]


def _words(text: str) -> list[str]:
    found = {word for word in re.split(r"[^\w&']+", normal_key(text)) if len(word) >= SHORTEST_WORD}
    return sorted(found, key=lambda word: (-len(word), word))[:WORDS_MOST]


# A question as it is given to a language model: its text, the last query, and the names it may mean.

LONGEST_CHARACTERS = 1_000
"""A longer text is read by rules alone."""

NAME_CHARACTERS = 80
ME, NO_ONE = "me", "nobody"
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelText:
    """A text given to a model, with the names that it may mean; nothing hidden from its writer.

    Attributes:
        workspace_id, user_id: the writer, who is not named to the model.
        text: the text; people mentioned in it are written with their names.
        today: the writer's date.
        accounts, people: (id, name) of those that may be meant.
        here: the account in whose channel or thread it was written, None elsewhere.
    """

    workspace_id: str = ""
    user_id: str = ""
    text: str
    today: date
    accounts: tuple[tuple[int, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    here: int | None = None

    @property
    def account_of(self) -> dict[str, int]:
        """The accounts by the handles that stand for them: `a1`."""
        return numbered("a", (each for each, _ in self.accounts))

    @property
    def person_of(self) -> dict[str, str]:
        """The people by the handles that stand for them: `p1`, and `me` for the writer."""
        return numbered("p", (each for each, _ in self.people)) | {ME: self.user_id}

    @property
    def told(self) -> dict[str, object]:
        """What a model is told with the text: the date, and the names by their handles."""
        return {
            "today": f"{self.today.isoformat()} {self.today:%A}",
            "accounts": _called("a", self.accounts),
            "people": _called("p", self.people),
            "channel_of": next((handle for handle, each in self.account_of.items() if each == self.here), None),
        }


def numbered(letter: str, values: Iterable[T]) -> dict[str, T]:
    return {f"{letter}{number}": each for number, each in enumerate(values, 1)}


def _called(letter: str, names: Iterable[tuple[object, str]]) -> dict[str, str]:
    return numbered(letter, (shortened(name, NAME_CHARACTERS) for _, name in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelQuestion(ModelText):
    """A question given to a model, with all that its reading is checked against.

    Attributes:
        by_rules: what the rules read.
        pieces: the words of the question with the accounts, people and days that they name.
        last: the last answer of the conversation.
        segments: those that may be meant.
    """

    by_rules: Reading = field(default_factory=Reading)
    pieces: tuple[Piece, ...] = ()
    last: LastAnswer | None = None
    segments: tuple[str, ...] = ()

    @property
    def handles(self) -> Mapping[str, Mapping[str, Any]]:
        """What short handles stand for, by the part of a query that has them."""
        people = self.person_of | {NO_ONE: NOBODY}
        return {"of": self.account_of, "owners": people, "whose": people, "segments": numbered("s", self.segments)}


def question_for_model(
    text: str,
    names: Names,
    asked: Asked,
    *,
    workspace_id: str,
    today: date,
    by_rules: Reading,
    last: LastAnswer | None,
    is_empty: bool = False,
) -> ModelQuestion | None:
    """Return the question to give to a model, None where the rules' reading stands as it is.

    Made in the same read as the rules' reading, with the asker's rights: the model itself is asked after it.
    `is_empty` where the rules' reading was answered with nothing found.
    """
    if len(text) > LONGEST_CHARACTERS or not may_read(by_rules, is_empty=is_empty):
        return None
    pieces = pieces_of(read_tokens(text, bot_user_id=asked.bot_user_id), names, today)
    if by_rules.is_follow_up and not is_empty and _stands_on_last(pieces):
        return None
    members = {each.user_id: each.name for each in names.members()}
    said = " ".join(with_names(text, members, asked.bot_user_id).split())
    queries = [each for each in (by_rules.query, last.query if last else None) if each is not None]
    words = _words(said)
    unread = _words(" ".join(by_rules.unread)) or words

    meant = [each.account for each in pieces if each.account is not None]
    meant += [asked.channel_account] if asked.channel_account is not None else []
    meant += [account_id for query in queries for account_id in query.of]
    meant += (*last.offered, *last.listed[:ACCOUNTS_MOST]) if last is not None else ()
    keys = [(each.account_id, each.name, each.key) for each in names.all_keys()]

    functions = {sense.removeprefix("function.") for each in pieces for sense in each.senses}
    persons = [user_id for each in pieces for user_id in each.persons]
    persons += [user_id for query in queries for user_id in (*query.owners, *query.whose)]
    persons += [last.owner] if last is not None else []
    persons += [each.user_id for each in names.members() if each.function in functions]
    member_keys = [(user_id, name, normal_key(name)) for user_id, name in members.items()]

    segments = [each.segment for each in pieces if each.segment]
    segments += [segment for query in queries for segment in query.segments]
    segment_keys = [(each, each, normal_key(each)) for each in names.segments()]
    near_segments = near_names(segments, words, segment_keys, most=SEGMENTS_MOST)
    return ModelQuestion(
        workspace_id=workspace_id,
        user_id=asked.user_id,
        text=said,
        today=today,
        by_rules=by_rules,
        pieces=pieces,
        last=last,
        accounts=near_names(meant, unread, keys, most=ACCOUNTS_MOST),
        people=near_names(persons, words, member_keys, most=PEOPLE_MOST),
        segments=tuple(each for each, _ in near_segments),
        here=asked.channel_account,
    )


def may_read(by_rules: Reading, *, is_empty: bool) -> bool:
    """Return whether a model may be asked: of what was not read whole, found nothing, or stands on the answer before.

    A name of no account, or of several, is asked of the person: a model that has no such name would leave it out.
    """
    if by_rules.choices:
        return False
    if by_rules.query is None:
        return by_rules.remark is None or by_rules.remark.kind is RemarkKind.UNREAD
    return is_empty or by_rules.is_follow_up or bool(by_rules.unread)


def _stands_on_last(pieces: Sequence[Piece]) -> bool:
    """Return whether a word says that it stands on the answer before: "it", "and", "the others"."""
    senses = [set(each.senses) for each in pieces]
    return any(each & POINTING for each in senses) or bool(senses and senses[0] & OPENING)


def with_names(text: str, members: Mapping[str, str], bot_user_id: str) -> str:
    """Return the text as people read it, with names for mentions; the bot's own and unknown ones are left out."""

    def name(found: re.Match[str]) -> str:
        return f"@{members[found[1]]}" if found[1] in members and found[1] != bot_user_id else ""

    return readable(MENTION.sub(name, text))


# The form in which a model says what it read: checked, with handles for names, and made into a query or a remark.

VALUES_MOST = 12
ABOUT_CHARACTERS = 100
TERM_CHARACTERS = 60
LIMIT_MOST = 100
AMOUNT_MOST = 1e12

Some = Annotated[tuple[T, ...], Field(max_length=VALUES_MOST)]


class InventedName(ValueError):
    """The model used a handle that it was not given."""


class ModelAnswer(BaseModel):
    """A form in which a model answers. What it leaves blank is left out, and keys of its own are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if value not in (None, "")}


class Said(ModelAnswer):
    """A reading as a model says it. Names are handles; unknown words, and handles never given, are refused."""

    remark: RemarkKind | None = None
    deeds: Some[Intent] = ()
    term: str = Field(default="", max_length=TERM_CHARACTERS)
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
    measures: Some[query.Measure] = ()

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.remark is not None:
            return self
        if self.subject is None or self.form not in query.FORMS[self.subject]:
            raise ValueError("a remark is needed, or a subject in a form that it has")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError("first_day is after last_day")
        return self


LEFT_OUT = ("title", "description", "default", "maxLength", "minimum", "maximum")
"""Words of JSON schema that cost tokens, or that a server may not know; limits are checked afterwards."""


@cache
def schema(form: type[ModelAnswer]) -> dict[str, object]:
    """Return the JSON schema of an answer: no key but these, each of which may be left out unless it is required."""
    found: dict[str, Any] = _plainly(form.model_json_schema())
    return found | {"additionalProperties": False}


def _plainly(part: Any) -> Any:
    """Return the part of a schema in words that every server knows, without null where a value may be left out."""
    if isinstance(part, list):
        return [_plainly(each) for each in part]
    if not isinstance(part, dict):
        return part
    some = [each for each in part.get("anyOf", ()) if each != {"type": "null"}]
    if len(some) == 1:
        return _plainly(some[0])
    return {key: _plainly(value) for key, value in part.items() if key not in LEFT_OUT or isinstance(value, dict)}


def reading_in(said: Said, question: ModelQuestion) -> Reading:
    """Return what was said, with the names that its handles stand for. Raises InventedName."""
    named: dict[str, Any] = {name: taken(known, getattr(said, name)) for name, known in question.handles.items()}
    read = Reading(taken=question.by_rules.taken, is_by_model=True)
    if said.remark is not None or said.subject is None or said.form is None:
        return replace(read, remark=_remark(said, named["of"]))
    plain = {each.name: getattr(said, each.name) for each in fields(Query) if each.name in Said.model_fields}
    period = Period(said.first_day, said.last_day) if said.first_day or said.last_day else None
    amounts = {"least_cents": round(said.least * 100), "most_cents": round(said.most * 100)}
    return replace(read, query=Query(**{**plain, **named, **amounts, "period": period}))


def taken(known: Mapping[str, T], given: Iterable[str]) -> tuple[T, ...]:
    """Return what the handles stand for, each once. Raises InventedName for one that was not given."""
    try:
        return tuple(dict.fromkeys(known[each] for each in given))
    except KeyError:
        raise InventedName("a handle that was not given") from None


def _remark(said: Said, of: tuple[int, ...]) -> Remark:
    """Return what was said that is no question; a word without a meaning on the screen leaves it unread."""
    word = said.term.casefold()
    term = next((value for value, known in groups()["term"].items() if word in (value, *known)), "")
    if said.remark is None or (said.remark is RemarkKind.TERM and not term):
        return Remark(RemarkKind.UNREAD)
    return Remark(said.remark, of, said.deeds, term if said.remark is RemarkKind.TERM else "")


def said_of(query: Query, question: ModelQuestion) -> dict[str, object]:
    """Return the query in the words of a model, without what is empty and without names that it is not given."""
    said = {name: getattr(query, name, None) for name in Said.model_fields}
    for name, known in question.handles.items():
        handle_of = {value: handle for handle, value in reversed(list(known.items()))}
        said[name] = [handle_of[each] for each in getattr(query, name) if each in handle_of]
    said |= {"least": query.least_cents / 100, "most": query.most_cents / 100}
    if query.period is not None:
        said |= {"first_day": query.period.first, "last_day": query.period.last}
    return {key: value for key, value in said.items() if value}


# A request to a model: what it is to do, and the data that it is to be done with. Nothing else is sent.

ANSWER_CHARACTERS = 2_000
"""Of a wrong answer so much is given back with what is wrong."""

TIMES_ASKED = 2


class Message(TypedDict):
    """One message of a request."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ModelRequest(Generic[Made_co]):
    """What a model is asked for one person, and what is made of its answer.

    Attributes:
        setting: the key of the setting that allows it.
        workspace_id, user_id: the person, who is not named to the model.
        prompt, values: the instructions: their name among the words, and what stands in them.
        told: the data; nothing in it is an instruction.
        form: the form in which the model answers.
        made_of: makes of the answer what is wanted. Raises InventedName.
        is_of_use: whether that is taken; what is not changes nothing.
    """

    setting: str
    workspace_id: str
    user_id: str
    prompt: str
    told: Mapping[str, object]
    form: type[ModelAnswer]
    made_of: Callable[[Any], Made_co]
    is_of_use: Callable[[Any], bool] = lambda _: True
    values: Mapping[str, object] = field(default_factory=dict)

    def messages(self, words: Words) -> list[Message]:
        told = json.dumps(self.told, ensure_ascii=False, default=str)
        return [
            Message(role="system", content=words.raw(f"model.{self.prompt}", **self.values)),
            Message(role="user", content=told),
        ]


def reading_of(question: ModelQuestion) -> ModelRequest[Reading]:
    """Return the request for a reading of the question."""
    last = said_of(question.last.query, question) if question.last is not None else None
    segments = _called("s", ((each, each) for each in question.segments))
    return ModelRequest(
        MODEL,
        question.workspace_id,
        question.user_id,
        "instructions",
        {"question": question.text, **question.told, "segments": segments, "last": last},
        Said,
        partial(reading_in, question=question),
        partial(is_taken, question=question),
        {"choices": _choices()},
    )


def _choices() -> dict[str, list[str]]:
    """Return the words that each key can have as value; a key with those of one before it is left out."""
    found: Any = schema(Said)
    kinds = {part.get("items", part).get("$ref", ""): key for key, part in reversed(found["properties"].items())}
    return {key: found["$defs"][kind.rpartition("/")[2]]["enum"] for kind, key in reversed(kinds.items()) if kind}


ANSWER_LIKE = re.compile(r'\{\s*"[^\n]*')


def without_answers(text: str) -> str:
    """Return the text without what has the form of a model's answer, which it might repeat as its own."""
    return ANSWER_LIKE.sub("", text)


class Server(Protocol):
    """A server that speaks for a model: `assistant.model` knows the real one."""

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, object]) -> tuple[str, int]:
        """Return what the model says, and the tokens that it counts for it. Raises ModelFailed."""

    async def close(self) -> None:
        """Close the connections."""


async def ask_twice(server: Server, request: ModelRequest[T], words: Words, spent: list[int] | None = None) -> T:
    """Return what is made of the model's answer, asked for once more where it cannot be read.

    The tokens of each answer are added to `spent`. Raises ModelFailed where the model does not answer, or twice with
    what has another form or names a handle not given.
    """
    messages = request.messages(words)
    for _ in range(TIMES_ASKED):
        answer, tokens = await server.ask(messages, schema(request.form))
        if spent is not None:
            spent.append(tokens)
        try:
            return request.made_of(request.form.model_validate_json(answer[answer.find("{") : answer.rfind("}") + 1]))
        except (InventedName, ValidationError) as error:
            wrong = words.raw("model.invented" if isinstance(error, InventedName) else "model.no_json")
        messages.append(Message(role="assistant", content=answer[:ANSWER_CHARACTERS]))
        messages.append(Message(role="user", content=words.raw("model.again", problem=wrong)))
    raise ModelFailed(ModelProblem.NO_JSON)


# Checks of a model's reading: that its accounts, people and days are those of the question or of the last answer.


def is_taken(reading: Reading, question: ModelQuestion) -> bool:
    """Return whether the reading is another than that of the rules, and leaves out and adds no account, person or day.

    Handles already keep it to names that the asker may see and that are near to the question.
    """
    query, remark, by_rules = reading.query, reading.remark, question.by_rules
    if query is None:
        return remark is not None and remark.kind is not RemarkKind.UNREAD and remark != by_rules.remark
    people = {each.persons[0] for each in question.pieces if len(each.persons) == 1 and not each.is_guessed}
    return (
        query != by_rules.query
        and _is_of_the_named(query, question)
        and people <= {*query.owners, *query.whose}
        and _is_of_said_days(query.period, question)
    )


def _is_of_the_named(query: Query, question: ModelQuestion) -> bool:
    """Return whether it is about every account that is named for sure, and beside these only about the last ones."""
    pieces, last = question.pieces, question.last
    named = {
        each.account
        for at, each in enumerate(pieces)
        # "not Maple" names what is not meant
        if each.account is not None and not each.is_guessed and not (at and "not" in pieces[at - 1].senses)
    }
    said = {each.account for each in pieces}
    before = {*last.query.of} if last is not None else set()
    return not named or named <= set(query.of) <= said | before


def _is_of_said_days(period: Period | None, question: ModelQuestion) -> bool:
    """Return whether its days are said in the question, or were in the last query; said days are in it."""
    whens = [each.when for each in question.pieces if each.when is not None]
    before = question.last.query.period if question.last is not None else None
    said = {each for when in whens for each in (when.past, when.coming) if each is not None}
    if before is not None:
        said |= {before} | {shifted(before, *when.step) for when in whens if when.step is not None}
    if period is None:
        return not any(when.past or when.coming for when in whens)
    days = {day for each in said for day in (each.first, each.last)} | {None, question.today}
    return bool(said) and {period.first, period.last} <= days


# The language model of the process: asked within its time and the day's limits, and left alone while it fails.

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
        take: given workspace, person and the key of the setting that allows it, counts a question, or says why
            it may not be asked.
        count: given workspace, person, whether it was of use, and its tokens, counts what the model said.
    """

    take: Callable[[str, str, str], Awaitable[Allowance]]
    count: Callable[[str, str, bool, int], Awaitable[None]]


class LanguageModel:
    """Asks a language model. An outage is told once in each workspace; the answer by rules then stands."""

    def __init__(self, server: Server, use: Use, words: Words, now: Callable[[], datetime], *, seconds: float) -> None:
        self._server = server
        self._use = use
        self._words = words
        self._now = now
        self._seconds = seconds
        self._told: set[str] = set()
        self._failures = 0
        self._failed_at: datetime | None = None
        # built once, and not within the time of the first question
        schema(Said)

    async def ask(self, request: ModelRequest[T], *, is_pressed: bool = False) -> tuple[T | None, ModelProblem | None]:
        """Return what was made of the model's answer; else None, and what the person is told of why, if anything.

        Who pressed a button for it (`is_pressed`) is told of a limit each time.
        """
        workspace_id, user_id = request.workspace_id, request.user_id
        if self._is_left_alone():
            return None, self._told_once(workspace_id, ModelProblem.UNREACHED)
        allowance = await self._use.take(workspace_id, user_id, request.setting)
        if allowance is not Allowance.ALLOWED:
            is_again = is_pressed and allowance is Allowance.LIMIT_KNOWN
            return None, ModelProblem.PERSON_LIMIT if is_again else LIMITS.get(allowance)
        made, failure, spent = None, None, list[int]()
        try:
            async with asyncio.timeout(self._seconds):
                made = await ask_twice(self._server, request, self._words, spent)
        except TimeoutError:
            failure = ModelFailed(ModelProblem.TOO_LATE)
        except ModelFailed as failed:
            failure = failed
        made = made if made is not None and request.is_of_use(made) else None
        await self._use.count(workspace_id, user_id, made is not None, sum(spent))
        if failure is not None:
            self._failures, self._failed_at = self._failures + 1, self._now()
            log.warning("model_failed", extra={"problem": failure.problem.value, "detail": failure.detail})
            return None, self._told_once(workspace_id, failure.problem)
        self._failures, self._told = 0, set()
        if made is None:
            log.info("model_reading_not_taken", extra={"workspace": workspace_id})
        return made, None

    def _is_left_alone(self) -> bool:
        if self._failures < FAILURES_IN_A_ROW or self._failed_at is None:
            return False
        return self._now() - self._failed_at < LEFT_ALONE_FOR

    def _told_once(self, workspace_id: str, problem: ModelProblem) -> ModelProblem | None:
        if workspace_id in self._told:
            return None
        self._told.add(workspace_id)
        return problem
