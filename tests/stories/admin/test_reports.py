from tests.stories.team import CHANNEL, Team


async def test_each_person_gets_the_file_of_what_they_may_see_once_for_each_click(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Hooli")
    await team.ann.types("/account private Hooli", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to="#deal-acme")
    contents = []
    for person in (team.ann, team.dan):
        shown = await person.types("/abm executive", in_=CHANNEL)
        for ending in ("html", "csv"):
            await person.clicks(f"Send me as {ending.upper()}", on=shown)
            await person.sees(f"cadence-executive-2026-11.{ending} is in your direct messages", in_=CHANNEL)
        files = list(team.sandbox.workspace.files.values())[-2:]
        assert [file.name for file in files] == ["cadence-executive-2026-11.html", "cadence-executive-2026-11.csv"]
        contents.append(b"".join(file.content or b"" for file in files).decode())
    assert ["2 accounts on the list" in text for text in contents] == [True, False]
    assert ["1 account on the list" in text for text in contents] == [False, True]
    assert ["Hooli" in text for text in contents] == [True, False]
