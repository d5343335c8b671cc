"""People to whom a change gives something of an account."""

from agendas.facts.account import AccountState
from agendas.facts.events import IN_CHARGE, ActionAdded, BlockerOpened, Change, Decided, Edited, ItemEdited


def given_to(change: Change, before: AccountState) -> tuple[str, ...]:
    """Return the user ids of those who are put in charge, own or are asked for something that was not theirs before."""
    match change:
        case Edited(profile):
            had, has = before.profile, profile
            people = [getattr(has, role) for role in IN_CHARGE if getattr(has, role) != getattr(had, role)]
        case ActionAdded(owner=owner) | BlockerOpened(owner=owner):
            people = [owner]
        case ItemEdited(owner=owner, from_owner=had_it):
            people = [owner] if owner != had_it else []
        case Decided(ask_of=asked):
            people = [asked]
        case _:
            people = []
    return tuple(each for each in people if each)
