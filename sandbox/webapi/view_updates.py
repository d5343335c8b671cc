"""Views opened, pushed, updated and published, by the Web API and by acknowledgements alike."""

from typing import Any

from sandbox.blocks import carry_over, completed, initial_state
from sandbox.limits import view_problems, view_too_large
from sandbox.webapi.errors import ApiError, invalid_blocks
from sandbox.webapi.file_access import picture_problems
from sandbox.workspace.views import MODALS_PER_STACK, View, new_hash, view_json
from sandbox.workspace.workspace import Workspace


def check_view(workspace: Workspace, view: Any, *, surface: str) -> dict[str, Any]:
    """Return a valid view with its ids filled in; raises ``invalid_arguments`` with pointers, ``view_too_large``."""
    problems = view_problems(view, surface=surface) or picture_problems(workspace, view["blocks"], "/view/blocks")
    if problems:
        raise invalid_blocks(problems, "invalid_arguments")
    if view_too_large(view):
        raise ApiError("view_too_large")
    given: dict[str, Any] = view | {"blocks": completed(view["blocks"])}
    return given


def open_modal(workspace: Workspace, user_id: str, given: dict[str, Any], *, channel_id: str | None = None) -> View:
    """Put a checked view on top of a person's stack; raises ``push_limit_reached`` above three."""
    if len(workspace.views.stacks.get(user_id, [])) >= MODALS_PER_STACK:
        raise ApiError("push_limit_reached")
    refuse_duplicate_external_id(workspace, given, besides=None)
    view = _new(workspace, user_id, given)
    view.opened_in = channel_id
    view.state = initial_state(given["blocks"], channel_id)
    workspace.views.push(view)
    workspace.changes.happened()
    return view


def replace_view(workspace: Workspace, view: View, given: dict[str, Any]) -> View:
    """Replace the content of an open view; input stays where ids and types are unchanged."""
    refuse_duplicate_external_id(workspace, given, besides=view)
    view.state = carry_over(view.state, given["blocks"])
    view.given = given
    view.errors, view.notice = {}, None
    view.hash = new_hash(workspace.now().timestamp())
    workspace.changes.happened()
    return view


def publish_home(workspace: Workspace, user_id: str, given: dict[str, Any]) -> View:
    """Publish a person's Home; it keeps its view id when it is published again."""
    home = workspace.views.homes.get(user_id)
    if home is not None:
        return replace_view(workspace, home, given)
    refuse_duplicate_external_id(workspace, given, besides=None)
    home = _new(workspace, user_id, given)
    home.state = initial_state(given["blocks"])
    workspace.views.homes[user_id] = home
    workspace.views.known[home.id] = home
    workspace.changes.happened()
    return home


def refuse_duplicate_external_id(workspace: Workspace, given: dict[str, Any], *, besides: View | None) -> None:
    """Raise ``duplicate_external_id`` when another open view has this external id."""
    external_id = given.get("external_id")
    if external_id and workspace.views.is_taken(external_id, besides=besides):
        raise ApiError("duplicate_external_id")


def view_object(workspace: Workspace, view: View) -> dict[str, Any]:
    """Return the view object of Slack's responses and payloads."""
    return view_json(view, team_id=workspace.team.id, app_id=workspace.app_id, bot_id=workspace.bot_id)


def _new(workspace: Workspace, user_id: str, given: dict[str, Any]) -> View:
    view_id = workspace.ids.new("V")
    stamp = new_hash(workspace.now().timestamp())
    return View(id=view_id, user_id=user_id, given=given, hash=stamp, root_view_id=view_id)
