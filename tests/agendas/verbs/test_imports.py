from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus, Movement, Stage
from agendas.facts.deals import Opportunity, OpportunityType, Phase
from agendas.facts.events import Profile
from agendas.facts.group import ContactAdded, ContactProfile
from agendas.facts.narrative import Justification
from agendas.rules.import_accounts import ImportedAccount
from agendas.rules.import_deals import ImportedDeal, PlannedDeal
from agendas.rules.import_people import PlannedPerson, read_people
from agendas.rules.import_signals import PlannedSignal
from agendas.rules.import_tables import ImportOptions, ImportPlan, SkipCause, Verdict, read_table
from agendas.verbs import account_list, group
from agendas.verbs import imports as import_verbs
from agendas.verbs.import_runs import begin_import, begin_undo, end_undo, parts_of
from agendas.verbs.record import record
from agendas.verbs.review_reads import review_facts
from storage import events, imports
from storage.database import Store
from storage.models.delivery import Letter
from tests.agendas.verbs.importing import by_name, does_import, importer, rows_of, undoes
from tests.agendas.verbs.test_follow import points
from tests.builders import ANN, BOB, EVE, HOUR, NOW, WORKSPACE, ago, author, profile
from tests.program import Program, people_alone, stored_program
from tests.rebuilding import rebuild_review


def test_an_import_makes_candidates_with_their_stage_and_what_the_crm_proposes(team: Store) -> None:
    plan, run_id = does_import(team, rows_of("hubspot_labels.csv"))
    assert plan.counts == {"create": 4, "update": 0, "unchanged": 0, "skip": 0}
    acme = by_name(team)["Sample Acme"]
    assert (acme.list_status, acme.tier, acme.because) == (ListStatus.CANDIDATE, None, "HubSpot proposes tier 1.")
    assert (acme.stage, acme.stage_since, acme.stage_since_known) == (Stage.OPPORTUNITY, NOW, False)
    assert acme.last_movement_at is None
    assert by_name(team)["Sample Initech"].stage is Stage.TARGET
    run = team.read_now(imports.runs, WORKSPACE)[0]
    assert (run.id, run.file_name, run.actor, run.counts) == (run_id, "sample.csv", "command line", plan.counts)
    recorded = team.read_now(events.of_import, run_id)
    assert [(event.kind, event.source, event.review_id) for event in recorded[:2]] == [
        ("nominated", "import", None),
        ("moved", "import", None),
    ]


def test_an_update_touches_only_what_the_crm_owns(program: Program) -> None:
    before = by_name(program.store)["Acme Corp"]
    row = ImportedAccount(
        2,
        "Acme Corp",
        "acme.example",
        "hubspot",
        "7",
        owner_name="Bob",
        segment="Machinery",
        value_cents=5,
        stage=Stage.CUSTOMER,
        because="HubSpot proposes tier 3.",
    )
    plan, run_id = does_import(program.store, [row])
    assert plan.rows[0].changed == ("segment", "owner", "value_cents", "crm_system", "crm_id")
    after = by_name(program.store)["Acme Corp"]
    assert (after.profile.owner, after.profile.segment, after.profile.value_cents) == (BOB, "Machinery", 5)
    assert after.profile.currency == "USD"
    same = ("list_status", "tier", "because", "stage", "stage_since", "blockers", "actions", "last_update_at")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert [event.kind for event in program.store.read_now(events.of_import, run_id)] == ["edited"]


def test_an_import_edits_the_open_review_and_writes_nothing_into_its_threads(program: Program) -> None:
    with program.store.writing() as session:
        for letter in session.exec(select(Letter)):
            letter.state = "sent"
            session.add(letter)
    does_import(program.store, [ImportedAccount(2, "Acme Corp", segment="Machinery")])
    with program.store.reading() as session:
        waiting = session.exec(select(Letter).where(Letter.state == "waiting")).all()
    assert [letter.kind for letter in waiting] == ["edit", "edit"]


def test_a_plan_that_changes_nothing_is_not_applied(team: Store) -> None:
    with pytest.raises(Refused, match="Nothing to import"):
        team.write_now(begin_import, ImportPlan(()), importer(), file_name="x.csv")


@pytest.mark.proof
@pytest.mark.database("sqlite", "postgres")
def test_more_accounts_than_one_statement_names_are_imported_updated_and_undone(team: Store) -> None:
    count = imports.CHUNK_ROWS + 1
    rows = [ImportedAccount(line, f"Sample {line}", f"s{line}.example") for line in range(2, count + 2)]
    plan, first = does_import(team, rows)
    assert [len(part) for part in parts_of(plan)] == [imports.CHUNK_ROWS, 1]
    renamed = [ImportedAccount(row.line, f"New {row.line}", row.domain) for row in rows]
    _, second = does_import(team, renamed, hours=1)
    assert len(by_name(team)) == count
    assert undoes(team, second, 2).taken_back == count
    assert undoes(team, first, 3).removed == count
    assert set(by_name(team)) == {row.name for row in rows}


def test_a_new_account_and_one_that_comes_back_have_the_parts_of_the_file_and_others_keep_theirs(team: Store) -> None:
    given = ImportedAccount(2, "Acme", because="400 seats", why_now="Renews in April", motion="A pilot")
    whole = Justification("400 seats", "Renews in April", "A pilot")
    _, run_id = does_import(team, [given])
    assert by_name(team)["Acme"].justification == whole
    undoes(team, run_id)
    does_import(team, [replace(given, why_now="Renews in May")], hours=2)
    assert by_name(team)["Acme"].justification == replace(whole, why_now="Renews in May")
    does_import(team, [replace(given, segment="Retail", motion="Letters")], hours=3)
    assert by_name(team)["Acme"].justification == replace(whole, why_now="Renews in May")


# People.

OPTIONS = ImportOptions(now=NOW)


def plan_of(store: Store, text: str) -> ImportPlan[PlannedPerson]:
    rows = read_people(read_table(text.encode()), OPTIONS).rows
    return store.read_now(import_verbs.plan_people, WORKSPACE, rows, OPTIONS)


def begins(store: Store, plan: ImportPlan[Any]) -> int:
    return store.write_now(begin_import, plan, importer(), file_name="people.csv", what="contacts").row_id


def names_at(store: Store, account: str = "Acme Corp") -> list[str]:
    return [each.profile.name for each in by_name(store)[account].contacts]


def many(number: int) -> str:
    """A file of people, who are at Acme and Globex in turn."""
    lines = (f"{('Acme Corp', 'Globex')[n % 2]},Person {n:04d} Sample,champion" for n in range(number))
    return "\n".join(("account,name,roles", *lines))


@pytest.mark.again
def test_people_are_written_in_parts_account_after_account(store: Store) -> None:
    stored_program(store)
    plan = plan_of(store, many(1_100))
    parts = list(import_verbs.parts_of_people(plan))
    assert [len(part) for part in parts] == [500, 500, 100]
    assert [len({row.account_id for row in part}) for part in parts] == [1, 2, 1]
    run_id = begins(store, plan)
    for part in parts:
        assert store.write_now(import_verbs.write_people, run_id, importer(), part) == []
    assert len(names_at(store)) == 550
    assert plan_of(store, many(1_100)).changes_nothing


def test_who_was_added_or_changed_after_the_preview_is_left_out(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    tom = program.did(group.add_contact, ANN, ago(0.5), acme, ContactProfile("Tom Sample")).event.id
    plan = plan_of(
        store,
        "account,name,email,title\nAcme Corp,Rita Sample,rita@acme.example,CFO\nAcme Corp,Tom Sample,,CTO\n"
        "Acme Corp,Una Sample,,\n",
    )
    rita = ContactProfile("R. Sample", email="rita@acme.example")
    program.did(group.add_contact, ANN, ago(0.4), acme, rita)
    program.did(group.edit_contact, ANN, ago(0.3), acme, tom, profile=ContactProfile("Thomas Sample"))
    [part] = import_verbs.parts_of_people(plan)
    left_out = store.write_now(import_verbs.write_people, begins(store, plan), importer(), part)
    assert [row.line for row in left_out] == [2, 3]
    assert names_at(store) == ["Thomas Sample", "R. Sample", "Una Sample"]


# Deals and their history, imported over accounts that exist: what is stored is the fold of what was told.

STAGES = (("Early talks", Phase.EARLY), ("Contract", Phase.LATE), ("Won", Phase.WON))
DEAL_OPTIONS = ImportOptions(NOW)


@pytest.fixture
def with_stages(store: Store) -> Store:
    stored_program(store)
    store.write_now(import_verbs.learn_stages, WORKSPACE, "salesforce", replace(DEAL_OPTIONS, stages=STAGES))
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
    run = store.write_now(begin_import, plan, importer(hours), file_name="deals.csv", what="opportunities")
    for part in import_verbs.parts_of_deals(plan):
        assert store.write_now(import_verbs.write_deals, run.row_id, importer(hours), part) == []
    return run.row_id


def imports_deals(store: Store, *rows: ImportedDeal) -> int:
    return does(store, store.read_now(import_verbs.plan_deals, WORKSPACE, rows, DEAL_OPTIONS))


def deals_of(store: Store, name: str = "Acme Corp") -> Sequence[Opportunity]:
    """As stored, once that is checked to be the fold of the account's history."""
    return by_name(store)[name].opportunities


@pytest.mark.database("sqlite", "postgres")
def test_deals_and_history_are_stored_as_their_history_folds(with_stages: Store) -> None:
    imports_deals(
        with_stages,
        deal(2, "b", stage_name="Contract", entered_at=ago(10)),
        deal(3, "a", entered_at=ago(400)),
        deal(4, "c", "Globex", stage_name="Won", entered_at=ago(30)),
    )
    steps = [
        ImportedDeal(2, "salesforce:b", "Early talks", entered_at=ago(50)),
        ImportedDeal(3, "salesforce:b", "Contract", entered_at=ago(20), amount_cents=900),
        ImportedDeal(4, "salesforce:c", "Early talks", entered_at=ago(90)),
    ]
    does(with_stages, with_stages.read_now(import_verbs.plan_history, WORKSPACE, steps, DEAL_OPTIONS))
    first, second = deals_of(with_stages)
    assert (first.key, second.key) == ("salesforce:a", "salesforce:b")
    assert (second.opened_at, second.stage_since, second.profile.amount_cents) == (ago(50), ago(20), None)
    [won] = deals_of(with_stages, "Globex")
    assert (won.opened_at, won.closed_at) == (ago(90), ago(30))


def test_reviews_closed_before_and_after_late_history_are_rebuilt_as_they_were_frozen(store: Store) -> None:
    team = stored_program(store)
    store.write_now(import_verbs.learn_stages, WORKSPACE, "salesforce", replace(DEAL_OPTIONS, stages=STAGES))
    imports_deals(store, deal(2, "b", entered_at=ago(20)), deal(3, "a", stage_name="Contract", entered_at=ago(0.5)))
    team.closes_review(NOW + HOUR)
    first = team.reviews[-1]
    frozen = team.read(review_facts, first, now=NOW + HOUR)
    assert team.read(rebuild_review, first) == frozen
    steps = [ImportedDeal(2, "salesforce:a", "Early talks", entered_at=ago(90))]
    does(store, store.read_now(import_verbs.plan_history, WORKSPACE, steps, DEAL_OPTIONS), hours=2)
    assert team.read(rebuild_review, first) == frozen == team.read(review_facts, first, now=NOW + 3 * HOUR)
    next_week = frozen.opened_at + timedelta(days=7)
    second = team.opens_review(next_week)
    team.closes_review(next_week + HOUR)
    frozen = team.read(review_facts, second, now=next_week + 2 * HOUR)
    assert team.read(rebuild_review, second) == frozen
    acme = next(item for item in frozen.items if item.facts.account.name == "Acme Corp")
    assert [each.opened_at for each in acme.facts.account.opportunities] == [ago(90), ago(20)]
    assert acme.placement.movement.movement is not Movement.ADVANCED


def test_undoing_takes_back_each_entry_of_the_run_and_no_other(with_stages: Store) -> None:
    imports_deals(with_stages, deal(2, "a", entered_at=ago(40)))
    before = deals_of(with_stages)
    run_id = imports_deals(with_stages, deal(2, "a", stage_name="Contract", entered_at=ago(4)), deal(3, "b", "Globex"))
    assert deals_of(with_stages) != before
    taken_back = 0
    for part in with_stages.write_now(begin_undo, run_id, importer(1)):
        taken_back += with_stages.write_now(import_verbs.undo_deals, run_id, importer(1), part).taken_back
    with_stages.write_now(end_undo, run_id, importer(1))
    assert taken_back == 2
    assert (deals_of(with_stages), deals_of(with_stages, "Globex")) == (before, ())


def test_a_deal_that_another_import_was_quicker_with_is_left_out(with_stages: Store) -> None:
    plan = with_stages.read_now(
        import_verbs.plan_deals, WORKSPACE, [deal(2, "a", entered_at=ago(4)), deal(3, "b")], DEAL_OPTIONS
    )
    run = with_stages.write_now(begin_import, plan, importer(), file_name="deals.csv", what="opportunities")
    imports_deals(with_stages, deal(2, "a", entered_at=ago(4)))
    [part] = import_verbs.parts_of_deals(plan)
    left_out = with_stages.write_now(import_verbs.write_deals, run.row_id, importer(), part)
    assert [row.line for row in left_out] == [2]
    assert [each.key for each in deals_of(with_stages)] == ["salesforce:a", "salesforce:b"]


def test_nothing_more_is_written_once_the_run_is_taken_back(with_stages: Store) -> None:
    plan = with_stages.read_now(import_verbs.plan_deals, WORKSPACE, [deal(2, "a")], DEAL_OPTIONS)
    run = with_stages.write_now(begin_import, plan, importer(), file_name="deals.csv", what="opportunities")
    with_stages.write_now(begin_undo, run.row_id, importer(1))
    with pytest.raises(Outdated, match="was taken back while it was under way"):
        with_stages.write_now(import_verbs.write_deals, run.row_id, importer(), list(plan.rows))
    assert deals_of(with_stages) == ()


# Signals of a CSV file: previewed, written once, taken back.

HEADER = "account,kind,strength,text,url,occurred_at,id,person\n"
FILE = (
    HEADER + "acme.example,web visit,high,Pricing page,https://v.example/1,2026-11-20,v1,rita@acme.example\n"
    "acme.example,hiring,,New buyer,,2026-11-21 09:30,,\n"
    "other.example,intent,high,Compared,,2026-11-21,v3,\n"
    "acme.example,gossip,,They talk,,2026-11-21,v4,\n"
    "acme.example,event,,Dinner,,yesterday,v5,\n"
)
KIND = import_verbs.KINDS["signals"]


@pytest.fixture
def with_a_person(store: Store) -> Program:
    program = people_alone(store)
    acme = program.did(account_list.nominate, ANN, ago(9), profile("Acme")).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), acme, tier=1, because="Fits")
    program.did(record, ANN, ago(7), acme, ContactAdded(ContactProfile("Rita", "CFO", "rita@acme.example")))
    program.accounts["acme"] = acme
    return program


def planned(program: Program, text: str = FILE, **options: Any) -> ImportPlan[PlannedSignal]:
    asked = ImportOptions(NOW, **options)
    file = KIND.read(read_table(text.encode()), asked)
    return program.store.read_now(KIND.plan, WORKSPACE, file.rows, asked)


def applied(program: Program, text: str = FILE, at: datetime = NOW) -> int:
    plan = planned(program, text)
    store = program.store
    run_id: int = store.write_now(begin_import, plan, author(at=at), file_name="s.csv", what="signals").row_id
    for part in KIND.parts(plan):
        assert store.write_now(KIND.write, run_id, author(at=at), part) == []
    return run_id


def taken_back(program: Program, run_id: int, at: datetime = NOW) -> None:
    for part in program.store.write_now(begin_undo, run_id, author(at=at), ids_of=KIND.ids_of_run):
        undone = program.store.write_now(KIND.undo, run_id, author(at=at), part)
        assert KIND.undone(undone) == "2 signals removed."


def test_a_preview_says_what_becomes_of_each_row(with_a_person: Program) -> None:
    rows = planned(with_a_person).rows
    assert [row.verdict for row in rows] == [Verdict.CREATE, Verdict.CREATE, Verdict.SKIP, Verdict.SKIP, Verdict.SKIP]
    assert [row.reason for row in rows[2:]] == [
        "no account on the list has other.example for its name, domain or CRM id",
        '"gossip" is no kind of signal; send one of web_visit, content, intent, competitive_research, hiring, '
        "tech_change, exec_move, event, product_usage, other.",
        "has a date that cannot be read: yesterday",
    ]
    assert rows[2].cause is SkipCause.NOT_LISTED


def test_a_file_imported_twice_changes_nothing(with_a_person: Program) -> None:
    applied(with_a_person)
    assert points(with_a_person) == 10.1
    again = planned(with_a_person)
    assert again.changes_nothing
    assert again.counts == {"create": 0, "update": 0, "unchanged": 2, "skip": 3}


def test_an_import_taken_back_counts_nothing_and_counts_again_when_imported_again(with_a_person: Program) -> None:
    taken_back(with_a_person, applied(with_a_person))
    assert points(with_a_person) == 0.0
    assert planned(with_a_person).counts["update"] == 2
    applied(with_a_person)
    assert points(with_a_person) == 10.1


def test_a_day_alone_that_is_today_counts_at_once_and_is_unchanged_when_it_is_imported_again(with_a_person: Program):
    today = HEADER + f"acme.example,event,high,Dinner,,{NOW:%Y-%m-%d},v7,\n"
    applied(with_a_person, today)
    assert points(with_a_person) == 30.0
    assert planned(with_a_person, today).counts["unchanged"] == 1
    [row] = planned(with_a_person, today.replace("11-24", "11-25")).rows
    assert "lies in the future" in row.reason


# Imports and nominations at the same moment: one account of each name.
def created(store: Store) -> int:
    return sum(run.counts["create"] for run in store.read_now(imports.runs, WORKSPACE))


@pytest.mark.database("sqlite", "postgres")
def test_two_imports_of_one_file_at_once_make_each_account_once(team: Store) -> None:
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(does_import, team, rows_of("hubspot_labels.csv")) for _ in range(2)]
        for each in both:
            each.result()
    assert len(by_name(team)) == 4
    assert created(team) == 4


@pytest.mark.database("sqlite", "postgres")
def test_an_import_and_a_nomination_at_once_make_one_account_of_a_name(team: Store) -> None:
    def nominates() -> str:
        try:
            team.write_now(account_list.nominate, author(), Profile("Sample Acme"), because="x")
        except Refused:
            return "refused"
        return "nominated"

    with ThreadPoolExecutor(2) as threads:
        imported = threads.submit(does_import, team, rows_of("hubspot_labels.csv"))
        nominated = threads.submit(nominates)
        imported.result()
    assert (created(team), nominated.result()) in {(4, "refused"), (3, "nominated")}
    assert len(by_name(team)) == 4


@pytest.mark.database("sqlite", "postgres")
def test_what_is_known_while_somebody_nominates_has_no_words_of_an_account_it_has_not(team: Store) -> None:
    nominated: list[str] = []
    with team.reading() as session:

        @event.listens_for(session.connection(), "after_cursor_execute")
        def meanwhile(*_told: object) -> None:
            if not nominated:
                nominated.append("Sample Acme")
                team.write_now(account_list.nominate, author(), Profile("Sample Acme"), because="x")

        known = import_verbs.known_accounts(session, WORKSPACE)
    assert nominated
    assert {number for numbers in known.by_key.values() for number in numbers} <= set(known.states)
