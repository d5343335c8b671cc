import pytest
from sqlmodel import col, delete

from sandbox.faults import Fault
from storage.models import workspaces
from tests.stories.answers.asking import asks, program
from tests.stories.team import CHANNEL, Team


@pytest.mark.parametrize(
    "setting", ["sqlite socket", pytest.param("postgres http", marks=pytest.mark.proof)], indirect=True
)
async def test_the_questions_of_the_day_are_answered(team: Team) -> None:
    await program(team)
    for question, parts in (
        ("How is Initech doing?", ("Initech", "engaged", "notes.example")),
        ("What blocks Globex?", ("Legal is slow",)),
        ("What is due for Initech?", ("Call the CFO",)),
        ("What moved since the last review?", ("Initech",)),
        ("Who owns Globex?", ("Globex", "bob")),
        ("What is mine?", ("Initech",)),
        ("What is stalled?", ("stalled",)),
    ):
        answer = await asks(team, team.ann, question)
        for part in parts:
            assert part in answer, (question, answer)


async def test_a_follow_up_keeps_the_question_and_a_name_near_to_two_accounts_is_asked_about(team: Team) -> None:
    await program(team)
    assert "no open blocker" in (await asks(team, team.ann, "What blocks Initech?")).casefold()
    assert "Legal is slow" in await asks(team, team.ann, "and Globex?")
    assert "bob" in await asks(team, team.ann, "who owns it?")

    await team.knows("Vantor Robotics", domain="vantor.example")
    await team.knows("Vantora Robotics", domain="vantora.example")
    asked = await asks(team, team.vic, "How is Vantorr Robotics?")
    assert "Vantor Robotics" in asked
    assert "Vantora Robotics" in asked
    await team.vic.clicks("Vantora Robotics", on=await team.is_told(team.vic, "Vantorr"))
    await team.is_told(team.vic, "nothing from the buyer yet")
    assert "Vantora" in await asks(team, team.vic, "who owns it?")

    answer = await asks(team, team.vic, "How is Inittech?")
    assert "notes.example" in answer
    assert "Inittech was read as Initech." in answer


@pytest.mark.proof
async def test_a_question_of_one_account_of_two_or_of_all_is_answered_with_what_was_asked_alone(team: Team) -> None:
    await program(team)
    for question in ("What is due for me?", "What do I owe?", "my actions", "what is on my plate?"):
        answer = await asks(team, team.ann, question)
        assert "Call the CFO" in answer, question
        assert "Write to legal" not in answer, question

    for question, part in (
        ("what is Initech worth?", "no value recorded"),
        ("any signals from Initech?", "no signal"),
        ("what is the fit of Initech", "fit"),
        ("which tier is Initech in?", "tier 1"),
    ):
        answer = (await asks(team, team.ann, question)).casefold()
        assert part in answer, question
        assert "initech" in answer, question
        assert "call the cfo" not in answer, question

    for role in ("champion", "economic buyer"):
        answer = await asks(team, team.ann, f"who is the {role} at Initech?")
        assert f"no {role}" in answer.casefold(), role
        assert "Initech" in answer, role
    assert "ann" in await asks(team, team.ann, "who is the owner of Initech?")

    for question, part in (
        ("which accounts have no champion?", "Initech"),
        ("how many accounts are in tier 1?", "1 account"),
        ("accounts without owner", "no account"),
    ):
        assert part.casefold() in (await asks(team, team.ann, question)).casefold(), question

    for question in ("compare Initech and Globex", "how are Initech and Globex doing?", "Globex vs Initech"):
        answer = await asks(team, team.ann, question)
        assert "Initech" in answer, question
        assert "Globex" in answer, question
        assert "Which one?" not in answer, question

    assert (await asks(team, team.ann, "what blocks Globex?")).count("Globex") == 1
    assert "Globex" in await asks(team, team.ann, "what is blocked?")

    assert "engaged" in await asks(team, team.obi, "How is Initech doing?")


async def test_help_says_what_can_be_asked_and_what_is_not_understood_offers_the_nearest(team: Team) -> None:
    await program(team)
    assert "You can ask, for example" in await asks(team, team.ann, "help")
    for question in ("asdf qwer", "🚀"):
        answer = await asks(team, team.ann, question)
        assert "I did not understand that." in answer, question
        assert "No account is called" not in answer, question
        assert "Initech" in answer, question
    assert "Cadence knows the accounts of the list" in await asks(team, team.ann, "What is the weather?")
    await team.ann.clicks("How is Initech doing?", on=await team.is_told(team.ann, "Cadence knows"))
    await team.is_told(team.ann, "notes.example")


@pytest.mark.proof
async def test_hostile_questions_are_answered_shortly(team: Team) -> None:
    await program(team)
    for question in (f"how is {'x' * 3_000}", "how is <!channel> @everyone", "how is ```Initech```?", "'; drop table"):
        assert len(await asks(team, team.ann, question)) < 1_500
        assert "<!" not in str(team.sandbox.workspace.im(team.ann.id).messages[-1].blocks)


async def test_a_mention_is_answered_in_its_thread_and_directly_where_outsiders_read_along(team: Team) -> None:
    await program(team)
    line = await team.vic.says("@Cadence how is Initech?", in_=CHANNEL)
    await team.quiet()
    [answer] = line.thread
    assert "notes.example" in answer.words
    follow_up = await team.vic.says("@Cadence who owns it?", in_=CHANNEL, thread=line)
    await team.quiet()
    assert "ann" in line.thread[-1].words
    assert follow_up.message.thread_ts == line.message.ts

    line = await team.ann.says("@Cadence how is Initech?", in_="#shared")
    await team.quiet()
    assert line.thread == []
    assert "shared with another company" in team.direct_words(team.ann)[-2]
    assert "notes.example" in team.direct_words(team.ann)[-1]


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
        lambda session: session.execute(delete(workspaces.Person).where(col(workspaces.Person.user_id) == team.vic.id))
    )
    for fault in (Fault(error="internal_error"), Fault(status=429, error="ratelimited", retry_after=1)):
        team.sandbox.faults.add("users.info", fault)
        assert await team.vic.types("/account initech", in_=CHANNEL) == (
            "Slack did not say who you are, so nothing was done. Try again in a minute."
        )
    team.sandbox.faults.clear()
    team.sandbox.faults.add("users.info", Fault(error="internal_error"))
    assert "engaged" in await asks(team, team.vic, "How is Initech doing?")


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


@pytest.mark.proof
async def test_below_an_agenda_a_mention_needs_no_name(team: Team) -> None:
    await program(team)
    await team.posts_review()
    agenda = team.agenda("Globex")
    await team.vic.says("@Cadence what blocks it?", in_=CHANNEL, thread=agenda)
    await team.quiet()
    assert "Legal is slow" in agenda.thread[-1].words
    await team.vic.says("@Cadence who is the owner?", in_=CHANNEL, thread=agenda)
    await team.quiet()
    assert "bob" in agenda.thread[-1].words
    await team.vic.says("@Cadence how is Initech?", in_=CHANNEL, thread=agenda)
    await team.quiet()
    assert "notes.example" in agenda.thread[-1].words


@pytest.mark.proof
async def test_whoever_was_heard_from_is_among_all_the_people_of_the_account(team: Team) -> None:
    await program(team)
    for person in ("Rita Kern, champion", "Tom Lund, COO", "Vera Holt, CTO", "Una Berg", "Dana Weber, CFO"):
        await team.ann.types(f"/account initech group add {person}", in_=CHANNEL)
    await team.ann.types("/move initech Dana Weber replied with numbers", in_=CHANNEL)
    for question in ("who have we heard from at Initech?", "Who is at Initech?"):
        said = await asks(team, team.ann, question)
        assert "*5 people*" in said, question
        assert "Dana Weber, CFO" in said, question
        assert ("last heard of Tue 24 Nov" in said, "shown" in said) == (True, False), question
