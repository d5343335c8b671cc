"""News drafted by a language model where rules are not sure of it: what it is sent, and what it may say."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from agendas.facts.evidence import EvidenceActor
from agendas.facts.signals import SignalKind
from agendas.rendering.words import Words
from agendas.rules.news import MOST_DRAFTS, Draft, DraftKind
from agendas.text.limits import shortened
from assistant.by_model import (
    ACCOUNTS_MOST,
    ME,
    NAME_CHARACTERS,
    NO_ONE,
    PEOPLE_MOST,
    InventedName,
    Message,
    Role,
    Server,
    ask_twice,
    numbered,
    with_names,
    without_answers,
)
from assistant.drafts import named_in
from assistant.names import Asked, Names


@dataclass(frozen=True, slots=True)
class ModelNews:
    """News given to a model: the text, and the names in it that its writer may see. Nothing stored goes with it.

    Attributes:
        workspace_id, user_id: the writer, who is not named to the model.
        text: the news; people mentioned in it are written with their names.
        today: the writer's date.
        accounts, people: (id, name) of those that the text names or may mean, the account of its place among them.
        here: the account in whose thread or channel it was told, None elsewhere.
    """

    workspace_id: str
    user_id: str
    text: str
    today: date
    accounts: tuple[tuple[int, str], ...]
    people: tuple[tuple[str, str], ...]
    here: int | None


def news_for_model(
    text: str, names: Names, asked: Asked, *, workspace_id: str, today: date, spoken_of: Sequence[int] = ()
) -> ModelNews:
    """Return the news to give to a model. Arguments as for `assistant.drafts.drafts_of`."""
    accounts, persons = named_in(text, names, asked, today=today)
    here = (asked.channel_account,) if asked.channel_account is not None else ()
    called = {each.account_id: each.name for each in names.all_keys()}
    members = {each.user_id: each.name for each in names.members()}
    meant = [each for each in dict.fromkeys((*here, *accounts, *spoken_of[:1])) if each in called]
    return ModelNews(
        workspace_id=workspace_id,
        user_id=asked.user_id,
        text=without_answers(with_names(text, members, asked.bot_user_id)),
        today=today,
        accounts=tuple((each, called[each]) for each in meant[:ACCOUNTS_MOST]),
        people=tuple((each, members[each]) for each in persons[:PEOPLE_MOST] if each in members),
        here=asked.channel_account,
    )


class _Line(BaseModel):
    """A thing that the news would record, as a model says it. `words` are those of the news; names are handles."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    kind: DraftKind
    words: str
    account: str = ""
    actor: EvidenceActor | None = None
    owner: str = ""
    due_on: date | None = None
    person: str = ""
    signal: SignalKind | None = None
    shows: str = ""

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if value not in (None, "")}


class Lines(BaseModel):
    """All lines of the news."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    lines: tuple[_Line, ...] = Field(json_schema_extra={"maxItems": MOST_DRAFTS})


def _handles(news: ModelNews) -> tuple[Mapping[str, int], Mapping[str, str]]:
    people = numbered("p", (each for each, _ in news.people)) | {ME: news.user_id, NO_ONE: ""}
    return numbered("a", (each for each, _ in news.accounts)), people


def request(news: ModelNews, words: Words) -> list[Message]:
    """Return the messages that ask for the lines of the news."""
    accounts, _ = _handles(news)
    told = {
        "news": news.text,
        "today": f"{news.today.isoformat()} {news.today:%A}",
        "accounts": numbered("a", (shortened(name, NAME_CHARACTERS) for _, name in news.accounts)),
        "people": numbered("p", (shortened(name, NAME_CHARACTERS) for _, name in news.people)),
        "channel_of": next((handle for handle, account_id in accounts.items() if account_id == news.here), None),
    }
    instructions = words.raw("model.drafts", most=MOST_DRAFTS, signals=[each.value for each in SignalKind])
    return [Message(Role.SYSTEM, instructions), Message(Role.USER, json.dumps(told, ensure_ascii=False))]


def heard(said: Lines, news: ModelNews) -> tuple[Draft, ...]:
    """Return the lines as drafts that `drafts_of` has still to hold against the text. Raises InventedName."""
    accounts, people = _handles(news)
    given = {"", *accounts}, {"", *people}
    if any(each.account not in given[0] or each.owner not in given[1] for each in said.lines):
        raise InventedName("a handle that was not given")
    return tuple(
        Draft(
            each.kind,
            _as_told(each.words, news),
            accounts.get(each.account, 0),
            actor=None if each.actor is EvidenceActor.IN_DOUBT else each.actor,
            owner=people.get(each.owner, ""),
            due_on=each.due_on,
            person=each.person,
            signal=each.signal,
            shows=each.shows,
        )
        for each in said.lines
    )


def _as_told(words: str, news: ModelNews) -> str:
    """Return the words with people mentioned as in the text that was told."""
    for user_id, name in news.people:
        words = words.replace(f"@{name}", f"<@{user_id}>")
    return words


async def draft(server: Server, news: ModelNews, words: Words) -> tuple[Draft, ...]:
    """Return what a model drafts of the news, before any of it is held against the text. Raises ModelFailed."""
    return await ask_twice(server, request(news, words), Lines, lambda said: heard(said, news), words)
