import re
from pathlib import Path

from agendas.facts.answered_items import AccountStanding
from agendas.facts.query import Form, Having, Query
from storage.database import Store
from tests.assistant.asking import found_by
from tests.assistant.labels import read_label
from tests.assistant.look_ups.looking import NAMES, ask
from tests.assistant.world import PEOPLE
from tests.cases import cases
from tests.plain import plain

STALLED = AccountStanding.STALLED
REASONS = re.findall(
    r"^(\w.+?) -> (.+)$", Path("tests/assistant/look_ups/reasons.txt").read_text(encoding="utf-8"), re.MULTILINE
)


@cases(("label", "beginnings"), REASONS)
def test_the_answer_comes_first_with_the_fact_the_day_and_the_author_that_say_so(label, beginnings, world):
    query = read_label(label)
    assert isinstance(query, Query)
    said = plain(found_by(world, "nora", query).page, NAMES).replace("\n\n", "\n").splitlines()
    for line, beginning in zip(said, beginnings.split(" | "), strict=False):
        assert line.startswith(beginning)


def test_yes_or_no_without_a_name_says_whether_there_is_any_and_which(world: Store) -> None:
    said = ask(world, Form.YES_NO, states=(STALLED,), owners=(PEOPLE["nora"].user_id,)).splitlines()
    assert said[0] == "Yes: 1 account, stalled, yours."
    assert said[1].startswith(":large_yellow_circle: Maple stalled")
    assert (
        ask(world, Form.YES_NO, tiers=(1,), without=(Having.OWNER,)) == "No: no account is in Tier 1 without an owner."
    )


def test_asked_why_all_reasons_are_told(world: Store) -> None:
    said = ask(world, Form.WHY, "halden", states=(AccountStanding.NEEDS_INTERVENTION,)).splitlines()[0]
    assert said.count("; ") == 3
    assert "more reason" not in said
