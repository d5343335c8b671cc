"""Deeds that the executive page offers: only those that can still be done, as its accounts stand now."""

from agendas.facts.account import Decision, ListStatus
from agendas.facts.measures.executive import ExecutiveReport, Intervention


def ask_to_take(report: ExecutiveReport, each: Intervention) -> Decision | None:
    """Return the ask of the intervention as it is open now; None where it is answered or its account left the list."""
    state = report.now.get(each.account.account_id)
    if state is None or each.ask is None or not state.list_status.is_on_list:
        return None
    return next((ask for ask in state.open_asks if ask.event_id == each.ask.event_id), None)


def can_ask(report: ExecutiveReport, each: Intervention) -> bool:
    """Return true where nothing was asked, then or since, for an account that is still named."""
    state = report.now.get(each.account.account_id)
    if state is None or each.ask is not None:
        return False
    return state.list_status is ListStatus.NAMED and not state.open_asks


def can_be_met(report: ExecutiveReport, account_id: int) -> bool:
    """Return true for an account that is on the list, so that a meeting with its executives can be recorded."""
    state = report.now.get(account_id)
    return state is not None and state.list_status.is_on_list
