"""Golden files: what a page looks like, as text that a person can review. `CADENCE_GOLDEN=write` writes them anew."""

import os
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.mrkdwn import length, weight
from agendas.rendering.page import Page
from sandbox.limits import is_too_long, message_problems

GOLDEN = Path(__file__).parent.parent / "golden"
LINE_SHOWN = 320


def check_golden(name: str, text: str, *, ending: str = "txt") -> None:
    """Compares with `tests/golden/<name>.txt`, or writes it when the environment says so."""
    path = GOLDEN / f"{name}.{ending}"
    if os.environ.get("CADENCE_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def check_pages(name: str, pages: Mapping[str, Page]) -> None:
    """Every page is within what Slack takes, and all of them are as the golden file says."""
    for page in pages.values():
        check_messages(messages(page))
    check_golden(name, "\n".join(drawn(kind, page) for kind, page in pages.items()))


def drawn(kind: str, page: Page) -> str:
    """All messages of a page, block by block, in the mrkdwn that Slack gets."""
    lines = [f"=== {kind}: {page.title}"]
    for number, part in enumerate(messages(page), start=1):
        lines += [f"--- message {number}"] if number > 1 else []
        for block in part.blocks:
            lines += [f"[{block['type']}]", *(_short(line) for text in _texts(block) for line in text.split("\n"))]
    return "\n".join(_folded(lines)) + "\n"


def said_by(parts: Iterable[Rendered]) -> str:
    """Everything that the messages say, one text below the other, in the mrkdwn that Slack gets."""
    return "\n".join(text for part in parts for block in part.blocks for text in _texts(block))


def check_messages(parts: list[Rendered]) -> None:
    """Every message is within what Slack takes, and no block id comes twice."""
    ids = [block["block_id"] for part in parts for block in part.blocks]
    assert len(ids) == len(set(ids))
    for part in parts:
        assert 1 <= length(part.text) <= 4_000
        assert sum(weight(block) for block in part.blocks if block["type"] != "data_table") <= 10_000
        if part.blocks:
            assert message_problems(part.blocks) == []
            assert not is_too_long(part.blocks)


def _texts(block: dict) -> list[str]:
    if block["type"] == "table":
        return [" | ".join(cell["text"] for cell in row) for row in block["rows"]]
    if block["type"] == "data_table":
        return [block["caption"], *(" | ".join(cell["text"] for cell in row) for row in block["rows"])]
    if block["type"] == "data_visualization":
        return _chart(block)
    if block["type"] == "container":
        inside = [line for child in block["child_blocks"] for text in _texts(child) for line in text.split("\n")]
        return [f"({block['title']['text']})", *(f"  {line}" for line in inside)]
    if block["type"] == "actions":
        return [line for element in block["elements"] for line in _button(element)]
    button = [f"({block['accessory']['text']['text']})"] if "accessory" in block else []
    return button + [
        text["text"] for text in (block.get("text"), *block.get("fields", ()), *block.get("elements", ())) if text
    ]


def _chart(block: dict) -> list[str]:
    chart = block["chart"]
    numbers = (
        f"{series['name']}: " + ", ".join(f"{point['label']} {point['value']:g}" for point in series["data"])
        for series in chart["series"]
    )
    return [f"{block['title']} ({chart['type']})", *numbers]


def _button(element: dict) -> list[str]:
    if element["type"] == "overflow":
        return [f"({each['text']['text']}) in the menu: {each['value']}" for each in element["options"]]
    shown = element.get("text") or element["placeholder"]
    return [f"({shown['text']}) {element['action_id']} {element.get('value', '')}".rstrip()]


def _short(line: str) -> str:
    return line if len(line) <= LINE_SHOWN else f"{line[:90]} [{len(line) - 150} characters more] {line[-60:]}"


def _folded(lines: list[str]) -> list[str]:
    runs = [(line, len(list(same))) for line, same in groupby(lines)]
    return [line if count == 1 else f"{line} [{count} such lines]" for line, count in runs]
