"""Drafts: keep what is typed into a form until it is submitted, so that a stray Escape loses nothing."""

from collections.abc import Mapping
from typing import Any

from agendas.verbs.drafts.keep import keep_draft
from handlers.edge.deps import Deps
from handlers.edge.payloads.values import form_key, mapping, text
from handlers.edge.replies import Close, Nothing, Reply, View
from handlers.edge.request import Request
from handlers.edge.views import Values, inputs_of, values_of
from handlers.forms.fields import small
from handlers.forms.origin import origin_of


def draft_name(callback_id: str, account_id: int = 0) -> str:
    """The name under which a draft of the form about this account is kept."""
    return f"{callback_id}:{account_id}"


def with_note(view: View) -> View:
    """The form with a line above its fields that says that a draft is in it."""
    note = small("What you typed earlier is still here; it was not recorded yet.")
    return view | {"blocks": [note, *view["blocks"]]}


class Drafts:
    """Handlers of key presses in forms and of forms closed. `keeps` has each form's kept fields by callback id."""

    def __init__(self, keeps: Mapping[str, tuple[str, ...]]) -> None:
        self._keeps = keeps

    async def keep(self, request: Request, deps: Deps) -> Reply:
        """Keep the texts of the open form as far as they differ from those it opened with."""
        names = self._keeps.get(text(request.view.get("callback_id")), ())
        if names:
            await keep(request, deps, names)
        return Nothing()

    async def closed(self, request: Request, deps: Deps) -> Reply:
        """Keep what was in a form closed without submitting."""
        await self.keep(request, deps)
        return Close()


async def keep(request: Request, deps: Deps, names: tuple[str, ...]) -> None:
    """Keep what is entered in these fields of the open form, as far as it differs from what they opened with."""
    view = request.view
    name = draft_name(view["callback_id"], origin_of(view).account_id)
    entered, opened_with = values_of(view), _opened_with(view, names)

    def differing(had: Values) -> Values:
        changed = {each for each, initial in opened_with.items() if entered.get(each, "") != initial}
        return had | {each: entered.get(each, "") for each in opened_with if each in changed or each in had}

    # a last key press may arrive after the form was submitted
    await deps.note(keep_draft, request.author, name, differing, submission=form_key(view))


def _opened_with(view: View, names: tuple[str, ...]) -> Values:
    """The values that the kept fields opened with."""
    return {
        block["block_id"]: _initial(block["element"])
        for block in inputs_of(view)
        if block["block_id"].split("/", 1)[0] in names
    }


def _initial(element: dict[str, Any]) -> str:
    """The text that a field opened with, or the value of its choice."""
    return text(element.get("initial_value")) or text(mapping(element.get("initial_option")).get("value"))
