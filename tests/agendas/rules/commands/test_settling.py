"""Words about what is open already: done, slipped, dropped, resolved."""

from datetime import UTC, date, datetime

import pytest

from agendas.facts.evidence import Evidence
from agendas.rules.commands import UnclearPart
from agendas.rules.update_words import (
    ActionWords,
    BlockerWords,
    Change,
    ResolvedWords,
    SettledWords,
    read_blocker,
    read_next,
    read_waiting,
)
from tests.cases import cases

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 25)
FOURTH = date(2026, 12, 4)
LINK = "https://docs.example/notes"


def settled(rest: str) -> SettledWords:
    found = read_next(rest, WEDNESDAY, NOW)
    assert isinstance(found, SettledWords)
    return found


@cases(
    ("rest", "change", "due_on", "text"),
    [
        ("done", Change.DONE, None, ""),
        ("Done: they signed", Change.DONE, None, "they signed"),
        ("done - they signed", Change.DONE, None, "they signed"),
        ("slipped until fri because legal", Change.SLIPPED, date(2026, 11, 27), "legal"),
        ("done they signed", Change.DONE, None, "they signed"),
        ("slipped to 4 dec because legal is slow", Change.SLIPPED, FOURTH, "legal is slow"),
        ("slipped to 4.12. because legal is slow", Change.SLIPPED, FOURTH, "legal is slow"),
        ("slipped 2026-12-04", Change.SLIPPED, FOURTH, ""),
        ("slip to 4 dec, because: legal", Change.SLIPPED, FOURTH, "legal"),
        ("dropped because they bought elsewhere", Change.DROPPED, None, "they bought elsewhere"),
        ("dropped", Change.DROPPED, None, ""),
    ],
)
def test_the_open_action_is_settled(rest: str, change: Change, due_on: date | None, text: str) -> None:
    found = settled(rest)
    assert (found.change, found.action_id, found.due_on, found.text) == (change, None, due_on, text)


@cases("rest", ["done they signed", "slipped to 4 dec because legal", "dropped because &lt;lost&gt;"])
def test_the_words_about_one_of_several_actions_say_the_rest_again(rest: str) -> None:
    found = settled(rest)
    again = settled(found.about(57))
    assert again.action_id == 57
    assert (again.change, again.due_on, again.text) == (found.change, found.due_on, found.text)
    assert settled(again.about(58)).action_id == 58


@cases("rest", ["done deal", "dropped because of price", "Done"])
def test_kept_as_text_they_are_a_new_action(rest: str) -> None:
    found = read_next(settled(rest).as_text, WEDNESDAY, NOW)
    assert found == ActionWords(rest, None, None, ())


def test_a_link_shows_what_was_done() -> None:
    assert settled(f"done {LINK}").evidence == (Evidence("docs.example/notes", NOW, LINK),)


@cases(
    ("rest", "said", "labels"),
    [
        ("slipped", "Say to which day it slipped", []),
        ("slipped because legal", "Say to which day it slipped", []),
        ("slipped to whenever because x", '"whenever" is not a date', []),
        ("slipped to yesterday because x", "24 Nov has passed", []),
        ("slipped to 4/12 because x", "two ways", ["Fri 4 Dec", "Mon 12 Apr 2027"]),
        ("slipped to next week because x", "several days", ["Fri 4 Dec", "Mon 30 Nov"]),
        ("slipped to firday because x", "Did you mean friday?", ["Fri 27 Nov"]),
        ("slipped to 4 dec, legal is slow", 'A date stands in "4 dec, legal is slow"', ["Fri 4 Dec"]),
        ("slipped to fri 10am because x", "An action is due on a day, without a time.", ["Fri 27 Nov"]),
        ("drop the CFO a line", "Say why it is dropped after because", ["Dropped"]),
        ("droped because x", "Did you mean dropped?", ["Dropped"]),
        ("sliped to fri", "Did you mean slipped?", ["Slipped"]),
        ("moved to 4 dec because legal is slow", '"moved" is not a word of /next. Did you mean slipped?', ["Slipped"]),
        ("Postponed to next week", "Did you mean slipped?", ["Slipped"]),
        ("completed, they have it", "Did you mean done?", ["Done"]),
        ("cancelled because they left", "Did you mean dropped?", ["Dropped"]),
        ("doen", '"doen" alone is no next action. Did you mean done?', ["Done"]),
    ],
)
def test_what_is_not_clear_is_asked_about_and_kept(rest: str, said: str, labels: list[str]) -> None:
    with pytest.raises(UnclearPart) as asked:
        read_next(rest, WEDNESDAY, NOW)
    assert said in str(asked.value)
    assert [choice.label for choice in asked.value.choices] == labels
    for choice in asked.value.choices:
        if "next week" not in choice.rest:
            assert isinstance(read_next(choice.rest, WEDNESDAY, NOW), SettledWords)


@cases(
    ("rest", "text"),
    [("resolve", ""), ("Resolved: DPA signed", "DPA signed"), ("resolve DPA signed <@U1>", "DPA signed <@U1>")],
)
def test_a_blocker_is_resolved_with_or_without_a_text(rest: str, text: str) -> None:
    found = read_blocker(rest, NOW)
    assert isinstance(found, ResolvedWords)
    assert (found.blocker_id, found.text) == (None, text)
    again = read_blocker(found.about(9), NOW)
    assert isinstance(again, ResolvedWords)
    assert (again.blocker_id, again.text) == (9, text)
    kept = read_blocker(found.as_text, NOW)
    assert isinstance(kept, BlockerWords)
    assert kept.text.startswith(rest[:7])


@cases(
    ("rest", "labels", "as_text"),
    [
        ("DPA stuck needs lawyers", [], "DPA stuck needs lawyers"),
        ("DPA stuck needs financ <@U1>", ["Finance"], "DPA stuck needs financ"),
        ("DPA stuck needs the finance team", ["Finance"], "DPA stuck needs the finance team"),
        ("DPA stuck needs", [], "DPA stuck needs"),
        ("DPA stuck @nobody", [], "DPA stuck @nobody"),
        ('"DPA stuck needs legal', ["Read it without the mark"], '"DPA stuck needs legal'),
    ],
)
def test_an_unknown_function_or_person_of_a_blocker_is_asked_about(rest: str, labels: list[str], as_text: str) -> None:
    with pytest.raises(UnclearPart) as asked:
        read_blocker(rest, NOW)
    assert [choice.label for choice in asked.value.choices] == labels
    found = read_blocker(asked.value.as_text, NOW)
    assert isinstance(found, BlockerWords)
    assert (found.text, found.needs) == (as_text, None)
    assert found.owner == ("U1" if "<@U1>" in rest else None)


def test_a_person_after_by_is_the_owner_or_text() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_next("Get it signed by <@U1|ann>", WEDNESDAY, NOW)
    assert read_next(asked.value.choices[0].rest, WEDNESDAY, NOW) == ActionWords("Get it signed", "U1", None, ())
    assert read_next(asked.value.as_text, WEDNESDAY, NOW) == ActionWords("Get it signed by <@U1>", None, None, ())


@cases(
    ("rest", "said", "labels"),
    [
        ("wait til 4/12 because of the board", "two ways", ["Fri 4 Dec", "Mon 12 Apr 2027"]),
        ("waits until fri", "Say until when and why", []),
        ("waiting until 4/12 because of the board", "two ways", ["Fri 4 Dec", "Mon 12 Apr 2027"]),
        ("waiting until whenever because of the board", '"whenever" is not a date', []),
        ("waiting 4/12 because of the board", "two ways", ["Fri 4 Dec", "Mon 12 Apr 2027"]),
    ],
)
def test_a_date_to_wait_for_that_is_not_clear_is_asked_about(rest: str, said: str, labels: list[str]) -> None:
    with pytest.raises(UnclearPart) as asked:
        read_waiting(rest, WEDNESDAY, NOW)
    assert said in str(asked.value)
    assert [choice.label for choice in asked.value.choices] == labels
    for choice in asked.value.choices:
        assert read_waiting(choice.rest, WEDNESDAY, NOW)
