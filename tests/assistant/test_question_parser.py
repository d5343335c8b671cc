import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.verbs.reads.work import Due
from assistant.question_parser import ME, Intent, read_question
from assistant.vocabulary import GRAMMAR, INTENT_WORDS

BOT = "U0BOT0001"

PHRASINGS = (
    ("acme", None, "acme"),
    ("Acme?", None, "Acme"),
    ("ACME!!", None, "ACME"),
    ("how is Acme doing?", Intent.STATUS, "Acme"),
    ("How's Acme doing?", Intent.STATUS, "Acme"),
    ("how\u2019s acme", Intent.STATUS, "acme"),
    ("hows acme going", Intent.STATUS, "acme"),
    ("hey, how is acme corp doing pls", Intent.STATUS, "acme corp"),
    (f"<@{BOT}> how is acme", Intent.STATUS, "acme"),
    (f"<@{BOT}|cadence>: status of acme please", Intent.STATUS, "acme"),
    ("status acme", Intent.STATUS, "acme"),
    ("acme status", Intent.STATUS, "acme"),
    ("what's the state of Umber Foods right now", Intent.STATUS, "Umber Foods"),
    ("where do we stand with larch &amp; sons?", Intent.STATUS, "larch &amp; sons"),
    ("latest on acme", Intent.STATUS, "acme"),
    ("any update on acme?", Intent.STATUS, "acme"),
    ("give me a summary of acme", Intent.STATUS, "acme"),
    ("how is <http://acme.example|acme.example> doing?", Intent.STATUS, "<http://acme.example|acme.example>"),
    ('status of "Next Level Foods"', Intent.STATUS, "Next Level Foods"),
    ("tell me about acme", None, "acme"),
    ("what is blocking acme?", Intent.BLOCKERS, "acme"),
    ("Acme's blockers", Intent.BLOCKERS, "Acme"),
    ("acme blockers?", Intent.BLOCKERS, "acme"),
    ("blockers for acme", Intent.BLOCKERS, "acme"),
    ("what blocks acme corp", Intent.BLOCKERS, "acme corp"),
    ("is acme blocked?", Intent.BLOCKERS, "acme"),
    ("what is blokcing acme", Intent.BLOCKERS, "acme"),
    ("show me all blockers", Intent.BLOCKERS, ""),
    ("my blockers", Intent.BLOCKERS, ""),
    ("who is blocking acme", Intent.BLOCKERS, "acme"),
    ("my actions", Intent.ACTIONS, ""),
    ("what do i owe?", Intent.ACTIONS, ""),
    ("what does <@U0ANN0001> owe", Intent.ACTIONS, ""),
    ("what does bob owe", Intent.ACTIONS, "bob"),
    ("what does Bob have to do?", Intent.ACTIONS, "Bob"),
    ("next steps for acme", Intent.ACTIONS, "acme"),
    ("what's the next action for acme?", Intent.ACTIONS, "acme"),
    ("actions on acme", Intent.ACTIONS, "acme"),
    ("overdue actions", Intent.ACTIONS, ""),
    ("what is overdue?", Intent.ACTIONS, ""),
    ("what's late", Intent.ACTIONS, ""),
    ("what is due this week", Intent.ACTIONS, ""),
    ("what is on my plate", Intent.ACTIONS, ""),
    ("todos for acme", Intent.ACTIONS, "acme"),
    ("buying group of acme", Intent.GROUP, "acme"),
    ("Acme's buying committee?", Intent.GROUP, "Acme"),
    ("who is missing at acme", Intent.GROUP, "acme"),
    ("is acme single-threaded?", Intent.GROUP, "acme"),
    ("how is Sample Group doing?", Intent.STATUS, "Sample Group"),
    ("who owns acme", Intent.OWNER, "acme"),
    ("who's the owner of acme?", Intent.OWNER, "acme"),
    ("acme owner", Intent.OWNER, "acme"),
    ("whose is acme", Intent.OWNER, "acme"),
    ("who is responsible for acme", Intent.OWNER, "acme"),
    ("who runs acme", Intent.OWNER, "acme"),
    ("who is on acme?", Intent.OWNER, "acme"),
    ("what moved since the last review?", Intent.MOVED, ""),
    ("what changed since last review", Intent.MOVED, ""),
    ("did acme move", Intent.MOVED, "acme"),
    ("any movement on acme?", Intent.MOVED, "acme"),
    ("which accounts advanced", Intent.MOVED, ""),
    ("what is mine", Intent.MINE, ""),
    ("what's mine?", Intent.MINE, ""),
    ("my accounts", Intent.MINE, ""),
    ("which accounts do i own", Intent.MINE, ""),
    ("how are my accounts doing?", Intent.MINE, ""),
    ("which accounts does <@U0BOB0001> own", Intent.MINE, ""),
    ("bob's accounts", Intent.MINE, "bob"),
    ("what is stalled", Intent.STALLED, ""),
    ("which accounts are at risk?", Intent.STALLED, ""),
    ("what's stuck", Intent.STALLED, ""),
    ("what needs attention", Intent.STALLED, ""),
    ("is acme stalled?", Intent.STALLED, "acme"),
    ("what was decided on globex", Intent.DECIDED, "globex"),
    ("what did we decide?", Intent.DECIDED, ""),
    ("decisions", Intent.DECIDED, ""),
    ("what changed this week?", Intent.CHANGED, ""),
    ("what's new", Intent.CHANGED, ""),
    ("what happened with acme this week", Intent.CHANGED, "acme"),
    ("any news?", Intent.CHANGED, ""),
    ("when is the next review?", Intent.NEXT_REVIEW, ""),
    ("when do we meet next", Intent.NEXT_REVIEW, ""),
    ("next review", Intent.NEXT_REVIEW, ""),
    ("when is acme reviewed next", Intent.NEXT_REVIEW, "acme"),
    ("help", Intent.HELP, ""),
    ("hello", Intent.HELLO, ""),
    ("Hi there!", Intent.HELLO, ""),
    ("good morning cadence", Intent.HELLO, "good"),
    ("hi, help", Intent.HELP, ""),
    ("thanks", Intent.THANKS, ""),
    ("Thank you so much!", Intent.THANKS, ""),
    ("thanks a lot for that", Intent.THANKS, "lot"),
    ("hi thanks", Intent.THANKS, ""),
    ("hi, how is acme doing?", Intent.STATUS, "acme"),
    ("thanks, what is mine?", Intent.MINE, ""),
    ("what can i ask?", Intent.HELP, "ask"),
    ("what can you do", Intent.HELP, ""),
    ("", None, ""),
    ("???", None, ""),
)


@pytest.mark.parametrize(("text", "intent", "subject"), PHRASINGS)
def test_a_question_is_read_as_its_kind_and_the_name_in_it(text: str, intent: Intent | None, subject: str) -> None:
    question = read_question(text, bot_user_id=BOT)
    assert (question.intent, question.subject) == (intent, subject)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("my actions", ME),
        ("what do i owe", ME),
        ("what is on me", ME),
        ("what's mine", ME),
        ("show me all blockers", ""),
        ("can i see what is overdue", ""),
        ("what does <@U0ANN0001|ann> owe", "U0ANN0001"),
        (f"<@{BOT}> what is overdue", ""),
        ("what is overdue", ""),
    ],
)
def test_whose_things_are_asked_about_is_read(text: str, person: str) -> None:
    assert read_question(text, bot_user_id=BOT).person == person


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("overdue actions", Due.OVERDUE),
        ("what is past due", Due.OVERDUE),
        ("what is due this week", Due.WEEK),
        ("my actions", Due.ALL),
    ],
)
def test_the_dates_that_are_asked_for_are_read(text: str, due: Due) -> None:
    question = read_question(text)
    assert (question.intent, question.due) == (Intent.ACTIONS, due)


@pytest.mark.parametrize(
    ("text", "intent", "subject", "is_about_it"),
    [
        ("and Initrode?", None, "Initrode", False),
        ("what about Initrode?", None, "Initrode", False),
        ("how about initrode", None, "initrode", False),
        ("what about its blockers?", Intent.BLOCKERS, "", True),
        ("and who owns it?", Intent.OWNER, "", True),
        ("and the actions", Intent.ACTIONS, "", False),
        ("and mine?", Intent.MINE, "", False),
        ("also Globex", None, "Globex", False),
    ],
)
def test_a_question_that_follows_another_is_known(
    text: str, intent: Intent | None, subject: str, is_about_it: bool
) -> None:
    question = read_question(text)
    assert question.is_following
    assert (question.intent, question.subject, question.is_about_it) == (intent, subject, is_about_it)


@pytest.mark.parametrize(("text", "days"), [("what changed today", 0), ("what happened yesterday", 1), ("news", 7)])
def test_how_far_back_news_is_wanted_is_read(text: str, days: int) -> None:
    assert read_question(text).days_back == days


def test_little_words_beside_a_name_are_offered_as_part_of_it() -> None:
    question = read_question("how is the harbour bank doing")
    assert question.subject == "harbour bank"
    assert "the harbour bank" in question.wider


def test_little_words_within_a_name_stay() -> None:
    assert read_question("how is Bank of Harbour doing").subject == "Bank of Harbour"


def test_every_word_that_says_what_is_asked_is_left_out_of_names() -> None:
    assert INTENT_WORDS <= GRAMMAR


@given(st.text(max_size=300))
def test_any_text_is_read_and_a_name_in_it_is_as_typed(text: str) -> None:
    question = read_question(text, bot_user_id=BOT)
    assert all(word in text for word in question.subject.split())


@given(st.lists(st.sampled_from(sorted(GRAMMAR)), max_size=12))
def test_words_of_questions_alone_name_no_account(words: list[str]) -> None:
    assert read_question(" ".join(words)).subject == ""
