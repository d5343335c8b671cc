"""The first form of the shortcuts: which account, and what to record."""

from typing import Any

from agendas.errors import FieldProblems
from handlers.modals.entered import NOT_OFFERED, offered
from handlers.modals.fields import Frame, Origin, form, searched, select, small, values_of
from handlers.replies import View
from handlers.request import number_in

FRAME = Frame("choose", "Account update", "Continue", keeps_draft=False)
ACCOUNTS = "accounts.like"
KINDS = (("Movement", "movement"), ("Blocker", "blocker"), ("Next action", "next_action"), ("Signal", "signal"))


def build(origin: Origin, *, kind: str = "movement", account: tuple[str, str] | None = None, note: str = "") -> View:
    """The form; `note` says what the update is about, such as the message it was opened on."""
    blocks = [
        searched("account", "Account", action=ACCOUNTS, initial=account, hint="Type the first letters of its name."),
        select("kind", "What to record", KINDS, initial=kind),
    ]
    return form(FRAME, origin, [*blocks, small(note)] if note else blocks)


def read(view: dict[str, Any]) -> tuple[int, str]:
    """The account's id and what to record. Raises FieldProblems when no account was chosen."""
    entered = values_of(view)
    if not entered.get("account"):
        raise FieldProblems({"account": "Choose an account: type the first letters of its name."})
    kind = entered.get("kind") or "movement"
    if kind not in offered(KINDS):
        raise FieldProblems({"kind": NOT_OFFERED})
    return number_in(entered["account"]), kind
