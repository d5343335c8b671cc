"""Entries of which nobody said whose act they are: which of them matter, and which stage they show."""

from dataclasses import replace

from agendas.facts.account import EventFacts, Stage
from agendas.facts.events import BlockerOpened, Corrected, Moved, Nominated
from agendas.facts.evidence import THEIR_WORDS, Evidence, EvidenceActor, EvidenceJudged
from agendas.rules.history.fold import fold, fold_by_steps
from agendas.rules.history.undecided import is_undecided, matters_since, older_entries, told_with, undecided
from tests.builders import NOW, account, ago, event, profile


def told(number: int, days: float, stage: str | None = None, actor: EvidenceActor | None = None) -> EventFacts:
    shown = (Evidence("notes", ago(days), "https://notes.example/1", actor=actor),)
    return event(Moved("Agreement", stage), id=number, recorded_at=ago(days), evidence=shown)


FIRST = event(Nominated(profile()), id=1, recorded_at=ago(300))


def test_older_entries_show_the_stage_at_which_the_account_was_when_they_were_told() -> None:
    found = older_entries([FIRST, told(2, 30, "aware"), told(3, 20), told(4, 10, "engaged")], now=NOW)
    assert found is not None
    assert [(each.event.id, each.stage) for each in found.entries] == [
        (4, Stage.ENGAGED),
        (3, Stage.AWARE),
        (2, Stage.AWARE),
    ]


def test_only_what_is_of_the_current_stage_or_of_the_last_90_days_matters() -> None:
    events = [FIRST, told(2, 200), told(3, 150, "aware"), told(4, 120), told(5, 91)]
    found = older_entries(events, now=NOW)
    assert found is not None
    assert [each.event.id for each in found.entries] == [5, 4, 3]
    assert found.state == fold(events)
    later = older_entries([*events, told(6, 80, "engaged")], now=NOW)
    assert later is not None
    assert [each.event.id for each in later.entries] == [6]
    assert matters_since(account(stage_since=None), NOW) == ago(90)


def test_plans_judged_entries_and_those_taken_back_are_not_asked_about() -> None:
    plan = replace(told(3, 20), change=BlockerOpened("No budget"))
    judged = [told(4, 19), event(EvidenceJudged(4, EvidenceActor.US), id=5, recorded_at=ago(18))]
    gone = [told(6, 17), event(Corrected(6), id=7, recorded_at=ago(16))]
    found = older_entries([FIRST, told(2, 30, actor=EvidenceActor.BUYER), plan, *judged, *gone], now=NOW)
    assert found is not None
    assert found.entries == ()
    assert older_entries([], now=NOW) is None


def test_an_entry_is_undecided_until_somebody_says_whose_act_it_is() -> None:
    doubt = told(2, 5, actor=EvidenceActor.IN_DOUBT)
    assert is_undecided(doubt)
    assert [each.id for each in undecided([FIRST, doubt, told(3, 4, actor=EvidenceActor.BUYER), told(4, 3)])] == [2, 4]
    assert undecided([doubt, event(EvidenceJudged(2, EvidenceActor.BUYER), id=5)]) == ()


def test_the_states_step_by_step_end_in_the_fold() -> None:
    events = [FIRST, told(2, 30, "aware"), told(3, 20, "engaged")]
    assert [state.stage.value for _, state in fold_by_steps(events)] == ["target", "aware", "engaged"]
    assert list(fold_by_steps(events))[-1][1] == fold(events)
    assert list(fold_by_steps([])) == []


def test_the_words_of_an_entry_are_its_text_and_its_notes() -> None:
    notes = (Evidence("They called", NOW, kind="note"), Evidence("label", NOW, "https://notes.example/1"))
    assert told_with(event(Moved("Pilot"), evidence=notes)) == "Pilot\nThey called"
    own = Evidence(THEIR_WORDS, NOW, kind="note")
    assert told_with(event(Moved("They called"), evidence=(own, replace(own, text="call")))) == "They called"
    assert told_with(event(BlockerOpened("No budget"))) == "No budget"
