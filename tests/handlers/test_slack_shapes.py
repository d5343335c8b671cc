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
from tests.builders import ANN, BOB, CHANNEL, WORKSPACE
from tests.cases import cases
from tests.handlers import payloads, slack_events
from tests.handlers.acts import Acts
from tests.handlers.local_bot import OTHER, LocalBot, install, local_bot
from tests.handlers.payloads import Payload
from tests.handlers.slack_events import CREATED, DIRECT, EVENTS, FUNCTION, PLACE, STAMP, STEP, THREAD, TOLD
from tests.program import Program
from tests.rows import everything_in

SAID: Payload = {"type": "message", "user": ANN, "text": "Initech said yes", "ts": STAMP, "team": WORKSPACE}
BY_BOT: Payload = {"bot_id": "B0OTHER01", "app_id": "A0OTHER01", "username": "other", "text": "done"}

MESSAGES: dict[str, Payload] = {
    "in a channel": SAID | PLACE | {"client_msg_id": "0a-1", "blocks": [{"type": "rich_text", "elements": []}]},
    "in a group": SAID | PLACE | {"channel_type": "group"},
    "in a thread": SAID | PLACE | {"thread_ts": THREAD, "parent_user_id": BOB},
    "of the app's Home": SAID | {"channel": "D0ANN0001", "channel_type": "app_home"},
    "bot_message": BY_BOT | DIRECT,
    "bot as a user": SAID | BY_BOT | DIRECT | {"bot_profile": {"id": "B0OTHER01"}},
    "channel_join": SAID | PLACE | {"inviter": BOB},
    "ekm_access_denied": SAID | DIRECT | {"user": "UREVOKEDU"},
    "file_comment": PLACE | {"file": {"id": "F0FILE001"}, "comment": {"id": "Fc1", "user": ANN, "comment": "x"}},
    "me_message": SAID | DIRECT,
    "message_changed": DIRECT | {"hidden": True, "message": SAID, "previous_message": SAID},
    "message_deleted": DIRECT | {"hidden": True, "deleted_ts": STAMP, "previous_message": SAID},
    "message_replied": DIRECT | {"message": SAID | {"thread_ts": STAMP, "reply_count": 1, "replies": []}},
    "reply_broadcast": SAID | PLACE | {"user": None},
    "tombstone": SAID | PLACE | {"user": "USLACKBOT", "hidden": True},
}
"""Messages that are no question to the bot, by what they are; a name without a space is their `subtype`."""

QUESTIONS: dict[str, Payload] = {
    "in a direct message": SAID | DIRECT,
    "with a file": SAID | DIRECT | {"subtype": "file_share", "files": [{"id": "F0FILE001"}], "upload": False},
    "of a file alone": SAID | DIRECT | {"subtype": "file_share", "files": [{"id": "F0FILE001"}], "text": ""},
    "sent to the channel too": SAID | DIRECT | {"subtype": "thread_broadcast", "thread_ts": THREAD, "root": SAID},
    "in the thread of an assistant": SAID | DIRECT | {"thread_ts": THREAD},
    "a mention": SAID | PLACE | {"type": "app_mention"},
    "a mention in a thread": SAID | PLACE | {"type": "app_mention", "thread_ts": THREAD},
    "without a team": {name: SAID[name] for name in SAID if name != "team"} | DIRECT,
}
"""Messages that are answered."""

OPTION: Payload = {"text": {"type": "plain_text", "text": "One", "emoji": True}, "value": "one"}

ELEMENTS: dict[str, Payload] = {
    "button": {"value": "7"},
    "button without a value": {"type": "button"},
    "button with a link": {"type": "button", "url": "https://a.example/"},
    "workflow_button": {"workflow": {"trigger": {"url": "https://a.example/"}}},
    "checkboxes": {"selected_options": [OPTION]},
    "datepicker": {"selected_date": "2026-12-04", "initial_date": "2026-12-03"},
    "external_select": {"selected_option": OPTION},
    "file_input": {"files": [{"id": "F0FILE001"}]},
    "multi_users_select": {"selected_users": [ANN, BOB]},
    "overflow": {"selected_option": OPTION},
    "plain_text_input": {"value": "typed"},
    "plain_text_input emptied": {"type": "plain_text_input", "value": None},
    "rich_text_input": {"rich_text_value": {"type": "rich_text", "elements": []}},
    "static_select": {"selected_option": OPTION, "placeholder": {"type": "plain_text", "text": "Pick"}},
    "users_select emptied": {"type": "users_select", "selected_user": None},
}
"""The parts of a choice or press, by the element's type."""

OLD: dict[str, Payload] = {
    "a button of an attachment": {
        "type": "interactive_message",
        "callback_id": "old",
        "actions": [{"name": "yes", "type": "button", "value": "1"}],
        "attachment_id": "1",
        "original_message": {"text": "x"},
        "is_app_unfurl": False,
        "message_ts": STAMP,
        "action_ts": STAMP,
    },
    "a menu of an attachment": {
        "type": "interactive_message",
        "callback_id": "old",
        "actions": [{"name": "menu", "type": "select", "selected_options": [{"value": "1"}]}],
    },
    "options of a menu of an attachment": {"name": "menu", "value": "x", "callback_id": "old", "attachment_id": "1"},
    "a dialog": {"type": "dialog_submission", "callback_id": "old", "submission": {"name": "x"}, "state": "limo"},
    "a dialog left": {"type": "dialog_cancellation", "callback_id": "old", "state": "limo"},
    "options of a dialog": {"type": "dialog_suggestion", "callback_id": "old", "name": "menu", "value": "x"},
    "a step edited": {"type": "workflow_step_edit", "callback_id": "copy", "workflow_step": STEP},
    "limits reached": {"type": "app_rate_limited", "minute_rate_limited": CREATED, "team_id": WORKSPACE},
    "of a kind yet to come": {"type": "of_the_future", "callback_id": "x"},
    "without a kind": {"callback_id": "x"},
}
"""Payloads of features that are gone, and of kinds that this program does not hear."""


def events() -> Iterator[tuple[str, Payload]]:
    for kind, inner in (EVENTS | TOLD).items():
        yield kind, payloads.event({"type": kind, "event_ts": STAMP} | inner)
    for name, inner in MESSAGES.items():
        subtype = {} if " " in name else {"subtype": name}
        yield f"message {name}", payloads.event({"type": "message", "ts": STAMP, "event_ts": STAMP} | inner | subtype)


def clicks() -> Iterator[tuple[str, Payload]]:
    """Each element pressed or set, in a message, in one that only one person sees, in a modal and on Home."""
    for name, chosen in ELEMENTS.items():
        action = {
            "type": name.split(" ")[0],
            "action_id": "of_the_future",
            "block_id": "b1",
            "action_ts": STAMP,
        } | chosen
        yield f"{name} in a message", payloads.click(action)
        yield f"{name} seen by one", payloads.click_alone(action=action)
        yield f"{name} in a modal", payloads.click_in_view(action)
        yield f"{name} on Home", payloads.click_in_view(action, view=payloads.view(type="home"), team=None)


def envelopes(inner: Payload) -> Iterator[tuple[str, Payload]]:
    """One event as it comes from everywhere: an organisation, a shared channel, old versions of the envelope."""
    ours = payloads.event(inner)
    [authorization] = ours["authorizations"]
    yield "of a workspace", ours
    yield "of an organisation", ours | {"enterprise_id": "E0GRID001", "team_id": WORKSPACE}
    yield (
        "of an organisation that installed it everywhere",
        ours
        | {"enterprise_id": "E0GRID001"}
        | {"authorizations": [authorization | {"enterprise_id": "E0GRID001", "is_enterprise_install": True}]},
    )
    yield "without authorizations", {name: ours[name] for name in ours if name != "authorizations"}
    yield "with the old names", ours | {"authorizations": [], "authed_users": [ANN], "authed_teams": [WORKSPACE]}
    yield (
        "of a shared channel",
        ours | {"is_ext_shared_channel": True, "context_team_id": WORKSPACE, "context_enterprise_id": None},
    )
    yield (
        "of somebody elsewhere in a shared channel",
        ours
        | {"is_ext_shared_channel": True, "team_id": "T0FAR0001"}
        | {"event": inner | {"user": "U0FAR0001", "user_team": "T0FAR0001", "source_team": "T0FAR0001"}},
    )
    yield (
        "of an organisation elsewhere",
        ours | {"is_ext_shared_channel": True, "event": inner | {"user": "W0FAR0001", "user_team": "E0FAR0001"}},
    )


def people_and_places(payload: Payload) -> Iterator[tuple[str, Payload]]:
    """One click or form as everybody's client sends it."""
    user = {"id": ANN, "name": "ann", "username": "ann"}
    yield "a user without a team", payload | {"user": user}
    yield "a user that is only an id", payload | {"user": {"id": ANN}}
    yield "no team, as on an organisation's Home", payload | {"team": None, "user": user | {"team_id": WORKSPACE}}
    yield (
        "an organisation",
        payload | {"enterprise": {"id": "E0GRID001", "name": "Grid"}, "is_enterprise_install": False},
    )
    yield "a bot", payload | {"user": {"id": "U0BOT0002", "name": "other", "team_id": WORKSPACE}}
    yield "somebody elsewhere", payload | {"user": {"id": "U0FAR0001", "team_id": "T0FAR0001"}}
    nowhere = {"team": {"id": "T0NOWHERE", "domain": "x"}, "response_url": "http://127.0.0.1:1/gone"}
    yield "a workspace without the bot", payload | nowhere
    yield "no trigger", {name: payload[name] for name in payload if name != "trigger_id"}
    yield (
        "with response URLs",
        payload | {"response_urls": [{"response_url": "https://hooks.example/1", "channel_id": CHANNEL}]},
    )
    yield (
        "as part of a workflow",
        payload | {"function_data": {"execution_id": "Fx1", "function": FUNCTION, "inputs": {}}},
    )


GOODBYES: dict[str, Payload] = {
    "tokens of people revoked": {"type": "tokens_revoked", "tokens": {"oauth": [ANN], "bot": []}},
    "tokens of nobody revoked": {"type": "tokens_revoked", "tokens": {}},
}
"""Of the first workspace, and the bot stays."""

REMOVALS: dict[str, Payload] = {
    "the bot's token revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT0009"]}},
    "removed": {"type": "app_uninstalled"},
}
"""Of the second workspace, which the bot leaves."""


def of_other(inner: Payload) -> Payload:
    around = payloads.event(inner, team_id=OTHER)
    return around | {"authorizations": [around["authorizations"][0] | {"team_id": OTHER}]}


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
    if way == "socket":
        return await at.takes(payload)
    is_event = payload.get("type") in ("event_callback", "app_rate_limited")
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
    return at.store.read_now(lambda session: session.exec(select(func.count(col(Letter.id)))).one())


def last_letter(at: LocalBot) -> str:
    query = select(Letter.subject).order_by(col(Letter.id).desc()).limit(1)
    return json.dumps(at.store.read_now(lambda session: session.exec(query).first()))


@cases("way", WAYS)
async def test_events_that_ask_nothing_are_taken_and_change_nothing(at: LocalBot, way: str) -> None:
    before = kept(at)
    shapes = list(events())
    assert len(shapes) > 40
    for name, payload in shapes:
        answer = await taken(at, way, payload | {"event_id": f"Ev{way}{at.number()}"})
        assert (answer.status, answer.body) == (200, ""), name
    for inner in GOODBYES.values():
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


@cases("name", QUESTIONS)
async def test_questions_of_every_shape_are_answered_once(at: LocalBot, name: str) -> None:
    inner = {"type": "message"} | QUESTIONS[name] | {"ts": f"1795540{at.number()[-3:]}.000100"}
    before = letters(at)
    payload = payloads.event(inner, event_id=f"Ev{at.number()}")
    for way in (*WAYS, "socket"):
        assert (await taken(at, way, payload)).status == 200
    # beside the words a file that was not read is said once, too
    assert letters(at) == before + (2 if name == "with a file" else 1)


@cases("way", WAYS)
async def test_an_event_is_taken_in_every_envelope(at: LocalBot, way: str) -> None:
    for name, payload in envelopes(QUESTIONS["a mention"]):
        assert (await taken(at, way, payload | {"event_id": f"Ev{at.number()}"})).status == 200, name
        home = {"type": "app_home_opened", "user": ANN, "channel": "D0ANN0001", "tab": "home"}
        opened = payload | {"event": home, "event_id": f"Ev{at.number()}"}
        assert (await taken(at, way, opened)).status == 200, name


@cases("way", WAYS)
async def test_every_element_there_is_may_be_used_and_only_an_unknown_button_or_menu_is_told_so(at: LocalBot, way: str):
    before = kept(at) | {"letter": []}
    for name, payload in clicks():
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
    for name, shape in OLD.items():
        around = {name: value for name, value in payloads.click().items() if name not in ("type", "actions")}
        answer = await taken(at, way, around | shape)
        assert (answer.status, answer.body) == (200, ""), name
    assert kept(at) == before
    assert at.slack.calls == []


@cases("way", WAYS)
async def test_clicks_and_forms_of_everybody_are_taken(at: LocalBot, acts: Acts, way: str) -> None:
    for route in (("button", "account.history"), ("form", "choose"), ("shortcut", "ask_cadence")):
        for name, payload in people_and_places(acts.of(route)):
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


@cases(("way", "name"), product(WAYS, REMOVALS))
async def test_the_bot_leaves_the_workspace_that_removed_it_and_no_other(at: LocalBot, way: str, name: str) -> None:
    install(at.store, OTHER, bot_user_id="U0BOT0009")
    assert (await taken(at, way, of_other(REMOVALS[name]))).status == 200
    active = {OTHER: False, WORKSPACE: True}
    assert {each.id: each.is_active for each in at.store.read_now(workspaces.get_all)} == active
