"""Dates that accounts wait for: those that the buyer confirmed, and not too far ahead."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.evidence import Evidence
from agendas.rules.deals.stalled import EXCUSED_REVIEWS
from agendas.rules.history.evidence import counts

FARTHEST_DAYS = 30
"""Days ahead of today that a confirmed date may lie. Our own default."""

NOT_SHOWN = "Say what shows that the buyer confirmed the date: a link to their message, or a sentence."
NOT_THEIRS = "Only a date that the buyer confirmed counts: say who acted, or ask them for it as a next action."


def problems_of(until: date, evidence: Sequence[Evidence], *, today: date, shown: Mapping[str, date]) -> dict[str, str]:
    """Return what is wrong with a date to wait for, as a sentence by field: `until`, `evidence`, `actor`.

    `shown` are the dates that links showed before.
    """
    found: dict[str, str] = {}
    last = today + timedelta(days=FARTHEST_DAYS)
    if until < today:
        found["until"] = f"{_said(until)} has passed. Choose today or a later day."
    elif until > last:
        found["until"] = (
            f"{_said(until)} is {(until - today).days} days ahead. A date counts up to {FARTHEST_DAYS} days ahead, "
            f"until {_said(last)}: record a next action for a later one."
        )
    given = next((piece.url for piece in evidence if piece.url in shown), None)
    if not evidence:
        found["evidence"] = NOT_SHOWN
    elif given is not None:
        found["evidence"] = (
            f"That link was given for {_said(shown[given])} already. "
            f"Give one that shows that the buyer confirmed {_said(until)}."
        )
    elif not any(counts(each) for each in evidence):
        found["actor"] = NOT_THEIRS
    return found


def refusal_of(account: AccountState, excused_before: int) -> str:
    """Return why the account may not wait for a date, '' if it may.

    `excused_before` are the held reviews in a row, up to the last one, that count against a date. Once one was held at
    which it excused nothing, a new date may be set.
    """
    if account.list_status is not ListStatus.NAMED:
        return (
            f"{account.name} is {account.list_status.value}, so nothing was recorded: a date to wait for counts only "
            "for accounts on the list."
        )
    if excused_before == EXCUSED_REVIEWS:
        return (
            f"A date excused {account.name} at {excused_before} reviews in a row, which is the most, so nothing was "
            "recorded. Review it as it stands next time, or record what the buyer did since."
        )
    return ""


def _said(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"
