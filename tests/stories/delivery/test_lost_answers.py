from datetime import date

import pytest

from agendas.verbs import updates
from sandbox.faults import Fault
from sandbox.testing import Seen
from storage import outbox
from tests.stories.delivery.test_delivery import busy_database, form_says
from tests.stories.team import CHANNEL, Team

IN_DOUBT = (
    "Slack did not say whether it showed you the answer in #abm-weekly, so it is not sent twice. If you do not see"
)
NO_ANSWER = {
    "cut before": Fault(cut="before"),
    "cut after": Fault(cut="after"),
    "broken before": Fault(status=503),
    "broken after": Fault(status=502, carried_out=True),
}
ONCE_LOST = pytest.mark.parametrize(
    "fault", [NO_ANSWER["cut after"], pytest.param(NO_ANSWER["broken before"], marks=pytest.mark.proof)]
)
"""One answer that was carried out, and one that was not."""


async def has_card(team: Team) -> Seen:
    team.expects_trouble = True
    await team.knows("Initech")
    return await team.ann.types("/account initech", in_=CHANNEL)


def is_done(fault: Fault) -> bool:
    return fault.cut == "after" or fault.carried_out


@pytest.mark.parametrize(
    "fault",
    [pytest.param(fault, marks=pytest.mark.proof if number else ()) for number, fault in enumerate(NO_ANSWER.values())],
    ids=list(NO_ANSWER),
)
async def test_an_answer_for_one_person_is_shown_once_at_most_and_they_are_told_what_to_do(team: Team, fault: Fault):
    seen = await has_card(team)
    before = len(team.private_words(team.ann))
    team.sandbox.faults.add("response_url", fault)
    await team.ann.clicks("History", on=seen)
    await team.is_told(team.ann, IN_DOUBT)
    await team.quiet()
    assert len(team.private_words(team.ann)[before:]) == is_done(fault)
    assert len(team.direct_words(team.ann)) == 1
    await team.ann.clicks("History", on=seen)
    await team.ann.sees("History of Initech", in_=CHANNEL)
    assert len(team.direct_words(team.ann)) == 1


async def test_a_message_that_slack_does_not_let_change_stays_and_only_what_came_of_the_click_is_said(team: Team):
    team.expects_trouble = True
    await team.knows("Initech")
    due_on, number = date(2026, 11, 27), team.state("Initech").account_id
    await team.did(updates.add_action, number, text="Call them", due_on=due_on, owner=team.ann.id)
    seen = await team.ann.types("/account initech", in_=CHANNEL)
    before = len(team.private_words(team.ann)) + len(team.direct_words(team.ann))
    team.sandbox.faults.refuse("response_url", "invalid_blocks")
    await team.ann.clicks("action.done", on=seen)
    await team.ann.sees("*Recorded* for Initech: next action done (Call them).", in_=CHANNEL)
    await team.quiet()
    assert len(team.private_words(team.ann)) + len(team.direct_words(team.ann)) == before + 1


@pytest.mark.proof
async def test_of_a_long_answer_the_rest_follows_directly_and_only_what_is_in_doubt_is_not_repeated(team: Team) -> None:
    seen = await has_card(team)
    number = team.state("Initech").account_id
    for turn in range(9):
        await team.did(updates.move, number, text=f"News {turn} " + "so it is " * 300, evidence=())
    before = len(team.private_words(team.ann))
    await team.ann.clicks("History", on=seen)
    await team.ann.sees("News 0 ", in_=CHANNEL)
    whole = team.private_words(team.ann)[before:]
    assert len(whole) > 2
    team.sandbox.faults.add("response_url", Fault())
    team.sandbox.faults.cut("response_url", "before")
    await team.ann.clicks("History", on=seen)
    await team.is_told(team.ann, "The rest of the answer is below.")
    await team.quiet()
    assert team.private_words(team.ann)[before + len(whole) :] == whole[:1]
    assert team.direct_words(team.ann)[1:] == whole[2:]


@ONCE_LOST
async def test_what_is_shared_is_posted_once_at_most_and_the_person_is_told_to_look(team: Team, fault: Fault) -> None:
    seen = await has_card(team)
    team.sandbox.faults.add("response_url", fault)
    await team.ann.clicks("Share", on=seen)
    await team.is_told(team.ann, "Slack did not say whether it posted what you shared in #abm-weekly")
    await team.quiet()
    await team.ann.clicks("Share", on=seen)
    await team.ann.sees("You shared this less than a minute ago.", in_=CHANNEL)
    assert len(team.room.messages) == is_done(fault)
    assert len(team.direct_words(team.ann)) == 1


async def test_what_slack_refuses_to_share_is_said_and_can_be_shared_again(team: Team) -> None:
    seen = await has_card(team)
    team.sandbox.faults.refuse("response_url", "used_url")
    await team.ann.clicks("Share", on=seen)
    await team.is_told(team.ann, "Slack did not post what you shared in #abm-weekly. Share it again")
    await team.quiet()
    assert team.room.messages == []
    await team.ann.clicks("Share", on=seen)
    await team.sandbox.changed.until(lambda: bool(team.room.messages))
    assert len(team.room.messages) == len(team.direct_words(team.ann)) == 1


@ONCE_LOST
async def test_what_takes_the_place_of_a_message_is_sent_again_since_that_changes_nothing(team: Team, fault: Fault):
    team.expects_trouble = True
    await team.knows("Initech")
    seen = await team.ann.types("/move initech hello", in_=CHANNEL)
    before = len(team.private_words(team.ann))
    team.sandbox.faults.add("response_url", fault)
    await team.ann.clicks("Undo", on=seen)
    await team.ann.sees("Taken back", in_=CHANNEL)
    await team.quiet()
    assert len(team.private_words(team.ann)) == before
    assert team.direct_words(team.ann) == []


@ONCE_LOST
async def test_a_page_above_home_is_opened_once_and_not_sent_too(team: Team, fault: Fault) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    await team.ann.opens_home()
    await team.sandbox.settled()
    team.sandbox.faults.add("views.open", fault)
    await team.ann.clicks("The list", on="home")
    assert "Initech" in (await team.form(team.ann)).words
    await team.sandbox.changed.until(lambda: len(team.sandbox.calls("views.open")) == 2)
    await team.quiet()
    assert team.direct_words(team.ann) == []


async def test_a_page_that_may_be_there_is_told_of_and_not_sent_too(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    await team.ann.opens_home()
    await team.sandbox.settled()
    team.sandbox.faults.cut("views.open", "after")
    team.sandbox.faults.refuse("views.open", "expired_trigger_id")
    await team.ann.clicks("The list", on="home")
    await team.is_told(team.ann, "Slack did not say whether it showed you the answer, so it is not sent twice.")
    await team.quiet()
    assert len(team.direct_words(team.ann)) == 1


@ONCE_LOST
async def test_a_form_is_opened_once_and_nobody_is_told_that_it_was_not(team: Team, fault: Fault) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    team.sandbox.faults.add("views.open", fault)
    await team.ann.types("/move initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.sandbox.changed.until(lambda: len(team.sandbox.calls("views.open")) == 2)
    await team.submits(team.ann, text="They said yes")
    assert [event.kind for event in team.recorded()].count("moved") == 1
    assert not [words for words in team.private_words(team.ann) if "could not be opened" in words]


@ONCE_LOST
async def test_what_came_of_a_slow_form_is_shown_in_it_once_and_not_sent_too(team: Team, fault: Fault) -> None:
    team.expects_trouble = True
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="They said no", stage="engaged")
    await team.bob.types("/move initech to engaged hello", in_=CHANNEL)
    team.sandbox.faults.add("views.update", fault)
    with busy_database(team):
        await team.ann.submits()
    await form_says(team, "Nothing was recorded: Initech is at Engaged already")
    await team.quiet()
    assert team.direct_words(team.ann) == []


async def test_an_answer_for_one_person_comes_a_moment_later_or_directly_where_slack_refuses_it(team: Team) -> None:
    seen = await has_card(team)
    team.sandbox.faults.rate_limit("response_url", retry_after_seconds=1, times=2)
    await team.ann.clicks("History", on=seen)
    await team.ann.sees("History of Initech", in_=CHANNEL)
    await team.quiet()
    assert team.direct_words(team.ann) == []

    before = len(team.private_words(team.ann))
    team.sandbox.faults.refuse("response_url", "expired_url")
    await team.ann.clicks("History", on=seen)
    await team.is_told(team.ann, "History of Initech")
    await team.quiet()
    assert len(team.private_words(team.ann)) == before
    assert len(team.direct_words(team.ann)) == 1


@pytest.mark.parametrize("setting", ["postgres http"], indirect=True)
async def test_what_is_posted_next_leaves_what_was_shared_its_second(team: Team) -> None:
    seen = await has_card(team)
    before = counted(team)
    await team.ann.clicks("Share", on=seen)
    await team.sandbox.changed.until(lambda: bool(team.room.messages))
    await team.until(lambda: counted(team) == before + 1)


def counted(team: Team) -> int:
    """How many messages of the last minute the processes know of together."""
    return len(team.store.read_now(outbox.sending_state, team.workspace_id).get("recent", []))
