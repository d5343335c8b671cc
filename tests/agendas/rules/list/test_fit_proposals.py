"""List changes proposed from the fit of candidates and named accounts, with their reasons."""

from datetime import timedelta

import pytest

from agendas.facts.account import AccountState, Decision, ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.fit import Criterion, FitScore, FitShort
from agendas.facts.narrative import Justification
from agendas.facts.program import ProgramSettings
from agendas.rules.account_list import Proposal, Proposed, Reason, Why, proposal_of, short_of
from tests.builders import ANN, BOB, NOW, account, ago
from tests.cases import cases


def fitting(points: int, *, without: tuple[str, ...] = (), **others: int) -> tuple[FitScore, ...]:
    """Every criterion scored with these points, but for those left out and those given another."""
    given = {criterion.value: points for criterion in Criterion if criterion not in without} | others
    return tuple(FitScore(Criterion(name), each, "Seen", "sales", ANN, NOW) for name, each in given.items())


def candidate(fit: tuple[FitScore, ...], **values: object) -> AccountState:
    return account(**({"fit": fit, "list_status": ListStatus.CANDIDATE, "tier": None} | values))


def proposed(state: AccountState, *, taken: int | None = 0, **own: int) -> Proposal | None:
    settings = ProgramSettings(tuple((f"fit.{name.replace('__', '.')}", value) for name, value in own.items()))
    return proposal_of(state, now=NOW, settings=settings, tier_1_owners=None if taken is None else (BOB,) * taken)


def brief(proposal: Proposal | None) -> tuple[str, int | None] | None:
    return proposal and (proposal.what.value, proposal.tier)


@cases(
    ("fit", "expected"),
    [
        (fitting(4), ("name", 1)),
        (fitting(3, acv=4), ("name", 1)),  # 81.25
        (fitting(3, expansion=4), ("name", 2)),  # 78.75
        (fitting(2, acv=3, expansion=3), ("name", 2)),  # 60
        (fitting(2, acv=3), ("name", 3)),  # 56.25
        (fitting(2, acv=1, expansion=1), ("name", 3)),  # 40
        (fitting(1, acv=2, expansion=2), ("reject", None)),  # 35
        (fitting(4, implementation_fit=0), ("reject", None)),
        (fitting(4, sales_motion=0), ("reject", None)),
        ((), None),
    ],
)
def test_a_candidates_tier_follows_from_its_fit(
    fit: tuple[FitScore, ...], expected: tuple[str, int | None] | None
) -> None:
    assert brief(proposed(candidate(fit))) == expected


def test_tier_1_needs_confidence_a_justification_and_a_free_place_and_says_which_is_missing() -> None:
    unsure = candidate(fitting(4, without=("acv",)), justification=Justification(" "))
    assert proposed(unsure, taken=25) == Proposal(
        Proposed.NAME,
        2,
        (
            Reason(Why.REACHES, 2, 100, 60),
            Reason(Why.UNSURE, 1, 75, 80),
            Reason(Why.UNJUSTIFIED, 1),
            Reason(Why.FULL, 1, 25, 25),
        ),
    )
    assert brief(proposed(candidate(fitting(4, without=("expansion",))), taken=24)) == ("name", 1)
    assert brief(proposed(candidate(fitting(4)), taken=None)) == ("name", 1)


def test_tier_1_is_not_proposed_when_the_owner_has_as_many_there_as_one_may() -> None:
    state = candidate(fitting(4))
    full = proposal_of(state, now=NOW, tier_1_owners=(ANN,) * 10)
    assert full is not None
    assert (full.tier, full.reasons[1:]) == (2, (Reason(Why.OWNER_FULL, 1, 10, 10),))
    assert brief(proposal_of(state, now=NOW, tier_1_owners=((ANN,) * 9 + (BOB, None)))) == ("name", 1)


def test_a_no_says_what_rules_the_account_out_or_the_last_cut_it_missed() -> None:
    ruled_out = proposed(candidate(fitting(4, implementation_fit=0, sales_motion=0)))
    assert ruled_out is not None
    assert [each.criterion for each in ruled_out.reasons] == [Criterion.SALES_MOTION, Criterion.IMPLEMENTATION_FIT]
    assert proposed(candidate(fitting(1))) == Proposal(Proposed.REJECT, None, (Reason(Why.BELOW, 3, 25, 40),))


@cases(
    ("tier", "fit", "expected"),
    [
        (1, fitting(4), None),
        (1, fitting(3), ("demote", 2)),
        (1, fitting(2), ("demote", 3)),
        (1, fitting(3, without=("implementation_fit",)), ("demote", 2)),  # 80 % known
        (1, fitting(2, acv=3, expansion=3), ("demote", 2)),  # 60
        (1, fitting(2, acv=1, expansion=1), ("demote", 3)),  # 40
        (2, fitting(2, acv=3, expansion=3), None),
        (3, fitting(2, acv=1, expansion=1), None),
        (1, fitting(1), ("remove", None)),
        (2, fitting(3), None),
        (2, fitting(4), ("promote", 1)),
        (3, fitting(4), ("promote", 1)),
        (3, fitting(3), ("promote", 2)),
        (3, fitting(2), None),
        (3, fitting(1), ("remove", None)),
        (2, fitting(4, sales_motion=0), ("remove", None)),
        (1, (), None),
    ],
)
def test_a_named_account_is_proposed_for_the_tier_of_its_fit(
    tier: int, fit: tuple[FitScore, ...], expected: tuple[str, int | None] | None
) -> None:
    assert brief(proposed(account(tier=tier, fit=fit))) == expected


@cases("tier", [1, 2, 3])
def test_too_little_known_proposes_nothing_of_a_named_account(tier: int) -> None:
    assert proposed(account(tier=tier, fit=fitting(1, without=("acv",)))) is None
    assert proposed(account(tier=tier, fit=fitting(4, without=("acv",)))) is None


@pytest.mark.parametrize("decision", DecisionKind)
@pytest.mark.parametrize(("days", "is_over"), [(29, False), (31, True)])
def test_keeping_an_account_silences_its_proposal_for_thirty_days(
    decision: DecisionKind, days: int, is_over: bool
) -> None:
    decided = Decision(5, decision, "Give them a quarter", ago(days), ANN)
    silent = decision in (DecisionKind.KEEP, DecisionKind.CHANGE_TIER) and not is_over
    assert (proposed(account(tier=1, fit=fitting(2), decision=decided)) is None) is silent
    assert proposed(candidate(fitting(2), decision=decided)) is not None


def test_every_cut_off_and_how_long_a_decision_holds_come_from_the_settings() -> None:
    assert brief(proposed(candidate(fitting(3)), tier__1=75)) == ("name", 1)
    assert brief(proposed(candidate(fitting(2)), tier__2=50)) == ("name", 2)
    assert brief(proposed(candidate(fitting(2)), tier__3=51)) == ("reject", None)
    assert brief(proposed(candidate(fitting(4, without=("acv",))), confidence=75)) == ("name", 1)
    kept = Decision(5, DecisionKind.KEEP, "Keep", NOW - timedelta(days=10), ANN)
    assert brief(proposed(account(tier=1, fit=fitting(3), decision=kept), keep=10)) == ("demote", 2)


@cases("status", [ListStatus.PAUSED, ListStatus.REMOVED, ListStatus.REJECTED])
def test_nothing_is_proposed_of_an_account_off_the_list(status: ListStatus) -> None:
    assert proposed(account(fit=fitting(4), list_status=status)) is None


@cases(
    ("fit", "tier", "short"),
    [
        (fitting(4), 1, None),
        (fitting(3), 1, FitShort(75, 80, 100, 80)),
        (fitting(3), 2, None),
        (fitting(4, without=("acv",)), 1, FitShort(100, 80, 75, 80)),
        (fitting(4, without=("acv",)), 2, None),
        (fitting(1), 3, FitShort(25, 40, 100)),
        ((), 1, FitShort(None, 80, 0, 80)),
        ((), 3, FitShort(None, 40, 0)),
        (fitting(4, sales_motion=0), 2, FitShort(85, 60, 100, 0, (Criterion.SALES_MOTION,))),
    ],
)
def test_a_tier_that_the_fit_does_not_reach_is_told_with_both_numbers(
    fit: tuple[FitScore, ...], tier: int, short: FitShort | None
) -> None:
    assert short_of(candidate(fit), tier) == short


def test_the_cut_offs_of_a_tier_that_is_given_are_settings() -> None:
    settings = ProgramSettings((("fit.tier.1", 70), ("fit.confidence", 50)))
    assert short_of(candidate(fitting(3, without=("acv",))), 1, settings) is None
