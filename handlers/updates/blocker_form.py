"""The form for blockers: the state of the open ones, and a new one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import Blocker
from agendas.facts.people import Function
from agendas.verbs.updates.report import BlockerReport
from handlers.edge.replies import View
from handlers.edge.views import Field, Values, values_of
from handlers.forms.actor_fields import actor_fields, with_choice
from handlers.forms.evidence_field import evidence_field, read_evidence
from handlers.forms.field_parsers import choice_in, field_number
from handlers.forms.fields import account_line, person, select, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import origin_of

FRAME = Frame("blocker", "Blocker", "Record", keeps=("text", "evidence"))
MOST_SHOWN = 8
STATE = "open"
"""The first part of the name of a row; the blocker's id follows after a slash."""

STILL = "still"
ACKNOWLEDGED = "acknowledged"
STATES = (("Still there", STILL), ("Acknowledged", ACKNOWLEDGED), ("Resolved", "resolved"))
NEEDS = tuple((function.value.replace("_", " ").capitalize(), function.value) for function in Function)


def build(facts: AccountFacts) -> View:
    """The form: the account's open blockers first, then a new one."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    shown = account.open_blockers[:MOST_SHOWN]
    label = "Another blocker" if shown else "What blocks it"
    blocks = [
        account_line(account),
        *rows(shown, facts.asking),
        text("text", label, initial=draft.get("text") or origin.text, multiline=True, optional=bool(shown)),
        person("owner", "Who sees to it", initial=draft.get("owner") or facts.asker, optional=True),
        select("needs", "Needed from", NEEDS, initial=draft.get("needs", ""), optional=True),
        evidence_field(draft, origin, consequence="It stands on the agenda beside the blocker."),
        *actor_fields(account, draft, draft.get("text") or origin.text, facts.sides),
    ]
    return form(FRAME, origin, blocks)


def rows(
    blockers: Sequence[Blocker], asking: Collection[int], entered: Values | None = None, *, before: str = ""
) -> list[Field]:
    """A row for each open blocker, as far as `entered` has it filled in; `before` stands before its words.

    Those whose ids are `asking` wait for the person, who may acknowledge them.
    """
    had = entered or {}
    return [
        select(
            f"{STATE}/{blocker.id}",
            f"{before}{blocker.text[:200]}",
            [each for each in STATES if each[1] != ACKNOWLEDGED or blocker.id in asking],
            initial=had.get(f"{STATE}/{blocker.id}", STILL),
        )
        for blocker in blockers
    ]


def read(view: dict[str, Any], now: datetime) -> BlockerReport:
    """The values entered. Raises FieldProblems when nothing was."""
    entered = values_of(view)
    changed = read_rows(entered)
    words = entered.get("text", "").strip()
    if not changed and not words:
        raise FieldProblems({"text": "Say in a sentence what blocks the account, or press Cancel."})
    return BlockerReport(
        changed=changed,
        text=words,
        owner=entered.get("owner", ""),
        needs=choice_in(entered, "needs", Function) or "",
        evidence=with_choice(read_evidence(entered, origin_of(view), now), entered),
    )


def read_rows(entered: Values) -> tuple[tuple[int, str], ...]:
    """(blocker id, new state) of each row that says something."""
    told = ((name, state) for name, state in entered.items() if name.startswith(f"{STATE}/"))
    return tuple((field_number(name), state) for name, state in told if state not in ("", STILL))
