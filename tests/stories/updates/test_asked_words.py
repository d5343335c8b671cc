from tests.stories.team import CHANNEL, Team
from tests.stories.typed import actions

ASKED = (
    ("/next initech Send it 4/12", "Fri 4 Dec", "Send it", "4 Dec"),
    ("/next initech Show it next week", "Mon 30 Nov", "Show it", "30 Nov"),
    ("/next initech Wait until friday", "Fri 27 Nov", "Wait until friday", "27 Nov"),
    ("/next initech Get it signed by legal", "Keep as text", "Get it signed by legal", "1 Dec"),
    ("/next initech Read it @bobb fri", "@bob", "Read it", "27 Nov"),
)


async def test_a_date_that_is_not_clear_is_asked_about_and_the_answer_is_recorded(team: Team) -> None:
    await team.knows("Initech")
    for command, button, text, due in ASKED:
        before = len(team.recorded())
        seen = await team.ann.types(command, in_=CHANNEL)
        assert len(team.recorded()) == before, command
        assert button in seen, (command, seen)
        await team.ann.clicks(button, on=seen)
        await team.until(lambda before=before: len(team.recorded()) == before + 1)  # type: ignore[misc]
        added = max(team.state("Initech").open_actions, key=lambda action: action.id)
        assert (added.text, f"{added.due_on:%-d %b}") == (text, due), command
        await team.quiet()


async def test_stages_functions_and_kinds_that_are_not_known_are_asked_about(team: Team) -> None:
    await team.knows("Initech")
    for command, button, said in (
        ("/move initech to target They called again", "Leave the stage out", "news: They called again"),
        (
            "/move initech to enaged They joined https://notes.example/1",
            "Engaged",
            "moved target → engaged: They joined",
        ),
        ("/blocker initech Legal is slow needs financ", "Finance", "blocker: Legal is slow · @ann · needs finance"),
        ("/move initech to engaged nothing", "Nothing moved", "*Recorded* for Initech: nothing"),
        ("/signal initech hirring they hire", "Hiring", "hiring"),
        ("/signal initech gossip they talk", "Keep as text", "gossip they talk"),
    ):
        before = len(team.recorded())
        seen = await team.ann.types(command, in_=CHANNEL)
        assert len(team.recorded()) == before, command
        await team.ann.clicks(button, on=seen)
        await team.ann.sees(said, in_=CHANNEL)
    seen = await team.ann.types("/account initech group add Rita Sample, econmic buyer", in_=CHANNEL)
    await team.ann.clicks("Economic buyer", on=seen)
    await team.ann.sees("added Rita Sample", in_=CHANNEL)


async def test_the_form_takes_what_was_understood(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/move initech to nowhere They joined", in_=CHANNEL)
    await team.ann.clicks("Fill in the form", on=seen)
    assert (await team.form(team.ann)).values["What moved"] == "to nowhere They joined"
    await team.ann.closes()
    seen = await team.ann.types("/blocker initech Legal is slow @gus needs finance", in_=CHANNEL)
    assert "gus is not an active full member" in seen
    await team.ann.clicks("Fill in the form", on=seen)
    values = (await team.form(team.ann)).values
    assert (values["What blocks it"], values["Needed from"]) == ("Legal is slow", "finance")
    await team.ann.closes()
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    seen = await team.ann.types("/next initech slipped to yesterday because legal is slow", in_=CHANNEL)
    assert seen.startswith("23 Nov has passed; give today, 24 Nov, or a later date.")
    await team.ann.clicks("Fill in the form", on=seen)
    form = await team.form(team.ann)
    assert form.values["Why it slipped"] == "legal is slow"
    number = team.state("Initech").open_actions[0].id
    assert (await team.submits(team.ann, **{f"later/{number}": "2026-12-04"})).ok
    assert actions(team) == {"Call": "4 Dec"}


async def test_three_thousand_characters_that_end_in_by_are_kept_in_the_form(team: Team) -> None:
    await team.knows("Initech")
    before = len(team.recorded())
    text = f"{'word ' * 596}by"
    await team.ann.types(f"/next initech {text}", in_=CHANNEL)
    form = await team.form(team.ann)
    assert "Say by when: after by comes a date, such as fri or 4 dec." in form.words
    assert form.values["Next action"] == text
    assert len(team.recorded()) == before
    await team.submits(team.ann, due_on="2026-12-04")
    assert actions(team) == {text: "4 Dec"}
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    other = f"{'line ' * 596}by"
    await team.ann.types(f"/next initech done {other}", in_=CHANNEL)
    assert "Which one is done?" in (await team.form(team.ann)).words
    assert (await team.form(team.ann)).values["Another next action"] == other


async def test_a_command_without_an_account_is_kept_and_runs_for_one_of_the_persons_own(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/next send the deck friday", in_=CHANNEL)
    assert seen.startswith('No account is called "send". Which account is it about?\nInitech\nThe list')
    assert "You typed: /next send the deck friday" in seen
    await team.ann.clicks("Initech", on=seen)
    await team.quiet()
    assert actions(team) == {"send the deck": "27 Nov"}
    assert "You typed" not in await team.vic.types("/next send the deck friday", in_=CHANNEL)


async def test_a_typed_name_that_is_one_persons_is_that_person_and_one_of_two_people_is_asked_about(team: Team) -> None:
    await team.knows("Initech")
    for handle in ("sam.lee", "sam.cole", "kim.ray"):
        user = team.sandbox.add_user(handle, display_name=handle.replace(".", " ").title())
        team.room.state.members.append(user.id)
        await team.sandbox.person(handle).types("/abm help", in_=CHANNEL)
    lee, cole, kim = (team.sandbox.person(each).id for each in ("sam.lee", "sam.cole", "kim.ray"))
    # Slack encodes handles alone: these names come as they were typed
    for command, owner in (
        ("/next initech Send the offer @Kim Ray by fri", kim),
        ("/next initech Write the summary by fri @kim", kim),
        ("/next initech @Sam Lee Book the room by fri", lee),
    ):
        await team.ann.types(command, in_=CHANNEL)
        await team.quiet()
        added = max(team.state("Initech").open_actions, key=lambda action: action.id)
        assert added.owner == owner, command
    asked = await team.ann.types("/next initech Call their lawyer @sam by fri", in_=CHANNEL)
    assert '2 people here are called "@sam". Which one is meant?' in asked
    await team.ann.clicks("@Sam Cole (sam.cole@sandbox.example)", on=asked)
    await team.quiet()
    added = max(team.state("Initech").open_actions, key=lambda action: action.id)
    assert (added.owner, added.text) == (cole, "Call their lawyer")
    assert '"@nobody" is nobody here' in await team.ann.types("/next initech Call them @nobody", in_=CHANNEL)
    told = await team.ann.types("/move initech @sam of their legal team replied", in_=CHANNEL)
    assert "news: @sam of their legal team replied" in told
    told = await team.ann.types("/account pause initech because @sam and @kim are away", in_=CHANNEL)
    assert "paused, tier 1: @sam and @kim are away" in told


async def test_an_entry_of_two_accounts_is_asked_about_and_recorded_at_the_one_that_is_pressed(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex")
    before = len(team.recorded())
    for joined in ("initech, globex", "Initech and Globex", "initech & globex"):
        seen = await team.ann.types(f"/move {joined} they joined a demo", in_=CHANNEL)
        assert "Initech and Globex are two accounts, and an entry is of one." in seen
    assert len(team.recorded()) == before
    await team.ann.clicks("Globex", on=seen)
    await team.ann.sees("*Recorded* for Globex: news: they joined a demo", in_=CHANNEL)
