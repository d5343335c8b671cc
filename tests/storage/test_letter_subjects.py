import pytest

from storage import letter_subjects
from storage.letter_subjects import addressee_of, item_id_of, subject_of, to_json
from tests.storage.letters import letter


def test_a_subject_of_which_something_is_missing_is_refused() -> None:
    with pytest.raises(TypeError, match="item_id"):
        subject_of(letter(subject={"review_id": 7}), letter_subjects.AgendaSubject)


def test_a_letter_names_its_agenda_and_its_one_reader_where_it_has_them() -> None:
    assert item_id_of(letter(subject=to_json(letter_subjects.AgendaSubject(7, 8)))) == 8
    assert item_id_of(letter(subject=to_json(letter_subjects.ReviewSubject(7)))) is None
    assert addressee_of(letter(subject=to_json(letter_subjects.ComposedSubject([], "U1")))) == "U1"
    assert addressee_of(letter(user_id="U2", subject={})) == "U2"
    assert addressee_of(letter(subject={})) == ""
