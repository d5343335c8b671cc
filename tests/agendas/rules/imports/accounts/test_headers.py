import pytest

from agendas.errors import NotUnderstood
from agendas.rules.import_accounts import recognise
from agendas.rules.import_tables import ExportKind
from tests.cases import cases


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


@cases(
    ("headers", "what"),
    [
        (
            "Record ID,First Name,Last Name,Email,Company name",
            "people, not of accounts",
        ),
        ("Id,AccountId,LastName,FirstName,Name,OwnerId", "people, not of accounts"),
        (
            "Record ID,Deal Name,Deal Stage,Amount,Company name",
            "deals. Import it as opportunities",
        ),
        ("Id,AccountId,Name,StageName,Amount", "deals. Import it as opportunities"),
        ("Account Name,Opportunity Name,Amount", "deals. Import it as opportunities"),
    ],
)
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
