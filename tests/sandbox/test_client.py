import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.blocks import NotPossible, carry_over, entered, initial_state
from sandbox.client import field_errors
from sandbox.readable import encode_command, encode_message
from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl, View
from tests.sandbox import block_kit
from tests.sandbox.block_kit import actions, button, field, modal, option, options, plain, section, select, text_input
from tests.sandbox.http_app import Listener
from tests.sandbox.refusals import refused

# Typed messages and commands, buttons, shortcuts and response URLs.

ROW = actions(
    button(action_id="go", value="7"),
    select(action_id="pick"),
    {"type": "overflow", "action_id": "more", "options": [option(3, text=plain("Skip"))]},
)


async def posted(sandbox: Sandbox, **more: Any) -> Any:
    await sandbox.client.chat_postMessage(
        channel=sandbox.channel("abm").state.id,
        text="Agenda",
        blocks=[section("Agenda"), ROW | {"block_id": "row"}],
        **more,
    )
    return sandbox.channel("abm").messages[-1]


async def hear(app: AsyncApp) -> list[dict[str, Any]]:
    heard: list[dict[str, Any]] = []

    @app.middleware
    async def keep(body: dict[str, Any], next: Any) -> None:  # noqa: A002 - Bolt's own name
        heard.append(body)
        await next()

    for name in ("go", "pick", "more"):

        @app.action(name)
        async def taken(ack: Any) -> None:
            await ack()

    for name in ("log_to_account", "account_update"):

        @app.shortcut(name)
        async def run(ack: Any) -> None:
            await ack()

    return heard


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("@here", "<!here>"),
        ("see https://a.example/x?a=1&b=2.", "see <https://a.example/x?a=1&amp;b=2>."),
        ("acme.com is up", "<http://acme.com|acme.com> is up"),
        ("mail a@acme.com", "mail <mailto:a@acme.com|a@acme.com>"),
        ("@nobody in #nowhere", "@nobody in #nowhere"),
    ],
)
async def test_a_message_is_encoded(sandbox: Sandbox, typed: str, sent: str) -> None:
    assert encode_message(typed, sandbox.workspace) == sent


async def test_people_and_channels_become_ids_with_names_in_commands(sandbox: Sandbox) -> None:
    ann, room = sandbox.person("ann").id, sandbox.channel("abm").state.id
    assert encode_message("@ann, look at #abm", sandbox.workspace) == f"<@{ann}>, look at <#{room}|abm>"
    escaped = encode_command("@ann & #abm", sandbox.workspace, should_escape=True)
    assert escaped == f"<@{ann}|ann> &amp; <#{room}|abm>"
    assert encode_command("@ann & #abm", sandbox.workspace, should_escape=False) == "@ann & #abm"


async def test_commands_do_not_work_in_threads_nor_when_unknown(sandbox: Sandbox, app: AsyncApp) -> None:
    root = await posted(sandbox)
    ann = sandbox.person("ann")
    seen = await ann.types("/account acme", in_="#abm", thread=root)
    assert seen == "/account is not supported in threads. Sorry!"
    assert await ann.types("/shout", in_="#abm") == "/shout is not a valid command."
    assert [entry for entry in sandbox.slack.delivery.log if entry.kind == "slash_commands"] == []


async def test_externals_cannot_run_commands_or_shortcuts_but_can_press_buttons(sandbox: Sandbox, app: AsyncApp):
    heard = await hear(app)
    zoe = sandbox.add_user("zoe", external=True)
    sandbox.invite(sandbox.channel("abm").state, zoe)
    message = await posted(sandbox)
    person = sandbox.person("zoe")
    assert "another workspace" in await person.types("/account", in_="#abm")
    assert not (await person.runs("log_to_account", on=message)).ok
    await person.clicks("Go", on=message)
    clicked = next(body for body in heard if body["type"] == "block_actions")
    assert clicked["user"]["team_id"] == zoe.team_id
    assert clicked["team"]["id"] == sandbox.workspace.team.id


async def test_a_click_says_who_where_and_what(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    message, ann = await posted(sandbox), sandbox.person("ann")
    await ann.clicks("pick", on=message, choose="Option 1")
    await ann.clicks("Skip", on=message)
    await ann.clicks("Go", on=message)
    bodies = [body for body in heard if body["type"] == "block_actions"]
    assert [body["actions"][0].get("selected_option", {}).get("value") for body in bodies] == ["1", "3", None]
    body, room = bodies[-1], sandbox.channel("abm").state
    action = body["actions"][0]
    assert (action["block_id"], action["action_id"], action["type"], action["value"]) == ("row", "go", "button", "7")
    assert body["container"] == {
        "type": "message",
        "message_ts": message.message.ts,
        "channel_id": room.id,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": room.id, "name": "abm"}
    assert body["message"]["ts"] == message.message.ts
    assert body["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "1"
    assert (body["enterprise"], body["is_enterprise_install"]) == (None, False)
    assert body["user"] == {"id": ann.id, "username": "ann", "name": "ann", "team_id": sandbox.workspace.team.id}


async def test_an_ephemeral_click_does_not_carry_the_message(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    ann, room = sandbox.person("ann"), sandbox.channel("abm").state
    await sandbox.client.chat_postEphemeral(channel=room.id, user=ann.id, text="psst", blocks=[ROW])
    await ann.clicks("Go", on=await ann.sees("Go", in_="#abm"))
    assert "message" not in heard[-1]
    assert heard[-1]["container"]["is_ephemeral"] is True


async def test_nobody_presses_a_button_they_cannot_see(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    room = sandbox.add_channel("secret", private=True)
    await sandbox.client.chat_postMessage(channel=room.id, text="x", blocks=[ROW])
    assert "cannot see" in await sandbox.person("ann").clicks("Go", on=sandbox.channel("secret").messages[0])
    assert heard == []


async def test_shortcuts_carry_the_message_or_nothing(sandbox: Sandbox, app: AsyncApp) -> None:
    heard = await hear(app)
    ann = sandbox.person("ann")
    said = await ann.says("Acme moved", in_="#abm")
    await ann.runs("log_to_account", on=said)
    await ann.runs("account_update")
    message, everywhere = (body for body in heard if body["type"] in ("message_action", "shortcut"))
    assert (message["message"]["text"], message["message_ts"]) == ("Acme moved", said.message.ts)
    assert "channel" not in everywhere
    assert not (await ann.runs("account_update", on=said)).ok


async def test_a_response_url_answers_posts_replaces_and_deletes_five_times_together(sandbox: Sandbox, app: AsyncApp):
    heard = await hear(app)
    message, ann = await posted(sandbox), sandbox.person("ann")
    await ann.clicks("Go", on=message)
    url = AsyncWebhookClient(heard[-1]["response_url"])
    await url.send(text="For you")
    await ann.sees("For you", in_="#abm")
    await sandbox.channel("abm").never_shows("For you")
    await url.send(text="For all", response_type="in_channel")
    in_thread = {"text": "In thread", "response_type": "in_channel", "thread_ts": message.message.ts}
    await url.send_dict(in_thread | {"replace_original": False})
    assert [line.words for line in message.thread] == ["In thread"]
    await url.send(text="Instead", replace_original=True)
    assert (message.words, message.message.blocks) == ("Instead", [])
    await url.send(delete_original=True)
    await sandbox.channel("abm").never_shows("Instead")
    used = await url.send(text="Sixth")
    assert (used.status_code, "used_url" in used.body) == (404, True)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x", "response_type": "loud"}, "invalid_response_type"),
        ({"blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"text": "x", "channel": "C1"}, "invalid_payload"),
    ],
)
async def test_a_response_url_is_as_strict_as_posting(sandbox: Sandbox, app: AsyncApp, body, error):
    heard = await hear(app)
    await sandbox.person("ann").clicks("Go", on=await posted(sandbox))
    answer = await AsyncWebhookClient(heard[-1]["response_url"]).send_dict(body)
    assert (answer.status_code, error in answer.body) == (400, True)


async def test_deactivated_people_and_archived_channels_take_no_part(sandbox: Sandbox) -> None:
    ann, ben = sandbox.person("ann"), sandbox.person("ben")
    sandbox.change_user(ben.user, deleted=True)
    assert "deactivated" in await ben.types("/account", in_="#abm")
    sandbox.archive(sandbox.channel("abm").state, by=ann.user)
    with pytest.raises(AssertionError, match="archived"):
        await ann.says("hello", in_="#abm")


async def test_a_message_of_a_person_is_not_replaced_through_the_shortcut_on_it(sandbox: Sandbox, app: AsyncApp):
    heard = await hear(app)
    ann = sandbox.person("ann")
    await ann.runs("log_to_account", on=await ann.says("Acme moved", in_="#abm"))
    url = AsyncWebhookClient(next(body for body in heard if body["type"] == "message_action")["response_url"])
    for body in ({"text": "Gone", "replace_original": True}, {"delete_original": True}):
        answer = await url.send_dict(body)
        assert (answer.status_code, "message_not_found" in answer.body) == (400, True)
    assert [line.words for line in sandbox.channel("abm").messages] == ["Acme moved"]


# Input elements: initial state, state after input, and the checks of Slack's client.

USERS = {"type": "multi_users_select"}
CHECKS = {"type": "checkboxes", "options": options(3)}


def drawn(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return field(element | {"action_id": "a"}, block_id="b", **more)


@pytest.mark.parametrize(
    ("element", "state"),
    [
        (text_input(initial_value="x"), {"value": "x"}),
        (text_input(), {"value": None}),
        (select(initial_option=option(1)), {"selected_option": option(1)}),
        (select(), {"selected_option": None}),
        (select("users_select", initial_user="U1"), {"selected_user": "U1"}),
        (select("conversations_select"), {"selected_conversation": None}),
        (USERS, {"selected_users": []}),
        (CHECKS | {"initial_options": [option(2)]}, {"selected_options": [option(2)]}),
        (CHECKS, {"selected_options": []}),
        ({"type": "datepicker", "initial_date": "2026-12-04"}, {"selected_date": "2026-12-04"}),
        ({"type": "timepicker"}, {"selected_time": None}),
        ({"type": "file_input"}, {"files": []}),
    ],
)
def test_a_field_starts_with_its_initial_value_or_null(element: dict[str, Any], state: dict[str, Any]) -> None:
    assert initial_state([drawn(element)]) == {"b": {"a": {"type": element["type"], **state}}}


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        (text_input(), "x", {"value": "x"}),
        (text_input(), "", {"value": None}),
        (select(), "1", {"selected_option": option(1)}),
        (select(), None, {"selected_option": None}),
        (CHECKS, ["0", "2"], {"selected_options": [option(0), option(2)]}),
        (USERS, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        (USERS, None, {"selected_users": []}),
        ({"type": "datepicker"}, "2026-12-04", {"selected_date": "2026-12-04"}),
        ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ],
)
def test_input_is_stored_as_slack_sends_it(element: dict[str, Any], value: Any, state: dict[str, Any]) -> None:
    assert entered(element, value) == {"type": element["type"], **state}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (select(), "9"),
        (text_input(), ["a", "b"]),
        ({"type": "datepicker"}, "4 Dec"),
        ({"type": "timepicker"}, "25:00"),
        ({"type": "button"}, "x"),
    ],
)
def test_the_client_offers_nothing_else(element: dict[str, Any], value: Any) -> None:
    with pytest.raises(NotPossible):
        entered(element, value)


def test_an_update_keeps_what_was_entered_where_ids_and_types_are_the_same() -> None:
    old = {"b": {"a": {"type": "plain_text_input", "value": "mine"}}}
    assert carry_over(old, [drawn(text_input(initial_value="new"))])["b"]["a"]["value"] == "mine"
    assert carry_over(old, [drawn(select())])["b"]["a"] == {"type": "static_select", "selected_option": None}
    assert carry_over(old, [drawn(text_input()) | {"block_id": "other"}])["other"]["a"]["value"] is None


def test_inputs_inside_containers_and_actions_keep_state_but_buttons_do_not() -> None:
    row = actions(select(action_id="s"), {"type": "button", "action_id": "go"}) | {"block_id": "row"}
    state = initial_state([block_kit.container(drawn(text_input()), row)])
    assert {block_id: list(entries) for block_id, entries in state.items()} == {"b": ["a"], "row": ["s"]}


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        (text_input(min_length=3), "ab", "Enter at least 3 characters; this has 2."),
        (text_input(max_length=1), "ab", "Enter at most 1 characters; this has 2."),
        (text_input(), "x" * 3001, "Enter at most 3000 characters; this has 3001."),
    ],
)
def test_the_client_refuses_a_value_of_the_wrong_form(element: dict[str, Any], value: str, sentence: str) -> None:
    block = drawn(element)
    view = View("V1", "U1", modal(block), "h", "V1")
    view.state = {"b": {"a": entered(block["element"], value)}}
    assert field_errors(view) == {"b": sentence}


# The lifetime and number of uses of trigger ids and response URLs, by the workspace's clock.
# The figures are those of Slack's documentation.

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def put_clock(sandbox: Sandbox) -> Callable[[float], None]:
    """Set the workspace's clock to a number of seconds after noon."""

    def put(seconds: float) -> None:
        sandbox.workspace.now = lambda: NOON + timedelta(seconds=seconds)

    put(0)
    return put


def trigger(sandbox: Sandbox, **more: Any) -> str:
    return sandbox.workspace.triggers.new(sandbox.person("ann").id, **more)


def response_url(sandbox: Sandbox) -> AsyncWebhookClient:
    target = ResponseUrl(sandbox.person("ann").id, sandbox.channel("abm").state.id)
    path = sandbox.workspace.response_urls.new(target)
    return AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])


async def test_a_trigger_opens_a_form_until_three_seconds_have_passed(sandbox, put_clock):
    in_time, late = trigger(sandbox), trigger(sandbox)
    put_clock(2.999)
    opened = await sandbox.client.views_open(trigger_id=in_time, view=modal())
    put_clock(3)
    assert (await refused(sandbox, "views.open", trigger_id=late, view=modal()))["error"] == "expired_trigger_id"
    beneath = opened["view"]["id"]
    in_time, late = trigger(sandbox, view_id=beneath), trigger(sandbox, view_id=beneath)
    put_clock(5.999)
    await sandbox.client.views_push(trigger_id=in_time, view=modal())
    put_clock(6)
    assert (await refused(sandbox, "views.push", trigger_id=late, view=modal()))["error"] == "expired_trigger_id"


async def test_a_trigger_opens_one_form(sandbox: Sandbox, put_clock: Callable[[float], None]) -> None:
    once = trigger(sandbox)
    await sandbox.client.views_open(trigger_id=once, view=modal())
    assert (await refused(sandbox, "views.open", trigger_id=once, view=modal()))["error"] == "exchanged_trigger_id"


async def test_a_response_url_is_good_until_thirty_minutes_have_passed(sandbox, put_clock):
    url = response_url(sandbox)
    put_clock(30 * 60 - 0.001)
    assert (await url.send(text="In time")).status_code == 200
    put_clock(30 * 60)
    late = await url.send(text="Late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)
    room = sandbox.channel("abm").state
    assert [message.text for message in room.visible_to(sandbox.person("ann").id)] == ["In time"]


# Newer blocks in acknowledgements, where Slack tells no app of a refusal.
@pytest.mark.parametrize("kind", ["table", "container"])
async def test_newer_blocks_are_refused_in_an_acknowledgement_and_taken_by_a_response_url(sandbox, app: AsyncApp, kind):
    heard: list[dict[str, Any]] = []
    newer = {
        "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "Acme"}]]},
        "container": {"type": "container", "title": plain("Acme"), "child_blocks": [section("Stalled")]},
    }[kind]

    @app.command("/account")
    async def answer(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack(text="Acme", blocks=[newer])

    seen = await sandbox.person("ann").types("/account Acme", in_="abm")
    assert seen == '/account failed with the error "invalid_command_response" (invalid_blocks)'
    taken = await AsyncWebhookClient(heard[0]["response_url"]).send_dict({"text": "Acme", "blocks": [newer]})
    assert taken.status_code == 200


# Response URLs and deliveries after a channel was closed, a person deactivated or the app uninstalled.

Change = Callable[[Sandbox], object]


def url_of(sandbox: Sandbox, **more: Any) -> AsyncWebhookClient:
    target = ResponseUrl(sandbox.person("ann").id, sandbox.channel("abm").state.id, **more)
    path = sandbox.workspace.response_urls.new(target)
    return AsyncWebhookClient(sandbox.slack.origin + path, retry_handlers=[])


def archive(sandbox: Sandbox) -> None:
    sandbox.archive(sandbox.channel("abm").state, by=sandbox.person("ben").user)


def restrict(sandbox: Sandbox) -> None:
    sandbox.restrict(sandbox.channel("abm").state)


def deactivate(sandbox: Sandbox) -> None:
    sandbox.change_user(sandbox.person("ann").user, deleted=True)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Sandbox.uninstall_app, "account_inactive"),
        (Sandbox.revoke_token, "token_revoked"),
        (archive, "is_archived"),
        (restrict, "restricted_action_read_only_channel"),
        (deactivate, "user_not_in_channel"),
    ],
)
async def test_an_answer_is_refused_where_the_app_could_not_post(sandbox: Sandbox, change: Change, error: str) -> None:
    posted = await sandbox.client.chat_postMessage(channel=sandbox.channel("abm").state.id, text="before")
    url, on_message = url_of(sandbox), url_of(sandbox, message_ts=posted["ts"])
    change(sandbox)
    refused = await url.send(text="x", response_type="in_channel")
    assert (refused.status_code >= 400, json.loads(refused.body)["error"]) == (True, error)
    if change is not restrict:
        for given in ({"text": "x"}, {"text": "y", "replace_original": True}, {"delete_original": True}):
            assert json.loads((await on_message.send_dict(given)).body)["error"] == error
    assert [line.words for line in sandbox.channel("abm").messages] == ["before"]


async def test_an_uninstalled_app_gets_that_event_and_then_nothing(sandbox: Sandbox, listener: Listener) -> None:
    manifest = sandbox.workspace.manifest
    told = {"tokens_revoked", "app_uninstalled"}
    sandbox.workspace.manifest = replace(manifest, bot_events=manifest.bot_events | told)
    room, ann = sandbox.channel("abm"), sandbox.person("ann")
    await sandbox.client.chat_postMessage(channel=room.state.id, text="x", blocks=[actions(button(action_id="go"))])
    trigger = sandbox.workspace.triggers.new(ann.id)
    await sandbox.client.views_open(trigger_id=trigger, view=modal(notify_on_close=True))
    await sandbox.settled()
    listener.heard.clear()
    sandbox.uninstall_app()
    await sandbox.settled()
    assert {json.loads(body)["event"]["type"] for _, body in listener.heard} == told
    listener.heard.clear()
    assert await ann.types("/plain hi", in_="#abm") == "/plain is not a valid command."
    assert "did not respond" in await ann.clicks("go", on=room.messages[0])
    assert (await ann.runs("account_update")).ok is False
    assert (await ann.submits()).ok is False
    await ann.closes()
    await ann.says("is anybody there", in_="#abm")
    await sandbox.settled()
    assert listener.heard == []
