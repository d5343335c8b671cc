from datetime import date
from itertools import product

import pytest

from agendas.facts import events
from agendas.facts.account import AccountState
from agendas.facts.people import PersonFacts, Right
from agendas.facts.program import LedgerState
from agendas.rules import access
from agendas.rules.access import SLACK_SCOPES, Colleague, Permission, declined, delivery_reason, may, missing, needless
from tests.cases import cases, texts

ALLOWED = {
    Right.ADMIN: {*Permission},
    Right.EDITOR: {
        Permission.READ,
        Permission.NOMINATE,
        Permission.ADD_PRODUCT,
        Permission.RECORD,
        Permission.DECIDE,
        Permission.AUDIT,
    },
    Right.VIEWER: {Permission.READ, Permission.NOMINATE},
    Right.OBSERVER: {Permission.READ},
}


@cases(("right", "permission"), product(Right, Permission))
def test_each_right_includes_its_permissions_and_no_more(right: Right, permission: Permission) -> None:
    assert may(PersonFacts("U1", "Sample Ann", right), permission) == (permission in ALLOWED[right])


@cases("permission", Permission)
def test_somebody_deactivated_may_do_nothing(permission: Permission) -> None:
    assert not may(PersonFacts("U1", "Sample Ann", Right.ADMIN, is_deleted=True), permission)


# People to whom a change gives something of an account, so that a private one's goes to nobody outside its channel.

DUE = date(2026, 12, 4)
HAD = events.Profile("Umbra", owner="U1", marketing_partner="U2")


@pytest.mark.parametrize(
    ("change", "given"),
    [
        (events.Edited(HAD), ()),
        (events.Edited(events.Profile("Umbra", owner="U1", our_executive="U3")), ("U3",)),
        (events.Edited(events.Profile("Umbra", owner="U2", marketing_partner="U2")), ("U2",)),
        (events.ActionAdded("Call", "U2", DUE), ("U2",)),
        (events.ActionChanged(7, "done"), ()),
        (events.BlockerOpened("Legal"), ()),
        (events.BlockerOpened("Legal", "U2"), ("U2",)),
        (events.ItemEdited(7, "action", "U2", "Call", DUE, from_owner="U2"), ()),
        (events.ItemEdited(7, "action", "U2", "Call", DUE, from_owner="U1"), ("U2",)),
        (events.Decided(events.DecisionKind.INTERVENE, "Call", "U2", DUE), ("U2",)),
        (events.Decided(events.DecisionKind.KEEP, "Going well"), ()),
    ],
)
def test_what_a_change_gives_is_what_somebody_did_not_have_before(change: events.Change, given: tuple[str, ...]):
    assert access.given_to(change, AccountState(1, HAD)) == given


# Owners that a file names.

OWNERS = access.Colleagues(
    [
        Colleague("U1", "Ann Sample", "Ann@cadence.example"),
        Colleague("U2", "Ben Sample", "ben@cadence.example"),
        Colleague("U3", "Kim Double"),
        Colleague("U4", "Kim Double"),
    ]
)


@texts("name", "email", "owner")
def test_an_owner_is_found_by_address_else_by_exact_name(name: str, email: str, owner: str) -> None:
    assert OWNERS.owner_after(events.Profile("Acme", owner_name="Was Here"), name, email) == (owner, "", ())


def test_an_owner_who_is_not_here_is_kept_by_name() -> None:
    had = events.Profile("Acme")
    assert OWNERS.owner_after(had, "Ann", "") == (None, "Ann", ("owner Ann is nobody here",))
    assert OWNERS.owner_after(had, "", "x@y.example") == (None, "x@y.example", ("owner x@y.example is nobody here",))


def test_a_name_that_two_people_have_is_not_guessed() -> None:
    found = OWNERS.owner_after(events.Profile("Acme"), "Kim Double", "")
    assert found == (None, "Kim Double", ("owner Kim Double is the name of 2 people here",))


def test_a_name_that_is_nobodys_never_replaces_somebody_of_the_workspace() -> None:
    found = OWNERS.owner_after(events.Profile("Acme", owner="U2"), "Cleo Nobody", "")
    assert found == ("U2", "", ("owner Cleo Nobody is nobody here, the owner stays",))


def test_an_empty_cell_changes_no_owner() -> None:
    assert OWNERS.owner_after(events.Profile("Acme", owner="U2"), "", "") == ("U2", "", ())
    assert OWNERS.owner_after(events.Profile("Acme", owner_name="Cleo"), "", "") == (None, "Cleo", ())


# Names that are nearly somebody's.

NAMES = ("Paula Strand", "Nora Castellan", "Bob", "Bo", "Ines Albrecht", "Paul Winter")
PEOPLE = [PersonFacts(f"U{number}", name, Right.EDITOR) for number, name in enumerate(NAMES)]


@cases(
    ("typed", "names"),
    [
        ("@bobb", ["Bob", "Bo"]),
        ("@paul", ["Paul Winter", "Paula Strand"]),
        ("@nora.castelan", ["Nora Castellan"]),
        ("@\U0001f680", []),
        ("@", []),
    ],
)
def test_the_people_of_the_nearest_names_are_offered_best_first(typed: str, names: list[str]) -> None:
    assert [person.name for person in access.nearest_people(typed, PEOPLE)] == names


# Permissions that a workspace granted, compared with those needed.

EVERYTHING = ",".join(SLACK_SCOPES)


def test_nothing_is_missing_or_needless_when_all_were_given() -> None:
    assert (missing(EVERYTHING), needless(EVERYTHING)) == ((), ())


def test_what_was_not_given_is_missing_in_the_order_of_the_list() -> None:
    given = EVERYTHING.replace("chat:write,", "").replace(",users:read.email", "")
    assert missing(given) == ("chat:write",)
    assert declined(given) == ("users:read.email",)
    assert {*missing(""), *declined("")} == set(SLACK_SCOPES)


def test_what_nothing_needs_is_named() -> None:
    assert needless(f"users:write, {EVERYTHING} ,admin") == ("admin", "users:write")


def test_each_says_what_needs_it() -> None:
    assert all(SLACK_SCOPES.values())


# Reasons why Slack took no message.
@cases(
    ("code", "state", "words"),
    [
        ("not_in_channel", LedgerState.REFUSED, "invite"),
        ("is_archived", LedgerState.REFUSED, "archived"),
        ("is_ext_shared", LedgerState.WAITING, "another company"),
        ("restricted_action_thread_only_channel", LedgerState.REFUSED, "settings"),
        ("token_revoked", LedgerState.REFUSED, "install it again"),
        ("msg_too_long", LedgerState.REFUSED, "too long"),
        ("ratelimited", LedgerState.WAITING, "tried again"),
        ("http_503", LedgerState.WAITING, "did not answer"),
        ("", LedgerState.WAITING, "not been sent yet"),
        ("internal_error", LedgerState.UNSURE, "may have been posted"),
        ("brand_new_error", LedgerState.REFUSED, "brand_new_error"),
        ("", LedgerState.REFUSED, "refused"),
    ],
)
def test_the_reason_says_in_words_what_is_wrong(code: str, state: LedgerState, words: str) -> None:
    assert words in delivery_reason(code, state=state)


def test_a_known_code_is_never_shown_as_it_is() -> None:
    assert not [
        code for code in access.REASONS if "_" in code and code in delivery_reason(code, state=LedgerState.REFUSED)
    ]
