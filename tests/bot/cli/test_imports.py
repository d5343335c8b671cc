import csv
import re
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from agendas.rules.deals import DealSum, sum_of
from agendas.rules.import_accounts import read_accounts
from agendas.rules.import_questions import HEADERS, TEMPLATE_KINDS, template, template_line
from agendas.rules.import_tables import LARGEST_FILE_BYTES, read_table
from agendas.verbs import account_list
from agendas.verbs.import_runs import begin_undo
from agendas.verbs.imports import plan_import
from agendas.verbs.loading import opportunity_facts
from agendas.verbs.settings import change_settings
from bot.__main__ import main
from storage import account_items, workspaces
from storage.database import Store
from storage.models.accounts import Account
from storage.models.events import Event
from storage.models.subjects import ContactRow, OpportunityRow
from storage.workspaces import Installation
from tests.agendas.verbs.importing import carries_out
from tests.builders import EVE, NOW, WORKSPACE, author
from tests.cases import cases
from tests.program import learn_people, stored_program

SAMPLES = Path(__file__).parents[2] / "data"
LABELS = str(SAMPLES / "hubspot_labels.csv")


class Terminal:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = ""
        self.error = ""

    def imports(self, *words: str) -> int:
        try:
            status = main(["import", *words])
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        self.out, self.error = self._capsys.readouterr()
        return status

    def line(self, number: int) -> str:
        """Return the table's line for that line of the file, with single spaces."""
        lines = self.out.splitlines()
        heading = next(place for place, line in enumerate(lines) if re.match(r"\s*Line ", line))
        found = next(line for line in lines[heading:] if re.match(rf"\s*{number} ", line))
        return " ".join(found.split())


@pytest.fixture
def terminal(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("DATABASE_URL", store.url)
    monkeypatch.setenv("COLUMNS", "300")
    return Terminal(capsys)


# Importing accounts on the command line: a preview, then each row once, then undone.
def count(store: Store) -> int:
    return store.read_now(lambda session: len(session.exec(select(Account)).all()))


def test_a_preview_says_what_each_row_would_do_and_writes_nothing(store: Store, terminal: Terminal) -> None:
    learn_people(store)
    assert terminal.imports(LABELS) == 0
    assert terminal.out.startswith(
        "hubspot_labels.csv: HubSpot companies, 4 rows, UTF-8, separated by comma. "
        "Not used: Annual Revenue, Last Activity Date."
    )
    assert terminal.line(4) == (
        "4 Sample Initech create domain initech.example, owner Cleo Nobody, CRM record hubspot 9000000003; Total open "
        'deal value not understood: "12.500"; Lifecycle Stage not understood: "Pilot running"; owner Cleo Nobody is '
        "nobody here"
    )
    assert "4 to create, 0 to update, 0 unchanged, 0 skipped." in terminal.out
    assert f"Nothing is written yet. Import with: cadence import {LABELS} --apply" in terminal.out.replace("\n", "")
    assert count(store) == 0


def test_applying_says_how_to_undo_and_the_second_time_changes_nothing(store: Store, terminal: Terminal) -> None:
    learn_people(store)
    assert terminal.imports(LABELS, "--apply") == 0
    assert "Imported as run 1. New accounts are candidates;" in terminal.out
    assert "Undo with: cadence import --undo 1" in terminal.out
    assert count(store) == 4
    assert terminal.imports(LABELS, "--apply") == 0
    assert {"0 to create, 0 to update, 4 unchanged, 0 skipped.", "Nothing to import."} <= set(terminal.out.splitlines())
    assert terminal.imports("--undo", "1") == 0
    assert terminal.out.splitlines()[0] == "Import 1 is undone: 4 new accounts removed."
    assert terminal.imports("--undo", "1") == 1
    assert terminal.error.startswith("Import 1 was undone already, on ")


def test_an_update_shows_what_it_was_and_what_it_becomes(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    stored_program(store)
    path = tmp_path / "ours.csv"
    path.write_text("name,owner,value,segment\nAcme Corp,Bob,250000 EUR,\nGlobex,,,Energy\n\nUmber Foods,Cleo,,\n")
    assert terminal.imports(str(path)) == 0
    assert terminal.line(2) == "2 Acme Corp update owner Ann → Bob; value USD 120,000 → EUR 250,000"
    assert terminal.line(3) == "3 Globex update segment none → Energy"
    assert terminal.line(5) == "5 Umber Foods unchanged"


def test_a_long_file_shows_the_first_rows_of_each_kind_and_all_with_all(store: Store, terminal: Terminal, tmp_path):
    learn_people(store)
    path = tmp_path / "ours.csv"
    rows = "".join(f"Sample {number},s{number}.example\n" for number in range(300))
    path.write_text(f"name,domain\n{rows}short\n")
    assert terminal.imports(str(path)) == 0
    assert terminal.line(302) == "302 skip has 1 cell where the header has 2"
    assert "295 more rows; show them with --all." in terminal.out
    assert "300 to create, 0 to update, 0 unchanged, 1 skipped." in terminal.out
    assert terminal.imports(str(path), "--all") == 0
    assert "more rows" not in terminal.out
    assert terminal.line(250) == "250 Sample 248 create domain s248.example"


def test_what_stands_in_a_file_reaches_the_terminal_as_plain_text(store: Store, terminal: Terminal, tmp_path: Path):
    learn_people(store)
    path = tmp_path / "ours.csv"
    harmless = "Sample,\n" * 100
    path.write_text(f"name,stage\n[bold]A\x1b[2Jcme[/bold],\x1b]0;x\x07lead\n{harmless}")
    assert terminal.imports(str(path)) == 0
    assert "\x1b" not in terminal.out
    assert terminal.line(2) == (
        "2 [bold]A[2Jcme[/bold] create name only; name had a control character, which is left out; "
        'stage had a control character, which is left out; stage not understood: "]0;xlead"'
    )


def test_undoing_names_what_stays(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    stored_program(store)
    path = tmp_path / "ours.csv"
    path.write_text("name,segment\nPinewood,Wood\nSample Hooli,Search\n")
    terminal.imports(str(path), "--apply")
    path.write_text("name,segment\nPinewood,Timber\n")
    terminal.imports(str(path), "--apply")
    assert terminal.imports("--undo", "1") == 0
    assert terminal.out.splitlines()[0] == (
        "Import 1 is undone: 1 new account removed. Kept, because they were changed since: Pinewood."
    )


def test_an_import_that_ended_in_the_middle_is_told_of_until_it_is_finished(store: Store, terminal: Terminal, tmp_path):
    learn_people(store)
    path = tmp_path / "sample.csv"
    path.write_text("name,segment\nSample Hooli,Search\nSample Initech,Banks\n")
    carries_out(
        store, store.read_now(plan_import, WORKSPACE, read_accounts(read_table(path.read_bytes())).rows), parts=0
    )
    assert terminal.imports(str(path)) == 0
    assert (
        "Import 1 (sample.csv) ended with 2 rows to go. Import that file again to finish it, or undo it with: "
        "cadence import --undo 1"
    ) in terminal.out
    assert terminal.imports(str(path), "--apply") == 0
    assert "Imported as run 1." in terminal.out
    assert "to go" not in terminal.out
    store.write_now(begin_undo, 1, author())
    assert terminal.imports(str(path)) == 0
    assert (
        "Undoing import 1 (sample.csv) ended before it was done. Finish it with: cadence import --undo 1"
    ) in terminal.out


def test_private_accounts_are_shown_and_updated_with_whole_alone_and_come_no_second_time(store, terminal, tmp_path):
    program = stored_program(store)
    program.did(change_settings, EVE, NOW, {"signals.our_domains": ((), ("sample.example",))})
    acme = program.accounts["acme"]
    private = update(Account).where(col(Account.id) == acme).values(private_channel="C0SECRET")
    store.write_now(lambda session: session.exec(private))
    files = {
        "accounts.csv": "name,segment\nAcme Corp,Rail\nSample,Rail\n",
        "contacts.csv": "account,name,title,roles\nAcme Corp,Rita Newcomer,CFO,\nNowhere Inc,Rita Newcomer,CFO,\n",
        "signals.csv": "account,kind,occurred_at\nacme.example,event,2026-11-20\nnowhere.example,event,2026-11-20\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    before = count(store)
    # as of a company of our own, and of one that nobody knows
    for name, told, other in (
        ("accounts.csv", "Acme Corp", "Sample"),
        ("contacts.csv", "Acme Corp", "Nowhere Inc"),
        ("signals.csv", "acme.example", "nowhere.example"),
    ):
        assert terminal.imports(str(tmp_path / name), "--apply") == 0, terminal.error
        assert terminal.line(2)[1:].replace(told, "X") == terminal.line(3)[1:].replace(other, "X")
        assert "Retail" not in terminal.out
        assert "Nothing to import." in terminal.out
    assert count(store) == before
    assert store.read_now(segment_of, acme) == "Retail"

    assert terminal.imports(str(tmp_path / "accounts.csv"), "--whole") == 0
    assert "Acme Corp update segment Retail → Rail" in terminal.line(2)
    assert f"cadence import {tmp_path / 'accounts.csv'} --whole --apply" in terminal.out.replace("\n", "")
    assert terminal.imports(str(tmp_path / "accounts.csv"), "--whole", "--apply") == 0
    assert store.read_now(segment_of, acme) == "Rail"
    assert "Undo with: cadence import --undo 1 --whole" in terminal.out
    assert terminal.imports("--undo", "1") == 0
    assert "Private accounts, if it has any, stay. Undo those too: cadence import --undo 1 --whole" in terminal.out
    assert store.read_now(segment_of, acme) == "Rail"
    assert terminal.imports("--undo", "1") == 1
    assert "Import 1 was undone already" in terminal.error
    assert terminal.imports("--undo", "1", "--whole") == 0
    assert "Private accounts" not in terminal.out
    assert store.read_now(segment_of, acme) == "Retail"
    assert terminal.imports("--undo", "1", "--whole") == 1
    assert "Import 1 was undone already" in terminal.error


def segment_of(session: Session, account_id: int) -> str:
    return session.exec(select(Account.segment).where(Account.id == account_id)).one()


# Files with headers of our own: from the template through the import to a second one that changes nothing.
@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
def test_a_template_is_printed_or_written_to_a_file_that_is_not_there_yet(terminal: Terminal, tmp_path, kind: str):
    assert terminal.imports("--template", kind) == 0
    assert terminal.out == template_line(kind) + "\n"
    path = tmp_path / "new.csv"
    assert terminal.imports("--template", kind, "--to", str(path)) == 0
    assert path.read_bytes() == template(kind)
    assert terminal.imports("--template", kind, "--to", str(path)) == 1
    assert "new.csv exists already. Name another file with --to." in terminal.error


def test_deals_is_taken_for_opportunities_and_other_words_are_wrong_usage(terminal: Terminal) -> None:
    assert terminal.imports("--template", "deals") == 0
    assert terminal.out == template_line("opportunities") + "\n"
    assert terminal.imports("--template", "people") == 2
    assert terminal.imports("a.csv", "--template", "accounts") == 2
    assert terminal.imports("a.csv", "--to", "b.csv") == 1
    assert terminal.error == "--to names the file of a template. Add --template and its kind.\n"


def test_an_empty_template_is_refused_in_one_sentence(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    learn_people(store)
    path = tmp_path / "accounts.csv"
    path.write_bytes(template("accounts"))
    assert terminal.imports(str(path), "--apply") == 1
    assert terminal.error == (
        "The file has headers and no rows yet. Fill in a line for each row and import it again.\n"
    )


def test_filled_templates_go_in_without_a_question_and_change_nothing_the_second_time(store, terminal, tmp_path):
    learn_people(store)
    said = {}
    for kind in TEMPLATE_KINDS:
        path = tmp_path / f"{kind}.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows([[one.name for one in HEADERS[kind]], [each.example for each in HEADERS[kind]]])
        assert terminal.imports(str(path), "--apply") == 0, terminal.error
        said[kind] = terminal.out
        assert "not understood" not in terminal.out
        assert "Not used" not in terminal.out
        assert "Say " not in terminal.out
        if kind == "accounts":
            store.write_now(account_list.put_on_list, author(EVE), 1, tier=1, because="Fits")
    assert "Cadence history of opportunities, 1 row" in said["history"]
    for kind, out in said.items():
        counted = "0 to create, 1 to update" if kind == "history" else "1 to create, 0 to update"
        assert f"{counted}, 0 unchanged, 0 skipped." in out, out
    for kind in TEMPLATE_KINDS:
        assert terminal.imports(str(tmp_path / f"{kind}.csv"), "--apply") == 0
        assert {"0 to create, 0 to update, 1 unchanged, 0 skipped.", "Nothing to import."} <= set(
            terminal.out.splitlines()
        ), terminal.out


def test_opportunities_without_an_id_are_known_by_account_and_name(store: Store, terminal: Terminal, tmp_path: Path):
    stored_program(store)
    path = tmp_path / "deals.csv"
    path.write_text(
        "Account,Name,Stage,Phase\nAcme Corp,Rollout,Legal,late\nGlobex,Rollout,Won,\nGlobex,Pilot,Talks,\n"
    )
    assert terminal.imports(str(path), "--apply") == 0
    assert "These stages have no phase yet, so their rows are left out: Talks (1 row)." in terminal.out
    assert "2 to create, 0 to update, 0 unchanged, 1 skipped." in terminal.out
    path.write_text("stage,phase,amount,currency,name,account\nSigned,won,5000,EUR,rollout,ACME corp\n")
    assert terminal.imports(str(path), "--apply") == 0
    assert "stage Legal (late) → Signed (won)" in terminal.out
    path.write_text("account,name,stage,changed_on\nAcme Corp,Rollout,Legal,2026-10-01\n")
    assert terminal.imports(str(path)) == 0
    assert "0 to create, 1 to update, 0 unchanged, 0 skipped." in terminal.out


def test_history_by_name_is_of_the_deal_that_a_crm_brought(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    stored_program(store)
    deals, history = tmp_path / "deals.csv", tmp_path / "history.csv"
    deals.write_text("Record ID,Deal Name,Deal Stage,Associated Company\n81,Rollout,Legal,Acme Corp\n")
    assert terminal.imports(str(deals), "--stage", "Legal=late", "--apply") == 0
    history.write_text("account,name,stage,phase,changed_on\nacme corp,ROLLOUT,Talks,early,2026-10-01\n")
    assert terminal.imports(str(history), "--apply") == 0
    assert "0 to create, 1 to update, 0 unchanged, 0 skipped." in terminal.out
    deals.write_text("Record ID,Deal Name,Deal Stage,Associated Company\n82,Rollout,Legal,Acme Corp\n")
    assert terminal.imports(str(deals), "--apply") == 0
    assert terminal.imports(str(history), "--apply") == 0
    assert 'skip Acme Corp has 2 opportunities called "ROLLOUT"; add crm_id' in terminal.line(2)


# People.

HUBSPOT = str(SAMPLES / "hubspot_contacts.csv")


def people(store: Store) -> dict[str, ContactRow]:
    return {row.name: row for row in store.read_now(lambda session: session.exec(select(ContactRow)).all())}


@pytest.fixture
def accounts(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    learn_people(store)
    path = tmp_path / "accounts.csv"
    path.write_text(
        "name,domain,crm_system,crm_id\nSample Acme,acme.example,hubspot,9000000001\n"
        "Sample Globex,globex.example,,\nSample Initech,,salesforce,001D000000IRFmaIAH\n"
    )
    assert terminal.imports(str(path), "--apply") == 0


@pytest.mark.usefixtures("accounts")
def test_people_of_hubspot_are_shown_row_by_row_and_nothing_is_guessed(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(HUBSPOT) == 0
    assert terminal.out.startswith("hubspot_contacts.csv: HubSpot contacts, 8 rows")
    assert [terminal.line(number) for number in range(2, 10)] == [
        "2 Rita Sample create Sample Acme; title CFO; e-mail rita@acme.example; roles economic buyer, champion; "
        "last touch 10 Nov 2026; CRM record hubspot 7001",
        "3 Tom Sample create Sample Acme; title Head of IT; e-mail tom@acme.example; suggested technical evaluator; "
        "CRM record hubspot 7002",
        "4 Una Sample create Sample Globex; title Operations; roles decision maker; suggested economic buyer; "
        'CRM record hubspot 7003; Buying Role not understood: "Gatekeeper"; '
        "Recent Sales Email Replied Date left out, it has not come yet: 2099-01-10",
        '5 Vera Sample skip is of "Sample Hooli", which is not in Cadence',
        "6 walt@acme.example create Sample Acme; title Buyer; e-mail walt@acme.example; CRM record hubspot 7005",
        "7 Rita Sample skip Rita Sample has the same e-mail address and is record 7001, this is 7006",
        "8 Xenia Sample skip could be of Sample Acme or Sample Globex",
        '9 Yuri Sample create Sample Acme; CRM record hubspot 7008; Email not understood: "not an address"',
    ]
    assert people(store) == {}


@pytest.mark.usefixtures("accounts")
def test_people_go_in_once_and_are_taken_back_but_for_who_was_changed_since(store: Store, terminal: Terminal, tmp_path):
    assert terminal.imports(HUBSPOT, "--apply") == 0
    assert "5 to create, 0 to update, 0 unchanged, 3 skipped." in terminal.out
    assert "See them with /account ACCOUNT group. Undo with: cadence import --undo 2" in terminal.out
    assert people(store)["Rita Sample"].roles == ["economic_buyer", "champion"]
    assert terminal.imports(HUBSPOT, "--apply") == 0
    assert "0 to create, 0 to update, 5 unchanged, 3 skipped." in terminal.out

    changed = tmp_path / "ours.csv"
    changed.write_text("account,name,support,left_on\nSample Acme,Tom Sample,enemy,2026-11-02\n")
    assert terminal.imports(str(changed), "--apply") == 0
    assert terminal.line(2) == "2 Tom Sample update Sample Acme; support unknown → enemy; left none → 02 Nov 2026"
    assert terminal.imports("--undo", "2") == 0
    assert "4 new people removed. Kept, because they were changed since: Tom Sample." in terminal.out
    assert list(people(store)) == ["Tom Sample"]
    assert terminal.imports("--undo", "3") == 0
    assert (people(store)["Tom Sample"].support, people(store)["Tom Sample"].left_on) == ("unknown", None)


# Deals.

DEALS = str(SAMPLES / "hubspot_deals.csv")
PHASES = ("--stage", "Contract Sent=late", "--stage", "Qualified To Buy=early", "--stage", "Closed Won=won")


def deals(store: Store) -> dict[str, OpportunityRow]:
    return {row.key: row for row in store.read_now(lambda session: session.exec(select(OpportunityRow)).all())}


@pytest.fixture
def accounts_without_domains(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    learn_people(store)
    path = tmp_path / "accounts.csv"
    path.write_text(
        "name,crm_system,crm_id\nSample Acme,hubspot,9000000001\nSample Globex,,\n"
        "Sample Initech,salesforce,001D000000IRFmaIAH\n"
    )
    assert terminal.imports(str(path), "--apply") == 0


@pytest.mark.usefixtures("accounts_without_domains")
def test_stages_without_a_phase_are_asked_for_and_nothing_is_guessed(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(DEALS, "--apply") == 0
    assert terminal.out.startswith("hubspot_deals.csv: HubSpot deals, 5 rows")
    assert "Contract Sent (1 row), Qualified To Buy (1 row), Closed Won (1 row), Waiting room (1 row)." in terminal.out
    assert (
        "--stage 'Contract Sent=late' --stage 'Qualified To Buy=early' --stage 'Closed Won=won' "
        "--stage 'Waiting room=PHASE'"
    ) in terminal.out
    assert terminal.line(5) == '5 Sample Hooli search skip is of "Sample Hooli", which is not in Cadence'
    assert deals(store) == {}


@pytest.mark.usefixtures("accounts_without_domains")
def test_deals_go_in_once_their_stages_are_said_and_the_phases_are_kept(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(DEALS, *PHASES) == 0
    assert f"cadence import {DEALS} --stage 'Contract Sent=late' --stage" in terminal.out
    assert terminal.line(2) == (
        "2 Sample Acme pilot create Sample Acme; stage Contract Sent (late); amount EUR 120,000; closes 31 Dec 2020; "
        "since 10 Nov 2020"
    )
    assert terminal.imports(DEALS, *PHASES, "--apply") == 0
    assert "3 to create, 0 to update, 0 unchanged, 2 skipped." in terminal.out
    assert "Undo with: cadence import --undo 2" in terminal.out
    assert {key: row.phase for key, row in deals(store).items()} == {
        "hubspot:8000000001": "late",
        "hubspot:8000000002": "early",
        "hubspot:8000000003": "won",
    }
    assert terminal.imports(DEALS, "--apply") == 0
    assert "0 to create, 0 to update, 3 unchanged, 2 skipped." in terminal.out
    assert "Nothing to import before you say what is asked above." in terminal.out


@cases(
    ("words", "said"),
    [
        (("--stage", "Contract Sent"), '--stage takes the stage\'s name, = and its phase, as "Contract Sent=late"'),
        (("--stage", "Contract Sent=soon"), "Phases are early, middle, late, won, lost."),
        (("--stage", "Contract Snt=late"), 'No row of the file has the stage "Contract Snt".'),
        (("--currency", "euros"), '--currency takes three letters, such as EUR or USD, not "euros".'),
        (("--what", "accounts"), "This is an export of deals. Import it as opportunities (--what opportunities)"),
        (("--what", "history"), "not those of Salesforce's OpportunityHistory"),
    ],
)
@pytest.mark.usefixtures("accounts_without_domains")
def test_options_that_do_not_fit_are_refused_in_one_sentence(terminal: Terminal, words: tuple[str, ...], said: str):
    assert terminal.imports(DEALS, *words) == 1
    assert said in " ".join(terminal.error.split())


@pytest.mark.usefixtures("accounts_without_domains")
def test_amounts_of_several_currencies_and_some_of_none_are_asked_about_and_never_added(store, terminal, tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(
        "Record ID,Deal Name,Deal Stage,Amount,Currency,Associated Company\n"
        "1,Pilot,Closed Won,100,EUR,Sample Acme\n2,Support,Closed Won,200,USD,Sample Acme\n"
        "3,Seats,Closed Won,400,,Sample Acme\n4,Later,Closed Won,,,Sample Acme\n"
    )
    words = (str(path), "--stage", "Closed Won=won", "--apply")
    assert terminal.imports(*words) == 1
    assert terminal.error == (
        "Some amounts are in EUR, USD and others name no currency, as in line 4. Say which one those are in: add "
        "--currency and its three letters.\n"
    )
    assert deals(store) == {}
    assert terminal.imports(*words, "--currency", "usd") == 0
    assert "3 deals of accounts that have bought before name no type, so their rows are left out." in terminal.out
    assert "Undo with: cadence import --undo 2" in terminal.out
    assert terminal.imports(*words, "--currency", "usd", "--further", "existing") == 0
    assert {(row.name, row.amount_cents, row.currency) for row in deals(store).values()} == {
        ("Pilot", 10_000, "EUR"),
        ("Support", 20_000, "USD"),
        ("Seats", 40_000, "USD"),
        ("Later", None, ""),
    }
    rows = [opportunity_facts(row) for row in deals(store).values()]
    assert sum_of(rows) == DealSum(4, (("EUR", 10_000), ("USD", 60_000)), unknown=1)


@pytest.mark.usefixtures("accounts_without_domains")
def test_the_stages_that_deals_imply_are_named_with_where_to_confirm_them(terminal: Terminal) -> None:
    assert terminal.imports(DEALS, *PHASES, "--apply") == 0
    assert "imply a later stage: Sample Acme (opportunity), Sample Globex (customer)" in terminal.out
    assert ". Confirm on the card or agenda in Slack." in terminal.out
    assert terminal.imports(DEALS, *PHASES, "--apply") == 0
    assert "imply a later stage" not in terminal.out


# Exports as HubSpot and Salesforce make them go in whole, change nothing the second time, and are taken back.

CRM = SAMPLES / "crm"
HUBSPOT_STAGES = (
    ("Appointment Scheduled", "early"),
    ("Qualified To Buy", "early"),
    ("Contract Sent", "late"),
    ("Closed Won", "won"),
    ("Closed Lost", "lost"),
)
SALESFORCE_STAGES = (("Closed Won", "won"), ("Proposal/Price Quote", "late"), ("Prospecting", "early"))


def phases(stages: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(word for name, phase in stages for word in ("--stage", f"{name}={phase}"))


class Imports:
    """Imports of sample files, each twice: the second time nothing changes."""

    def __init__(self, store: Store, terminal: Terminal) -> None:
        self.store, self.terminal = store, terminal

    def __call__(self, name: str, *words: str) -> str:
        assert self.terminal.imports(str(CRM / name), *words, "--apply") == 0, self.terminal.error
        said = self.terminal.out
        before = self.stored()
        assert self.terminal.imports(str(CRM / name), *words, "--apply") == 0
        assert "\nNothing to import" in self.terminal.out
        assert self.stored() == before
        return said

    def undo(self, run: int) -> str:
        assert self.terminal.imports("--undo", str(run)) == 0
        return self.terminal.out

    def stored(self) -> list[list[dict[str, object]]]:
        tables = (Account, ContactRow, OpportunityRow)
        return [
            [
                row.model_dump()
                for row in self.store.read_now(lambda session, table=table: session.exec(select(table)).all())
            ]
            for table in tables
        ]

    def deals(self) -> dict[str, OpportunityRow]:
        return {
            row.name: row for row in self.store.read_now(lambda session: session.exec(select(OpportunityRow)).all())
        }

    def people(self) -> dict[str, ContactRow]:
        return {row.name: row for row in self.store.read_now(account_items.every_contact, "T0SAMPLE1")}


@pytest.fixture
def imports(store: Store, terminal: Terminal) -> Imports:
    learn_people(store)
    return Imports(store, terminal)


def days(deal: OpportunityRow) -> tuple[str, str]:
    return f"{deal.opened_at:%Y-%m-%d}", f"{deal.stage_since:%Y-%m-%d}"


def test_hubspots_contacts_go_in_by_the_domain_or_name_of_their_company(imports: Imports) -> None:
    assert "3 to create, 0 to update, 0 unchanged, 1 skipped." in imports("hubspot_companies.csv")
    said = imports("hubspot_contacts.csv")
    assert "3 to create, 0 to update, 0 unchanged, 2 skipped." in said
    assert "1 row skipped until you say which account the company is." in said
    assert "1 row skipped, line 6 (Lina Holt): the company is no account here." in said
    assert "could be Larkfield Foods or Pinewood Optics or none of the accounts. Say which with --company" in said
    assert {name: row.account_id for name, row in imports.people().items()} == {
        "Mara Quill": 1,
        "Jonas Reed": 2,
        "Edda Marsh": 3,
    }
    company = "Larkfield Foods; Pinewood Optics (larkfield.example; pinewood.example)=pinewood optics"
    assert "1 to create" in imports("hubspot_contacts.csv", "--company", company)
    assert imports.people()["Otis Vane"].account_id == 2
    assert imports.terminal.imports(str(CRM / "hubspot_contacts.csv")) == 0
    assert "0 to create, 0 to update, 4 unchanged, 1 skipped." in imports.terminal.out
    imports.undo(3)
    assert "3 new people removed" in imports.undo(2)
    assert imports.people() == {}
    assert "3 new accounts removed" in imports.undo(1)


def test_hubspots_deals_go_in_with_the_dates_of_their_stages(imports: Imports) -> None:
    imports("hubspot_companies.csv")
    said = imports("hubspot_deals.csv", *phases(HUBSPOT_STAGES))
    assert "3 to create, 0 to update, 0 unchanged, 4 skipped." in said
    assert "1 row skipped, line 6 (Quarry pilot): the company is no account here." in said
    assert "2 rows skipped until you say which account the company is." in said
    assert "1 deal of accounts that have bought before names no type" in said
    assert {name: days(deal) for name, deal in imports.deals().items()} == {
        "Larkfield cold chain": ("2019-03-03", "2019-07-15"),
        "Pinewood lens line": ("2020-09-01", "2020-10-06"),
        "Harbour claims desk": ("2020-02-10", "2020-06-11"),
    }
    answers = (
        *("--further", "existing"),
        *("--company", "Finch Brokers (harbour-finch.example)=none"),
        *("--company", "Harbour Finch Holdings (harbour-finch.example)=Harbour & Finch"),
    )
    assert "2 to create" in imports("hubspot_deals.csv", *answers)
    found = imports.deals()
    assert [name for name, deal in found.items() if deal.type == "existing_business"] == ["Larkfield second site"]
    assert days(found["Harbour branch roll-out"]) == ("2020-10-01", "2020-11-05")
    imports.undo(3)
    assert "entries about deals taken back" in imports.undo(2)
    assert imports.deals() == {}


def test_salesforces_opportunities_are_dated_by_their_history(imports: Imports) -> None:
    assert "2 to create, 0 to update, 0 unchanged, 1 skipped." in imports("salesforce_accounts.csv")
    assert "2 to create, 0 to update, 0 unchanged, 1 skipped." in imports("salesforce_contacts.csv")
    assert "0 to create, 2 to update, 0 unchanged, 0 skipped." in imports("salesforce_contact_roles.csv")
    words = (*phases(SALESFORCE_STAGES), "--further", "existing", "--currency", "EUR")
    said = imports("salesforce_opportunities.csv", *words)
    assert "3 to create, 0 to update, 0 unchanged, 0 skipped." in said
    said = imports("salesforce_opportunity_history.csv")
    assert "0 to create, 7 to update, 0 unchanged, 0 skipped." in said
    assert {name: (*days(deal), deal.pushes) for name, deal in imports.deals().items()} == {
        "Tideway fleet refit": ("2019-11-03", "2020-02-26", 1),
        "Ostrava press shop": ("2020-06-02", "2020-09-21", 2),
        "Tideway crew portal": ("2020-11-19", "2020-11-19", 0),
    }
    assert "7 entries about deals taken back" in imports.undo(5)
    imports.undo(4)
    assert imports.deals() == {}
    imports.undo(3)
    assert "2 new people removed" in imports.undo(2)
    imports.undo(1)


def test_a_column_with_dates_in_two_orders_is_asked_about_and_named_in_the_summary(imports: Imports, tmp_path: Path):
    imports("hubspot_companies.csv")
    path = tmp_path / "deals.csv"
    days = ("13/4/19", "4/14/19 3:04 PM", "3/4/19", "31.02.2019", "")
    rows = (
        f"{number},Deal {number},Closed Won,{day},newbusiness,larkfield.example" for number, day in enumerate(days, 1)
    )
    header = "Record ID,Deal Name,Deal Stage,Close Date,Deal Type,Associated Company Domain"
    path.write_text("\n".join((header, *rows)))
    words = (str(path), "--stage", "Closed Won=won")
    assert imports.terminal.imports(*words) == 1
    assert "13/4/19 (line 2) can begin with the day alone, and 4/14/19" in imports.terminal.error
    assert imports.terminal.imports(*words, "--dates", "day-first", "--apply") == 0
    said = imports.terminal.out
    assert "Dates of column Close Date are in two orders: 4/14/19 3:04 PM and others in line 3" in said
    assert "1 date in column Close Date could not be read, e.g. 31.02.2019 in line 5: correct it in the file" in said
    assert {name: str(deal.closes_on) for name, deal in imports.deals().items()} == {
        "Deal 1": "2019-04-13",
        "Deal 2": "2019-04-14",
        "Deal 3": "2019-04-03",
        "Deal 4": "None",
        "Deal 5": "None",
    }


# A file, a word, a workspace or a database that does not do: one sentence, and nothing is written.
@pytest.fixture
def bad_files(store: Store, tmp_path: Path) -> Path:
    learn_people(store)
    (tmp_path / "empty.csv").touch()
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("accounts.csv", "name,domain")
    (tmp_path / "other.csv").write_text("Firma;Ort\nAcme;Bonn\n")
    with (tmp_path / "huge.csv").open("wb") as huge:
        # a file with a hole in it: 101 MB that take no room
        huge.truncate(LARGEST_FILE_BYTES + 1024 * 1024)
    return tmp_path


@cases(
    ("name", "said"),
    [
        ("empty.csv", "The file is empty."),
        ("archive.zip", "is not a complete export: contents.csv is missing"),
        ("other.csv", 'The columns "Firma", "Ort" are of no export known here'),
        ("huge.csv", "The file has 101 MB and at most 100 MB can be read."),
        ("missing.csv", "missing.csv cannot be read: No such file or directory."),
        ("", "is not a complete export: contents.csv is missing"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(store: Store, terminal: Terminal, bad_files: Path, name: str, said: str):
    assert terminal.imports(str(bad_files / name), "--apply") == 1
    assert said in " ".join(terminal.error.split())
    assert terminal.out == ""
    assert store.read_now(lambda session: session.exec(select(Event)).first()) is None


@cases(
    ("words", "said"),
    [
        ([], "one of the arguments FILE --undo --template is required"),
        (["a.csv", "--undo", "1"], "not allowed with argument"),
        (["a.csv", "--what", "people"], "invalid choice: 'people' (choose from"),
        (["--undo", "last"], "invalid int value"),
    ],
)
def test_wrong_usage_exits_with_2(terminal: Terminal, words: list[str], said: str) -> None:
    assert terminal.imports(*words) == 2
    assert said in terminal.error


def test_help_says_what_can_be_imported(terminal: Terminal) -> None:
    assert terminal.imports("--help") == 0
    assert "HubSpot or Salesforce export" in terminal.out
    assert "--undo RUN" in terminal.out


def install(session: Session, workspace_id: str) -> None:
    workspaces.save_installation(
        session, Installation(workspace_id, workspace_id, "", "U0BOT", "B0BOT"), time_zone="UTC", now=NOW
    )


def test_the_workspace_has_to_be_clear(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(LABELS) == 1
    assert terminal.error == "No workspace is known yet. Start the bot once with cadence run.\n"
    learn_people(store)
    store.write_now(install, "T0SECOND1")
    assert terminal.imports(LABELS) == 1
    assert terminal.error == (
        f"There are several workspaces: {WORKSPACE}, T0SECOND1. Choose one with --workspace ID.\n"
    )
    assert terminal.imports(LABELS, "--workspace", "T0OTHER") == 1
    assert terminal.error == f"The bot is not in workspace T0OTHER. It is in {WORKSPACE}, T0SECOND1.\n"
    assert terminal.imports(LABELS, "--workspace", "T0SECOND1", "--apply") == 0
    assert "Undo with: cadence import --undo 1 --workspace T0SECOND1" in terminal.out


def test_a_database_without_the_schema_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert main(["import", LABELS]) == 1
    assert "The database is empty: run cadence migrate first" in capsys.readouterr().err
