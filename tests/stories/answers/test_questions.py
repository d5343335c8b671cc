"""Questions in a direct message and by mention, answered by rules from what was recorded."""

import pytest
from sqlmodel import col, delete

from sandbox.faults import Fault
from sandbox.testing.person import Person
from storage import tables
from tests.stories.team import CHANNEL, Team


async def asks(team: Team, person: Person, question: str) -> str:
    """The bot's answer in the direct conversation."""
    before = len(team.direct_words(person))
    await person.says(question, to="cadence")
    await team.quiet()
    [answer] = team.direct_words(person)[before:]
    return answer


async def program(team: Team) -> None:
    """Initech is Ann's and moved; Globex is Bob's and blocked; both have an action."""
    await team.knows("Initech")
    await team.knows("Globex", owner="bob", tier=2)
    await team.ann.types("/move initech to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    await team.bob.types("/blocker globex Legal is slow", in_=CHANNEL)
    await team.ann.types("/next initech Call the CFO by fri", in_=CHANNEL)
    await team.bob.types("/next globex Write to legal by fri", in_=CHANNEL)


@pytest.mark.parametrize("setting", ["sqlite socket", "postgres http"], indirect=True)
async def test_the_questions_of_the_day_are_answered(team: Team) -> None:
    await program(team)
    for question, parts in (
        ("How is Initech doing?", ("Initech", "engaged", "notes.example/1")),
        ("What blocks Globex?", ("Legal is slow",)),
        ("What is due for Initech?", ("Call the CFO",)),
        ("What moved since the last review?", ("Initech", "Globex")),
        ("Who owns Globex?", ("Globex is owned by bob",)),
        ("What is mine?", ("Initech",)),
        ("What is stalled?", ("stalled",)),
    ):
        answer = await asks(team, team.ann, question)
        for part in parts:
            assert part in answer, (question, answer)


async def test_a_follow_up_keeps_the_question_and_a_pronoun_the_account(team: Team) -> None:
    await program(team)
    assert "No open blocker" in await asks(team, team.ann, "What blocks Initech?")
    assert "Legal is slow" in await asks(team, team.ann, "and Globex?")
    assert "Globex is owned by bob" in await asks(team, team.ann, "who owns it?")


async def test_what_is_due_for_me_is_only_mine(team: Team) -> None:
    await program(team)
    for question in ("What is due for me?", "What do I owe?", "my actions", "what is on my plate?"):
        answer = await asks(team, team.ann, question)
        assert "Call the CFO" in answer, question
        assert "Write to legal" not in answer, question


async def test_an_unknown_name_gets_the_nearest_and_a_click_answers(team: Team) -> None:
    await program(team)
    assert "Did you mean one of these?" in await asks(team, team.vic, "How is Inittech?")
    seen = await team.is_told(team.vic, "Did you mean")
    await team.vic.clicks("Initech", on=seen)
    await team.is_told(team.vic, "notes.example/1")


async def test_anything_else_gets_what_can_be_asked(team: Team) -> None:
    await program(team)
    for question in ("help", "asdf qwer", "🚀", "What is the weather?"):
        assert "You can ask, for example" in await asks(team, team.ann, question), question


async def test_hostile_questions_are_answered_shortly(team: Team) -> None:
    await program(team)
    for question in (f"how is {'x' * 3_000}", "how is <!channel> @everyone", "how is ```Initech```?", "'; drop table"):
        answer = await asks(team, team.ann, question)
        assert len(answer) < 1_500
        assert "<!" not in str(team.sandbox.workspace.im(team.ann.id).messages[-1].blocks)


async def test_a_mention_is_answered_in_its_thread(team: Team) -> None:
    await program(team)
    line = await team.vic.says("@Cadence how is Initech?", in_=CHANNEL)
    await team.quiet()
    [answer] = line.thread
    assert "notes.example/1" in answer.words
    follow_up = await team.vic.says("@Cadence who owns it?", in_=CHANNEL, thread=line)
    await team.quiet()
    assert "owned by ann" in line.thread[-1].words
    assert follow_up.message.thread_ts == line.message.ts


async def test_a_click_on_the_nearest_in_a_thread_keeps_the_conversation(team: Team) -> None:
    await program(team)
    line = await team.vic.says("@Cadence how is Inittech?", in_=CHANNEL)
    await team.quiet()
    await team.vic.clicks("Initech", on=line.thread[0])
    await team.vic.sees("notes.example/1", in_=CHANNEL)
    await team.vic.says("@Cadence who owns it?", in_=CHANNEL, thread=line)
    await team.quiet()
    assert "owned by ann" in line.thread[-1].words


async def test_where_outsiders_read_along_the_answer_comes_directly(team: Team) -> None:
    await program(team)
    line = await team.ann.says("@Cadence how is Initech?", in_="#shared")
    await team.quiet()
    assert line.thread == []
    assert "shared with another company" in team.direct_words(team.ann)[-2]
    assert "notes.example/1" in team.direct_words(team.ann)[-1]


async def test_guests_and_others_who_ask_are_told_once_and_learn_nothing(team: Team) -> None:
    await program(team)
    line = await team.gus.says("@Cadence how is Initech?", in_=CHANNEL)
    await team.eli.says("@Cadence how is Initech?", in_="#shared")
    await team.gus.says("how is Initech?", to="cadence")
    await team.quiet()
    assert line.thread == []
    assert team.direct_words(team.gus) == ["Guests cannot use Cadence here. @ann can tell you more."] * 2
    assert team.direct_words(team.eli) == ["People of other companies cannot use Cadence here. @ann can tell you more."]


@pytest.mark.parametrize("setting", ["sqlite http"], indirect=True)
async def test_whom_slack_does_not_name_at_once_is_no_outsider_and_the_question_is_not_lost(team: Team) -> None:
    await program(team)
    team.expects_trouble = True
    team.store.write_now(
        lambda session: session.execute(delete(tables.Person).where(col(tables.Person.user_id) == team.vic.id))
    )
    for fault in (Fault(error="internal_error"), Fault(status=429, error="ratelimited", retry_after=1)):
        team.sandbox.faults.add("users.info", fault)
        assert await team.vic.types("/account initech", in_=CHANNEL) == (
            "Slack did not say who you are, so nothing was done. Try again in a minute."
        )
    team.sandbox.faults.clear()
    team.sandbox.faults.add("users.info", Fault(error="internal_error"))
    assert "engaged" in await asks(team, team.vic, "How is Initech doing?")


async def test_observers_may_ask(team: Team) -> None:
    await program(team)
    assert "engaged" in await asks(team, team.obi, "How is Initech doing?")


async def test_an_event_delivered_again_is_answered_once(team: Team) -> None:
    await program(team)
    await team.ann.says("How is Initech doing?", to="cadence")
    await team.quiet()
    sent = [each.payload for each in team.sandbox.slack.delivery.log if each.kind == "events_api"][-1]
    questions = [
        each.payload
        for each in team.sandbox.slack.delivery.log
        if each.payload.get("event", {}).get("text") == "How is Initech doing?"
    ]
    for payload in (*questions, sent):
        assert (await team.sandbox.slack.delivery.request("events_api", payload)).ok
    await team.quiet()
    assert len(team.direct_words(team.ann)) == 1


async def test_what_the_bot_and_edits_say_is_no_question(team: Team) -> None:
    await program(team)
    await asks(team, team.ann, "How is Initech doing?")
    await team.sandbox.client.chat_postMessage(
        channel=team.sandbox.workspace.im(team.ann.id).id, text="How is Globex doing?"
    )
    await team.quiet()
    assert len(team.direct_words(team.ann)) == 2


async def test_below_an_agenda_a_mention_needs_no_name(team: Team) -> None:
    await program(team)
    await team.posts_review()
    agenda = team.agenda("Globex")
    await team.vic.says("@Cadence what blocks it?", in_=CHANNEL, thread=agenda)
    await team.quiet()
    assert "Legal is slow" in agenda.thread[-1].words
    await team.vic.says("@Cadence who is the owner?", in_=CHANNEL, thread=agenda)
    await team.quiet()
    assert "Globex is owned by bob" in agenda.thread[-1].words
    await team.vic.says("@Cadence how is Initech?", in_=CHANNEL, thread=agenda)
    await team.quiet()
    assert "notes.example/1" in agenda.thread[-1].words


async def test_who_holds_a_role_is_answered_with_the_buying_group(team: Team) -> None:
    await program(team)
    for role in ("champion", "economic buyer", "contact"):
        answer = await asks(team, team.ann, f"who is the {role} at Initech?")
        assert "Buying group of Initech" in answer, role
    assert "Initech is owned by" in await asks(team, team.ann, "who has Initech?")


async def test_of_two_accounts_asked_about_at_once_none_is_dropped(team: Team) -> None:
    await program(team)
    for question in ("compare Initech and Globex", "how are Initech and Globex doing?", "Globex vs Initech"):
        answer = await asks(team, team.ann, question)
        assert "could be several accounts. Which one?" in answer, question
        assert "Initech" in answer, question
        assert "Globex" in answer, question
    assert "Which one?" not in await asks(team, team.ann, "how is Initech and its legal team?")


async def test_a_question_about_accounts_as_such_is_not_taken_for_a_name(team: Team) -> None:
    await program(team)
    for question in ("which accounts have no champion?", "how many accounts are in tier 1?", "accounts without owner"):
        assert "You can ask, for example" in await asks(team, team.ann, question), question


async def test_a_part_of_an_account_is_answered_with_how_it_stands_and_where_the_part_is(team: Team) -> None:
    await program(team)
    for question, part in (
        ("what is Initech worth?", "deals"),
        ("any signals from Initech?", "signals"),
        ("history of Initech", "history"),
        ("what is the fit of Initech", "fit"),
    ):
        answer = await asks(team, team.ann, question)
        assert "There is more about " in answer, question
        told = len(team.direct_words(team.ann))
        await team.ann.clicks("Show", on=await team.is_told(team.ann, "There is more about "))
        await team.sandbox.changed.until(lambda told=told: len(team.direct_words(team.ann)) > told, seconds=10)
        assert part in team.direct_words(team.ann)[-1].casefold()
    assert "There is more" not in await asks(team, team.ann, "how is Initech?")


async def test_of_one_account_the_name_is_said_once(team: Team) -> None:
    await program(team)
    assert "*1 open blocker* of Globex\n• Legal is slow" in await asks(team, team.ann, "what blocks Globex?")
    assert "• Globex: Legal is slow" in await asks(team, team.ann, "what is blocked?")
