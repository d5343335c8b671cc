from dataclasses import replace
from datetime import date

from agendas.facts.account import ListStatus
from agendas.pages.account_list import CHANGES_SHOWN, NAMES_SHOWN, changes_page, version_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules.account_list import ChangesFacts, ListEntry, VersionFacts, changes_between, counting, version_at
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE, ZONE
from tests.agendas.rules.history.histories import day

WORDS = Words()
NAMES = {1: "Acme Corp", 2: "Globex", 3: HOSTILE, 4: "Initrode", 5: "Pinewood"}
FIRST, SECOND = date(2026, 1, 6), date(2026, 1, 20)


def entry(number: int, account: int, on_day: float, status: str = "candidate", tier: int | None = None) -> ListEntry:
    because = "" if status == "candidate" else HOSTILE if account == 3 else "Their board decided"
    return ListEntry(number, account, day(on_day), "U0ANN1", ListStatus(status), tier, because)


HISTORY = counting(
    [
        *(entry(number, number, 0) for number in NAMES),
        entry(11, 1, 1, "named", 1),
        entry(12, 2, 1, "named", 1),
        entry(13, 3, 1, "named", 2),
        entry(14, 4, 1, "named", 3),
        entry(15, 2, 3, "named", 2),
        entry(16, 3, 4, "paused", 2),
        entry(17, 3, 6, "named", 2),
        entry(18, 4, 7, "removed"),
        entry(19, 4, 8),
        entry(20, 5, 9, "rejected"),
        entry(21, 2, 10, "paused", 2),
        entry(22, 4, 11, "named", None),
    ]
)


def changed(history=HISTORY, after: float = 2, until: float = 16) -> ChangesFacts:
    return ChangesFacts(
        FIRST,
        SECOND,
        version_at(history, day(after)),
        version_at(history, day(until)),
        changes_between(history, day(after), day(until)),
        NAMES,
        ZONE,
    )


def test_the_versions_pages_say_what_their_golden_file_says() -> None:
    pages = {
        "the list on a date": version_page(VersionFacts(SECOND, version_at(HISTORY, day(16)), NAMES), WORDS),
        "only candidates then": version_page(VersionFacts(FIRST, version_at(HISTORY, day(0.5)), NAMES), WORDS),
        "what changed": changes_page(changed(), WORDS),
        "nothing changed": changes_page(changed(after=12), WORDS),
    }
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/versions", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def many(count: int, status: str = "named") -> tuple[ListEntry, ...]:
    entries = [entry(number, number, 0) for number in range(1, count + 1)]
    named = [replace(entry(count + each.id, each.id, 3, status, 1), because="x " * 1_400) for each in entries]
    return counting([*entries, *named])


def test_long_versions_are_shown_part_by_part_with_everything_once() -> None:
    count = 2 * NAMES_SHOWN + 5
    facts = VersionFacts(SECOND, version_at(many(count), day(4)), {n: f"Company {n:04}" for n in range(1, count + 1)})
    shown = [text(version_page(facts, WORDS, start=start)) for start in (0, NAMES_SHOWN, 2 * NAMES_SHOWN)]
    assert all("".join(shown).count(name) == 1 for name in facts.names.values())
    assert "151 to 300 of 305." in shown[1]
    assert f"abm.versions_more {NAMES_SHOWN} {SECOND}" in shown[0]
    assert "abm.versions_more" not in shown[2]


def test_long_lists_of_changes_with_long_reasons_fit_into_messages() -> None:
    history = many(CHANGES_SHOWN + 1)
    facts = replace(changed(history), names=dict.fromkeys(range(1, CHANGES_SHOWN + 2), "🚀" * 120))
    for start in (0, CHANGES_SHOWN):
        parts = messages(changes_page(facts, WORDS, start=start))
        check_messages(parts)
        assert len(parts) <= 2
    assert f"abm.versions_more {CHANGES_SHOWN} {FIRST} {SECOND}" in text(changes_page(facts, WORDS))


def text(page) -> str:
    check_messages(messages(page))
    return drawn("", page)
