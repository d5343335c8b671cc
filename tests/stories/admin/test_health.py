from tests.stories.team import CHANNEL, Team


async def test_an_admin_sees_how_the_bot_is_and_others_are_told_whom_to_ask(team: Team, setting: str) -> None:
    await team.begins_review_of("Initech")
    said = await team.ann.types("/abm health", in_=CHANNEL)
    for part in (
        f"Database: {'SQLite' if setting.startswith('sqlite') else 'PostgreSQL'}, answered in ",
        "Last review posted: Tue 24 Nov 10:00 EST in #abm-weekly",
        "Messages: 0 waiting; in the last 7 days 0 refused by Slack",
        "Permissions: none is missing",
        "Admins: 1. Make a second one with /abm people @who admin",
        "Version: 0.1.0",
    ):
        assert part in said.replace("*", "").replace("`", ""), said
    assert "You cannot see the health of Cadence: you are an editor. Ask @ann" in await team.bob.types(
        "/abm health", in_=CHANNEL
    )
