from datetime import timedelta

import pytest

from tests.stories.team import CHANNEL, Team


@pytest.mark.again
async def test_lines_in_the_thread_of_the_header_say_which_account_they_are_about(team: Team) -> None:
    await team.begins_review_of("Globex")
    await team.ann.types("/move globex nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    header = await team.begins_review_of("Initech")
    assert "*Steady* Globex" in header.words
    seen = await team.ann.types("/move globex to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    await team.ann.types("/move initech to engaged Their lawyer wrote https://notes.example/2", in_=CHANNEL)
    await team.quiet()
    assert header.thread[-1].words.startswith("Globex · ann: moved target → engaged")
    assert team.agenda("Initech").thread[-1].words.startswith("ann: moved target → engaged")
    await team.ann.clicks("Undo", on=seen)
    await team.ann.types("/signal globex event high They came to our dinner", in_=CHANNEL)
    await team.quiet()
    said = [line.words for line in header.thread]
    assert any(line.startswith("Globex · ann took back: moved target → engaged") for line in said)
    assert any(line.startswith("Globex · ann noted a signal") for line in said)


@pytest.mark.again
async def test_a_change_of_tier_says_from_what_to_what_wherever_it_is_told(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    header = await team.posts_review("initech")
    await team.agenda_form(team.ann, "Decide", "Initech")
    assert (await team.submits(team.ann, decision="change_tier", tier="3", text="They merge")).ok
    told = "\n".join(team.private_words(team.ann))
    assert "*Recorded* for Initech: decision: Tier 1 → 3. They merge" in told
    assert "• Tier 1 → 3: They merge." in told
    agenda = team.agenda("Initech")
    assert [line.words for line in agenda.thread] == [
        "ann: decision: Tier 1 → 3. They merge.",
        "ann: Tier 1 → 3: They merge.",
    ]
    assert agenda.words.startswith(":white_circle: *Initech* steady · Tier 1 → 3 · ann\n")
    assert "*Decided* Tier 1 → 3: They merge · ann" in agenda.words
    assert agenda.words.endswith("✓ ann, 10:00 EST: decided: Tier 1 → 3")
    await team.closes_review(team.ann)
    assert "*Decided* Initech Tier 1 → 3" in header.thread[-1].words
    history = await team.ann.types("/account initech history", in_=CHANNEL)
    assert "ann (form): Tier 1 → 3: They merge" in history
    assert "change tier" not in history


@pytest.mark.again
async def test_an_account_paused_while_its_review_is_open_is_said_to_be_paused_and_not_gone(team: Team) -> None:
    await team.begins_review_of("Initech", "Globex")
    for name in ("initech", "globex"):
        await team.ann.types(f"/move {name} nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    header = await team.posts_review("initech", "globex")
    await team.ann.types("/account pause globex because a merger", in_=CHANNEL)
    await team.quiet()
    assert "1 steady · 1 paused" in header.words
    assert "Globex paused: a merger" in header.words
    assert team.agenda("Globex").words.startswith(
        ":white_circle: *Globex* paused · Tier 1 · ann\n*Paused* Tue 24 Nov: a mer"
    )
    assert team.agenda("Globex").message.text == "Globex: paused."
    await team.closes_review(team.ann)
    assert "*Paused*: Globex (a merger)\n" in header.thread[-1].words
    assert "eft the list" not in "\n".join(line.words for line in team.room.everything)


@pytest.mark.again
async def test_a_review_is_named_by_the_day_it_was_held_for_and_not_by_that_of_its_closing(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.passes(timedelta(days=1))
    header = await team.posts_review("initech")
    assert "Closed Wed " in team.room.messages[0].words
    assert "*Movement* since the review of Tue 24 Nov\nNothing moved." in await team.details("Initech")
    await team.ann.says("how is Initech?", to="cadence")
    await team.is_told(team.ann, "*Review* of Wed 25 Nov is open")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    assert header.thread[-1].words.startswith("*Recap of the account review · Wed 25 Nov ")
    assert "held by ann, without marketing\n" in header.thread[-1].words


@pytest.mark.again
async def test_the_counts_of_a_header_add_up(team: Team) -> None:
    for name in ("Globex", "Umbra"):
        await team.knows(name)
    await team.posts_review()
    for name in ("globex", "umbra"):
        await team.ann.types(f"/move {name} nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    for name in ("Initech", "Hooli", "Vandelay"):
        await team.knows(name)
    header = await team.posts_review()
    assert header.message.text == "Account review, Tue 24 Nov 10:00 EST: 3 of 5 accounts to discuss"
    await team.ann.types("/account remove initech because they were acquired", in_=CHANNEL)
    await team.ann.types("/move umbra to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    await team.quiet()
    assert "2 of 5 accounts · 16 of 45 min" in header.words
    assert "1 advanced · 2 new · 1 steady · 1 left the list" in header.words
    for line in ("1 :new: Hooli", "• Initech removed from the list", "2 :new: Vandelay"):
        assert line in header.words
    assert "*Steady* Globex" in header.words
    assert "*Steady when posted* Umbra" in header.words
