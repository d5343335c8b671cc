import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager

import pytest
from sqlmodel import Session

from agendas.verbs import updates
from agendas.verbs.letters import confirm
from bot.clock import ShiftedClock, SystemClock
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage.database import READERS
from tests.stories.team import CHANNEL, Team, team_at_work


@contextmanager
def busy_database(team: Team, *, readers: int = 0) -> Iterator[None]:
    """The thread that writes, and this many that read, are held until the block ends."""
    may_go = threading.Event()

    def hold(_session: Session) -> None:
        may_go.wait(PATIENCE_SECONDS)

    work = [team.store.write(hold), *(team.store.read(hold) for _ in range(readers))]
    held = [asyncio.get_running_loop().create_task(each) for each in work]
    try:
        yield
    finally:
        may_go.set()
    assert held


async def is_acknowledged_alone(sandbox: Sandbox, command: str) -> bool:
    """Whether Ann's command is taken, and nothing shown to her yet."""
    ann, channel = sandbox.person("ann").id, sandbox.channel_state(CHANNEL.removeprefix("#"))
    before = len(channel.visible_to(ann))
    outcome = await sandbox.actions.type_command(ann, channel.id, command)
    return outcome.ok and len(channel.visible_to(ann)) == before


async def test_a_command_that_takes_over_two_seconds_is_answered_by_its_response_url(team: Team) -> None:
    await team.knows("Initech")
    with busy_database(team):
        assert await is_acknowledged_alone(team.sandbox, "/move initech hello")
    await team.ann.sees("*Recorded* for Initech: news: hello", in_=CHANNEL)
    assert [event.kind for event in team.recorded()].count("moved") == 1


@pytest.mark.proof
async def test_a_form_that_takes_over_two_seconds_stays_and_shows_what_came_of_it(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="They said yes")
    with busy_database(team):
        assert (await team.ann.submits()).ok
        assert "One moment" in str(team.ann.form.view.blocks)
    await team.ann.sees("*Recorded* for Initech: news: They said yes", in_=CHANNEL)
    await form_says(team, "Recorded. The confirmation is in the conversation.")
    await team.ann.closes()
    await team.quiet()
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.ann.fills(text="They said no", stage="engaged")
    await team.bob.types("/move initech to engaged hello", in_=CHANNEL)
    with busy_database(team):
        await team.ann.submits()
    await form_says(team, "Nothing was recorded: Initech is at Engaged already")
    await team.quiet()


async def test_a_form_that_opens_others_comes_though_it_takes_over_two_seconds(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.runs("account_update")
    await team.form(team.ann)
    await team.picks_account(team.ann, "Initech")
    with busy_database(team, readers=READERS):
        assert (await team.ann.submits()).ok
    await form_says(team, "What moved")


async def test_a_form_that_slack_does_not_open_any_more_is_said(team: Team) -> None:
    await team.knows("Initech")
    team.sandbox.faults.refuse("views.open", "expired_trigger_id")
    await team.ann.types("/move initech", in_=CHANNEL)
    await team.ann.sees("The form could not be opened in time. Nothing was recorded; try again.", in_=CHANNEL)


async def form_says(team: Team, words: str) -> None:
    def says() -> bool:
        return team.ann.has_form and words in str(team.ann.form.view.blocks)

    assert await team.sandbox.changed.until(says), team.ann.form.view.blocks


async def test_a_stop_finishes_the_answers_under_way(sandbox_before_work: Sandbox, story_database_url: str) -> None:
    sandbox, stack = sandbox_before_work, AsyncExitStack()
    work = team_at_work(sandbox, ShiftedClock(SystemClock()), setting="sqlite socket", database_url=story_database_url)
    team = await stack.enter_async_context(work)
    await team.knows("Initech")
    with busy_database(team):
        assert await is_acknowledged_alone(sandbox, "/move initech hello")
        stopping = asyncio.create_task(stack.aclose())
        sockets = sandbox.slack.delivery.sockets
        assert await sandbox.changed.until(lambda: sockets.connections == 0)
        assert not stopping.done()
    await stopping
    assert "*Recorded* for Initech: news: hello" in await sandbox.person("ann").sees("Recorded", in_=CHANNEL)


async def test_a_channel_without_the_bot_is_told_of_and_caught_up_with_once_it_is_invited(team: Team) -> None:
    team.expects_trouble = True
    await team.knows("Initech")
    await team.ann.types("/review now", in_="#no-bot")
    await team.quiet()
    assert "Invite Cadence there again" in team.direct_words(team.ann)[0]
    assert "Cadence" in await team.ann.types("/review ledger", in_="#no-bot")
    team.sandbox.invite(team.sandbox.channel_state("no-bot"), team.sandbox.workspace.bot)
    await team.sandbox.settled()
    await team.quiet()
    await team.sandbox.channel("no-bot").shows("Account review")


async def test_one_message_that_is_refused_stops_no_other(team: Team) -> None:
    team.expects_trouble = True
    for name in ("Initech", "Globex", "Acme Corp"):
        await team.knows(name)
    team.sandbox.faults.add("chat.postMessage", Fault(), times=1)
    team.sandbox.faults.refuse("chat.postMessage", "error_of_the_future")
    await team.posts_review()
    assert len(team.room.messages) == 3
    [refused] = team.letters("refused")
    assert refused.last_error == "error_of_the_future"
    assert "refused" in await team.ann.types("/review ledger", in_=CHANNEL)


async def test_a_long_confirmation_from_a_channel_without_the_bot_comes_whole_and_directly(team: Team) -> None:
    team.expects_trouble = True
    number, author = await team.knows("Initech"), team.author()
    place = team.sandbox.channel_state("no-bot").id

    def record_much(session: Session) -> None:
        recorded = [
            updates.open_blocker(
                session, author, number, text=f"B{n} {'wörd ' * 560}", owner=None, needs=None, evidence=()
            )
            for n in range(6)
        ]
        confirm(session, author, recorded, channel_id=place, place="")

    await team.store.write(record_much)
    await team.quiet()
    told = " ".join(team.direct_words(team.ann))
    assert [told.count(f"B{n} ") for n in range(6)] == [1] * 6


async def test_a_failure_of_ours_is_said_with_a_reference_that_the_log_has_too(team: Team, caplog):
    team.expects_trouble = True
    await team.knows("Initech")
    team.store.engine.dispose()
    await team.store.write(_break)
    seen = await team.ann.types("/move initech hello", in_=CHANNEL)
    assert "Something went wrong here and nothing was recorded" in seen
    reference = seen.split()[-1].rstrip(".")
    assert any(getattr(record, "request_id", "") == reference for record in caplog.records)


def _break(session: Session) -> None:
    session.connection().exec_driver_sql("drop table event")
