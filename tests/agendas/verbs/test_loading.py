from datetime import timedelta

from agendas.facts.account import Movement, Stage
from agendas.facts.events import Profile
from agendas.facts.group import BuyingRole, ContactProfile, Support
from agendas.facts.reviews import MovementReason, ReasonCode
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.pages.account_list import LIST_ACCOUNTS
from agendas.rules.reviews import place
from agendas.verbs import account_list as account_list_verbs
from agendas.verbs import group, updates
from agendas.verbs.loading import agenda_facts, facts_to_place, settings_of
from agendas.verbs.reads import account_card, account_list
from agendas.verbs.signals import store_matched
from storage import accounts
from tests.builders import ANN, NOW, WORKSPACE, ZONE, ago, author, evidence
from tests.program import Program

# A page of the list, of which no other account is loaded.

WHEN = {"now": NOW, "zone": ZONE}


def test_each_account_comes_once_by_name_whatever_its_letters_are(program: Program) -> None:
    wanted = [f"{'aB'[number % 2]} sample {number:03}" for number in range(LIST_ACCOUNTS + 5)]
    for name in wanted:
        program.did(account_list_verbs.nominate, ANN, NOW, Profile(name))
    found, start = list[str](), 0
    while True:
        page = program.read(account_list, **WHEN, start=start)
        found += [item.facts.account.name for item in page.items]
        start += len(page.items)
        if start >= sum(page.counts.values()):
            break
    assert found[:5] == ["Acme Corp", "Globex", "Initrode", "Umber Foods", "Larch & Sons"]
    assert found[5:] == sorted([*wanted, "Pinewood"], key=str.lower)


def test_a_start_beyond_the_end_gives_the_first_page(program: Program) -> None:
    page = program.read(account_list, **WHEN, start=500)
    assert (page.first, page.items[0].facts.account.name) == (0, "Acme Corp")


def person_at(program: Program, short: str, name: str, **known) -> None:
    contact = ContactProfile(name, roles=(BuyingRole.CHAMPION,), **known)
    program.did(group.add_contact, ANN, NOW, program.accounts[short], contact)


def test_what_is_not_loaded_to_place_an_account_changes_no_bucket_no_stall_and_no_reason(program: Program) -> None:
    for short in ("acme", "globex", "initrode", "umber"):
        person_at(program, short, "Sample Fan", support=Support.SUPPORTER)
    person_at(program, "acme", "Sample Foe", support=Support.ENEMY)
    person_at(program, "globex", "Sample Gone", left_on=NOW.date())
    for short, days in (("globex", 1), ("globex", 3), ("initrode", 4)):
        person_at(program, short, f"Sample Caller {days}", touched_on=ago(days).date())
    for days, strength in ((20, SignalStrength.LOW), *((days, SignalStrength.HIGH) for days in (40, 70, 100))):
        given = SignalGiven("globex.example", SignalKind.EVENT, strength, "Came", ago(days), f"s-{days}")
        program.store.write_now(store_matched, author(), [(given, program.accounts["globex"])])
    with program.store.reading() as session:
        rows = accounts.fitting(session, WORKSPACE, None)
        whole = agenda_facts(session, rows, **WHEN)
        light = facts_to_place(session, rows, **WHEN, settings=settings_of(session, WORKSPACE))
    assert whole.keys() == light.keys()
    assert any(len(whole[number].account.contacts) > len(light[number].account.contacts) for number in whole)
    for number, facts in whole.items():
        expected, found = place(facts), place(light[number])
        assert (found.bucket, found.stall, found.reasons) == (expected.bucket, expected.stall, expected.reasons)
        assert (found.movement.movement, found.movement.evidence) == (
            expected.movement.movement,
            expected.movement.evidence,
        )
    globex = place(light[program.accounts["globex"]])
    assert globex.stall.heard_on == ago(1).date()
    assert ReasonCode.ENGAGEMENT_FELL in {code for code, _, _ in globex.reasons}


def test_of_an_account_that_may_have_moved_what_was_frozen_is_read_and_of_others_not(program: Program) -> None:
    acme, initrode = program.accounts["acme"], program.accounts["initrode"]
    program.did(updates.move, ANN, NOW, initrode, text="They signed the order", to_stage=Stage.CUSTOMER)
    with program.store.reading() as session:
        rows = accounts.get_many(session, WORKSPACE, [acme, initrode])
        facts = facts_to_place(session, rows, **WHEN, settings=settings_of(session, WORKSPACE))
    assert facts[initrode].before is not None
    assert facts[initrode].before.stage is not Stage.CUSTOMER
    assert place(facts[initrode]).movement.to_stage is Stage.CUSTOMER


# Cards and lists read as much of a busy account as of a quiet one: what decides, and the latest that was told.

LATER = NOW + timedelta(hours=1)


def test_what_decides_counts_however_much_was_told_after_it(program: Program) -> None:
    globex = program.accounts["globex"]
    proof = evidence("Their mail")
    program.did(updates.move, ANN, NOW, globex, text="Pilot", to_stage=Stage.CUSTOMER, evidence=(proof,))
    for number in range(60):
        program.did(updates.move, ANN, NOW + timedelta(seconds=number), globex, text=f"They asked {number}")
    moved = program.read(account_card, globex, now=LATER, zone=ZONE).placement.movement
    assert (moved.movement, moved.reason) == (Movement.ADVANCED, MovementReason.EVIDENCE)
