"""News told in words: drafted line by line, recorded by Record all alone."""

from datetime import timedelta

from sandbox.testing import MessageView, Person
from tests.stories.answers.asking import answer_of, asks, program
from tests.stories.team import CHANNEL, Team


async def tells(team: Team, person: Person, text: str) -> MessageView:
    """The answer to a piece of news, whose lines change with each click."""
    await asks(team, person, text)
    return await answer_of(team, person)


async def shows(team: Team, told: MessageView, text: str) -> None:
    """Wait until the message, which a click changes, says this."""
    assert await team.sandbox.changed.until(lambda: text in told.words), told.words


async def test_news_is_drafted_line_by_line_and_recorded_by_one_button(team: Team) -> None:
    await program(team)
    told = await tells(
        team,
        team.ann,
        "Initech's head of operations wants to start with two depots, purchasing misses our insurance papers, "
        "I'll mail the load test on Tuesday",
    )
    assert "From what you wrote on *Initech*" in told.words
    for line in ("*Movement* Initech's head of operations wants", "*Blocker* purchasing misses", "*Next* I'll mail"):
        assert line in told.words
    assert "two depots" not in team.state("Initech").name
    assert not team.state("Initech").open_blockers
    await team.ann.clicks("Record all", on=told)
    await shows(team, told, "✓ Recorded on *Initech*")
    state = team.state("Initech")
    assert [each.text for each in state.open_blockers] == ["purchasing misses our insurance papers"]
    assert [each.text for each in state.open_actions][-1] == "I'll mail the load test on Tuesday"
    await team.ann.clicks("Undo", on=told)
    await shows(team, told, "From what you wrote")
    assert not team.state("Initech").open_blockers
    await team.ann.clicks("Drop", on=told)
    await team.sandbox.changed.until(lambda: "two depots" not in told.words)
    assert "two depots" not in told.words


async def test_each_line_can_be_changed_before_it_is_recorded(team: Team) -> None:
    await program(team)
    told = await tells(team, team.ann, "Initech's CFO signed the pilot this morning")
    await team.ann.clicks("Change", on=told)
    assert "signed the pilot" in (await team.form(team.ann)).words
    await team.submits(team.ann, words="Their CFO signed the pilot order", stage="Opportunity")
    await shows(team, told, "Their CFO signed the pilot order")
    assert "a claim until something shows it" in told.words
    await team.ann.clicks("Record all", on=told)
    await shows(team, told, "✓ Recorded")
    assert team.state("Initech").stage.value == "opportunity"


async def test_what_happened_on_an_earlier_day_is_recorded_on_that_day(team: Team) -> None:
    await program(team)
    on = team.clock.now().date() - timedelta(days=2)
    told = await tells(team, team.ann, f"Initech: on {on:%-d %B} their COO called and asked for a second visit")
    assert f"their act · on {on:%a} {on.day} {on:%b}" in told.words
    await team.ann.clicks("Change", on=told)
    assert (await team.form(team.ann)).values["Happened on"] == on.isoformat()
    await team.submits(team.ann, happened_on=(on - timedelta(days=1)).isoformat())
    await shows(team, told, f"on {on - timedelta(days=1):%a}")
    await team.ann.clicks("Record all", on=told)
    await shows(team, told, "✓ Recorded")
    assert team.recorded()[-1].evidence[0]["dated_at"][:10] == (on - timedelta(days=1)).isoformat()
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    assert f"{on - timedelta(days=1):%a %-d %b} @ann (button): news: on {on:%-d %B} their COO called" in history
    blocked = await tells(team, team.ann, f"Initech: legal rejected our price on {on:%-d %B}")
    await team.ann.clicks("Record all", on=blocked)
    await shows(team, blocked, "✓ Recorded")
    assert team.state("Initech").open_blockers[-1].opened_at.date() == on


async def test_news_about_what_is_open_names_it_and_asks_which(team: Team) -> None:
    await program(team)
    await team.ann.types("/next initech Send the proposal by fri", in_=CHANNEL)
    done = await tells(team, team.ann, "I finished the proposal for Initech")
    assert "*Done* Send the proposal" in done.words
    await team.ann.clicks("Record all", on=done)
    await shows(team, done, "✓ Recorded")
    assert [each.text for each in team.state("Initech").open_actions] == ["Call the CFO"]

    gone = await tells(team, team.bob, "Globex: legal was sorted out, the slow part is resolved")
    assert "Is this blocker gone?* Legal is slow" in gone.words
    assert "Record all" not in gone.buttons
    await team.bob.clicks("Yes", on=gone)
    await shows(team, gone, "*Blocker gone* Legal is slow")
    await team.bob.clicks("Record all", on=gone)
    await shows(team, gone, "✓ Recorded")
    assert not team.state("Globex").open_blockers


async def test_a_line_that_is_refused_leaves_all_unrecorded_with_its_sentence(team: Team) -> None:
    await program(team)
    told = await tells(team, team.ann, "Initech said yes to a pilot, push the CFO call to today")
    before = team.recorded()
    await team.ann.clicks("Record all", on=told)
    await shows(team, told, "Not recorded: It is due on")
    assert team.recorded() == before


async def test_news_without_an_account_asks_for_it_and_who_may_only_read_gets_no_buttons(team: Team) -> None:
    await program(team)
    told = await tells(team, team.ann, "legal finally signed the contract")
    assert "Which account?" in told.words
    assert "Record all" not in told.buttons
    assert "Which account?" in (await tells(team, team.ann, "walt is on holiday till friday")).words
    refused = await tells(team, team.vic, "Initech signed the contract")
    assert "Recording needs the right of an editor" in refused.words
    assert refused.buttons == []


async def test_nobody_else_can_press_below_news(team: Team) -> None:
    await program(team)
    await team.ann.says("@Cadence Initech said yes to the pilot", in_=CHANNEL)
    seen = await team.ann.sees("From what you wrote", in_=CHANNEL)
    before = team.recorded()
    await team.bob.clicks("Record all", on=seen)
    await team.bob.sees("somebody else wrote them", in_=CHANNEL)
    assert team.recorded() == before


async def test_nothing_new_a_slip_and_a_list_of_signals_are_read(team: Team) -> None:
    await program(team)
    nothing = await tells(team, team.ann, "nothing new at Initech")
    assert "*No change*" in nothing.words
    slip = await tells(team, team.bob, "push the legal letter at Globex to next Wednesday")
    assert "*Moved* Write to legal" in slip.words
    listed = await tells(team, team.ann, "webinar: 3 from Initech, 2 from Lindqvist")
    assert "*Signal* Initech: 3 from Initech · event · 3 people" in listed.words
    assert '"Lindqvist" is none that you can see' in listed.words


async def test_notes_in_a_file_are_drafted_and_any_other_file_is_refused_with_a_sentence(team: Team) -> None:
    await program(team)

    async def sends(name: str, content: bytes, beside: str = "") -> str:
        before = len(team.direct_words(team.ann))
        await team.ann.says(beside, to="cadence", file=(name, content))
        await team.quiet()
        return "\n".join(team.direct_words(team.ann)[before:])

    spoken = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Ann>Initech said yes to the pilot.</v>\n"
    assert "*Movement* Initech said yes to the pilot" in await sends("call.vtt", spoken)
    notes = await sends("notes.txt", b"Initech: no change\nGlobex: their CFO asked for a reference\n")
    assert "*No change* Initech" in notes
    assert "*Movement* Globex: their CFO asked" in notes
    assert "nothing was drafted or recorded" in await sends("empty.txt", b"agenda\n")
    assert "more than 4,000 characters" in await sends("long.txt", b"Initech said yes. " * 400)
    assert "no text in UTF-8" in await sends("other.txt", b"\xff\xfe\x00")
    assert "a .txt or .vtt file" in await sends("deck.pdf", b"%PDF")
    beside = await sends("call.txt", b"their CFO asked for a reference\n", "Notes of the call with Globex")
    assert "*Movement* their CFO asked" in beside
    assert "on *Globex*" in beside
    for name in ("call.txt", "deck.pdf"):
        answered = await sends(name, b"Initech said yes", "what blocks Globex?")
        assert "The file was not read" in answered
        assert "Legal is slow" in answered


async def test_a_message_of_somebody_is_drafted_by_its_shortcut(team: Team) -> None:
    await program(team)
    line = await team.bob.says("Initech said yes to the pilot, I'll send the order form by Friday", in_=CHANNEL)
    await team.ann.runs("ask_cadence", on=line)
    seen = await team.ann.sees("*Movement* Initech said yes to the pilot", in_=CHANNEL)
    await team.ann.clicks("Record all", on=seen)
    await team.ann.sees("✓ Recorded on *Initech*", in_=CHANNEL)
    assert len(team.state("Initech").open_actions) == 2


async def test_one_open_action_that_the_words_do_not_name_is_asked_about(team: Team) -> None:
    await program(team)
    told = await tells(team, team.ann, "I finished the expense report for Initech")
    assert "Which action is done?" in told.words
    assert "Record all" not in told.buttons


async def test_news_is_never_taken_for_a_judgement_and_says_what_is_in_no_line(team: Team) -> None:
    await program(team)
    told = await tells(
        team, team.ann, "Initech: our agency will replace the deck. Maybe they buy. I send Walt a summary by Friday"
    )
    assert "*Next* I send Walt a summary by Friday" in told.words
    assert 'Not in these lines: "Maybe they buy".' in told.words
    await team.ann.clicks("Note", on=told)
    await shows(team, told, "*Note* our agency")
    assert 'Not in these lines: "Maybe they buy".' in told.words
    refused = await tells(team, team.ann, "should I trust Bob with Initech?")
    assert "does not judge people" in refused.words


async def test_news_without_an_account_is_of_the_action_that_it_names_else_asked(team: Team) -> None:
    await program(team)
    await team.ann.types("/next initech Ask the crew leads who decides by fri", in_=CHANNEL)
    await tells(team, team.bob, "Globex: legal asked for our papers")
    await tells(team, team.ann, "Globex: legal asked for our papers")
    told = await tells(team, team.ann, "I asked the crew leads who decides, done")
    assert "on *Initech*" in told.words
    assert "*Done* Ask the crew leads who decides" in told.words
    await tells(team, team.ann, "Globex: legal asked for our papers")
    unknown = await tells(team, team.ann, "webinar: 3 from Umbrela, they liked it")
    assert '"Umbrela" is none that you can see' in unknown.words
    asked = await tells(team, team.ann, "I visited the plant in Leeds this morning")
    assert "Which account?" in asked.words


async def test_another_kind_shows_its_fields_at_once_with_the_name_that_the_words_hold(team: Team) -> None:
    await program(team)
    told = await tells(team, team.ann, "Initech's CFO met Karl Sample, head of IT")
    await team.ann.clicks("Change", on=told)
    form = await team.form(team.ann)
    await team.ann.fills(kind="A new person")
    assert await team.sandbox.changed.until(lambda: "Name" in form.labels)
    assert (form.values["Name"], form.values["Title"]) == ("Karl Sample", "head of IT")
    await team.submits(team.ann)
    await shows(team, told, "*New person*")
    assert "Karl Sample, head of IT" in told.words
