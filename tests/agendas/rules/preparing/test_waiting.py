"""People whose word is waited for in an open review, and those who are away."""

from dataclasses import replace
from datetime import date

from agendas.facts.events import NothingMoved
from agendas.facts.reviews import OnRoster, Part
from agendas.rules.preparing import Waiting, WhoIsThere, waiting_for
from tests.builders import ANN, BOB, CLEO, DAN, account, agenda_facts, event, profile
from tests.cases import cases

UNTIL = date(2026, 12, 4)
SILENT = agenda_facts(
    account=account(profile=profile(marketing_partner=BOB, our_executive=DAN)), missing_updates_from=(ANN,)
)
BOTH = (OnRoster(ANN, Part.MANDATORY), OnRoster(BOB, Part.MANDATORY))


def test_without_a_roster_the_owner_is_waited_for_unless_away() -> None:
    assert waiting_for(SILENT, WhoIsThere((), {})) == Waiting((ANN,))
    assert waiting_for(SILENT, WhoIsThere((), {ANN: UNTIL})) == Waiting((), ((ANN, UNTIL),))


@cases(
    ("there", "waiting"),
    [
        (WhoIsThere(BOTH, {}), Waiting((ANN, BOB))),
        (WhoIsThere((OnRoster(ANN, Part.OPTIONAL), BOTH[1]), {}), Waiting((BOB,))),
        (WhoIsThere(BOTH, {}, gone={BOB}), Waiting((ANN,))),
        (WhoIsThere(BOTH, {ANN: UNTIL}), Waiting((BOB,), ((ANN, UNTIL),))),
        (
            WhoIsThere((*BOTH, OnRoster(CLEO, Part.MANDATORY, ANN)), {ANN: UNTIL}),
            Waiting((CLEO, BOB), ((ANN, UNTIL),)),
        ),
        (
            WhoIsThere((*BOTH, OnRoster(CLEO, Part.MANDATORY, ANN)), {ANN: UNTIL, CLEO: UNTIL}),
            Waiting((BOB,), ((ANN, UNTIL),)),
        ),
    ],
    ids=["both", "optional", "gone", "away", "stand-in", "stand-in away too"],
)
def test_mandatory_people_are_waited_for_and_those_away_never(there: WhoIsThere, waiting: Waiting) -> None:
    assert waiting_for(SILENT, there) == waiting


def test_who_said_something_is_not_waited_for_nor_named_as_away() -> None:
    heard = replace(SILENT, events=(event(NothingMoved(), actor=ANN),))
    assert waiting_for(heard, WhoIsThere(BOTH, {ANN: UNTIL})) == Waiting((BOB,))
