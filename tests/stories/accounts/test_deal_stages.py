import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from agendas.facts.account import Stage
from agendas.facts.deals import Phase
from agendas.verbs import account_list, updates
from sandbox.testing import Seen
from tests.stories.importing import gives, imports
from tests.stories.team import CHANNEL, Team

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date,Create Date,Associated Company"
STAGES = {"Closed Won": Phase.WON, "Contract Sent": Phase.LATE, "Closed Lost": Phase.LOST}


def row(number: int, account: str, stage: str, closes: str, opened: str = "2026-09-01") -> str:
    return f"{number},Sample plant {number},{stage},9000,USD,{closes},{opened},{account}"


async def brings(team: Team, *rows: str) -> Seen:
    """The message that ends an import of these deals in Slack, its stages answered as HubSpot means them."""
    await gives(team, "deals.csv", "\n".join((HEADER, *rows)).encode())
    await team.ann.clicks("Answer", on=await team.is_told(team.ann, "These stages have no phase yet"))
    await team.form(team.ann)
    await team.ann.submits()
    await team.ann.closes()
    await team.ann.clicks("Apply", on=await team.is_told(team.ann, f"{len(rows)} to create"))
    done = await team.is_told(team.ann, "Imported as run 1")
    await team.quiet()
    return done


async def tells(team: Team, told: str) -> None:
    await imports(team, HEADER, told, **{name: phase for name, phase in STAGES.items() if name in told})


async def holds_review(team: Team) -> None:
    await team.posts_review()
    await team.ann.types("/move acme nothing", in_=CHANNEL)
    await team.closes_review(team.ann)


async def test_a_won_deal_of_a_day_before_the_review_is_confirmed_as_of_that_day_and_never_counts_as_advanced(team):
    await team.knows("Acme Corp")
    await holds_review(team)
    await team.passes(timedelta(days=3))
    done = await brings(team, row(1, "Acme Corp", "Closed Won", "2026-10-03"))
    proposal = "Closed won in the CRM on 3 Oct: customer? · Sample plant 1"
    assert f"Acme Corp · {proposal}" in str(done)
    assert "Nothing moves before somebody confirms it." in str(done)
    assert team.state("Acme Corp").stage is Stage.TARGET
    header = await team.posts_review()
    agenda = team.agenda("Acme Corp")
    assert "*To decide* customer? Closed won in the CRM 3 Oct: Sample plant 1" in agenda.words
    assert "buyer silent 55 d" in agenda.words
    card = await team.bob.types("/account acme", in_=CHANNEL)
    assert "*To decide* customer? Closed won in the CRM 3 Oct: Sample plant 1" in str(card)

    await team.bob.clicks("Confirm", on=card)
    said = "for Acme Corp: moved target → customer: Closed won in HubSpot on 3 Oct 2026 ("
    assert "claimed" not in str(await team.bob.sees(said, in_=CHANNEL))
    await team.quiet()
    state = team.state("Acme Corp")
    assert (state.stage, state.stage_since_known, state.stage_has_evidence) == (Stage.CUSTOMER, True, True)
    assert state.stage_since == datetime(2026, 10, 3, 23, 59, 59, tzinfo=UTC)
    agenda = team.agenda("Acme Corp")
    assert "customer?" not in agenda.words
    assert "*Moved* Its stage was set from the CRM; that is no movement." in agenda.words
    assert any("moved target → customer" in line.words for line in agenda.thread)
    await team.closes_review(team.ann)
    assert "Acme Corp" in next(line.words for line in header.thread if "Recap" in line.words)


async def test_who_confirms_a_second_time_is_told_who_did_it_and_undo_brings_the_question_back(team: Team) -> None:
    await team.knows("Acme Corp")
    done = await brings(team, row(1, "Acme Corp", "Closed Won", "2026-10-03"))
    await team.ann.clicks("Confirm", on=done)
    receipt = await team.is_told(team.ann, "for Acme Corp: moved target → customer")
    before = len(team.recorded())
    await team.ann.clicks("Confirm", on=done)
    await team.is_told(team.ann, "Acme Corp: done already by @ann on 24 Nov.")
    assert len(team.recorded()) == before
    await team.ann.clicks("Undo", on=receipt)
    await team.is_told(team.ann, "Taken back")
    assert team.state("Acme Corp").stage is Stage.TARGET
    card = await team.ann.types("/account acme", in_=CHANNEL)
    assert "*To decide* customer? Closed won in the CRM 3 Oct: Sample plant 1" in str(card)


@pytest.mark.proof
async def test_all_are_confirmed_at_once_but_those_that_do_not_stand_any_more_with_the_reason(team: Team) -> None:
    names = ("Acme Corp", "Globex", "Hooli", "Initech", "Umbrella", "Vandelay")
    numbers = {name: await team.knows(name) for name in names}
    rows = [row(place, name, "Closed Won", "2026-10-03") for place, name in enumerate(names, 1)]
    rows[4] = row(5, "Umbrella", "Contract Sent", "2027-02-01", opened="2026-11-02")
    done = await brings(team, *rows)
    assert "6 deals imply a later stage of their accounts." in str(done)
    assert "Umbrella · Open deal in the CRM since 2 Nov: opportunity? · Sample plant 5" in str(done)
    await team.did(account_list.remove, numbers["Globex"], because="Sold to a competitor")
    await team.did(updates.move, numbers["Hooli"], text="They signed", to_stage=Stage.CUSTOMER)
    await team.ann.clicks("Confirm", on=await team.ann.types("/account vandelay", in_=CHANNEL))
    await tells(team, row(4, "Initech", "Closed Lost", "2026-11-20"))

    await team.ann.clicks("Confirm all 6", on=done)
    answer = str(await team.is_told(team.ann, "*Confirmed* for 2 accounts."))
    for reason in (
        "Globex is removed by now, so nothing was recorded.",
        "Hooli is at customer already, so nothing was recorded.",
        "Initech: Sample plant 4 was lost since, so nothing was recorded.",
        "Vandelay: done already by @ann on 24 Nov.",
    ):
        assert reason in answer
    assert {name: team.state(name).stage.value for name in names} == {
        "Acme Corp": "customer",
        "Globex": "target",
        "Hooli": "customer",
        "Initech": "target",
        "Umbrella": "opportunity",
        "Vandelay": "customer",
    }
    before = len(team.recorded())
    await team.ann.clicks("Confirm all 6", on=done)
    await team.is_told(team.ann, "Nothing was left to confirm.")
    assert len(team.recorded()) == before


async def test_a_won_deal_without_a_day_is_no_silence_and_takes_effect_when_it_is_confirmed(team: Team) -> None:
    await team.knows("Acme Corp")
    await tells(team, row(1, "Acme Corp", "Closed Won", "", opened=""))
    card = await team.ann.types("/account acme", in_=CHANNEL)
    assert "the buyer bought, on which day is not known" in str(card)
    assert "nothing from the buyer" not in str(card)
    await team.ann.says("How is Acme doing?", to="cadence")
    await team.is_told(team.ann, "the buyer bought, on which day is not known")
    assert "*To decide* customer? Closed won in the CRM: Sample plant 1" in str(card)
    await team.ann.clicks("Confirm", on=card)
    await team.ann.sees("moved target → customer: Closed won in HubSpot, on which day is not known (", in_=CHANNEL)
    state = team.state("Acme Corp")
    assert (state.stage, state.stage_since_known) == (Stage.CUSTOMER, False)


async def test_two_people_who_confirm_at_once_record_one_step(team: Team) -> None:
    await team.knows("Acme Corp")
    await tells(team, row(1, "Acme Corp", "Closed Won", "2026-10-03"))
    await team.posts_review()
    agenda = team.agenda("Acme Corp")
    await asyncio.gather(*(person.clicks("Confirm", on=agenda) for person in (team.ann, team.bob, team.ann)))
    await team.quiet()
    assert [event.kind for event in team.recorded()].count("moved") == 1
    said = team.private_words(team.ann) + team.private_words(team.bob)
    assert sum("moved target → customer" in words for words in said) == 1
    assert sum("Acme Corp: done already by" in words for words in said) == 2


async def test_a_stage_that_is_declined_with_a_reason_is_not_proposed_again_for_that_deal(team: Team) -> None:
    await team.knows("Acme Corp")
    done = await brings(team, row(1, "Acme Corp", "Contract Sent", "2027-02-01", opened="2026-11-02"))
    assert "opportunity?" in str(done)
    await team.posts_review()
    agenda = team.agenda("Acme Corp")
    await team.vic.clicks("Decline", on=agenda)
    await team.vic.sees("you are a viewer", in_=CHANNEL)
    await team.bob.clicks("Decline", on=agenda)
    form = await team.form(team.bob)
    assert "Opportunity, by the deal Sample plant 1" in form.words
    assert not (await team.submits(team.bob, because=" ")).ok
    assert (await team.submits(team.bob, because="A test order of their intern")).ok
    said = "declined opportunity for the deal Sample plant 1: A test order of their intern"
    seen = await team.bob.sees(f"for Acme Corp: {said}", in_=CHANNEL)
    assert "opportunity?" not in team.agenda("Acme Corp").words
    assert any("declined opportunity" in line.words for line in team.agenda("Acme Corp").thread)
    assert team.state("Acme Corp").stage is Stage.TARGET
    # the message of the import still has its buttons, and a later file with the same deal asks no more
    for button in ("Confirm", "Decline"):
        await team.ann.clicks(button, on=done)
        await team.is_told(team.ann, "Acme Corp: declined already by @bob on 24 Nov.")
    await tells(team, row(1, "Acme Corp", "Contract Sent", "2027-03-01", opened="2026-11-02"))
    assert "opportunity?" not in str(await team.ann.types("/account acme", in_=CHANNEL))
    assert said in str(await team.ann.types("/account acme history", in_=CHANNEL))
    # another deal proposes it, the same one won proposes the next stage, and Undo brings the question back
    await tells(team, row(2, "Acme Corp", "Contract Sent", "2027-03-01", opened="2026-11-20"))
    assert "opportunity? Open deal in the CRM since Fri 20 Nov: Sample plant 2" in str(
        await team.ann.types("/account acme", in_=CHANNEL)
    )
    await tells(team, row(1, "Acme Corp", "Closed Won", "2026-11-23", opened="2026-11-02"))
    card = str(await team.ann.types("/account acme", in_=CHANNEL))
    assert "customer? Closed won in the CRM" in card
    await tells(team, row(1, "Acme Corp", "Contract Sent", "2027-03-01", opened="2026-11-02"))
    await tells(team, row(2, "Acme Corp", "Closed Lost", "2026-11-24", opened="2026-11-20"))
    await team.bob.clicks("Undo", on=seen)
    await team.quiet()
    card = str(await team.ann.types("/account acme", in_=CHANNEL))
    assert "opportunity? Open deal in the CRM since 2 Nov: Sample plant 1" in card


async def test_a_win_has_the_day_of_its_history_and_another_close_date_is_said_beside_it(team: Team) -> None:
    await team.knows("Acme Corp")
    header = HEADER.replace("Create Date", "Create Date,Date entered current stage")
    await imports(
        team,
        header,
        "1,Sample plant 1,Closed Won,9000,USD,2026-10-03,2026-09-01,2026-10-05 15:00,Acme Corp",
        **{"Closed Won": Phase.WON},
    )
    card = str(await team.ann.types("/account acme", in_=CHANNEL))
    assert "customer? Closed won in the CRM 5 Oct (close date 3 Oct): Sample plant 1" in card
    deals = str(await team.ann.types("/account acme deals", in_=CHANNEL))
    assert "5 Oct (close date 3 Oct) Sample plant 1" in deals
    await team.ann.clicks("Confirm", on=await team.ann.sees("customer? Closed won", in_=CHANNEL))
    await team.ann.sees("Closed won in HubSpot on 5 Oct 2026", in_=CHANNEL)
    assert str(team.state("Acme Corp").stage_since)[:10] == "2026-10-05"
