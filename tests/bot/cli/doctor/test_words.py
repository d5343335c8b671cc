"""`cadence doctor` reads the folder with other words."""

from pathlib import Path

import pytest

from tests.bot.cli.doctor.workspace import ExaminedWorkspace, verdicts


async def test_words_that_cannot_be_used_are_named_with_their_place(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, text in (("good", "Gaps"), ("bad", "{{ 'a' | safe }}")):
        (tmp_path / name).mkdir()
        template = f"{{% macro missing_label() %}}{text}{{% endmacro %}}"
        (tmp_path / name / "agenda.j2").write_text(template, encoding="utf-8")
    monkeypatch.setenv("CADENCE_WORDS", str(tmp_path / "good"))
    assert verdicts(await workspace.says())["words"] == "ok"
    monkeypatch.setenv("CADENCE_WORDS", str(tmp_path / "bad"))
    [(verdict, text)] = (await workspace.says())["words"]
    assert (verdict, workspace.status) == ("wrong", 1)
    assert text.startswith("agenda.j2, line 1 cannot be read: No filter named 'safe'.")
