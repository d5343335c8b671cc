"""From which list status an account may come to which."""

from collections.abc import Mapping

from agendas.facts.account import AccountState, ListStatus
from agendas.text.days import day_said, local_date

MAY_BECOME: Mapping[ListStatus, frozenset[ListStatus]] = {
    ListStatus.NAMED: frozenset({ListStatus.CANDIDATE, ListStatus.NAMED, ListStatus.PAUSED}),
    ListStatus.PAUSED: frozenset({ListStatus.NAMED}),
    ListStatus.REMOVED: frozenset({ListStatus.NAMED, ListStatus.PAUSED, ListStatus.CANDIDATE}),
    ListStatus.REJECTED: frozenset({ListStatus.CANDIDATE}),
    ListStatus.CANDIDATE: frozenset({ListStatus.REMOVED, ListStatus.REJECTED}),
}
"""From which list status an account may come to each: restoring makes a removed or rejected one a candidate again."""


_RESTORE = "Make it a candidate again with /account restore {name} because TEXT."

NEXT_STEPS: Mapping[ListStatus, str] = {
    ListStatus.CANDIDATE: "Put it on the list with /account name {name} tier 2 because TEXT, or turn it down with "
    "/account reject {name} because TEXT.",
    ListStatus.NAMED: "Take it off the list with /account remove {name} because TEXT, or leave it out for a while with "
    "/account pause {name} because TEXT.",
    ListStatus.PAUSED: "Take it up again with /account restore {name} because TEXT, or off the list with "
    "/account remove {name} because TEXT.",
    ListStatus.REMOVED: _RESTORE,
    ListStatus.REJECTED: _RESTORE,
}
"""Steps that are possible from each list status, named where another one was wanted."""


def what_is_against(account: AccountState, status: ListStatus, because: str, zone: str) -> str:
    """The sentence that says why the account may not become that and what it may; empty where it may."""
    if account.list_status not in MAY_BECOME[status]:
        wanted = "restored" if status is ListStatus.CANDIDATE else status.value
        next_step = NEXT_STEPS[account.list_status].format(name=account.name)
        return f"{account.name} {_standing(account, zone)}, so it cannot be {wanted}. {next_step}"
    if not because.strip():
        return "Say why: every change of the list keeps its reason. Add: because TEXT."
    return ""


def _standing(account: AccountState, zone: str) -> str:
    on = day_said(local_date(account.list_changed_at, zone)) if account.list_changed_at else ""
    if account.list_status.is_closed:
        return f"was {account.list_status.value}" + (f" on {on}" if on else "")
    is_what = {ListStatus.CANDIDATE: "a candidate", ListStatus.NAMED: f"named in tier {account.tier}"}
    what = is_what.get(account.list_status, account.list_status.value)
    return f"has been {what} since {on}" if on else f"is {what}"
