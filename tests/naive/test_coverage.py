"""The buying group is covered alike by two computations: required, identified and engaged roles, and threads."""

from hypothesis import given

from agendas.facts.program import DEFAULTS
from agendas.rules.fold import fold
from agendas.rules.group import RoleState, buying_group
from tests.naive.cases import Case, seeds
from tests.naive.differences import HISTORIES, assert_equal
from tests.naive.rules.coverage import engaged, identified, threads
from tests.naive.rules.limits import local, required_roles
from tests.naive.rules.state import state_of


def naive(case: Case) -> object:
    state = state_of(case.known)
    if state is None:
        return None
    today = local(case.now, case.zone)
    return {
        "required": required_roles(state),
        "identified": identified(state),
        "engaged": engaged(state, today),
        "threads": threads(state, today),
    }


def program(case: Case) -> object:
    state = fold(case.known)
    if state is None:
        return None
    group = buying_group(state, DEFAULTS, today=local(case.now, case.zone))
    with_people = {line.role.value for line in group.lines if line.state in (RoleState.ENGAGED, RoleState.QUIET)}
    return {
        "required": {line.role.value for line in group.lines},
        "identified": with_people,
        "engaged": {line.role.value for line in group.lines if line.state is RoleState.ENGAGED},
        "threads": {person.id for person in group.active},
    }


@HISTORIES
@given(seeds)
def test_the_buying_group_is_covered_alike(seed):
    assert_equal(seed, naive, program)
