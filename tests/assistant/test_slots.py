"""Questions that are read whole, and those of which a word would be lost, which are asked back."""

import pytest

from agendas.facts.query import Form, Per, Progress, Query, Subject
from assistant.conversation import LastAnswer
from assistant.names import Asked
from assistant.reader import read_question
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames

NORA = PEOPLE["nora"].user_id


def _read(question: str, last: LastAnswer | None = None) -> Query | None:
    return read_question(question, WorldNames("nora"), Asked(NORA), today=TODAY, last=last).query


@pytest.mark.parametrize(
    "question",
    [
        "which accounts did nora lose",
        "accounts not owned by nora",
        "was corvane ever stalled",
        "will kestrel be a customer soon",
        "is something stopping us at Corvane, and if so who has to fix it?",
        "how often do we talk to the champion at corvane",
        "are all my accounts without blockers?",
        "which contacts at corvane are new",
        "only tier 1 and 2",
        "does merrow have a renewal coming up",
        "accounts that moved from aware to engaged",
        "nora sent corvane the pricing for tomas",
        *("which accounts had no touch from us this month", "should we drop tallow", "is anyone at halden new"),
        *("where do we have only one contact", "which accounts moved from tier 2 to tier 1 this month"),
        *(
            "which accounts have an old narrative",
            "put together a list of stalled accounts",
            "who got warmer this week",
            "is there something i should have done by now",
            "did lee approve it for tallow",
            "how long does a review take",
            "which date is the review after the next one",
            "who at maple insurance have we talked to in november",
            "what is the status of pilot grove and who is its owner",
            "halden site visit happened?",
            "what's in the way at corvane and who has to fix it",
            "which deals of mine were supposed to close already",
            "will we still win anything in december?",
            "and mine?",
            "did sable ask for prices",
            "has anybody written to halden yet",
        ),
    ],
)
def test_a_question_of_which_a_word_would_be_lost_is_asked_back(question: str) -> None:
    assert _read(question) is None


@pytest.mark.parametrize(
    ("question", "subject", "form"),
    [
        ("who has the most overdue actions", Subject.ACTIONS, Form.COUNT),
        ("what does ines have open", Subject.ACTIONS, Form.LIST),
        ("who moved kestrel to engaged", Subject.MOVEMENT, Form.WHO),
        ("who was in the last review", Subject.REVIEWS, Form.WHO),
        ("who owns the open blockers in tier 1", Subject.BLOCKERS, Form.WHO),
        ("who wrote the narrative of maple insurance", Subject.ACCOUNTS, Form.WHO),
        ("accounts running a play", Subject.ACCOUNTS, Form.LIST),
        ("what has moved in tier 1 this month", Subject.MOVEMENT, Form.LIST),
        ("what blockers are there that need product, and are older than two weeks", Subject.BLOCKERS, Form.LIST),
        ("finished tasks this month maple", Subject.ACTIONS, Form.LIST),
        ("since last review, which have moved?", Subject.MOVEMENT, Form.LIST),
        ("how's buying group coverage by tier", Subject.PROGRAM, Form.FIELD),
        ("who got promoted to tier 1 this quarter", Subject.LIST_CHANGES, Form.LIST),
        ("is umber named or paused?", Subject.ACCOUNTS, Form.FIELD),
        ("people who left in the last 90 days", Subject.PEOPLE, Form.LIST),
    ],
)
def test_the_subject_and_form_are_those_asked_for(question: str, subject: Subject, form: Form) -> None:
    found = _read(question)
    assert found is not None
    assert (found.subject, found.form) == (subject, form)


def test_accounts_that_do_not_move_are_the_stalled_ones() -> None:
    assert _read("accounts that are not moving") == _read("stalled accounts")


def test_a_name_that_is_a_verb_too_is_a_name_after_of() -> None:
    found = _read("accounts of Will that are stalled")
    assert found is not None
    assert found.owners == (PEOPLE["will"].user_id,)


def test_who_does_something_with_their_things_points_at_nothing_said_before() -> None:
    lost = _read("how much did we lose this quarter")
    assert lost is not None
    question = "who is late with their actions"
    assert _read(question, LastAnswer(lost)) == _read(question) is not None


@pytest.mark.parametrize("part", ["which went backwards", "sorted by value please"])
def test_a_part_of_a_question_that_may_stand_on_the_answer_before_is_asked_back(part: str) -> None:
    before = _read("what moved in october")
    assert before is not None
    assert _read(part, LastAnswer(before)) is None


def test_blockers_that_wait_for_the_asker_are_theirs() -> None:
    assert _read("which blockers wait for me") == Query(Subject.BLOCKERS, Form.LIST, whose=(NORA,))


def test_a_sum_that_is_split_stays_a_sum() -> None:
    before = LastAnswer(Query(Subject.DEALS, Form.SUM))
    assert _read("per segment pls", before) == Query(Subject.DEALS, Form.SUM, per=Per.SEGMENT)


def test_a_tier_that_is_named_is_asked_of_the_whole_list_and_not_of_the_account_before_it() -> None:
    before = LastAnswer(Query(Subject.ACCOUNTS, Form.CARD, of=(4,)))
    assert _read("and blockers in tier 1?", before) in (None, Query(Subject.BLOCKERS, Form.LIST, tiers=(1,)))


def test_what_belongs_to_another_person_is_the_same_asked_for_them() -> None:
    before = LastAnswer(Query(Subject.ACTIONS, Form.LIST, whose=(PEOPLE["may"].user_id,), is_overdue=True))
    assert _read("what about nora's", before) == Query(Subject.ACTIONS, Form.LIST, whose=(NORA,), is_overdue=True)


def test_what_anybody_has_done_is_asked_of_done_actions() -> None:
    found = _read("has anybody called corvane's coo yet?")
    assert found is not None
    assert found.progress == (Progress.DONE,)
