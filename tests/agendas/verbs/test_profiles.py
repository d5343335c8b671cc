from dataclasses import replace

import pytest

from agendas.errors import NotAMember, Refused
from agendas.facts.events import IN_CHARGE, Profile
from agendas.verbs.profiles import change_profile, nominate
from tests.builders import ANN, BOB, NOW
from tests.program import Program


def test_a_change_begins_with_the_profile_that_stands(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(change_profile, ANN, NOW, acme, lambda had: replace(had, segment="Banks"))
    done = program.did(change_profile, BOB, NOW, acme, lambda had: replace(had, domain="acme.test"))
    assert (done.after.profile.segment, done.after.profile.domain) == ("Banks", "acme.test")
    with pytest.raises(Refused, match="Nothing differs"):
        program.did(change_profile, ANN, NOW, acme, lambda had: had)


@pytest.mark.parametrize("role", IN_CHARGE)
def test_nobody_but_a_full_member_is_put_in_charge(program: Program, role: str) -> None:
    with pytest.raises(NotAMember):
        program.did(change_profile, ANN, NOW, program.accounts["acme"], lambda had: replace(had, **{role: "U0NOBODY1"}))
    with pytest.raises(NotAMember):
        program.did(nominate, ANN, NOW, Profile("Corvus", **{role: "U0NOBODY1"}), because="They grew")
    done = program.did(nominate, ANN, NOW, Profile("Corvus", **{role: BOB}), because="They grew")
    assert getattr(done.after.profile, role) == BOB
