"""Permissions that a workspace granted, compared with those needed."""

from agendas.rules.access import PERMISSIONS, declined, missing, needless

EVERYTHING = ",".join(PERMISSIONS)


def test_nothing_is_missing_or_needless_when_all_were_given() -> None:
    assert (missing(EVERYTHING), needless(EVERYTHING)) == ((), ())


def test_what_was_not_given_is_missing_in_the_order_of_the_list() -> None:
    given = EVERYTHING.replace("chat:write,", "").replace(",users:read.email", "")
    assert missing(given) == ("chat:write",)
    assert declined(given) == ("users:read.email",)
    assert {*missing(""), *declined("")} == set(PERMISSIONS)


def test_what_nothing_needs_is_named() -> None:
    assert needless(f"users:write, {EVERYTHING} ,admin") == ("admin", "users:write")


def test_each_says_what_needs_it() -> None:
    assert all(PERMISSIONS.values())
