"""What the page asks to be done, checked and handed to the acts."""

from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox.client.actions import Acts, MessagePlace, Outcome, Place, ViewPlace
from sandbox.workspace.workspace import Workspace

Body = Mapping[str, Any]


class BadAct(Exception):
    """The page sent something that is no act; the message says what."""


async def perform(workspace: Workspace, acts: Acts, body: object) -> dict[str, Any]:
    """Do the act that ``body`` names, as the member under ``as``; the outcome as JSON.

    ``{"ok", "error", "response", "ts"}`` and for ``open_im`` also ``channel_id``. Raises ``BadAct`` for an unknown
    act, an unknown member or a missing part.
    """
    if not isinstance(body, Mapping) or body.get("act") not in DOINGS:
        raise BadAct("This is not an act that the sandbox knows.")
    user = workspace.users.get(str(body.get("as")))
    if user is None or user.is_bot:
        raise BadAct("There is no such member to act as.")
    if user.deleted:
        return _json(Outcome(ok=False, error=f"{user.real_name}'s account is deactivated and cannot do anything."))
    if body["act"] == "open_im":
        return {"ok": True, "error": None, "channel_id": await acts.open_im(user.id)}
    try:
        return _json(await DOINGS[body["act"]](acts, user.id, body))
    except KeyError as missing:
        raise BadAct(f"Something this act names is missing or gone: {missing.args[0]}.") from missing


def _json(outcome: Outcome) -> dict[str, Any]:
    return {"ok": outcome.ok, "error": outcome.error, "response": outcome.response, "ts": outcome.ts}


def _place(body: Body) -> Place:
    place = body["place"]
    if "view_id" in place:
        return ViewPlace(place["view_id"])
    return MessagePlace(place["channel_id"], place["ts"])


async def _type_command(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.type_command(user_id, body["channel_id"], body["text"], thread_ts=body.get("thread_ts"))


async def _post(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.post(user_id, body["channel_id"], body["text"], thread_ts=body.get("thread_ts"))


async def _click(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.click(
        user_id, _place(body), block_id=body["block_id"], action_id=body["action_id"], value=body.get("value")
    )


async def _set_input(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.set_input(
        user_id, body["view_id"], block_id=body["block_id"], action_id=body["action_id"], value=body.get("value")
    )


async def _attach(acts: Acts, user_id: str, body: Body) -> Outcome:
    try:
        content = b64decode(str(body["content"]), validate=True)
    except ValueError:
        raise BadAct("The content of a file is sent in Base64.") from None
    ids = {"block_id": body["block_id"], "action_id": body["action_id"]}
    return await acts.attach(user_id, body["view_id"], name=str(body["name"]), content=content, **ids)


async def _suggest(acts: Acts, user_id: str, body: Body) -> Outcome:
    place = _place(body)
    if not isinstance(place, ViewPlace):
        return Outcome(ok=False, error="Options are loaded in forms only.")
    return await acts.suggestions(
        user_id, place.view_id, block_id=body["block_id"], action_id=body["action_id"], query=str(body["value"])
    )


async def _submit(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.submit(user_id, body["view_id"])


async def _close(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.close(user_id, body["view_id"], clear=bool(body.get("clear")))


async def _shortcut(acts: Acts, user_id: str, body: Body) -> Outcome:
    place = _place(body) if body.get("place") else None
    if isinstance(place, ViewPlace):
        raise BadAct("A shortcut runs on a message, not on a form.")
    return await acts.shortcut(user_id, body["callback_id"], place)


async def _open_home(acts: Acts, user_id: str, body: Body) -> Outcome:
    return await acts.open_home(user_id, body.get("tab", "home"))


async def _open_im(acts: Acts, user_id: str, _body: Body) -> Outcome:
    await acts.open_im(user_id)
    return Outcome(ok=True)


DOINGS: dict[str, Callable[[Acts, str, Body], Awaitable[Outcome]]] = {
    "type_command": _type_command,
    "post": _post,
    "click": _click,
    "set_input": _set_input,
    "attach": _attach,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "open_home": _open_home,
    "open_im": _open_im,
}
