"""The house rules that no linter knows: sizes, where time and SQL are asked, and where nothing waits."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "assistant", "agendas", "storage", "sandbox")
BESIDE_THE_ROOMS = ("tests", "bench")
BELOW_THE_ASSISTANT = ("agendas", "storage")

LINES_OF_A_FILE = 250
FILES_OF_A_FOLDER = 20
LINES_OF_A_FUNCTION = 40
LINES_OF_MOST_FUNCTIONS = 25
ARGUMENTS_BY_POSITION = 4
RIDDLE = re.compile(r"(What|Who|Whose|Whom|Whether|The same)\b")

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _files(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _functions(path: Path) -> Iterator[Function]:
    return (node for node in _nodes(path) if isinstance(node, Function))


def _lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _by_position(function: Function) -> list[str]:
    arguments = (*function.args.posonlyargs, *function.args.args)
    return [argument.arg for argument in arguments if argument.arg not in ("self", "cls")]


def _docstrings(path: Path) -> Iterator[tuple[str, str]]:
    for node in _nodes(path):
        if isinstance(node, ast.Module | ast.ClassDef | Function):
            yield getattr(node, "name", "the module"), ast.get_docstring(node) or ""


FILES = _files(*ROOMS)


def test_every_room_has_files() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(ROOMS)


def test_a_file_fits_into_one_look() -> None:
    files = [*FILES, *_files(*BESIDE_THE_ROOMS)]
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: count for name, count in lines.items() if count > LINES_OF_A_FILE} == {}


def test_a_function_does_one_thing() -> None:
    lines = {(_name(path), each.name): _lines(each) for path in FILES for each in _functions(path)}
    assert {name: count for name, count in lines.items() if count > LINES_OF_A_FUNCTION} == {}


def test_nine_functions_in_ten_are_short() -> None:
    lengths = [_lines(function) for path in FILES for function in _functions(path)]
    short = [length for length in lengths if length < LINES_OF_MOST_FUNCTIONS]
    assert len(short) >= 0.9 * len(lengths)


def test_a_function_takes_four_arguments_by_position_at_most() -> None:
    arguments = {(_name(path), each.name): _by_position(each) for path in FILES for each in _functions(path)}
    assert {name: given for name, given in arguments.items() if len(given) > ARGUMENTS_BY_POSITION} == {}


def test_nothing_waits_below_the_assistant() -> None:
    waiting = {
        _name(path)
        for path in _files(*BELOW_THE_ASSISTANT)
        for node in _nodes(path)
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
    }
    # `read` and `write` hand a whole verb to a database thread; nothing else there or below waits
    assert waiting == {"storage/database/engine.py"}


def test_only_the_clock_asks_the_time() -> None:
    asking = {
        _name(path)
        for path in FILES
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    }
    # the look-alike is told the time by its demo and its tests; a signature counts only near the time it is made
    assert asking - {"sandbox/server.py", "sandbox/delivery/signed_http.py"} == {"bot/clock.py"}


def test_sql_is_written_in_storage_alone() -> None:
    taken = {
        alias.name
        for path in _files("bot", "handlers", "assistant", "agendas", "sandbox")
        for node in _nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module == "sqlmodel"
        for alias in node.names
    }
    assert taken == {"Session"}


def test_tables_keep_their_annotations_as_objects() -> None:
    for path in _files("storage/tables"):
        assert "from __future__ import annotations" not in path.read_text(encoding="utf-8"), _name(path)


def test_a_folder_fits_into_one_look() -> None:
    folders = Counter(path.parent for path in [*FILES, *_files(*BESIDE_THE_ROOMS)])
    crowded = {_name(folder): files for folder, files in folders.items() if files > FILES_OF_A_FOLDER}
    assert crowded == {}


def test_an_import_contract_names_no_single_module_of_agendas() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = set(re.findall(r"\bagendas\.[\w.]+", str(settings["tool"]["importlinter"]["contracts"])))
    folders = {name for name in named if (ROOT / name.replace(".", "/")).is_dir()}
    assert named - folders == {"agendas.errors"}


def test_no_docstring_begins_with_a_question_word() -> None:
    files = [path for room in (*ROOMS, *BESIDE_THE_ROOMS) for path in sorted((ROOT / room).rglob("*.py"))]
    found = [f"{_name(path)}: {name}" for path in files for name, text in _docstrings(path) if RIDDLE.match(text)]
    assert found == [], "begin these docstrings with a verb or a noun"


def test_slack_is_neither_left_to_send_later_nor_asked_for_every_channel() -> None:
    """Slack sends later what was taken back meanwhile, and throttles a list of all channels."""
    calls = {"chat_scheduleMessage", "conversations_list", "users_conversations"}
    used = {
        f"{_name(path)} {node.attr}"
        for path in _files("bot", "handlers", "assistant", "agendas", "storage")
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in calls
    }
    assert used == set()
