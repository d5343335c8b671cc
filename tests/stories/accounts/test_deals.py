from datetime import timedelta

import pytest

from agendas.facts.account import Stage
from agendas.facts.deals import Phase
from agendas.verbs import updates
from tests.stories.importing import imports
from tests.stories.team import CHANNEL, Team

ACME = "001D000000IRFmaIAH"
GLOBEX = "9000000001"
PLANT = "006D000000IRFma"
HEADER = "Id,Name,AccountId,StageName,Amount,CurrencyIsoCode,CloseDate,Type,CreatedDate,LastStageChangeDate"
HISTORY = "Id,OpportunityId,CreatedDate,StageName,Amount,CurrencyIsoCode,CloseDate"
HUBSPOT = "Record ID,Deal Name,Deal Stage,Amount,Currency,Deal Type,Create Date,Date entered current stage,"
HUBSPOT += "Associated Company IDs"


def plant(stage: str, since: str, closes: str = "2027-03-31") -> str:
    opened = "2026-06-01 09:00:00"
    return f"{PLANT},Sample plant,{ACME},{stage},90000,USD,{closes},New Business,{opened},{since} 09:00:00"


async def test_deals_move_an_account_and_call_for_help_when_the_last_is_lost(team: Team) -> None:
    ann = team.ann
    number = await team.knows("Acme Corp", crm_system="salesforce", crm_id=ACME)
    await team.did(updates.move, number, text="They asked for an offer", to_stage=Stage.OPPORTUNITY)
    await ann.types("/account acme deals", in_=CHANNEL)
    await ann.sees("No open deal.", in_=CHANNEL)
    await imports(team, HEADER, plant("Needs Analysis", "2026-11-01"), **{"Needs Analysis": Phase.EARLY})
    await team.posts_review()
    assert "Furthest deal: Sample plant · Needs Analysis · USD 90,000" in await team.details("Acme Corp")
    await ann.types("/move acme nothing", in_=CHANNEL)
    await team.closes_review(ann)

    await team.passes(timedelta(days=7))
    later = plant("Negotiation/Review", "2026-11-30", closes="2027-05-31")
    await imports(team, HEADER, later, **{"Negotiation/Review": Phase.LATE})
    await ann.types("/account acme deals", in_=CHANNEL)
    line = "• Sample plant · Negotiation/Review for 1 day, limit 21 · USD 90,000 · closes 31 May 2027 · pushed once"
    await ann.sees(line, in_=CHANNEL)
    await team.posts_review()
    assert "*Moved* Negotiation/Review: Sample plant (CRM)" in team.agenda("Acme Corp").words
    details = await team.details("Acme Corp")
    assert "\nNegotiation/Review: Sample plant" in details
    assert "Sample plant: Negotiation/Review in Salesforce, closes 31 May 2027 (CRM, Mon 30 Nov)" in details

    await team.passes(timedelta(hours=3))
    await imports(team, HEADER, plant("Closed Lost", "2026-12-01"), **{"Closed Lost": Phase.LOST})
    agenda = team.agenda("Acme Corp").words
    assert "*Why:* its only open deal was lost" in agenda
    assert "*Moved* Closed lost: Sample plant, Tue 1 Dec (CRM)" in agenda


def renewal(number: str, stage: str, since: str, amount: int, kind: str = "existingbusiness") -> str:
    """The row of one of HubSpot's deals of Globex, opened two days before it entered its stage."""
    opened = f"2026-{since[:3]}{int(since[3:]) - 2:02d} 09:00"
    return f"{number},Sample unit {number},{stage},{amount},EUR,{kind},{opened},2026-{since} 09:00,{GLOBEX}"


@pytest.mark.proof
async def test_deals_of_a_customer_ask_for_a_stage_once_and_show_what_was_opened_and_booked(team: Team) -> None:
    ann = team.ann
    number = await team.knows("Globex", crm_system="hubspot", crm_id=GLOBEX)
    await team.did(updates.move, number, text="They signed", to_stage=Stage.CUSTOMER)
    first = renewal("1", "Contract Sent", "11-03", 120_000)
    assert await imports(team, HUBSPOT, first) == ["Contract Sent"]
    await ann.types("/account globex deals", in_=CHANNEL)
    await ann.sees("No open deal.", in_=CHANNEL)
    assert await imports(team, HUBSPOT, first, **{"Contract Sent": Phase.LATE}) == []
    await team.posts_review()
    assert "Furthest deal: Sample unit 1 · Contract Sent · EUR 120,000" in await team.details("Globex")
    await ann.types("/move globex nothing", in_=CHANNEL)
    await team.closes_review(ann)

    await team.passes(timedelta(days=7))
    opened = renewal("2", "Contract Sent", "11-29", 30_000)
    assert await imports(team, HUBSPOT, first, opened) == []
    await ann.types("/account globex", in_=CHANNEL)
    await ann.sees("*Moved* EUR 30k more in pipeline", in_=CHANNEL)
    await team.posts_review()
    won, renewed = renewal("1", "Closed Won", "12-01", 125_000), renewal("3", "Closed Won", "12-01", 900, "renewal")
    assert await imports(team, HUBSPOT, won, opened, renewed) == ["Closed Won"]
    assert await imports(team, HUBSPOT, won, opened, renewed, **{"Closed Won": Phase.WON}) == []
    agenda = await team.details("Globex")
    assert "Booked EUR 125,000 more with 1 deal. Pipeline grew by EUR 30,000 with 1 deal." in agenda
    assert "1 open deal: EUR 30,000. Won so far: 2 deals, EUR 125,900." in agenda


async def test_history_tells_since_when_a_deal_stands_where_it_does_and_how_often_it_was_pushed(team: Team) -> None:
    ann = team.ann
    await team.knows("Acme Corp", crm_system="salesforce", crm_id=ACME)
    pushed = plant("Needs Analysis", "2026-11-10", closes="2027-04-30")
    await imports(team, HEADER, pushed, **{"Needs Analysis": Phase.MIDDLE})
    steps = [
        f"0081,{PLANT},2026-06-01 09:00:00,Prospecting,50000,USD,2027-03-31",
        f"0082,{PLANT},2026-11-10 09:00:00,Needs Analysis,50000,USD,2027-03-31",
        f"0083,{PLANT},2026-11-20 09:00:00,Needs Analysis,90000,USD,2027-04-30",
    ]
    assert await imports(team, HISTORY, *steps) == ["Prospecting"]
    assert await imports(team, HISTORY, *steps, Prospecting=Phase.EARLY) == []
    line = "Needs Analysis for 14 days, limit 30 · USD 90,000 · closes 30 Apr 2027 · pushed once"
    for again in ((HEADER, pushed), (HISTORY, *steps)):
        await ann.types("/account acme deals", in_=CHANNEL)
        await ann.sees(line, in_=CHANNEL)
        assert await imports(team, *again) == []
    await team.posts_review()
    agenda = team.agenda("Acme Corp").words
    assert "closes 30 Apr 2027 (pushed once)" in agenda
    assert "close date" not in agenda
