"""The form for the reason why the stage that a deal implies is declined."""

from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import Stage
from agendas.rendering.mrkdwn import escape
from agendas.text.vocabulary import STAGE_LABELS
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION
from handlers.edge.views import values_of
from handlers.forms.fields import account_line, line, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("decline_stage", "Decline", "Decline", keeps=("because",))


def build(facts: AccountFacts) -> View:
    """The form, with the stage and the deal above the reason."""
    stage, key = deal_of(facts.origin)
    deal = next((each.profile.name for each in facts.account.opportunities if each.key == key), "")
    return form(
        FRAME,
        facts.origin,
        [
            account_line(facts.account),
            line(escape(f"{STAGE_LABELS[stage]}, by the deal {deal}")),
            text(
                "because",
                f"Why it is not at {STAGE_LABELS[stage]}",
                initial=facts.draft.get("because", ""),
                multiline=True,
                hint="It stands in the history, and this deal does not propose the stage again.",
            ),
        ],
    )


def read(view: dict[str, Any]) -> tuple[Stage, str, str]:
    """The stage, the key of the deal, and the reason entered. Raises FieldProblems beside an empty one."""
    because = values_of(view).get("because", "").strip()
    if not because:
        raise FieldProblems({"because": "Say in a word why."})
    return *deal_of(origin_of(view)), because


def deal_of(origin: Origin) -> tuple[Stage, str]:
    """The stage and the deal's key that the form is about. Raises Outdated for none."""
    stage, _, key = origin.subject.partition(" ")
    if stage not in set(Stage):
        raise Outdated(OTHER_VERSION)
    return Stage(stage), key
