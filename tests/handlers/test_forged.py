"""Forged and broken payloads: nothing is found, recorded or broken."""

import copy
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import cycle, product

import pytest
import pytest_asyncio

from agendas.pages.accounts import pick_value
from handlers.forms import ACCOUNTS
from storage.models.questions import Draft
from tests.builders import ANN, EVE, WORKSPACE
from tests.cases import cases, texts
from tests.handlers import payloads
from tests.handlers.acts import Acts, Route, every_route
from tests.handlers.by_http import ByHttp, by_http
from tests.handlers.elsewhere import tell_elsewhere
from tests.handlers.forging import GONE, OTHER_VERSION, entered, opened, said_to
from tests.handlers.local_bot import DEE, ELI, GUS, ZED, LocalBot, local_bot
from tests.handlers.mutations import Foreign
from tests.program import Program
from tests.rows import everything_in


@pytest.fixture(scope="module")
def foreign(program: Program) -> Foreign:
    """Numbers and ids of another workspace that has the bot too."""
    return tell_elsewhere(program.store)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at(program: Program, foreign: Foreign) -> AsyncIterator[LocalBot]:
    """The bot, in which nothing of the other workspace may be found."""
    async with local_bot(program.store) as at:
        yield at


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(at: LocalBot) -> AsyncIterator[ByHttp]:
    async with by_http(at) as http:
        yield http


# Numbers that no button or form here carries, other workspaces' among them: nothing is found or recorded.

pytestmark = pytest.mark.asyncio(loop_scope="module")


NUMBERED = (
    *("agenda.move", "agenda.no_change", "account.move", "account.details", "agenda.details", "account.history"),
    *("account.share", "review.close", "undo"),
)


WORDS = [*NUMBERED, "account.pick", "ask.pick", "ask.read", "abm.list_more", "abm.people_more", "corrections.choose"]
ODD = ["x", "-1", "1e3", "9" * 30, "\u0661", "[" * 5_000, '{"account_id": "7", "text": "x"}']


@cases(("word", "value"), [*zip(WORDS, cycle(ODD), strict=False), *product(("account.details", "account.pick"), ODD)])
async def test_a_button_that_carries_something_else_is_of_another_version(at, acts, caplog, word, value):
    assert OTHER_VERSION in await said_to(at, _pressed(acts, at, ("button", word), value), caplog)


def _pressed(acts: Acts, at: LocalBot, route: Route, value: str) -> payloads.Payload:
    payload = replace(acts, actor=EVE, number=at.number()).of(route)
    payload["actions"] = [payload["actions"][0] | {"value": value}]
    return payload


@cases("word", [*NUMBERED, "account.pick", "people.edit", "corrections.choose"])
async def test_a_button_with_the_number_of_another_workspace_finds_nothing(at, acts, caplog, foreign, word):
    number = {"agenda": foreign.item_id, "account": foreign.account_id, "undo": foreign.event_id}
    number |= {"review": foreign.review_id}
    values = {"account.pick": pick_value(foreign.account_id, "/move "), "people.edit": ZED}
    values["corrections.choose"] = f"{foreign.account_id} 0"
    value = values.get(word) or str(number[word.split(".", maxsplit=1)[0]])
    said = await said_to(at, _pressed(acts, at, ("button", word), value), caplog)
    assert "Zenith" not in said
    assert "views.open" not in said
    assert any(
        each in said
        for each in (GONE, "not kept any more", "not in the history", "not known here", "is closed already")
    ), said


@cases("form", ["movement", "blocker", "next_action", "decision", "edit_account", "list_change"])
async def test_a_form_about_an_account_of_another_workspace_finds_none(at, acts, caplog, foreign, form):
    assert GONE in await said_to(at, opened(acts, at, form, account_id=foreign.account_id), caplog)


async def test_a_blocker_and_an_action_of_another_workspace_cannot_be_closed(at, acts, caplog, foreign):
    for number in foreign.numbers:
        said = await said_to(at, entered(acts, at, "blocker", **{f"open/{number}": "resolved"}), caplog)
        assert "has no such blocker." in said
        said = await said_to(at, entered(acts, at, "next_action", **{f"was/{number}": "done"}), caplog)
        assert "has no such next action." in said


# Fields that no form of this version sends: each ends with a sentence, and nothing is recorded.
@texts("form", "field", "value")
async def test_a_choice_that_no_form_offers_is_refused_beside_its_field(at, acts, caplog, form, field, value):
    said = await said_to(at, entered(acts, at, form, **{field: value}), caplog)
    assert '"errors"' in said
    assert f'"{field}": "' in said


@cases(("field", "number"), [("open", "x"), ("was", ""), ("open", "-1"), ("was", "9" * 30), ("open", "1.5")])
async def test_a_field_without_a_number_is_of_another_version(at, acts, caplog, field, number):
    form, state = {"open": ("blocker", "resolved"), "was": ("next_action", "done")}[field]
    assert OTHER_VERSION in await said_to(at, entered(acts, at, form, **{f"{field}/{number}": state}), caplog)


@cases(
    "changes",
    [
        {"account_id": "7"},
        {"account_id": 10**20},
        {"account_id": -1},
        {"account_id": True},
        {"account_id": None},
        {"channel_id": "x" * 50},
        {"place": "1795532400"},
        {"source": "nowhere"},
        {"evidence_at": "yesterday"},
        {"evidence_at": "2026-11-24T15:00:00"},
        {"text": ["a"]},
    ],
)
async def test_a_form_that_says_oddly_where_it_was_opened_is_of_another_version(at, acts, caplog, changes):
    assert OTHER_VERSION in await said_to(at, opened(acts, at, "movement", **changes), caplog)


@cases("stored", ["{", "[]x", "[" * 5_000, "\ud800", "null x"])
async def test_a_form_that_does_not_say_where_it_was_opened_is_of_another_version(at, acts, caplog, stored):
    payload = entered(acts, at, "movement")
    payload["view"]["private_metadata"] = stored
    assert OTHER_VERSION in await said_to(at, payload, caplog)


@cases(("form", "subject"), [("close_review", "x"), ("list_change", "sell"), ("move_review", "Mars/Olympus")])
async def test_a_form_about_something_unknown_is_of_another_version(at, acts, caplog, form, subject):
    assert OTHER_VERSION in await said_to(at, opened(acts, at, form, subject=subject), caplog)


PUT_IN_CHARGE = [
    *(("blocker", "owner"), ("next_action", "owner"), ("schedule", "facilitator")),
    *(
        (form, role)
        for form in ("edit_account", "nominate")
        for role in ("owner", "marketing_partner", "our_executive")
    ),
]


async def test_nobody_is_put_in_charge_who_is_no_active_full_member(at: LocalBot, acts: Acts, caplog):
    for form, field in PUT_IN_CHARGE:
        for nobody in (ZED, GUS, ELI, DEE, "U0NOBODY1"):
            said = await said_to(at, entered(acts, at, form, **{field: nobody}), caplog)
            assert "is not an active full member" in said, (form, field, nobody)


# Payloads that are not whole, or hold what no database takes: each is taken, and nothing fails.
@cases(
    ("kind", "broken"),
    product(
        ["form", "form_closed", "button"],
        [
            {"view": None},
            {"view": "x"},
            {"view": {"id": "V1"}},
            {"view": payloads.view(blocks=None)},
            {"view": payloads.view(blocks=["x"])},
            {"view": payloads.view(blocks=[{"type": "input"}])},
            {"view": payloads.view(state={"values": {"text": {"x": "y"}}})},
            {"view": payloads.view(type=None)},
            {"view": payloads.view(id="V" * 50)},
            {"user": None},
            {"user": {"id": "x y"}},
            {"user": {"id": "U" * 40}},
            {"team": {"id": {"id": "T1"}}, "view": payloads.view(app_installed_team_id=None)},
        ],
    ),
)
async def test_a_payload_that_is_not_whole_is_taken_without_a_word(at, acts, caplog, kind, broken):
    word = "draft" if kind == "button" else "movement"
    whole = replace(acts, actor=EVE, number=at.number()).of((kind, word))
    assert await said_to(at, whole | broken, caplog) == " []"


async def test_a_button_or_menu_whose_value_is_cut_short_fails_nowhere(at, acts, caplog):
    for route in every_route():
        payload = replace(acts, actor=EVE, number=at.number()).of(route)
        for action in payload.get("actions", ()):
            carried = action.get("selected_option", action)
            for cut in ("", *carried.get("value", "").split(" ")[:-1]):
                carried["value"] = cut
                assert (await at.takes(payload)).status == 200
    assert [record.exc_text for record in caplog.records if record.levelno >= logging.ERROR] == []


async def taken_in_both_ways(http: ByHttp, payload: payloads.Payload, caplog: pytest.LogCaptureFixture) -> None:
    """It is answered 200 in Socket Mode and by HTTP, and nothing fails."""
    assert (await http.at.takes(copy.deepcopy(payload))).status == 200
    assert await http.posts(payload) == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@cases(
    ("odd", "route"),
    product(
        [None, 7, "x", [], {}, {"type": "message", "bot_id": []}],
        [
            ("command", "/account"),
            ("button", "account.history"),
            ("form", "choose"),
            ("form_closed", "movement"),
            ("shortcut", "log_to_account"),
            ("options", ACCOUNTS),
        ],
    ),
)
async def test_an_act_that_carries_something_as_an_event_is_taken_as_if_it_did_not(http, acts, caplog, route, odd):
    await taken_in_both_ways(http, replace(acts, number=http.at.number()).of(route) | {"event": odd}, caplog)


@cases(
    "shape",
    [
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "view": 7},
        {"type": "view_closed"},
        {"type": "url_verification"},
        {"type": "event_callback", "event": {"type": 7}},
        {"type": ["message_action"]},
    ],
)
async def test_a_command_that_says_it_is_something_else_is_a_command(http, acts, caplog, shape):
    payload = replace(acts, number=http.at.number()).of(("command", "/account")) | shape
    assert "Acme Corp" in str((await http.at.takes(copy.deepcopy(payload))).body)
    await taken_in_both_ways(http, payload, caplog)


@cases(
    ("kind", "thread"),
    product(
        ["assistant_thread_started", "assistant_thread_context_changed", "message"],
        [
            {},
            {"assistant_thread": None},
            {"assistant_thread": {}},
            {"assistant_thread": {"channel_id": "D0ANN0001"}},
            {"assistant_thread": {"channel_id": 7, "thread_ts": []}},
            {"assistant_thread": [], "thread_ts": "1795532400.000100"},
            {"assistant_thread": "x", "channel": None, "thread_ts": "1795532400.000100"},
        ],
    ),
)
async def test_an_event_of_an_assistant_without_its_thread_is_taken(http, caplog, kind, thread):
    inner = {"type": kind, "user": ANN, "channel": "D0ANN0001", "channel_type": "im", "text": "How is Acme?"}
    for around in ({}, {"channel_id": "D0ANN0001"}):
        payload = payloads.event(inner | thread, event_id=f"Ev{http.at.number()}") | around
        await taken_in_both_ways(http, payload, caplog)


async def test_a_form_that_a_click_does_not_name_stays_as_it_is(at: LocalBot, acts: Acts, caplog):
    whole = replace(acts, actor=EVE, number=at.number()).of(("button", "import.template"))
    assert "views" not in await said_to(at, {name: whole[name] for name in whole if name != "view"}, caplog)


@cases("word", ["draft", "schedule.preview", "schedule.zone", "schedule.scope"])
async def test_a_field_of_no_form_is_taken_without_a_word(at: LocalBot, acts: Acts, caplog, word: str):
    whole = replace(acts, number=at.number()).of(("button", word))
    assert await said_to(at, {name: whole[name] for name in whole if name != "view"}, caplog) == " []"


async def test_a_draft_of_a_form_with_an_endless_name_is_not_kept(at: LocalBot, acts: Acts, caplog):
    whole = copy.deepcopy(replace(acts, number=at.number()).of(("button", "draft")))
    whole["view"]["callback_id"] = "movement" * 40
    assert await said_to(at, whole, caplog) == " []"


async def test_characters_that_no_database_takes_are_left_out(at: LocalBot, acts: Acts) -> None:
    before = len(everything_in(at.store)["event"])
    trigger = f"{at.number()}.1.a"
    said = await at.takes(payloads.command(command="/move", text="acme a\0b \ud800 agreed", trigger_id=trigger))
    assert "Recorded" in str(said.body)
    await at.takes(entered(acts, at, "movement", text="x\0y\udfff"))
    texts = [row["change"]["text"] for row in everything_in(at.store)["event"][before:]]
    assert texts == ["ab \ufffd agreed", "xy\ufffd"]


async def test_a_key_of_any_length_counts_once(at: LocalBot) -> None:
    before = len(everything_in(at.store)["event"])
    for _ in range(2):
        assert (await at.takes(payloads.command(text="acme again", trigger_id="7" * 5_000))).status == 200
    rows = everything_in(at.store)
    assert len(rows["event"]) == before + 1
    assert max(len(row["key"]) for row in rows["received"]) <= 255


async def test_a_message_without_a_time_or_place_is_answered_all_the_same(at: LocalBot) -> None:
    for changes in ({"ts": None}, {"ts": "x\udfff"}, {"ts": "1" * 500}, {"channel": None}, {"text": None}):
        inner = {"type": "message", "channel": "D0ANN0001", "channel_type": "im", "user": ANN, "text": "How is Acme?"}
        answer = await at.takes(payloads.event(inner | changes, event_id=f"Ev{at.number()}"))
        assert answer.status == 200, changes
    rows = everything_in(at.store)
    assert all(len(row["key"]) <= 128 for row in rows["letter"])
    assert all(row["workspace_id"] == WORKSPACE for row in rows[Draft.__tablename__])
