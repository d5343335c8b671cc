"""Stages that a deal was in before, by HubSpot's columns on when it entered each."""

from dataclasses import replace
from datetime import UTC, datetime

from agendas.facts.deals import Phase
from agendas.rules.import_deals import ImportedDeal, plan_of_deals, read_deals, stage_columns
from agendas.rules.import_tables import ImportOptions, Verdict, read_table
from tests.agendas.rules.imports.deals.test_plan import OPTIONS, knows, pilot, row
from tests.builders import NOW, ago
from tests.cases import cases


def read(header: str, line: str) -> ImportedDeal:
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
    [
        ("Contract Sent", (("Demo", at(3, 1)),)),
        ("Contract Sent (Sales)", (("Demo (Sales)", at(3, 1)),)),
    ],
)
def test_the_columns_of_the_rows_pipeline_tell_its_earlier_stages(
    stage: str, entered: tuple[tuple[str, datetime], ...]
) -> None:
    found = read(LABELS, f"1,Pilot,{stage},Sales,2026-04-02 09:00,2026-03-01 09:00,2026-01-01 09:00")
    assert (found.entered, found.entered_at) == (entered, at(4, 2))


def test_the_internal_names_tell_them_too_and_the_day_of_the_current_stage_comes_first() -> None:
    header = (
        "hs_object_id,dealname,dealstage,hs_v2_date_entered_current_stage,hs_v2_date_entered_demo,hs_date_entered_won"
    )
    found = read(header, "1,Pilot,won,2026-05-01T09:00:00Z,2026-03-01T09:00:00Z,2026-04-02T09:00:00Z")
    assert (found.entered, found.entered_at) == ((("demo", at(3, 1)),), at(5, 1))
    assert stage_columns(["Date entered current stage", "hs_v2_date_entered_current_stage", "Close Date"]) == ()


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
