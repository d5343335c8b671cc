"""Whether what an intervention asked for is still open."""

from agendas.changes import DecisionKind
from agendas.facts import AccountState, ActionStatus, Decision, NextAction


def ask_is_open(account: AccountState) -> bool:
    """True while the last decision is an intervention and the person asked has not done what was asked.

    It is done when they have done an action that answers it and have none such open. A later decision ends it too.
    """
    decision = account.decision
    if decision is None or decision.decision is not DecisionKind.INTERVENE:
        return False
    states = {a.status for a in account.actions if answers_ask(a, decision)}
    return ActionStatus.DONE not in states or ActionStatus.OPEN in states


def answers_ask(action: NextAction, decision: Decision | None) -> bool:
    """True for an action that the person asked by an intervention took on with it or after it."""
    if decision is None or decision.decision is not DecisionKind.INTERVENE or decision.ask_of is None:
        return False
    return action.owner == decision.ask_of and action.added_at >= decision.decided_at
