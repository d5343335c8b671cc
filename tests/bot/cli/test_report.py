from pathlib import Path

import pytest

from agendas.facts.audience import PrivacySet
from agendas.verbs.record import record
from bot.__main__ import main
from storage.database import Store
from tests.bot.cli.copies import Does
from tests.builders import EVE, NOW
from tests.cases import cases
from tests.program import stored_program


@cases(
    ("words", "said"),
    [
        (["report"], "PAGE"),
        (["report", "sales", "--to", "a.html"], "invalid choice: 'sales'"),
        (["report", "audit"], "--to"),
        (["report", "audit", "--to", "a.pdf"], "'a.pdf' ends in neither .html nor .csv"),
        (["report", "audit", "--to", ""], "'' names no file"),
    ],
)
def test_wrong_words_are_usage(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_without_a_workspace_there_is_no_report(tmp_path, monkeypatch, capsys, migrated_sqlite: Path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{migrated_sqlite}")
    assert main(["report", "audit", "--to", str(tmp_path / "audit.html")]) == 1
    assert capsys.readouterr().err.startswith("No workspace is known yet.")
    assert not (tmp_path / "audit.html").exists()


@pytest.mark.parametrize("ending", ["html", "csv"])
def test_the_executive_page_is_written_once_without_private_accounts(store: Store, tmp_path, does: Does, ending: str):
    program = stored_program(store)
    program.did(record, EVE, NOW, program.accounts["globex"], PrivacySet("C0DEAL"))
    file = tmp_path / f"november.{ending}"
    said = does(store.url, "report", "executive", "--to", file)
    assert said.startswith("Wrote Executive review, ")
    assert said.endswith(f" to {file}.\nPrivate accounts are left out.\n")
    before = file.read_bytes()
    assert b"Executive review" in before
    assert b"Globex" not in before
    again = does(store.url, "report", "executive", "--to", file, status=1)
    assert again == f"{file} exists already. Name a file that does not exist yet.\n"
    assert file.read_bytes() == before
    later = does(store.url, "report", "executive", "--month", "2999-01", "--to", tmp_path / "later.html", status=1)
    assert "is still to come" in later
    assert not (tmp_path / "later.html").exists()
