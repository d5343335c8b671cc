"""The form for a change of the list: a tier where one is needed, and always the reason."""

from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from handlers.modals.decision import LAST_TIER, TIERS
from handlers.modals.entered import number_entered
from handlers.modals.fields import Field, Frame, Origin, Values, account_line, form, select, text, values_of
from handlers.replies import View

FRAME = Frame("list_change", "Change the list", "Record")
WORDS = {
    "name": "Put on the named list",
    "tier": "Change the tier",
    "pause": "Pause",
    "remove": "Remove from the list",
    "reject": "Reject the candidate",
    "restore": "Bring back",
}
NEED_TIER = {"name", "tier"}


def build(account: AccountState, origin: Origin, draft: Values) -> View:
    """The form for the change that `origin.subject` names: a key of WORDS."""
    blocks: list[Field] = [account_line(account)]
    if origin.subject in NEED_TIER:
        blocks.append(select("tier", "Tier", TIERS, initial=draft.get("tier", "")))
    blocks.append(text("because", f"{WORDS[origin.subject]}: why", initial=draft.get("because", ""), multiline=True))
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], subject: str) -> tuple[int | None, str]:
    """The tier, where one was asked, and the reason. Raises FieldProblems when one is missing."""
    entered = values_of(view)
    problems: dict[str, str] = {}
    tier = number_entered(entered, "tier", most=LAST_TIER) if subject in NEED_TIER else None
    if subject in NEED_TIER and tier is None:
        problems["tier"] = "Choose the tier."
    if not entered.get("because", "").strip():
        problems["because"] = "Give the reason in a sentence: it stays in the history."
    if problems:
        raise FieldProblems(problems)
    return tier, entered["because"].strip()
