from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import Profile
from agendas.pages.imports import deal_reasons
from agendas.rules.import_deals import (
    ELSEWHERE,
    ImportedDeal,
    KnownDeal,
    KnownDeals,
    PlannedDeal,
    plan_of_deals,
    plan_of_history,
)
from agendas.rules.import_questions import questions_of_deals
from agendas.rules.import_tables import BadRow, ImportOptions, SkipCause, Verdict, end_of
from tests.agendas.rules.imports.accounts.test_plan import known
from tests.builders import NOW, ago
from tests.cases import cases

OPTIONS = ImportOptions(NOW)
PHASES = {
    "hubspot": {"early": Phase.EARLY, "Contract Sent": Phase.LATE, "Closed Won": Phase.WON, "Closed Lost": Phase.LOST}
}
ACME = Profile("Sample Acme", crm_system="hubspot", crm_id="91")
GLOBEX = Profile("Sample Globex")
PILOT = OpportunityProfile(
    "hubspot:1", "Pilot", "Early", Phase.EARLY, OpportunityType.NEW_BUSINESS, 100, "EUR", date(2026, 12, 31)
)


def row(line: int = 2, number: str = "1", **values: Any) -> ImportedDeal:
    """A deal of Sample Acme, by its record."""
    defaults = {"stage_name": "Early", "name": "Pilot", "account_ids": ("91",), "type": OpportunityType.NEW_BUSINESS}
    return ImportedDeal(line, f"hubspot:{number}", **(defaults | values))


def knows(*deals: Opportunity, account_id: int = 1, **values: Any) -> KnownDeals:
    """Sample Acme and Sample Globex, and these deals of one of them."""
    accounts = known(ACME, GLOBEX, **values)
    there = {deal.key: KnownDeal(account_id, deal, deal.stage_since) for deal in deals}
    return KnownDeals(accounts, there, phases=PHASES)


def pilot(days: float = 10, **values: Any) -> Opportunity:
    """The known deal, in its stage for so many days."""
    return Opportunity(replace(PILOT, **values), ago(30), ago(days))


def planned(only: ImportedDeal | BadRow, there: KnownDeals | None = None) -> PlannedDeal:
    [found] = plan_of_deals([only], there or knows(), OPTIONS).rows
    return found


def test_a_deal_of_an_account_that_the_person_may_not_see_is_left_out_as_one_of_any_other_account() -> None:
    found = planned(row(), replace(knows(), unseen=frozenset({"hubspot:1"})))
    elsewhere = planned(row(), knows(pilot(), account_id=2))
    assert found == elsewhere
    assert (found.verdict, found.cause) == (Verdict.SKIP, SkipCause.ELSEWHERE)


def test_days_of_a_row_are_told_in_the_zone_in_which_they_were_read() -> None:
    options = replace(OPTIONS, zone="America/New_York")
    won = row(stage_name="Closed Won", closes_on=date(2026, 8, 3), entered_at=end_of(date(2026, 8, 3), options.zone))
    [found] = plan_of_deals([won], knows(), options).rows
    assert "since 03 Aug 2026" in list(deal_reasons(found, {}))


def test_a_new_deal_is_recorded_since_it_entered_its_stage() -> None:
    found = planned(row(entered_at=ago(5), opened_at=ago(20)))
    assert (found.verdict, found.account_id, found.happened_at) == (Verdict.CREATE, 1, ago(5))
    assert found.change is not None
    assert (found.change.since_known, found.change.opened_at) == (True, ago(20))


def test_a_deal_without_a_date_is_found_as_it_is_imported() -> None:
    found = planned(row(entered_at=NOW + (NOW - ago(1))))
    assert found.change is not None
    assert (found.happened_at, found.change.since_known) == (None, False)


def test_a_closed_deal_without_a_date_of_its_stage_was_closed_on_its_close_date() -> None:
    found = planned(row(stage_name="Closed Won", closes_on=date(2026, 10, 15)))
    assert found.happened_at == datetime(2026, 10, 15, 23, 59, 59, tzinfo=UTC)
    today = planned(row(stage_name="Closed Won", closes_on=NOW.date()))
    assert today.happened_at == NOW


@cases(
    ("values", "reason"),
    [
        ({"account_ids": (), "account_names": ("Sample Hooli",)}, 'is of "Sample Hooli", which is not in Cadence'),
        ({"account_ids": ("92",)}, "is of 92, which is not in Cadence"),
        ({"account_ids": ()}, "its account is empty"),
        (
            {"account_ids": ("92",), "account_names": ("Sample Acme",)},
            "Sample Acme is record 91, this is of 92",
        ),
        (
            {"account_ids": (), "account_names": ("Sample Acme", "Sample Globex")},
            "could be of Sample Acme or Sample Globex",
        ),
        ({"account_ids": (), "account_names": ("Sample Acm",)}, 'is of "Sample Acm", which is not in Cadence'),
        ({"stage_name": "Waiting room"}, 'its stage "Waiting room" has no phase yet'),
    ],
)
def test_a_deal_that_cannot_be_placed_is_skipped_and_says_why(values: dict[str, Any], reason: str) -> None:
    found = planned(row(**values))
    assert (found.verdict, found.reason) == (Verdict.SKIP, reason)


def test_an_account_is_known_by_its_exact_name_where_the_row_has_no_record() -> None:
    assert planned(row(account_ids=(), account_names=("sample globex",))).account_id == 2


def test_a_deal_known_under_another_account_stays_there() -> None:
    found = planned(row(), knows(pilot(), account_id=2))
    assert (found.verdict, found.reason) == (Verdict.SKIP, ELSEWHERE)


def test_the_same_deal_twice_in_a_file_counts_once() -> None:
    plan = plan_of_deals([row(2), row(3), BadRow(4, "has no stage")], knows(), OPTIONS)
    assert [each.reason for each in plan.rows] == ["", "the same deal as line 2", "has no stage"]


def test_a_deal_without_a_type_is_new_business_where_nothing_was_bought() -> None:
    found = planned(row(type=None), knows(stage=Stage.MQA))
    assert found.change is not None
    assert found.change.opportunity.type is OpportunityType.NEW_BUSINESS
    assert found.notes == ("taken as new business: Sample Acme is no customer yet",)


UNTYPED = [
    row(2, "1", type=None, stage_name="Closed Won", closes_on=date(2026, 3, 1)),
    row(3, "2", type=None, stage_name="Closed Won", entered_at=ago(300)),
    row(4, "3", type=None, stage_name="Closed Lost", entered_at=ago(400)),
    row(5, "4", type=None, stage_name="Closed Lost", entered_at=ago(20)),
    row(6, "5", type=None),
    row(7, "6"),
]
"""Deals of one account: the second was won first."""


@cases(
    ("further", "types"),
    [
        (None, [None, "new_business", "new_business", None, None, "new_business"]),
        (
            OpportunityType.EXISTING_BUSINESS,
            ["existing_business", *["new_business"] * 2, *["existing_business"] * 2, "new_business"],
        ),
        (OpportunityType.NEW_BUSINESS, ["new_business"] * 6),
    ],
)
def test_further_deals_without_a_type_are_asked_about_once_and_never_guessed(
    further: OpportunityType | None, types: list[str | None]
) -> None:
    plan = plan_of_deals(UNTYPED, knows(), replace(OPTIONS, further=further))
    assert [each.change.opportunity.type.value if each.change else None for each in plan.rows] == types
    asked = questions_of_deals(plan, OPTIONS)
    assert (asked.untyped, asked.are_there) == ((0, False) if further else (3, True))


def test_a_deal_won_before_the_file_makes_all_others_of_it_further_ones() -> None:
    bought = replace(knows(), wins={1: (ago(500), "hubspot:99")})
    assert [each.lacks_type for each in plan_of_deals(UNTYPED, bought, OPTIONS).rows] == [True] * 5 + [False]
    customer = planned(row(type=None), knows(stage=Stage.CUSTOMER))
    assert (customer.lacks_type, customer.reason) == (True, "names no type, and Sample Acme has bought before")


def test_a_row_that_says_nothing_new_changes_nothing_and_empties_nothing() -> None:
    assert planned(row(type=None), knows(pilot())).verdict is Verdict.UNCHANGED


def test_a_later_row_updates_the_deal_at_its_own_date() -> None:
    moved = planned(row(stage_name="Contract Sent", entered_at=ago(3)), knows(pilot()))
    assert (moved.verdict, moved.happened_at) == (Verdict.UPDATE, ago(3))
    dearer = planned(row(amount_cents=200, currency="EUR", changed_at=ago(2)), knows(pilot()))
    assert dearer.happened_at == ago(2)
    undated = planned(row(amount_cents=200, currency="EUR"), knows(pilot()))
    assert undated.change is not None
    assert (undated.happened_at, undated.change.since_known) == (None, True)


def test_an_update_is_never_dated_before_what_it_replaces() -> None:
    found = planned(row(amount_cents=200, currency="EUR", changed_at=ago(15)), knows(pilot(10)))
    assert found.happened_at == ago(10)


def test_an_older_file_does_not_take_a_deal_back() -> None:
    found = planned(row(entered_at=ago(20)), knows(pilot(10, stage_name="Contract Sent", phase=Phase.LATE)))
    assert found.verdict is Verdict.SKIP
    assert found.reason == 'is older than what is known: in "Contract Sent" since 14 Nov 2026'


def test_a_stage_is_known_by_its_name_whatever_its_case_and_can_be_said_with_the_file() -> None:
    assert planned(row(stage_name="contract  SENT")).verdict is Verdict.CREATE
    options = ImportOptions(NOW, stages=(("waiting room", Phase.MIDDLE),))
    [found] = plan_of_deals([row(stage_name="Waiting room")], knows(), options).rows
    assert found.change is not None
    assert found.change.opportunity.phase is Phase.MIDDLE
    with pytest.raises(NotUnderstood, match='No row of the file has the stage "waiting room"'):
        plan_of_deals([row()], knows(), options)


def test_history_of_a_known_deal_takes_what_it_says_and_keeps_the_rest() -> None:
    step = ImportedDeal(2, "hubspot:1", "Contract Sent", amount_cents=300, entered_at=ago(40))
    [found] = plan_of_history([step], knows(pilot()), OPTIONS).rows
    assert (found.verdict, found.happened_at, found.account_name) == (Verdict.UPDATE, ago(40), "Sample Acme")
    assert found.change is not None
    assert found.change.opportunity == replace(
        PILOT, stage_name="Contract Sent", phase=Phase.LATE, amount_cents=300, closes_on=None
    )


def test_history_that_is_known_or_says_nothing_new_changes_nothing() -> None:
    steps = [ImportedDeal(line, "hubspot:1", "Early", entered_at=ago(50 - line)) for line in (2, 3)]
    there = replace(knows(pilot()), steps={"hubspot:1": frozenset({(ago(48), "Early", None, None)})})
    assert [each.verdict for each in plan_of_history(steps, there, OPTIONS).rows] == [Verdict.UNCHANGED] * 2


@cases(
    ("number", "stage", "days", "reason"),
    [
        ("7", "Early", 1, "is of a deal that is not known; import the opportunities first"),
        ("1", "Early", -1, "is dated in the future"),
        ("1", "Sent", 1, 'its stage "Sent" has no phase yet'),
    ],
)
def test_history_that_cannot_be_placed_is_skipped_and_says_why(
    number: str, stage: str, days: float, reason: str
) -> None:
    step = ImportedDeal(2, f"hubspot:{number}", stage, entered_at=ago(days))
    [found] = plan_of_history([step], knows(pilot()), OPTIONS).rows
    assert (found.verdict, found.reason) == (Verdict.SKIP, reason)
