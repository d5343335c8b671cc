"""News drafted by a language model where rules are not sure of it: what it is sent, and what it may say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from pydantic import Field

from agendas.facts.evidence import EvidenceActor
from agendas.facts.program import MODEL_NEWS
from agendas.facts.signals import SignalKind
from agendas.rules.news import MOST_DRAFTS, Draft, DraftKind
from assistant.by_model import (
    ACCOUNTS_MOST,
    NO_ONE,
    PEOPLE_MOST,
    ModelAnswer,
    ModelRequest,
    ModelText,
    taken,
    with_names,
    without_answers,
)
from assistant.drafts import named_in
from assistant.names import Asked, Names


class _Line(ModelAnswer):
    """A thing that the news would record, as a model says it. `words` are those of the news; names are handles."""

    kind: DraftKind
    words: str
    account: str = ""
    actor: EvidenceActor | None = None
    owner: str = ""
    due_on: date | None = None
    person: str = ""
    signal: SignalKind | None = None
    shows: str = ""


class Lines(ModelAnswer):
    """All lines of the news."""

    lines: tuple[_Line, ...] = Field(json_schema_extra={"maxItems": MOST_DRAFTS})


def drafting_of(
    text: str, names: Names, asked: Asked, *, workspace_id: str, today: date, spoken_of: Sequence[int] = ()
) -> ModelRequest[tuple[Draft, ...]]:
    """Return the request for the lines of news, which `drafts_of` has still to hold against the text.

    Sent are the text, and the names in it that its writer may see, the account of its place among them; nothing
    stored goes with it. Arguments as for `assistant.drafts.drafts_of`.
    """
    accounts, persons = named_in(text, names, asked, today=today)
    here = (asked.channel_account,) if asked.channel_account is not None else ()
    called = {each.account_id: each.name for each in names.all_keys()}
    members = {each.user_id: each.name for each in names.members()}
    meant = [each for each in dict.fromkeys((*here, *accounts, *spoken_of[:1])) if each in called]
    news = ModelText(
        workspace_id=workspace_id,
        user_id=asked.user_id,
        text=without_answers(with_names(text, members, asked.bot_user_id)),
        today=today,
        accounts=tuple((each, called[each]) for each in meant[:ACCOUNTS_MOST]),
        people=tuple((each, members[each]) for each in persons[:PEOPLE_MOST] if each in members),
        here=asked.channel_account,
    )
    return ModelRequest(
        MODEL_NEWS,
        workspace_id,
        asked.user_id,
        "drafts",
        {"news": news.text, **news.told},
        Lines,
        partial(_drafts, news=news),
        values={"most": MOST_DRAFTS, "signals": [each.value for each in SignalKind]},
    )


def _drafts(said: Lines, news: ModelText) -> tuple[Draft, ...]:
    """Return the lines as drafts, people mentioned in them as in the text that was told. Raises InventedName."""
    accounts, people = news.account_of | {"": 0}, news.person_of | {NO_ONE: "", "": ""}
    found: list[Draft] = []
    for each in said.lines:
        words = each.words
        for user_id, name in news.people:
            words = words.replace(f"@{name}", f"<@{user_id}>")
        (account,), (owner,) = taken(accounts, [each.account]), taken(people, [each.owner])
        actor = None if each.actor is EvidenceActor.IN_DOUBT else each.actor
        draft = Draft(each.kind, words, account, actor=actor, owner=owner, due_on=each.due_on)
        found.append(replace(draft, person=each.person, signal=each.signal, shows=each.shows))
    return tuple(found)
