"""The form in which a model says what it read: checked, with handles for names, and made into a query or a remark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import NOBODY, AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant import query as asked
from assistant.by_model.question import ModelQuestion
from assistant.query import Form, Having, Per, Period, Progress, Query, Subject, Way, Which
from assistant.remark import Deed, Remark, RemarkKind

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
    deeds: Some[Deed] = ()
    subject: Subject | None = None
    form: Form | None = None
    of: Some[str] = ()
    fields: Some[asked.Field] = ()
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
    by: asked.Field | None = None
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
