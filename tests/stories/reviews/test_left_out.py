from datetime import timedelta

import pytest
from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.reviews import ItemPart
from agendas.verbs.cadences import add_account
from storage import reviews
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of

NAMES = ("Globex", "Hooli", "Initech")


async def _with_minutes(team: Team, minutes: str) -> None:
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, minutes=minutes, anchor_on="2026-11-30")
    await team.ann.closes()
    await team.ann.types("/review pause", in_=CHANNEL)


def _left_out(team: Team) -> set[str]:
    def read(session: Session) -> set[int]:
        latest = reviews.latest_in(session, team.workspace_id, team.sandbox.channel_state("abm-weekly").id)[0]
        return {each.account_id for each in reviews.items(session, latest.row_id) if each.part == ItemPart.LEFT_OUT}

    ids = team.store.read_now(read)
    return {name for name in (*NAMES, "Vandelay") if team.state(name).account_id in ids}


@pytest.mark.proof
async def test_an_account_in_need_of_intervention_is_not_left_out_twice_while_a_lesser_one_is_discussed(team: Team):
    for name in NAMES:
        await team.knows(name)
        await team.ann.types(f"/blocker {name} No sponsor needs executive", in_=CHANNEL)
    await team.knows("Vandelay", tier=3)
    await _with_minutes(team, "15")
    seen = []
    for stage in ("aware", "engaged", "mqa"):
        await team.ann.types(f"/move vandelay to {stage} They called", in_=CHANNEL)
        header = await team.posts_review()
        seen.append(_left_out(team))
        await team.ann.types("/move globex nothing", in_=CHANNEL)
        await team.closes_review(team.ann, held="yes")
        await team.passes(timedelta(days=7))
    assert seen[0] == {"Hooli", "Initech"}, "the first by name, and the new one of tier 3 that fits beside it"
    assert seen[1] == {"Globex", "Initech", "Vandelay"}
    assert seen[2] == {"Globex", "Hooli", "Vandelay"}
    assert "left out 2 times before" in header.words
    assert "left out last time" in header.words


@pytest.mark.again
async def test_add_takes_a_left_out_account_into_the_review_once(team: Team) -> None:
    for name in NAMES:
        await team.knows(name)
    await _with_minutes(team, "15")
    header = await team.posts_review()
    assert "*No time* Hooli (Tier 1, new, 8 min), Initech" in header.words
    await team.ann.clicks("Initech", on=header)
    await team.ann.sees("Initech is on the agenda of the review of Tue 24 Nov now", in_=CHANNEL)
    await team.quiet()
    header = team.header
    assert "2 of 3 accounts · 16 of 15 min" in header.words
    assert "ann added Initech\n" in header.words
    assert "*No time* Initech" not in header.words
    assert "*No time* Hooli" in header.words
    assert str(header.message.blocks).count("/archives/") == 2, "each account discussed has its link"
    assert team.agenda("Initech").buttons[:3] == ["Update", "No change", "Decide"]
    count = len(team.room.messages)
    await team.ann.types("/move initech to engaged The CFO joined", in_=CHANNEL)
    await team.quiet()
    assert team.agenda("Initech").thread[-1].words.startswith("ann: moved target → engaged")
    assert len(team.room.messages) == count


@pytest.mark.again
async def test_an_account_that_is_in_already_or_whose_review_is_closed_is_not_added(team: Team) -> None:
    for name in NAMES:
        await team.knows(name)
    await _with_minutes(team, "15")
    await team.posts_review()
    hooli, initech = int(await _item(team, "Hooli")), int(await _item(team, "Initech"))
    await team.did(add_account, hooli)
    with pytest.raises(Refused, match=r"Hooli is in the review of Tue 24 Nov already\."):
        await team.did(add_account, hooli, by="bob")
    await team.ann.types("/account pause initech because a merger", in_=CHANNEL)
    with pytest.raises(Refused, match=r"Initech is paused meanwhile, so it was not added\."):
        await team.did(add_account, initech)
    await team.closes_review(team.ann)
    with pytest.raises(Refused, match=r"The review of Tue 24 Nov is closed, so Initech was not added\."):
        await team.did(add_account, initech)
    await team.quiet()
    assert [title_of(line.words) for line in team.room.messages].count("Hooli") == 1
    assert "review.add" not in str(team.header.message.blocks)


@pytest.mark.again
async def test_many_left_out_accounts_share_a_menu_and_a_viewer_may_not_add(team: Team) -> None:
    names = [f"Company {letter}" for letter in "ABCDEFGH"]
    await team.knows_many(names, tier=1)
    await _with_minutes(team, "15")
    header = await team.posts_review()
    assert "*No time* Company B (Tier 1, new, 8 min), Company C" in header.words
    await team.vic.clicks("Company H", on=header)
    await team.vic.sees("You cannot record updates", in_=CHANNEL)
    await team.bob.clicks("Company H", on=header)
    await team.quiet()
    await team.ann.clicks("Company G", on=team.header)
    await team.quiet()
    assert "bob added Company H · ann added Company G\n" in team.header.words
    assert "*No time* Company B" in team.header.words
    assert team.agenda("Company H").buttons[:3] == ["Update", "No change", "Decide"]


async def _item(team: Team, name: str) -> str:
    def read(session: Session) -> str:
        found = reviews.latest_item_of(session, team.state(name).account_id)
        assert found is not None
        return str(found[0])

    return team.store.read_now(read)
