"""Many entries at once leave what recording them one by one leaves."""

from datetime import date

from agendas.facts.account import Source
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import Corrected, Profile
from agendas.facts.group import BuyingRole, ContactAdded, ContactEdited, ContactProfile
from agendas.verbs import account_list
from agendas.verbs.record import Entry, current_state, record_many
from storage import accounts, events
from storage.database import Store
from storage.models.subjects import ContactRow
from tests.agendas.verbs.imports.importing import by_name
from tests.builders import ANN, NOW, WORKSPACE, ago, author
from tests.program import Program, learn_people

RITA = ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.ECONOMIC_BUYER,))


def deal(phase: Phase, stage_name: str, closes_on: date) -> OpportunityChanged:
    return OpportunityChanged(OpportunityProfile("crm:1", "Pilot", stage_name, phase, closes_on=closes_on))


def nominated(store: Store) -> int:
    learn_people(store)
    recorded = Program(store).did(account_list.nominate, ANN, ago(50), Profile("Sample Acme"), because="Fits")
    number: int = recorded.event.account_id
    return number


def test_a_deal_s_history_counts_with_its_true_dates_whatever_the_order_of_its_rows(store: Store) -> None:
    number = nominated(store)
    late = Entry(deal(Phase.LATE, "Contract", date(2026, 12, 20)), ago(5))
    first = Entry(deal(Phase.EARLY, "Discovery", date(2026, 11, 30)), ago(40))
    store.write_now(record_many, author(ANN, NOW, Source.IMPORT), {number: [late, first]})
    [pilot] = by_name(store)["Sample Acme"].opportunities
    assert (pilot.opened_at, pilot.stage_since, pilot.pushes) == (ago(40), ago(5), 1)
    assert pilot.profile.phase is Phase.LATE


def test_a_person_added_changed_and_taken_back_again_is_stored_as_the_history_tells(store: Store) -> None:
    number = nominated(store)
    store.write_now(record_many, author(), {number: [Entry(ContactAdded(RITA)), Entry(ContactAdded(RITA))]})
    first, second = by_name(store)["Sample Acme"].contacts
    left = ContactProfile(RITA.name, RITA.title, roles=RITA.roles, left_on=date(2026, 11, 20))
    store.write_now(
        record_many, author(), {number: [Entry(ContactEdited(first.id, left)), Entry(Corrected(second.id))]}
    )
    [rita] = by_name(store)["Sample Acme"].contacts
    assert (rita.id, rita.profile) == (first.id, left)


def test_the_day_of_a_person_s_latest_signal_survives_a_correction(store: Store) -> None:
    number = nominated(store)
    store.write_now(record_many, author(), {number: [Entry(ContactAdded(RITA)), Entry(ContactAdded(RITA))]})
    first, second = by_name(store)["Sample Acme"].contacts
    with store.writing() as session:
        row = session.get(ContactRow, first.id)
        assert row is not None
        row.signalled_on = date(2026, 11, 23)
    store.write_now(record_many, author(), {number: [Entry(Corrected(second.id))]})
    with store.reading() as session:
        account = accounts.get(session, WORKSPACE, number)
        assert account is not None
        [rita] = current_state(session, account).contacts
        assert rita.last_touch_on == date(2026, 11, 23)
        assert len(events.of_account(session, number)) == 4
