"""Entries of which nobody said whose act they are, and their words."""

from dataclasses import replace

from agendas.facts.account import EventFacts
from agendas.facts.events import BlockerOpened, Corrected, Moved, Nominated
from agendas.facts.evidence import THEIR_WORDS, Evidence, EvidenceActor, EvidenceJudged
from agendas.rules.fold import fold, fold_by_steps
from agendas.rules.history import matters_since, told_with, undecided
from tests.builders import NOW, account, ago, event, profile


def told(number: int, days: float, stage: str | None = None, *, actor: EvidenceActor) -> EventFacts:
    shown = (Evidence("notes", ago(days), "https://notes.example/1", actor=actor),)
    return event(Moved("Agreement", stage), id=number, recorded_at=ago(days), evidence=shown)


FIRST = event(Nominated(profile()), id=1, recorded_at=ago(300))
DOUBT, BUYER = EvidenceActor.IN_DOUBT, EvidenceActor.BUYER


def test_what_is_of_the_current_stage_or_of_the_last_90_days_matters() -> None:
    assert matters_since(account(stage_since=None), NOW) == ago(90)
    assert matters_since(account(stage_since=ago(150)), NOW) == ago(150)


def test_an_entry_is_undecided_until_somebody_says_whose_act_it_is() -> None:
    doubt, gone = told(2, 5, actor=DOUBT), [told(6, 4, actor=DOUBT), event(Corrected(6), id=7, recorded_at=ago(3))]
    assert [each.id for each in undecided([FIRST, doubt, told(3, 4, actor=BUYER), *gone])] == [2]
    assert undecided([doubt, event(EvidenceJudged(2, BUYER), id=5)]) == ()


def test_the_states_step_by_step_end_in_the_fold() -> None:
    events = [FIRST, told(2, 30, "aware", actor=BUYER), told(3, 20, "engaged", actor=BUYER)]
    assert [state.stage.value for _, state in fold_by_steps(events)] == ["target", "aware", "engaged"]
    assert list(fold_by_steps(events))[-1][1] == fold(events)
    assert list(fold_by_steps([])) == []


def test_the_words_of_an_entry_are_its_text_and_its_notes() -> None:
    notes = (Evidence("They called", NOW, kind="note"), Evidence("label", NOW, "https://notes.example/1"))
    assert told_with(event(Moved("Pilot"), evidence=notes)) == "Pilot\nThey called"
    own = Evidence(THEIR_WORDS, NOW, kind="note")
    assert told_with(event(Moved("They called"), evidence=(own, replace(own, text="call")))) == "They called"
    assert told_with(event(BlockerOpened("No budget"))) == "No budget"
