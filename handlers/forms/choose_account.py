"""The form that asks which account, and what to record: of the shortcuts, and of commands without words."""

from typing import Any

from agendas.errors import FieldProblems
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import values_of
from handlers.forms.fields import searched, select, small
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("choose", "Account update", "Continue")
ACCOUNTS = "accounts.like"
HINT = "Yours come first. Type the first letters for any other."
KINDS = (
    ("Update of everything", "update"),
    ("Movement", "movement"),
    ("Blocker", "blocker"),
    ("Next action", "next_action"),
    ("Signal", "signal"),
)


def build(origin: Origin, *, kind: str = "movement", account: tuple[str, str] | None = None, note: str = "") -> View:
    """The form; `note` says what the update is about, such as the message it was opened on."""
    blocks = [
        searched("account", "Account", action=ACCOUNTS, initial=account, hint=HINT, letters=0),
        select("kind", "What to record", KINDS, initial=kind),
    ]
    return form(FRAME, origin, [*blocks, small(note)] if note else blocks)


def read(view: dict[str, Any]) -> tuple[int, str]:
    """The account's id and the kind of update. Raises FieldProblems when no account was chosen."""
    entered = values_of(view)
    if not entered.get("account"):
        raise FieldProblems({"account": "Choose an account: type the first letters of its name."})
    return number_in(entered["account"]), entered.get("kind") or "movement"
