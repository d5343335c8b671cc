"""Imports the deals of the sample's CRM as the command line does, with their true dates."""

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.rules.imports.deals.plan import PlannedDeal
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.verdicts import ImportPlan
from agendas.verbs.imports import deals
from agendas.verbs.imports.runs import begin_import
from bot.cli.import_ import ACTOR
from bot.cli.imports.command import ACTOR
from sandbox.seed.calendar import ZONE
from sandbox.seed.diary_deals import DEALS, STAGES, SYSTEM, Deal, Said
from sandbox.seed.recording.recorder import Telling
from sandbox.seed.subjects.deals import DEALS, STAGES, SYSTEM, Deal, Said
from sandbox.seed.telling import Telling
from sandbox.seed.when import ZONE


def import_crm(telling: Telling) -> None:
    """Imports what the CRM says at this instant: its deals as they stand, and then their history."""
    author = Author(telling.workspace_id, ACTOR, Source.IMPORT, telling.at)
    options = ImportOptions(telling.at, stages=STAGES, zone=ZONE)
    deals.learn_stages(telling.session, telling.workspace_id, SYSTEM, options)
    options = ImportOptions(telling.at, zone=ZONE)
    told = [(deal, said) for deal in DEALS if (said := _until(deal, telling))]
    now = [_row(deal, said, telling, line=line) for line, (deal, said) in enumerate(told, 2)]
    plan = deals.plan_deals(telling.session, telling.workspace_id, now, options)
    _write(telling, author, plan, "opportunities")
    then = [(deal, said[: number + 1]) for deal, said in told for number in range(len(said))]
    history = [_row(deal, said, telling, line=line, is_history=True) for line, (deal, said) in enumerate(then, 2)]
    plan = deals.plan_history(telling.session, telling.workspace_id, history, options)
    _write(telling, author, plan, "history")


def _until(deal: Deal, telling: Telling) -> tuple[Said, ...]:
    return tuple(said for said in deal.said if telling.calendar.instant(said.when) < telling.at)


def _row(deal: Deal, said: tuple[Said, ...], telling: Telling, *, line: int, is_history: bool = False) -> ImportedDeal:
    """The export's row about the deal after these entries; of the history, the row of the last one."""
    last, calendar = said[-1], telling.calendar
    entered = next(each for each in said if each.stage == last.stage)
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
        opened_at=calendar.instant(said[0].when),
        changed_at=calendar.instant(last.when),
    )


def _write(telling: Telling, author: Author, plan: ImportPlan[PlannedDeal], what: str) -> None:
    if plan.changes_nothing:
        return
    name = f"{what}-{telling.at:%Y-%m-%d}.csv"
    run = begin_import(telling.session, plan, author, file_name=name, what=what)
    for part in deals.parts_of_deals(plan):
        deals.write_deals(telling.session, run.row_id, author, part)
