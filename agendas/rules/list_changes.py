"""From which list status an account may come to which."""

from collections.abc import Mapping

from agendas.facts import AccountState, ListStatus

MAY_BECOME: Mapping[ListStatus, frozenset[ListStatus]] = {
    ListStatus.NAMED: frozenset({ListStatus.CANDIDATE, ListStatus.NAMED, ListStatus.PAUSED}),
    ListStatus.PAUSED: frozenset({ListStatus.NAMED}),
    ListStatus.REMOVED: frozenset({ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE}),
    ListStatus.REJECTED: frozenset({ListStatus.CANDIDATE}),
    ListStatus.CANDIDATE: frozenset({ListStatus.REMOVED, ListStatus.REJECTED}),
}
"""From which list status an account may come to each: restoring makes a removed or rejected one a candidate again."""


def what_is_against(account: AccountState, status: ListStatus, because: str) -> str:
    """The sentence that says why the account may not become that, empty where it may."""
    if account.list_status not in MAY_BECOME[status]:
        wanted = " or ".join(sorted(each.value for each in MAY_BECOME[status]))
        return f"{account.name} is {account.list_status.value}; only {wanted} accounts can become {status.value}."
    if not because.strip():
        return "Say why: every change of the list keeps its reason. Add: because TEXT."
    return ""
