import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.events import Profile
from agendas.rules import import_accounts, import_tables
from agendas.rules.access import Colleague, Colleagues
from agendas.rules.import_accounts import Companies, ImportedAccount, NamedCompany, make_plan, read_accounts, recognise
from agendas.rules.import_tables import BadRow, Cells, ExportKind, SkipCause, TableRow, Verdict, locate, read_table
from agendas.text.names import normal_key
from tests.cases import cases, texts


# Headers.
@cases(
    ("headers", "kind"),
    [
        ("Record ID,Company name,Company owner,Create Date,Phone Number,City,Industry", ExportKind.HUBSPOT_LABELS),
        ("COMPANY  NAME,company owner", ExportKind.HUBSPOT_LABELS),
        ("name,domain,hs_object_id", ExportKind.HUBSPOT_NAMES),
        ("name,website,lifecyclestage", ExportKind.HUBSPOT_NAMES),
        ("Account Owner,Account Name,Billing State/Province,Type", ExportKind.SALESFORCE_REPORT),
        ("Id,IsDeleted,MasterRecordId,Name,Type,Website,OwnerId", ExportKind.SALESFORCE_NAMES),
        ("Id,Name,FirstName,LastName,AccountSource,IsPersonAccount", ExportKind.SALESFORCE_NAMES),
        ("name,domain", ExportKind.CADENCE),
        ("id,name,domain", ExportKind.CADENCE),
        ("Name;Owner;Tier".replace(";", ","), ExportKind.CADENCE),
    ],
)
def test_an_export_is_known_by_its_headers(headers: str, kind: ExportKind) -> None:
    assert recognise(headers.split(",")).kind is kind


def test_headers_of_no_known_export_are_named_with_what_is_needed() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        recognise(["Firma", "Ort", *(f"Feld {number}" for number in range(9))])
    assert str(refusal.value) == (
        'The columns "Firma", "Ort", "Feld 0", "Feld 1", "Feld 2", "Feld 3", "Feld 4", "Feld 5" and 3 more are of no '
        "export known here: there must be Company name (HubSpot), Account Name (Salesforce), or name with domain, "
        "owner, segment, stage or crm_id."
    )


@cases("headers", [["name"], ["name", "phone"], [""]])
def test_a_name_alone_is_not_enough_to_know_an_export(headers: list[str]) -> None:
    with pytest.raises(NotUnderstood, match="are of no export known here"):
        recognise(headers)


@texts("headers", "what")
def test_exports_of_other_things_are_not_taken_for_accounts(headers: str, what: str) -> None:
    with pytest.raises(NotUnderstood, match=f"This is an export of {what}"):
        recognise(headers.split(","))


def test_annual_revenue_and_last_activity_are_never_used() -> None:
    columns = recognise(["Company name", "Annual Revenue", "Total open deal value", "Last Activity Date", ""])
    assert columns.places == {"name": (0,), "value": (2,)}
    assert columns.unused == ("Annual Revenue", "Last Activity Date")


def test_two_columns_with_the_same_label_are_both_read() -> None:
    columns = recognise(["Company name", "Target Account", "Ideal Customer Profile Tier", "Target Account"])
    assert columns.places["tier"] == (1, 3, 2)


def test_the_domain_is_preferred_to_the_website_wherever_they_stand() -> None:
    assert recognise(["Website URL", "Company name", "Company Domain Name"]).places["domain"] == (2, 0)


# Rows.

SAMPLES = Path(__file__).parents[2] / "data"


def account(**cells: str) -> ImportedAccount:
    """Read a row of an export. Underscores in the names stand for spaces in the headers."""
    found = read_row(**cells)
    assert isinstance(found, ImportedAccount)
    return found


def read_row(**cells: str) -> ImportedAccount | BadRow:
    headers = [name.replace("_", " ") for name in cells]
    return import_accounts.read_account(Cells(recognise(headers), TableRow(2, tuple(cells.values())), {}))


def ours(**cells: str) -> ImportedAccount:
    found = import_accounts.read_account(Cells(recognise(list(cells)), TableRow(2, tuple(cells.values())), {}))
    assert isinstance(found, ImportedAccount)
    return found


def accounts_of(sample: str) -> object:
    return json.loads((SAMPLES / f"{sample}.json").read_text(encoding="utf-8"))


def said(found: ImportedAccount | BadRow) -> dict[str, object]:
    return {name: value for name, value in asdict(found).items() if value not in ("", None, (), ("", ""))}


@cases("name", ["hubspot_default_view", "salesforce_report"])
def test_a_file_as_exported_gives_its_accounts_down_to_its_footer(name: str) -> None:
    file = read_accounts(read_table((SAMPLES / f"{name}.csv").read_bytes()))
    assert [said(found) for found in file.rows] == accounts_of(name)


def test_hubspots_labels_give_domain_stage_value_and_a_proposed_tier() -> None:
    acme, globex, initech, umbrella = read_accounts(read_table((SAMPLES / "hubspot_labels.csv").read_bytes())).rows
    assert [said(acme)] == accounts_of("hubspot_labels")
    assert said(globex).items() >= {"domain": "globex.example", "stage": Stage.MQA, "value_cents": 4_500_050}.items()
    assert said(initech)["notes"] == (
        'Total open deal value not understood: "12.500"',
        'Lifecycle Stage not understood: "Pilot running"',
    )
    assert said(umbrella)["notes"] == ("domain left out, many companies share it: linkedin.com",)


def test_salesforces_api_names_leave_deleted_accounts_out() -> None:
    acme, deleted, mueller = read_accounts(read_table((SAMPLES / "salesforce_names.csv").read_bytes())).rows
    assert said(acme).items() >= {"domain": "acme.example", "crm_id": "001D000000IRFmaIAH"}.items()
    assert "owner_name" not in said(acme)
    assert deleted == BadRow(3, "is deleted in Salesforce")
    assert said(mueller)["name"] == "Sample Müller"


def test_our_own_headers_have_all_our_fields() -> None:
    acme, globex = read_accounts(read_table((SAMPLES / "cadence.csv").read_bytes())).rows
    assert [said(acme)] == accounts_of("cadence")
    assert said(globex).items() >= {"value_cents": 125_050, "currency": "EUR"}.items()


@cases("lifecycle", import_accounts.LIFECYCLE_STAGES)
def test_every_default_lifecycle_stage_has_a_place_in_the_journey(lifecycle: str) -> None:
    assert (
        account(Company_name="Acme", Lifecycle_Stage=lifecycle.upper()).stage
        is import_accounts.LIFECYCLE_STAGES[lifecycle]
    )


@cases("words", ["Sales Qualified Lead", "salesqualifiedlead", " sales  qualified lead "])
def test_a_lifecycle_stage_is_known_by_label_and_by_internal_name(words: str) -> None:
    assert account(Company_name="Acme", Lifecycle_Stage=words).stage is Stage.MQA


def test_an_empty_lifecycle_stage_says_nothing() -> None:
    found = account(Company_name="Acme", Lifecycle_Stage="")
    assert (found.stage, found.notes) == (None, ())


def test_the_stages_of_hubspot_are_not_ours() -> None:
    assert ours(name="Acme", stage="lead").notes == ('stage not understood: "lead"',)


def test_of_two_columns_with_one_label_the_one_that_is_filled_counts() -> None:
    columns = recognise(["Company name", "Industry", "Industry"])
    assert (
        said(import_accounts.read_account(Cells(columns, TableRow(2, ("Acme", "", "Retail")), {})))["segment"]
        == "Retail"
    )


@cases("box", ["true", "FALSE", "Yes", "no"])
def test_a_ticked_target_account_is_no_tier_and_no_trouble(box: str) -> None:
    found = account(Company_name="Acme", Target_Account=box)
    assert (found.because, found.notes) == ("", ())


def test_a_tier_that_is_none_of_ours_is_asked_about() -> None:
    assert account(Company_name="Acme", Target_Account="Gold").notes == ('Target Account not understood: "Gold"',)


def test_the_website_stands_in_for_a_domain_that_is_none() -> None:
    found = account(Company_name="Acme", Company_Domain_Name="n/a", Website_URL="www.acme.example")
    assert found.domain == "acme.example"
    assert found.notes == ('Company Domain Name not understood: "n/a"',)


def test_a_record_id_of_our_own_file_needs_the_crm_it_is_of() -> None:
    found = ours(name="Acme", crm_id="77", crm_system="")
    assert (found.crm_id, found.crm_system) == ("", "")
    assert found.notes == ("crm_id left out, the row has no crm_system: 77",)
    assert ours(name="Acme", crm_id="77", crm_system="HubSpot").crm_system == "hubspot"


def test_what_does_not_fit_a_form_is_left_out_and_said() -> None:
    assert read_row(Company_name="A" * 121, Industry="x") == BadRow(2, "has a name of 121 characters, at most 120 fit")
    found = account(Company_name="A" * 120, Industry="x" * 121, Website_URL=f"{'a.' * 60}example")
    assert (found.segment, found.domain) == ("", "")
    assert len(found.notes) == 2
    reason = ours(name="Acme", because="x" * 3_000, tier="1")
    assert reason.because == "The file proposes tier 1."
    assert reason.notes == ("because left out, it has 3,000 characters",)


def test_a_currency_that_is_no_code_is_not_taken() -> None:
    assert ours(name="Acme", value="5 EUR", currency="Euro").currency == "EUR"
    assert ours(name="Acme", value="5", currency="eur").currency == "EUR"


def test_accounts_that_are_each_others_parent_come_in_side_by_side() -> None:
    table = (
        "Id,Name,ParentId\n"
        "001D000000IRFmaIAH,Sample Acme,001D000000IRFmbIAH\n"
        "001D000000IRFmbIAH,Sample Globex,001D000000IRFmaIAH\n"
    )
    acme, globex = read_accounts(read_table(table.encode())).rows
    assert (said(acme)["crm_id"], said(globex)["crm_id"]) == ("001D000000IRFmaIAH", "001D000000IRFmbIAH")


def test_why_this_account_why_now_and_the_motion_are_read_under_their_labels() -> None:
    columns = recognise(["Name", "Domain", "Why this account", "Why now", "Motion"])
    found = import_accounts.read_account(
        Cells(columns, TableRow(2, ("Acme", "acme.example", "400 seats", "Renews in April", "A pilot")), {})
    )
    assert isinstance(found, ImportedAccount)
    assert (found.because, found.why_now, found.motion) == ("400 seats", "Renews in April", "A pilot")
    long = ours(name="Acme", why_now="x" * 3_001, motion="A pilot")
    assert (long.why_now, long.motion) == ("", "A pilot")
    assert long.notes == ("why now left out, it has 3,001 characters",)


# The plan: what each row would do.

OWNERS = Colleagues([Colleague("U1", "Ann Sample")])


def known(*profiles: Profile, **state: Any) -> import_accounts.KnownAccounts:
    states = {number: AccountState(number, profile, **state) for number, profile in enumerate(profiles, 1)}
    return known_states(states)


def known_states(states: dict[int, AccountState]) -> import_accounts.KnownAccounts:
    by_key: dict[str, frozenset[int]] = {}
    for number, state in states.items():
        for word in (state.profile.name, state.profile.domain, *state.profile.aliases):
            if word:
                by_key[normal_key(word)] = by_key.get(normal_key(word), frozenset()) | {number}
    return import_accounts.KnownAccounts(states, by_key)


def row(line: int = 2, name: str = "Acme", **values: Any) -> ImportedAccount:
    if "crm_id" in values:
        values.setdefault("crm_system", "hubspot")
    return ImportedAccount(line, name, **values)


def planned(only: ImportedAccount | BadRow, accounts: import_accounts.KnownAccounts) -> import_accounts.PlannedRow:
    return make_plan([only], accounts, OWNERS).rows[0]


def verdicts(plan: import_tables.ImportPlan[import_accounts.PlannedRow]) -> list[tuple[int, Verdict, str]]:
    return [(row.line, row.verdict, row.reason) for row in plan.rows]


def test_a_new_account_is_created_with_what_the_row_says() -> None:
    new = row(domain="acme.example", crm_id="7", owner_name="Ann Sample", stage=Stage.MQA, because="HubSpot proposes")
    found = planned(replace(new, why_now="In April", motion="A pilot"), known())
    assert found.verdict is Verdict.CREATE
    assert (found.why_now, found.motion) == ("In April", "A pilot")
    assert found.after == Profile("Acme", "acme.example", owner="U1", crm_system="hubspot", crm_id="7")
    assert (found.stage, found.because) == (Stage.MQA, "HubSpot proposes")


def test_the_crm_id_is_surer_than_the_domain_and_the_domain_than_the_name() -> None:
    accounts = known(
        Profile("One", "one.example", crm_system="hubspot", crm_id="1"), Profile("Two", "two.example"), Profile("Three")
    )
    assert planned(row(name="New name", crm_id="1"), accounts).account_id == 1
    assert planned(row(name="New name", domain="two.example", crm_id="2"), accounts).account_id == 2
    assert planned(row(name="THREE ", crm_id="3"), accounts).account_id == 3


def test_a_name_that_is_only_alike_is_another_account() -> None:
    accounts = known(Profile("Umbrella Corp"))
    assert planned(row(name="Umbrella Corporation"), accounts).verdict is Verdict.CREATE
    assert planned(row(name="Umbrella"), accounts).verdict is Verdict.CREATE


def test_an_id_of_another_crm_does_not_match() -> None:
    accounts = known(Profile("One", crm_system="salesforce", crm_id="1"))
    assert planned(row(name="Other", crm_id="1"), accounts).verdict is Verdict.CREATE


def test_an_update_names_only_the_fields_that_differ() -> None:
    had = Profile("Acme", "acme.example", segment="Retail", value_cents=100, currency="EUR", channel_id="C1")
    found = planned(row(domain="acme.example", segment="Machinery", value_cents=200, crm_id="7"), known(had))
    assert (found.verdict, found.changed) == (Verdict.UPDATE, ("segment", "value_cents", "crm_system", "crm_id"))
    wanted = replace(had, segment="Machinery", value_cents=200, crm_system="hubspot", crm_id="7")
    assert (found.before, found.after) == (had, wanted)


def test_stage_and_reason_of_an_account_that_exists_are_left_alone() -> None:
    found = planned(row(stage=Stage.CUSTOMER, because="HubSpot proposes tier 1."), known(Profile("Acme")))
    assert (found.verdict, found.stage, found.because) == (Verdict.UNCHANGED, None, "")


def test_an_empty_cell_empties_nothing() -> None:
    had = Profile("Acme", "acme.example", segment="Retail", owner="U1", value_cents=100, currency="EUR")
    assert planned(row(), known(had)).verdict is Verdict.UNCHANGED


def test_an_alias_that_people_gave_does_not_become_the_name() -> None:
    found = planned(row(name="Acme Holding"), known(Profile("Acme", aliases=("ACME Holding",))))
    assert (found.verdict, found.account_id) == (Verdict.UNCHANGED, 1)


def test_a_row_that_fits_two_accounts_is_skipped_and_says_which() -> None:
    accounts = known(Profile("One", "one.example", crm_system="hubspot", crm_id="1"), Profile("Two", "two.example"))
    found = planned(row(name="One", domain="two.example", crm_id="1"), accounts)
    assert (found.verdict, found.reason) == (Verdict.SKIP, "could be One (by record id) or Two (by domain)")


def test_the_second_row_of_an_account_is_skipped_with_the_line_of_the_first() -> None:
    rows = [
        row(2, "Acme", domain="acme.example", crm_id="1"),
        row(3, "Acme Europe", domain="acme.example", crm_id="2"),
        row(4, "ACME", crm_id="3"),
        row(5, "Acme renamed", crm_id="1"),
        row(6, "Globex", crm_id="4"),
    ]
    assert verdicts(make_plan(rows, known(), OWNERS)) == [
        (2, Verdict.CREATE, ""),
        (3, Verdict.SKIP, "the same domain as line 2"),
        (4, Verdict.SKIP, "the same name as line 2"),
        (5, Verdict.SKIP, "the same record id as line 2"),
        (6, Verdict.CREATE, ""),
    ]


def test_a_row_of_another_record_of_the_same_crm_does_not_take_an_account_over() -> None:
    found = planned(row(crm_id="2"), known(Profile("Acme", crm_system="hubspot", crm_id="1")))
    assert found.verdict is Verdict.SKIP
    assert found.reason == "Acme has the same name and is record 1, this is 2"


def test_a_name_alone_does_not_join_two_domains() -> None:
    found = planned(row(domain="acme.invalid"), known(Profile("Acme", "acme.example")))
    assert found.verdict is Verdict.SKIP
    assert found.reason == "Acme has the same name and the domain acme.example, this has acme.invalid"


def test_rows_that_could_not_be_read_keep_their_place() -> None:
    plan = make_plan([BadRow(5, "has 1 cell where the header has 2"), row(2), row(7, "Globex")], known(), OWNERS)
    assert verdicts(plan)[1] == (5, Verdict.SKIP, "has 1 cell where the header has 2")
    assert plan.counts == {"create": 2, "update": 0, "unchanged": 0, "skip": 1}


def test_a_name_of_punctuation_only_is_skipped() -> None:
    assert planned(row(name="\"'"), known()).reason == "has a name of punctuation only"


def test_an_account_whose_import_was_undone_becomes_a_candidate_again() -> None:
    undone = known(Profile("Acme"), list_status=ListStatus.REMOVED, because=import_accounts.IMPORT_UNDONE)
    found = planned(row(stage=Stage.MQA, because="HubSpot proposes tier 1."), undone)
    assert (found.verdict, found.is_restored, found.changed) == (Verdict.UPDATE, True, ())
    assert (found.stage, found.because) == (Stage.MQA, "HubSpot proposes tier 1.")


def test_an_account_that_people_removed_stays_removed() -> None:
    removed = known(Profile("Acme"), list_status=ListStatus.REMOVED, because="No budget")
    assert planned(row(segment="Retail"), removed).is_restored is False
    assert planned(row(), removed).verdict is Verdict.UNCHANGED


def test_a_plan_of_unchanged_and_skipped_rows_changes_nothing() -> None:
    assert make_plan([row(), BadRow(3, "x")], known(Profile("Acme")), OWNERS).changes_nothing
    assert not make_plan([row()], known(), OWNERS).changes_nothing


words = st.sampled_from(["Acme", "acme", "Globex", "acme.example", "Globex Ltd", '"'])
imported = st.builds(
    ImportedAccount,
    line=st.integers(2, 40),
    name=words,
    domain=st.sampled_from(["", "acme.example", "globex.example"]),
    crm_system=st.just("hubspot"),
    crm_id=st.sampled_from(["", "1", "2", "3"]),
    owner_name=st.sampled_from(["", "Ann Sample", "Cleo Nobody"]),
    segment=st.sampled_from(["", "Retail", "Machinery"]),
    value_cents=st.sampled_from([None, 0, 100]),
    currency=st.sampled_from(["", "EUR"]),
)


@given(st.lists(imported, max_size=8, unique_by=lambda row: row.line))
def test_after_an_import_the_same_file_changes_nothing_and_no_word_is_answered_twice(rows: list[ImportedAccount]):
    accounts = known()
    for _ in range(2):
        plan = make_plan(rows, accounts, OWNERS)
        states = dict(accounts.states)
        for new in plan.of(Verdict.CREATE):
            assert new.after is not None
            states[len(states) + 1] = AccountState(len(states) + 1, new.after)
        for old in plan.of(Verdict.UPDATE):
            assert old.after is not None
            assert old.account_id is not None
            states[old.account_id] = replace(states[old.account_id], profile=old.after)
        accounts = known_states(states)
        assert all(len(owners) == 1 for owners in accounts.by_key.values())
    assert plan.changes_nothing


# Companies of a CRM.

ACME = Profile("Acme", "acme.example", crm_system="hubspot", crm_id="91")
GLOBEX = Profile("Globex", "globex.example", aliases=("globex-uk.example",))
ACCOUNTS = known(ACME, GLOBEX, Profile("Hooli"))


def company(*names: str, domain: str = "", ids: str = "", host: str = "") -> NamedCompany:
    """The company of a row, with its domains and ids separated by spaces."""
    return NamedCompany("hubspot", tuple(ids.split()), tuple(domain.split()), names, host)


def find(row: NamedCompany, *others: NamedCompany, answer: str = "") -> import_accounts.CompanyFound:
    return Companies(ACCOUNTS, (row, *others), [(row.label, answer)] if answer else []).find(row)


def name_of(found: import_accounts.CompanyFound) -> str:
    return found.account.name if found.account else found.reason


@cases(
    ("row", "name"),
    [
        (company("Globex", domain="globex.example", ids="91"), "Acme"),
        (company("Globex Limited", domain="globex.example"), "Globex"),
        (company("Globex Limited", domain="globex-uk.example"), "Globex"),
        (company("Globex Limited", domain="globex.example", ids="92"), "Globex"),
        (company("hooli"), "Hooli"),
        (company("Hooli", domain="hooli.example"), "Hooli"),
        (company("Acme", domain="gmail.com"), "Acme"),
        (company(host="acme.example"), "Acme"),
    ],
)
def test_a_company_is_found_by_its_id_then_its_domain_then_its_exact_name(row: NamedCompany, name: str) -> None:
    assert name_of(find(row)) == name


@cases(
    ("row", "choices"),
    [
        (company("Acme", domain="globex.example"), ["Globex", "Acme"]),
        (company("Globex", domain="other.example"), ["Globex"]),
        (company("Acme", "Hooli"), ["Acme", "Hooli"]),
        (company("Acme", "Initech"), ["Acme"]),
        (company(domain="acme.example globex.example"), ["Acme", "Globex"]),
        (company(ids="91 95"), ["Acme"]),
        (company("Globex", host="acme.example"), ["Acme", "Globex"]),
    ],
)
def test_a_company_that_may_be_another_is_asked_about(row: NamedCompany, choices: list[str]) -> None:
    found = find(row)
    assert (found.account, found.cause) == (None, SkipCause.ASKED)
    assert found.asked is not None
    assert [name for _, name in found.asked.choices] == choices


def test_a_domain_that_two_companies_of_the_file_have_tells_no_account() -> None:
    row = company("Globex Limited", domain="globex.example")
    assert find(row, company("Globex France", domain="globex.example")).asked is not None
    assert find(row, company("GLOBEX limited", domain="Globex.example")).account is not None
    assert find(company(domain="globex.example", ids="1"), company(domain="globex.example", ids="2")).asked is not None
    # the one that has the account's own name is sure
    assert name_of(find(company("Globex", domain="globex.example"), row)) == "Globex"


@texts("answer", "said")
def test_what_a_person_said_of_a_company_counts_if_it_is_one_of_the_choices(answer: str, said: str) -> None:
    assert name_of(find(company("Acme", domain="globex.example"), answer=answer)) == said


def test_an_answer_about_a_company_that_no_row_names_is_refused() -> None:
    with pytest.raises(NotUnderstood, match='No row of the file is of the company "Acme Grp"'):
        Companies(ACCOUNTS, (company("Acme Group"),), [("Acme Grp", "Acme")])


def test_another_record_of_the_crm_and_an_unknown_company_are_no_question() -> None:
    found = find(company("Acme", domain="acme.example", ids="95"))
    assert (found.reason, found.asked) == ("Acme is record 91, this is of 95", None)
    assert name_of(find(company("Initech", domain="initech.example"))) == 'is of "Initech", which is not in Cadence'
    assert name_of(find(company(domain="initech.example"))) == "is of initech.example, which is not in Cadence"
    assert name_of(find(company())) == "its account is empty"


@cases(
    ("cells", "company"),
    [
        ({"Associated Company": "Acme;Hooli"}, company("Acme", "Hooli")),
        ({"Associated Company": "Acme;Hooli", "Associated Company (Primary)": "Hooli"}, company("Hooli")),
        (
            {
                "Associated Company": "Acme;Hooli",
                "Associated Company IDs": "91;92",
                "Primary Associated Company": "Hooli",
            },
            company("Hooli"),
        ),
        (
            {"Associated Company": "Acme", "Associated Company Domain": "http://www.acme.example/x"},
            company("Acme", domain="acme.example"),
        ),
        ({"Associated Company": "Acme", "Associated Company IDs (Primary)": "91"}, company("Acme", ids="91")),
        ({"Associated Company": "Acme;Acme", "Associated Company Domain": "a b"}, company("Acme")),
    ],
)
def test_the_primary_company_is_taken_where_the_file_has_it(cells: dict[str, str], company: NamedCompany) -> None:
    columns = locate(ExportKind.HUBSPOT_DEALS, import_accounts.HUBSPOT_COMPANY, list(cells))
    assert import_accounts.company_in(Cells(columns, TableRow(2, tuple(cells.values())), {})) == company
