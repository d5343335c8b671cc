"""Payloads that no form or button of this version sends: each ends with a sentence, and nothing is recorded."""

import copy
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func
from sqlmodel import Session, select

from agendas.pages.nearest import pick_value
from storage.engine import Store
from storage.tables import AuditEntry, CadenceChange, Draft, Event, Review
from tests.builders import ANN, EVE, WORKSPACE, Program, everything_in
from tests.handlers import payloads
from tests.handlers.acts import Acts, Route
from tests.handlers.desk import DEE, ELI, GUS, ZED, Desk, desk
from tests.handlers.elsewhere import tell_elsewhere
from tests.handlers.mutations import Foreign

pytestmark = pytest.mark.asyncio(loop_scope="module")

OTHER_VERSION = "another version of Cadence"
GONE = "does not exist any more"
KEEPING = (Event, AuditEntry, Draft, CadenceChange, Review)


@pytest.fixture(scope="module")
def foreign(program: Program) -> Foreign:
    return tell_elsewhere(program.store)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at(program: Program, foreign: Foreign) -> AsyncIterator[Desk]:
    async with desk(program.store) as at:
        yield at


def recorded(store: Store) -> list[int]:
    """How many rows each table has that keeps a change: nothing changes without a new one in one of them."""

    def count(session: Session) -> list[int]:
        return [session.exec(select(func.count()).select_from(table)).one() for table in KEEPING]

    return store.read_now(count)


async def said_to(at: Desk, payload: payloads.Payload, caplog: pytest.LogCaptureFixture) -> str:
    """All that is shown to anybody; nothing fails, and nothing is recorded."""
    before = recorded(at.store)
    at.slack.calls.clear()
    answer = await at.takes(payload)
    assert answer.status == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert recorded(at.store) == before
    return f"{answer.body} {at.slack.told()}"


def entered(acts: Acts, at: Desk, form: str, **values: str) -> payloads.Payload:
    """The form with these fields filled in otherwise, whatever their elements are."""
    payload = copy.deepcopy(replace(acts, actor=EVE, number=at.number()).of(("form", form)))
    fields = payload["view"]["state"]["values"]
    for name, value in values.items():
        fields[name] = {"x": {"type": "plain_text_input", "value": value}}
    return payload


def opened(acts: Acts, at: Desk, form: str, **changes: Any) -> payloads.Payload:
    """The form as if it had been opened elsewhere."""
    payload = entered(acts, at, form)
    metadata = json.loads(payload["view"]["private_metadata"]) | changes
    payload["view"]["private_metadata"] = json.dumps(metadata)
    return payload


@pytest.mark.parametrize(
    ("form", "field", "value"),
    [
        ("movement", "stage", "won"),
        ("movement", "expansion", "sideways"),
        ("blocker", "needs", "astrology"),
        ("decision", "decision", "dance"),
        ("decision", "tier", "4"),
        ("decision", "tier", "0"),
        ("decision", "tier", "9" * 30),
        ("decision", "due_on", "2026-02-30"),
        ("decision", "due_on", "0001-01-01"),
        ("next_action", "due_on", "9999-12-31"),
        ("next_action", "due_on", "soon"),
        ("choose", "kind", "x"),
        ("list_change", "tier", "one"),
        ("person", "right", "owner"),
        ("person", "function", "astrology"),
        ("schedule", "rhythm", "daily"),
        ("schedule", "minutes", "-5"),
        ("schedule", "closes", "9999999"),
        ("schedule", "tiers", "1,7"),
        ("schedule", "anchor_on", "9999-01-01"),
        ("schedule", "local_time", "25:00"),
        ("schedule", "zone", "Mars/Olympus"),
        ("skip_review", "planned_on", ""),
        ("skip_review", "planned_on", "x"),
        ("move_review", "day", "x"),
        ("move_review", "time", "noon"),
        ("move_review", "planned_on", ""),
    ],
)
async def test_a_choice_that_no_form_offers_is_refused_beside_its_field(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, form: str, field: str, value: str
) -> None:
    said = await said_to(at, entered(acts, at, form, **{field: value}), caplog)
    assert '"errors"' in said
    assert f'"{field}": "' in said


@pytest.mark.parametrize("field", ["open", "was"])
@pytest.mark.parametrize("number", ["x", "", "-1", "9" * 30, "1.5"])
async def test_a_field_without_a_number_is_of_another_version(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, field: str, number: str
) -> None:
    form, state = {"open": ("blocker", "resolved"), "was": ("next_action", "done")}[field]
    said = await said_to(at, entered(acts, at, form, **{f"{field}/{number}": state}), caplog)
    assert OTHER_VERSION in said


@pytest.mark.parametrize(
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
async def test_a_form_that_says_oddly_where_it_was_opened_is_of_another_version(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, changes: dict[str, Any]
) -> None:
    assert OTHER_VERSION in await said_to(at, opened(acts, at, "movement", **changes), caplog)


@pytest.mark.parametrize("stored", ["{", "[]x", "[" * 5_000, "\ud800", "null x"])
async def test_a_form_that_does_not_say_where_it_was_opened_is_of_another_version(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, stored: str
) -> None:
    payload = entered(acts, at, "movement")
    payload["view"]["private_metadata"] = stored
    assert OTHER_VERSION in await said_to(at, payload, caplog)


@pytest.mark.parametrize(
    ("form", "subject"), [("close_review", "x"), ("list_change", "sell"), ("move_review", "Mars/Olympus")]
)
async def test_a_form_about_something_unknown_is_of_another_version(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, form: str, subject: str
) -> None:
    assert OTHER_VERSION in await said_to(at, opened(acts, at, form, subject=subject), caplog)


NUMBERED = (
    "agenda.move",
    "agenda.no_change",
    "account.move",
    "account.history",
    "account.share",
    "review.close",
    "undo",
)


@pytest.mark.parametrize("word", [*NUMBERED, "account.pick", "ask.pick", "abm.list_more", "abm.people_more"])
@pytest.mark.parametrize(
    "value", ["x", "-1", "1e3", "9" * 30, "\u0661", "[" * 5_000, '{"account_id": "7", "text": "x"}']
)
async def test_a_button_that_carries_something_else_is_of_another_version(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, word: str, value: str
) -> None:
    said = await said_to(at, _pressed(acts, at, ("button", word), value), caplog)
    assert OTHER_VERSION in said


def _pressed(acts: Acts, at: Desk, route: Route, value: str) -> payloads.Payload:
    payload = replace(acts, actor=EVE, number=at.number()).of(route)
    payload["actions"] = [payload["actions"][0] | {"value": value}]
    return payload


@pytest.mark.parametrize("word", [*NUMBERED, "account.pick", "people.edit"])
async def test_a_button_with_the_number_of_another_workspace_finds_nothing(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, foreign: Foreign, word: str
) -> None:
    number = {"agenda": foreign.item_id, "account": foreign.account_id, "undo": foreign.event_id}
    number |= {"review": foreign.review_id}
    values = {"account.pick": pick_value(foreign.account_id, "/move "), "people.edit": ZED}
    value = values.get(word) or str(number[word.split(".", maxsplit=1)[0]])
    said = await said_to(at, _pressed(acts, at, ("button", word), value), caplog)
    assert "Zenith" not in said
    assert "views.open" not in said
    assert any(
        each in said
        for each in (GONE, "not kept any more", "not in the history", "not known here", "is closed already")
    ), said


@pytest.mark.parametrize("form", ["movement", "blocker", "next_action", "decision", "edit_account", "list_change"])
async def test_a_form_about_an_account_of_another_workspace_finds_none(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, foreign: Foreign, form: str
) -> None:
    said = await said_to(at, opened(acts, at, form, account_id=foreign.account_id), caplog)
    assert GONE in said


async def test_a_blocker_and_an_action_of_another_workspace_cannot_be_closed(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, foreign: Foreign
) -> None:
    for number in foreign.numbers:
        said = await said_to(at, entered(acts, at, "blocker", **{f"open/{number}": "resolved"}), caplog)
        assert "That blocker is resolved already." in said
        said = await said_to(at, entered(acts, at, "next_action", **{f"was/{number}": "done"}), caplog)
        assert "That next action is closed already." in said


PUT_IN_CHARGE = [
    *(("blocker", "owner"), ("next_action", "owner"), ("schedule", "facilitator")),
    *(
        (form, role)
        for form in ("edit_account", "nominate")
        for role in ("owner", "marketing_partner", "our_executive")
    ),
]


async def test_nobody_is_put_in_charge_who_is_no_active_full_member(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture
) -> None:
    for form, field in PUT_IN_CHARGE:
        for nobody in (ZED, GUS, ELI, DEE, "U0NOBODY1"):
            said = await said_to(at, entered(acts, at, form, **{field: nobody}), caplog)
            assert "is not an active full member" in said, (form, field, nobody)


@pytest.mark.parametrize("kind", ["form", "form_closed", "button"])
@pytest.mark.parametrize(
    "broken",
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
)
async def test_a_payload_that_is_not_whole_is_taken_without_a_word(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, kind: str, broken: dict[str, Any]
) -> None:
    word = "draft" if kind == "button" else "movement"
    whole = replace(acts, actor=EVE, number=at.number()).of((kind, word))
    assert await said_to(at, whole | broken, caplog) == " []"


@pytest.mark.parametrize("word", ["draft", "schedule.preview", "schedule.zone"])
async def test_a_field_of_no_form_is_taken_without_a_word(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture, word: str
) -> None:
    whole = replace(acts, number=at.number()).of(("button", word))
    assert await said_to(at, {name: whole[name] for name in whole if name != "view"}, caplog) == " []"


async def test_a_draft_of_a_form_with_an_endless_name_is_not_kept(
    at: Desk, acts: Acts, caplog: pytest.LogCaptureFixture
) -> None:
    whole = copy.deepcopy(replace(acts, number=at.number()).of(("button", "draft")))
    whole["view"]["callback_id"] = "movement" * 40
    assert await said_to(at, whole, caplog) == " []"


async def test_characters_that_no_database_takes_are_left_out(at: Desk, acts: Acts) -> None:
    before = len(everything_in(at.store)["event"])
    trigger = f"{at.number()}.1.a"
    said = await at.takes(payloads.command(command="/move", text="acme a\0b \ud800 agreed", trigger_id=trigger))
    assert "Recorded" in str(said.body)
    form = entered(acts, at, "movement", text="x\0y\udfff")
    await at.takes(form)
    texts = [row["change"]["text"] for row in everything_in(at.store)["event"][before:]]
    assert texts == ["ab \ufffd agreed", "xy\ufffd"]


async def test_a_key_of_any_length_counts_once(at: Desk) -> None:
    before = len(everything_in(at.store)["event"])
    for _ in range(2):
        assert (await at.takes(payloads.command(text="acme again", trigger_id="7" * 5_000))).status == 200
    rows = everything_in(at.store)
    assert len(rows["event"]) == before + 1
    assert max(len(row["key"]) for row in rows["received"]) <= 255


async def test_a_message_without_a_time_or_place_is_answered_all_the_same(at: Desk) -> None:
    for changes in ({"ts": None}, {"ts": "x\udfff"}, {"ts": "1" * 500}, {"channel": None}, {"text": None}):
        inner = {"type": "message", "channel": "D0ANN0001", "channel_type": "im", "user": ANN, "text": "How is Acme?"}
        answer = await at.takes(payloads.event(inner | changes, event_id=f"Ev{at.number()}"))
        assert answer.status == 200, changes
    rows = everything_in(at.store)
    assert all(len(row["key"]) <= 128 for row in rows["letter"])
    assert all(row["workspace_id"] == WORKSPACE for row in rows[Draft.__tablename__])
