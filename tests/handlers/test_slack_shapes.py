"""Every payload that Slack's documentation shows is answered 200, in both ways that Slack sends, and does no harm."""

import json
from collections.abc import AsyncIterator, Iterator
from itertools import product
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from sqlmodel import col, func, select

from handlers.edge.access import IN_A_CHANNEL
from storage import people, workspaces
from storage.models.delivery import Letter
from tests.builders import ANN, WORKSPACE
from tests.cases import cases
from tests.handlers import payloads, slack_events, slack_shapes
from tests.handlers.acts import Acts
from tests.handlers.local_bot import OTHER, LocalBot, install, local_bot
from tests.handlers.payloads import Payload
from tests.program import Program
from tests.rows import everything_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_KNOWN = "This comes from another version of Cadence and does nothing here. See all commands with `/abm help`."
WAYS = ("socket", "http")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at(program: Program) -> AsyncIterator[LocalBot]:
    install(program.store, OTHER, bot_user_id="U0BOT0009")
    async with local_bot(program.store) as at:
        yield at


@pytest.fixture(autouse=True)
def nothing_fails(at: LocalBot, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that is taken in these tests leaves an error in the log."""
    at.slack.calls.clear()
    yield
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    # Bolt says so of a workspace that has not installed the bot
    assert [each for each in errors if "the AuthorizeResult" not in each] == []


async def taken(at: LocalBot, way: str, payload: Payload) -> BoltResponse:
    """The answer to the payload, sent in that way."""
    if way == "socket":
        return await at.takes(payload)
    kind = payload.get("type")
    is_event = kind in ("event_callback", "app_rate_limited")
    form = payload if "command" in payload else {"payload": json.dumps(payload)}
    body = json.dumps(payload) if is_event else urlencode(form)
    headers = {"content-type": "application/json" if is_event else "application/x-www-form-urlencoded"}
    answer = await at.app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
    await at.edge.drain(20)
    assert isinstance(answer, BoltResponse)
    return answer


def kept(at: LocalBot) -> dict[str, list[dict[str, Any]]]:
    """Every row of the program, without what is kept of people and channels as Slack tells of them."""
    rows = everything_in(at.store)
    return {name: rows[name] for name in rows if name not in ("received", "channel", "person", "workspace")}


def letters(at: LocalBot) -> int:
    """How many letters are queued to be sent."""
    return at.store.read_now(lambda session: session.exec(select(func.count(col(Letter.id)))).one())


def last_letter(at: LocalBot) -> str:
    """The contents of the letter queued last."""
    query = select(Letter.subject).order_by(col(Letter.id).desc()).limit(1)
    return json.dumps(at.store.read_now(lambda session: session.exec(query).first()))


@cases("way", WAYS)
async def test_events_that_ask_nothing_are_taken_and_change_nothing(at: LocalBot, way: str) -> None:
    before = kept(at)
    shapes = list(slack_shapes.events())
    assert len(shapes) > 40
    for name, payload in shapes:
        numbered = payload | {"event_id": f"Ev{way}{at.number()}"}
        answer = await taken(at, way, numbered)
        assert (answer.status, answer.body) == (200, ""), name
    for inner in slack_shapes.GOODBYES.values():
        assert (await taken(at, way, payloads.event(inner))).status == 200
    assert kept(at) == before
    assert at.slack.calls == []


async def test_what_slack_says_of_a_person_and_not_only_the_id_is_kept(at: LocalBot) -> None:
    nia = at.store.read_now(people.find, WORKSPACE, "U0NIA0001")
    assert nia is None or (nia.name, nia.time_zone) == ("nia", "Europe/Paris")
    await at.takes(payloads.event({"type": "user_change", "user": slack_events.NIA}))
    await at.takes(payloads.event({"type": "user_change", "user": {"id": "U0NIA0001"}}))
    nia = at.store.read_now(people.find, WORKSPACE, "U0NIA0001")
    assert nia is not None
    assert (nia.name, nia.time_zone, nia.home_team_id, nia.is_external) == ("nia", "Europe/Paris", WORKSPACE, False)


@cases("name", slack_shapes.QUESTIONS)
async def test_questions_of_every_shape_are_answered_once(at: LocalBot, name: str) -> None:
    inner = {"type": "message"} | slack_shapes.QUESTIONS[name] | {"ts": f"1795540{at.number()[-3:]}.000100"}
    before = letters(at)
    payload = payloads.event(inner, event_id=f"Ev{at.number()}")
    for way in (*WAYS, "socket"):
        assert (await taken(at, way, payload)).status == 200
    assert letters(at) == before + 1


@cases("way", WAYS)
async def test_an_event_is_taken_in_every_envelope(at: LocalBot, way: str) -> None:
    for name, payload in slack_shapes.envelopes(slack_shapes.QUESTIONS["a mention"]):
        assert (await taken(at, way, payload | {"event_id": f"Ev{at.number()}"})).status == 200, name
        home = {"type": "app_home_opened", "user": ANN, "channel": "D0ANN0001", "tab": "home"}
        opened = payload | {"event": home, "event_id": f"Ev{at.number()}"}
        assert (await taken(at, way, opened)).status == 200, name


@cases("way", WAYS)
async def test_every_element_there_is_may_be_used_and_only_an_unknown_button_or_menu_is_told_so(at: LocalBot, way: str):
    before = kept(at) | {"letter": []}
    for name, payload in slack_shapes.clicks():
        answer = await taken(at, way, payload)
        assert (answer.status, answer.body) == (200, ""), name
        told = at.slack.told()
        queued = last_letter(at)
        is_pressed = name.split()[0] in ("button", "overflow") and name.split()[1] in ("in", "seen", "on", "without")
        if is_pressed and "modal" not in name and "Home" not in name:
            assert NOT_KNOWN in told, name
        elif is_pressed:
            assert NOT_KNOWN in told + queued, name
        else:
            assert told == "[]", name
    assert kept(at) | {"letter": []} == before


@cases("way", WAYS)
async def test_what_has_no_handler_is_told_so_where_somebody_waits(at: LocalBot, way: str) -> None:
    before = kept(at)
    form = payloads.submission(view=payloads.view(callback_id="of_the_future"))
    answer = await taken(at, way, form)
    assert (answer.status, NOT_KNOWN in answer.body) == (200, True)
    closed = await taken(at, way, form | {"type": "view_closed", "is_cleared": True})
    assert (closed.status, closed.body) == (200, "")
    command = await taken(at, way, payloads.command(command="/of_the_future", trigger_id=""))
    assert (command.status, NOT_KNOWN in command.body) == (200, True)
    for kind in ("shortcut", "message_action"):
        shortcut = payloads.message_shortcut(type=kind, callback_id="of_the_future")
        assert (await taken(at, way, shortcut)).status == 200
        assert NOT_KNOWN in at.slack.told()
    asked = payloads.submission(type="block_suggestion", action_id="of_the_future", block_id="b", value="x")
    assert json.loads((await taken(at, way, asked)).body) == {"options": []}
    assert kept(at) == before


@cases("way", WAYS)
async def test_payloads_of_features_that_are_gone_are_taken_without_a_word(at: LocalBot, way: str) -> None:
    before = kept(at)
    for name, shape in slack_shapes.OLD.items():
        around = {name: value for name, value in payloads.click().items() if name not in ("type", "actions")}
        answer = await taken(at, way, around | shape)
        assert (answer.status, answer.body) == (200, ""), name
    assert kept(at) == before
    assert at.slack.calls == []


@cases("way", WAYS)
async def test_clicks_and_forms_of_everybody_are_taken(at: LocalBot, acts: Acts, way: str) -> None:
    for route in (("button", "account.history"), ("form", "choose"), ("shortcut", "ask_cadence")):
        for name, payload in slack_shapes.people_and_places(acts.of(route)):
            view = {"view": payload["view"] | {"id": f"V{at.number()}"}} if "view" in payload else {}
            answer = await taken(at, way, payload | view)
            assert answer.status == 200, (route, name)


@cases(
    ("way", "changes"),
    product(
        WAYS,
        [
            {"enterprise_id": "E0GRID001", "enterprise_name": "Grid", "is_enterprise_install": "true"},
            {"channel_id": "D0ANN0001", "channel_name": "directmessage"},
            {"channel_name": "privategroup", "text": ""},
            {"user_id": "W0FAR0001", "enterprise_id": "E0GRID001"},
            {"response_url": "", "trigger_id": ""},
        ],
    ),
)
async def test_commands_from_everywhere_are_answered(at: LocalBot, way: str, changes: dict[str, str]) -> None:
    answer = await taken(at, way, payloads.command(command="/account", **{"text": "acme"} | changes))
    assert answer.status == 200
    assert json.loads(answer.body)["text"]


@cases("way", WAYS)
async def test_no_review_is_begun_in_a_direct_message_of_several_people(at: LocalBot, way: str) -> None:
    """Its id is like that of a channel, and the bot is in none."""
    place = {"channel_id": "C0GROUPDM", "channel_name": "mpdm-ann--bob--eli-1"}
    said = {"": "A review belongs to a channel", "now": IN_A_CHANNEL, "schedule": IN_A_CHANNEL}
    for words, wanted in said.items():
        answer = await taken(at, way, payloads.command(command="/review", text=words, trigger_id=at.number()) | place)
        assert wanted in json.loads(answer.body)["text"]


@cases(("way", "name"), product(WAYS, slack_shapes.REMOVALS))
async def test_the_bot_leaves_the_workspace_that_removed_it_and_no_other(at: LocalBot, way: str, name: str) -> None:
    install(at.store, OTHER, bot_user_id="U0BOT0009")
    assert (await taken(at, way, slack_shapes.of_other(slack_shapes.REMOVALS[name]))).status == 200
    active = {OTHER: False, WORKSPACE: True}
    assert {each.id: each.is_active for each in at.store.read_now(workspaces.get_all)} == active
