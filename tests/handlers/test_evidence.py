from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.evidence import EvidenceActor
from agendas.rendering.words import Words
from handlers import evidence
from handlers.forms import Origin
from tests.builders import ZONE
from tests.cases import cases
from tests.handlers.form_samples import TODAY, undecided


def submitted(**chosen: str) -> dict[str, Any]:
    """The form as it comes back with these choices, by the number of the event."""
    choices = {
        f"whose/{number.removeprefix('e')}": {"draft/whose": {"selected_option": {"value": value}}}
        for number, value in chosen.items()
    }
    return {"state": {"values": choices}}


def test_a_form_holds_as_many_entries_as_slack_takes_blocks_with_dont_know_chosen() -> None:
    view = evidence.build_whose_act("Acme", undecided("Acme", 60), Origin(), {}, Words(), zone=ZONE, today=TODAY)
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(fields) == evidence.ENTRIES == 49
    assert len(view["blocks"]) == 98
    assert {field["element"]["initial_option"]["value"] for field in fields} == {"unknown"}


def test_each_entry_names_its_account_its_day_and_what_was_told() -> None:
    [said, _] = evidence.build_whose_act("Acme", undecided("Acme", 1), Origin(), {}, Words(), zone=ZONE, today=TODAY)[
        "blocks"
    ]
    assert said["text"]["text"].startswith("*Acme* · Mon 23 Nov · <@U0ANN0001>: moved to customer: Acme · <https://")
    assert said["text"]["text"].endswith("|Acme> and 3 more")


def test_who_does_not_know_gives_no_answer() -> None:
    view = submitted(e7="buyer", e8="us", e9="unknown")
    assert evidence.read_whose_act(view) == {7: EvidenceActor.BUYER, 8: EvidenceActor.US, 9: None}
    assert evidence.read_whose_act(submitted(e7="")) == {7: None}
    with pytest.raises(FieldProblems):
        evidence.read_whose_act(submitted(e7="nobody"))


@cases("number", ["x", "-1", "9" * 19, "7/8"])
def test_a_field_without_an_entry_is_of_another_version(number: str) -> None:
    with pytest.raises(Outdated):
        evidence.read_whose_act(submitted(**{number: "buyer"}))
