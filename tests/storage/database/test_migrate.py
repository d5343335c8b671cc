"""The schema: from nothing, from every earlier revision, and when a step fails."""

import multiprocessing
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata, render_python_code
from alembic.config import Config
from alembic.operations.ops import CreateTableOp, UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401
from storage.database.engine import Store
from storage.database.migrate import (
    MigrationFailed,
    is_current,
    rendered_type,
    revision_of,
    revisions,
    upgrade,
    upgrade_to,
)
from storage.database.revision import SCRIPTS
from storage.delivery import inbox

pytestmark = pytest.mark.database("sqlite", "postgres")

BROKEN_STEP = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9000", "{before}", None, None


def upgrade() -> None:
    op.execute("create table half (name varchar(20) unique)")
    op.execute("delete from received")
    {fails}
"""
SECRET = "Initrode pays 40,000"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

STARTS = ["nothing", *revisions()[:-1]]
OFTEN = {"sqlite": {*STARTS[:2], *STARTS[-4:]}, "postgres": {*STARTS[:2], STARTS[-1]}}
"""Nothing, the first, and the latest, after which new steps come; the proof starts from every one on both databases."""
FROM_EVERYWHERE = [
    pytest.param(database, start, marks=[] if start in often else pytest.mark.proof)
    for database, often in OFTEN.items()
    for start in STARTS
]


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Store]:
    store = Store(empty_database_url)
    yield store
    store.close()


@pytest.mark.parametrize(("database", "start"), FROM_EVERYWHERE)
def test_a_database_comes_to_the_newest_schema_from_every_earlier_one(empty: Store, start: str) -> None:
    if start != "nothing":
        upgrade_to(empty, start)
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)


def test_the_models_and_the_migrations_describe_the_same_schema(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_an_upgrade_of_a_current_database_does_nothing(store: Store) -> None:
    assert is_current(store)
    assert upgrade(store) is None


def test_a_failed_step_leaves_the_database_as_it_was(empty: Store) -> None:
    with empty.engine.begin() as connection:
        connection.execute(text("create table account (name varchar(20))"))
        connection.execute(text("insert into account values ('Initrode')"))
    with pytest.raises(MigrationFailed, match="is as it was"):
        upgrade(empty)
    with empty.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["account"]
        assert connection.execute(text("select name from account")).scalars().all() == ["Initrode"]
    assert revision_of(empty) is None


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        ('op.execute("insert into no_such_table values (1)")', r".*no_such_table.*"),
        (f'raise KeyError("{SECRET}")', r"KeyError in 9000_broken\.py, line 10"),
        (f'int("{SECRET}")', r"ValueError in 9000_broken\.py, line 10"),
        (f"""op.execute("insert into half values ('{SECRET}'), ('{SECRET}')")""", r".*half.*"),
        (
            f"""op.get_bind().exec_driver_sql("select cast('{SECRET}' as integer), no_such_function()")""",
            r".*(no such function.*|did not take a value \(InvalidTextRepresentation\))",
        ),
        ("from storage import nothing_of_that_name", r"ImportError in 9000_broken\.py, line 10"),
    ],
)
def test_a_step_that_breaks_in_the_middle_leaves_tables_and_rows_as_they_were(
    store: Store, tmp_path: Path, *, fails: str, said: str
) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9000_broken.py").write_text(BROKEN_STEP.format(before=revisions()[-1], fails=fails))
    store.write_now(inbox.take, "T1", "event:Ev1", NOON)
    with pytest.raises(MigrationFailed) as failed:
        upgrade(store, scripts=scripts)
    assert re.fullmatch(
        rf"The database .* is as it was: {said}\. Keep running the version before, and report this "
        r"message\.( A copy from before is at \S+)?",
        str(failed.value),
    )
    assert SECRET not in str(failed.value)
    with store.engine.connect() as connection:
        assert "half" not in inspect(connection).get_table_names()
    assert revision_of(store) == revisions()[-1]
    assert store.read_now(inbox.was_taken, "T1", "event:Ev1")


def test_of_two_programs_that_start_together_one_upgrades_and_both_go_on(empty_database_url: str) -> None:
    fork = multiprocessing.get_context("fork")
    starting = fork.Barrier(2)
    programs = [fork.Process(target=_start, args=(empty_database_url, starting)) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0, 0]
    store = Store(empty_database_url)
    assert is_current(store)
    store.close()


def _start(url: str, starting: Barrier) -> None:
    """The start of a program; the two begin at the same moment."""
    store = Store(url)
    starting.wait(30)
    upgrade(store)
    store.close()


def test_a_database_that_another_program_holds_is_not_upgraded_and_the_sentence_says_so(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    with store.engine.begin() as connection:
        connection.execute(text("create table note (name varchar(20))"))
    with closing(sqlite3.connect(tmp_path / "cadence.db")) as other:
        other.execute("begin immediate")
        with pytest.raises(MigrationFailed, match="is as it was: The database is locked by another program"):
            upgrade(store, wait_ms=10)
    assert revision_of(store) is None
    store.close()


def test_a_file_with_tables_is_copied_before_its_upgrade(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    with store.engine.begin() as connection:
        connection.execute(text("create table note (name varchar(20))"))
        connection.execute(text("insert into note values ('Initrode')"))
    kept = upgrade(store)
    store.close()
    assert kept is not None
    copy = Store(f"sqlite:///{kept}")
    with copy.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["note"]
        assert connection.execute(text("select name from note")).scalars().all() == ["Initrode"]
    copy.close()


def test_a_database_of_a_later_version_is_refused(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(MigrationFailed, match="later version of Cadence"):
        is_current(store)


def test_rows_that_point_at_nothing_stop_an_upgrade_of_a_file(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    with store.engine.connect() as connection:
        connection.connection.cursor().execute("pragma foreign_keys=off")
        with connection.begin():
            connection.execute(text("create table owner (id integer primary key)"))
            connection.execute(text("create table note (owner_id integer references owner (id))"))
            connection.execute(text("insert into note values (7)"))
    with pytest.raises(MigrationFailed, match="table note has a row without its owner"):
        upgrade(store)
    assert revision_of(store) is None
    store.close()


def test_a_migration_names_no_types_of_ours() -> None:
    tables = [CreateTableOp.from_table(table) for table in SQLModel.metadata.sorted_tables]
    code = render_python_code(UpgradeOps(ops=tables), render_item=rendered_type)
    assert "sa.DateTime(timezone=True)" in code
    assert "sa.String(length=32)" in code
    assert [word for word in ("UTCDateTime", "AutoString", "sqlmodel", "storage.") if word in code] == []


def test_the_revisions_by_the_names_of_their_files_are_those_that_the_steps_say() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert [step.revision for step in steps][::-1] == revisions()
