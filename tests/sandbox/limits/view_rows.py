"""Limits of modals and Homes: a name, a value that fits, one too much, the pointer."""

from tests.sandbox.block_kit import container, field, home, modal, plain, section, table, text_input
from tests.sandbox.limits.row_parts import Row

MODAL_ROWS: list[Row] = [
    ("blocks of a modal", modal(*[section()] * 100), modal(*[section()] * 101), "/view/blocks"),
    ("modal title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25)), "/view/title/text"),
    ("modal title is required", modal(), {"type": "modal", "blocks": []}, "/view"),
    (
        "input needs submit",
        modal(field(text_input())),
        {"type": "modal", "title": plain("x"), "blocks": [field(text_input())]},
        "/view",
    ),
    *(
        (f"no {block['type']} in a modal", modal(section()), modal(block), "/view/blocks/0/type")
        for block in (container(), table(1))
    ),
    ("a Home is no modal", modal(), home(), "/view/type"),
    ("unknown key of a modal", modal(), modal(size="large"), "/view"),
]

HOME_ROWS: list[Row] = [
    ("blocks of a Home", home(*[section()] * 100), home(*[section()] * 101), "/view/blocks"),
    ("a Home has no title", home(), home(title=plain("x")), "/view"),
]
