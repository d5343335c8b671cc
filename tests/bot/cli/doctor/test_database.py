"""Findings of `cadence doctor` about the database."""

from collections.abc import Callable
from datetime import datetime

import pytest
from psycopg import OperationalError as PsycopgError
from sqlalchemy.exc import OperationalError

from bot.cli.doctor import Finding, examine
from bot.clock import SystemClock
from storage.database import Store, advice_for_anybody, advice_for_operator
from tests.bot.cli.doctor.workspace import NOON, ExaminedWorkspace, verdicts
from tests.databases.postgres import Postgres

pytestmark = pytest.mark.database("sqlite", "postgres")


def findings(store: Store, clock: Callable[[], datetime]) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(store, clock())}


def test_a_migrated_database_is_well(store: Store) -> None:
    found = findings(store, SystemClock().now)
    assert {finding.verdict for finding in found.values()} == {"ok"}
    assert ("disk" if store.is_sqlite else "clock") in found


def test_an_empty_database_is_sent_to_migrate(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    found = findings(store, SystemClock().now)["migrations"]
    store.close()
    assert (found.verdict, "run cadence migrate, or start the bot" in found.text) == ("look", True)


def test_a_database_server_that_is_away_is_said_without_its_password() -> None:
    store = Store("postgresql://cadence:hidden@127.0.0.1:9/cadence")
    [found] = examine(store, NOON)
    store.close()
    assert found.verdict == "wrong"
    assert "check DATABASE_URL" in found.text
    assert "hidden" not in found.text


def test_a_database_that_takes_nothing_is_not_called_writable(store: Store) -> None:
    connection = store.engine.raw_connection()
    how = "pragma max_page_count=1" if store.is_sqlite else "set temp_file_limit = '1kB'"
    connection.cursor().execute(how)
    connection.commit()
    connection.close()
    found = findings(store, SystemClock().now)["database"]
    assert found.verdict == "wrong"
    assert ("The disk of the database is full" if store.is_sqlite else "temp_file_limit") in found.text


NO_DATABASE = "does not exist): make that database, or check the name in DATABASE_URL."
NO_ROLE = 'role "nobody" does not exist): make that role, or check the user in DATABASE_URL.'


@pytest.mark.parametrize(
    ("was", "wrong", "said"), [("/test_", "/absent_", NO_DATABASE), ("//postgres:", "//nobody:hidden", NO_ROLE)]
)
def test_what_a_server_refuses_is_said_in_its_own_words(postgres: Postgres, was: str, wrong: str, said: str) -> None:
    url = postgres.create(is_migrated=True)
    assert was in url
    store = Store(url.replace(was, wrong, 1))
    [found] = examine(store, NOON)
    store.close()
    postgres.drop(url)
    assert found.verdict == "wrong"
    assert found.text.startswith("The database server refuses the connection (")
    assert said in found.text
    assert "hidden" not in found.text
    assert "folder" not in found.text


@pytest.mark.parametrize("url", ["mysql://cadence:hidden@db.example/cadence", "sqlite://relative.db"])
async def test_where_the_address_is_wrong_no_other_database_is_looked_at(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    found = await workspace.says()
    assert found["settings"][0][1].startswith("DATABASE_URL must be sqlite:///FILE or postgresql://")
    assert found["database"] == [("look", "Not checked, because DATABASE_URL is wrong.")]
    assert verdicts(found)["token"] == "ok"
    assert "hidden" not in workspace.said


@pytest.mark.parametrize(
    ("said", "to_do"),
    [
        (
            'password authentication failed for user "cadence"',
            'The database server refuses the connection (password authentication failed for user "cadence"): check '
            "user and password in DATABASE_URL.",
        ),
        (
            "Datenbank »cadence« existiert nicht",
            "The database server refuses the connection (Datenbank »cadence« existiert nicht): check DATABASE_URL, and "
            "look into the server's log.",
        ),
    ],
)
def test_the_words_of_the_server_are_for_those_who_know_the_settings(said: str, to_do: str) -> None:
    cause = PsycopgError(f'connection failed: connection to server at "127.0.0.1", port 5432 failed: FATAL:  {said}')
    error = OperationalError(None, None, cause)
    assert advice_for_operator(error) == to_do
    assert (
        advice_for_anybody(error)
        == "The database server cannot be reached: check DATABASE_URL, and that the server runs."
    )
