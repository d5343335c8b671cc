from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import FieldProblems
from agendas.facts.plays import PlayEnd
from agendas.rules.plays import LIBRARY, LibraryPlay
from agendas.rules.update_words import mark_of_steps
from agendas.text.who_acted import Sides
from agendas.verbs.plays import PlayWish, StepWish
from handlers import plays
from tests.builders import ANN, BOB, NOW, account
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import LONGEST_RUN, ORIGIN, TODAY


def test_a_play_to_start_proposes_its_owners_and_dates_and_reads_back() -> None:
    pilot = next(each for each in LIBRARY if each.key == "pilot")
    state = account(profile=replace(account().profile, marketing_partner=BOB, our_executive="U0DAN0001"))
    view = plays.build_start(state, pilot, ORIGIN, {}, asker="U0CLEO001", today=TODAY)
    wish = plays.read_start(filled(view))
    assert wish == PlayWish(
        "pilot",
        pilot.outcome,
        date(2027, 1, 5),
        (
            StepWish(ANN, date(2026, 12, 1)),
            StepWish("U0CLEO001", date(2026, 12, 8)),
            StepWish(ANN, date(2026, 12, 15)),
            StepWish("U0DAN0001", date(2026, 12, 22)),
        ),
        mark_of_steps(pilot),
    )
    with pytest.raises(FieldProblems) as refused:
        plays.read_start(filled(view, **{"owner/1": None, "due/2": None, "outcome_due_on": None}))
    assert list(refused.value.fields) == ["owner/1", "due/2", "outcome_due_on"]
    with pytest.raises(FieldProblems, match="Choose a play"):
        plays.read_choice(filled(plays.build_choice(state, ORIGIN, LIBRARY)))


@cases(
    ("values", "wrong"),
    [
        ({}, ["what"]),
        ({"what": "outcome"}, ["text/8", "evidence/8"]),
        ({"what": "outcome", "text/8": "They came"}, ["evidence/8"]),
        ({"what": "stopped"}, ["text/8"]),
    ],
)
def test_the_end_of_a_play_says_what_the_buyer_did_and_what_shows_it_or_why_it_stopped(values, wrong) -> None:
    view = plays.build_end(account(), LONGEST_RUN, ORIGIN, {}, sides=Sides())
    with pytest.raises(FieldProblems) as refused:
        plays.read_end(filled(view, **values), NOW)
    assert list(refused.value.fields) == wrong


def test_the_end_of_a_play_reads_back() -> None:
    view = plays.build_end(account(), LONGEST_RUN, ORIGIN, {}, sides=Sides())
    came = {"what": "outcome", "text/8": " They came ", "evidence/8": "https://a.example/1"}
    entry = plays.read_end(filled(view, **came), NOW)
    assert (entry.play_id, entry.what, entry.text) == (8, PlayEnd.OUTCOME, "They came")
    assert [each.url for each in entry.evidence] == ["https://a.example/1"]
    assert plays.read_end(filled(view, what="none"), NOW) == plays.EndEntry(8, PlayEnd.NONE, "", ())


def test_a_play_of_the_library_reads_back_as_it_was() -> None:
    for each in LIBRARY:
        known = LibraryPlay(each)
        assert plays.read_merged(filled(plays.build_change(known, ORIGIN)), known) == known
    retired = LibraryPlay(LIBRARY[0], is_retired=True)
    view = plays.build_change(retired, ORIGIN)
    assert plays.read_merged(filled(view), retired) == retired
    assert plays.read_merged(filled(view, state="kept", tiers=["2"], days=" 9 days "), retired) == LibraryPlay(
        replace(LIBRARY[0], tiers=(2,), outcome_in_days=9)
    )
    partly = filled(view)
    for name in ("outcome", "days", "steps", "state"):
        del partly["state"]["values"][name]
    assert plays.read_merged(partly, retired) == retired, "nobody emptied what did not come back"
    with pytest.raises(FieldProblems, match='Line 2, "Call them", is no step'):
        plays.read_merged(filled(view, steps="sales, 2: Write\nCall them"), retired)
