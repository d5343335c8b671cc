import logging

import pytest
from sqlalchemy import text

from tests.databases.postgres import Postgres
from tests.stories.team import CHANNEL, Team


def set_pragma(team: Team, pragma: str) -> None:
    with team.store.engine.connect() as connection:
        connection.connection.cursor().execute(f"pragma {pragma}")


def pages(team: Team) -> int:
    with team.store.reading() as session:
        return int(session.execute(text("pragma page_count")).scalar_one())


async def fills_the_disk(team: Team) -> None:
    """Nothing more fits: what is recorded from now on needs pages that are not there."""
    set_pragma(team, f"max_page_count={pages(team)}")
    for number in range(40):
        told = await team.ann.types(f"/move initech {'They wrote back. ' * 150}{number}", in_=CHANNEL)
        if "disk" in told:
            return
    raise AssertionError("the disk never became full")


async def test_a_full_disk_is_said_with_a_reference_that_the_log_has_and_work_goes_on_with_room(team: Team, caplog):
    team.expects_trouble = True
    await team.knows("Initech")
    await fills_the_disk(team)
    before = len(team.recorded())
    told = await team.ann.types(f"/move initech {'Once more. ' * 250}", in_=CHANNEL)
    assert "The disk of the database is full, so nothing was recorded. An admin has to free space" in told
    reference = told.rsplit(" ", 1)[1].rstrip(".")
    failed = [each for each in caplog.records if each.levelno == logging.ERROR and each.getMessage() == "failed"]
    assert reference in {getattr(each, "request_id", "") for each in failed}
    assert len(team.recorded()) == before
    assert "Initech" in await team.ann.types("/account initech", in_=CHANNEL)
    set_pragma(team, "max_page_count=100000")
    assert "*Recorded* for Initech" in await team.ann.types("/move initech They called", in_=CHANNEL)
    await team.quiet()


async def test_a_form_sent_while_the_database_only_reads_says_so_in_its_place(team: Team) -> None:
    team.expects_trouble = True
    await team.begins_review_of("Initech")
    await team.agenda_form(team.ann, "Movement", "Initech")
    before = len(team.recorded())
    set_pragma(team, "query_only=on")
    outcome = await team.submits(team.ann, text="They called")
    set_pragma(team, "query_only=off")
    assert "The database can only be read at the moment, so nothing was recorded." in str(outcome)
    assert len(team.recorded()) == before


class MendsAfterFirstError(logging.Handler):
    """Makes the database writable again once an error was logged."""

    def __init__(self, team: Team) -> None:
        super().__init__(logging.ERROR)
        self._team = team
        self.errors = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.errors += 1
        if self.errors == 1:
            set_pragma(self._team, "query_only=off")


async def test_a_question_that_meets_a_database_in_trouble_is_answered_when_slack_sends_it_again(team: Team) -> None:
    team.expects_trouble = True
    team.sandbox.slack.delivery.ack_seconds = 3  # as Slack: what is not answered by then comes again
    await team.knows("Initech")
    mending = MendsAfterFirstError(team)
    logging.getLogger().addHandler(mending)
    set_pragma(team, "query_only=on")
    await team.ann.says("How is Initech?", to="cadence")
    await team.is_told(team.ann, "nothing from the buyer yet")
    logging.getLogger().removeHandler(mending)
    assert mending.errors
    assert len(team.direct_words(team.ann)) == 1


@pytest.mark.parametrize("setting", ["postgres socket"], indirect=True)
async def test_after_a_restart_of_the_server_nobody_notices(team: Team, postgres: Postgres) -> None:
    await team.knows("Initech")
    name = team.store.engine.url.database
    for number in range(3):
        postgres.run(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'")
        assert "*Recorded* for Initech" in await team.ann.types(f"/move initech They called {number}", in_=CHANNEL)
        postgres.run(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'")
        assert "Initech" in await team.ann.types("/account initech", in_=CHANNEL)
