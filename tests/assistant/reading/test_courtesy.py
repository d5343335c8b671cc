"""Courtesies around a question are left out, and nothing else."""

from assistant.reading.ties import without_courtesies
from assistant.reading.tokens import as_typed, read_tokens
from tests.cases import cases


@cases(
    ("text", "left"),
    [
        ("sorry to bother you but who owns Corvane?", "who owns Corvane"),
        ("quick question before my 3 o'clock: what is late", "what is late"),
        ("dumb question, is Halden stalled", "is Halden stalled"),
        ("when you have a sec, my open actions", "my open actions"),
        ("not urgent but my todo list pls", "my todo list pls"),
        ("what is due today, if you don't mind", "what is due today"),
        ("tier of Kestrel off the top of your head?", "tier of Kestrel"),
        ("who owns Maple thanks in advance", "who owns Maple"),
        ("what changed at Umber, do we know?", "what changed at Umber"),
        ("hate to ask but who owns Early - my boss is asking", "who owns Early"),
    ],
)
def test_a_courtesy_before_or_after_a_question_is_left_out(text: str, left: str) -> None:
    assert as_typed(without_courtesies(read_tokens(text))) == left


@cases(
    "text",
    [
        "who do we know at Kestrel",
        "who do we know",
        "a question about Maple: who owns it",
        "not Maple but Maple Insurance",
        "what is due, for my accounts",
        "tell me if Halden is stalled",
        "if you don't mind",
        "no, not Kestrel",
        "what do I ask for at Umber, and when",
    ],
)
def test_what_asks_or_names_something_stays(text: str) -> None:
    assert without_courtesies(read_tokens(text)) == read_tokens(text)


def test_the_question_mark_of_a_courtesy_is_kept_for_the_question() -> None:
    assert without_courtesies(read_tokens("Halden stalled, any idea?"))[-1].mark == "?"
