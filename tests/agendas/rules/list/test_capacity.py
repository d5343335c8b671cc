from dataclasses import replace

from agendas.facts.account import AccountState
from agendas.facts.evidence import Waiting
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.people import Function
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.account_list import Full, Leaver, caps, leavers, reached
from tests.builders import ANN, NOW, account, ago, profile
from tests.cases import cases


def named(number: int, name: str, **values: object) -> AccountState:
    """An account of tier 1 without any weakness but its last movement, three days ago."""
    owner = values.pop("owner", ANN)
    return account(account_id=number, profile=profile(name, owner=owner), last_movement_at=ago(3), **values)


def best(*accounts: AccountState) -> tuple[Leaver, ...]:
    return leavers(accounts, now=NOW, zone="UTC", settings=DEFAULTS)


def scored(points: int) -> tuple[FitScore, ...]:
    return tuple(FitScore(each, points, "Sample reason", Function.SALES, ANN, ago(5)) for each in Criterion)


def test_the_caps_are_those_of_the_settings() -> None:
    assert caps(DEFAULTS) == {1: 25, 2: 150, 3: 500}
    assert caps(ProgramSettings((("tier.2.cap", 7),)))[2] == 7


@cases(
    ("tier", "in_tier", "of_owner", "full"),
    [
        (1, 24, 9, None),
        (1, 25, 0, Full(1, 25, 25)),
        (1, 26, 0, Full(1, 26, 25)),
        (1, 24, 10, Full(1, 10, 10, ANN)),
        (2, 149, 149, None),
        (3, 500, 0, Full(3, 500, 500)),
    ],
)
def test_a_tier_and_an_owner_are_full_at_their_caps(tier: int, in_tier: int, of_owner: int, full: Full | None) -> None:
    assert reached(tier, ANN, DEFAULTS, in_tier=in_tier, of_owner=of_owner) == full


def test_an_account_without_an_owner_has_only_the_cap_of_its_tier() -> None:
    assert reached(1, None, DEFAULTS, in_tier=24, of_owner=24) is None


@cases(("cut", "is_low"), [(50, False), (51, True)])
def test_a_fit_is_low_below_that_of_its_tier_alone(cut: int, is_low: bool) -> None:
    half = named(1, "Half", tier=2, fit=scored(2))
    [leaver] = leavers([half], now=NOW, zone="UTC", settings=ProgramSettings((("fit.tier.2", cut),)))
    assert ("low_fit" in [code for code, _, _ in leaver.reasons]) is is_low


def test_three_leave_first_those_with_most_reasons_and_each_says_its_own_in_numbers() -> None:
    weak = named(1, "Weak", owner=None, fit=scored(1), last_buyer_touch_at=ago(40))
    quiet = named(2, "Quiet", last_buyer_touch_at=ago(40))
    aged = named(3, "Aged", stage_since=ago(35))
    good = named(4, "Good", fit=scored(4))
    assert best(good, aged, quiet, weak) == (
        Leaver(1, "Weak", (("stalled_quiet", 40, 21), ("low_fit", 25, 80))),
        Leaver(2, "Quiet", (("stalled_quiet", 40, 21),)),
        Leaver(3, "Aged", (("stalled_aged", 35, 30),)),
    )


def test_an_account_with_a_reason_comes_before_all_without_one_however_long_they_did_not_move() -> None:
    still = replace(named(1, "Still", fit=scored(4)), last_movement_at=ago(200))
    unowned = named(2, "Unowned", owner=None)
    assert [each.name for each in best(still, unowned)] == ["Unowned", "Still"]


def test_where_nobody_has_a_reason_the_lower_fit_and_the_days_without_movement_are_said_plainly() -> None:
    higher, lower = named(1, "Higher", fit=scored(4)), named(2, "Lower", fit=scored(4)[:-1] + scored(3)[-1:])
    unscored = replace(named(3, "Unscored"), last_movement_at=None)
    assert best(higher, unscored, lower) == (
        Leaver(2, "Lower", (("fit", 97.5, 0), ("not_moved", 3, 0))),
        Leaver(3, "Unscored", (("never_moved", 90, 0),)),
        Leaver(1, "Higher", (("fit", 100, 0), ("not_moved", 3, 0))),
    )


def test_an_account_that_waits_for_a_confirmed_date_is_not_offered_for_its_stall_unless_that_is_spent() -> None:
    waiting = Waiting(NOW.date(), "Their board", ago(2), ANN)
    waits = named(1, "Waits", stage_since=ago(35), waiting=waiting)
    assert best(waits) == (Leaver(1, "Waits", (("not_moved", 3, 0),)),)
    [spent] = leavers([waits], now=NOW, zone="UTC", settings=DEFAULTS, excused_before={1: 2})
    assert spent.reasons == (("stalled_aged", 35, 30),)


def test_among_equals_the_lower_fit_leaves_first_and_then_the_longer_without_movement() -> None:
    low, lower = named(1, "Low", fit=scored(2)), named(2, "Lower", fit=scored(1))
    assert [each.name for each in best(low, lower)] == ["Lower", "Low"]
    still = replace(named(3, "Still"), last_movement_at=ago(50))
    stiller = replace(named(4, "Stiller"), last_movement_at=None)
    assert [(each.name, each.reasons) for each in best(still, stiller)] == [
        ("Stiller", (("never_moved", 90, 0),)),
        ("Still", (("not_moved", 50, 0),)),
    ]
