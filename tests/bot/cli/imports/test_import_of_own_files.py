"""Files with headers of our own: from the template through the import to a second one that changes nothing."""

import csv
from pathlib import Path

import pytest

from agendas.rules.import_questions import HEADERS, TEMPLATE_KINDS, template, template_line
from agendas.verbs import account_list
from storage.database import Store
from tests.bot.cli.imports.terminal import Terminal
from tests.builders import EVE, author
from tests.program import learn_people, stored_program


@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
def test_a_template_is_printed_or_written_to_a_file_that_is_not_there_yet(
    terminal: Terminal, tmp_path: Path, kind: str
) -> None:
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


def test_filled_templates_go_in_without_a_question_and_change_nothing_the_second_time(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
    learn_people(store)
    said = {}
    for kind in TEMPLATE_KINDS:
        path = tmp_path / f"{kind}.csv"
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(
                [[each.name for each in HEADERS[kind]], [each.example for each in HEADERS[kind]]]
            )
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


def test_opportunities_without_an_id_are_known_by_account_and_name(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
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
