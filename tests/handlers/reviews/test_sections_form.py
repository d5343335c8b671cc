"""The form of an agenda's sections: boxes say which are shown, a button moves one up, an account shows them at once."""

import pytest

from agendas.errors import FieldProblems
from agendas.facts.reviews import USUAL, AgendaSection
from agendas.rendering.words import Words
from handlers import review_forms
from handlers.edge.replies import View
from tests.builders import agenda_item
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN

WHY, NUMBERS, MOVED, GAPS = (AgendaSection(each) for each in ("why", "numbers", "moved", "gaps"))
WORDS = Words()


def form_of(*chosen: AgendaSection) -> View:
    return review_forms.build_sections_form(chosen, agenda_item(), WORDS, ORIGIN)


def rows(view: View) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block.get("block_id", "").startswith("order/")]


def preview(view: View) -> str:
    blocks = view["blocks"]
    place = next(number for number, block in enumerate(blocks) if block.get("block_id") == "preview")
    return str(blocks[place + 1 :])


def test_the_sections_in_force_read_back_in_their_order() -> None:
    assert review_forms.read_sections(filled(form_of(GAPS, WHY)), (GAPS, WHY)) == (GAPS, WHY)
    assert review_forms.read_sections(filled(form_of(*USUAL)), USUAL) == USUAL


def test_a_section_ticked_comes_last_and_one_cleared_goes() -> None:
    assert review_forms.sections_entered(filled(form_of(GAPS, WHY), shown=["why", "numbers"])) == (WHY, NUMBERS)
    drawn = review_forms.redraw(filled(form_of(GAPS, WHY)), (WHY, NUMBERS), agenda_item(), WORDS)
    assert rows(drawn) == ["1. Why it is discussed", "2. Numbers against their limits"]
    assert "Engaged 10/30 d" in preview(drawn)
    assert "Gaps" not in preview(drawn)


@cases(
    ("section", "order"),
    [
        ("gaps", (WHY, GAPS, MOVED)),
        ("moved", (MOVED, WHY, GAPS)),
        ("why", (WHY, MOVED, GAPS)),
        ("x", (WHY, MOVED, GAPS)),
    ],
)
def test_a_section_moves_one_place_up_and_the_first_stays(section: str, order: tuple[AgendaSection, ...]) -> None:
    assert review_forms.moved_up((WHY, MOVED, GAPS), section) == order


def test_without_a_section_the_form_is_refused_and_one_of_an_older_version_is_passed_over() -> None:
    view = filled(form_of(WHY), shown=["why", "weather"])
    view["blocks"].append({"type": "section", "block_id": "order/weather"})
    assert review_forms.read_sections(view, (WHY,)) == (WHY,)
    view["state"]["values"].pop("shown")
    with pytest.raises(FieldProblems) as problems:
        review_forms.read_sections(view, (WHY,))
    assert set(problems.value.fields) == {"shown"}


def test_of_two_who_choose_sections_at_once_the_second_is_told_and_who_changed_nothing_keeps_the_others() -> None:
    view = form_of(WHY, GAPS)
    assert review_forms.read_sections(filled(view), (GAPS, WHY)) == (GAPS, WHY)
    changed = filled(view, shown=["why"])
    assert review_forms.read_sections(changed, (WHY, GAPS)) == (WHY,)
    with pytest.raises(FieldProblems) as problems:
        review_forms.read_sections(changed, (GAPS, WHY))
    assert set(problems.value.fields) == {"shown"}


def test_where_no_account_can_be_shown_the_form_says_so() -> None:
    view = review_forms.build_sections_form(USUAL, None, WORDS, ORIGIN)
    assert "No account of this review can be shown here yet." in str(view["blocks"][-1])
