"""Deals of the CRM: imported with their dates, they move the account and are shown on its agenda and its page."""

from dataclasses import replace
from datetime import timedelta

from agendas.author import Author
from agendas.facts import Source, Stage
from agendas.rules.import_dates import ImportOptions
from agendas.rules.import_deals import read_deals
from agendas.rules.read_table import read_table
from agendas.subjects.opportunities import Phase
from agendas.verbs import take_updates
from agendas.verbs.import_deals import learn_stages, parts_of_deals, plan_deals, write_deals
from agendas.verbs.import_runs import begin_import
from tests.stories.team import CHANNEL, Team

ACME = "001D000000IRFmaIAH"
STAGES = (("Needs Analysis", Phase.EARLY), ("Negotiation/Review", Phase.LATE), ("Closed Lost", Phase.LOST))
HEADER = "Id,Name,AccountId,StageName,Amount,CurrencyIsoCode,CloseDate,Type,CreatedDate,LastStageChangeDate\n"


async def imports(team: Team, *rows: str) -> None:
    """What `cadence import --apply` does with these rows of Salesforce's opportunities."""
    author = Author(team.workspace_id, "command line", Source.IMPORT, team.clock.now())
    options = ImportOptions(author.at)
    file = read_deals(read_table((HEADER + "\n".join(rows)).encode()), options)
    await team.store.write(learn_stages, team.workspace_id, "salesforce", replace(options, stages=STAGES))
    plan = await team.store.read(plan_deals, team.workspace_id, file.rows, options)
    run = await team.store.write(begin_import, plan, author, file_name="deals.csv", what="opportunities")
    for part in parts_of_deals(plan):
        await team.store.write(write_deals, run.row_id, author, part)
    await team.quiet()


def plant(stage: str, since: str, closes: str = "2027-03-31") -> str:
    """The row of one opportunity, opened in June."""
    opened = "2026-06-01 09:00:00"
    return f"006D000000IRFma,Sample plant,{ACME},{stage},90000,USD,{closes},New Business,{opened},{since} 09:00:00"


async def test_deals_move_an_account_and_call_for_help_when_the_last_is_lost(team: Team) -> None:
    ann = team.ann
    number = await team.knows("Acme Corp", crm_system="salesforce", crm_id=ACME)
    await team.did(take_updates.move, number, text="They asked for an offer", to_stage=Stage.OPPORTUNITY)
    await ann.types("/account acme deals", in_=CHANNEL)
    await ann.sees("No open deal.", in_=CHANNEL)
    await imports(team, plant("Needs Analysis", "2026-11-01"))
    await team.posts_review()
    assert "Furthest deal: Sample plant · Needs Analysis · USD 90,000" in team.agenda("Acme Corp").words
    await ann.types("/move acme nothing", in_=CHANNEL)
    await ann.types("/review close", in_=CHANNEL)
    await team.quiet()

    await team.passes(timedelta(days=7))
    await imports(team, plant("Negotiation/Review", "2026-11-30", closes="2027-05-31"))
    await ann.types("/account acme deals", in_=CHANNEL)
    line = "• Sample plant · Negotiation/Review for 1 day, limit 21 · USD 90,000 · closes Mon 31 May 2027 · pushed once"
    await ann.sees(line, in_=CHANNEL)
    await team.posts_review()
    assert "Furthest deal early → late, with evidence." in team.agenda("Acme Corp").words
    assert (
        "Sample plant: Negotiation/Review in Salesforce, closes 31 May 2027 (CRM, Mon 30 Nov)"
        in team.agenda("Acme Corp").words
    )

    await team.passes(timedelta(hours=3))
    await imports(team, plant("Closed Lost", "2026-12-01"))
    agenda = team.agenda("Acme Corp").words
    assert "*Needs intervention*: its only open deal was lost" in agenda
    assert "A deal was lost." in agenda
