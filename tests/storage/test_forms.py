from datetime import timedelta

from storage import forms
from storage.engine import Store
from tests.builders import ANN, BOB, NOW, WORKSPACE

FORM = "movement:7"


def test_a_draft_is_kept_replaced_and_forgotten_for_each_person_and_form(store: Store) -> None:
    keep = (forms.keep_draft, WORKSPACE, ANN, FORM)
    assert store.read_now(forms.draft, WORKSPACE, ANN, FORM) == {}
    store.write_now(*keep, values={"text": "CFO"}, now=NOW)
    store.write_now(*keep, values={"text": "CFO said yes", "because": 'a "quote"'}, now=NOW + timedelta(minutes=1))
    assert store.read_now(forms.draft, WORKSPACE, ANN, FORM) == {"text": "CFO said yes", "because": 'a "quote"'}
    for other in ((WORKSPACE, BOB, FORM), (WORKSPACE, ANN, "movement:8"), ("T0OTHER01", ANN, FORM)):
        assert store.read_now(forms.draft, *other) == {}
    store.write_now(forms.forget_draft, WORKSPACE, ANN, FORM)
    assert store.read_now(forms.draft, WORKSPACE, ANN, FORM) == {}
    store.write_now(forms.forget_draft, WORKSPACE, ANN, FORM)
