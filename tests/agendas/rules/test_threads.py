from agendas.rules import threads, update_words
from agendas.rules.update_words import BLOCKER_USAGE, DROPPED_USAGE, MOVE_USAGE, NEXT_USAGE, SLIPPED_USAGE
from tests.cases import cases, texts

BOT = "U0BOT0001"
USAGES = (BLOCKER_USAGE, MOVE_USAGE, NEXT_USAGE, SLIPPED_USAGE, DROPPED_USAGE, update_words.WAITING_USAGE)


@cases(
    ("text", "replies"),
    [
        ("moved: their CFO agreed", [("/move", "their CFO agreed")]),
        ("MOVED : to proposal they asked for a price", [("/move", "to proposal they asked for a price")]),
        (
            "*Blocked:* legal needs an answer <@U1> needs product",
            [("/blocker", "legal needs an answer <@U1> needs product")],
        ),
        ("  next: call them by Friday", [("/next", "call them by Friday")]),
        ("Done: called them", [("/next", "done called them")]),
        ("done:", [("/next", "done")]),
        ("moved:", [("/move", "")]),
        ("moved: a\nnext: b by 4 Dec\nand c", [("/move", "a"), ("/next", "b by 4 Dec\nand c")]),
        ("\u2022 next: call them\n\u2022 blocked: legal", [("/next", "call them"), ("/blocker", "legal")]),
        ("1. Moved: a\n2. next: b", [("/move", "a"), ("/next", "b")]),
        ("- done: called\n* moved: c", [("/next", "done called"), ("/move", "c")]),
        ("*moved: all of it is bold*", [("/move", "all of it is bold")]),
        ("*moved:* they chose *us*", [("/move", "they chose *us*")]),
        ("moved: :tada: they signed", [("/move", ":tada: they signed")]),
        ("next:https://acme.example/plan", [("/next", "https://acme.example/plan")]),
        ("blocker: legal", [("/blocker", "legal")]),
        ("Blocked - legal is out", [("/blocker", "legal is out")]),
        ("*BLOCKER* \u2013 legal", [("/blocker", "legal")]),
        ("resolved: they paid", [("/blocker", "resolve they paid")]),
        ("Next step: call them", [("/next", "call them")]),
        ("Action item\u2014call them", [("/next", "call them")]),
        ("to-do: call them", [("/next", "call them")]),
        ("No change.", [("/move", "nothing")]),
        ("no change: their board is away", [("/move", "nothing: their board is away")]),
        ("moved to customer: they signed", [("/move", "to customer they signed")]),
        ("Moved to the opportunity stage - they asked", [("/move", "to opportunity they asked")]),
        (
            "\u2022 *Blocker:* a\n\u2022 no change\n1) next step - b",
            [("/blocker", "a"), ("/move", "nothing"), ("/next", "b")],
        ),
        (
            "Next steps:\n- call them\n- send it\nblocked: c",
            [("/next", "call them"), ("/next", "send it"), ("/blocker", "c")],
        ),
        ("no change in the plan: it stays", []),
        ("no change on our side", []),
        *(
            (text, [])
            for text in (
                "next - who calls them",
                "blocked - not really",
                "done - or is it?",
                "Resolved - no, still open",
            )
        ),
        ("blocked - no budget owner", [("/blocker", "no budget owner")]),
        ("moved to Berlin: new office", []),
        ("Went to the client - good meeting", []),
        ("resolved", []),
        ("blocked-out time", []),
        ("done :white_check_mark: thanks all", []),
        ("next :point_right: lunch", []),
        ("done:tada:", []),
        ("moved on to another topic: nothing", []),
        ("It moved: yes", []),
        ("ok\nmoved: x", []),
        ("next week: holiday", []),
        ("", []),
        (f"<@{BOT}> moved: x", []),
    ],
)
def test_a_reply_is_what_its_first_word_says_and_other_talk_is_none(text: str, replies: list[tuple[str, str]]) -> None:
    assert threads.read_replies(text) == tuple(threads.ThreadReply(*each) for each in replies)


@cases(
    "text",
    [
        *("nothing", "Nothing.", "no change", "No changes!", "nothing moved", "nothing new this week", "unchanged"),
        *("same as last week", "still the same", "no news from my side", "no update since last week", "same", "none"),
        *("sorry, nothing yet", "nothing moved here this week", "as last time"),
        *("nothing moved at all this week, sorry", "Nothing new, I'm afraid", "Nothing new, I\u2019m afraid"),
        *("nothing has moved", "Nothing\u2019s changed", "it hasn\u2019t moved", "didn't move", "nope, nothing"),
        *("no progress", "no movement on this one", "no change since last review", "no changes to report"),
        *("Nothing moved, same as last week", "no update / nothing moved", "nothing moved :disappointed:"),
    ],
)
def test_a_mention_that_says_only_that_nothing_moved_is_read_as_that(text: str) -> None:
    for written in (f"<@{BOT}> {text}", f"{text} <@{BOT}>", f"<@{BOT}>: {text}"):
        assert threads.read_mention(written, BOT) == (threads.ThreadReply("/move", "nothing"),), written


@texts("text")
def test_a_mention_that_says_more_is_not(text: str) -> None:
    assert threads.read_mention(f"<@{BOT}> {text}", BOT) == ()


def test_a_mention_may_begin_with_the_words_of_a_reply() -> None:
    assert threads.read_mention(f"<@{BOT}> Next: call <@U2> by Friday", BOT) == (
        threads.ThreadReply("/next", "call <@U2> by Friday"),
    )


@cases(
    ("text", "may_be"),
    [
        ("Their CFO signed the pilot", True),
        ("Their CFO signed", False),
        ("Did their CFO sign the pilot?", False),
        (f"<@{BOT}> their CFO signed the pilot", False),
        ("<@U2> their CFO signed the pilot", True),
    ],
)
def test_news_in_a_thread_has_four_words_and_no_question_and_is_not_told_to_the_bot(text: str, may_be: bool) -> None:
    assert threads.may_be_news(text, BOT) is may_be


def test_the_mark_of_a_reply_is_taken_from_the_words_of_its_command() -> None:
    mark = threads.marked("1795532700.000100", "1795532600.000100")
    assert threads.take_mark(f"{mark} to proposal") == ("1795532700.000100", "1795532600.000100", "to proposal")
    assert threads.take_mark("to proposal") == ("", "", "to proposal")
    assert threads.without_mark(f"/move Acme {mark} they agreed") == "/move Acme they agreed"


def test_a_command_is_said_as_it_is_written_in_a_thread() -> None:
    written = [threads.typed_in_thread(command, "x") for command in ("/move", "/blocker", "/next")]
    assert written == ["moved: x", "blocked: x", "next: x"]
    assert threads.typed_in_thread("/next", "done sent it") == "done: sent it"
    assert threads.typed_in_thread("/blocker", "resolve they paid") == "resolved: they paid"
    assert threads.typed_in_thread("/next", "donets trip") == "next: donets trip"


def test_no_usage_tells_somebody_in_a_thread_to_type_a_command() -> None:
    assert len(USAGES) >= 5
    for usage in USAGES:
        assert "/move" not in threads.in_thread(usage)
        assert "/next" not in threads.in_thread(usage)
        assert "/blocker" not in threads.in_thread(usage)
