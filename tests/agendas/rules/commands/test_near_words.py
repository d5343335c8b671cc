"""Words that say what ours say, and dates in an unusual place: asked about, and never taken as text in silence."""

from datetime import UTC, date, datetime

import pytest

from agendas.rules.commands import UnclearPart
from agendas.rules.update_words import (
    ActionWords,
    BlockerWords,
    MoveWords,
    read_blocker,
    read_move,
    read_next,
    read_waiting,
)
from tests.cases import cases

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 25)


@cases("rest", ["Move to release 3", "push to production", "Finish the deck", "Pushed them to sign"])
def test_sentences_that_begin_like_a_change_are_actions(rest: str) -> None:
    assert read_next(rest, WEDNESDAY, NOW) == ActionWords(rest, None, None, ())


@cases(
    ("rest", "label", "text"),
    [
        ("friday: send the deck", "Fri 27 Nov", "send the deck"),
        ("tomorrow call Jim <@U1>", "Thu 26 Nov", "call Jim"),
        ("4 dec board prep", "Fri 4 Dec", "board prep"),
    ],
)
def test_a_date_in_front_is_asked_about(rest: str, label: str, text: str) -> None:
    with pytest.raises(UnclearPart, match="the day by which it is due") as asked:
        read_next(rest, WEDNESDAY, NOW)
    (choice,) = asked.value.choices
    assert choice.label == label
    found, kept = read_next(choice.rest, WEDNESDAY, NOW), read_next(asked.value.as_text, WEDNESDAY, NOW)
    assert isinstance(found, ActionWords)
    assert isinstance(kept, ActionWords)
    assert (found.text, found.due_on is not None, kept.text) == (text, True, rest.removesuffix(" <@U1>"))


@cases("rest", ["nothing", "None.", "no", "n/a"])
def test_a_text_that_says_there_is_none_is_asked_about_and_not_recorded(rest: str) -> None:
    with pytest.raises(UnclearPart, match="nothing blocks") as no_blocker:
        read_blocker(rest, NOW)
    with pytest.raises(UnclearPart, match="nothing is next") as no_action:
        read_next(rest, WEDNESDAY, NOW)
    for kept in (read_blocker(no_blocker.value.as_text, NOW), read_next(no_action.value.as_text, WEDNESDAY, NOW)):
        assert isinstance(kept, BlockerWords | ActionWords)
        assert kept.text == rest


@cases(
    ("rest", "text", "due_on"),
    [
        ("send the deck to <@U1> by Friday", "send the deck to <@U1>", date(2026, 11, 27)),
        ("call with <@U1|ann>", "call with <@U1>", None),
        ("intro from <@U1>.", "intro from <@U1>.", None),
    ],
)
def test_a_person_after_a_word_of_the_sentence_is_asked_about_and_owns_nothing_in_silence(
    rest: str, text: str, due_on: date | None
) -> None:
    with pytest.raises(UnclearPart, match="or is the name part of the text") as asked:
        read_next(rest, WEDNESDAY, NOW)
    (choice,) = asked.value.choices
    owned, kept = read_next(choice.rest, WEDNESDAY, NOW), read_next(asked.value.as_text, WEDNESDAY, NOW)
    assert isinstance(owned, ActionWords)
    assert isinstance(kept, ActionWords)
    assert (owned.owner, owned.due_on, kept.text, kept.owner, kept.due_on) == ("U1", due_on, text, None, due_on)
    with pytest.raises(UnclearPart, match="or is the name part of the text"):
        read_blocker("no answer from <@U1>", NOW)


@cases("rest", ["<@U1>: send it", "<@U1>, send it", "<@U1> - send it", "<@U1> to send it", "send it, <@U1>"])
def test_marks_between_an_action_and_its_owner_are_left_out(rest: str) -> None:
    assert read_next(rest, WEDNESDAY, NOW) == ActionWords("send it", "U1", None, ())


@cases(
    ("rest", "again"),
    [
        ("reslove they agreed", "resolve they agreed"),
        ("solved: they agreed", "resolve they agreed"),
        ("done", "resolve"),
        ("It's closed now.", "resolve"),
    ],
)
def test_words_that_mean_resolve_are_asked_about(rest: str, again: str) -> None:
    with pytest.raises(UnclearPart, match="Did you mean resolve") as asked:
        read_blocker(rest, NOW)
    assert [choice.rest for choice in asked.value.choices] == [again]
    assert isinstance(read_blocker(asked.value.as_text, NOW), BlockerWords)


def test_of_two_dates_to_wait_for_one_that_has_passed_is_offered_as_next_years() -> None:
    with pytest.raises(UnclearPart, match="write Fri 11 Dec or Fri 12 Nov 2027"):
        read_waiting("waiting until 12/11 because their board meets", WEDNESDAY, NOW)
    found = read_waiting("waiting until 12/11/2026 because their board meets", WEDNESDAY, NOW)
    assert found is not None
    assert found.wanted.until == date(2026, 12, 11)


@cases("rest", ["engaged", "-&gt; engaged", "MQA.", "closed won"])
def test_a_stage_alone_is_asked_for_what_moved(rest: str) -> None:
    with pytest.raises(UnclearPart, match="Say what moved") as asked:
        read_move(rest, NOW)
    assert asked.value.entered["stage"]
    assert read_move(asked.value.as_text, NOW).to_stage is None


@cases("rest", ["opportunity: they want a quote", "=&gt; opp they want a quote"])
def test_a_stage_in_front_is_asked_about(rest: str) -> None:
    with pytest.raises(UnclearPart, match="Is it a step to Opportunity") as asked:
        read_move(rest, NOW)
    assert read_move(asked.value.choices[0].rest, NOW).text == "they want a quote"


def test_a_name_in_front_that_nobody_has_is_asked_about() -> None:
    with pytest.raises(UnclearPart, match="is nobody here") as asked:
        read_next("@nobody call Jim fri", WEDNESDAY, NOW)
    person = asked.value.person
    assert person is not None
    assert (person.typed, person.before, person.after) == ("@nobody", "", " call Jim fri")
    kept = read_next(asked.value.as_text, WEDNESDAY, NOW)
    assert kept == ActionWords("@nobody call Jim", None, date(2026, 11, 27), ())


def test_nothing_but_something_is_asked_about() -> None:
    with pytest.raises(UnclearPart, match="Did nothing move") as asked:
        read_move("nothing but their CFO wrote", NOW)
    assert read_move(asked.value.choices[0].rest, NOW) == MoveWords(None, True, "but their CFO wrote", ())
    assert read_move(asked.value.as_text, NOW).text == "nothing but their CFO wrote"
    assert not read_move(asked.value.as_text, NOW).nothing
    assert read_move("no update", NOW).nothing


@cases(
    ("rest", "reason"),
    [
        ("waiting", ""),
        ("Waits.", ""),
        ("waiting until", ""),
        ("waiting because their board decides", "their board decides"),
    ],
)
def test_waiting_without_a_date_is_asked_until_when(rest: str, reason: str) -> None:
    with pytest.raises(UnclearPart, match="Until when does it wait") as asked:
        read_waiting(rest, WEDNESDAY, NOW)
    assert asked.value.entered == {"text": reason}
    assert read_waiting(asked.value.as_text, WEDNESDAY, NOW) is None
    assert not read_move(asked.value.as_text, NOW).nothing
