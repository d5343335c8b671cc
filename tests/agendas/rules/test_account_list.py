from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, Decision, ListStatus
from agendas.facts.answered_items import AccountFilter
from agendas.facts.events import Change, Corrected, DecisionKind, ListChanged, Moved, Nominated, Profile
from agendas.facts.evidence import Waiting
from agendas.facts.fit import Criterion, FitScore, FitShort
from agendas.facts.narrative import Justification, Justified, WhyPart
from agendas.facts.people import Function
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules import account_list
from agendas.rules.account_list import (
    Full,
    Leaver,
    ListChangeKind,
    ListEntry,
    ProposalReason,
    Why,
    counted_entries,
    justification_parts,
    version_at,
)
from agendas.rules.commands import read_versions
from tests.agendas.rules.histories import History, day
from tests.builders import ANN, BOB, NOW, ZONE, account, ago, profile
from tests.cases import cases, texts


def named(number: int, name: str, **values: object) -> AccountState:
    """An account of tier 1 without any weakness but its last movement, three days ago."""
    owner = values.pop("owner", ANN)
    return account(account_id=number, profile=profile(name, owner=owner), last_movement_at=ago(3), **values)


def best(*accounts: AccountState) -> tuple[Leaver, ...]:
    return account_list.leavers(accounts, now=NOW, zone="UTC", settings=DEFAULTS)


def scored(points: int) -> tuple[FitScore, ...]:
    return tuple(FitScore(each, points, "Sample reason", Function.SALES, ANN, ago(5)) for each in Criterion)


def test_the_caps_are_those_of_the_settings() -> None:
    assert account_list.caps(DEFAULTS) == {1: 25, 2: 150, 3: 500}
    assert account_list.caps(ProgramSettings((("tier.2.cap", 7),)))[2] == 7


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
    assert account_list.cap_reached(tier, ANN, DEFAULTS, in_tier=in_tier, of_owner=of_owner) == full


def test_an_account_without_an_owner_has_only_the_cap_of_its_tier() -> None:
    assert account_list.cap_reached(1, None, DEFAULTS, in_tier=24, of_owner=24) is None


@cases(("cut", "is_low"), [(50, False), (51, True)])
def test_a_fit_is_low_below_that_of_its_tier_alone(cut: int, is_low: bool) -> None:
    half = named(1, "Half", tier=2, fit=scored(2))
    [leaver] = account_list.leavers([half], now=NOW, zone="UTC", settings=ProgramSettings((("fit.tier.2", cut),)))
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
    assert [each.name for each in best(still, named(2, "Unowned", owner=None))] == ["Unowned", "Still"]


def test_where_nobody_has_a_reason_the_lower_fit_and_the_days_without_movement_are_said_plainly() -> None:
    higher, lower = named(1, "Higher", fit=scored(4)), named(2, "Lower", fit=scored(4)[:-1] + scored(3)[-1:])
    unscored = replace(named(3, "Unscored"), last_movement_at=None)
    assert best(higher, unscored, lower) == (
        Leaver(2, "Lower", (("fit", 97.5, 0), ("not_moved", 3, 0))),
        Leaver(3, "Unscored", (("never_moved", 90, 0),)),
        Leaver(1, "Higher", (("fit", 100, 0), ("not_moved", 3, 0))),
    )


def test_an_account_that_waits_for_a_confirmed_date_is_not_offered_for_its_stall_unless_that_is_spent() -> None:
    waiting = Waiting(NOW.date(), "Their board", ago(2))
    waits = named(1, "Waits", stage_since=ago(35), waiting=waiting)
    assert best(waits) == (Leaver(1, "Waits", (("not_moved", 3, 0),)),)
    [spent] = account_list.leavers([waits], now=NOW, zone="UTC", settings=DEFAULTS, excused_before={1: 2})
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


# Messages about list changes that are not possible.

EVENING = datetime(2026, 11, 25, 2, tzinfo=UTC)
"""Still the day before in New York."""

RESTORE = "Make it a candidate again with /account restore Acme Corp because TEXT."


@cases(
    ("was", "wanted", "begins", "ends"),
    [
        ("candidate", "paused", "has been a candidate since 24 Nov, so it cannot be paused. Put it on", "TEXT."),
        ("named", "rejected", "has been named in tier 1 since 24 Nov, so it cannot be rejected. Take it", "TEXT."),
        ("named", "candidate", "has been named in tier 1 since 24 Nov, so it cannot be restored.", "TEXT."),
        ("paused", "paused", "has been paused since 24 Nov, so it cannot be paused. Take it up again", "TEXT."),
        ("removed", "named", "was removed on 24 Nov, so it cannot be named.", RESTORE),
        ("rejected", "removed", "was rejected on 24 Nov, so it cannot be removed.", RESTORE),
    ],
)
def test_a_change_that_is_not_possible_is_told_with_the_day_and_what_can_be_done(was, wanted, begins, ends):
    state = account(list_status=ListStatus(was), list_changed_at=EVENING)
    said = account_list.what_is_against(state, ListStatus(wanted), "They asked", ZONE)
    assert said.startswith(f"Acme Corp {begins}")
    assert said.endswith(ends)


def test_a_candidate_from_the_start_has_no_day_and_a_reason_is_always_wanted() -> None:
    candidate = account(list_status=ListStatus.CANDIDATE, tier=None, list_changed_at=None)
    assert account_list.what_is_against(candidate, ListStatus.PAUSED, "x", ZONE).startswith(
        "Acme Corp is a candidate, so it cannot"
    )
    assert account_list.what_is_against(candidate, ListStatus.NAMED, "x", ZONE) == ""
    assert account_list.what_is_against(candidate, ListStatus.NAMED, " ", ZONE).startswith("Say why")


# List changes proposed from the fit of candidates and named accounts, with their reasons.
def fitting(points: int, *, without: tuple[str, ...] = (), **others: int) -> tuple[FitScore, ...]:
    """Every criterion scored with these points, but for those left out and those given another."""
    given = {criterion.value: points for criterion in Criterion if criterion not in without} | others
    return tuple(FitScore(Criterion(name), each, "Seen", "sales", ANN, NOW) for name, each in given.items())


def candidate(fit: tuple[FitScore, ...], **values: object) -> AccountState:
    return account(**({"fit": fit, "list_status": ListStatus.CANDIDATE, "tier": None} | values))


def proposed(state: AccountState, *, taken: int | None = 0, **own: int) -> account_list.Proposal | None:
    settings = ProgramSettings(tuple((f"fit.{name.replace('__', '.')}", value) for name, value in own.items()))
    return account_list.proposal_of(
        state, now=NOW, settings=settings, tier_1_owners=None if taken is None else (BOB,) * taken
    )


def brief(proposal: account_list.Proposal | None) -> tuple[str, int | None] | None:
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
def test_a_candidates_tier_follows_from_its_fit(fit: tuple[FitScore, ...], expected: tuple[str, int | None] | None):
    assert brief(proposed(candidate(fit))) == expected


def test_tier_1_needs_confidence_a_justification_and_a_free_place_and_says_which_is_missing() -> None:
    unsure = candidate(fitting(4, without=("acv",)), justification=Justification(" "))
    assert proposed(unsure, taken=25) == account_list.Proposal(
        account_list.Proposed.NAME,
        2,
        (
            ProposalReason(Why.REACHES, 2, 100, 60),
            ProposalReason(Why.UNSURE, 1, 75, 80),
            ProposalReason(Why.UNJUSTIFIED, 1),
            ProposalReason(Why.FULL, 1, 25, 25),
        ),
    )
    assert brief(proposed(candidate(fitting(4, without=("expansion",))), taken=24)) == ("name", 1)
    assert brief(proposed(candidate(fitting(4)), taken=None)) == ("name", 1)


def test_tier_1_is_not_proposed_when_the_owner_has_as_many_there_as_one_may() -> None:
    state = candidate(fitting(4))
    full = account_list.proposal_of(state, now=NOW, tier_1_owners=(ANN,) * 10)
    assert full is not None
    assert (full.tier, full.reasons[1:]) == (2, (ProposalReason(Why.OWNER_FULL, 1, 10, 10),))
    assert brief(account_list.proposal_of(state, now=NOW, tier_1_owners=((ANN,) * 9 + (BOB, None)))) == ("name", 1)


def test_a_no_says_what_rules_the_account_out_or_the_last_cut_it_missed() -> None:
    ruled_out = proposed(candidate(fitting(4, implementation_fit=0, sales_motion=0)))
    assert ruled_out is not None
    assert [each.criterion for each in ruled_out.reasons] == [Criterion.SALES_MOTION, Criterion.IMPLEMENTATION_FIT]
    assert proposed(candidate(fitting(1))) == account_list.Proposal(
        account_list.Proposed.REJECT, None, (ProposalReason(Why.BELOW, 3, 25, 40),)
    )


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
def test_a_named_account_is_proposed_for_the_tier_of_its_fit(tier, fit, expected):
    assert brief(proposed(account(tier=tier, fit=fit))) == expected


@cases("tier", [1, 2, 3])
def test_too_little_known_proposes_nothing_of_a_named_account(tier: int) -> None:
    assert proposed(account(tier=tier, fit=fitting(1, without=("acv",)))) is None
    assert proposed(account(tier=tier, fit=fitting(4, without=("acv",)))) is None


@pytest.mark.parametrize("decision", DecisionKind)
@pytest.mark.parametrize(("days", "is_over"), [(29, False), (31, True)])
def test_keeping_an_account_silences_its_proposal_for_thirty_days(decision: DecisionKind, days: int, is_over: bool):
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
def test_a_tier_that_the_fit_does_not_reach_is_told_with_both_numbers(fit, tier, short):
    assert account_list.short_of(candidate(fit), tier) == short


def test_the_cut_offs_of_a_tier_that_is_given_are_settings() -> None:
    settings = ProgramSettings((("fit.tier.1", 70), ("fit.confidence", 50)))
    assert account_list.short_of(candidate(fitting(3, without=("acv",))), 1, settings) is None


# Parts of a justification: who gave each, and which are missing.

A, B, C = WhyPart


def told(*changes: tuple[str, Change]) -> History:
    history = History()
    for number, (who, change) in enumerate(changes):
        history.add(change, number)
        history.events[-1] = replace(history.events[-1], actor=who)
    return history


def test_each_part_has_who_gave_it_in_these_words_and_when() -> None:
    had = Justification("They grew", "In April")
    history = told(
        ("U1", Nominated(Profile("Acme"), "400 seats", "In April")),
        ("U2", ListChanged("named", 1, "They grew")),
        ("U3", Moved("They called")),
        ("U3", Justified(Justification("They grew", "In April", "A pilot"), had)),
        ("U4", ListChanged("named", 2, "Smaller than thought")),
    )
    assert [(each.part, each.text, each.said_by, each.said_at) for each in justification_parts(history.events)] == [
        (A, "They grew", "U2", day(1)),
        (B, "In April", "U1", day(0)),
        (C, "A pilot", "U3", day(3)),
    ]


def test_a_part_that_nobody_gave_or_that_was_emptied_or_taken_back_has_no_author() -> None:
    history = told(
        ("U1", Nominated(Profile("Acme"), "400 seats", "In April")),
        ("U2", Justified(Justification("400 seats", "", "A pilot"), Justification("400 seats", "In April"))),
    )
    assert [(each.text, each.said_by) for each in justification_parts(history.events)] == [
        ("400 seats", "U1"),
        ("", ""),
        ("A pilot", "U2"),
    ]
    history.add(Corrected(history.events[-1].id), 5)
    assert [(each.text, each.said_by) for each in justification_parts(history.events)] == [
        ("400 seats", "U1"),
        ("In April", "U1"),
        ("", ""),
    ]
    assert [each.text for each in justification_parts(())] == ["", "", ""]


def test_a_change_dated_before_the_nomination_counts_after_it() -> None:
    history = History()
    history.add(Nominated(Profile("Acme"), "400 seats"), 5)
    history.add(ListChanged("named", 1, "They grew"), 2)
    assert justification_parts(history.events)[0].text == history.state.justification.why_account == "They grew"


@cases(
    ("tier", "given", "missing"),
    [
        (1, Justification("400 seats"), (B, C)),
        (2, Justification("", "In April", "A pilot"), (A,)),
        (1, Justification("400 seats", " ", "A pilot"), (B,)),
        (3, Justification("400 seats"), ()),
        (3, Justification(), (A,)),
        (None, Justification(), (A,)),
    ],
)
def test_all_parts_are_needed_in_tiers_1_and_2_and_the_first_everywhere(tier, given, missing):
    assert account_list.missing_parts(account(tier=tier, justification=given)) == missing


# Which accounts cannot have the names that they would get.
@cases(
    ("wanted", "holders", "taken"),
    [
        ({}, {}, set()),
        ({1: {"a"}}, {}, set()),
        ({1: {"a"}}, {"a": {1}}, set()),
        ({1: {"a"}}, {"a": {2}}, {1}),
        ({1: {"a"}}, {"a": {1, 2}}, set()),
        ({1: {"a"}, 2: {"b"}}, {"a": {2}, "b": {1}}, set()),
        ({1: {"a"}, 2: {"a"}}, {"a": {2}}, {1}),
        ({1: {"a"}, 2: {"b"}}, {"a": {2}, "b": {3}}, {1, 2}),
        ({1: {"a"}, 2: {"b"}, 3: {"c"}}, {"a": {2}, "b": {3}, "c": {4}}, {1, 2, 3}),
    ],
    ids=[
        "nobody",
        "free",
        "its own",
        "of another",
        "shared already",
        "two that swap",
        "kept by its holder",
        "of one that must keep it",
        "of one that must keep it, and so on",
    ],
)
def test_a_name_is_taken_that_another_account_has_and_keeps(wanted, holders, taken):
    assert account_list.names_taken(wanted, holders) == taken


# Versions of the list.

TODAY = date(2026, 11, 24)
NAMED = ListStatus.NAMED


def entry(
    number: int, on_day: float, status: str = "candidate", tier: int | None = None, account: int = 7
) -> ListEntry:
    return ListEntry(number, account, day(on_day), "U1", ListStatus(status), tier, f"Reason {number}")


def correction(number: int, of: int, on_day: float) -> ListEntry:
    return ListEntry(number, 7, day(on_day), "U1", corrects=of)


HISTORY = (
    entry(1, 0),
    entry(2, 1, account=8),
    entry(3, 2, "named", 1),
    entry(4, 3, "named", 2, account=8),
    entry(5, 10, "named", 2),
    entry(6, 11, "paused", 2),
    entry(7, 12, "removed", account=8),
    entry(8, 13, "candidate", account=8),
    entry(9, 14, "rejected", account=8),
    entry(10, 15, "named", 2),
)


def changes_told(after: float, until: float, history: tuple[ListEntry, ...] = HISTORY) -> list[tuple[str, int]]:
    found = account_list.changes_between(counted_entries(history), day(after), day(until))
    return [(change.what.value, change.after.id) for change in found]


def test_the_list_at_an_instant_is_what_had_happened_by_then() -> None:
    version = version_at(counted_entries(HISTORY), day(10))
    assert version.at(NAMED, 1) == (7,)
    assert version.at(NAMED, 2) == (8,)
    assert version_at(counted_entries(HISTORY), day(0)).counts() == {}
    assert version_at(counted_entries(HISTORY), day(99)).counts() == {(NAMED, 2): 1, (ListStatus.REJECTED, None): 1}


def test_changes_are_told_by_kind_and_the_newest_first() -> None:
    assert changes_told(0, 99) == [
        ("added", 10), ("added", 4), ("added", 3), ("tier", 5), ("paused", 6), ("removed", 7), ("rejected", 9),
        ("restored", 8),
    ]  # fmt: skip
    assert changes_told(10, 12) == [("tier", 5), ("paused", 6)]
    (change,) = account_list.changes_between(counted_entries(HISTORY), day(10), day(11))
    assert (change.what, change.before.tier, change.after.tier) == (ListChangeKind.TIER, 1, 2)


def test_what_was_taken_back_counts_at_no_instant_and_a_correction_taken_back_counts_again() -> None:
    taken_back = (*HISTORY, correction(11, 5, 16))
    assert version_at(counted_entries(taken_back), day(10.5)).at(NAMED, 1) == (7,)
    assert ("tier", 5) not in changes_told(0, 99, taken_back)
    assert changes_told(0, 99, (*taken_back, correction(12, 11, 17))) == changes_told(0, 99)


def test_corrections_of_other_entries_do_not_matter() -> None:
    assert changes_told(0, 99, (*HISTORY, correction(12, 11, 17))) == changes_told(0, 99)


def test_what_was_recorded_late_counts_when_it_happened() -> None:
    late = replace(entry(11, 5, "named", 3, account=9), because="Told late")
    assert version_at(counted_entries((*HISTORY, late, entry(12, 4, account=9))), day(6)).at(NAMED, 3) == (9,)


@cases(
    ("typed", "dates"),
    [
        ("", ()),
        ("2026-11-02", (date(2026, 11, 2),)),
        ("today", (TODAY,)),
        ("2 days ago to yesterday", (date(2026, 11, 22), date(2026, 11, 23))),
        ("1 sep", (date(2026, 9, 1),)),
        ("sep 1 to 2 nov", (date(2026, 9, 1), date(2026, 11, 2))),
        ("4 dec", (date(2025, 12, 4),)),
        ("4.12.", (date(2025, 12, 4),)),
        ("4/12/2026", (date(2026, 4, 12),)),
        ("29 feb", (date(2024, 2, 29),)),
        ("2026-10-01 TO yesterday", (date(2026, 10, 1), date(2026, 11, 23))),
    ],
)
def test_dates_of_versions_lie_in_the_past(typed: str, dates: tuple[date, ...]) -> None:
    assert read_versions(typed, TODAY) == dates


@texts("typed", "said")
def test_what_is_no_date_of_a_version_is_refused(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_versions(typed, TODAY)
    assert said in str(refused.value)


# Pages of the list.


def test_named_accounts_come_by_tier_then_paused_ones_then_candidates_and_nobody_else() -> None:
    stored = {
        (ListStatus.CANDIDATE, None): 4,
        (ListStatus.REMOVED, None): 9,
        (ListStatus.NAMED, None): 1,
        (ListStatus.NAMED, 2): 3,
        (ListStatus.PAUSED, 1): 2,
        (ListStatus.NAMED, 1): 0,
    }
    assert [f"{status} {tier}" for status, tier in account_list.on_view(stored)] == [
        "named 2",
        "named None",
        "paused 1",
        "candidate None",
    ]
    assert account_list.on_view(stored, AccountFilter(tiers=(2,))) == {(ListStatus.NAMED, 2): 3}
