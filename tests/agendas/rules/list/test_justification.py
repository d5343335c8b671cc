"""Parts of a justification: who gave each, and which are missing."""

from dataclasses import replace

from agendas.facts.events import Change, Corrected, ListChanged, Moved, Nominated, Profile
from agendas.facts.narrative import Justification, Justified, Part
from agendas.rules.account_list import missing_parts, said_parts
from tests.agendas.rules.history.histories import History, day
from tests.builders import account
from tests.cases import cases

A, B, C = Part


def told(*changes: tuple[str, Change]) -> History:
    """The history in which these people told this, a day after another."""
    history = History()
    for number, (who, change) in enumerate(changes):
        history.add(change, number)
        history.events[-1] = replace(history.events[-1], actor=who)
    return history


def test_each_part_has_who_gave_it_in_these_words_and_when() -> None:
    had = Justification("They grew", "In April")
    history = told(
        ("U1", Nominated(Profile("Acme"), "400 seats", "In April")),
        ("U2", ListChanged("named", 1, "They grew")),
        ("U3", Moved("They called")),
        ("U3", Justified(Justification("They grew", "In April", "A pilot"), had)),
        ("U4", ListChanged("named", 2, "Smaller than thought")),
    )
    assert [(each.part, each.text, each.said_by, each.said_at) for each in said_parts(history.events)] == [
        (A, "They grew", "U2", day(1)),
        (B, "In April", "U1", day(0)),
        (C, "A pilot", "U3", day(3)),
    ]


def test_a_part_that_nobody_gave_or_that_was_emptied_or_taken_back_has_no_author() -> None:
    history = told(
        ("U1", Nominated(Profile("Acme"), "400 seats", "In April")),
        ("U2", Justified(Justification("400 seats", "", "A pilot"), Justification("400 seats", "In April"))),
    )
    assert [(each.text, each.said_by) for each in said_parts(history.events)] == [
        ("400 seats", "U1"),
        ("", ""),
        ("A pilot", "U2"),
    ]
    history.add(Corrected(history.events[-1].id), 5)
    assert [(each.text, each.said_by) for each in said_parts(history.events)] == [
        ("400 seats", "U1"),
        ("In April", "U1"),
        ("", ""),
    ]
    assert [each.text for each in said_parts(())] == ["", "", ""]


def test_a_change_dated_before_the_nomination_counts_after_it() -> None:
    history = History()
    history.add(Nominated(Profile("Acme"), "400 seats"), 5)
    history.add(ListChanged("named", 1, "They grew"), 2)
    assert said_parts(history.events)[0].text == history.state.justification.why_account == "They grew"


@cases(
    ("tier", "given", "missing"),
    [
        (1, Justification("400 seats"), (B, C)),
        (2, Justification("", "In April", "A pilot"), (A,)),
        (1, Justification("400 seats", " ", "A pilot"), (B,)),
        (3, Justification("400 seats"), ()),
        (3, Justification(), (A,)),
        (None, Justification(), (A,)),
    ],
)
def test_all_parts_are_needed_in_tiers_1_and_2_and_the_first_everywhere(
    tier: int | None, given: Justification, missing: tuple[Part, ...]
) -> None:
    assert missing_parts(account(tier=tier, justification=given)) == missing
