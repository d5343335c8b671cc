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
