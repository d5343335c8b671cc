"""Exports as HubSpot and Salesforce make them go in whole, change nothing the second time, and are taken back."""

from pathlib import Path

import pytest
from sqlmodel import select

from storage import account_items
from storage.database import Store
from storage.models.accounts import Account
from storage.models.subjects import ContactRow, OpportunityRow
from tests.bot.cli.imports.terminal import SAMPLES, Terminal
from tests.program import learn_people

CRM = SAMPLES / "crm"
HUBSPOT_STAGES = (
    ("Appointment Scheduled", "early"),
    ("Qualified To Buy", "early"),
    ("Contract Sent", "late"),
    ("Closed Won", "won"),
    ("Closed Lost", "lost"),
)
SALESFORCE_STAGES = (("Closed Won", "won"), ("Proposal/Price Quote", "late"), ("Prospecting", "early"))


def phases(stages: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(word for name, phase in stages for word in ("--stage", f"{name}={phase}"))


class Imports:
    """Imports of sample files, each twice: the second time nothing changes."""

    def __init__(self, store: Store, terminal: Terminal) -> None:
        self.store, self.terminal = store, terminal

    def __call__(self, name: str, *words: str) -> str:
        """Import the file and return what the terminal said the first time."""
        assert self.terminal.imports(str(CRM / name), *words, "--apply") == 0, self.terminal.error
        said = self.terminal.out
        before = self.stored()
        assert self.terminal.imports(str(CRM / name), *words, "--apply") == 0
        assert "\nNothing to import" in self.terminal.out
        assert self.stored() == before
        return said

    def undo(self, run: int) -> str:
        """Undo the run and return what the terminal said."""
        assert self.terminal.imports("--undo", str(run)) == 0
        return self.terminal.out

    def stored(self) -> list[list[dict[str, object]]]:
        tables = (Account, ContactRow, OpportunityRow)
        return [
            [
                row.model_dump()
                for row in self.store.read_now(lambda session, table=table: session.exec(select(table)).all())
            ]
            for table in tables
        ]

    def deals(self) -> dict[str, OpportunityRow]:
        return {
            row.name: row for row in self.store.read_now(lambda session: session.exec(select(OpportunityRow)).all())
        }

    def people(self) -> dict[str, ContactRow]:
        return {row.name: row for row in self.store.read_now(account_items.every_contact, "T0SAMPLE1")}


@pytest.fixture
def imports(store: Store, terminal: Terminal) -> Imports:
    learn_people(store)
    return Imports(store, terminal)


def days(deal: OpportunityRow) -> tuple[str, str]:
    """The days on which the deal was opened and entered its stage."""
    return f"{deal.opened_at:%Y-%m-%d}", f"{deal.stage_since:%Y-%m-%d}"


def test_hubspots_contacts_go_in_by_the_domain_or_name_of_their_company(imports: Imports) -> None:
    assert "3 to create, 0 to update, 0 unchanged, 1 skipped." in imports("hubspot_companies.csv")
    said = imports("hubspot_contacts.csv")
    assert "3 to create, 0 to update, 0 unchanged, 2 skipped." in said
    assert "1 row skipped until you say which account the company is." in said
    assert "1 row skipped, line 6 (Lina Holt): the company is no account here." in said
    assert "could be Larkfield Foods or Pinewood Optics or none of the accounts. Say which with --company" in said
    assert {name: row.account_id for name, row in imports.people().items()} == {
        "Mara Quill": 1,
        "Jonas Reed": 2,
        "Edda Marsh": 3,
    }
    company = "Larkfield Foods; Pinewood Optics (larkfield.example; pinewood.example)=pinewood optics"
    assert "1 to create" in imports("hubspot_contacts.csv", "--company", company)
    assert imports.people()["Otis Vane"].account_id == 2
    assert imports.terminal.imports(str(CRM / "hubspot_contacts.csv")) == 0
    assert "0 to create, 0 to update, 4 unchanged, 1 skipped." in imports.terminal.out
    imports.undo(3)
    assert "3 new people removed" in imports.undo(2)
    assert imports.people() == {}
    assert "3 new accounts removed" in imports.undo(1)


def test_hubspots_deals_go_in_with_the_dates_of_their_stages(imports: Imports) -> None:
    imports("hubspot_companies.csv")
    said = imports("hubspot_deals.csv", *phases(HUBSPOT_STAGES))
    assert "3 to create, 0 to update, 0 unchanged, 4 skipped." in said
    assert "1 row skipped, line 6 (Quarry pilot): the company is no account here." in said
    assert "2 rows skipped until you say which account the company is." in said
    assert "1 deal of accounts that have bought before names no type" in said
    assert {name: days(deal) for name, deal in imports.deals().items()} == {
        "Larkfield cold chain": ("2019-03-03", "2019-07-15"),
        "Pinewood lens line": ("2020-09-01", "2020-10-06"),
        "Harbour claims desk": ("2020-02-10", "2020-06-11"),
    }
    answers = (
        *("--further", "existing"),
        *("--company", "Finch Brokers (harbour-finch.example)=none"),
        *("--company", "Harbour Finch Holdings (harbour-finch.example)=Harbour & Finch"),
    )
    assert "2 to create" in imports("hubspot_deals.csv", *answers)
    found = imports.deals()
    assert [name for name, deal in found.items() if deal.type == "existing_business"] == ["Larkfield second site"]
    assert days(found["Harbour branch roll-out"]) == ("2020-10-01", "2020-11-05")
    imports.undo(3)
    assert "entries about deals taken back" in imports.undo(2)
    assert imports.deals() == {}


def test_salesforces_opportunities_are_dated_by_their_history(imports: Imports) -> None:
    assert "2 to create, 0 to update, 0 unchanged, 1 skipped." in imports("salesforce_accounts.csv")
    assert "2 to create, 0 to update, 0 unchanged, 1 skipped." in imports("salesforce_contacts.csv")
    assert "0 to create, 2 to update, 0 unchanged, 0 skipped." in imports("salesforce_contact_roles.csv")
    words = (*phases(SALESFORCE_STAGES), "--further", "existing", "--currency", "EUR")
    said = imports("salesforce_opportunities.csv", *words)
    assert "3 to create, 0 to update, 0 unchanged, 0 skipped." in said
    said = imports("salesforce_opportunity_history.csv")
    assert "0 to create, 7 to update, 0 unchanged, 0 skipped." in said
    assert {name: (*days(deal), deal.pushes) for name, deal in imports.deals().items()} == {
        "Tideway fleet refit": ("2019-11-03", "2020-02-26", 1),
        "Ostrava press shop": ("2020-06-02", "2020-09-21", 2),
        "Tideway crew portal": ("2020-11-19", "2020-11-19", 0),
    }
    assert "7 entries about deals taken back" in imports.undo(5)
    imports.undo(4)
    assert imports.deals() == {}
    imports.undo(3)
    assert "2 new people removed" in imports.undo(2)
    imports.undo(1)


def test_a_column_with_dates_in_two_orders_is_asked_about_and_named_in_the_summary(
    imports: Imports, tmp_path: Path
) -> None:
    imports("hubspot_companies.csv")
    path = tmp_path / "deals.csv"
    days = ("13/4/19", "4/14/19 3:04 PM", "3/4/19", "31.02.2019", "")
    rows = (
        f"{number},Deal {number},Closed Won,{day},newbusiness,larkfield.example" for number, day in enumerate(days, 1)
    )
    header = "Record ID,Deal Name,Deal Stage,Close Date,Deal Type,Associated Company Domain"
    path.write_text("\n".join((header, *rows)))
    words = (str(path), "--stage", "Closed Won=won")
    assert imports.terminal.imports(*words) == 1
    assert "13/4/19 (line 2) can begin with the day alone, and 4/14/19" in imports.terminal.error
    assert imports.terminal.imports(*words, "--dates", "day-first", "--apply") == 0
    said = imports.terminal.out
    assert "Dates of column Close Date are in two orders: 4/14/19 3:04 PM and others in line 3" in said
    assert "1 date in column Close Date could not be read, e.g. 31.02.2019 in line 5: correct it in the file" in said
    assert {name: str(deal.closes_on) for name, deal in imports.deals().items()} == {
        "Deal 1": "2019-04-13",
        "Deal 2": "2019-04-14",
        "Deal 3": "2019-04-03",
        "Deal 4": "None",
        "Deal 5": "None",
    }
