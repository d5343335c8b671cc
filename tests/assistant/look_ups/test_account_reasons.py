"""Yes or no about accounts of the stored world, and why, when and who."""

from datetime import date
from typing import Any

from agendas.facts.account import ListStatus, Stage
from agendas.facts.found import AccountStanding
from agendas.facts.group import BuyingRole
from assistant.query import Form, Having, Period
from storage.database import Store
from tests.assistant.look_ups.looking import ask
from tests.assistant.world import PEOPLE
from tests.cases import cases

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
STALLED = AccountStanding.STALLED
SINCE_9_NOV = Period(first=date(2026, 11, 9))


YES_OR_NO: list[tuple[str, dict[str, Any], str]] = [
    ("kestrel", {"states": (STALLED,)}, "Yes: Kestrel Airways: :large_yellow_circle: stalled: buyer silent 23/21 d"),
    (
        "halden",
        {"states": (STALLED,)},
        "Yes: Halden Pumpworks: :red_circle: needs intervention and is stalled: engaged 59/30 d, buyer silent 59/21 d",
    ),
    ("merrow", {"states": (STALLED,)}, "No: Merrow Health: not stalled but :star: expanded: booked USD 48,000"),
    ("sable", {"states": (STALLED,)}, "No: Sable Rail (paused): not stalled but paused since 16 Nov (@Priya: Merger"),
    ("brightwater", {"stages": (Stage.MQA,)}, "Yes: Brightwater Energy: MQA since Fri 20 Nov, claimed, no evidence"),
    ("maple", {"stages": (Stage.OPPORTUNITY,)}, "No: Maple: not opportunity but engaged since 12 Oct, 45/45 d (@Nora"),
    ("maple", {"tiers": (1,)}, "No: Maple: not Tier 1 but Tier 2 since 7 Sep (@Priya: Fits the segment)"),
    ("maple", {"owners": (NORA,)}, "Yes: Maple: owner @Nora, marketing @Inês (@Priya, 1 Sep)"),
    ("maple", {"owners": (TOMAS,)}, "No: Maple: not @Tomas's but owner @Nora"),
    ("corvane", {"having": (Having.BLOCKER,)}, "Yes: Corvane Logistics: blocked: Liability cap is not agreed · @Nora"),
    ("maple", {"having": (Having.BLOCKER,)}, "No: Maple: no open blocker recorded."),
    ("maple", {"without": (Having.BLOCKER,)}, "Yes: Maple: no open blocker recorded."),
    (
        "corvane",
        {"having": (Having.TOUCH,), "period": SINCE_9_NOV},
        "Yes, since 9 Nov: Corvane Logistics: heard last on ",
    ),
    (
        "halden",
        {"having": (Having.TOUCH,), "period": SINCE_9_NOV},
        "No, since 9 Nov: Halden Pumpworks: heard last on 28 Sep, 59 days ago, limit 21",
    ),
    (
        "maple-insurance",
        {"having": (Having.ROLE,), "roles": (BuyingRole.CHAMPION,)},
        "Yes: Maple Insurance: champion Hugo Blanc",
    ),
    (
        "corvane",
        {"having": (Having.ROLE,), "roles": (BuyingRole.CHAMPION,)},
        "No: Corvane Logistics: no champion recorded",
    ),
    (
        "juniper",
        {"statuses": (ListStatus.NAMED,)},
        "No: Juniper Foods (removed): not named on the list but removed from",
    ),
]


@cases(("key", "asked", "said"), YES_OR_NO)
def test_yes_or_no_comes_first_with_the_fact_that_says_so(
    key: str, asked: dict[str, Any], said: str, world: Store
) -> None:
    assert ask(world, Form.YES_NO, key, **asked).startswith(said)


def test_yes_or_no_without_a_name_says_whether_there_is_any_and_which(world: Store) -> None:
    said = ask(world, Form.YES_NO, states=(STALLED,), owners=(NORA,)).splitlines()
    assert said[0] == "Yes: 1 account, stalled, yours."
    assert said[1].startswith(":large_yellow_circle: Maple stalled")
    assert (
        ask(world, Form.YES_NO, tiers=(1,), without=(Having.OWNER,)) == "No: no account is in Tier 1, without an owner."
    )


REASONS: list[tuple[Form, str, dict[str, Any], list[str]]] = [
    (
        Form.WHY,
        "halden",
        {"states": (AccountStanding.NEEDS_INTERVENTION,)},
        [
            "Halden Pumpworks: :red_circle: needs intervention: a blocker is open for 37 days, limit 14; "
            "@Paula's answer is open, by Fri 4 Dec; ",
            "• blocked: Budget is frozen until January · @Tomas · needs finance · since 20 Oct (@Tomas)",
        ],
    ),
    (
        Form.WHY,
        "kestrel",
        {"states": (STALLED,)},
        [
            "Kestrel Airways: :large_yellow_circle: stalled: buyer silent 23/21 d",
            "• heard last on 3 Nov, 23 days ago, limit 21 (@Alex; Crew planners met us: https://notes.example/kestrel)",
        ],
    ),
    (Form.WHY, "merrow", {"states": (STALLED,)}, ["Merrow Health: not stalled but :star: expanded: booked USD 48,000"]),
    (Form.WHY, "sable", {"statuses": (ListStatus.PAUSED,)}, ["Sable Rail (paused): paused since 16 Nov: Merger until"]),
    (
        Form.WHY,
        "rusk",
        {"statuses": (ListStatus.REJECTED,)},
        ["Rusk Retail (rejected): rejected since Fri 20 Nov: Too"],
    ),
    (Form.WHY, "juniper", {}, ["Juniper Foods (removed): removed from the list since 2 Nov: Bought"]),
    (
        Form.WHY,
        "kestrel",
        {"tiers": (1,)},
        ["Kestrel Airways: Tier 1 since 12 Nov: Their COO asked for a plan (@Priya)"],
    ),
    (Form.WHY, "maple", {"tiers": (1,)}, ["Maple: not Tier 1 but Tier 2 since 7 Sep (@Priya: Fits the segment)"]),
    (
        Form.WHY,
        "corvane",
        {"statuses": (ListStatus.NAMED,)},
        ["Corvane Logistics: on the list since 7 Sep, Tier 1: Runs 31 depots"],
    ),
    (
        Form.WHY,
        "brightwater",
        {"states": (AccountStanding.CLAIMED,)},
        ["Brightwater Energy: MQA since Fri 20 Nov, claimed, no evidence, 6/14 d: They sound ready"],
    ),
    (
        Form.WHY,
        "pilot-grove",
        {"having": (Having.PROPOSAL,)},
        ["Pilot Grove (candidate): no proposal stands.", "• candidate since Thu 19 Nov (@Priya: Asked for a price"],
    ),
    (
        Form.WHEN,
        "sable",
        {"statuses": (ListStatus.PAUSED,)},
        ["Sable Rail (paused), since 16 Nov: paused (@Priya: Merger until spring)"],
    ),
    (
        Form.WHEN,
        "kestrel",
        {"tiers": (2,)},
        ["Kestrel Airways, 7 Sep: to Tier 2, now Tier 1 (@Priya: Fits the segment)"],
    ),
    (
        Form.WHEN,
        "kestrel",
        {"states": (STALLED,)},
        ["Kestrel Airways, since Wed 25 Nov: :large_yellow_circle: stalled: buyer silent 23/21 d"],
    ),
    (
        Form.WHEN,
        "corvane",
        {"stages": (Stage.ENGAGED,)},
        ["Corvane Logistics, 14 Sep: to engaged (@Nora: Depot visit with their operations"],
    ),
    (
        Form.WHEN,
        "brightwater",
        {"stages": (Stage.MQA,)},
        ["Brightwater Energy, since Fri 20 Nov: MQA, claimed, no evidence"],
    ),
    (
        Form.WHEN,
        "halden",
        {"having": (Having.TOUCH,)},
        ["Halden Pumpworks, 28 Sep: heard last, 59 days ago, limit 21 (@Tomas"],
    ),
    (Form.WHEN, "nordhavn", {"having": (Having.UPDATE,)}, ["Nørdhavn Shipping: no update recorded."]),
    (
        Form.WHO,
        "sable",
        {"statuses": (ListStatus.PAUSED,)},
        ["Sable Rail (paused): @Priya, 16 Nov: paused: Merger until spring"],
    ),
    (Form.WHO, "maple", {}, ["Maple: owner @Nora, marketing @Inês (@Priya, 1 Sep)"]),
    (
        Form.WHO,
        "tallow",
        {"stages": (Stage.AWARE,)},
        ["Tallow & Finch: @May, Mon 23 Nov: aware, 3/60 d: Their buyer left"],
    ),
]


@cases(("form", "key", "asked", "lines"), REASONS)
def test_reasons_days_and_authors_are_told_of_what_was_asked(
    form: Form, key: str, asked: dict[str, Any], lines: list[str], world: Store
) -> None:
    said = ask(world, form, key, **asked).splitlines()
    assert [line for line, right in zip(said, lines, strict=False) if not line.startswith(right)] == []


def test_asked_why_all_reasons_are_told(world: Store) -> None:
    said = ask(world, Form.WHY, "halden", states=(AccountStanding.NEEDS_INTERVENTION,)).splitlines()[0]
    assert said.count("; ") == 4
    assert "more reason" not in said
