from dataclasses import replace
from datetime import date, time

import pytest

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import Rhythm
from agendas.facts.program import DEFAULTS, SETTINGS, ProgramSettings
from agendas.facts.reviews import USUAL, AgendaSection, DayOff, Plan, Preparation, Reminding
from agendas.rendering.words import Words
from agendas.verbs.closing import Closing
from handlers import review_forms, settings
from handlers.edge.replies import View
from handlers.forms import fields_of
from handlers.review_forms import days_in_words, read_days_off
from tests.builders import ANN, BOB, EVE, NOW, ZONE, agenda_item
from tests.cases import cases, texts
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, cadence


# The forms of schedules, of reviews and of the settings read back what was entered.
def test_a_schedule_reads_back_as_it_was() -> None:
    view = review_forms.build_schedule_form(ORIGIN, cadence(), zone=ZONE, asker=ANN, now=NOW)
    wish = review_forms.read_schedule_form(filled(view), NOW, cadence())
    assert (wish.plan, wish.minutes, wish.facilitator) == (cadence().plan, 45, ANN)
    assert (wish.tiers, wish.owners, wish.close_after_minutes) == ((1, 2), (ANN, BOB), 24 * 60)


def test_of_two_who_change_a_schedule_at_once_each_keeps_what_only_they_changed() -> None:
    had = cadence()
    view = filled(review_forms.build_schedule_form(ORIGIN, had, zone=ZONE, asker=ANN, now=NOW), minutes="60")
    wish = review_forms.read_schedule_form(view, NOW, replace(had, facilitator=BOB, tiers=(1,)))
    assert (wish.minutes, wish.facilitator, wish.tiers, wish.owners) == (60, BOB, (1,), had.owners)
    with pytest.raises(FieldProblems) as problems:
        review_forms.read_schedule_form(view, NOW, replace(had, minutes=90))
    assert set(problems.value.fields) == {"minutes"}


def test_a_first_schedule_does_not_replace_one_that_somebody_made_meanwhile() -> None:
    view = filled(review_forms.build_schedule_form(ORIGIN, None, zone=ZONE, asker=ANN, now=NOW))
    assert review_forms.read_schedule_form(view, NOW, None).facilitator == ANN
    with pytest.raises(FieldProblems):
        review_forms.read_schedule_form(view, NOW, cadence())


def test_closing_skipping_and_moving_read_back() -> None:
    dates = cadence().upcoming
    closing = review_forms.build_close(ORIGIN, Closing((ANN, BOB), 4, can_be_held=True), closer=EVE)
    assert review_forms.read_close(filled(closing)) == (True, (ANN, BOB, EVE))
    assert review_forms.read_close(filled(closing, held="no")) == (False, (ANN, BOB, EVE))
    corrected = filled(review_forms.build_attendance(ORIGIN, (ANN, BOB)))
    assert review_forms.read_attendance(corrected) == (ANN, BOB)
    skip = review_forms.build_skip(ORIGIN, dates, zone=ZONE)
    with pytest.raises(FieldProblems):
        review_forms.read_skip(filled(skip))
    assert review_forms.read_skip(filled(skip, because="x")) == (date(2026, 11, 30), "x")
    move = review_forms.build_move(ORIGIN, dates, zone=ZONE)
    assert review_forms.read_move(filled(move), zone=ZONE).moved_to == NOW
    with pytest.raises(FieldProblems) as problems:
        review_forms.read_move(filled(move, day=None, time=None), zone=ZONE)
    assert set(problems.value.fields) == {"day", "time"}


@cases(
    "wanted",
    [
        Preparation(),
        Preparation(36 * 60, 240, Reminding.ACTIVE, (ANN,), (BOB,)),
        Preparation(0, 60, Reminding.LIGHT),
        Preparation(3_000, 95),  # of a later version, with other choices
    ],
)
def test_a_preparation_reads_back_as_it_was(wanted: Preparation) -> None:
    assert (
        review_forms.read_preparation_form(filled(review_forms.build_preparation_form(wanted, Words(), ORIGIN)), wanted)
        == wanted
    )


@cases(
    ("had", "changes", "field"),
    [
        (Preparation(), {"lead": "-5"}, "lead"),
        (Preparation(), {"cutoff": "0"}, "cutoff"),
        (Preparation(60, 60), {}, "cutoff"),
        (Preparation(), {"optional": [ANN, BOB], "observing": [BOB]}, "observing"),
    ],
)
def test_a_preparation_that_cannot_be_is_refused_beside_its_field(had, changes, field):
    with pytest.raises(FieldProblems) as problems:
        review_forms.read_preparation_form(
            filled(review_forms.build_preparation_form(had, Words(), ORIGIN), **changes), had
        )
    assert set(problems.value.fields) == {field}


def test_of_two_who_change_a_preparation_at_once_each_keeps_what_only_they_changed() -> None:
    had = Preparation(optional=(ANN,))
    view = filled(review_forms.build_preparation_form(had, Words(), ORIGIN), cutoff="240")
    meanwhile = replace(had, optional=(ANN, BOB), reminding=Reminding.ACTIVE)
    assert review_forms.read_preparation_form(view, meanwhile) == replace(meanwhile, cutoff_minutes=240)
    with pytest.raises(FieldProblems) as problems:
        review_forms.read_preparation_form(view, replace(had, cutoff_minutes=60))
    assert set(problems.value.fields) == {"cutoff"}


def test_a_review_in_which_nobody_wrote_closes_as_not_held_and_the_form_says_so_before() -> None:
    view = review_forms.build_close(ORIGIN, Closing((), 4, can_be_held=False), closer=EVE)
    assert "it closes as *not held*. 4 were asked to prepare it." in str(view["blocks"])
    assert fields_of(view) == set()


def test_settings_read_back_and_only_what_differs_from_what_was_shown_is_wanted() -> None:
    view = settings.build("tier.1", ProgramSettings((("tier.1.cap", 12),)), ORIGIN)
    values = {"tier.1.cap": "1,000", "tier.1.rhythm": "monthly", "tier.1.roles.mqa": ["champion", "procurement"]}
    found = settings.read(filled(view, **values))
    assert list(found) == [key for key in SETTINGS if key.startswith("tier.1.")]
    assert {key: pair for key, pair in found.items() if pair[0] != pair[1]} == {
        "tier.1.cap": (12, 1_000),
        "tier.1.rhythm": ("weekly", "monthly"),
        "tier.1.roles.mqa": ((), ("champion", "procurement")),
    }


def test_a_wrong_value_of_a_setting_is_refused_beside_its_field() -> None:
    values = {
        "tier.1.cap": "ten",
        "tier.1.owner_cap": "10001",
        "tier.1.minutes": "0",
        "tier.1.rhythm": "daily",
        "tier.1.response": "",
        "tier.1.blocker": "-1",
        "tier.1.roles.engaged": ["nobody"],
    }
    with pytest.raises(FieldProblems) as wrong:
        settings.read(filled(settings.build("tier.1", DEFAULTS, ORIGIN), **values))
    assert wrong.value.fields == {
        "tier.1.cap": '"ten" is not a number it may have. Write a whole number of accounts from 1 to 10,000.',
        "tier.1.owner_cap": (
            "10,001 is over what is possible. Write a whole number of accounts from 0 to 10,000, 0 for no limit."
        ),
        "tier.1.minutes": "0 is under what is possible. Write a whole number of minutes from 1 to 60.",
        "tier.1.rhythm": "Choose one of those offered here.",
        "tier.1.response": "Write a whole number of business hours from 1 to 200.",
        "tier.1.blocker": (
            '"-1" is not a number it may have. Write a whole number of days from 0 to 365, 0 for no limit.'
        ),
        "tier.1.roles.engaged": "Choose one of those offered here.",
    }


# The form of an agenda's sections: boxes say which are shown, a button moves one up, an account shows them at once.

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


# Days without a review as people write or paste them.

TODAY = date(2026, 11, 27)
CHRISTMAS, BOXING = date(2026, 12, 25), date(2026, 12, 26)


@cases(
    ("written", "days"),
    [
        ("", []),
        ("2026-12-25", [(CHRISTMAS, "")]),
        ("2026-12-25, 2026-12-26", [(CHRISTMAS, ""), (BOXING, "")]),
        ("2026-12-25 2026-12-26", [(CHRISTMAS, ""), (BOXING, "")]),
        ("2026-12-25 Office closed\n\n2026-12-26\n", [(CHRISTMAS, "Office closed"), (BOXING, "")]),
        ("2026-12-25 Closed, all of us; 26 dec Boxing Day", [(CHRISTMAS, "Closed, all of us"), (BOXING, "Boxing Day")]),
    ],
)
def test_days_are_read_from_lists_and_lines(written: str, days: list[tuple[date, str]]) -> None:
    assert [(each.on, each.name) for each in read_days_off(written, TODAY)] == days


@texts("written", "sentence")
def test_what_is_no_day_is_refused_in_a_sentence(written: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=r".") as refused:
        read_days_off(written, TODAY)
    assert str(refused.value) == sentence


def test_what_the_form_shows_is_read_as_it_was_without_days_that_passed() -> None:
    days = frozenset({date(2026, 1, 1), CHRISTMAS, BOXING})
    plan = Plan(Rhythm.WEEKLY, TODAY, time(9), "UTC", days, (DayOff(CHRISTMAS, "Closed, all of us"),))
    assert days_in_words(plan, TODAY) == "2026-12-25 Closed, all of us\n2026-12-26"
    read = read_days_off(days_in_words(plan, TODAY), TODAY)
    assert [(each.on, each.name) for each in read] == [(CHRISTMAS, "Closed, all of us"), (BOXING, "")]
