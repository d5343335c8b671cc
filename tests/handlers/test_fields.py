from dataclasses import replace
from typing import Any

import pytest

from agendas.errors import FieldProblems
from handlers import fields, forms
from handlers.edge.incoming import inputs_of
from tests.builders import ANN, account
from tests.cases import cases
from tests.handlers.form_samples import DECLARED, ORIGIN, TODAY, facts, full_account, submitted

TYPED = {"plain_text_input": "We met", "datepicker": TODAY.isoformat(), "users_select": ANN}
READ = {"plain_text_input": "We met", "datepicker": TODAY, "users_select": ANN}


def sample(view: dict[str, Any]) -> dict[str, str]:
    """Something for each field that is typed or picked; the first choice of a select."""
    elements = {each["block_id"]: each["element"] for each in inputs_of(view)}
    return {
        name: TYPED.get(element["type"]) or element["options"][0]["value"]
        for name, element in elements.items()
        if name != "link"
    }


@cases("form", DECLARED)
def test_what_was_typed_before_is_there_again_and_reads_as_its_types(form: type[fields.DeclaredForm]) -> None:
    about = replace(ORIGIN, subject=DECLARED[form])
    entered = sample(form.build(facts(full_account("Acme"), about)))
    view = form.build(facts(full_account("Acme"), about, entered))
    values = form.read(submitted(view)).values
    for each in inputs_of(view):
        block_id, kind = each["block_id"], each["element"]["type"]
        name = block_id.partition("/")[0]
        if kind in READ and name != "link":
            assert values[name] == READ[kind]
        elif kind == "multi_static_select":
            assert [one.value for one in values[name]] == [entered[block_id]]
        elif name != "link":
            assert str(values[name]) == entered[block_id]


class SampleForm(fields.DeclaredForm):
    frame = forms.Frame("sample", "Sample", "Save")
    merges = True

    title = fields.Text("Title").required("Say what it is.")
    until = fields.Day("Until").required("Say until when.")
    who = fields.Pick("Who", lambda _facts: [])
    hidden = fields.Note("")

    def wrong(self, _request: Any, /) -> dict[str, str]:
        return {"until": "Choose a later day."} if self.until == TODAY else {}


@cases(
    ("until", "problems"),
    [
        (None, {"title": "Say what it is.", "until": "Say until when."}),
        ("soon", {"title": "Say what it is.", "until": forms.NO_DATE}),
        (TODAY.isoformat(), {"title": "Say what it is.", "until": "Choose a later day."}),
    ],
)
def test_every_wrong_field_has_its_sentence(until: str | None, problems: dict[str, str]) -> None:
    with pytest.raises(FieldProblems) as refused:
        SampleForm.read(submitted(SampleForm.build(facts(account())), title=" ", until=until))
    assert refused.value.fields == problems


def test_a_field_with_nothing_to_choose_and_a_note_without_words_are_left_out() -> None:
    view = SampleForm.build(facts(account()))
    assert [each.get("block_id") for each in view["blocks"]] == [None, "title", "until"]
