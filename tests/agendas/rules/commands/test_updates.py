from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence
from agendas.facts.people import Function
from agendas.rules.update_words import ActionWords, BlockerWords, MoveWords, read_blocker, read_move, read_next
from tests.cases import cases

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
LINK = "https://docs.example/notes"
EVIDENCE = (Evidence("docs.example/notes", NOW, LINK),)


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
    assert read_move(rest, NOW) == MoveWords(to_stage, False, text, ())


def test_a_link_in_a_movement_is_its_evidence_and_stays_in_the_text():
    assert read_move(f"to engaged CFO said yes\n{LINK}", NOW) == MoveWords(
        Stage.ENGAGED, False, f"CFO said yes\n{LINK}", EVIDENCE
    )


@cases(
    ("rest", "text"),
    [
        ("nothing", ""),
        ("Nothing moved.", ""),
        ("no change", ""),
        ("nothing new, budget frozen", "budget frozen"),
        ("nothing\nbudget frozen", "budget frozen"),
        ("nothing from legal yet", "nothing from legal yet"),
    ],
)
def test_nothing_is_said_plainly_with_or_without_a_text(rest, text):
    assert read_move(rest, NOW) == MoveWords(None, True, text, ())


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
        read_move(rest, NOW)
    assert str(refusal.value).startswith(sentence)


def test_a_text_of_three_thousand_characters_is_taken_whole_however_long_its_escaped_form():
    text = "&" * 3_000
    assert read_move("&amp;" * 3_000, NOW).text == text


@given(text=st.text(st.characters(categories=("L", "P", "Zs", "So"), exclude_characters='"\u201c\u201d'), min_size=1))
def test_a_movement_text_is_kept_as_typed_but_for_the_space_around_it(text):
    typed = f"News {text}"
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert read_move(escaped, NOW).text == typed.strip()


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
    assert read_blocker(rest, NOW) == BlockerWords(text, owner, needs, ())


def test_links_are_evidence_of_a_blocker():
    assert read_blocker(f"DPA stuck <@U1> {LINK}", NOW) == BlockerWords(f"DPA stuck {LINK}", "U1", None, EVIDENCE)


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
        read_blocker(rest, NOW)
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
    assert read_next(rest, WEDNESDAY, NOW) == ActionWords(text, owner, due_on, ())


@cases("link", [LINK, f"<{LINK}>"])
def test_a_link_after_the_date_of_a_next_action_is_its_evidence(link):
    found = read_next(f"Send the DPA <@U1> by fri {link}", WEDNESDAY, NOW)
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
        read_next(rest, WEDNESDAY, NOW)
    assert str(refusal.value).startswith(sentence)
