from datetime import date, timedelta

from agendas.facts.events import Decided, DecisionKind
from agendas.facts.people import Function, Right
from agendas.verbs import people, updates
from storage import measures
from tests.stories.beginning import START
from tests.stories.team import CHANNEL, Team

LONG = timedelta(days=400)


def marks(team: Team) -> list[tuple[str, str]]:
    found = team.store.read_now(measures.marks_between, team.workspace_id, START - LONG, START + LONG)
    return [(each.kind, each.user_id) for each in found]


async def test_the_page_is_read_taken_up_and_asked_for_and_opens_to_its_accounts(team: Team) -> None:
    assert "No account is named yet" in await team.ann.types("/abm executive", in_=CHANNEL)
    number = await team.knows("Initech")
    await team.knows("Globex")
    await team.ann.types("/blocker initech legal wants a cap needs executive", in_=CHANNEL)
    await team.ann.types("/blocker globex procurement is silent needs executive", in_=CHANNEL)
    asks = Decided(DecisionKind.INTERVENE, "Call their COO", team.ann.id, date(2026, 12, 4))
    await team.did(updates.decide, number, asks)
    page = await team.dan.types("/abm executive", in_=CHANNEL)
    assert "Need intervention" in page
    assert "*Initech* · T1" in page
    assert "Call their COO · @ann · 4 Dec" in page
    assert "flagged, no ask yet" in page
    assert "Executives met 0 of 2 tier 1 accounts in 100 days" in page.replace("*", "")

    await team.dan.clicks("Details", on=page)
    await team.dan.sees("Globex: no executive met theirs in 100 days", in_=CHANNEL)
    await team.until(lambda: marks(team) == [("page_opened", team.dan.id)])
    await team.dan.clicks("All in need", on=page)
    behind = await team.dan.sees("2 accounts", in_=CHANNEL)
    assert "Globex" in behind
    assert "Initech" in behind

    await team.dan.clicks("Take it", on=page)
    await team.dan.sees("took what was asked: Call their COO", in_=CHANNEL)
    assert [ask.ask_of for ask in team.state("Initech").open_asks] == [team.dan.id]
    assert ("ask_taken", team.dan.id) in marks(team)
    assert "Call their COO · @dan" in await team.ann.types("/abm executive", in_=CHANNEL)

    await team.dan.clicks("Ask", on=page)
    form = await team.form(team.dan)
    assert form.values["Decision"] == "intervene"
    await team.submits(team.dan, text="Ask their CFO", ask_of=team.bob.id, due_on="2026-12-01")
    assert [ask.text for ask in team.state("Globex").open_asks] == ["Ask their CFO"]


async def test_who_may_record_nothing_reads_it_without_buttons_that_do(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/blocker initech legal wants a cap needs executive", in_=CHANNEL)
    page = await team.obi.types("/abm executive", in_=CHANNEL)
    assert "flagged, no ask yet" in page
    assert "executive.ask" not in str(page.message.blocks)
    await team.obi.clicks("Details", on=page)
    details = await team.obi.sees("no executive met theirs", in_=CHANNEL)
    assert "executive.met" not in str(details.message.blocks)


async def test_a_private_account_is_neither_shown_nor_counted_for_who_may_not_see_it(team: Team) -> None:
    await team.knows("Umbra")
    await team.knows("Fabrikam")
    await team.ann.types("/account private Umbra", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to="#deal-acme")
    await team.did(people.give, team.ann.id, function=Function.EXECUTIVE, right=Right.ADMIN)
    await team.ann.types("/account umbra met Dana Weber, CFO: agreed on a pilot", in_=CHANNEL)
    seen = await team.ann.types("/abm executive", in_=CHANNEL)
    assert "2 accounts on the list" in seen
    assert "1 of 2 tier 1 accounts" in seen
    hidden = await team.dan.types("/abm executive", in_=CHANNEL)
    assert "1 account on the list" in hidden
    assert "0 of 1 tier 1 account" in hidden
    assert "Umbra" not in hidden
    assert "Dana" not in hidden


async def test_a_meeting_is_told_by_words_and_by_the_form_and_taken_back(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/account initech group add Dana Weber, CFO", in_=CHANNEL)
    told = await team.ann.types("/account initech met @dan dana on 12 nov: agreed on a pilot", in_=CHANNEL)
    assert "@dan met Dana Weber, CFO: agreed on a pilot" in told
    group = await team.bob.types("/account initech group", in_=CHANNEL)
    assert "Executives met" in group
    assert "@dan · Dana Weber, CFO, 12 Nov: agreed on a pilot" in group
    assert "met Dana Weber, CFO" in await team.bob.types("/account initech history", in_=CHANNEL)
    await team.ann.clicks("Undo", on=told)
    await team.ann.sees("Taken back", in_=CHANNEL)
    assert "agreed on a pilot" not in await team.bob.types("/account initech group", in_=CHANNEL)

    asked = await team.ann.types("/account initech met Dana Weber on 12 nov", in_=CHANNEL)
    assert "Say after a colon what came of it." in asked
    await team.ann.clicks("Fill in the form", on=asked)
    form = await team.form(team.ann)
    assert (form.values["Whom of theirs"], form.values["On"]) == ("Dana Weber", "2026-11-12")
    await team.ann.fills(on="2026-12-24")
    assert not (await team.submits(team.ann, text="Wants a plan")).ok
    assert "has not come yet" in team.ann.form.errors["On"]
    await team.submits(team.ann, on="2026-11-20", ours=team.dan.id)
    page = await team.dan.types("/abm executive", in_=CHANNEL)
    assert "1 of 1 tier 1 account in 100 days: Initech: @dan · Dana Weber, CFO, Fri 20 Nov: Wants a plan" in page
