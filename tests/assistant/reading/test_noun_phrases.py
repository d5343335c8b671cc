"""Lists, numbers and sums asked for in noun phrases and relative clauses."""

from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading
from assistant.remark import RemarkKind
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

LABELS = [
    ("the ones that fell back, healthcare", "movement list ways=regressed segments=Healthcare"),
    ("accounts whose value is missing", "accounts list without=value"),
    ("accounts where we don't know anyone", "accounts list without=contact"),
    ("accounts with neither champion nor economic buyer", "accounts list without=role roles=champion,economic_buyer"),
    ("no champion, no next action, tier 2", "accounts list tiers=2 without=role,next_action roles=champion"),
    ("accounts that had signals this week", "accounts list having=signal period=2026-11-23..2026-11-29"),
    ("paused accounts of tomas", "accounts list statuses=paused owners=tomas"),
    ("who needs our help", "accounts list states=needs_intervention"),
    ("most valuable tier 2 accounts", "accounts list tiers=2 by=value"),
    ("which 3 accounts are worth the most", "accounts list by=value limit=3"),
    ("3 accounts with the least engagement", "accounts list by=engagement is_lowest limit=3"),
    ("five oldest blockers in tier 1", "blockers list tiers=1 by=age limit=5"),
    ("how is the list split by segment", "accounts count per=segment"),
    ("add up the stalled accounts' value", "accounts sum states=stalled fields=value"),
    ("total number of tier 2 accounts in food", "accounts count tiers=2 segments=Food"),
    ("total value of tier 2 accounts", "accounts sum tiers=2 fields=value"),
    ("five smallest accounts we carry, in value terms", "accounts list by=value is_lowest limit=5"),
    ("accounts with no value against them", "accounts list without=value"),
    ("which customers lack an exec", "accounts list stages=customer without=executive"),
    ("lost champions since october", "people list roles=champion progress=lost period=2026-10-01.."),
    (
        "the champions that left this month",
        "people list roles=champion progress=lost period=2026-11-01..2026-11-30",
    ),
    ("accounts owned by nobody", "accounts list without=owner"),
    ("corvane at a glance", "accounts card of=corvane"),
]


def _read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)


@cases(("text", "label"), LABELS)
def test_a_phrase_without_a_verb_of_asking_asks_for_what_it_names(text: str, label: str) -> None:
    reading = _read(text)
    assert reading.query == read_label(label)
    assert reading.unread == ()


@cases("text", ["stalled accounts not owned by nora", "accounts not owned by me", "stalled accounts that arent noras"])
def test_an_owner_that_is_denied_is_not_answered_without_saying_so(text: str) -> None:
    reading = _read(text)
    assert reading.query is None or reading.query.without == ()
    assert reading.unread


def test_a_role_that_is_there_beside_one_that_is_not_is_named_as_left_out() -> None:
    reading = _read("accounts with a champion but no economic buyer")
    assert reading.query == read_label("accounts list without=role roles=economic_buyer")
    assert reading.unread == ("champion",)


@cases("text", ["we lost our champions", "our champions left", "the champion left"])
def test_a_sentence_about_people_who_left_is_news(text: str) -> None:
    remark = _read(text).remark
    assert remark is not None
    assert remark.kind is RemarkKind.NEWS
