from dataclasses import asdict
from pathlib import Path

from agendas.facts.account import Stage
from agendas.rules.import_accounts import LIFECYCLE_STAGES, ImportedAccount, read_account, read_accounts, recognise
from agendas.rules.import_tables import BadRow, Cells, SkipCause, TableRow, read_table
from tests.cases import cases

SAMPLES = Path(__file__).parents[4] / "data"


def account(**cells: str) -> ImportedAccount:
    """Read a row of an export. Underscores in the names stand for spaces in the headers."""
    found = row(**cells)
    assert isinstance(found, ImportedAccount)
    return found


def row(**cells: str) -> ImportedAccount | BadRow:
    headers = [name.replace("_", " ") for name in cells]
    return read_account(Cells(recognise(headers), TableRow(2, tuple(cells.values())), {}))


def ours(**cells: str) -> ImportedAccount:
    found = read_account(Cells(recognise(list(cells)), TableRow(2, tuple(cells.values())), {}))
    assert isinstance(found, ImportedAccount)
    return found


def said(found: ImportedAccount | BadRow) -> dict[str, object]:
    """Return the fields of a row that are not empty."""
    return {name: value for name, value in asdict(found).items() if value not in ("", None, (), ("", ""))}


def test_hubspots_default_view_gives_name_record_owner_and_industry() -> None:
    file = read_accounts(read_table((SAMPLES / "hubspot_default_view.csv").read_bytes()))
    assert [said(found) for found in file.rows] == [
        {
            "line": 2,
            "name": "Sample Acme",
            "crm_system": "hubspot",
            "crm_id": "9000000001",
            "owner_name": "Ann Sample",
            "segment": "Machinery",
        },
        {"line": 3, "name": "Sample Globex", "crm_system": "hubspot", "crm_id": "9000000002"},
        {"line": 4, "reason": "its account name is empty", "cause": SkipCause.INCOMPLETE},
        {
            "line": 5,
            "name": "Sample Initech",
            "crm_system": "hubspot",
            "crm_id": "9000000004",
            "owner_name": "Ben Sample",
            "segment": "Computer Software",
        },
    ]


def test_hubspots_labels_give_domain_stage_value_and_a_proposed_tier() -> None:
    acme, globex, initech, umbrella = read_accounts(read_table((SAMPLES / "hubspot_labels.csv").read_bytes())).rows
    assert said(acme) == {
        "line": 2,
        "name": "Sample Acme",
        "domain": "acme.example",
        "crm_system": "hubspot",
        "crm_id": "9000000001",
        "owner_name": "Ann Sample",
        "owner_email": "ann@cadence.example",
        "segment": "Machinery",
        "value_cents": 12_000_000,
        "stage": Stage.OPPORTUNITY,
        "stage_said": "Opportunity",
        "tier": 1,
        "because": "HubSpot proposes tier 1.",
    }
    assert said(globex).items() >= {"domain": "globex.example", "stage": Stage.MQA, "value_cents": 4_500_050}.items()
    assert said(initech)["notes"] == (
        'Total open deal value not understood: "12.500"',
        'Lifecycle Stage not understood: "Pilot running"',
    )
    assert said(umbrella)["notes"] == ("domain left out, many companies share it: linkedin.com",)


def test_a_salesforce_report_gives_accounts_down_to_its_footer() -> None:
    file = read_accounts(read_table((SAMPLES / "salesforce_report.csv").read_bytes()))
    assert [said(found) for found in file.rows] == [
        {
            "line": 2,
            "name": "Sample Acme",
            "domain": "acme.example",
            "crm_system": "salesforce",
            "crm_id": "001D000000IRFmaIAH",
            "owner_name": "Ann Sample",
            "segment": "Machinery",
        },
        {
            "line": 3,
            "name": 'Sample Hooli, "Inc"',
            "domain": "hooli.example",
            "crm_system": "salesforce",
            "crm_id": "001D000000IRFmbIAH",
            "owner_name": "Cleo Nobody",
        },
        {"line": 4, "name": "Sample Vandelay Industries", "owner_name": "Ben Sample"},
    ]


def test_salesforces_api_names_leave_deleted_accounts_out() -> None:
    acme, deleted, mueller = read_accounts(read_table((SAMPLES / "salesforce_names.csv").read_bytes())).rows
    assert said(acme).items() >= {"domain": "acme.example", "crm_id": "001D000000IRFmaIAH"}.items()
    assert "owner_name" not in said(acme)
    assert deleted == BadRow(3, "is deleted in Salesforce")
    assert said(mueller)["name"] == "Sample Müller"


def test_our_own_headers_have_all_our_fields() -> None:
    acme, globex = read_accounts(read_table((SAMPLES / "cadence.csv").read_bytes())).rows
    assert said(acme) == {
        "line": 2,
        "name": "Sample Acme",
        "domain": "acme.example",
        "crm_system": "hubspot",
        "crm_id": "9000000001",
        "owner_email": "ann@cadence.example",
        "segment": "Machinery",
        "value_cents": 12_000_000,
        "currency": "EUR",
        "stage": Stage.MQA,
        "stage_said": "mqa",
        "tier": 1,
        "reason": "New plant in 2027",
        "because": "New plant in 2027\nThe file proposes tier 1.",
    }
    assert said(globex).items() >= {"value_cents": 125_050, "currency": "EUR"}.items()


@cases("lifecycle", LIFECYCLE_STAGES)
def test_every_default_lifecycle_stage_has_a_place_in_the_journey(lifecycle: str) -> None:
    assert account(Company_name="Acme", Lifecycle_Stage=lifecycle.upper()).stage is LIFECYCLE_STAGES[lifecycle]


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
    found = read_account(Cells(columns, TableRow(2, ("Acme", "", "Retail")), {}))
    assert said(found)["segment"] == "Retail"


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
    assert row(Company_name="A" * 121, Industry="x") == BadRow(2, "has a name of 121 characters, at most 120 fit")
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
    found = read_account(
        Cells(columns, TableRow(2, ("Acme", "acme.example", "400 seats", "Renews in April", "A pilot")), {})
    )
    assert isinstance(found, ImportedAccount)
    assert (found.because, found.why_now, found.motion) == ("400 seats", "Renews in April", "A pilot")
    long = ours(name="Acme", why_now="x" * 3_001, motion="A pilot")
    assert (long.why_now, long.motion) == ("", "A pilot")
    assert long.notes == ("why now left out, it has 3,001 characters",)
