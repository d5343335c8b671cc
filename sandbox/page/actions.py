"""Actions sent by the page: checked, then passed to ``UserActions``."""

from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox.client import MessageTarget, Outcome, Target, UserActions, ViewTarget
from sandbox.workspace import Workspace

Body = Mapping[str, Any]


class BadAction(Exception):
    """The page sent an invalid action; the message says why."""


async def perform(workspace: Workspace, actions: UserActions, body: object) -> dict[str, Any]:
    """Perform the action named in ``body`` as the member under ``as``; return its outcome as JSON.

    Besides ACTIONS there are ``open_im`` and ``mark_read``, of which the app hears nothing. The keys are ``ok``,
    ``error``, ``response`` and ``ts``; for ``open_im`` ``ok``, ``error`` and ``channel_id``. Raises ``BadAction``
    for an unknown action, an unknown member or a missing part.
    """
    if not isinstance(body, Mapping) or body.get("action") not in (*ACTIONS, "open_im", "mark_read"):
        raise BadAction("The sandbox does not know this action.")
    user = workspace.users.get(str(body.get("as")))
    if user is None or user.is_bot:
        raise BadAction("There is no such member to act as.")
    if user.deleted:
        return _json(Outcome(ok=False, error=f"{user.real_name}'s account is deactivated and cannot do anything."))
    if body["action"] == "open_im":
        return {"ok": True, "error": None, "channel_id": await actions.open_im(user.id)}
    try:
        if body["action"] == "mark_read":
            # the app hears nothing of it
            channel, ts = workspace.channels[body["channel_id"]], str(body["ts"])
            if user.id in channel.members and ts > channel.read_until.get(user.id, ""):
                channel.read_until[user.id] = ts
                workspace.changes.happened()
            return _json(Outcome(ok=True))
        return _json(await ACTIONS[body["action"]](actions, user.id, body))
    except KeyError as missing:
        raise BadAction(f"Something that this action names is missing or gone: {missing.args[0]}.") from missing


def _json(outcome: Outcome) -> dict[str, Any]:
    return {"ok": outcome.ok, "error": outcome.error, "response": outcome.response, "ts": outcome.ts}


def _target(body: Body) -> Target:
    target = body["target"]
    if "view_id" in target:
        return ViewTarget(target["view_id"])
    return MessageTarget(target["channel_id"], target["ts"])


async def _attach(actions: UserActions, user_id: str, body: Body) -> Outcome:
    try:
        content = b64decode(str(body["content"]), validate=True)
    except ValueError:
        raise BadAction("The content of a file is sent in Base64.") from None
    return await actions.attach(user_id, body["view_id"], name=str(body["name"]), content=content, **_ids(body))


async def _suggest(actions: UserActions, user_id: str, body: Body) -> Outcome:
    target = _target(body)
    if not isinstance(target, ViewTarget):
        return Outcome(ok=False, error="Options are loaded in forms only.")
    return await actions.suggestions(user_id, target.view_id, query=str(body["value"]), **_ids(body))


async def _shortcut(actions: UserActions, user_id: str, body: Body) -> Outcome:
    target = _target(body) if body.get("target") else None
    if isinstance(target, ViewTarget):
        raise BadAction("A shortcut runs on a message, not on a form.")
    return await actions.shortcut(user_id, body["callback_id"], target)


def _ids(body: Body) -> dict[str, Any]:
    return {"block_id": body["block_id"], "action_id": body["action_id"]}


ACTIONS: dict[str, Callable[[UserActions, str, Body], Awaitable[Outcome]]] = {
    "type_command": lambda do, me, body: do.type_command(
        me, body["channel_id"], body["text"], thread_ts=body.get("thread_ts")
    ),
    "post": lambda do, me, body: do.post(me, body["channel_id"], body["text"], thread_ts=body.get("thread_ts")),
    "click": lambda do, me, body: do.click(me, _target(body), value=body.get("value"), **_ids(body)),
    "set_input": lambda do, me, body: do.set_input(me, body["view_id"], value=body.get("value"), **_ids(body)),
    "attach": _attach,
    "suggest": _suggest,
    "submit": lambda do, me, body: do.submit(me, body["view_id"]),
    "close": lambda do, me, body: do.close(me, body["view_id"], clear=bool(body.get("clear"))),
    "shortcut": _shortcut,
    "open_home": lambda do, me, body: do.open_home(me, body.get("tab", "home")),
}
