"""One fact of an account in one line: the fact first, then since when, who said so, why, and what shows it."""

from itertools import cycle
from pathlib import Path

from assistant.look_ups.account_facts import OF_ROW, code_of
from assistant.query import Field, Form, Query, Subject
from storage.database import Store
from tests.assistant.asking import DM, found_by
from tests.assistant.look_ups.looking import ask
from tests.assistant.world import ACCOUNTS
from tests.cases import cases
from tests.plain import plain

LINES = (Path(__file__).parent / "facts.txt").read_text(encoding="utf-8").splitlines()
FACTS = [line.partition(": ") for line in LINES if not line.startswith("#")]
STATUSES = {
    "sable": "paused",
    "juniper": "removed",
    "rusk": "rejected",
    "quill": "candidate",
    "pilot-grove": "candidate",
}


@cases(("asked", "fact"), [(asked, fact) for asked, _, fact in FACTS])
def test_a_field_is_told_in_one_line(asked: str, fact: str, world: Store) -> None:
    key, field = asked.split()
    status = f" ({STATUSES[key]})" if key in STATUSES else ""
    assert ask(world, Form.FIELD, key, fields=(Field(field),)) == f"{ACCOUNTS[key].name}{status}: {fact}"


@cases("field", [each for each in Field if code_of(each) in OF_ROW])
def test_what_a_row_tells_is_said_as_where_the_account_is_placed(field: Field, world: Store) -> None:
    for key in ("corvane", "rusk"):
        beside_another = ask(world, Form.FIELD, key, fields=(field, Field.LAST_TOUCH))
        assert ask(world, Form.FIELD, key, fields=(field,)) == beside_another.split("\n")[0], key


@cases(("field", "key"), zip(Field, cycle(["corvane", "sable", "rusk", "quill", "next-labs"]), strict=False))
def test_every_field_of_any_account_has_an_answer_of_one_line(field: Field, key: str, world: Store) -> None:
    said = ask(world, Form.FIELD, key, fields=(field,))
    assert "\n" not in said
    assert "None" not in said
    assert "unknown" not in said


def test_several_fields_come_in_the_order_asked_below_the_name(world: Store) -> None:
    assert ask(world, Form.FIELD, "maple", fields=(Field.VALUE, Field.TIER)).splitlines() == [
        "Maple: value USD 90,000 (@Priya, 1 Sep)",
        "• Tier 2 since 7 Sep (@Priya: Fits the segment)",
    ]


def test_several_accounts_come_in_the_order_asked_each_in_a_line(world: Store) -> None:
    assert ask(world, Form.FIELD, "maple-insurance", "maple", fields=(Field.VALUE,)).splitlines() == [
        "Maple Insurance: value USD 310,000 (@Priya, 1 Sep)",
        "Maple: value USD 90,000 (@Priya, 1 Sep)",
    ]


def test_a_field_of_a_filtered_set_says_the_filter_the_number_and_each_fact_in_brief(world: Store) -> None:
    first, *lines = ask(world, Form.FIELD, tiers=(1,), fields=(Field.CLOSE_DATE,)).splitlines()
    assert first == "6 accounts, Tier 1"
    assert "Corvane Logistics: closes 25 Dec (pushed twice): 31 depots, Contract, USD 420,000" in lines
    assert "Halden Pumpworks: no close date recorded" in lines


def test_a_line_has_a_button_only_where_the_asker_alone_reads_it_and_may_record(world: Store) -> None:
    query = Query(Subject.ACCOUNTS, Form.FIELD, of=(4,), fields=(Field.OWNER,))
    assert plain(found_by(world, "nora", query, DM).page).endswith("[Open]")
    assert "[" not in plain(found_by(world, "lee", query, DM).page)
    assert "[" not in plain(found_by(world, "nora", query).page)


def test_what_was_shown_is_kept_for_follow_ups(world: Store) -> None:
    found = found_by(world, "nora", Query(Subject.ACCOUNTS, Form.FIELD, of=(4, 1), fields=(Field.TIER,)))
    assert found.listed == (4, 1)
    assert len(found.items) == 2


def test_of_an_account_that_is_not_as_the_question_has_it_that_is_said(world: Store) -> None:
    said = ask(world, Form.FIELD, "maple", fields=(Field.VALUE,), tiers=(1,))
    assert said.startswith("No: Maple: not Tier 1 but Tier 2 since 7 Sep")
