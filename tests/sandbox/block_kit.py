"""Blocks, elements and views for tests, valid unless a test says otherwise."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(number: int = 0, **more: Any) -> Json:
    return {"text": plain(f"Option {number}"), "value": str(number), **more}


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def section(text: str = "Text", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def address(characters: int) -> str:
    return "https://sample.example/".ljust(characters, "a")


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int = 1, **more: Any) -> Json:
    return {"type": "table", "rows": [[raw("x")] * columns for _ in range(rows)], **more}


def data_table(rows: int, columns: int = 1, **more: Any) -> Json:
    return {"type": "data_table", "caption": "Numbers", "rows": [[raw("x")] * columns for _ in range(rows)], **more}


def bars(series: int = 1, categories: int = 2, **more: Any) -> Json:
    names = [str(number) for number in range(categories)]
    data = [{"label": name, "value": 1} for name in names]
    lines = [{"name": f"s{number}", "data": data} for number in range(series)]
    chart = {"type": "bar", "series": lines, "axis_config": {"categories": names, **more}}
    return {"type": "data_visualization", "title": "Movement", "chart": chart}


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Acme"), "child_blocks": list(children) or [section()], **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def confirm(**more: Any) -> Json:
    return {"title": plain("Sure"), "text": plain("Really"), "confirm": plain("Yes"), "deny": plain("No"), **more}


def select(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, **({"options": options(2)} if "static" in kind else {}), **more}
