"""Views: open modals, in one stack per person, and published Homes."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sandbox.blocks import copy_json
from sandbox.workspace.messages import FormState

MODALS_PER_STACK = 3


@dataclass
class View:
    """One view shown to a person.

    ``given`` is the app's view with block and action ids filled in. ``state`` is the person's input: block id, then
    action id, then the element's state as Slack sends it; an untouched field has its initial value or null.
    ``errors`` are the sentences below fields (block id to text) after a refused submission; ``notice`` is the sentence
    above the form after the app failed to answer.
    """

    id: str
    user_id: str
    given: dict[str, Any]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    is_open: bool = True
    state: FormState = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str | None = None
    opened_in: str | None = None

    @property
    def is_modal(self) -> bool:
        """True for a modal, false for a Home."""
        return bool(self.given["type"] == "modal")

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Its blocks."""
        blocks: list[dict[str, Any]] = self.given["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The app's own id of the view, empty when there is none."""
        return str(self.given.get("external_id") or "")


@dataclass
class Views:
    """All views of the workspace.

    ``stacks`` holds each person's open modals, the top one last; ``homes`` each person's published Home.
    """

    known: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)

    def top(self, user_id: str) -> View | None:
        """Return the modal in front of this person, None when none is open."""
        stack = self.stacks.get(user_id)
        return stack[-1] if stack else None

    def find(self, view_id: str | None, external_id: str | None) -> View | None:
        """Return the open view with this id or external id, None when there is none."""
        for view in self.known.values():
            if view.is_open and (view.id == view_id or (external_id and view.external_id == external_id)):
                return view
        return None

    def push(self, view: View) -> None:
        """Put a modal on top of its person's stack."""
        stack = self.stacks.setdefault(view.user_id, [])
        if stack:
            view.root_view_id = stack[0].id
            view.previous_view_id = stack[-1].id
        stack.append(view)
        self.known[view.id] = view

    def pop(self, view: View) -> None:
        """Take a modal off its stack; the one below comes to the front."""
        stack = self.stacks.get(view.user_id, [])
        if view in stack:
            stack.remove(view)
        view.is_open = False

    def clear(self, user_id: str) -> list[View]:
        """Close every modal of this person and return them, top first."""
        closed = list(reversed(self.stacks.pop(user_id, [])))
        for view in closed:
            view.is_open = False
        return closed

    def is_taken(self, external_id: str, *, besides: View | None = None) -> bool:
        """Return True if another open view uses this external id."""
        return any(v.is_open and v is not besides and v.external_id == external_id for v in self.known.values())


def new_hash(seconds: float) -> str:
    """Return a new view hash such as ``1596530361.3wRYuk3R``."""
    return f"{int(seconds)}.{secrets.token_hex(4)}"


def view_json(view: View, *, team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
    """Return the view object of responses and payloads, with the whole ``state.values``."""
    given = view.given
    shown: dict[str, Any] = {
        "id": view.id,
        "team_id": team_id,
        "type": given["type"],
        "blocks": given["blocks"],
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": given.get("callback_id") or "",
        "state": {"values": copy_json(view.state)},
        "hash": view.hash,
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": app_id,
        "external_id": view.external_id,
        "app_installed_team_id": team_id,
        "bot_id": bot_id,
    }
    if given["type"] == "modal":
        shown["submit_disabled"] = bool(given.get("submit_disabled"))
    return shown
