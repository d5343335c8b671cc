"""Limits of modals and Homes: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import (
    actions,
    card,
    container,
    data_table,
    field,
    home,
    modal,
    pie,
    plain,
    section,
    select,
    table,
    tasks,
    text_input,
)
from tests.sandbox.limits.row_parts import Row, feedback

MODAL_ROWS: list[Row] = [
    ("blocks of a modal", modal(*[section()] * 100), modal(*[section()] * 101), "/view/blocks"),
    ("modal title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25)), "/view/title/text"),
    ("modal title is required", modal(), {"type": "modal", "blocks": []}, "/view"),
    ("modal submit", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25)), "/view/submit/text"),
    ("modal close", modal(close=plain("x" * 24)), modal(close=plain("x" * 25)), "/view/close/text"),
    (
        "private_metadata",
        modal(private_metadata="x" * 3000),
        modal(private_metadata="x" * 3001),
        "/view/private_metadata",
    ),
    ("callback_id", modal(callback_id="x" * 255), modal(callback_id="x" * 256), "/view/callback_id"),
    ("external_id", modal(external_id="x" * 255), modal(external_id="x" * 256), "/view/external_id"),
    (
        "input needs submit",
        modal(field(text_input())),
        {"type": "modal", "title": plain("x"), "blocks": [field(text_input())]},
        "/view",
    ),
    (
        "alert",
        modal({"type": "alert", "text": plain("x" * 200)}),
        modal({"type": "alert", "text": plain("x" * 201)}),
        "/view/blocks/0/text/text",
    ),
    (
        "alert level",
        modal({"type": "alert", "text": plain("x"), "level": "info"}),
        modal({"type": "alert", "text": plain("x"), "level": "loud"}),
        "/view/blocks/0/level",
    ),
    (
        "file_input files",
        modal(field({"type": "file_input", "max_files": 10})),
        modal(field({"type": "file_input", "max_files": 11})),
        "/view/blocks/0/element/max_files",
    ),
    (
        "rich_text_input lines",
        modal(field({"type": "rich_text_input", "max_lines": 100})),
        modal(field({"type": "rich_text_input", "max_lines": 101})),
        "/view/blocks/0/element/max_lines",
    ),
    *(
        (f"no {block['type']} in a modal", modal(section()), modal(block), "/view/blocks/0/type")
        for block in (
            container(),
            table(1),
            data_table(2),
            pie(1),
            card(),
            {"type": "carousel", "elements": [card()]},
            {"type": "markdown", "text": "x"},
            feedback(),
            tasks(1),
        )
    ),
    (
        "response_url_enabled in an input",
        modal(field(select("channels_select", response_url_enabled=True))),
        modal(actions(select("channels_select", response_url_enabled=True))),
        "/view/blocks/0/elements/0",
    ),
    ("a Home is no modal", modal(), home(), "/view/type"),
    ("unknown key of a modal", modal(), modal(size="large"), "/view"),
]

HOME_ROWS: list[Row] = [
    ("blocks of a Home", home(*[section()] * 100), home(*[section()] * 101), "/view/blocks"),
    (
        "Home private_metadata",
        home(private_metadata="x" * 3000),
        home(private_metadata="x" * 3001),
        "/view/private_metadata",
    ),
    (
        "response_url_enabled in a Home",
        home(field(select("channels_select"))),
        home(field(select("channels_select", response_url_enabled=True))),
        "/view/blocks/0/element",
    ),
    ("a Home has no title", home(), home(title=plain("x")), "/view"),
    *(
        (f"no {block['type']} in a Home", home(container(), data_table(2), pie(1)), home(block), "/view/blocks/0/type")
        for block in ({"type": "markdown", "text": "x"}, feedback(), tasks(1), {"type": "alert", "text": plain("x")})
    ),
]
