"""Files added to a form: uploaded at once, shown to the app when the form is submitted."""

from sandbox.client.targets import Outcome
from sandbox.client.visibility import active_user, front_view
from sandbox.content.blocks import find_element
from sandbox.content.input_state import NotPossible
from sandbox.slack import Slack
from sandbox.workspace.files import File, file_json
from sandbox.workspace.views import View

MOST_FILES = 10
"""Limit of a file input without ``max_files``."""


async def add_file(
    slack: Slack, user_id: str, view_id: str, *, ids: tuple[str, str], named: tuple[str, bytes]
) -> Outcome:
    """Add a file (name and bytes) to the file input with these block and action ids.

    Raises NotPossible for other fields, for file types that it does not take, and for one file too many.
    """
    user, view = active_user(slack, user_id), front_view(slack, user_id, view_id)
    name, content = named
    element = find_element(view.blocks, *ids)
    if element is None or element["type"] != "file_input":
        raise NotPossible(f"There is no field for files called {ids[0]} / {ids[1]} here.")
    endings = [str(ending).casefold() for ending in element.get("filetypes") or []]
    if endings and name.rpartition(".")[2].casefold() not in endings:
        raise NotPossible(f"Files of this kind cannot be added here: {name}. It takes {', '.join(endings)}.")
    entered = view.state[ids[0]][ids[1]]["files"]
    most = element.get("max_files", MOST_FILES)
    if len(entered) >= most:
        raise NotPossible(f"At most {most} {'file' if most == 1 else 'files'} can be added here.")
    workspace = slack.workspace
    created = int(workspace.now().timestamp())
    file = File(workspace.ids.new("F"), user.id, name, name, len(content), created, content=content, is_complete=True)
    workspace.files[file.id] = file
    entered.append(file_json(file, origin=slack.origin, team_id=workspace.team.id))
    view.errors.pop(ids[0], None)
    workspace.changes.happened()
    return Outcome(ok=True)


def share_with_app(slack: Slack, view: View) -> None:
    """Let the app see the files of a submitted form."""
    for actions in view.state.values():
        for state in actions.values():
            for shown in state["files"] if state["type"] == "file_input" else []:
                slack.workspace.files[shown["id"]].was_submitted = True
