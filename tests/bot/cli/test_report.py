"""A report on the command line: what is asked for wrongly."""

from pathlib import Path

import pytest

from bot.__main__ import main


@pytest.mark.parametrize(
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


def test_without_a_workspace_there_is_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], migrated_sqlite: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{migrated_sqlite}")
    assert main(["report", "audit", "--to", str(tmp_path / "audit.html")]) == 1
    assert capsys.readouterr().err.startswith("No workspace is known yet.")
    assert not (tmp_path / "audit.html").exists()
