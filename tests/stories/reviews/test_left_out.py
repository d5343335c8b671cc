from datetime import timedelta

import pytest
from sqlmodel import Session

from agendas.facts.reviews import ItemPart
from storage import reviews
from tests.stories.team import CHANNEL, Team

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
