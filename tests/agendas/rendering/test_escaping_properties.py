"""No text of a person, in any field of any page, can ping, link, format our words or break a block."""

import ast
import importlib
import pkgutil
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

import agendas.facts
import agendas.pages
from tests.agendas.pages import (
    hostile_account_pages,
    hostile_admin_pages,
    hostile_answer_pages,
    hostile_brief_pages,
    hostile_item_pages,
    hostile_pages,
    hostile_past_pages,
    hostile_program_pages,
    hostile_recorded_pages,
)
from tests.agendas.pages.hostile import OURS, PIECES, TYPED, check, hostile, kinds_within, long_hostile, text_fields
from tests.agendas.pages.hostile_pages import PAGES
from tests.cases import cases

OF_NO_PAGE = {"adapters", "settings", "signals"}
"""Facts that come to a page only as a part of others, if at all."""


def test_every_field_of_the_facts_that_may_hold_text_is_known_as_typed_or_as_ours() -> None:
    modules = pkgutil.iter_modules(agendas.facts.__path__, "agendas.facts.")
    facts = [importlib.import_module(each.name) for each in modules if each.name.rsplit(".", 1)[1] not in OF_NO_PAGE]
    roots = [kind for module in facts for kind in vars(module).values() if isinstance(kind, type)]
    unknown = {f"{kind.__name__}.{name}" for kind in kinds_within(*roots) for name in text_fields(kind) - TYPED - OURS}
    assert unknown == set()
    assert TYPED.isdisjoint(OURS)


def test_every_page_there_is_is_tried() -> None:
    files = (
        hostile_account_pages,
        hostile_pages,
        hostile_admin_pages,
        hostile_answer_pages,
        hostile_brief_pages,
        hostile_item_pages,
        hostile_past_pages,
        hostile_program_pages,
        hostile_recorded_pages,
    )
    tried = {
        node.id if isinstance(node, ast.Name) else node.attr
        for file in files
        for node in ast.walk(ast.parse(Path(file.__file__).read_text()))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    drawn = {
        node.name
        for file in Path(agendas.pages.__file__).parent.rglob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.endswith(("_page", "_card")) and node.name[0] != "_"
    }
    assert drawn - tried == set()


@cases("kind", PAGES)
def test_a_page_of_everything_hostile_does_no_harm(kind: str) -> None:
    for text in (" ".join(PIECES), "".join(PIECES) * 8):
        for page in PAGES[kind](text):
            check(page)


@given(kind=st.sampled_from(sorted(PAGES)), text=hostile)
def test_no_text_of_a_person_harms_any_page(kind: str, text: str) -> None:
    for page in PAGES[kind](text):
        check(page)


@settings(max_examples=settings().max_examples // 5)  # long texts
@example(kind="details", text="<!channel>" * 100)
@example(kind="program", text="<!channel>" * 195)
@example(kind="program", text="\ud800" * 50)
@given(kind=st.sampled_from(sorted(PAGES)), text=long_hostile)
def test_no_long_text_of_a_person_breaks_a_block_of_any_page(kind: str, text: str) -> None:
    for page in PAGES[kind](text):
        check(page)
