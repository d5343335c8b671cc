"""No text of a person, in any field of any page, can ping, link, format our words or break a block."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agendas import pages
from tests.agendas.pages.hostile import PIECES, check, hostile, long_hostile
from tests.agendas.pages.hostile_pages import PAGES
from tests.cases import cases


def test_every_page_there_is_is_tried() -> None:
    files = sorted(Path("tests/agendas/pages").glob("hostile*_pages.py"))
    tried = {
        node.id if isinstance(node, ast.Name) else node.attr
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    drawn = {
        node.name
        for file in Path(pages.__file__).parent.rglob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.endswith(("_page", "_card")) and node.name[0] != "_"
    }
    assert drawn - tried == set()
    modules = [vars(import_module(f"tests.agendas.pages.{file.stem}")) for file in files]
    told = {kind for each in modules for name, found in each.items() if name.endswith("_PAGES") for kind in found}
    assert told - PAGES.keys() == set()


@cases("kind", PAGES)
def test_a_page_of_everything_hostile_does_no_harm(kind: str) -> None:
    for page in PAGES[kind](" ".join(PIECES)):
        check(page)


@pytest.mark.proof
@cases("kind", PAGES)
def test_a_page_of_everything_hostile_at_its_longest_does_no_harm(kind: str) -> None:
    for page in PAGES[kind]("".join(PIECES) * 4):
        check(page)


@given(kind=st.sampled_from(sorted(PAGES)), text=hostile)
def test_no_text_of_a_person_harms_any_page(kind: str, text: str) -> None:
    for page in PAGES[kind](text):
        check(page)


@settings(max_examples=settings().max_examples // 10)  # long texts
@example(kind="details", text="<!channel>" * 100)
@example(kind="program", text="<!channel>" * 195)
@example(kind="program", text="\ud800" * 50)
@given(kind=st.sampled_from(sorted(PAGES)), text=long_hostile)
def test_no_long_text_of_a_person_breaks_a_block_of_any_page(kind: str, text: str) -> None:
    for page in PAGES[kind](text):
        check(page)
