"""Short ways to build a program for tests of its measures. Every name here is invented."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.measures import Period, Program, ProgramAccount
from agendas.facts.reviews import AgendaFacts
from agendas.rules.reviews import place
from tests.agendas.rules.histories import NOW_DAY, REVIEW_DAY, History, day

NOW = day(NOW_DAY)
"""The end of the period: 23 March 2026, 09:00 UTC."""

PERIOD = Period(day(REVIEW_DAY), NOW, day(REVIEW_DAY).date(), NOW.date(), "UTC", is_running=True)
"""From the review's day until now."""


def program(*facts: AgendaFacts, **values: Any) -> Program:
    """The program of these accounts, numbered from 1, over the week since the review."""
    return Program(**({"period": PERIOD, "accounts": tuple(map(_member, range(1, len(facts) + 1), facts))} | values))


def of(*histories: History, **values: Any) -> Program:
    return program(*(history.facts() for history in histories), **values)


def deal(phase: Phase = Phase.EARLY, amount: int | None = 100_000, **values: Any) -> Opportunity:
    """A deal of so many whole units, opened and in its stage for ten days, to close in 60 days; EUR unless said."""
    deal_values = {key: values.pop(key) for key in ("opened_at", "stage_since", "pushes", "closed_at") if key in values}
    terms: dict[str, Any] = {
        "key": "x:1",
        "name": "Pilot",
        "stage_name": str(phase),
        "phase": phase,
        "amount_cents": None if amount is None else amount * 100,
        "currency": "EUR",
        "closes_on": (NOW + timedelta(days=60)).date(),
    }
    began = {"opened_at": NOW - timedelta(days=10), "stage_since": NOW - timedelta(days=10)}
    return Opportunity(OpportunityProfile(**(terms | values)), **(began | deal_values))


def _member(account_id: int, facts: AgendaFacts) -> ProgramAccount:
    numbered = replace(facts, account=replace(facts.account, account_id=account_id))
    was_named = facts.before is not None and facts.before.list_status.value == "named"
    return ProgramAccount(numbered, place(numbered), was_named=was_named)
