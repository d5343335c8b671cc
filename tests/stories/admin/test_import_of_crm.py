import asyncio
from pathlib import Path

import pytest

from tests.stories.importing import gives
from tests.stories.team import CHANNEL, Team

CRM = Path(__file__).parents[2] / "data" / "crm"
PHASES = {
    "Phase of Appointment Scheduled": "Early",
    "Phase of Qualified To Buy": "Early",
    "Phase of Contract Sent": "Late",
    "Phase of Closed Won": "Won",
    "Phase of Closed Lost": "Lost",
}


async def gives_sample(team: Team, name: str) -> None:
    await gives(team, name, (CRM / name).read_bytes())


@pytest.mark.proof
async def test_contacts_and_deals_of_hubspot_go_in_by_domain_and_are_dated_by_their_stages(team: Team) -> None:
    await gives_sample(team, "hubspot_companies.csv")
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, "3 to create"))
    await team.is_told(team.ann, "Imported as run 1:")
    await gives_sample(team, "hubspot_contacts.csv")
    preview = await team.is_told(team.ann, "3 to create, 0 to update, 0 unchanged, 2 skipped.")
    words = str(preview)
    assert words.index("1 row skipped, line 6 (Lina Holt): the company is no account here.") < words.index("Mara Quill")
    await team.ann.clicks("Answer", on=preview)
    await team.form(team.ann)
    company = "Account of Larkfield Foods; Pinewood Optics (larkfield.example; pinewood.example)"
    await team.ann.fills(**{company: "Pinewood Optics"})
    await team.ann.submits()
    await team.ann.closes()
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, "4 to create, 0 to update, 0 unchanged, 1 skipped."))
    await team.is_told(team.ann, "Imported as run 2:")
    assert len(team.state("Pinewood Optics").contacts) == 2

    await gives_sample(team, "hubspot_deals.csv")
    asked = await team.is_told(team.ann, "These stages have no phase yet")
    assert "Harbour Finch Holdings (harbour-finch.example), 1 row: could be Harbour & Finch or none" in str(asked)
    await team.ann.clicks("Answer", on=asked)
    form = await team.form(team.ann)
    assert form.values["Phase of Contract Sent"] == "late"
    await team.ann.fills(
        **PHASES,
        **{
            "Account of Harbour Finch Holdings (harbour-finch.example)": "Harbour & Finch",
            "Account of Finch Brokers (harbour-finch.example)": "None of these",
        },
    )
    await team.ann.submits()
    await team.ann.closes()
    again = await team.is_told(team.ann, "1 deal of accounts that have bought before names no type")
    await team.ann.clicks("Answer", on=again)
    await team.form(team.ann)
    await team.ann.fills(**{"Further deals of customers": "Existing business"})
    await team.ann.submits()
    await team.ann.closes()
    ready = await team.is_told(team.ann, "5 to create, 0 to update, 0 unchanged, 2 skipped.")
    await asyncio.gather(*(team.ann.clicks("Apply", on=ready) for _ in range(2)))
    await team.is_told(team.ann, "Imported as run 3: 5 created")
    deals = {deal.profile.name: deal for deal in team.state("Larkfield Foods").opportunities}
    assert deals["Larkfield second site"].profile.type == "existing_business"
    assert f"{deals['Larkfield second site'].opened_at:%Y-%m-%d}" == "2020-08-04"
    assert f"{deals['Larkfield second site'].stage_since:%Y-%m-%d}" == "2020-11-03"
    shown = str(await team.ann.types("/account Pinewood Optics history", in_=CHANNEL))
    assert "• 6 Oct 2020 CRM import: deal Pinewood lens line: Qualified To Buy" in shown
    assert shown.count("deal Pinewood lens line: Appointment Scheduled") == 1
    assert shown.count("deal Pinewood lens line") == 2

    await gives_sample(team, "hubspot_deals.csv")
    await team.is_told(team.ann, "0 to create, 0 to update, 5 unchanged")
    await team.ann.clicks("Undo", on=await team.is_told(team.ann, "Imported as run 3: 5 created"))
    await team.is_told(team.ann, "Import 3 is undone: 12 entries about deals taken back.")
    assert team.state("Larkfield Foods").opportunities == ()
