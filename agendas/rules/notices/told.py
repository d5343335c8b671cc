"""People whom an event asks for something or whose account it decides about, and what of it still stands."""

from collections.abc import Collection

from agendas.facts.account import AccountState, Decision, EventFacts, ListStatus
from agendas.facts.answers import AccountAction, AccountBlocker, Told
from agendas.facts.events import ActionAdded, BlockerChanged, BlockerOpened, Decided, ItemEdited, ListChanged
from agendas.facts.people import Leads
from agendas.rules.access.leads import NOBODY_LEADS, asked_of
from agendas.rules.history.weight import AUTOMATIC


def people_to_tell(
    event: EventFacts, account: AccountState, leads: Leads = NOBODY_LEADS, *, begun: EventFacts | None = None
) -> tuple[str, ...]:
    """Return the user ids of those to tell of the event, never its author.

    They are whoever owns a new action, a blocker or the answer to an ask, and of what changes hands both; where a
    blocker needs a function, our executive or marketing partner, else the function's lead; and the owner of an account
    about which something was decided, or a blocker opened. `begun` is the event that opened the blocker or ask that
    this one settles or answers: then they are those who waited for that.
    """
    if event.source in AUTOMATIC:
        return ()
    concerned = _concerned(event, account, leads) if begun is None else _waited(event, begun, account, leads)
    wanted = dict.fromkeys(each for each in concerned if each and each != event.actor)
    return tuple(wanted)


def also_told(event: EventFacts, account: AccountState, told: Collection[str]) -> tuple[str, ...]:
    """Return who else takes part for the account of a new ask or blocker: its owner, partner and executive of ours.

    They are told where their cadence is active; its author and those who are `told` anyway are left out.
    """
    change = event.change
    is_ask = isinstance(change, Decided) and bool(change.ask_of)
    if event.source in AUTOMATIC or not (is_ask or isinstance(change, BlockerOpened)):
        return ()
    profile = account.profile
    taking_part = dict.fromkeys((profile.owner, profile.marketing_partner, profile.our_executive))
    return tuple(each for each in taking_part if each and each != event.actor and each not in told)


def still_told(
    event: EventFacts,
    account: AccountState,
    reader: str,
    leads: Leads = NOBODY_LEADS,
    *,
    begun: EventFacts | None = None,
) -> Told | None:
    """Return what the reader is told of an event that was not taken back; None where there is nothing to do any more.

    What was done, resolved, answered or given to another person meanwhile is not told. `begun` is as above.
    """
    told = people_to_tell(event, account, leads, begun=begun)
    if reader not in (*told, *also_told(event, account, told)):
        return None
    change = event.change
    if begun is not None:
        return Told(event, account.name, reader, subject=_words_of(begun))
    if isinstance(change, ListChanged) or (isinstance(change, Decided) and change.ask_of != reader):
        return Told(event, account.name, reader)
    waiting = None if account.list_status.is_closed else _open_item(event, account, leads)
    if isinstance(change, ItemEdited) and waiting is not None:
        has_it = reader == _owner_of(waiting)
        if reader != change.owner:
            return None if has_it else Told(event, account.name, reader, subject=change.text)
        waiting = waiting if has_it else None
    return Told(event, account.name, reader, waiting) if waiting is not None else None


def _concerned(event: EventFacts, account: AccountState, leads: Leads) -> tuple[str | None, ...]:
    change, owner = event.change, account.profile.owner
    if isinstance(change, ActionAdded):
        # the action of an intervention is told by the ask itself
        return (change.owner,) if change.decision_id is None else ()
    if isinstance(change, ItemEdited):
        return (change.owner, change.from_owner)
    if isinstance(change, BlockerOpened):
        return (change.owner, asked_of(change.needs, account.profile, leads), owner)
    if isinstance(change, Decided):
        return (change.ask_of, owner)
    if isinstance(change, ListChanged) and change.decision_id is None and _was_on_list(change):
        return (owner,)
    return ()


def _waited(event: EventFacts, begun: EventFacts, account: AccountState, leads: Leads) -> tuple[str | None, ...]:
    """Return who waited for the answer to an ask, or opened, owns or is asked for help with a blocker."""
    opener = begun.actor if begun.source not in AUTOMATIC else None
    if not isinstance(begun.change, BlockerOpened):
        return (opener, account.profile.owner)
    is_answer = isinstance(event.change, BlockerChanged) and event.change.what == "answered"
    needed = None if is_answer else asked_of(begun.change.needs, account.profile, leads)
    return (opener, begun.change.owner, needed)


def _words_of(begun: EventFacts) -> str:
    return begun.change.text if isinstance(begun.change, BlockerOpened | Decided) else ""


def _was_on_list(change: ListChanged) -> bool:
    return change.from_status in (ListStatus.NAMED, ListStatus.PAUSED)


def _open_item(
    event: EventFacts, account: AccountState, leads: Leads
) -> AccountAction | AccountBlocker | Decision | None:
    """Return the action, blocker or ask that this event began or edited, while it is open."""
    about, number = (account.account_id, account.name), event.id
    if isinstance(event.change, ItemEdited):
        number = event.change.item_id
    action = next((each for each in account.open_actions if each.id == number), None)
    if action is not None:
        return AccountAction(*about, action)
    blocker = next((each for each in account.open_blockers if each.id == number), None)
    if blocker is not None:
        return AccountBlocker(*about, blocker, helper=asked_of(blocker.needs, account.profile, leads) or "")
    return next((each for each in account.open_asks if each.event_id == number), None)


def _owner_of(waiting: AccountAction | AccountBlocker | Decision) -> str | None:
    if isinstance(waiting, AccountAction):
        return waiting.action.owner
    return waiting.blocker.owner if isinstance(waiting, AccountBlocker) else waiting.ask_of
