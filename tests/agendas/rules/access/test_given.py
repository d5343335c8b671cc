"""People to whom a change gives something of an account, so that a private one's goes to nobody outside its channel."""

from datetime import date

import pytest

from agendas.facts.account import AccountState
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerOpened,
    Change,
    Decided,
    DecisionKind,
    Edited,
    ItemEdited,
    Profile,
)
from agendas.rules.access import given_to

DUE = date(2026, 12, 4)
HAD = Profile("Umbra", owner="U1", marketing_partner="U2")


@pytest.mark.parametrize(
    ("change", "given"),
    [
        (Edited(HAD), ()),
        (Edited(Profile("Umbra", owner="U1", our_executive="U3")), ("U3",)),
        (Edited(Profile("Umbra", owner="U2", marketing_partner="U2")), ("U2",)),
        (ActionAdded("Call", "U2", DUE), ("U2",)),
        (ActionChanged(7, "done"), ()),
        (BlockerOpened("Legal"), ()),
        (BlockerOpened("Legal", "U2"), ("U2",)),
        (ItemEdited(7, "action", "U2", "Call", DUE, from_owner="U2"), ()),
        (ItemEdited(7, "action", "U2", "Call", DUE, from_owner="U1"), ("U2",)),
        (Decided(DecisionKind.INTERVENE, "Call", "U2", DUE), ("U2",)),
        (Decided(DecisionKind.KEEP, "Going well"), ()),
    ],
)
def test_what_a_change_gives_is_what_somebody_did_not_have_before(change: Change, given: tuple[str, ...]) -> None:
    assert given_to(change, AccountState(1, HAD)) == given
