from datetime import date

import pytest

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.rules.commands import UnclearPart
from agendas.rules.group import confirmed, refuse_twin, refuse_wrong
from agendas.rules.update_words import read_contact
from tests.builders import contact
from tests.cases import cases

R = BuyingRole
MAIL = "<mailto:rita@acme.example|rita@acme.example>"
TODAY = date(2026, 11, 24)


@cases(
    ("typed", "profile"),
    [
        ("Rita Sample", ContactProfile("Rita Sample")),
        (
            f"Rita Sample, CFO, economic buyer {MAIL}",
            ContactProfile("Rita Sample", "CFO", "rita@acme.example", (R.ECONOMIC_BUYER,)),
        ),
        (
            f"Rita Sample {MAIL}, economic buyer, CFO",
            ContactProfile("Rita Sample", "CFO", "rita@acme.example", (R.ECONOMIC_BUYER,)),
        ),
        ("Rita Sample Economic_Buyer", ContactProfile("Rita Sample", roles=(R.ECONOMIC_BUYER,))),
        ("Rita Sample, CFO economic buyer", ContactProfile("Rita Sample", "CFO", roles=(R.ECONOMIC_BUYER,))),
        (
            "Rita Sample, champion and end user, executive sponsor",
            ContactProfile("Rita Sample", roles=(R.CHAMPION, R.EXECUTIVE_SPONSOR, R.END_USER)),
        ),
        (
            "Tom Sample, Head of Procurement",
            ContactProfile("Tom Sample", "Head of Procurement", suggested_roles=(R.PROCUREMENT,)),
        ),
        ("Tom Sample, procurement", ContactProfile("Tom Sample", roles=(R.PROCUREMENT,))),
        ("R &amp; D Sample, Head of R &amp; D", ContactProfile("R & D Sample", "Head of R & D")),
        ("Rita Sample RITA@acme.example", ContactProfile("Rita Sample", email="rita@acme.example")),
    ],
)
def test_a_person_is_read_with_title_roles_and_address_in_any_order(typed: str, profile: ContactProfile) -> None:
    assert read_contact(typed) == profile


@cases(
    ("typed", "said"),
    [
        ("", "Write the person's name: /account ACCOUNT group add NAME"),
        (" , CFO"[:2], "Write the person's name"),
        (MAIL, "Write the person's name"),
        ("economic buyer", "Write the person's name before the role"),
        ("Rita Sample, econmic buyer", '"econmic buyer" is not a role; the nearest is economic buyer'),
        ("Rita Sample, CFO, Board member", '"CFO" and "Board member" cannot both be the title'),
        ("Rita Sample, rita@acme", '"rita@acme" is not an e-mail address'),
        (f"Rita Sample {MAIL} tom@acme.example", "There are 2 e-mail addresses"),
        ("<@U0ANN0001> CFO", "A colleague with @ is not a person at the account"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_contact(typed)
    assert str(refused.value).startswith(said)


def test_a_word_that_is_nearly_a_role_is_one_or_the_title() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_contact(f"Rita Sample, CFO, econmic  buyer {MAIL}")
    role = read_contact(asked.value.choices[0].rest)
    assert (asked.value.choices[0].label, role.roles, role.email) == (
        "Economic buyer",
        (R.ECONOMIC_BUYER,),
        "rita@acme.example",
    )
    with pytest.raises(UnclearPart, match="cannot both be the title") as titles:
        read_contact(asked.value.as_text)
    assert read_contact(titles.value.as_text).title == "CFO, econmic buyer"
    assert asked.value.entered == {"name": "Rita Sample", "title": "CFO, econmic buyer", "email": "rita@acme.example"}


@cases(
    ("values", "field", "said"),
    [
        ({"name": "..."}, "name", "Write the person's name."),
        ({"name": "R" * 300}, "name", "The name has 300 characters; write at most 120."),
        ({"title": "R" * 121}, "title", "The title has 121 characters; write at most 120."),
        ({"email": "rita at acme"}, "email", '"rita at acme" is not an e-mail address like rita@acme.example.'),
        ({"touched_on": date(2026, 11, 25)}, "touched_on", "25 Nov has not come yet."),
        ({"left_on": date(2026, 11, 25)}, "left_on", "25 Nov has not come yet. Record it once they are gone."),
        (
            {"left_on": date(2026, 11, 3), "touched_on": date(2026, 11, 4)},
            "left_on",
            "They did something on 4 Nov, after that day.",
        ),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field(values: dict, field: str, said: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        refuse_wrong(ContactProfile(**{"name": "Rita Sample"} | values), today=TODAY)
    assert list(refused.value.fields) == [field]
    assert refused.value.fields[field].startswith(said)


def test_a_name_of_120_characters_without_an_address_is_fine_today() -> None:
    refuse_wrong(ContactProfile("R" * 120, touched_on=TODAY, left_on=TODAY), today=TODAY)


@cases(
    ("name", "email", "field"),
    [
        ("Anybody", "RITA@acme.example", "email"),
        ("rita sample", "", "name"),
        ("Rita Sample", "other@acme.example", ""),
        ("Tom Sample", "", ""),
    ],
)
def test_the_same_address_or_the_same_name_without_another_address_is_the_same_person(name, email, field) -> None:
    known = [contact(email="rita@acme.example")]
    if not field:
        refuse_twin(ContactProfile(name, email=email), known, account="Acme")
        return
    with pytest.raises(FieldProblems, match="is in the group of Acme already") as refused:
        refuse_twin(ContactProfile(name, email=email), known, account="Acme")
    assert list(refused.value.fields) == [field]


def test_confirming_adds_the_suggested_roles() -> None:
    profile = ContactProfile("Rita", roles=(R.DECISION_MAKER,), suggested_roles=(R.ECONOMIC_BUYER,))
    assert confirmed(profile) == ContactProfile("Rita", roles=(R.DECISION_MAKER, R.ECONOMIC_BUYER))
