"""Imports of the sample's CRM deals, as by the command line, with their own dates."""

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.rules.imports.deals.known import PlannedDeal
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.verdicts import ImportPlan
from agendas.verbs.imports import deals
from agendas.verbs.imports.past import COMMAND_LINE
from agendas.verbs.imports.runs import begin_import
from sandbox.seed.calendar import ZONE
from sandbox.seed.recording.recorder import Recorder
from sandbox.seed.subjects.deals import DEALS, STAGES, SYSTEM, Deal, DealEntry


def import_crm(recorder: Recorder) -> None:
    """Import the CRM's state at this instant: the deals, then their history."""
    author = Author(recorder.workspace_id, COMMAND_LINE, Source.IMPORT, recorder.at)
    options = ImportOptions(recorder.at, stages=STAGES, zone=ZONE)
    deals.learn_stages(recorder.session, recorder.workspace_id, SYSTEM, options)
    options = ImportOptions(recorder.at, zone=ZONE)
    known = [(deal, entries) for deal in DEALS if (entries := _until(deal, recorder))]
    now = [_row(deal, entries, recorder, line=line) for line, (deal, entries) in enumerate(known, 2)]
    plan = deals.plan_deals(recorder.session, recorder.workspace_id, now, options)
    _write(recorder, author, plan, "opportunities")
    history_rows = [(deal, entries[: number + 1]) for deal, entries in known for number in range(len(entries))]
    history = [
        _row(deal, entries, recorder, line=line, is_history=True)
        for line, (deal, entries) in enumerate(history_rows, 2)
    ]
    plan = deals.plan_history(recorder.session, recorder.workspace_id, history, options)
    _write(recorder, author, plan, "history")


def _until(deal: Deal, recorder: Recorder) -> tuple[DealEntry, ...]:
    return tuple(entry for entry in deal.entries if recorder.calendar.instant(entry.when) < recorder.at)


def _row(
    deal: Deal, entries: tuple[DealEntry, ...], recorder: Recorder, *, line: int, is_history: bool = False
) -> ImportedDeal:
    """Return the export's row for a deal with these entries, or the history's row for the last of them."""
    last, calendar = entries[-1], recorder.calendar
    entered = next(each for each in entries if each.stage == last.stage)
    return ImportedDeal(
        line=line,
        key=f"{SYSTEM}:{deal.number}",
        stage_name=last.stage,
        name=deal.name,
        account_names=(deal.account,),
        amount_cents=last.amount * 100,
        currency=deal.currency,
        closes_on=calendar.day(last.closes),
        type=deal.type,
        next_step=deal.next_step,
        entered_at=calendar.instant(last.when if is_history else entered.when),
        opened_at=calendar.instant(entries[0].when),
        changed_at=calendar.instant(last.when),
    )


def _write(recorder: Recorder, author: Author, plan: ImportPlan[PlannedDeal], what: str) -> None:
    if plan.changes_nothing:
        return
    name = f"{what}-{recorder.at:%Y-%m-%d}.csv"
    run = begin_import(recorder.session, plan, author, file_name=name, what=what)
    for part in deals.parts_of_deals(plan):
        deals.write_deals(recorder.session, run.row_id, author, part)
