from dataclasses import replace

import pytest

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative, NarrativeVersion
from handlers import narrative
from handlers.forms import origin_of
from tests.builders import ANN, NOW, account
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, facts


def test_a_narrative_reads_back_as_it_was_and_what_was_typed_and_not_saved_comes_first() -> None:
    told = Narrative("Their lease ends in March", "Two sites", "", "A day", (BuyingRole.CHAMPION,))
    state = account(narrative=NarrativeVersion(told, 3, NOW, ANN))
    view = narrative.build(facts(state))
    assert narrative.read(filled(view)) == told
    assert origin_of(view).account_id == 7
    assert narrative.read(filled(narrative.build(facts(state, ORIGIN, {"ask": "An hour"})))) == replace(
        told, ask="An hour"
    )
    assert narrative.shown_in(view) == NOW
    assert narrative.shown_in(narrative.build(facts(account()))) is None
    for subject in ("3", "2026-11-24T15:00:00"):
        with pytest.raises(Outdated):
            narrative.shown_in(view | {"private_metadata": f'{{"subject": "{subject}"}}'})
