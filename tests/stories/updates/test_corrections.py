import pytest

from tests.stories.correcting import DAY, HOUR, corrects, history, moved_by_mistake, recap
from tests.stories.team import CHANNEL, Team


async def test_the_recap_of_the_closed_review_is_marked_once_and_its_figures_stay(team: Team) -> None:
    await moved_by_mistake(team)
    await team.closes_review(team.ann)
    before = recap(team).words
    await team.passes(HOUR)
    await corrects(team, team.ann, "They signed", "That was Initrode")
    mark = (
        "*Corrected since* Initech: moved to customer: They signed (Mon 30 Nov, bob) does not count any more, "
        "corrected Mon 30 Nov by ann: That was Initrode\n"
    )
    assert recap(team).words.count(mark) == 1
    assert recap(team).words.replace(mark, "") == before
    await corrects(team, team.ann, "nothing moved", "They had written")
    assert recap(team).words.count(mark) == 1
    earlier = next(line.words for each in team.room.messages for line in each.thread if "Recap" in line.words)
    assert "Initech: nothing moved (Tue 24 Nov, ann) does not count any more, corrected Mon 30 Nov" in earlier
    late = [line.words for line in team.agenda("Initech").thread if "corrected" in line.words]
    assert late[0] == (
        "After the review of Mon 30 Nov closed, ann corrected bob's entry of Mon 30 Nov: moved target → customer: "
        "They signed. Why: That was Initrode."
    )
    assert len([line for each in team.room.messages for line in each.thread if "Recap" in line.words]) == 2


@pytest.mark.again
async def test_in_an_open_review_every_page_agrees_that_it_does_not_count(team: Team) -> None:
    await moved_by_mistake(team)
    assert "Customer" in team.agenda("Initech").words
    await team.passes(HOUR)
    await corrects(team, team.ann, "They signed", "That was Initrode")
    receipt = await team.ann.sees("*Corrected* for Initech", in_=CHANNEL)
    assert "It counts nowhere any more: Initech stands at target." in receipt
    agenda = team.agenda("Initech")
    assert "Target 6/60 d" in agenda.words
    assert "They signed" not in agenda.words
    assert "The contract" not in agenda.words
    assert [line.words for line in agenda.thread][-1] == (
        "ann corrected bob's entry of Mon 30 Nov: moved target → customer: They signed. Why: That was Initrode."
    )
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert "They signed" not in card
    assert "Target 6/60 d" in card
    assert "Last recorded" in card
    struck = next(line for line in str(await history(team, team.ann)).split("\n") if "They signed" in line)
    assert struck.startswith("• ~Mon 30 Nov @bob (command): moved to customer: They signed")
    assert struck.endswith("~ corrected Mon 30 Nov by @ann: That was Initrode")
    for question in ("What moved at Initech?", "How is Initech?"):
        assert "They signed" not in await team.ann.types(f"/abm ask {question}", in_=CHANNEL)
    await team.ann.opens_home()
    assert "customer" not in team.ann.home


@pytest.mark.again
async def test_an_open_review_says_at_once_that_an_entry_of_the_one_before_does_not_count(team: Team) -> None:
    await moved_by_mistake(team)
    await team.closes_review(team.ann)
    told = recap(team).words
    await team.passes(6 * DAY)
    await team.posts_review()
    assert "Customer" in team.agenda("Initech").words
    await corrects(team, team.bob, "They signed", "That was Initrode")
    agenda = team.agenda("Initech").words
    details = await team.details("Initech")
    assert "*Moved* An earlier step does not count any more." in agenda
    assert "Nothing moved. An earlier step does not count any more." in details
    assert "(Mon 30 Nov, @bob) does not count any more, corrected Sun 6 Dec by @bob: That was Initrode" in details
    assert "moved back" not in agenda + details
    recaps = [line.words for each in team.room.messages for line in each.thread if "Recap" in line.words]
    assert [text for text in recaps if "*Corrected since*" in text] == [recaps[-1]]
    assert told not in recaps
    await team.closes_review(team.ann)
    assert "*News* Initech: An earlier step does not count any more." in recap(team).words
