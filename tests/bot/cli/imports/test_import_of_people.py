from pathlib import Path

import pytest
from sqlmodel import select

from storage.database import Store
from storage.models.subjects import ContactRow
from tests.bot.cli.imports.terminal import SAMPLES, Terminal
from tests.program import learn_people

HUBSPOT = str(SAMPLES / "hubspot_contacts.csv")


def people(store: Store) -> dict[str, ContactRow]:
    return {row.name: row for row in store.read_now(lambda session: session.exec(select(ContactRow)).all())}


@pytest.fixture
def accounts(store: Store, terminal: Terminal, tmp_path: Path) -> None:
    """Three accounts of two CRMs."""
    learn_people(store)
    path = tmp_path / "accounts.csv"
    path.write_text(
        "name,domain,crm_system,crm_id\nSample Acme,acme.example,hubspot,9000000001\n"
        "Sample Globex,globex.example,,\nSample Initech,,salesforce,001D000000IRFmaIAH\n"
    )
    assert terminal.imports(str(path), "--apply") == 0


@pytest.mark.usefixtures("accounts")
def test_people_of_hubspot_are_shown_row_by_row_and_nothing_is_guessed(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(HUBSPOT) == 0
    assert terminal.out.startswith("hubspot_contacts.csv: HubSpot contacts, 8 rows")
    assert [terminal.line(number) for number in range(2, 10)] == [
        "2 Rita Sample create Sample Acme; title CFO; e-mail rita@acme.example; roles economic buyer, champion; "
        "last touch 10 Nov 2026; CRM record hubspot 7001",
        "3 Tom Sample create Sample Acme; title Head of IT; e-mail tom@acme.example; suggested technical evaluator; "
        "CRM record hubspot 7002",
        "4 Una Sample create Sample Globex; title Operations; roles decision maker; suggested economic buyer; "
        'CRM record hubspot 7003; Buying Role not understood: "Gatekeeper"; '
        "Recent Sales Email Replied Date left out, it has not come yet: 2099-01-10",
        '5 Vera Sample skip is of "Sample Hooli", which is not in Cadence',
        "6 walt@acme.example create Sample Acme; title Buyer; e-mail walt@acme.example; CRM record hubspot 7005",
        "7 Rita Sample skip Rita Sample has the same e-mail address and is record 7001, this is 7006",
        "8 Xenia Sample skip could be of Sample Acme or Sample Globex",
        '9 Yuri Sample create Sample Acme; CRM record hubspot 7008; Email not understood: "not an address"',
    ]
    assert people(store) == {}


@pytest.mark.usefixtures("accounts")
def test_people_go_in_once_and_are_taken_back_but_for_who_was_changed_since(
    store: Store, terminal: Terminal, tmp_path: Path
) -> None:
    assert terminal.imports(HUBSPOT, "--apply") == 0
    assert "5 to create, 0 to update, 0 unchanged, 3 skipped." in terminal.out
    assert "See them with /account ACCOUNT group. Undo with: cadence import --undo 2" in terminal.out
    assert people(store)["Rita Sample"].roles == ["economic_buyer", "champion"]
    assert terminal.imports(HUBSPOT, "--apply") == 0
    assert "0 to create, 0 to update, 5 unchanged, 3 skipped." in terminal.out

    changed = tmp_path / "ours.csv"
    changed.write_text("account,name,support,left_on\nSample Acme,Tom Sample,enemy,2026-11-02\n")
    assert terminal.imports(str(changed), "--apply") == 0
    assert terminal.line(2) == "2 Tom Sample update Sample Acme; support unknown → enemy; left none → 02 Nov 2026"
    assert terminal.imports("--undo", "2") == 0
    assert "4 new people removed. Kept, because they were changed since: Tom Sample." in terminal.out
    assert list(people(store)) == ["Tom Sample"]
    assert terminal.imports("--undo", "3") == 0
    assert (people(store)["Tom Sample"].support, people(store)["Tom Sample"].left_on) == ("unknown", None)
