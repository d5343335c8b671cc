"""The form of something that was recorded a moment ago: as it was filled in, under the question."""

from agendas.errors import RecordedAlready
from agendas.pages.accounts.recorded_already import recorded_already_line
from agendas.rendering.words import Words
from handlers.edge.replies import View
from handlers.edge.request import ASKED_BLOCK
from handlers.forms.fields import small
from handlers.forms.redrawing import redrawn


def in_place_of(error: RecordedAlready, view: View, words: Words) -> View:
    """Return the form with what was entered, the question above it, and a button that records it all the same."""
    others = [block for block in view["blocks"] if block.get("block_id") != ASKED_BLOCK]
    asked = small(recorded_already_line(error, words, is_form=True), ASKED_BLOCK)
    again = {"type": "plain_text", "text": words.raw("buttons.record_again")}
    return redrawn(view, [asked, *others]) | {"submit": again}
