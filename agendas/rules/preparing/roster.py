"""People who take part in a planned review, and the question that each is asked about an account."""

from collections.abc import Iterable, Iterator, Sequence

from agendas.facts.account import Stage
from agendas.facts.people import Function
from agendas.facts.reviews.preparing import Asking, Part, Participant, PeopleOfAccount, Preparation, Question
from agendas.rules.preparing.stand_in import stands_in

PRODUCT_TIER = 1
"""Tier whose accounts need a say of product before they buy: use case and proof. Ours, after the audit's checks."""
PRODUCT_STAGES = frozenset({Stage.ENGAGED, Stage.MQA, Stage.OPPORTUNITY})
SUCCESS_TIERS = frozenset({1, 2})
"""Tiers whose customers are asked about one by one. Ours: the customers of the last tier are served as one."""
OF_FUNCTION = frozenset({Question.SUCCESS, Question.FIT})


def roster(accounts: Sequence[PeopleOfAccount], preparation: Preparation, asking: Asking) -> tuple[Participant, ...]:
    """Return everybody who takes part, by user id, and after each person who is away whoever stands in for them.

    Owners, marketing partners and our executives are mandatory. Customer success and product are asked where stage or
    tier calls for it, and not waited for. Observing people are never asked, whatever they own, and neither is anybody
    who may not answer or may not see the account.
    """
    questions = _questions(accounts, preparation, asking)
    observing = asking.may_answer.intersection(preparation.observing)
    found: list[Participant] = []
    for user_id in sorted({*questions, *observing}):
        person = _participant(user_id, questions.get(user_id, {}), preparation, asking)
        if person.part is Part.OBSERVING or person.questions:
            found += [person, *_standing_in(person, accounts, preparation, asking)]
    return tuple(found)


def asked_about(account: PeopleOfAccount, asking: Asking) -> Iterator[tuple[str, Question]]:
    """Yield the people who are asked about the account with their question, whether they may answer or not."""
    for mover in (account.owner, account.our_executive):
        if mover:
            yield mover, Question.MOVED
    if account.marketing_partner:
        yield account.marketing_partner, Question.BUYER
    for function, question in _functions(account):
        # the one who scored the account knows it; else the function is asked where it is led
        user_id = account.scored_by.get(function) or asking.leads.get(function)
        if user_id:
            yield user_id, question


def _functions(account: PeopleOfAccount) -> Iterator[tuple[Function, Question]]:
    if account.stage is Stage.CUSTOMER and account.tier in SUCCESS_TIERS:
        yield Function.CUSTOMER_SUCCESS, Question.SUCCESS
    if account.stage in PRODUCT_STAGES and account.tier == PRODUCT_TIER:
        yield Function.PRODUCT, Question.FIT


def _questions(
    accounts: Iterable[PeopleOfAccount], preparation: Preparation, asking: Asking
) -> dict[str, dict[int, Question]]:
    """The question about each account by user id, of those who may answer it."""
    found: dict[str, dict[int, Question]] = {}
    for account in accounts:
        for user_id, question in asked_about(account, asking):
            if _may_answer(user_id, account, asking):
                found.setdefault(user_id, {}).setdefault(account.account_id, question)
    for user_id in preparation.optional:
        # whoever was named without an account of their own has a say in all
        if user_id not in found:
            seen = [each for each in accounts if _may_answer(user_id, each, asking)]
            found[user_id] = {each.account_id: Question.MOVED for each in seen}
    return found


def _may_answer(user_id: str, account: PeopleOfAccount, asking: Asking) -> bool:
    sees = not account.private_to or user_id in asking.members.get(account.private_to, ())
    return sees and user_id in asking.may_answer


def _participant(user_id: str, questions: dict[int, Question], preparation: Preparation, asking: Asking) -> Participant:
    if user_id in preparation.observing:
        return Participant(user_id, Part.OBSERVING)
    is_optional = user_id in preparation.optional or OF_FUNCTION.issuperset(questions.values())
    part = Part.OPTIONAL if is_optional else Part.MANDATORY
    return Participant(user_id, part, questions, away=asking.away.get(user_id))


def _standing_in(
    person: Participant, accounts: Iterable[PeopleOfAccount], preparation: Preparation, asking: Asking
) -> Iterator[Participant]:
    """The stand-in of somebody who is away, as far as they may answer and do not only observe."""
    if person.away is None:
        return
    user_id = stands_in(person.user_id, asking.away)
    if not user_id or user_id in preparation.observing:
        return
    theirs = {
        each.account_id: person.questions[each.account_id]
        for each in accounts
        if each.account_id in person.questions and _may_answer(user_id, each, asking)
    }
    if theirs:
        yield Participant(user_id, person.part, theirs, for_user_id=person.user_id)
