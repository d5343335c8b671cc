"""The forms of schedules, of reviews and of the settings read back what was entered."""

from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import FieldProblems
from agendas.facts.program import DEFAULTS, SETTINGS, ProgramSettings
from agendas.facts.reviews import Preparation, Reminding
from agendas.rendering.words import Words
from agendas.verbs.closing import Closing
from handlers import review_forms, settings
from handlers.forms import fields_of
from tests.builders import ANN, BOB, EVE, NOW, ZONE
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, cadence


def test_a_schedule_reads_back_as_it_was() -> None:
    view = review_forms.build_schedule_form(ORIGIN, cadence(), zone=ZONE, asker=ANN, now=NOW)
    wish = review_forms.read_schedule_form(filled(view), NOW, cadence())
    assert (wish.plan, wish.minutes, wish.facilitator) == (cadence().plan, 45, ANN)
    assert (wish.tiers, wish.owners, wish.close_after_minutes) == ((1, 2), (ANN, BOB), 24 * 60)


def test_of_two_who_change_a_schedule_at_once_each_keeps_what_only_they_changed() -> None:
    had = cadence()
    view = filled(review_forms.build_schedule_form(ORIGIN, had, zone=ZONE, asker=ANN, now=NOW), minutes="60")
    meanwhile = replace(had, facilitator=BOB, tiers=(1,))
    wish = review_forms.read_schedule_form(view, NOW, meanwhile)
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
        # of a later version, with other choices
        Preparation(3_000, 95),
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
def test_a_preparation_that_cannot_be_is_refused_beside_its_field(
    had: Preparation, changes: dict[str, object], field: str
) -> None:
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
    own = ProgramSettings((("tier.1.cap", 12),))
    view = settings.build("tier.1", own, ORIGIN)
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
