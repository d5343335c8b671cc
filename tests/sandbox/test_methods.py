import json
from typing import Any, cast

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl, Session
from tests.sandbox.block_kit import bars, data_table, field, home, modal, option, plain, section, select, text_input
from tests.sandbox.refusals import error_of, refused


# Conversations, users, messages, assistant threads, do-not-disturb, and refused arguments.
async def root(sandbox: Sandbox) -> dict[str, Any]:
    room = sandbox.channel("abm").state
    answer = await sandbox.client.chat_postMessage(channel=room.id, text="root")
    return {"channel_id": room.id, "thread_ts": str(answer["ts"])}


async def test_a_thread_of_the_agent_view_has_a_status_a_title_and_at_most_four_prompts(sandbox: Sandbox) -> None:
    place = await root(sandbox)
    key = (place["channel_id"], place["thread_ts"])
    await sandbox.client.agents_sessions_setStatus(status="processing", title="Blockers", **place)
    await sandbox.client.agents_sessions_setStatus(status="active", title="Another", **place)
    assert sandbox.workspace.sessions[key] == Session("Blockers", "active")
    prompts = [{"title": "What is mine", "message": "What is mine?"}]
    await sandbox.client.assistant_threads_setSuggestedPrompts(prompts=prompts, **place)
    assert sandbox.workspace.prompts[key] == prompts
    method = "assistant.threads.setSuggestedPrompts"
    assert (await refused(sandbox, method, prompts=prompts * 5, **place))["error"] == "invalid_arguments"
    assert (await refused(sandbox, method, prompts=[{"title": "x"}], **place))["error"] == "invalid_arguments"
    method, lost = "agents.sessions.setStatus", place | {"thread_ts": "1.0", "status": "active"}
    for wrong in ({}, {"status": "thinking"}, {"status": "active", "title": "x" * 201}):
        assert await error_of(sandbox, method, **wrong, **place) == "invalid_arguments"
    assert await error_of(sandbox, method, **lost) == "thread_not_found"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U1,U2"}, "not_enough_users"),
        ("conversations.open", {"users": "U1"}, "user_not_found"),
        ("users.list", {"limit": "many"}, "invalid_limit"),
        ("users.list", {"limit": 0}, "invalid_limit"),
        ("users.list", {"cursor": "x"}, "invalid_cursor"),
        ("conversations.info", {"channel": "C1"}, "channel_not_found"),
        ("users.info", {"user": "U1"}, "user_not_found"),
        ("users.info", {}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.x"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.x", "view": "{"}, "invalid_arguments"),
        ("views.update", {"view": "{}"}, "invalid_arguments"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "U1", "text": "x"}, "channel_not_found"),
    ],
)
async def test_wrong_arguments_are_refused_with_slacks_code(sandbox: Sandbox, method, arguments, error):
    assert await error_of(sandbox, method, **arguments) == error


async def test_joining_is_for_living_public_channels(sandbox: Sandbox) -> None:
    old = sandbox.add_channel("old", archived=True, with_bot=False)
    inside = sandbox.add_channel("inside", private=True)
    assert await error_of(sandbox, "conversations.join", channel=old.id) == "is_archived"
    error = await error_of(sandbox, "conversations.join", channel=inside.id)
    assert error == "method_not_supported_for_channel_type"
    again = await sandbox.client.conversations_join(channel=sandbox.channel("abm").state.id)
    assert again["warning"] == "already_in_channel"


async def test_a_private_channel_is_what_slack_calls_a_group(sandbox: Sandbox) -> None:
    channels = sandbox.add_channel("open"), sandbox.add_channel("inside", private=True)
    found = []
    for channel in channels:
        told = cast(
            "dict[str, bool]",
            (await sandbox.client.conversations_info(channel=channel.id))["channel"],
        )
        found.append((told["is_channel"], told["is_group"], told["is_private"]))
    assert found == [(True, False, False), (False, True, True)]


async def test_history_needs_membership_and_real_bounds(sandbox: Sandbox) -> None:
    elsewhere = sandbox.add_channel("elsewhere", with_bot=False)
    assert await error_of(sandbox, "conversations.history", channel=elsewhere.id) == "not_in_channel"
    room = sandbox.channel("abm").state
    assert await error_of(sandbox, "conversations.history", channel=room.id, oldest="x") == "invalid_ts_oldest"
    for bound in ("nan", "inf", "1e3", "-1"):
        assert await error_of(sandbox, "conversations.history", channel=room.id, latest=bound) == "invalid_ts_latest"
    assert await error_of(sandbox, "conversations.replies", channel=room.id, ts="1.0") == "thread_not_found"
    posted = await sandbox.client.chat_postMessage(channel=room.id, text="x")
    until = {"channel": room.id, "latest": posted["ts"]}
    assert (await sandbox.client.conversations_history(**until))["messages"] == []
    assert len((await sandbox.client.conversations_history(inclusive=True, **until))["messages"]) == 1


async def test_people_read_names_links_and_rich_text(sandbox: Sandbox) -> None:
    room, ann = sandbox.channel("abm"), sandbox.person("ann")
    said = await ann.says("@ben see https://a.example & #abm @here", in_="#abm")
    assert said.words == "@ben see https://a.example & #abm @here"
    text = f"<@{ann.id}> <#{room.state.id}> <https://a.example|the plan> <!here> &lt;b&gt;"
    await sandbox.client.chat_postMessage(channel=room.state.id, text=text)
    assert room.messages[-1].words == "@ann #abm the plan @here <b>"
    header = {"type": "header", "text": plain("<Acme>")}
    await sandbox.client.chat_postMessage(channel=room.state.id, text="t", blocks=[header])
    assert room.messages[-1].words == "<Acme>"


async def test_people_have_do_not_disturb_times_every_day(sandbox: Sandbox) -> None:
    ann, ben = sandbox.person("ann").user, sandbox.person("ben").user
    ended_at = int(sandbox.workspace.now().timestamp()) - 60
    ann.quiet_times = ended_at - 3_600, ended_at
    team = (await sandbox.client.dnd_teamInfo(users=[ann.id, ben.id]))["users"]
    assert [team[user.id]["dnd_enabled"] for user in (ann, ben)] == [True, False]
    quiet = team[ann.id]
    assert (quiet["next_dnd_start_ts"], quiet["next_dnd_end_ts"]) == (ended_at + 82_800, ended_at + 86_400)
    assert await error_of(sandbox, "dnd.teamInfo", users=",".join([ann.id] * 51)) == "too_many_users"
    assert await error_of(sandbox, "dnd.teamInfo") == "no_users_provided"
    assert await error_of(sandbox, "dnd.teamInfo", users="U0") == "user_not_visible"


# Modals and Home: triggers, stacks, hashes, state, submission and its answers.

NAME = field(text_input(action_id="text", max_length=10), block_id="name", label=plain("Name"))
STAGE = field(
    select(action_id="stage", options=[option(1), option(2)]), block_id="stage", label=plain("Stage"), optional=True
)


async def open_form(sandbox: Sandbox, **more: Any) -> dict[str, Any]:
    trigger = sandbox.workspace.triggers.new(sandbox.person("ann").id)
    opened = await sandbox.client.views_open(trigger_id=trigger, view=modal(NAME, STAGE, callback_id="form", **more))
    view: dict[str, Any] = opened["view"]
    return view


def push_trigger(sandbox: Sandbox) -> str:
    ann = sandbox.person("ann")
    return sandbox.workspace.triggers.new(ann.id, view_id=ann.form.view.id)


async def test_a_stack_holds_three_views_that_know_each_other(sandbox: Sandbox) -> None:
    first = await open_form(sandbox)
    second = (await sandbox.client.views_push(trigger_id=push_trigger(sandbox), view=modal()))["view"]
    third = (await sandbox.client.views_push(trigger_id=push_trigger(sandbox), view=modal()))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    assert (third["root_view_id"], third["previous_view_id"]) == (first["id"], second["id"])
    trigger = push_trigger(sandbox)
    assert (await refused(sandbox, "views.push", trigger_id=trigger, view=modal()))["error"] == "push_limit_reached"
    await sandbox.person("ann").closes()
    assert sandbox.person("ann").form.view.id == second["id"]


async def test_an_update_is_guarded_by_its_hash_and_keeps_what_was_entered(sandbox: Sandbox) -> None:
    view = await open_form(sandbox)
    await sandbox.person("ann").fills(Name="Acme")
    answer = await refused(sandbox, "views.update", view_id=view["id"], hash="0.old", view=modal(NAME))
    assert answer["error"] == "hash_conflict"
    updated = await sandbox.client.views_update(
        view_id=view["id"], hash=view["hash"], view=modal(NAME, section("More"), title=plain("New"))
    )
    assert updated["view"]["hash"] != view["hash"]
    assert updated["view"]["state"]["values"] == {"name": {"text": {"type": "plain_text_input", "value": "Acme"}}}
    assert sandbox.person("ann").form.title == "New"
    assert (await refused(sandbox, "views.update", view_id="V0", view=modal()))["error"] == "not_found"


async def test_a_submission_carries_every_field_empty_ones_as_null(sandbox: Sandbox, app: AsyncApp) -> None:
    bodies: list[dict[str, Any]] = []

    @app.view("form")
    async def form(ack: Any, body: dict[str, Any]) -> None:
        bodies.append(body)
        await ack()

    await open_form(sandbox, private_metadata="kept")
    await sandbox.person("ann").fills(Name="Acme")
    assert (await sandbox.person("ann").submits()).ok
    view = bodies[0]["view"]
    assert view["state"]["values"] == {
        "name": {"text": {"type": "plain_text_input", "value": "Acme"}},
        "stage": {"stage": {"type": "static_select", "selected_option": None}},
    }
    assert (view["private_metadata"], view["root_view_id"], view["previous_view_id"]) == ("kept", view["id"], None)
    assert {"hash", "app_id", "bot_id", "app_installed_team_id", "external_id"} <= view.keys()
    assert bodies[0]["response_urls"] == []
    assert not sandbox.person("ann").has_form


async def test_the_client_checks_fields_before_it_asks_the_app(sandbox: Sandbox, app: AsyncApp) -> None:
    ann = sandbox.person("ann")
    await open_form(sandbox)
    await ann.submits()
    assert ann.form.errors == {"Name": "Please complete this required field."}
    await ann.fills(Name="x" * 11)
    await ann.submits()
    assert ann.form.errors == {"Name": "Enter at most 10 characters; this has 11."}
    with pytest.raises(AssertionError, match="no option"):
        await ann.fills(Stage="Option 9")
    assert sandbox.slack.delivery.log == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param({"response_action": "errors", "errors": {"name": "Taken."}}, "name: Taken.", id="errors"),
        pytest.param({"response_action": "errors", "errors": {"nobody": "x"}}, "trouble", id="error of no field"),
        pytest.param({"response_action": "errors"}, "trouble", id="errors without any"),
        pytest.param({"response_action": "shout"}, "trouble", id="unknown action"),
        pytest.param({"response_action": "update"}, "trouble", id="update without a view"),
        pytest.param(
            {"response_action": "update", "view": modal(title=plain("x" * 25))}, "trouble", id="update beyond a limit"
        ),
        pytest.param({"response_action": "push", "view": home()}, "trouble", id="push of a Home"),
        pytest.param({"text": "Done"}, "trouble", id="a message instead"),
    ],
)
async def test_a_wrong_answer_to_a_submission_shows_and_keeps_the_form(sandbox: Sandbox, app: AsyncApp, answer, error):
    @app.middleware
    async def instead() -> BoltResponse:
        return BoltResponse(status=200, body=answer)

    await open_form(sandbox)
    ann = sandbox.person("ann")
    await ann.fills(Name="Acme")
    outcome = await ann.submits()
    assert not outcome.ok
    assert error in (outcome.error or "")
    assert ann.form.values["Name"] == "Acme"


async def test_a_submission_can_push_update_and_clear(sandbox: Sandbox, app: AsyncApp) -> None:
    answers: list[dict[str, Any]] = [
        {"response_action": "push", "view": modal(NAME, callback_id="form", title=plain("Second"))},
        {"response_action": "update", "view": modal(NAME, callback_id="form", title=plain("Third"))},
        {"response_action": "clear"},
    ]

    @app.view("form")
    async def form(ack: Any) -> None:
        await ack(**answers.pop(0))

    await open_form(sandbox)
    ann = sandbox.person("ann")
    await ann.fills(Name="Acme")
    await ann.submits()
    assert (ann.form.title, ann.form.values) == ("Second", {"Name": None})
    await ann.fills(Name="More")
    await ann.submits()
    assert (ann.form.title, ann.form.values) == ("Third", {"Name": "More"})
    await ann.submits()
    assert not ann.has_form


async def test_closing_sends_an_event_only_when_asked_for(sandbox: Sandbox, app: AsyncApp) -> None:
    closed: list[dict[str, Any]] = []

    @app.view_closed("form")
    async def form(ack: Any, body: dict[str, Any]) -> None:
        closed.append(body)
        await ack()

    await open_form(sandbox)
    await sandbox.person("ann").closes()
    assert closed == []
    await open_form(sandbox, notify_on_close=True)
    await sandbox.person("ann").fills(Name="Half")
    await sandbox.person("ann").closes(clear=True)
    assert closed[0]["is_cleared"] is True
    assert closed[0]["view"]["state"]["values"]["name"]["text"]["value"] == "Half"


async def test_an_input_tells_the_app_at_once_only_when_it_dispatches(sandbox: Sandbox, app: AsyncApp) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("kind")
    async def kind(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    quiet = field(select(action_id="kind"), block_id="quiet", label=plain("Quiet"))
    loud = field(select(action_id="kind"), block_id="loud", label=plain("Loud"), dispatch_action=True)
    trigger = sandbox.workspace.triggers.new(sandbox.person("ann").id)
    await sandbox.client.views_open(trigger_id=trigger, view=modal(quiet, loud))
    await sandbox.person("ann").fills(Quiet="Option 1")
    assert heard == []
    await sandbox.person("ann").fills(Loud="Option 0")
    assert heard[0]["actions"][0]["selected_option"]["value"] == "0"
    assert heard[0]["view"]["state"]["values"]["quiet"]["kind"]["selected_option"]["value"] == "1"
    assert heard[0]["container"] == {"type": "view", "view_id": sandbox.person("ann").form.view.id}


# Blocks that no message that one person sees may hold.
@pytest.mark.parametrize("block", [data_table(2), bars()])
async def test_no_ephemeral_holds_a_table_that_sorts_or_a_chart(sandbox: Sandbox, block: dict[str, Any]) -> None:
    room, ann = sandbox.channel("abm").state, sandbox.person("ann")
    content = {"text": "x", "blocks": json.dumps([block])}
    assert await error_of(sandbox, "chat.postEphemeral", channel=room.id, user=ann.id, **content) == "invalid_blocks"
    path = sandbox.workspace.response_urls.new(ResponseUrl(ann.id, room.id))
    url = AsyncWebhookClient(sandbox.slack.origin + path)
    answer = await url.send(text="x", blocks=[block])
    assert (answer.status_code, "invalid_blocks" in answer.body) == (400, True)
    assert (await url.send(text="x", blocks=[block], response_type="in_channel")).status_code == 200


# Files: announced, uploaded, shared, looked up and downloaded.

CSV = b"account,stage\nAcme,Evaluation\n"


async def export(sandbox: Sandbox, **more: Any) -> dict[str, Any]:
    answer = await sandbox.client.files_upload_v2(content=CSV, filename="accounts.csv", title="Accounts", **more)
    file: dict[str, Any] = answer["file"]
    return file


async def announced(sandbox: Sandbox, size: int) -> tuple[str, str]:
    answer = await sandbox.client.files_getUploadURLExternal(filename="a b.csv", length=size)
    return str(answer["file_id"]), str(answer["upload_url"])


async def test_an_uploaded_file_appears_in_the_channel_with_its_comment(sandbox: Sandbox) -> None:
    room = sandbox.channel("abm")
    file = await export(sandbox, channel=room.state.id, initial_comment="Here it is")
    assert [line.words for line in room.messages] == ["Here it is\nAccounts (30 bytes)"]
    history = await sandbox.client.conversations_history(channel=room.state.id)
    shown = history["messages"][0]
    assert (shown["files"][0]["id"], shown["text"], shown["subtype"]) == (file["id"], "Here it is", "file_share")
    info = (await sandbox.client.files_info(file=file["id"]))["file"]
    assert (info["name"], info["size"], info["mimetype"], info["channels"]) == (
        "accounts.csv",
        len(CSV),
        "text/csv",
        [room.state.id],
    )


async def test_only_the_bot_fetches_a_files_bytes(sandbox: Sandbox) -> None:
    address = (await export(sandbox, channel=sandbox.channel("abm").state.id))["url_private_download"]
    async with aiohttp.ClientSession() as http:
        async with http.get(address, headers={"Authorization": f"Bearer {sandbox.bot_token}"}) as answer:
            assert (await answer.read(), answer.content_type) == (CSV, "text/csv")
        async with http.get(address, allow_redirects=False) as answer:
            assert answer.status == 302


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": 5}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 0}, "invalid_arguments"),
        ({"filename": "a.csv", "length": "many"}, "invalid_arguments"),
        ({"filename": "a.csv", "length": 1_000_000_001}, "file_upload_size_restricted"),
    ],
)
async def test_an_announced_upload_has_limits(sandbox: Sandbox, arguments: dict[str, Any], error: str) -> None:
    assert await error_of(sandbox, "files.getUploadURLExternal", **arguments) == error


async def test_exactly_the_announced_bytes_are_uploaded_once(sandbox: Sandbox) -> None:
    file_id, address = await announced(sandbox, 5)
    async with aiohttp.ClientSession() as http:
        assert [(await http.post(address, data=data)).status for data in (b"four", b"five!", b"five!")] == [
            400,
            200,
            400,
        ]
    answer = await sandbox.client.files_completeUploadExternal(files=[{"id": file_id, "title": "Five"}])
    assert (answer["files"][0]["title"], answer["files"][0]["channels"]) == ("Five", [])


async def test_a_file_that_was_not_uploaded_is_not_shared(sandbox: Sandbox) -> None:
    file_id, _ = await announced(sandbox, 5)
    files = f'[{{"id": "{file_id}"}}]'
    room = sandbox.channel("abm").state
    complete = "files.completeUploadExternal"
    assert await error_of(sandbox, complete, files=files, channel_id=room.id) == "file_not_found"
    assert await error_of(sandbox, complete, files="[]") == "invalid_arguments"
    assert room.messages == []


async def test_a_file_is_not_shared_where_the_bot_is_not(sandbox: Sandbox) -> None:
    elsewhere, old = sandbox.add_channel("elsewhere", with_bot=False), sandbox.add_channel("old", archived=True)
    for place, error in [
        (elsewhere.id, "not_in_channel"),
        (old.id, "is_archived"),
        (sandbox.person("ann").id, "channel_not_found"),
    ]:
        with pytest.raises(SlackApiError, match=error):
            await export(sandbox, channel=place)


async def form_for(sandbox: Sandbox, **element: Any) -> None:
    trigger = sandbox.workspace.triggers.new(sandbox.person("ann").id)
    upload = {"type": "file_input", "action_id": "file", **element}
    await sandbox.client.views_open(trigger_id=trigger, view=modal(field(upload, block_id="csv", label=plain("File"))))


async def test_a_field_takes_files_of_its_kinds_and_no_more_than_it_says(sandbox: Sandbox) -> None:
    await form_for(sandbox, filetypes=["csv"], max_files=1)
    ann = sandbox.person("ann")
    assert "It takes csv." in str((await ann.attaches("accounts.xlsx", CSV, to="File")).error)
    assert (await ann.submits()).error == "csv: Please complete this required field."
    assert (await ann.attaches("accounts.CSV", CSV, to="File")).ok
    assert (await ann.attaches("more.csv", CSV, to="File")).error == "At most 1 file can be added here."
    assert ann.form.values == {"File": ["accounts.CSV"]}
    assert "not typed" in str(
        (await sandbox.actions.set_input(ann.id, ann.form.view.id, block_id="csv", action_id="file", value="F1")).error
    )


async def test_the_app_sees_a_persons_file_once_the_form_is_submitted(sandbox: Sandbox) -> None:
    await form_for(sandbox)
    ann = sandbox.person("ann")
    await ann.attaches("accounts.csv", CSV, to="File")
    [file] = ann.form.view.state["csv"]["file"]["files"]
    assert (file["name"], file["user"], file["size"]) == ("accounts.csv", ann.id, len(CSV))
    assert await error_of(sandbox, "files.info", file=file["id"]) == "file_not_found"
    await ann.submits()
    info = (await sandbox.client.files_info(file=file["id"]))["file"]
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession() as http:
        async with http.get(info["url_private_download"], headers=token) as answer:
            assert await answer.read() == CSV
        async with http.get(info["url_private_download"], allow_redirects=False) as answer:
            assert answer.status == 302
