import pytest

from agendas.pages.agenda import SECTIONS, agenda_page
from agendas.pages.blockkit import messages
from agendas.pages.page import Page
from agendas.pages.words import Words
from agendas.sections.examples import EXAMPLES
from tests.agendas.golden import check_golden, check_messages, drawn

WORDS = Words()


@pytest.mark.parametrize("module", SECTIONS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_section_says_what_its_golden_file_says(module) -> None:
    name = module.__name__.rpartition(".")[2]
    pages = {kind: Page(name, module.section(item, WORDS), key=name) for kind, item in module.EXAMPLES.items()}
    for page in pages.values():
        check_messages(messages(page))
    check_golden(f"sections/{name}", "\n".join(drawn(kind, page) for kind, page in pages.items()))


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_whole_agenda_is_within_the_limits_and_names_nobody_it_should_not(kind: str) -> None:
    parts = messages(agenda_page(EXAMPLES[kind], WORDS, is_open=True))
    check_messages(parts)
    assert not any(
        text["text"].count("<!") or text["text"].count("<https://evil")
        for part in parts
        for block in part.blocks
        for text in (block.get("text"), *block.get("elements", ()))
        if text and text["type"] == "mrkdwn"
    )
    assert not any("<!" in part.text for part in parts)
    assert parts[0].blocks[-1]["type"] == "actions"
    assert [button["value"] for button in parts[0].blocks[-1]["elements"]] == [str(EXAMPLES[kind].review_item_id)] * 5
