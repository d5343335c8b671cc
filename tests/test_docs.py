"""The documents say what is so: commands, settings, targets, files and links."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from agendas.pages.command_help import COMMANDS
from bot.__main__ import COMMANDS as PROGRAM_COMMANDS
from bot.settings import Settings, read_local_settings
from bot.wiring import DEFAULT_PORT
from tests.cases import cases

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FIGURES = {ROOT / "docs/performance.md", ROOT / "docs/effort.md"}
"""Tables that `make bench` and `make effort` measure."""
GUIDES = sorted({ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs/operations").glob("*.md")} - FIGURES)


class Asked(dict[str, str]):
    """An environment that remembers which names were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return default


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _section(document: str, heading: str) -> str:
    return _text(document).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" |")]
        if line.startswith("| `") or (line.startswith("|") and LINK.search(line)):
            yield cells


def _documented_settings() -> dict[str, str]:
    """Each name with its default as it is written, empty when there is none."""
    rows = list(_rows(_text("docs/settings.md")))
    return {cells[0].strip("`"): cells[-1].strip("`") if cells[-1].startswith("`") else "" for cells in rows}


def _read(environment: Mapping[str, str]) -> Settings:
    return read_local_settings(environment)


def test_the_commands_are_those_that_help_explains_each_once() -> None:
    documented = [cells[0].strip("`") for cells in _rows(_text("docs/commands.md")) if cells[0].startswith("`/")]
    assert sorted(documented) == sorted(command.usage for command in COMMANDS)


def test_the_shortcuts_are_those_that_slack_offers() -> None:
    documented = re.findall(r"^- \*\*([^*]+)\*\*, in ", _text("docs/commands.md"), re.MULTILINE)
    offered = yaml.safe_load(_text("app.yaml"))["features"]["shortcuts"]
    assert sorted(documented) == sorted(shortcut["name"] for shortcut in offered)


def test_the_words_of_the_program_are_those_it_knows() -> None:
    documented = {
        row[0].split()[1].strip("`") for row in _rows(_text("docs/operations/run.md")) if "cadence " in row[0]
    }
    assert documented == set(PROGRAM_COMMANDS)


def test_the_settings_are_those_that_are_read() -> None:
    asked = Asked()
    _read(asked)
    assert set(_documented_settings()) == asked.names


def test_the_defaults_are_those_that_hold() -> None:
    documented = {name: default for name, default in _documented_settings().items() if default}
    assert documented.pop("PORT") == str(DEFAULT_PORT)
    assert _read(documented) == _read({})
    given = {"slack_api_url", "database_url", "host", "time_zone", "log_level", "log_format"}
    given |= {"openai_base_url", "model_seconds"}
    assert set(documented.values()) == {str(getattr(Settings(), name)) for name in given}


def test_the_commands_of_the_readme_are_targets_of_make() -> None:
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"^\s*(?:[A-Z_]+=\S+ )*make ([a-z]+)$", _text("README.md"), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_example_of_a_form_is_the_file_that_is_there() -> None:
    example, file = _section("CONTRIBUTING.md", "A new word with a form"), _text("handlers/product.py")
    named = re.findall(r"^(?:class |    |    async def )?(\w+)(?: = | +\(|\()", example, re.MULTILINE)
    assert {"ProductForm", "frame", "link", "submitted", "product", "add_typed", "PRODUCT"} <= set(named)
    assert [
        name for name in named if not re.search(rf"^ *(?:(?:async )?def |class )?{name}\b", file, re.MULTILINE)
    ] == []
    [declared] = re.findall(r"^PRODUCT = Subject\(.*?^\)", example, re.MULTILINE | re.DOTALL)
    assert declared in file


def test_the_table_of_places_names_files_and_folders_that_exist() -> None:
    rows = [LINK.findall(" ".join(cells)) for cells in _rows(_section("CONTRIBUTING.md", "Where is ...?"))]
    assert 10 <= len(rows) <= 15
    assert [place for places in rows for place in places if not (ROOT / place).exists()] == []


def test_each_walk_goes_through_fewer_than_forty_files_that_are_there() -> None:
    walks = re.split(r"^\*\*", _section("CONTRIBUTING.md", "Four walks"), flags=re.MULTILINE)[1:]
    assert len(walks) == 4
    for walk in walks:
        named = re.findall(r"`([\w/]+\.(?:py|j2))`", walk.partition("\n")[2])
        assert 10 < len(named) < 40
        assert [name for name in named if "/" in name and not (ROOT / name).exists()] == []


@cases("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    lost = []
    text = document.read_text(encoding="utf-8")
    for target in [*LINK.findall(text), *re.findall(r'src="([^"]+)"', text)]:
        path, _, part = target.partition("#")
        if target.startswith(("http://", "https://")):
            continue
        found = document if not path else (document.parent / path).resolve()
        if not found.exists() or (part and part not in _anchors(found)):
            lost.append(target)
    assert lost == []


def test_every_decision_is_listed_and_says_its_four_things() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("0*.md"))
    assert LINK.findall(_text("docs/decisions/README.md")) == [decision.name for decision in decisions]
    for decision in decisions:
        assert HEADING.findall(decision.read_text(encoding="utf-8"))[1:] == ["Context", "Options", "Choice", "Price"]


def _anchors(document: Path) -> set[str]:
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@cases("document", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_section_names_tests_that_show_it_and_that_exist(document: Path) -> None:
    unshown, lost = [], []
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for section in re.split(r"^(?=#)", text, flags=re.MULTILINE)[1:]:
        shown = re.search(r"<!-- shown by (.+?) -->", section)
        named = [each.split("::") for each in shown[1].split()] if shown else []
        if not named:
            unshown.append(section.partition("\n")[0])
        lost += [f"{file}::{name}" for file, name in named if not _has_test(file, name)]
    assert (unshown, lost) == ([], [])


def _has_test(file: str, name: str) -> bool:
    return (ROOT / file).is_file() and f"def {name}(" in _text(file)


def test_the_files_of_the_sandbox_are_those_that_are_there() -> None:
    cells = [row[0] for row in _rows(_section("docs/sandbox.md", "Where things are"))]
    named = {name for cell in cells for name in re.findall(r"`([\w.]+)`", cell)}
    assert named == {each.name for each in (ROOT / "sandbox").iterdir() if not each.name.startswith("__")}


def test_every_test_that_shows_a_promise_is_there() -> None:
    named = TEST.findall(_text("CONTRIBUTING.md"))
    assert len(named) > 20
    assert [name for file, name in named if not _has_test(file, name)] == []
