from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from handlers.group import ContactLeft, EditContact
from tests.builders import account, ago
from tests.handlers.form_samples import ORIGIN, TODAY, facts, full_account, submitted


def test_a_person_comes_back_from_the_form_as_entered() -> None:
    profile = ContactProfile(
        "Rita Sample",
        "CFO",
        "rita@acme.example",
        (BuyingRole.ECONOMIC_BUYER, BuyingRole.CHAMPION),
        support=Support.NON_SUPPORTER,
        depth=ContactDepth.IN_DEPTH,
        touched_on=date(2026, 11, 20),
        left_on=date(2026, 11, 23),
    )
    state = account(contacts=(Contact(8, profile, ago(9), ago(9)),))
    view = EditContact.build(facts(state, replace(ORIGIN, subject="8")))
    assert EditContact.read(submitted(view)).profile == profile
    changed = {"name": " Rita  Jones ", "email": " RITA@acme.example ", "left_on": None}
    assert EditContact.read(submitted(view, **changed)).profile == replace(profile, name="Rita Jones", left_on=None)
    partly = submitted(view)
    partly.view["state"]["values"] = {"name": partly.view["state"]["values"]["name"]}
    assert EditContact.read(partly, over=profile).profile == profile, "nobody emptied what did not come back"


def test_who_left_and_when_have_to_be_chosen() -> None:
    view = ContactLeft.build(facts(full_account()))
    with pytest.raises(FieldProblems) as refused:
        ContactLeft.read(submitted(view, left_on=None))
    assert refused.value.fields == {"who": "Choose who left.", "left_on": "Choose the day."}
    assert ContactLeft.read(submitted(view, who="101")).values == {"who": 101, "left_on": TODAY}


def test_the_form_of_a_person_who_is_not_there_any_more_is_not_opened() -> None:
    with pytest.raises(Outdated, match="not in this group any more"):
        EditContact.build(facts(full_account(), replace(ORIGIN, subject="5")))
    with pytest.raises(Outdated, match="Nobody of Acme Corp is recorded as there"):
        ContactLeft.build(facts(account()))
