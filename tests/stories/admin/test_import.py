import asyncio

from tests.stories.importing import gives
from tests.stories.team import CHANNEL, Team

ACCOUNTS = b"name,domain,segment\nInitech,initech.example,Banks\nHooli,hooli.example,Software\n"
DEALS = (
    b"Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Associated Company\n"
    b"900001,Initech renewal,Legal Review,5000,EUR,03/04/2027,Initech\n"
    b"900002,Initech growth,Contract Sent,7000,EUR,05/06/2027,Initech\n"
)


async def test_a_file_is_shown_first_and_written_once_however_often_it_is_confirmed(team: Team) -> None:
    await team.knows("Hooli", tier=None)
    assert "accounts.csv is being read" in await gives(team, "accounts.csv", ACCOUNTS)
    preview = await team.is_told(team.ann, "1 to create, 1 to update, 0 unchanged, 0 skipped")
    assert "Initech" in str(preview)
    assert "segment none → Software" in str(preview)
    before = len(team.recorded())
    assert before == 1
    await asyncio.gather(*(team.ann.clicks("Apply", on=preview) for _ in range(3)))
    await team.is_told(team.ann, "Imported as run 1: 1 created, 1 updated, 0 unchanged, 0 skipped.")
    await team.quiet()
    assert len(team.recorded()) == before + 2
    assert team.state("Initech").profile.segment == "Banks"
    assert team.state("Hooli").profile.segment == "Software"
    assert sum("Imported as run" in words for words in team.direct_words(team.ann)) == 1


async def test_what_only_a_person_can_say_of_deals_is_asked_and_kept(team: Team) -> None:
    await team.knows("Initech")
    await gives(team, "deals.csv", DEALS)
    asked = await team.is_told(team.ann, "can be read with the day or with the month first. Say which comes first.")
    assert "Apply" not in str(asked)
    await team.ann.clicks("Answer", on=asked)
    await team.form(team.ann)
    await team.ann.fills(dates="Day first: 31/12/2026")
    await team.ann.submits()
    await team.ann.closes()
    preview = await team.is_told(team.ann, "These stages have no phase yet")
    assert "Legal Review, 1 row" in str(preview)
    await team.ann.clicks("Answer", on=preview)
    form = await team.form(team.ann)
    assert form.values == {"Phase of Legal Review": None, "Phase of Contract Sent": "late"}
    await team.ann.fills(**{"Phase of Legal Review": "Middle"})
    await team.ann.submits()
    await team.ann.closes()
    ready = await team.is_told(team.ann, "2 to create, 0 to update, 0 unchanged, 0 skipped")
    assert "closes 03 Apr 2027" in str(ready)
    await team.ann.clicks("Answer", on=preview)
    await team.is_told(team.ann, "was read again since. Use the newest message about it.")
    await team.ann.clicks("Apply", on=ready)
    await team.is_told(team.ann, "Imported as run 1: 2 created")
    assert {each.phase for each in (deal.profile for deal in team.state("Initech").opportunities)} == {"middle", "late"}


async def test_editors_and_what_is_no_csv_file_are_refused_in_one_sentence(team: Team) -> None:
    assert "Ask @ann" in await team.bob.types("/abm import", in_=CHANNEL)
    await team.ann.types("/abm import", in_=CHANNEL)
    await team.form(team.ann)
    assert "It takes csv, tsv, txt." in str((await team.ann.attaches("accounts.xlsx", b"PK", to="File")).error)
    await team.ann.closes()
    await gives(team, "people.csv", ACCOUNTS, what="Signals")
    await team.is_told(team.ann, "account, kind")
    assert team.recorded() == []


async def test_a_file_that_slack_does_not_give_is_told_with_what_to_do(team: Team) -> None:
    team.sandbox.faults.refuse("files.info", "missing_scope")
    await gives(team, "accounts.csv", ACCOUNTS)
    await team.is_told(team.ann, "lacks the permission files:read")
    team.sandbox.faults.clear()
    team.sandbox.faults.break_down("download")
    await gives(team, "again.csv", ACCOUNTS)
    await team.is_told(team.ann, "Slack did not give the file (status 503).")
    await gives(team, "gone.csv", ACCOUNTS)
    preview = await team.is_told(team.ann, "2 to create")
    team.sandbox.workspace.files.clear()
    await team.ann.clicks("Apply", on=preview)
    await team.is_told(team.ann, "The file is not in Slack any more. Give it again with /abm import.")
    assert team.recorded() == []


async def test_the_crm_of_strange_ids_and_the_kind_of_a_file_are_asked_for_once(team: Team) -> None:
    await gives(team, "accounts.csv", b"Account Name,Account ID\nInitech,a1b2-77\n")
    asked = await team.is_told(team.ann, "are not of Salesforce's shape. Say which CRM they are of.")
    await team.ann.clicks("Answer", on=asked)
    await team.form(team.ann)
    await team.ann.fills(crm="Another: its name")
    await team.ann.submits()
    assert "Write the name of the CRM." in str(team.ann.form.errors)
    await team.ann.fills(crm_name="Pipedrive")
    await team.ann.submits()
    await team.ann.closes()
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, "CRM record pipedrive a1b2-77"))
    await team.is_told(team.ann, "Imported as run 1: 1 created")
    profile = team.state("Initech").profile
    assert (profile.crm_system, profile.crm_id) == ("pipedrive", "a1b2-77")
    await gives(team, "both.csv", b"account,name,stage,email\nInitech,Rita Stone,won,rita@initech.example\n")
    asked = await team.is_told(
        team.ann, "The file has the headers of contacts and of opportunities. Say what it holds."
    )
    await team.ann.clicks("Answer", on=asked)
    form = await team.form(team.ann)
    assert form.values == {"What the file holds": None}
    await team.ann.fills(what="Opportunities")
    await team.ann.submits()
    await team.ann.closes()
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, "1 to create, 0 to update, 0 unchanged, 0 skipped"))
    await team.is_told(team.ann, "Imported as run 2: 1 created")
