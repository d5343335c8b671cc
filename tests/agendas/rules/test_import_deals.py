from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, EventFacts, Source, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import Nominated, Profile
from agendas.pages.imports import deal_reasons
from agendas.rules import import_deals
from agendas.rules.entries import steps_of
from agendas.rules.fold import after_change, fold, needs_whole_history
from agendas.rules.import_deals import ImportedDeal, KnownDeal, KnownDeals, plan_of_deals, plan_of_history, read_deals
from agendas.rules.import_questions import questions_of_deals
from agendas.rules.import_tables import BadRow, DateOrder, ImportOptions, SkipCause, Verdict, end_of, read_table
from tests.agendas.rules.histories import START, day
from tests.agendas.rules.test_import_accounts import known, known_states
from tests.builders import NOW, ago
from tests.cases import cases

SAMPLES = Path(__file__).parents[2] / "data"
BERLIN_OPTIONS = ImportOptions(NOW, zone="Europe/Berlin")


def read(text: str, options: ImportOptions = BERLIN_OPTIONS) -> list[ImportedDeal | BadRow]:
    return list(read_deals(read_table(text.encode()), options).rows)


def hubspot(*lines: str, options: ImportOptions = BERLIN_OPTIONS) -> list[ImportedDeal | BadRow]:
    return read("Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date\n" + "\n".join(lines), options)


def test_hubspots_deals_are_read_with_their_accounts_and_dates() -> None:
    file = read_deals(read_table((SAMPLES / "hubspot_deals.csv").read_bytes()), BERLIN_OPTIONS)
    assert (file.columns.kind, file.columns.unused) == ("HubSpot deals", ())
    assert file.rows[0] == ImportedDeal(
        line=2,
        key="hubspot:8000000001",
        stage_name="Contract Sent",
        name="Sample Acme pilot",
        account_ids=("9000000001",),
        account_names=("Sample Acme",),
        amount_cents=12_000_000,
        currency="EUR",
        closes_on=date(2020, 12, 31),
        type=OpportunityType.NEW_BUSINESS,
        next_step="Send the order form",
        entered_at=datetime(2020, 11, 10, 8, tzinfo=UTC),
        opened_at=datetime(2020, 8, 1, 8, tzinfo=UTC),
    )


def test_salesforces_opportunities_have_ids_of_18_characters_and_times_in_utc() -> None:
    first, deleted, renewal = read_deals(
        read_table((SAMPLES / "salesforce_opportunities.csv").read_bytes()), BERLIN_OPTIONS
    ).rows
    assert isinstance(first, ImportedDeal)
    assert (first.key, first.account_ids) == ("salesforce:006D000000IRFmaIAH", ("001D000000IRFmaIAH",))
    assert first.entered_at == datetime(2020, 10, 20, 9, tzinfo=UTC)
    assert deleted == BadRow(3, "is deleted in Salesforce")
    assert isinstance(renewal, ImportedDeal)
    assert (renewal.type, renewal.adds_value) == (OpportunityType.EXISTING_BUSINESS, False)


def test_a_salesforce_report_names_deals_by_its_labels() -> None:
    [deal] = read(
        "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Account Name\n"
        '006D000000IRFma,Sample plant,Prospecting,"USD 60,000.00",31/12/2020,Sample Acme\n'
    )
    assert isinstance(deal, ImportedDeal)
    assert (deal.amount_cents, deal.currency, deal.closes_on) == (6_000_000, "USD", date(2020, 12, 31))
    assert deal.account_names == ("Sample Acme",)


def test_the_history_of_opportunities_has_a_date_for_each_row() -> None:
    rows = import_deals.read_history(read_table((SAMPLES / "salesforce_history.csv").read_bytes()), BERLIN_OPTIONS).rows
    assert len(rows) == 5
    assert isinstance(rows[3], ImportedDeal)
    assert (rows[3].entered_at, rows[3].stage_name, rows[3].amount_cents) == (
        datetime(2020, 9, 20, 9, tzinfo=UTC),
        "Needs Analysis",
        6_000_000,
    )
    [bad] = import_deals.read_history(
        read_table(b"OpportunityId,StageName,CreatedDate\n006D000000IRFma,Won,soon\n"), BERLIN_OPTIONS
    ).rows
    assert bad == BadRow(2, 'has no date that can be read: "soon"')


@cases(
    ("row", "reason"),
    [
        (",Sample,Early,,,", "has no record id"),
        ("8E+09,Sample,Early,,,", 'has a record id that cannot be one, perhaps rounded by a spreadsheet: "8E+09"'),
        ("1,Sample,,,,", "has no stage"),
    ],
)
def test_a_row_that_cannot_be_a_deal_says_why(row: str, reason: str) -> None:
    assert hubspot(row) == [BadRow(2, reason)]


def test_what_is_not_understood_is_left_out_and_noted() -> None:
    [deal] = hubspot("1,=cmd|' /C calc'!A0,Early,12.500,EUR,soon")
    assert isinstance(deal, ImportedDeal)
    assert (deal.name, deal.amount_cents, deal.closes_on) == ("=cmd|' /C calc'!A0", None, None)
    assert deal.notes == ('Amount not understood: "12.500"', 'Close Date not understood: "soon"')


def test_days_and_months_that_can_be_read_both_ways_are_asked_for() -> None:
    with pytest.raises(NotUnderstood, match=r'In the column "Close Date" the date 3/4/2020'):
        hubspot("1,Sample,Early,,,3/4/2020")
    [deal] = hubspot("1,Sample,Early,,,3/4/2020", options=ImportOptions(NOW, dates=DateOrder.DAY_FIRST))
    assert isinstance(deal, ImportedDeal)
    assert deal.closes_on == date(2020, 4, 3)


def test_amounts_without_a_currency_among_others_with_one_are_asked_for() -> None:
    with pytest.raises(NotUnderstood, match=r"Some amounts are in EUR, USD and others name no currency, as in line 4"):
        hubspot("1,Sample,Early,100,EUR,", "2,Sample,Early,100,USD,", "3,Sample,Early,100,,")
    rows = hubspot("1,Sample,Early,100,EUR,", "2,Sample,Early,100,,", options=ImportOptions(NOW, currency="GBP"))
    assert [row.currency for row in rows if isinstance(row, ImportedDeal)] == ["EUR", "GBP"]


def test_an_export_without_the_records_ids_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="The export has no column Opportunity ID"):
        read("Opportunity Name,Stage\nSample,Prospecting\n")
    with pytest.raises(NotUnderstood, match="no export of deals known here"):
        read("Company name\nAcme\n")


@cases(
    ("word", "kind", "adds_value"),
    [
        ("newbusiness", OpportunityType.NEW_BUSINESS, True),
        ("New Customer", OpportunityType.NEW_BUSINESS, True),
        ("Existing Business", OpportunityType.EXISTING_BUSINESS, True),
        ("Existing Customer - Upgrade", OpportunityType.EXISTING_BUSINESS, True),
        ("Existing Customer - Downgrade", OpportunityType.EXISTING_BUSINESS, False),
        ("Renewal", OpportunityType.EXISTING_BUSINESS, False),
        ("Partner", None, True),
        ("", None, True),
    ],
)
def test_the_type_is_read_from_the_words_of_the_crms(word: str, kind: OpportunityType | None, adds_value: bool) -> None:
    assert import_deals.read_type(word) == (kind, adds_value)


# The plan: what each row would do.

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
    defaults = {"stage_name": "Early", "name": "Pilot", "account_ids": ("91",), "type": OpportunityType.NEW_BUSINESS}
    return ImportedDeal(line, f"hubspot:{number}", **(defaults | values))


def knows(*deals: Opportunity, account_id: int = 1, **values: Any) -> KnownDeals:
    accounts = known(ACME, GLOBEX, **values)
    there = {deal.key: KnownDeal(account_id, deal, deal.stage_since) for deal in deals}
    return KnownDeals(accounts, there, phases=PHASES)


def pilot(days: float = 10, **values: Any) -> Opportunity:
    return Opportunity(replace(PILOT, **values), ago(30), ago(days))


def planned(only: ImportedDeal | BadRow, there: KnownDeals | None = None) -> import_deals.PlannedDeal:
    [found] = plan_of_deals([only], there or knows(), OPTIONS).rows
    return found


def test_a_deal_of_an_account_that_the_person_may_not_see_is_left_out_as_one_of_any_other_account() -> None:
    found = planned(row(), replace(knows(), unseen=frozenset({"hubspot:1"})))
    assert found == planned(row(), knows(pilot(), account_id=2))
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
    assert planned(row(stage_name="Closed Won", closes_on=NOW.date())).happened_at == NOW


@cases(
    ("values", "reason"),
    [
        ({"account_ids": (), "account_names": ("Sample Hooli",)}, 'is of "Sample Hooli", which is not in Cadence'),
        ({"account_ids": ("92",)}, "is of 92, which is not in Cadence"),
        ({"account_ids": ()}, "its account is empty"),
        ({"account_ids": ("92",), "account_names": ("Sample Acme",)}, "Sample Acme is record 91, this is of 92"),
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
    assert (found.verdict, found.reason) == (Verdict.SKIP, import_deals.ELSEWHERE)


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
def test_further_deals_without_a_type_are_asked_about_once_and_never_guessed(further, types):
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
def test_history_that_cannot_be_placed_is_skipped_and_says_why(number: str, stage: str, days: float, reason: str):
    step = ImportedDeal(2, f"hubspot:{number}", stage, entered_at=ago(days))
    [found] = plan_of_history([step], knows(pilot()), OPTIONS).rows
    assert (found.verdict, found.reason) == (Verdict.SKIP, reason)


# Stages that a deal was in before, by HubSpot's columns on when it entered each.
def read_entered(header: str, line: str) -> ImportedDeal:
    [found] = read_deals(read_table(f"{header}\n{line}\n".encode()), ImportOptions(NOW)).rows
    assert isinstance(found, ImportedDeal)
    return found


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


LABELS = (
    'Record ID,Deal Name,Deal Stage,Pipeline,Date entered \'Contract Sent (Sales)\',"Date entered ""Demo (Sales)""",'
    '"Date entered ""Demo (Partners)"""'
)


@cases(
    ("stage", "entered"),
    [("Contract Sent", (("Demo", at(3, 1)),)), ("Contract Sent (Sales)", (("Demo (Sales)", at(3, 1)),))],
)
def test_the_columns_of_the_rows_pipeline_tell_its_earlier_stages(stage, entered):
    found = read_entered(LABELS, f"1,Pilot,{stage},Sales,2026-04-02 09:00,2026-03-01 09:00,2026-01-01 09:00")
    assert (found.entered, found.entered_at) == (entered, at(4, 2))


def test_the_internal_names_tell_them_too_and_the_day_of_the_current_stage_comes_first() -> None:
    header = (
        "hs_object_id,dealname,dealstage,hs_v2_date_entered_current_stage,hs_v2_date_entered_demo,hs_date_entered_won"
    )
    found = read_entered(header, "1,Pilot,won,2026-05-01T09:00:00Z,2026-03-01T09:00:00Z,2026-04-02T09:00:00Z")
    assert (found.entered, found.entered_at) == ((("demo", at(3, 1)),), at(5, 1))
    assert (
        import_deals.stage_columns(["Date entered current stage", "hs_v2_date_entered_current_stage", "Close Date"])
        == ()
    )


def test_earlier_stages_are_recorded_as_history_without_an_amount_nobody_told() -> None:
    entered = (("Early", ago(9)), ("Contract Sent", ago(5)), ("Early", ago(2)))
    [found] = plan_of_deals([row(stage_name="Closed Won", entered=entered, entered_at=ago(3))], knows(), OPTIONS).rows
    assert [(step.opportunity.phase, when) for step, when in found.steps] == [
        (Phase.EARLY, ago(9)),
        (Phase.LATE, ago(5)),
    ]
    assert all(step.is_history and step.opportunity.amount_cents is None for step, _ in found.steps)
    assert found.verdict is Verdict.CREATE


def test_a_stage_that_any_entry_told_is_not_told_again() -> None:
    again = row(amount_cents=100, entered=(("Contract Sent", ago(12)),), entered_at=ago(10))
    there = knows(pilot())
    [found] = plan_of_deals([again], there, OPTIONS).rows
    assert (found.verdict, found.change, len(found.steps)) == (Verdict.UPDATE, None, 1)
    told = replace(there, stages={"hubspot:1": frozenset({(ago(12), "Contract Sent")})})
    [found] = plan_of_deals([again], told, OPTIONS).rows
    assert (found.verdict, found.steps) == (Verdict.UNCHANGED, ())


def test_an_earlier_stage_without_a_phase_is_asked_about() -> None:
    [found] = plan_of_deals([row(entered=(("Demo", ago(12)), ("Trial", ago(11))))], knows(), OPTIONS).rows
    assert (found.unmapped, found.reason) == (("Demo", "Trial"), 'its stages "Demo", "Trial" have no phase yet')


# Salesforce's history of fields, read as the deal stood after each change.

REPORT = "Opportunity Name,Field / Event,Old Value,New Value,Edit Date,Edited By,Opportunity ID\n"


def lines_read(*lines: str) -> list[tuple[str, int | None, date | None] | str]:
    """Stage, amount and close date after each line, or why it is left out."""
    file = import_deals.read_any_history(read_table((REPORT + "\n".join(lines)).encode()), ImportOptions(NOW))
    return [
        row.reason if isinstance(row, BadRow) else (row.stage_name, row.amount_cents, row.closes_on)
        for row in file.rows
        if isinstance(row, BadRow | ImportedDeal)
    ]


def test_values_before_the_first_change_are_the_old_ones() -> None:
    assert lines_read(
        "Plant,Close Date,12/31/2026,1/31/2027,11/20/2026,Ann,006D000000IRFma",
        "Plant,Stage,Prospecting,Proposal,11/19/2026,Ann,006D000000IRFma",
        'Plant,Amount,"USD 60,000.00","USD 70,000.00",11/19/2026,Ann,006D000000IRFma',
        "Plant,Created.,,,11/13/2026,Ann,006D000000IRFma",
    ) == [
        ("Proposal", 7_000_000, date(2027, 1, 31)),
        ("Proposal", 7_000_000, date(2026, 12, 31)),
        ("Proposal", 7_000_000, date(2026, 12, 31)),
        ("Prospecting", 6_000_000, date(2026, 12, 31)),
    ]


def test_rows_that_tell_no_state_are_left_out_with_the_reason() -> None:
    assert lines_read(
        "Plant,Owner,Ann,Bob,11/19/2026,Ann,006D000000IRFma",
        "Plant,Amount,1,2,11/19/2026,Ann,006D000000IRFmb",
        "Plant,Stage,A,B,soon,Ann,006D000000IRFma",
        "Plant,Stage,A,B,11/19/2026,Ann,x",
    ) == [
        'is about "Owner"',
        "is of a deal whose stage the file does not tell",
        'has no date that can be read: "soon"',
        "has no record id of an opportunity",
    ]


def test_a_report_of_stages_is_read_by_its_labels_and_needs_the_ids() -> None:
    text = "Opportunity Name,From Stage,To Stage,Amount,Close Date,Last Modified,Opportunity ID\n"
    [row] = import_deals.read_any_history(
        read_table(f"{text}Plant,A,B,100,12/31/2026,11/20/2026,006D000000IRFma\n".encode()), ImportOptions(NOW)
    ).rows
    assert isinstance(row, ImportedDeal)
    assert (row.stage_name, row.closes_on) == ("B", date(2026, 12, 31))
    with pytest.raises(NotUnderstood, match="no column Opportunity ID"):
        import_deals.read_any_history(
            read_table(b"Opportunity Name,To Stage,Last Modified\nPlant,B,2026-11-20\n"), ImportOptions(NOW)
        )


# In whatever order deals and their history are imported: amounts, close dates, stages and pushes are as they were.

KEY = "salesforce:1"
PHASES_OF_STAGES = {"first talks": Phase.EARLY, "trial": Phase.MIDDLE, "contract": Phase.LATE}
FIRST_CLOSE = date(2026, 6, 1)


@dataclass(frozen=True)
class Was:
    """A deal as the CRM had it from an instant on."""

    at: datetime
    stage: str
    amount_cents: int
    closes_on: date


@dataclass
class Crm:
    """A deal's true past, one step a day, and which dates its exports have."""

    past: Sequence[Was]
    has_stage_date: bool = True
    has_changed_date: bool = True

    def row(self, until: int) -> ImportedDeal:
        was = self.past[until - 1]
        return ImportedDeal(
            2,
            KEY,
            was.stage,
            "Pilot",
            account_names=("Acme",),
            amount_cents=was.amount_cents,
            currency="USD",
            closes_on=was.closes_on,
            type=OpportunityType.NEW_BUSINESS,
            opened_at=self.past[0].at,
            entered_at=self.entered_at(until) if self.has_stage_date else None,
            changed_at=was.at if self.has_changed_date else None,
        )

    def history(self, until: int) -> list[ImportedDeal]:
        return [
            ImportedDeal(
                number,
                KEY,
                w.stage,
                amount_cents=w.amount_cents,
                currency="USD",
                closes_on=w.closes_on,
                entered_at=w.at,
            )
            for number, w in enumerate(self.past[:until], start=2)
        ]

    def entered_at(self, until: int) -> datetime:
        earlier = [w.at for w, before in zip(self.past[1:until], self.past, strict=False) if w.stage != before.stage]
        return earlier[-1] if earlier else self.past[0].at

    def pushes(self) -> int:
        return sum(now.closes_on > before.closes_on for before, now in zip(self.past, self.past[1:], strict=False))


@dataclass
class Cadence:
    events: list[EventFacts] = field(default_factory=list)
    state: AccountState = field(default_factory=lambda: AccountState(7, Profile("Acme")))

    def imports(self, rows: Sequence[ImportedDeal], at: datetime, *, is_history: bool) -> set[Verdict]:
        """Plans and records the rows, as an import does; what became of each."""
        if not self.events:
            nominated = Nominated(self.state.profile)
            self.events = [EventFacts(1, 7, nominated, START, START, "U1", Source.COMMAND)]
            self.state = self.folded()
        plan_of = plan_of_history if is_history else plan_of_deals
        steps, told_at = steps_of(self.events)
        deals = {deal.key: KnownDeal(7, deal, told_at[deal.key]) for deal in self.state.opportunities}
        known = KnownDeals(known_states({7: self.state}), deals, steps, {"salesforce": PHASES_OF_STAGES})
        plan = plan_of(rows, known, ImportOptions(at))
        for row in plan.rows:
            if row.change is not None and row.verdict in (Verdict.CREATE, Verdict.UPDATE):
                happened_at = row.happened_at or at
                event = EventFacts(len(self.events) + 1, 7, row.change, happened_at, at, "U1", Source.IMPORT)
                self.events.append(event)
                if needs_whole_history(self.state.last_event_at, event):
                    self.state = self.folded()
                else:
                    self.state = replace(after_change(row.change, self.state, event), last_event_at=event.happened_at)
                assert self.state == self.folded()
        return {row.verdict for row in plan.rows}

    def folded(self) -> AccountState:
        state = fold(self.events)
        assert state is not None
        return state

    @property
    def deal(self) -> Opportunity:
        [found] = self.state.opportunities
        return found


def past_of(*steps: tuple[int, int]) -> list[Was]:
    """A deal's past: for each day its stage, by number, and in how many months it should close."""
    return [
        Was(day(number), list(PHASES_OF_STAGES)[stage], 1_000 * (number + 1), FIRST_CLOSE + timedelta(days=30 * months))
        for number, (stage, months) in enumerate(steps)
    ]


def check(cadence: Cadence, crm: Crm, until: int) -> None:
    profile, was = cadence.deal.profile, crm.past[until - 1]
    assert (profile.stage_name, profile.amount_cents, profile.closes_on) == (was.stage, was.amount_cents, was.closes_on)


def check_past(cadence: Cadence, crm: Crm) -> None:
    deal, until = cadence.deal, len(crm.past)
    check(cadence, crm, until)
    assert (deal.pushes, deal.stage_since, deal.opened_at, deal.stage_since_known) == (
        crm.pushes(),
        crm.entered_at(until),
        crm.past[0].at,
        True,
    )


@given(
    past=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=7).map(
        lambda steps: past_of(*steps)
    ),
    has_dates=st.tuples(st.booleans(), st.booleans()),
    chosen=st.lists(st.tuples(st.integers(1, 7), st.booleans(), st.integers(0, 3)), min_size=1, max_size=5),
)
@example(past=past_of((0, 0), (1, 0), (1, 1)), has_dates=(True, False), chosen=[(3, False, 0)])
def test_whatever_the_order_of_imports_the_deal_is_as_it_was(past, has_dates, chosen):
    crm, cadence, newest = Crm(past, *has_dates), Cadence(), 0
    for number, (steps, is_history, behind) in enumerate(sorted(chosen, key=lambda each: each[0])):
        until = min(steps, len(past))
        at = day(until - 1) + timedelta(hours=number + 1)
        if not is_history or number == 0:
            cadence.imports([crm.row(until)], at, is_history=False)
            newest = until
        elif until > behind:
            cadence.imports(crm.history(until - behind), at, is_history=True)
            newest = max(newest, until - behind)
        check(cadence, crm, newest)
    end = day(len(past))
    cadence.imports(crm.history(len(past)), end, is_history=True)
    check_past(cadence, crm)
    assert cadence.imports(crm.history(len(past)), end, is_history=True) == {Verdict.UNCHANGED}
    assert cadence.imports([crm.row(len(past))], end, is_history=False) == {Verdict.UNCHANGED}
    check_past(cadence, crm)
