"""Limits of modals and Homes: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import (
    bars,
    container,
    data_table,
    field,
    home,
    modal,
    plain,
    section,
    table,
    text_input,
)
from tests.sandbox.limits.row_parts import Row

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
    (
        "input needs submit",
        modal(field(text_input())),
        {"type": "modal", "title": plain("x"), "blocks": [field(text_input())]},
        "/view",
    ),
    (
        "file_input files",
        modal(field({"type": "file_input", "max_files": 10})),
        modal(field({"type": "file_input", "max_files": 11})),
        "/view/blocks/0/element/max_files",
    ),
    *(
        (f"no {block['type']} in a modal", modal(section()), modal(block), "/view/blocks/0/type")
        for block in (
            container(),
            table(1),
            data_table(2),
            bars(),
        )
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
    ("a Home has no title", home(), home(title=plain("x")), "/view"),
    (
        "tables and charts in a Home",
        home(container(), data_table(2), bars()),
        home({"type": "alert"}),
        "/view/blocks/0/type",
    ),
]
