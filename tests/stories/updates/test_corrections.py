from tests.stories.correcting import HOUR, corrects, moved_by_mistake, recap
from tests.stories.team import Team


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
