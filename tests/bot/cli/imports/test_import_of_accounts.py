"""Importing accounts on the command line: a preview, then each row once, then undone."""

from pathlib import Path

from sqlalchemy import update
from sqlmodel import Session, col, select

from agendas.rules.import_accounts import read_accounts
from agendas.rules.import_tables import read_table
from agendas.verbs.import_runs import begin_undo
from agendas.verbs.imports import plan_import
from agendas.verbs.settings import change_settings
from storage.database import Store
from storage.models.accounts import Account
from tests.agendas.verbs.imports.importing import carries_out
from tests.bot.cli.imports.terminal import LABELS, Terminal
from tests.builders import EVE, NOW, WORKSPACE, author
from tests.program import learn_people, stored_program


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


def test_a_long_file_shows_the_first_rows_of_each_kind_and_all_with_all(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
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


def test_what_stands_in_a_file_reaches_the_terminal_as_plain_text(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
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


def test_an_import_that_ended_in_the_middle_is_told_of_until_it_is_finished(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
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


def test_private_accounts_are_shown_and_updated_with_whole_alone_and_come_no_second_time(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
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
