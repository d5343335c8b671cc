"""Answers and refusals about a review name it by the day that it is held for."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.verbs.cadences import add_account
from agendas.verbs.closing import close_by_person
from storage import reviews
from tests.stories.team import CHANNEL, Team


async def test_opening_and_closing_a_review_name_its_day(team: Team) -> None:
    await team.knows("Initech")
    assert "The review of Tue 24 Nov is being posted" in await team.ann.types("/review now", in_=CHANNEL)
    await team.quiet()
    await team.passes(timedelta(hours=20))
    await team.closes_review(team.ann)
    assert "The review of Tue 24 Nov is closed. Updates are kept" in team.agenda("Initech").words


async def test_what_a_review_refuses_names_its_day(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    review_id, item_id = team.store.read_now(_open_review, team)
    with pytest.raises(Refused, match=r"Initech is in the review of Tue 24 Nov already\."):
        await team.did(add_account, item_id)
    await team.closes_review(team.ann)
    await team.passes(timedelta(days=2))
    with pytest.raises(Outdated, match=r"The review of Tue 24 Nov is closed already\."):
        await team.did(close_by_person, review_id)


async def test_what_moved_says_since_the_review_of_which_day(team: Team) -> None:
    await team.knows("Initech")
    await team.posts_review()
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.passes(timedelta(days=1))
    await team.ann.says("what regressed?", to="cadence")
    await team.is_told(team.ann, "Nothing regressed.")
    await team.ann.types("/move initech to engaged The CFO joined", in_=CHANNEL)
    await team.bob.says("what moved since the last review?", to="cadence")
    await team.is_told(team.bob, "since the review of Tue 24 Nov")


def _open_review(session: Session, team: Team) -> tuple[int, int]:
    [review] = reviews.open_ones(session, team.workspace_id)
    [item] = reviews.items(session, review.row_id)
    return review.row_id, item.row_id
