from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.events import Profile
from agendas.rules.access import Colleague, Colleagues
from agendas.rules.import_accounts import IMPORT_UNDONE, ImportedAccount, KnownAccounts, PlannedRow, make_plan
from agendas.rules.import_tables import BadRow, ImportPlan, Verdict
from agendas.text.names import normal_key

OWNERS = Colleagues([Colleague("U1", "Ann Sample")])


def known(*profiles: Profile, **state: Any) -> KnownAccounts:
    """Accounts 1, 2, ... with these profiles."""
    states = {number: AccountState(number, profile, **state) for number, profile in enumerate(profiles, 1)}
    return known_states(states)


def known_states(states: dict[int, AccountState]) -> KnownAccounts:
    by_key: dict[str, frozenset[int]] = {}
    for number, state in states.items():
        for word in (state.profile.name, state.profile.domain, *state.profile.aliases):
            if word:
                by_key[normal_key(word)] = by_key.get(normal_key(word), frozenset()) | {number}
    return KnownAccounts(states, by_key)


def row(line: int = 2, name: str = "Acme", **values: Any) -> ImportedAccount:
    if "crm_id" in values:
        values.setdefault("crm_system", "hubspot")
    return ImportedAccount(line, name, **values)


def planned(only: ImportedAccount | BadRow, accounts: KnownAccounts) -> PlannedRow:
    return make_plan([only], accounts, OWNERS).rows[0]


def verdicts(plan: ImportPlan[PlannedRow]) -> list[tuple[int, Verdict, str]]:
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
    undone = known(Profile("Acme"), list_status=ListStatus.REMOVED, because=IMPORT_UNDONE)
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
def test_after_an_import_the_same_file_changes_nothing_and_no_word_is_answered_twice(
    rows: list[ImportedAccount],
) -> None:
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
