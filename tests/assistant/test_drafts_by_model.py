"""What a language model drafts of news, held against the news; and what it is sent."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from agendas.facts.account import Stage
from agendas.rules.news import Asks, Draft, DraftKind
from assistant.by_model import ModelProblem, schema
from assistant.drafts import drafts_of
from assistant.drafts_by_model import Lines, drafting_of
from assistant.names import Asked
from tests.assistant.asking_model import asking
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases
from tests.fakes.openai_server import Answer, reads

CORVANE, KESTREL = (ACCOUNTS[key].account_id for key in ("corvane", "kestrel"))
NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
ASKED = Asked(NORA, None, "U0BOT")
NEWS = "Corvane: weird vibes from procurement, <@U0WORLD02> to smooth it over by 4 Dec. Kestrel asked for a visit"


async def drafted(
    text: str, answer: Answer, asked: Asked = ASKED, spoken_of: tuple[int, ...] = ()
) -> tuple[tuple[Draft, ...] | None, ModelProblem | None, list[Any]]:
    """The drafts of both together, None where the model's are of no use, the model's problem, and what it was told."""
    names = WorldNames("nora")
    request = drafting_of(text, names, asked, workspace_id="T0WORLD", today=TODAY, spoken_of=spoken_of)
    async with asking(lambda _call: answer) as to:
        found, problem = await to.model.ask(request)
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


@pytest.mark.parametrize("handles", [{"account": "a9"}, {"owner": "p9"}])
async def test_a_handle_that_was_not_given_is_asked_about_once_more_and_nothing_is_drafted(handles: dict[str, str]):
    found, told, calls = await drafted(NEWS, reads({"lines": [line("weird vibes", **handles)]}))
    assert (found, told, len(calls)) == (None, ModelProblem.NO_JSON, 2)
