from agendas.facts.events import Profile
from agendas.rules.access import Colleague, Colleagues
from tests.cases import cases

OWNERS = Colleagues(
    [
        Colleague("U1", "Ann Sample", "Ann@cadence.example"),
        Colleague("U2", "Ben Sample", "ben@cadence.example"),
        Colleague("U3", "Kim Double"),
        Colleague("U4", "Kim Double"),
    ]
)


@cases(
    ("name", "email", "owner"),
    [
        ("ann  sample", "", "U1"),
        ("", "ann@CADENCE.example", "U1"),
        ("Somebody Else", "ben@cadence.example", "U2"),
        ("Ann Sample", "old@cadence.example", "U1"),
    ],
)
def test_an_owner_is_found_by_address_else_by_exact_name(name: str, email: str, owner: str) -> None:
    assert OWNERS.owner_after(Profile("Acme", owner_name="Was Here"), name, email) == (owner, "", ())


def test_an_owner_who_is_not_here_is_kept_by_name() -> None:
    had = Profile("Acme")
    assert OWNERS.owner_after(had, "Ann", "") == (None, "Ann", ("owner Ann is nobody here",))
    assert OWNERS.owner_after(had, "", "x@y.example") == (None, "x@y.example", ("owner x@y.example is nobody here",))


def test_a_name_that_two_people_have_is_not_guessed() -> None:
    found = OWNERS.owner_after(Profile("Acme"), "Kim Double", "")
    assert found == (None, "Kim Double", ("owner Kim Double is the name of 2 people here",))


def test_a_name_that_is_nobodys_never_replaces_somebody_of_the_workspace() -> None:
    found = OWNERS.owner_after(Profile("Acme", owner="U2"), "Cleo Nobody", "")
    assert found == ("U2", "", ("owner Cleo Nobody is nobody here, the owner stays",))


def test_an_empty_cell_changes_no_owner() -> None:
    assert OWNERS.owner_after(Profile("Acme", owner="U2"), "", "") == ("U2", "", ())
    assert OWNERS.owner_after(Profile("Acme", owner_name="Cleo"), "", "") == (None, "Cleo", ())
