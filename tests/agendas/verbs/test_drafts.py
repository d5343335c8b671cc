from agendas.verbs.drafts import NAME_CHARACTERS, draft_of, forget_draft, forget_fields, keep_draft
from storage import inbox
from storage.database import Store
from tests.builders import ANN, NOW, WORKSPACE, author
from tests.program import Program, people_alone

NAME = "movement:7"


def typed(program: Program, values: dict[str, str], *, name: str = NAME, submission: str = "form:V1:x") -> None:
    program.did(keep_draft, ANN, NOW, name, lambda had: had | values, submission=submission)


def draft(program: Program, user_id: str = ANN, name: str = NAME) -> dict[str, str]:
    return program.read(draft_of, user_id, name)


def program_in(store: Store) -> Program:
    return people_alone(store)


def test_nothing_is_kept_of_a_form_that_was_submitted_or_whose_name_is_too_long(store: Store) -> None:
    program = program_in(store)
    store.write_now(inbox.note_key, WORKSPACE, "form:V1:x", NOW)
    typed(program, {"text": "late"})
    long = "x" * (NAME_CHARACTERS + 1)
    typed(program, {"text": "long"}, name=long, submission="form:V2:x")
    assert (draft(program), draft(program, name=long)) == ({}, {})


def test_fields_that_are_done_with_are_forgotten_and_the_others_stay(store: Store) -> None:
    program = program_in(store)
    typed(program, {"score/7/acv": "3", "score/8/acv": "4"})
    left = store.write_now(forget_fields, author(ANN), NAME, lambda name: name.startswith("score/7"))
    assert left == draft(program) == {"score/8/acv": "4"}
    store.write_now(forget_draft, author(ANN), NAME)
    assert draft(program) == {}
