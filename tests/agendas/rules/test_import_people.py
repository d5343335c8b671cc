from datetime import UTC, date, datetime

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import Profile
from agendas.facts.group import BuyingRole, ContactProfile, Support
from agendas.rules.import_accounts import KnownAccounts
from agendas.rules.import_people import KnownPerson, PlannedPerson, is_of_people, make_people_plan, read_people
from agendas.rules.import_tables import ImportOptions, Verdict, read_table
from agendas.text.names import normal_key
from tests.builders import NOW
from tests.cases import cases


# Headers of people are told from those of leads, who are at no account yet.
@cases(
    "header",
    [
        "Id,LastName,FirstName,Company,Email,LeadSource,Status,IsConverted,ConvertedContactId",
        "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead Source",
    ],
)
def test_an_export_of_leads_is_refused_and_not_taken_for_contacts(header: str) -> None:
    row = ",".join("x" for _ in header.split(","))
    with pytest.raises(NotUnderstood, match=r"an export of leads, .* Export the contacts instead\."):
        read_people(read_table(f"{header}\n{row}\n".encode()), ImportOptions(NOW))


# The plan: what each row would do.

R = BuyingRole
OPTIONS = ImportOptions(now=datetime(2026, 11, 24, 15, tzinfo=UTC))


def known_accounts(*profiles: Profile, status: ListStatus = ListStatus.NAMED) -> KnownAccounts:
    states = {n: AccountState(n, profile, list_status=status) for n, profile in enumerate(profiles, start=1)}
    by_key: dict[str, frozenset[int]] = {}
    for number, state in states.items():
        for word in (state.profile.name, state.profile.domain):
            if word:
                by_key[normal_key(word)] = by_key.get(normal_key(word), frozenset()) | {number}
    return KnownAccounts(states, by_key)


ACME = Profile("Acme", "acme.example", crm_system="hubspot", crm_id="9")
GLOBEX = Profile("Globex", "globex.example")


def planned(text: str, *people: KnownPerson, accounts: KnownAccounts | None = None) -> list[PlannedPerson]:
    file = read_people(read_table(text.encode()), OPTIONS)
    return list(make_people_plan(file.rows, accounts or known_accounts(ACME, GLOBEX), people).rows)


def said(row: PlannedPerson) -> tuple[str, str]:
    return row.verdict.value, row.reason


def of_hubspot(*rows: str) -> str:
    return "\n".join(("Record ID,First Name,Last Name,Email,Job Title,Buying Role,Company name,x", *rows))


@cases(
    ("headers", "is_people"),
    [
        ("record id,first name,last name,email", True),
        ("firstname,lastname,hs_object_id", True),
        ("id,accountid,lastname,firstname,name", True),
        ("first name,last name,account name,title", True),
        ("id,opportunityid,contactid,role,isprimary", True),
        ("account,name,roles", True),
        ("account,name", False),
        ("name,domain,owner", False),
        ("id,name,firstname,lastname,accountsource", False),
        ("record id,company name,company domain name", False),
    ],
)
def test_people_are_known_by_their_headers(headers: str, is_people: bool) -> None:
    assert is_of_people(frozenset(headers.split(","))) is is_people


def test_a_file_that_is_none_of_people_says_what_is_needed() -> None:
    with pytest.raises(NotUnderstood, match="There must be First Name and Last Name"):
        read_people(read_table(b"name,domain\nAcme,acme.example\n"), OPTIONS)


def test_dates_that_can_be_read_both_ways_are_asked_about() -> None:
    with pytest.raises(NotUnderstood, match="add --dates day-first"):
        planned("account,name,left_on\nAcme,Rita Sample,3/4/2026\n")


@cases(
    ("row", "verdict", "reason"),
    [
        (",Rita,Sample,rita@acme.example,,,,", "create", ""),
        (",Rita,Sample,,,,acme,", "create", ""),
        (",Rita,Sample,rita@gmail.com,,,,", "skip", "its account is empty, and no account has the domain"),
        (",Rita,Sample,,,,,", "skip", "its account is empty"),
        (",Rita,Sample,,,,Acme Industries,", "skip", 'is of "Acme Industries", which is not in Cadence'),
        (",,,,CFO,,Acme,", "skip", "has neither a name nor an e-mail address"),
        (f",{'R' * 300},,,,,Acme,", "skip", "has a name of 300 characters, at most 120 fit"),
        ("1.2E+11,Rita,Sample,,,,Acme,", "skip", "has a record id that cannot be one"),
    ],
)
def test_an_account_is_matched_by_name_and_by_a_domain_that_one_company_has(row, verdict, reason) -> None:
    [found] = planned(of_hubspot(row))
    assert found.verdict == verdict
    assert found.reason.startswith(reason)


def test_the_crms_link_to_the_account_comes_before_the_address_and_the_name() -> None:
    text = "First Name,Last Name,Email,Associated Company IDs,Company name\nRita,Sample,rita@globex.example,9,Globex\n"
    [found] = planned(text)
    assert (found.verdict, found.account_name) == (Verdict.CREATE, "Acme")


def test_an_account_that_is_another_record_is_not_the_one_meant() -> None:
    text = "First Name,Last Name,Associated Company IDs,Company name\nRita,Sample,8,Acme\n"
    assert said(planned(text)[0]) == ("skip", "Acme is record 9, this is of 8")


def test_an_account_off_the_list_takes_no_people() -> None:
    gone = known_accounts(ACME, status=ListStatus.REMOVED)
    assert said(planned(of_hubspot(",Rita,Sample,,,,Acme,"), accounts=gone)[0]) == (
        "skip",
        "Acme was removed from the list",
    )


def test_the_same_person_twice_in_a_file_is_taken_once() -> None:
    rows = planned(
        of_hubspot(
            ",Rita,Sample,rita@acme.example,,,,",
            ",R.,Sample,RITA@acme.example,,,Acme,",
            ",Tom,Sample,,,,Acme,",
            ",tom,sample,,,,Acme,",
            "1,Una,Sample,,,,Acme,",
            "2,Una,Sample,,,,Acme,",
        )
    )
    assert [said(row) for row in rows] == [
        ("create", ""),
        ("skip", "the same person as line 2"),
        ("create", ""),
        ("skip", "the same person as line 4"),
        ("create", ""),
        ("create", ""),
    ]


def test_a_second_account_with_the_same_person_is_told() -> None:
    known = KnownPerson(5, 2, ContactProfile("Rita Sample", email="rita@acme.example"))
    [found] = planned(of_hubspot(",Rita,Sample,rita@acme.example,,,Acme,"), known)
    assert found.verdict is Verdict.CREATE
    assert found.notes == ("is also at Globex",)


@cases(
    ("known", "row"),
    [
        (ContactProfile("R. Sample", crm_system="hubspot", crm_id="7"), "7,Rita,Sample,,CFO,,Acme,"),
        (ContactProfile("R. Sample", email="rita@acme.example"), "7,Rita,Sample,rita@acme.example,CFO,,,"),
        (ContactProfile("Rita Sample"), "7,Rita,Sample,,CFO,,Acme,"),
    ],
)
def test_somebody_known_by_crm_id_address_or_name_is_updated(known: ContactProfile, row: str) -> None:
    [found] = planned(of_hubspot(row), KnownPerson(5, 1, known))
    assert (found.verdict, found.contact_id, found.before) == (Verdict.UPDATE, 5, known)
    assert found.after is not None
    assert (found.after.name, found.after.title, found.after.crm_id) == ("Rita Sample", "CFO", "7")
    assert found.after.suggested_roles == (R.ECONOMIC_BUYER,)


def test_the_same_name_with_another_address_is_another_person() -> None:
    known = KnownPerson(5, 1, ContactProfile("Rita Sample", email="rita@acme.example"))
    assert planned(of_hubspot(",Rita,Sample,other@acme.example,,,,"), known)[0].verdict is Verdict.CREATE
    assert planned(of_hubspot(",Rita,Sample,,,,Acme,"), known)[0].contact_id == 5


def test_an_import_adds_roles_and_takes_none_and_empties_nothing() -> None:
    had = ContactProfile(
        "Rita Sample", "CFO", "rita@acme.example", (R.CHAMPION,), support=Support.MENTOR, left_on=date(2026, 11, 1)
    )
    [found] = planned(of_hubspot(",Rita,Sample,rita@acme.example,,END_USER,,"), KnownPerson(5, 1, had))
    assert found.after is not None
    assert found.after.roles == (R.CHAMPION, R.END_USER)
    assert (found.after.title, found.after.support, found.after.left_on) == ("CFO", Support.MENTOR, date(2026, 11, 1))


def test_what_was_hinted_at_once_is_not_hinted_at_again() -> None:
    row = of_hubspot(",Rita,Sample,rita@acme.example,,DECISION_MAKER,,")
    first = planned(row)[0].after
    assert first is not None
    assert first.suggested_roles == (R.ECONOMIC_BUYER,)
    assert planned(row, KnownPerson(5, 1, first))[0].verdict is Verdict.UNCHANGED
    settled = ContactProfile("Rita Sample", email="rita@acme.example", roles=(R.DECISION_MAKER,))
    assert planned(row, KnownPerson(5, 1, settled))[0].verdict is Verdict.UNCHANGED


def test_a_link_to_another_crm_stays() -> None:
    had = ContactProfile("Rita Sample", crm_system="salesforce", crm_id="003")
    [found] = planned(of_hubspot("7,Rita,Sample,,,,Acme,"), KnownPerson(5, 1, had))
    assert found.verdict is Verdict.UNCHANGED
    assert found.notes == ("stays linked to salesforce record 003",)
