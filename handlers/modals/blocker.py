"""The form for blockers: what became of the open ones, and a new one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState, Function
from agendas.facts.events import Evidence
from handlers.modals.entered import NOT_OFFERED, choice_in, field_number, offered
from handlers.modals.evidence import evidence_field, read_evidence
from handlers.modals.fields import (
    Field,
    Frame,
    Origin,
    Values,
    account_line,
    form,
    origin_of,
    person,
    select,
    text,
    values_of,
)
from handlers.replies import View

FRAME = Frame("blocker", "Blocker", "Record")
MOST_SHOWN = 8
STILL = "still"
STATES = (("Still there", STILL), ("Acknowledged", "acknowledged"), ("Resolved", "resolved"))
NEEDS = tuple((function.value.replace("_", " ").capitalize(), function.value) for function in Function)


@dataclass(frozen=True, slots=True)
class BlockerEntry:
    """What the form says: (blocker id, acknowledged or resolved) of open ones, and a new one if there is a text."""

    changed: tuple[tuple[int, str], ...]
    text: str
    owner: str
    needs: str
    evidence: tuple[Evidence, ...]


def build(account: AccountState, origin: Origin, draft: Values, *, asker: str) -> View:
    """The form: the account's open blockers first, then a new one."""
    blocks: list[Field] = [account_line(account)]
    shown = account.open_blockers[:MOST_SHOWN]
    for blocker in shown:
        blocks.append(select(f"open/{blocker.id}", blocker.text[:200], STATES, initial=STILL))
    label = "Another blocker" if shown else "What blocks it"
    blocks += [
        text("text", label, initial=draft.get("text") or origin.text, multiline=True, optional=bool(shown)),
        person("owner", "Who sees to it", initial=asker, optional=True),
        select("needs", "Needed from", NEEDS, optional=True),
        evidence_field(draft, origin, consequence="It stands on the agenda beside the blocker."),
    ]
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], now: datetime) -> BlockerEntry:
    """What was entered. Raises FieldProblems when it says nothing."""
    entered = values_of(view)
    told = {name: state for name, state in entered.items() if name.startswith("open/") and state not in ("", STILL)}
    if not offered(STATES).issuperset(told.values()):
        raise FieldProblems(dict.fromkeys(told, NOT_OFFERED))
    changed = tuple((field_number(name), state) for name, state in told.items())
    words = entered.get("text", "").strip()
    if not changed and not words:
        raise FieldProblems({"text": "Say in a sentence what blocks the account, or press Cancel."})
    return BlockerEntry(
        changed=changed,
        text=words,
        owner=entered.get("owner", ""),
        needs=choice_in(entered, "needs", Function) or "",
        evidence=read_evidence(entered, origin_of(view), now),
    )
