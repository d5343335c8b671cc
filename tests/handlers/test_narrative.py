from dataclasses import replace

import pytest

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative, NarrativeVersion
from handlers.forms import Origin
from handlers.narrative import NarrativeForm
from tests.builders import ANN, NOW, account
from tests.handlers.form_samples import ORIGIN, facts, submitted


def test_a_narrative_reads_back_as_it_was_and_what_was_typed_and_not_saved_comes_first() -> None:
    told = Narrative("Their lease ends in March", "Two sites", "", "A day", (BuyingRole.CHAMPION,))
    state = account(narrative=NarrativeVersion(told, 3, NOW, ANN))
    form = NarrativeForm.read(submitted(NarrativeForm.build(facts(state))))
    assert (Narrative(**form.values), form.origin.account_id, form.shown_at) == (told, 7, NOW)
    typed = NarrativeForm.build(facts(state, ORIGIN, {"ask": "An hour"}))
    assert Narrative(**NarrativeForm.read(submitted(typed)).values) == replace(told, ask="An hour")
    assert NarrativeForm.read(submitted(NarrativeForm.build(facts(account())))).shown_at is None
    for subject in ("3", "2026-11-24T15:00:00"):
        with pytest.raises(Outdated):
            _ = NarrativeForm({}, Origin(subject=subject)).shown_at
