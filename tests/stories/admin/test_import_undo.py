import asyncio

from agendas.rules.import_questions import TEMPLATE_KINDS, template, template_line
from tests.stories.importing import gives, imports
from tests.stories.team import CHANNEL, Team

ROWS = {
    "accounts": "Initech,initech.example,,,,Banks,,,,,,,,,",
    "contacts": "initech.example,Rita Stone,CFO,rita@initech.example,champion,,,,,,",
    "opportunities": "Initech,Rollout,Legal,late,5000,EUR,2027-03-31,,,2026-11-10,,,",
    "history": "Initech,Rollout,Talks,early,4000,EUR,2027-03-31,2026-10-01,,",
    "signals": "initech.example,web visit,2026-11-20,high,Pricing page,,,",
}
UNDONE = {
    5: "1 signal removed.",
    4: "1 entry about deals taken back.",
    3: "1 entry about deals taken back.",
    2: "1 new person removed.",
    1: "1 update taken back.",
}


async def test_every_template_comes_as_a_file_and_goes_in_when_filled(team: Team) -> None:
    await team.knows("Initech")
    for kind in TEMPLATE_KINDS:
        await team.ann.types("/abm import", in_=CHANNEL)
        await team.form(team.ann)
        await team.ann.fills(what="Signals")
        await team.ann.clicks(f"import.template/{kind}", on=team.ann.form)
        await team.in_form(team.ann, f"cadence-{kind}.csv is in your direct messages.")
        assert team.ann.form.values["What the file holds"] == "signals"
        await team.ann.closes()
        file = list(team.sandbox.workspace.files.values())[-1]
        assert (file.name, file.content) == (f"cadence-{kind}.csv", template(kind))
        await gives(team, f"empty-{kind}.csv", file.content)
        await team.is_told(team.ann, "The file has headers and no rows yet. Fill in a line for each row")
        await gives(team, f"{kind}.csv", f"{template_line(kind)}\n{ROWS[kind]}\n".encode())
        counted = "0 to create, 1 to update" if kind in ("accounts", "history") else "1 to create, 0 to update"
        await team.ann.clicks("Apply", on=await team.is_told(team.ann, f"{counted}, 0 unchanged, 0 skipped."))
        await team.is_told(team.ann, f"Imported as run {TEMPLATE_KINDS.index(kind) + 1}:")
    state = team.state("Initech")
    assert [deal.profile.name for deal in state.opportunities] == ["Rollout"]
    assert [contact.profile.name for contact in state.contacts] == ["Rita Stone"]
    listed = await team.ann.types("/abm import history", in_=CHANNEL)
    for run_id, told in UNDONE.items():
        await team.presses(team.ann, "import.undo", str(run_id), on=listed)
        await team.is_told(team.ann, f"Import {run_id} is undone: {told}")
    state = team.state("Initech")
    assert (state.profile.segment, state.opportunities, state.contacts) == ("", (), ())


async def test_a_past_import_is_undone_once_and_what_was_changed_since_stays(team: Team) -> None:
    await imports(team, "name,domain", "Hooli,hooli.example")
    await gives(team, "new.csv", b"name,domain\nInitech,initech.example\nPied Piper,piedpiper.example\n")
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, "2 to create"))
    await team.is_told(team.ann, "Imported as run 2: 2 created")
    await team.ann.types("/account name Initech tier 2 because They grew", in_=CHANNEL)
    await team.ann.types("/abm import", in_=CHANNEL)
    await team.form(team.ann)
    await team.ann.clicks("Past imports", on=team.ann.form)
    listed = await team.in_form(team.ann, "*new.csv* · accounts · 2 created")
    assert "*sample.csv* · accounts · 1 created\n`cadence import`," in listed
    await team.ann.clicks("Undo", on=team.ann.form)
    await team.in_form(team.ann, "new.csv is being undone. The outcome comes to your direct messages.")
    await team.is_told(team.ann, "Import 2 is undone: 1 new account removed.")
    assert "Kept, because they were changed since: Initech." in team.direct_words(team.ann)[-1]
    assert (team.state("Pied Piper").list_status, team.state("Initech").list_status) == ("removed", "named")
    await team.ann.closes()
    listed = str(await team.ann.types("/abm import history", in_=CHANNEL))
    assert "*new.csv* · accounts · 2 created" in listed
    assert "undone" in listed


async def test_undo_below_the_outcome_works_once_however_often_it_is_pressed(team: Team) -> None:
    await gives(team, "new.csv", b"name,domain\nInitech,initech.example\n")
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, "1 to create"))
    outcome = await team.is_told(team.ann, "Imported as run 1: 1 created")
    await asyncio.gather(*(team.ann.clicks("Undo", on=outcome) for _ in range(3)))
    await team.is_told(team.ann, "Import 1 is undone: 1 new account removed.")
    await team.quiet()
    assert sum("is undone:" in words for words in team.direct_words(team.ann)) == 1
    await team.ann.clicks("Undo", on=outcome)
    await team.is_told(team.ann, "Import 1 was undone already, on")
    await team.ann.clicks("Past imports", on=outcome)
    await team.is_told(team.ann, "accounts · 1 created")
    assert "Ask @ann" in await team.bob.types("/abm import history", in_=CHANNEL)
