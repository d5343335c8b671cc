from dataclasses import replace

import pytest

from agendas.facts.account import Movement, Source, Stage
from agendas.facts.deals import Phase
from agendas.facts.events import Moved
from agendas.facts.reviews import MovementFlag
from agendas.rules.deals import RunProposals
from agendas.rules.import_deals import ImportedDeal
from agendas.rules.import_tables import ImportOptions
from agendas.verbs.corrections import correct
from agendas.verbs.deals import confirm_stage
from agendas.verbs.import_runs import begin_import
from agendas.verbs.imports import learn_stages, parts_of_deals, plan_deals, write_deals
from agendas.verbs.reads import proposals_of_run
from agendas.verbs.review_reads import review_facts
from storage import events
from storage.database import Store
from tests.agendas.verbs.importing import by_name, importer
from tests.builders import BOB, EVE, NOW, WORKSPACE, ZONE, ago
from tests.program import Program, stored_program
from tests.rebuilding import rebuild_review

STAGES = (("Talks", Phase.EARLY), ("Won", Phase.WON), ("Lost", Phase.LOST))
OPTIONS = ImportOptions(NOW)


@pytest.fixture
def program(store: Store) -> Program:
    program = stored_program(store)
    store.write_now(learn_stages, WORKSPACE, "salesforce", replace(OPTIONS, stages=STAGES))
    return program


def deal(line: int, account: str, stage: str, **values: object) -> ImportedDeal:
    defaults = {"stage_name": stage, "name": f"Plant {line}", "account_names": (account,)}
    return ImportedDeal(line, f"salesforce:{line}", **(defaults | values))  # type: ignore[arg-type]


def imports(program: Program, *rows: ImportedDeal) -> int:
    plan = program.store.read_now(plan_deals, WORKSPACE, rows, OPTIONS)
    run = program.store.write_now(begin_import, plan, importer(), file_name="deals.csv", what="opportunities")
    for part in parts_of_deals(plan):
        assert program.store.write_now(write_deals, run.row_id, importer(), part) == []
    return run.row_id


def proposed(program: Program, run_id: int) -> RunProposals:
    found: RunProposals = program.read(proposals_of_run, run_id, now=NOW, zone=ZONE)
    return found


def test_what_is_stored_after_a_confirmation_is_the_fold_and_the_review_is_rebuilt_so(program: Program) -> None:
    globex = program.accounts["globex"]
    run_id = imports(program, deal(2, "Globex", "Won", entered_at=ago(50)))
    [found] = proposed(program, run_id).unanswered
    assert (found.account_name, found.proposal.stage, found.proposal.since) == ("Globex", Stage.CUSTOMER, ago(50))
    done = program.did(confirm_stage, BOB, NOW, globex, key="salesforce:2", stage=Stage.CUSTOMER)
    step = done.event.change
    assert isinstance(step, Moved)
    assert (step.from_deal, step.to_stage, step.since_known) == ("salesforce:2", "customer", True)
    assert step.is_reclassified
    assert (done.event.happened_at, done.event.recorded_at, done.event.actor) == (ago(50), NOW, BOB)
    assert done.event.source is Source.COMMAND
    state = by_name(program.store)["Globex"]
    assert (state.stage, state.stage_since) == (Stage.CUSTOMER, ago(50))
    review = program.read(review_facts, program.reviews[-1], now=NOW)
    [item] = [each for each in review.items if each.facts.account.name == "Globex"]
    assert item.placement.movement.movement is Movement.UNCHANGED
    assert MovementFlag.RECLASSIFIED in item.placement.movement.flags
    program.closes_review(NOW)
    closed = program.read(review_facts, program.reviews[-1], now=NOW)
    assert program.read(rebuild_review, program.reviews[-1]) == closed
    assert proposed(program, run_id).unanswered == ()


def test_the_confirmed_step_goes_with_the_corrected_entry_of_its_deal(program: Program) -> None:
    globex = program.accounts["globex"]
    imports(program, deal(2, "Globex", "Won", entered_at=ago(50)))
    before = by_name(program.store)["Globex"].stage
    program.did(confirm_stage, BOB, NOW, globex, key="salesforce:2", stage=Stage.CUSTOMER)
    [told] = program.store.read_now(events.of_accounts, [globex], ["opportunity_changed"])
    corrections = program.did(correct, EVE, NOW, told.row_id, "It was Acme's", is_editor=True)
    assert len(corrections) == 2
    assert corrections[0].after.stage is before is by_name(program.store)["Globex"].stage
