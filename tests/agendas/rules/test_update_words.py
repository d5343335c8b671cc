from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import NextAction, Stage
from agendas.facts.evidence import Evidence
from agendas.facts.people import Function
from agendas.facts.plays import Play, PlayMotion, PlayStep, StepOwner
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules import update_words
from agendas.rules.commands import UnclearPart
from agendas.rules.plays import LIBRARY, library_with
from agendas.rules.update_words import ActionUpdate, ActionWords, read_blocker, read_move, read_next, read_signal_words
from agendas.text.evidence import unescape
from tests.builders import NOW
from tests.cases import cases, texts

WEDNESDAY_NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
LINK = "https://docs.example/notes"
EVIDENCE = (Evidence("docs.example/notes", WEDNESDAY_NOON, LINK),)


@cases(
    ("rest", "to_stage", "text"),
    [
        ("CFO said yes to a pilot", None, "CFO said yes to a pilot"),
        ("to engaged CFO said yes", Stage.ENGAGED, "CFO said yes"),
        ("To MQA: legal has the DPA", Stage.MQA, "legal has the DPA"),
        ("to opp RFP sent", Stage.OPPORTUNITY, "RFP sent"),
        ("to closed won signed today", Stage.CUSTOMER, "signed today"),
        ('"to engagd people"', None, "to engagd people"),
        ('"to engaged or not"', None, "to engaged or not"),
        ('CFO said "yes" and "no"', None, 'CFO said "yes" and "no"'),
        ("to engaged\nCFO said yes\n\n- legal next", Stage.ENGAGED, "CFO said yes\n\n- legal next"),
        ("price &lt; 10k &amp; falling", None, "price < 10k & falling"),
        ("<@U1|ann> met the CFO", None, "<@U1> met the CFO"),
        ("\u202b\u05e9\u05dc\u05d5\u05dd", None, "\u202b\u05e9\u05dc\u05d5\u05dd"),
    ],
)
def test_a_movement_is_a_text_with_or_without_a_stage(rest, to_stage, text):
    assert read_move(rest, WEDNESDAY_NOON) == update_words.MoveWords(to_stage, False, text, ())


def test_a_link_in_a_movement_is_its_evidence_and_stays_in_the_text():
    assert read_move(f"to engaged CFO said yes\n{LINK}", WEDNESDAY_NOON) == update_words.MoveWords(
        Stage.ENGAGED, False, f"CFO said yes\n{LINK}", EVIDENCE
    )


@texts("rest", "text")
def test_nothing_is_said_plainly_with_or_without_a_text(rest, text):
    assert read_move(rest, WEDNESDAY_NOON) == update_words.MoveWords(None, True, text, ())


@cases(
    ("rest", "sentence"),
    [
        ("", "Say what moved: /move ACCOUNT"),
        ("  \n ", "Say what moved: /move ACCOUNT"),
        ('""', "Say what moved: /move ACCOUNT"),
        ("to engaged", "Say what moved: /move ACCOUNT"),
        ("to engagd CFO said yes", '"engagd" is not a stage; the nearest is engaged'),
        ("to negotiation", '"negotiation" is not a stage; you can write target, aware, engaged, mqa,'),
        ("x" * 3_001, "The text has 3,001 characters; write at most 3,000"),
        (f"nothing: {'x' * 3_412}", "The text has 3,412 characters; write at most 3,000"),
    ],
)
def test_a_movement_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_move(rest, WEDNESDAY_NOON)
    assert str(refusal.value).startswith(sentence)


def test_a_text_of_three_thousand_characters_is_taken_whole_however_long_its_escaped_form():
    text = "&" * 3_000
    assert read_move("&amp;" * 3_000, WEDNESDAY_NOON).text == text


@given(text=st.text(st.characters(categories=("L", "P", "Zs", "So"), exclude_characters='"\u201c\u201d'), min_size=1))
def test_a_movement_text_is_kept_as_typed_but_for_the_space_around_it(text):
    typed = f"News {text}"
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_move(escaped, WEDNESDAY_NOON).text == typed.strip()


@cases(
    ("rest", "text", "owner", "needs"),
    [
        ("DPA is with legal", "DPA is with legal", None, None),
        ("DPA is with legal <@U1|ann>", "DPA is with legal", "U1", None),
        ("DPA is stuck <@U1> needs finance", "DPA is stuck", "U1", Function.FINANCE),
        ("DPA is stuck, needs finance", "DPA is stuck", None, Function.FINANCE),
        ("DPA is stuck needs exec <@U1>.", "DPA is stuck", "U1", Function.EXECUTIVE),
        ("No owner there needs customer success", "No owner there", None, Function.CUSTOMER_SUCCESS),
        ("The buyer needs it to be done first", "The buyer needs it to be done first", None, None),
        ('"The buyer needs legal"', "The buyer needs legal", None, None),
        ("Liability cap needs an executive", "Liability cap", None, Function.EXECUTIVE),
        ('"DPA is stuck" needs finance', "DPA is stuck", None, Function.FINANCE),
        ("Waiting for <@U1> to sign", "Waiting for <@U1> to sign", None, None),
        ("<@U1> is on leave", "<@U1> is on leave", None, None),
        ("resolver is down", "resolver is down", None, None),
    ],
)
def test_a_blocker_may_end_with_its_owner_and_what_it_needs_in_either_order(rest, text, owner, needs):
    assert read_blocker(rest, WEDNESDAY_NOON) == update_words.BlockerWords(text, owner, needs, ())


def test_links_are_evidence_of_a_blocker():
    assert read_blocker(f"DPA stuck <@U1> {LINK}", WEDNESDAY_NOON) == update_words.BlockerWords(
        f"DPA stuck {LINK}", "U1", None, EVIDENCE
    )


@cases(
    ("rest", "sentence"),
    [
        ("", "Say what blocks: /blocker ACCOUNT TEXT"),
        ("<@U1> needs finance", "Say what blocks: /blocker ACCOUNT TEXT"),
        ("DPA stuck needs finanse", '"finanse" is not a function; the nearest is finance'),
        ("DPA stuck @ann", '"@ann" is nobody here; type @ and pick the person from Slack\'s list.'),
        ("DPA stuck <@U1> <@U2>", "Name one owner: the text ends with two people."),
        ("DPA stuck <@U1> <@U2> needs cs", "Name one owner: the text ends with two people."),
        ("DPA stuck <@U1> needs cs <@U2>", "Name one owner: the text ends with two people."),
        ("x" * 3_001, "The text has 3,001 characters"),
        (f"resolve {'x' * 3_001}", "The text has 3,001 characters"),
    ],
)
def test_a_blocker_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_blocker(rest, WEDNESDAY_NOON)
    assert str(refusal.value).startswith(sentence)


@cases(
    ("rest", "text", "owner", "due_on"),
    [
        ("Send the DPA", "Send the DPA", None, None),
        ("Send the DPA by fri", "Send the DPA", None, FRIDAY),
        ("Send the DPA <@U1|ann> by fri", "Send the DPA", "U1", FRIDAY),
        ("Send the DPA by 4 dec <@U1>", "Send the DPA", "U1", date(2026, 12, 4)),
        ("<@U1> send the DPA by in 2 weeks", "send the DPA", "U1", date(2026, 12, 9)),
        ("Introduce <@U2> to the CFO <@U1>", "Introduce <@U2> to the CFO", "U1", None),
        ("Get sign-off by legal by today", "Get sign-off by legal", None, WEDNESDAY),
        ("Send the deck friday", "Send the deck", None, FRIDAY),
        ("Send the deck - friday", "Send the deck", None, FRIDAY),
        ("Call 4 Dec <@U1>", "Call", "U1", date(2026, 12, 4)),
        ("Call <@U1> on fri", "Call", "U1", FRIDAY),
        ("Call friday at 10am", "Call friday at 10am", None, FRIDAY),
        ('"Send the deck by friday"', "Send the deck by friday", None, None),
        ('"Send the deck friday" by 4.12. <@U1>', "Send the deck friday", "U1", date(2026, 12, 4)),
        ("\u201cdone\u201d", "done", None, None),
        ("\u201esend it friday\u201c", "send it friday", None, None),
        (
            "Mail the test by fri\nThey want it for their board",
            "Mail the test\nThey want it for their board",
            None,
            FRIDAY,
        ),
        (
            "Mail <@U1> by fri\nand then their CFO, for the board",
            "Mail <@U1>\nand then their CFO, for the board",
            None,
            FRIDAY,
        ),
    ],
)
def test_a_next_action_may_name_its_owner_and_its_date(rest, text, owner, due_on):
    assert read_next(rest, WEDNESDAY, WEDNESDAY_NOON) == ActionWords(text, owner, due_on, ())


@cases("link", [LINK, f"<{LINK}>"])
def test_a_link_after_the_date_of_a_next_action_is_its_evidence(link):
    found = read_next(f"Send the DPA <@U1> by fri {link}", WEDNESDAY, WEDNESDAY_NOON)
    assert found == ActionWords(f"Send the DPA {LINK}", "U1", FRIDAY, EVIDENCE)


@cases(
    ("rest", "sentence"),
    [
        ("", "Say what happens next: /next ACCOUNT TEXT"),
        ("<@U1> by fri", "Say what happens next: /next ACCOUNT TEXT"),
        ("Send the DPA by 12/4", '"12/4" can be read in two ways'),
        ("Send the DPA by 2026-11-01", "1 Nov has passed"),
        ("Send the DPA <@U1> <@U2> by fri", "Name one owner"),
        (f"{'x' * 3_001} by fri", "The text has 3,001 characters"),
    ],
)
def test_a_next_action_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        read_next(rest, WEDNESDAY, WEDNESDAY_NOON)
    assert str(refusal.value).startswith(sentence)


# Words about what is open already: done, slipped, dropped, resolved.

FOURTH = date(2026, 12, 4)


def settled(rest: str) -> update_words.SettledWords:
    found = read_next(rest, WEDNESDAY, WEDNESDAY_NOON)
    assert isinstance(found, update_words.SettledWords)
    return found


@cases(
    ("rest", "change", "due_on", "text"),
    [
        ("done", ActionUpdate.DONE, None, ""),
        ("Done: they signed", ActionUpdate.DONE, None, "they signed"),
        ("done - they signed", ActionUpdate.DONE, None, "they signed"),
        ("slipped until fri because legal", ActionUpdate.SLIPPED, date(2026, 11, 27), "legal"),
        ("done they signed", ActionUpdate.DONE, None, "they signed"),
        ("slipped to 4 dec because legal is slow", ActionUpdate.SLIPPED, FOURTH, "legal is slow"),
        ("slipped to 4.12. because legal is slow", ActionUpdate.SLIPPED, FOURTH, "legal is slow"),
        ("slipped 2026-12-04", ActionUpdate.SLIPPED, FOURTH, ""),
        ("slip to 4 dec, because: legal", ActionUpdate.SLIPPED, FOURTH, "legal"),
        ("dropped because they bought elsewhere", ActionUpdate.DROPPED, None, "they bought elsewhere"),
        ("dropped", ActionUpdate.DROPPED, None, ""),
    ],
)
def test_the_open_action_is_settled(rest: str, change: ActionUpdate, due_on: date | None, text: str) -> None:
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
    assert read_next(settled(rest).as_text, WEDNESDAY, WEDNESDAY_NOON) == ActionWords(rest, None, None, ())


def test_a_link_shows_what_was_done() -> None:
    assert settled(f"done {LINK}").evidence == (Evidence("docs.example/notes", WEDNESDAY_NOON, LINK),)


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
        read_next(rest, WEDNESDAY, WEDNESDAY_NOON)
    assert said in str(asked.value)
    assert [choice.label for choice in asked.value.choices] == labels
    for choice in asked.value.choices:
        if "next week" not in choice.rest:
            assert isinstance(read_next(choice.rest, WEDNESDAY, WEDNESDAY_NOON), update_words.SettledWords)


@cases(
    ("rest", "text"),
    [("resolve", ""), ("Resolved: DPA signed", "DPA signed"), ("resolve DPA signed <@U1>", "DPA signed <@U1>")],
)
def test_a_blocker_is_resolved_with_or_without_a_text(rest: str, text: str) -> None:
    found = read_blocker(rest, WEDNESDAY_NOON)
    assert isinstance(found, update_words.ResolvedWords)
    assert (found.blocker_id, found.text) == (None, text)
    again = read_blocker(found.about(9), WEDNESDAY_NOON)
    assert isinstance(again, update_words.ResolvedWords)
    assert (again.blocker_id, again.text) == (9, text)
    kept = read_blocker(found.as_text, WEDNESDAY_NOON)
    assert isinstance(kept, update_words.BlockerWords)
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
        read_blocker(rest, WEDNESDAY_NOON)
    assert [choice.label for choice in asked.value.choices] == labels
    found = read_blocker(asked.value.as_text, WEDNESDAY_NOON)
    assert isinstance(found, update_words.BlockerWords)
    assert (found.text, found.needs) == (as_text, None)
    assert found.owner == ("U1" if "<@U1>" in rest else None)


def test_a_person_after_by_is_the_owner_or_text() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_next("Get it signed by <@U1|ann>", WEDNESDAY, WEDNESDAY_NOON)
    assert read_next(asked.value.choices[0].rest, WEDNESDAY, WEDNESDAY_NOON) == ActionWords(
        "Get it signed", "U1", None, ()
    )
    assert read_next(asked.value.as_text, WEDNESDAY, WEDNESDAY_NOON) == ActionWords(
        "Get it signed by <@U1>", None, None, ()
    )


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
        update_words.read_waiting(rest, WEDNESDAY, WEDNESDAY_NOON)
    assert said in str(asked.value)
    assert [choice.label for choice in asked.value.choices] == labels
    for choice in asked.value.choices:
        assert update_words.read_waiting(choice.rest, WEDNESDAY, WEDNESDAY_NOON)


# Words that say what ours say, and dates in an unusual place: asked about, and never taken as text in silence.
@cases("rest", ["Move to release 3", "push to production", "Finish the deck", "Pushed them to sign"])
def test_sentences_that_begin_like_a_change_are_actions(rest: str) -> None:
    assert read_next(rest, WEDNESDAY, WEDNESDAY_NOON) == ActionWords(rest, None, None, ())


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
        read_next(rest, WEDNESDAY, WEDNESDAY_NOON)
    (choice,) = asked.value.choices
    assert choice.label == label
    found, kept = (
        read_next(choice.rest, WEDNESDAY, WEDNESDAY_NOON),
        read_next(asked.value.as_text, WEDNESDAY, WEDNESDAY_NOON),
    )
    assert isinstance(found, ActionWords)
    assert isinstance(kept, ActionWords)
    assert (found.text, found.due_on is not None, kept.text) == (text, True, rest.removesuffix(" <@U1>"))


@cases("rest", ["nothing", "None.", "no", "n/a"])
def test_a_text_that_says_there_is_none_is_asked_about_and_not_recorded(rest: str) -> None:
    with pytest.raises(UnclearPart, match="nothing blocks") as no_blocker:
        read_blocker(rest, WEDNESDAY_NOON)
    with pytest.raises(UnclearPart, match="nothing is next") as no_action:
        read_next(rest, WEDNESDAY, WEDNESDAY_NOON)
    for kept in (
        read_blocker(no_blocker.value.as_text, WEDNESDAY_NOON),
        read_next(no_action.value.as_text, WEDNESDAY, WEDNESDAY_NOON),
    ):
        assert isinstance(kept, update_words.BlockerWords | ActionWords)
        assert kept.text == rest


@cases(
    ("rest", "text", "due_on"),
    [
        ("send the deck to <@U1> by Friday", "send the deck to <@U1>", date(2026, 11, 27)),
        ("call with <@U1|ann>", "call with <@U1>", None),
        ("intro from <@U1>.", "intro from <@U1>.", None),
    ],
)
def test_a_person_after_a_word_of_the_sentence_is_asked_about_and_owns_nothing_in_silence(rest, text, due_on):
    with pytest.raises(UnclearPart, match="or is the name part of the text") as asked:
        read_next(rest, WEDNESDAY, WEDNESDAY_NOON)
    (choice,) = asked.value.choices
    owned, kept = (
        read_next(choice.rest, WEDNESDAY, WEDNESDAY_NOON),
        read_next(asked.value.as_text, WEDNESDAY, WEDNESDAY_NOON),
    )
    assert isinstance(owned, ActionWords)
    assert isinstance(kept, ActionWords)
    assert (owned.owner, owned.due_on, kept.text, kept.owner, kept.due_on) == ("U1", due_on, text, None, due_on)
    with pytest.raises(UnclearPart, match="or is the name part of the text"):
        read_blocker("no answer from <@U1>", WEDNESDAY_NOON)


@cases("rest", ["<@U1>: send it", "<@U1>, send it", "<@U1> - send it", "<@U1> to send it", "send it, <@U1>"])
def test_marks_between_an_action_and_its_owner_are_left_out(rest: str) -> None:
    assert read_next(rest, WEDNESDAY, WEDNESDAY_NOON) == ActionWords("send it", "U1", None, ())


@texts("rest", "again")
def test_words_that_mean_resolve_are_asked_about(rest: str, again: str) -> None:
    with pytest.raises(UnclearPart, match="Did you mean resolve") as asked:
        read_blocker(rest, WEDNESDAY_NOON)
    assert [choice.rest for choice in asked.value.choices] == [again]
    assert isinstance(read_blocker(asked.value.as_text, WEDNESDAY_NOON), update_words.BlockerWords)


def test_of_two_dates_to_wait_for_one_that_has_passed_is_offered_as_next_years() -> None:
    with pytest.raises(UnclearPart, match="write Fri 11 Dec or Fri 12 Nov 2027"):
        update_words.read_waiting("waiting until 12/11 because their board meets", WEDNESDAY, WEDNESDAY_NOON)
    found = update_words.read_waiting("waiting until 12/11/2026 because their board meets", WEDNESDAY, WEDNESDAY_NOON)
    assert found is not None
    assert found.wanted.until == date(2026, 12, 11)


@cases("rest", ["engaged", "-&gt; engaged", "MQA.", "closed won"])
def test_a_stage_alone_is_asked_for_what_moved(rest: str) -> None:
    with pytest.raises(UnclearPart, match="Say what moved") as asked:
        read_move(rest, WEDNESDAY_NOON)
    assert asked.value.entered["stage"]
    assert read_move(asked.value.as_text, WEDNESDAY_NOON).to_stage is None


@cases(
    "rest",
    [
        *("opportunity: they want a quote", "=&gt; opp they want a quote", "opportunity they want a quote"),
        *("moved to opportunity they want a quote", "Went to the opportunity stage: they want a quote"),
    ],
)
def test_a_stage_in_front_is_asked_about(rest: str) -> None:
    with pytest.raises(UnclearPart, match=r"Is it a step to Opportunity, or only a note\?") as asked:
        read_move(rest, WEDNESDAY_NOON)
    step, note = asked.value.choices
    assert (step.label, note.label) == ("Move to Opportunity", "Only a note")
    assert read_move(step.rest, WEDNESDAY_NOON).text == "they want a quote"
    assert read_move(note.rest, WEDNESDAY_NOON) == update_words.MoveWords(None, False, unescape(rest), ())


@cases(
    "rest",
    [
        *("their CFO moved them to customer after the demo", "won the deal", "Account moved to closed won today"),
        *("they went back to customer", "we pushed both plants to the customer stage"),
    ],
)
def test_a_step_told_in_a_sentence_is_asked_about_and_the_sentence_stays_whole(rest: str) -> None:
    with pytest.raises(UnclearPart, match="Is it a step to Customer") as asked:
        read_move(rest, WEDNESDAY_NOON)
    step, note = (read_move(each.rest, WEDNESDAY_NOON) for each in asked.value.choices)
    assert (step.to_stage, step.text) == (Stage.CUSTOMER, rest)
    assert (note.to_stage, note.text) == (None, rest)


@cases(
    "rest",
    [
        *(
            "Customer success called them",
            "Client wants a date",
            "moved their file to customer success",
            "Target date set",
        ),
        *("talked to customer references", "pipeline review was held", "moved to negotiation"),
    ],
)
def test_other_senses_of_the_names_of_stages_are_no_steps(rest: str) -> None:
    assert read_move(rest, WEDNESDAY_NOON) == update_words.MoveWords(None, False, rest, ())


@cases(
    ("text", "named", "besides"),
    [
        ("Call the CFO", "Call the CFO", ""),
        ("called the CFO", "Call the CFO", ""),
        ("sent the deck.", "Send the deck to Rita", ""),
        ("sent Rita the deck, she liked it", "Send the deck to Rita", "sent Rita the deck, she liked it"),
        ("The liability cap was accepted", "Liability cap", "The liability cap was accepted"),
        ("visit", "Visit", ""),
        *((text, "", "") for text in ("They said yes", "call", "the deck", "cap accepted", "")),
        *(
            (text, "", "")
            for text in ("did not call the CFO", "will call the CFO", "called the CFO?", "half of the cap")
        ),
        *(
            (text, "", "")
            for text in ("call with the CFO booked for Tuesday", "asked Rita to call the CFO", "call the CFO tomorrow")
        ),
        ("called the CFO, he asked for a reference", "Call the CFO", "called the CFO, he asked for a reference"),
        ("asked legal about Rita", "Ask legal about Rita", ""),
        ("asked their legal about Rita again", "Ask legal about Rita", "asked their legal about Rita again"),
        *((text, "", "") for text in ("called Rita, the CFO was out", "called the CFO and the liability cap is gone")),
    ],
)
def test_a_text_names_the_one_item_whose_words_it_holds(text: str, named: str, besides: str) -> None:
    texts = ("Call the CFO", "Send the deck to Rita", "Liability cap", "Visit", "Ask legal about Rita")
    items = [NextAction(number, each, "U1", FRIDAY, WEDNESDAY_NOON) for number, each in enumerate(texts)]
    found = update_words.named_by(text, items)
    assert ((found[0].text, found[1]) if found else ("", "")) == (named, besides)


def test_a_name_in_front_that_nobody_has_is_asked_about() -> None:
    with pytest.raises(UnclearPart, match="is nobody here") as asked:
        read_next("@nobody call Jim fri", WEDNESDAY, WEDNESDAY_NOON)
    person = asked.value.person
    assert person is not None
    assert (person.typed, person.before, person.after) == ("@nobody", "", " call Jim fri")
    kept = read_next(asked.value.as_text, WEDNESDAY, WEDNESDAY_NOON)
    assert kept == ActionWords("@nobody call Jim", None, date(2026, 11, 27), ())


def test_nothing_but_something_is_asked_about() -> None:
    with pytest.raises(UnclearPart, match="Did nothing move") as asked:
        read_move("nothing but their CFO wrote", WEDNESDAY_NOON)
    assert read_move(asked.value.choices[0].rest, WEDNESDAY_NOON) == update_words.MoveWords(
        None, True, "but their CFO wrote", ()
    )
    assert read_move(asked.value.as_text, WEDNESDAY_NOON).text == "nothing but their CFO wrote"
    assert not read_move(asked.value.as_text, WEDNESDAY_NOON).nothing
    assert read_move("no update", WEDNESDAY_NOON).nothing


@texts("rest", "reason")
def test_waiting_without_a_date_is_asked_until_when(rest: str, reason: str) -> None:
    with pytest.raises(UnclearPart, match="Until when does it wait") as asked:
        update_words.read_waiting(rest, WEDNESDAY, WEDNESDAY_NOON)
    assert asked.value.entered == {"text": reason}
    assert update_words.read_waiting(asked.value.as_text, WEDNESDAY, WEDNESDAY_NOON) is None
    assert not read_move(asked.value.as_text, WEDNESDAY_NOON).nothing


# Plays as they are typed.

OWN = Play(
    "own-1", "Site visit", (1,), "They came", 20, (PlayStep("Invite them", StepOwner.SALES, 7),), PlayMotion.OUTBOUND
)


@cases(
    ("written", "step"),
    [
        ("sales, 7: Invite them", PlayStep("Invite them", StepOwner.SALES, 7)),
        ("  • Marketing in 0 days: Write: one page ", PlayStep("Write: one page", StepOwner.MARKETING, 0)),
        ("executive, day 365 : Call", PlayStep("Call", StepOwner.EXECUTIVE, 365)),
        ("PRODUCT 3:Measure", PlayStep("Measure", StepOwner.PRODUCT, 3)),
    ],
)
def test_a_step_is_read_from_its_line(written: str, step: PlayStep) -> None:
    assert update_words.read_steps(f"\n{written}\n\n") == (step,)


@cases(
    ("written", "said"),
    [
        ("Invite them", 'Line 1, "Invite them", is no step. Write FUNCTION, DAYS: TEXT, as in "marketing, 7: Write'),
        ("sales, 7: Invite\nsales: Call", 'Line 2, "sales: Call", is no step'),
        ("legal, 7: Sign", 'Line 1: "legal" is none of sales, marketing, product, executive.'),
        ("sales, 366: Call", "Line 1: 366 days is too late; a step is due within 365."),
        ("sales, 1: " + "x" * 301, "Line 1 has 301 characters; write at most 300."),
    ],
)
def test_a_line_that_is_no_step_is_named_with_what_is_wrong(written: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        update_words.read_steps(written)
    assert str(refused.value).startswith(said)


def test_every_play_that_comes_with_the_program_is_one_that_could_be_added_and_is_written_as_it_is_read() -> None:
    known = library_with(())
    for play in LIBRARY:
        update_words.refuse_wrong(play, known)
        assert update_words.read_steps(update_words.written_steps(play)) == play.steps


@cases("changed", [{"text": "Call them"}, {"owner": StepOwner.EXECUTIVE}, {"due_in_days": 8}])
def test_the_mark_of_steps_differs_where_one_of_as_many_does(changed) -> None:
    [step] = OWN.steps
    assert update_words.mark_of_steps(replace(OWN, name="Plant tour")) == update_words.mark_of_steps(OWN)
    assert update_words.mark_of_steps(replace(OWN, steps=(replace(step, **changed),))) != update_words.mark_of_steps(
        OWN
    )


@cases(
    ("changes", "field", "said"),
    [
        ({"name": "!!"}, "name", "Give it a name with letters"),
        ({"name": "x" * 121}, "name", "The name has 121 characters; write at most 120."),
        ({"name": "pilot WITH a measure"}, "name", "The library has a play"),
        ({"tiers": ()}, "tiers", "Choose at least one tier."),
        ({"motion": None}, "motion", "Choose the motion."),
        ({"outcome": ""}, "outcome", "Say what the buyer will have done"),
        ({"outcome": "x" * 301}, "outcome", "It has 301 characters; write at most 300."),
        ({"outcome_in_days": 0}, "days", "Write a number of days from 1 to 365."),
        ({"outcome_in_days": 366}, "days", "Write a number of days from 1 to 365."),
        ({"outcome_in_days": 6}, "steps", '"Invite them" is due in 7 days, after the outcome, which is due within 6.'),
        ({"steps": ()}, "steps", "Write at least one step on a line of its own"),
        ({"steps": OWN.steps * 11}, "steps", "There are 11 steps; write at most 10."),
    ],
)
def test_what_is_wrong_with_a_play_is_said_beside_its_field(changes, field: str, said: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        update_words.refuse_wrong(replace(OWN, **changes), library_with(()))
    assert list(refused.value.fields) == [field]
    assert refused.value.fields[field].startswith(said)


@cases(("written", "days"), [("9", 9), (" 9 Days", 9), ("1 day", 1), ("", None), ("nine", None), ("²", None)])
def test_days_are_read_with_or_without_the_word(written: str, days: int | None) -> None:
    assert update_words.read_days(written) == days


# Parsing of the text after /signal.

HIGH, MEDIUM, LOW = SignalStrength


@cases(
    ("typed", "kind", "strength", "text"),
    [
        ("hiring high they look for a buyer", SignalKind.HIRING, HIGH, "they look for a buyer"),
        ("hiring they look for a buyer", SignalKind.HIRING, MEDIUM, "they look for a buyer"),
        ("web visit low: pricing page", SignalKind.WEB_VISIT, LOW, "pricing page"),
        ("web_visit pricing page", SignalKind.WEB_VISIT, MEDIUM, "pricing page"),
        ("Competitive Research HIGH asked a rival", SignalKind.COMPETITIVE_RESEARCH, HIGH, "asked a rival"),
        ("exec move: new CFO", SignalKind.EXEC_MOVE, MEDIUM, "new CFO"),
        ("exec new CFO", SignalKind.EXEC_MOVE, MEDIUM, "new CFO"),
        ("other high", SignalKind.OTHER, HIGH, ""),
    ],
)
def test_the_kind_comes_first_then_perhaps_the_strength(typed, kind, strength, text):
    if not text:
        with pytest.raises(NotUnderstood, match="Say what was seen"):
            read_signal_words(typed, NOW)
        return
    assert read_signal_words(typed, NOW) == update_words.SignalEntry(kind, strength, text)


@texts("typed", "text")
def test_a_link_is_kept_with_the_signal_and_not_repeated_in_the_sentence(typed: str, text: str) -> None:
    assert read_signal_words(f"intent {typed}", NOW) == update_words.SignalEntry(
        SignalKind.INTENT, MEDIUM, text, "https://intent.example/7"
    )


@cases("typed", ["hiring nothing", "intent high none.", "web visit: nothing new"])
def test_a_signal_that_says_nothing_is_asked_about(typed: str) -> None:
    with pytest.raises(UnclearPart, match="What was seen") as asked:
        read_signal_words(typed, NOW)
    kept = read_signal_words(asked.value.as_text, NOW)
    assert kept.text.startswith("no")
    assert kept.signal.value == asked.value.entered["kind"]


@cases(
    ("typed", "said"),
    [
        ("hirring new buyer", "Did you mean hiring?"),
        ("gossip they talk", '"gossip" is no kind of signal. Say what was seen: /signal ACCOUNT KIND'),
        ("", "The kinds are web visit, content, intent"),
        ("", "hiring, technology change, executive move, event"),
        ("hiring " + "x" * 3_001, "3,001"),
    ],
)
def test_what_is_not_understood_is_said_with_the_nearest_kind(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_signal_words(typed, NOW)
    assert said in str(refused.value)


def test_a_kind_that_is_not_known_is_asked_about_with_the_nearest_and_what_was_typed() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_signal_words("hirring high new buyer", NOW)
    assert [(choice.label, choice.rest) for choice in asked.value.choices] == [("Hiring", "hiring high new buyer")]
    assert read_signal_words(asked.value.as_text, NOW) == update_words.SignalEntry(
        SignalKind.OTHER, MEDIUM, "hirring high new buyer"
    )
    with pytest.raises(UnclearPart) as quoted:
        read_signal_words('"hiring a buyer"', NOW)
    assert not quoted.value.choices
    assert read_signal_words(quoted.value.as_text, NOW).text == '"hiring a buyer"'
