"""People who take part in a planned review, and what each is asked."""

from dataclasses import replace
from datetime import date

from agendas.facts.account import Stage
from agendas.facts.reviews import AS_USUAL, Asking, Away, Part, PeopleOfAccount, Preparation, Question
from agendas.rules.preparing import roster
from tests.cases import cases

NORA, INES, PAULA, TOMAS, LEAD, SCORER = "U0NORA", "U0INES", "U0PAULA", "U0TOMAS", "U0LEAD", "U0SCORER"
EVERYBODY = frozenset({NORA, INES, PAULA, TOMAS, LEAD, SCORER})
ASKING = Asking(EVERYBODY)
OURS = PeopleOfAccount(1, 2, Stage.ENGAGED, owner=NORA, marketing_partner=INES, our_executive=PAULA)
ON = date(2026, 11, 30)


def _away(user_id: str, stand_in: str = "") -> dict[str, Away]:
    return {user_id: Away(user_id, ON, ON, stand_in)}


def _asked(
    account: PeopleOfAccount = OURS, preparation: Preparation = AS_USUAL, asking: Asking = ASKING
) -> dict[str, tuple[Part, list[Question]]]:
    found = roster((account,), preparation, asking)
    return {each.user_id: (each.part, list(each.questions.values())) for each in found if each.is_asked}


def test_owner_partner_and_executive_are_mandatory_each_with_their_question() -> None:
    assert _asked() == {
        NORA: (Part.MANDATORY, [Question.MOVED]),
        INES: (Part.MANDATORY, [Question.BUYER]),
        PAULA: (Part.MANDATORY, [Question.MOVED]),
    }


@cases(
    ("account", "asked", "question"),
    [
        (replace(OURS, tier=1), LEAD, Question.FIT),
        (replace(OURS, tier=1, scored_by={"product": SCORER}), SCORER, Question.FIT),
        (replace(OURS, tier=1, stage=Stage.AWARE), None, None),
        (OURS, None, None),
        (replace(OURS, stage=Stage.CUSTOMER), LEAD, Question.SUCCESS),
        (replace(OURS, stage=Stage.CUSTOMER, tier=3), None, None),
    ],
)
def test_product_and_customer_success_are_asked_where_tier_and_stage_call_for_it_and_not_waited_for(
    account: PeopleOfAccount, asked: str | None, question: Question | None
) -> None:
    found = _asked(account, asking=replace(ASKING, leads={"product": LEAD, "customer_success": LEAD}))
    others = {user: each for user, each in found.items() if user not in (NORA, INES, PAULA)}
    assert others == ({asked: (Part.OPTIONAL, [question])} if asked else {})


def test_who_has_two_roles_is_asked_once_the_first_question() -> None:
    both = replace(OURS, marketing_partner=NORA, our_executive=NORA)
    assert _asked(both) == {NORA: (Part.MANDATORY, [Question.MOVED])}


def test_optional_people_are_asked_of_theirs_or_of_all_and_observing_ones_never() -> None:
    found = roster((OURS,), Preparation(optional=(NORA, TOMAS), observing=(INES, LEAD)), ASKING)
    assert {each.user_id: (each.part, each.is_asked) for each in found} == {
        NORA: (Part.OPTIONAL, True),
        TOMAS: (Part.OPTIONAL, True),
        PAULA: (Part.MANDATORY, True),
        INES: (Part.OBSERVING, False),
        LEAD: (Part.OBSERVING, False),
    }


def test_nobody_is_asked_who_may_not_answer_or_not_see_the_account() -> None:
    assert NORA not in _asked(asking=Asking(EVERYBODY - {NORA}))
    private = replace(OURS, private_to="C0SECRET")
    assert _asked(private, Preparation(optional=(TOMAS,))) == {}
    assert set(_asked(private, asking=replace(ASKING, members={"C0SECRET": frozenset({INES})}))) == {INES}


def test_who_is_away_is_on_the_roster_unasked_and_their_stand_in_is_asked_in_their_place() -> None:
    found = roster((OURS,), AS_USUAL, replace(ASKING, away=_away(NORA, TOMAS)))
    nora, tomas = (next(each for each in found if each.user_id == who) for who in (NORA, TOMAS))
    assert nora.away is not None
    assert not nora.is_asked
    assert (tomas.for_user_id, tomas.part, tomas.is_asked) == (NORA, Part.MANDATORY, True)
    assert tomas.questions == {1: Question.MOVED}


@cases(
    ("preparation", "asking"),
    [
        (AS_USUAL, replace(ASKING, away=_away(NORA, TOMAS) | _away(TOMAS))),
        (AS_USUAL, replace(ASKING, away=_away(NORA))),
        (AS_USUAL, replace(ASKING, away=_away(NORA, TOMAS), may_answer=EVERYBODY - {TOMAS})),
        (Preparation(observing=(TOMAS,)), replace(ASKING, away=_away(NORA, TOMAS))),
    ],
    ids=["away too", "none named", "may not answer", "only observes"],
)
def test_a_stand_in_who_cannot_be_asked_is_not(preparation: Preparation, asking: Asking) -> None:
    assert set(_asked(OURS, preparation, asking)) == {INES, PAULA}


def test_a_stand_in_with_a_part_of_their_own_keeps_it() -> None:
    found = roster((OURS,), AS_USUAL, replace(ASKING, away=_away(NORA, INES)))
    assert [(each.for_user_id, each.questions) for each in found if each.user_id == INES] == [
        ("", {1: Question.BUYER}),
        (NORA, {1: Question.MOVED}),
    ]
