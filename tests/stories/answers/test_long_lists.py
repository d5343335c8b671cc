from agendas.pages.people import PEOPLE_SHOWN
from storage import people
from storage.people import SlackUser
from tests.stories.team import CHANNEL, Team


async def test_people_of_a_large_workspace_come_page_by_page_and_are_found_by_name(team: Team) -> None:
    added = [team.sandbox.add_user(f"aa{number:02}") for number in range(2 * PEOPLE_SHOWN)]
    known = [SlackUser(user.id, team.workspace_id, user.name) for user in added]
    await team.store.write(people.save_users, team.workspace_id, known, team.clock.now())
    seen = await team.ann.types("/abm people", in_=CHANNEL)
    assert "@bob · marketing" in seen
    assert "1 to 30 of 65." in seen
    await team.ann.clicks("More", on=seen)
    await team.ann.clicks("More", on=await team.ann.sees("31 to 60 of 65.", in_=CHANNEL))
    assert "@aa59" in await team.ann.sees("61 to 65 of 65.", in_=CHANNEL)
    found = await team.ann.types("/abm people AA5", in_=CHANNEL)
    assert ("@aa58" in found, "@aa48" in found, "@ann" in found) == (True, False, False)
    assert team.direct_words(team.ann) == []
