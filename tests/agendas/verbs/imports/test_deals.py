"""Deals and their history, imported over accounts that exist: what is stored is the fold of what was told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from agendas.errors import Outdated
from agendas.facts.account import Movement
from agendas.facts.deals import Opportunity, OpportunityType, Phase
from agendas.rules.import_deals import ImportedDeal, PlannedDeal
from agendas.rules.import_tables import ImportOptions, ImportPlan
from agendas.verbs.import_runs import begin_import, begin_undo, end_undo
from agendas.verbs.imports import learn_stages, parts_of_deals, plan_deals, plan_history, undo_deals, write_deals
from agendas.verbs.review_reads import review_facts
from storage.database import Store
from tests.agendas.verbs.imports.importing import by_name, importer
from tests.builders import HOUR, NOW, WORKSPACE, ago
from tests.program import stored_program
from tests.rebuilding import rebuild_review

STAGES = (("Early talks", Phase.EARLY), ("Contract", Phase.LATE), ("Won", Phase.WON))
OPTIONS = ImportOptions(NOW)


@pytest.fixture
def program(store: Store) -> Store:
    """The sample program, and what the CRM's stages mean."""
    stored_program(store)
    store.write_now(learn_stages, WORKSPACE, "salesforce", replace(OPTIONS, stages=STAGES))
    return store


def deal(line: int, number: str, name: str = "Acme Corp", **values: object) -> ImportedDeal:
    defaults = {
        "stage_name": "Early talks",
        "name": "Pilot",
        "account_names": (name,),
        "type": OpportunityType.NEW_BUSINESS,
    }
    return ImportedDeal(line, f"salesforce:{number}", **(defaults | values))  # type: ignore[arg-type]


def does(store: Store, plan: ImportPlan[PlannedDeal], hours: int = 0) -> int:
    """The number of the run that wrote the plan."""
    run = store.write_now(begin_import, plan, importer(hours), file_name="deals.csv", what="opportunities")
    for part in parts_of_deals(plan):
        assert store.write_now(write_deals, run.row_id, importer(hours), part) == []
    return run.row_id


def imports_deals(store: Store, *rows: ImportedDeal) -> int:
    return does(store, store.read_now(plan_deals, WORKSPACE, rows, OPTIONS))


def deals_of(store: Store, name: str = "Acme Corp") -> Sequence[Opportunity]:
    """As stored, once that is checked to be the fold of the account's history."""
    return by_name(store)[name].opportunities


@pytest.mark.database("sqlite", "postgres")
def test_deals_and_history_are_stored_as_their_history_folds(program: Store) -> None:
    imports_deals(
        program,
        deal(2, "b", stage_name="Contract", entered_at=ago(10)),
        deal(3, "a", entered_at=ago(400)),
        deal(4, "c", "Globex", stage_name="Won", entered_at=ago(30)),
    )
    steps = [
        ImportedDeal(2, "salesforce:b", "Early talks", entered_at=ago(50)),
        ImportedDeal(3, "salesforce:b", "Contract", entered_at=ago(20), amount_cents=900),
        ImportedDeal(4, "salesforce:c", "Early talks", entered_at=ago(90)),
    ]
    does(program, program.read_now(plan_history, WORKSPACE, steps, OPTIONS))
    first, second = deals_of(program)
    assert (first.key, second.key) == ("salesforce:a", "salesforce:b")
    assert (second.opened_at, second.stage_since, second.profile.amount_cents) == (ago(50), ago(20), None)
    [won] = deals_of(program, "Globex")
    assert (won.opened_at, won.closed_at) == (ago(90), ago(30))


def test_reviews_closed_before_and_after_late_history_are_rebuilt_as_they_were_frozen(store: Store) -> None:
    team = stored_program(store)
    store.write_now(learn_stages, WORKSPACE, "salesforce", replace(OPTIONS, stages=STAGES))
    imports_deals(store, deal(2, "b", entered_at=ago(20)), deal(3, "a", stage_name="Contract", entered_at=ago(0.5)))
    team.closes_review(NOW + HOUR)
    first = team.reviews[-1]
    frozen = team.read(review_facts, first, now=NOW + HOUR)
    assert team.read(rebuild_review, first) == frozen
    steps = [ImportedDeal(2, "salesforce:a", "Early talks", entered_at=ago(90))]
    does(store, store.read_now(plan_history, WORKSPACE, steps, OPTIONS), hours=2)
    assert team.read(rebuild_review, first) == frozen == team.read(review_facts, first, now=NOW + 3 * HOUR)
    next_week = frozen.opened_at + timedelta(days=7)
    second = team.opens_review(next_week)
    team.closes_review(next_week + HOUR)
    frozen = team.read(review_facts, second, now=next_week + 2 * HOUR)
    assert team.read(rebuild_review, second) == frozen
    acme = next(item for item in frozen.items if item.facts.account.name == "Acme Corp")
    assert [each.opened_at for each in acme.facts.account.opportunities] == [ago(90), ago(20)]
    assert acme.placement.movement.movement is not Movement.ADVANCED


def test_undoing_takes_back_each_entry_of_the_run_and_no_other(program: Store) -> None:
    imports_deals(program, deal(2, "a", entered_at=ago(40)))
    before = deals_of(program)
    run_id = imports_deals(program, deal(2, "a", stage_name="Contract", entered_at=ago(4)), deal(3, "b", "Globex"))
    assert deals_of(program) != before
    taken_back = 0
    for part in program.write_now(begin_undo, run_id, importer(1)):
        taken_back += program.write_now(undo_deals, run_id, importer(1), part).taken_back
    program.write_now(end_undo, run_id, importer(1))
    assert taken_back == 2
    assert (deals_of(program), deals_of(program, "Globex")) == (before, ())


def test_a_deal_that_another_import_was_quicker_with_is_left_out(program: Store) -> None:
    plan = program.read_now(plan_deals, WORKSPACE, [deal(2, "a", entered_at=ago(4)), deal(3, "b")], OPTIONS)
    run = program.write_now(begin_import, plan, importer(), file_name="deals.csv", what="opportunities")
    imports_deals(program, deal(2, "a", entered_at=ago(4)))
    [part] = parts_of_deals(plan)
    left_out = program.write_now(write_deals, run.row_id, importer(), part)
    assert [row.line for row in left_out] == [2]
    assert [each.key for each in deals_of(program)] == ["salesforce:a", "salesforce:b"]


def test_nothing_more_is_written_once_the_run_is_taken_back(program: Store) -> None:
    plan = program.read_now(plan_deals, WORKSPACE, [deal(2, "a")], OPTIONS)
    run = program.write_now(begin_import, plan, importer(), file_name="deals.csv", what="opportunities")
    program.write_now(begin_undo, run.row_id, importer(1))
    with pytest.raises(Outdated, match="was taken back while it was under way"):
        program.write_now(write_deals, run.row_id, importer(), list(plan.rows))
    assert deals_of(program) == ()
