import pytest
from sqlmodel import Session, col, select

from agendas.errors import FieldProblems
from agendas.facts.program import SETTINGS, Value
from agendas.pages.admin import SettingChange
from agendas.verbs.loading import settings_of
from agendas.verbs.settings import change_settings
from storage.database import Store
from storage.models.workspaces import AuditEntry
from tests.builders import BOB, EVE, NOW
from tests.program import Program, learn_people


@pytest.fixture
def program(store: Store) -> Program:
    learn_people(store)
    return Program(store)


def change(program: Program, user_id: str = EVE, **wanted: tuple[Value, Value]) -> tuple[SettingChange, ...]:
    found = {key.replace("__", "."): pair for key, pair in wanted.items()}
    return program.did(change_settings, user_id, NOW, found)


def own(program: Program) -> dict[str, object]:
    return program.read(settings_of).to_store()


def audit(program: Program) -> list[tuple[str, object, object]]:
    def read(session: Session) -> list[tuple[str, object, object]]:
        query = select(AuditEntry).where(AuditEntry.subject == "settings").order_by(col(AuditEntry.id))
        return [(each.actor, each.before, each.after) for each in session.exec(query)]

    return program.store.read_now(read)


def test_only_what_differs_from_the_default_is_kept_and_every_change_is_in_the_audit_trail(program: Program) -> None:
    changes = change(program, list__overdue=(7, 10), list__pushes=(2, 2))
    assert changes == (SettingChange(SETTINGS["list.overdue"], 7, 10),)
    assert own(program) == {"list.overdue": 10}
    change(program, BOB, list__overdue=(10, 7))
    assert own(program) == {}
    assert audit(program) == [
        (EVE, {"list.overdue": 7}, {"list.overdue": 10}),
        (BOB, {"list.overdue": 10}, {"list.overdue": 7}),
    ]


def test_saving_what_was_shown_changes_nothing_even_if_somebody_else_changed_it_meanwhile(program: Program) -> None:
    change(program, list__overdue=(7, 10))
    assert change(program, BOB, list__overdue=(7, 7), list__pushes=(2, 3)) == (
        SettingChange(SETTINGS["list.pushes"], 2, 3),
    )
    assert own(program) == {"list.overdue": 10, "list.pushes": 3}


def test_a_higher_tier_may_not_ask_for_less_fit_than_the_one_below(program: Program) -> None:
    with pytest.raises(FieldProblems) as told:
        change(program, fit__tier__1=(80, 50), list__pushes=(2, 3))
    assert told.value.fields == {"fit.tier.1": "50 is less than the 60 of tier 2. Write 60 or more, or lower that."}
    with pytest.raises(FieldProblems) as told:
        change(program, fit__tier__3=(40, 61))
    assert told.value.fields == {"fit.tier.3": "61 is more than the 60 of tier 2. Write 60 or less, or raise that."}
    assert own(program) == {}
    change(program, fit__tier__1=(80, 50), fit__tier__2=(60, 50))
    assert own(program) == {"fit.tier.1": 50, "fit.tier.2": 50}
