"""What a language model drafts of news, held against the news; and what it is sent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from agendas.facts.account import Stage
from agendas.facts.program import MODEL_NEWS
from agendas.rendering.words import Words
from agendas.rules.news import Asks, Draft, DraftKind
from assistant.by_model import ModelProblem, schema
from assistant.drafts import drafts_of
from assistant.drafts_by_model import Lines, draft, news_for_model
from assistant.names import Asked
from tests.assistant.asking_model import asking
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases
from tests.fakes import openai_server
from tests.fakes.openai_server import Answer, reads, said, status

CORVANE, KESTREL = (ACCOUNTS[key].account_id for key in ("corvane", "kestrel"))
NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
ASKED = Asked(NORA, None, "U0BOT")
NEWS = "Corvane: weird vibes from procurement, <@U0WORLD02> to smooth it over by 4 Dec. Kestrel asked for a visit"


async def drafted(
    text: str, answer: Answer, asked: Asked = ASKED, spoken_of: tuple[int, ...] = ()
) -> tuple[tuple[Draft, ...] | None, ModelProblem | None, list[Any]]:
    """The drafts of both together, None where the model's are of no use, the model's problem, and what it was told."""
    names = WorldNames("nora")
    news = news_for_model(text, names, asked, workspace_id="T0WORLD", today=TODAY, spoken_of=spoken_of)
    async with asking(lambda _call: answer) as to:
        found, problem = await to.model.ask("T0WORLD", NORA, MODEL_NEWS, lambda server: draft(server, news, Words()))
        calls = [call.told for call in to.server.calls]
    if found is None:
        return None, problem, calls
    return drafts_of(text, names, ASKED, today=TODAY, by_model=found), problem, calls


async def test_the_text_and_the_names_in_it_are_sent_and_nothing_else() -> None:
    _, _, [told] = await drafted(NEWS, reads({"lines": []}))
    assert told == {
        "news": NEWS.replace("<@U0WORLD02>", "@Tomas Rehak"),
        "today": "2026-11-26 Thursday",
        "accounts": {"a1": "Corvane Logistics", "a2": "Kestrel Airways"},
        "people": {"p1": "Tomas Rehak"},
        "channel_of": None,
    }
    _, _, [told] = await drafted("odd mood", reads({"lines": []}), replace(ASKED, channel_account=CORVANE), (KESTREL,))
    assert told["accounts"] == {"a1": "Corvane Logistics", "a2": "Kestrel Airways"}
    assert (told["people"], told["channel_of"]) == ({}, "a1")
    found: Any = schema(Lines)
    Draft202012Validator.check_schema(found)
    assert found["required"] == ["lines"]


def line(words: str, kind: str = "movement", **said: object) -> dict[str, object]:
    return {"kind": kind, "words": words, **said}


@cases(
    ("text", "lines", "expected"),
    [
        (
            NEWS,
            [
                line("weird vibes from  procurement", "blocker", account="a1"),
                line("@Tomas Rehak to smooth it over by 4 Dec", "next_action", owner="p1", due_on="2026-12-24"),
            ],
            [
                {"words": "weird vibes from procurement", "account": CORVANE, "is_by_model": True},
                {"owner": TOMAS, "due_on": date(2026, 12, 4), "account": CORVANE},
                {"kind": DraftKind.MOVEMENT, "account": KESTREL, "is_by_model": False},
            ],
        ),
        (
            "Corvane: weird vibes all over",
            [line("they signed the contract", account="a1")],
            [{"kind": DraftKind.UNCLEAR, "is_by_model": False}],
        ),
        ("Corvane: weird vibes all over", [], []),
        ("Corvane: weird vibes all over", [line("weird vibes", stage="customer")], [{"stage": None}]),
        (
            "Corvane: odd day, contract signed though. They mailed it",
            [line("odd day", "note"), line("contract signed", actor="buyer", shows="They mailed it")],
            [{"stage": None}, {"stage": Stage.CUSTOMER, "shows": "They mailed it"}, {"kind": DraftKind.MOVEMENT}],
        ),
        *(
            (
                f"Corvane: odd day, contract signed though. Did they sign it? They mailed it. Kestrel: {text}",
                [line("contract signed though", shows=shows)],
                [{"stage": Stage.CUSTOMER, "shows": ""}, {}, *([{}] * (text != "odd"))],
            )
            for text, shows in (
                ("odd", "They sent it back"),
                ("odd", "contract signed though"),
                ("odd", "e"),
                ("odd", "mailed it"),
                ("odd", "Did they sign it"),
                ("they wrote to us", "they wrote to us"),
            )
        ),
        (
            "Corvane: odd day. We presented the deck to their COO, their COO wants two depots, I mail the load test, "
            "<@U0WORLD02> to smooth it over",
            [
                line("presented the deck to their COO", actor="buyer"),
                line("their COO wants two depots"),
                line("I mail the load test", "next_action"),
                line("smooth it over", "next_action", owner="me"),
            ],
            [{"actor": "us"}, {"actor": "buyer"}, {"owner": NORA}, {"owner": TOMAS}],
        ),
        (
            "Corvane: weird vibes all over. Kestrel: weird vibes all over",
            [line("weird vibes all over", "note", account=each) for each in ("a1", "a2")],
            [{"account": CORVANE, "near": ()}, {"account": KESTREL, "near": ()}],
        ),
        (
            "Corvane: weird vibes. Kestrel: odd mood there",
            [line("odd mood there", "note", account="a1")],
            [{"account": 0, "near": ((KESTREL, "Kestrel Airways"), (CORVANE, "Corvane Logistics"))}],
        ),
        ("Orrin Rail: weird vibes all over", [line("weird vibes all over", "note")], [{"asks": Asks.ACCOUNT}]),
        ("weird vibes all over there", [line("weird vibes all over", "note")], [{"asks": Asks.ACCOUNT}]),
        (
            "Corvane: somebody has to smooth it over, soonish",
            [line("somebody has to smooth it over", "next_action", due_on="2026-12-01")],
            [{"asks": Asks.OWNER, "due_on": None}],
        ),
        (
            "Corvane: odd news, their new dispatcher is Ada Ruiz",
            [line("their new dispatcher is Ada Ruiz", "joined", person="Orrin Rail")],
            [{"person": "Ada Ruiz"}],
        ),
        ("Corvane: 48 MQLs and 9k impressions", [line("48 MQLs and 9k impressions")], []),
    ],
)
async def test_a_draft_has_words_names_and_days_of_the_news_alone(text, lines, expected):
    found, _, _ = await drafted(text, reads({"lines": lines}))
    assert found is not None
    assert [
        {key: getattr(each, key) for key in wanted} for each, wanted in zip(found, expected, strict=True)
    ] == expected


@pytest.mark.parametrize(
    ("answer", "problem", "times"),
    [
        (reads({"lines": [line("weird vibes", account="a9")]}), ModelProblem.NO_JSON, 2),
        (reads({"lines": [line("weird vibes", owner="p9")]}), ModelProblem.NO_JSON, 2),
        (said('{"lines": [{"kind": "movement", "words": "weird'), ModelProblem.NO_JSON, 2),
        (openai_server.PROSE, ModelProblem.NO_JSON, 2),
        (status(429)(None), ModelProblem.TOO_MANY, 1),
        (openai_server.CUT_OFF, ModelProblem.FAILED, 1),
    ],
)
async def test_an_answer_that_cannot_be_used_is_asked_for_once_more_and_then_left(answer, problem, times):
    found, told, calls = await drafted(NEWS, answer)
    assert (found, told, len(calls)) == (None, problem, times)


async def test_a_server_without_schema_drafts_too() -> None:
    async with asking(openai_server.without_schema({"lines": [line("weird vibes")]})) as to:
        news = news_for_model(NEWS, WorldNames("nora"), ASKED, workspace_id="T0WORLD", today=TODAY)
        assert [each.words for each in await draft(to.speaker, news, Words())] == ["weird vibes"]
