"""A form drawn anew while it is open: Slack keeps the input of each field whose block and action ids stay."""

from collections.abc import Sequence

from handlers.edge.replies import View
from handlers.edge.views import Field, inputs_of
from handlers.forms.fields import small

KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")
"""Parts of a view that Slack takes back as it sent them."""

TOLD = "told"
"""The block with sentences about what changed meanwhile."""


def redrawn(view: View, blocks: Sequence[Field], told: str = "") -> View:
    """The open form with these blocks in the place of its own, and above them what is to be told (mrkdwn)."""
    shown = [block for block in blocks if block.get("block_id") != TOLD]
    above = [small(told, TOLD)] if told else []
    return {name: view[name] for name in KEPT if view.get(name) is not None} | {"blocks": [*above, *shown]}


def fields_of(view: View) -> set[str]:
    """The names of the form's fields."""
    return {str(block["block_id"]) for block in inputs_of(view)}
