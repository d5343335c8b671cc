import re
from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.deals import Phase
from agendas.facts.reviews import AgendaFacts, AgendaItem, ItemPart, QuestionCode, QuestionToDecide
from agendas.pages.sections import question_text
from agendas.rendering.words import Words
from agendas.rules.question_to_decide import question_asked, question_of, questions_of, still_asked
from agendas.rules.reviews import place
from tests.agendas.rules.histories import named, shown
from tests.agendas.rules.question_cases import CASES, TOLD, blocker, facts, fit, in_deal, owned
from tests.agendas.rules.test_reviews import steady
from tests.builders import agenda_item, ago
from tests.cases import cases


def codes(found: AgendaFacts) -> list[QuestionCode]:
    return [each.code for each in questions_of(found, place(found))]


def first(found: AgendaFacts) -> QuestionToDecide | None:
    return question_of(found, place(found))


def fell() -> AgendaFacts:
    history = named(1, "mqa")
    history.move("aware", 72, shown(72))
    return owned(history.facts())


def deal_back() -> AgendaFacts:
    history = named(1, "opportunity")
    history.deal(Phase.LATE, 66)
    history.deal(Phase.EARLY, 72)
    return owned(history.facts())


def deal_lost() -> AgendaFacts:
    history = named(1, "opportunity")
    history.deal(Phase.MIDDLE, 66)
    history.deal(Phase.LOST, 72)
    return owned(history.facts())


OF_HISTORIES = {
    QuestionCode.REGRESSED: (fell(), 2),
    QuestionCode.DEAL_BACK: (deal_back(), 2),
    QuestionCode.ONLY_DEAL_LOST: (deal_lost(), 0),
}
HOLDING = {code: case.holds for code, case in CASES.items()} | {code: each for code, (each, _) in OF_HISTORIES.items()}


def test_every_question_has_a_case_here() -> None:
    assert set(HOLDING) == set(QuestionCode)


@cases("code", CASES)
def test_a_question_holds_from_its_day_on_with_its_numbers(code: QuestionCode) -> None:
    case = CASES[code]
    assert code not in codes(case.not_yet)
    found = still_asked(code, case.holds, place(case.holds))
    assert found == QuestionToDecide(code, case.number, case.limit, case.about)


@cases("code", OF_HISTORIES)
def test_what_moved_back_is_asked_about_first(code: QuestionCode) -> None:
    found, number = OF_HISTORIES[code]
    assert first(found) == QuestionToDecide(code, number)


@cases("code", QuestionCode)
def test_every_question_has_its_sentence_with_no_number_that_its_facts_do_not_have(code: QuestionCode) -> None:
    item = agenda_item(HOLDING[code])
    question = still_asked(code, item.facts, item.placement)
    assert question is not None
    said = question_text(question, item, Words())
    assert "?" in said
    assert "\n" not in said
    assert len(said) <= 110
    tier = item.facts.account.tier
    assert {int(each) for each in re.findall(r"\d+", said.partition("Fit")[0])} <= {
        question.number,
        question.limit,
        tier,
    }


def test_of_several_the_most_pressing_is_asked_and_a_steady_account_is_asked_nothing() -> None:
    both = facts(blockers=blocker(20), fit=fit(2), tier_1_owners=())
    assert codes(both)[:1] == [QuestionCode.BLOCKER_OLD]
    assert QuestionCode.TIER_UNFIT in codes(both)
    assert first(facts()) is None
    assert first(replace(steady(), owner_is_deactivated=True)) is None
    assert first(facts(blockers=blocker(20), list_status=ListStatus.PAUSED)) is None


def test_a_push_before_the_last_review_or_of_unknown_number_then_is_never_said_to_be_unexplained() -> None:
    assert QuestionCode.PUSHED_UNEXPLAINED not in codes(in_deal(pushes=3))
    assert QuestionCode.PUSHED_UNEXPLAINED not in codes(replace(in_deal(pushes=3), before=None, since=None))
    older = in_deal(pushes=3, before={"opportunities": ()})
    assert QuestionCode.PUSHED_UNEXPLAINED not in codes(older), "the deal is older than the review that knew none"
    assert codes(in_deal(pushes=3, before={"opportunities": ()}, events=TOLD))[:1] == [QuestionCode.PUSHED_OFTEN]


def in_review(found: AgendaFacts, question: str, **values: object) -> AgendaItem:
    return agenda_item(found, opened_at=ago(0.5), question=question, **values)


def test_in_a_review_the_question_of_its_opening_is_asked_until_it_is_answered_and_no_other_takes_its_place() -> None:
    old = facts(blockers=blocker(20), actions=())
    assert question_asked(in_review(old, "blocker_old")) == QuestionToDecide(QuestionCode.BLOCKER_OLD, 20, 14)
    answered = facts(actions=(), left_out=2)
    assert first(answered) == QuestionToDecide(QuestionCode.NO_NEXT_ACTION)
    assert question_asked(in_review(answered, "blocker_old")) is None
    assert question_asked(in_review(answered, "")) is None
    assert question_asked(in_review(answered, "of_an_older_version")) is None
    assert question_asked(in_review(old, "blocker_old", part=ItemPart.LEFT_OUT)) is None
    assert question_asked(agenda_item(answered)) == QuestionToDecide(QuestionCode.NO_NEXT_ACTION), (
        "outside of a review as it stands"
    )
