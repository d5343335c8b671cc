from itertools import product

from agendas.facts.people import PersonFacts, Right
from agendas.rules.access import Deed, may
from tests.cases import cases

ALLOWED = {
    Right.ADMIN: {*Deed},
    Right.EDITOR: {Deed.READ, Deed.NOMINATE, Deed.ADD_PRODUCT, Deed.RECORD, Deed.DECIDE, Deed.AUDIT},
    Right.VIEWER: {Deed.READ, Deed.NOMINATE},
    Right.OBSERVER: {Deed.READ},
}


@cases(("right", "deed"), product(Right, Deed))
def test_each_right_covers_its_deeds_and_no_more(right: Right, deed: Deed) -> None:
    assert may(PersonFacts("U1", "Sample Ann", right), deed) == (deed in ALLOWED[right])


@cases("deed", Deed)
def test_somebody_deactivated_may_do_nothing(deed: Deed) -> None:
    assert not may(PersonFacts("U1", "Sample Ann", Right.ADMIN, is_deleted=True), deed)
