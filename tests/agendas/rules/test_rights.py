import pytest

from agendas.facts import PersonFacts, Right
from agendas.rules.rights import Deed, may, who_can

ALLOWED = {
    Right.ADMIN: {Deed.READ, Deed.NOMINATE, Deed.RECORD, Deed.DECIDE, Deed.ADMINISTER},
    Right.EDITOR: {Deed.READ, Deed.NOMINATE, Deed.RECORD, Deed.DECIDE},
    Right.VIEWER: {Deed.READ, Deed.NOMINATE},
    Right.OBSERVER: {Deed.READ},
}


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("deed", Deed)
def test_each_right_covers_its_deeds_and_no_more(right: Right, deed: Deed) -> None:
    assert may(PersonFacts("U1", "Sample Ann", right), deed) == (deed in ALLOWED[right])


@pytest.mark.parametrize("deed", Deed)
def test_somebody_deactivated_may_do_nothing(deed: Deed) -> None:
    assert not may(PersonFacts("U1", "Sample Ann", Right.ADMIN, is_deleted=True), deed)


def test_who_can_names_the_rights_widest_first() -> None:
    assert who_can(Deed.ADMINISTER) == (Right.ADMIN,)
    assert who_can(Deed.RECORD) == (Right.ADMIN, Right.EDITOR)
    assert who_can(Deed.READ) == tuple(Right)
