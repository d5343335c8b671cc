"""Limits of all blocks of a message or view together: number, unique ids, sums."""

from collections.abc import Iterator
from typing import Any

from sandbox.limits.blocks import MARKDOWN, NEWER, SURFACES
from sandbox.limits.checks import Problems, by_type, items, length
from sandbox.limits.tables import DATA_TABLE_CHARACTERS, characters

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}


def walk_blocks(blocks: Any, at: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every block with its pointer, including those inside containers, carousels and plans."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        yield block, f"{at}/{index}"
        inner = {"container": "child_blocks", "carousel": "elements", "plan": "tasks"}.get(str(block.get("type")))
        if inner is not None:
            yield from walk_blocks(block.get(inner), f"{at}/{index}/{inner}")


def check_blocks(blocks: Any, surface: str, at: str, problems: Problems) -> None:
    """Check the blocks of one surface: ``message``, ``modal`` or ``home``."""
    if blocks == []:
        return
    items(by_type(SURFACES[surface]), 0, MOST_BLOCKS[surface])(blocks, at, problems)
    _unique_ids(blocks, at, problems)
    _only_in_modals(blocks, surface, at, problems)
    _one_focus(blocks, at, problems)
    _sums(blocks, at, problems)


def acknowledgement_problems(blocks: Any, *, at: str = "/blocks") -> list[str]:
    """Return the newer blocks among those of an acknowledgement, each as a problem.

    Slack does not say which blocks it takes there, and tells an app of no refusal; so this one takes no newer ones.
    """
    newer = {"table", *NEWER}
    return [
        f"unsupported block in an acknowledgement: {block['type']} [json-pointer:{pointer}/type]"
        for block, pointer in walk_blocks(blocks, at)
        if block.get("type") in newer
    ]


def ephemeral_problems(blocks: Any, *, at: str = "/blocks") -> list[str]:
    """Return the tables that sort and the charts in a message that one person sees, each as a problem.

    Slack does not say that it takes them there; so this one does not.
    """
    return [
        f"unsupported block in an ephemeral message: {block['type']} [json-pointer:{pointer}/type]"
        for block, pointer in walk_blocks(blocks, at)
        if block.get("type") in ("data_table", "data_visualization")
    ]


def _unique_ids(blocks: Any, at: str, problems: Problems) -> None:
    block_ids: set[str] = set()
    task_ids: set[str] = set()
    for block, pointer in walk_blocks(blocks, at):
        for name, seen in (("block_id", block_ids), ("task_id", task_ids)):
            value = block.get(name)
            if isinstance(value, str) and value in seen:
                problems.add(f"`{name}` already exists: {value}", f"{pointer}/{name}")
            if isinstance(value, str):
                seen.add(value)


def _only_in_modals(blocks: Any, surface: str, at: str, problems: Problems) -> None:
    for block, pointer in walk_blocks(blocks, at) if surface != "modal" else ():
        element = block.get("element")
        if not isinstance(element, dict):
            continue
        if element.get("type") == "file_input":
            problems.add("unsupported element: file_input", f"{pointer}/element/type")
        if "response_url_enabled" in element:
            problems.add("invalid additional property: response_url_enabled", f"{pointer}/element")


def _one_focus(blocks: Any, at: str, problems: Problems) -> None:
    focused = [pointer for block, pointer in walk_blocks(blocks, at) if _wants_focus(block)]
    for pointer in focused[1:]:
        problems.add("only one element can have focus_on_load", pointer)


def _wants_focus(block: dict[str, Any]) -> bool:
    listed = block.get("elements") if isinstance(block.get("elements"), list) else []
    elements = [block.get("element"), block.get("accessory"), *(listed or [])]
    return any(isinstance(element, dict) and element.get("focus_on_load") is True for element in elements)


def _sums(blocks: Any, at: str, problems: Problems) -> None:
    found = [block for block, _ in walk_blocks(blocks, at)]
    kinds = [block.get("type") for block in found]
    if kinds.count("table") > 1:
        problems.add("only one table is allowed", at)
    if kinds.count("data_visualization") > 2:
        problems.add("only two data_visualization blocks are allowed", at)
    markdown = sum(length(str(block.get("text"))) for block in found if block.get("type") == "markdown")
    if markdown > MARKDOWN:
        problems.add(f"markdown must be less than {MARKDOWN + 1} characters in all", at)
    cells = sum(characters(block.get("rows")) for block in found if block.get("type") == "data_table")
    if cells > DATA_TABLE_CHARACTERS:
        problems.add(f"data tables must be less than {DATA_TABLE_CHARACTERS + 1} characters in all", at)
