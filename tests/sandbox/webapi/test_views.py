"""Modals and Home: triggers, stacks, hashes, state, submission and its answers."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from sandbox.server import Sandbox
from tests.sandbox.block_kit import field, home, modal, option, plain, section, select, text_input
from tests.sandbox.refusals import refused

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
async def test_a_wrong_answer_to_a_submission_shows_and_keeps_the_form(
    sandbox: Sandbox, app: AsyncApp, answer: dict[str, Any], error: str
) -> None:
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
