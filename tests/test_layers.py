"""The house rules that no linter knows: where time and SQL are asked, and where nothing waits."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "assistant", "agendas", "storage", "sandbox")

CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}


def _files(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _parsed(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _nodes(path: Path, *words: str) -> tuple[ast.AST, ...]:
    """The nodes of a file that has one of these words: to parse all files takes seconds."""
    text = path.read_text(encoding="utf-8")
    return _parsed(path) if any(word in text for word in words) else ()


FILES = _files(*ROOMS)


def test_every_room_has_files() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(ROOMS)


def test_nothing_waits_below_the_assistant() -> None:
    waiting = {
        _name(path)
        for path in _files(*("agendas", "storage"))
        for node in _nodes(path, "async ", "await ")
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
    }
    # `read` and `write` hand a whole verb to a database thread; nothing else there or below waits
    assert waiting == {"storage/database.py"}


def test_only_the_clock_asks_the_time() -> None:
    asking = {
        _name(path)
        for path in FILES
        for node in _nodes(path, *map(".".join, CLOCKS))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in CLOCKS
    }
    # the look-alike is told the time by its demo and its tests; a signature counts only near the time it is made
    assert asking - {"sandbox/server.py", "sandbox/delivery.py"} == {"bot/clock.py"}


def test_sql_is_written_in_storage_alone() -> None:
    taken = {
        alias.name
        for path in _files("bot", "handlers", "assistant", "agendas", "sandbox")
        for node in _nodes(path, "sqlmodel")
        if isinstance(node, ast.ImportFrom) and node.module == "sqlmodel"
        for alias in node.names
    }
    assert taken == {"Session"}


def test_tables_keep_their_annotations_as_objects() -> None:
    for path in _files("storage/models"):
        assert "from __future__ import annotations" not in path.read_text(encoding="utf-8"), _name(path)


LIBRARIES = {
    "slack_bolt": ("bot/", "handlers/", "sandbox/"),
    "slack_sdk": ("bot/", "handlers/", "sandbox/"),
    "aiohttp": ("bot/", "handlers/", "sandbox/"),
    "starlette": ("bot/", "handlers/", "sandbox/"),
    "apscheduler": ("bot/scheduler.py",),
    "openai": ("assistant/model.py",),
    "httpx2": ("assistant/model.py",),
}
"""Where each library is known, and nowhere else."""


def _imported(path: Path) -> set[str]:
    nodes = _nodes(path, *LIBRARIES, "storage", "handlers.forms")
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in imports if isinstance(node, ast.ImportFrom)}


def test_each_library_is_known_where_it_belongs_and_storage_among_the_handlers_at_the_edge_alone() -> None:
    strangers = {
        f"{_name(path)} imports {name}"
        for path in FILES
        for name in _imported(path)
        for places in [LIBRARIES.get(name.split(".")[0])]
        if places and not _name(path).startswith(places)
    }
    strangers |= {
        f"{_name(path)} imports {name}"
        for path in _files("handlers")
        for name in _imported(path)
        if (name.split(".")[0] == "storage" and "edge" not in path.parts)
        or (name.startswith("handlers.forms") and "edge" in path.parts)
    }
    assert strangers == set()


def test_slack_is_neither_left_to_send_later_nor_asked_for_every_channel() -> None:
    """Slack sends later what was taken back meanwhile, and throttles a list of all channels."""
    calls = {"chat_scheduleMessage", "conversations_list", "users_conversations"}
    used = {
        f"{_name(path)} {node.attr}"
        for path in _files("bot", "handlers", "assistant", "agendas", "storage")
        for node in _nodes(path, *calls)
        if isinstance(node, ast.Attribute) and node.attr in calls
    }
    assert used == set()
