from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def after(
    label: str,
    text: str,
    *,
    listed: tuple[int, ...] = (),
    offered: tuple[int, ...] = (),
    earlier: tuple[int, ...] = (),
    owner: str = "",
) -> Query | None:
    before = read_label(label)
    assert isinstance(before, Query)
    last = LastAnswer(before, listed or before.of, offered=offered, earlier=earlier, owner=owner)
    asked = Asked(PEOPLE["nora"].user_id)
    return read_question(text, WorldNames("nora"), asked, today=TODAY, last=last).query


REASONS = [
    ("accounts yes_no of=corvane states=stalled", "since when?", "accounts when of=corvane states=stalled"),
    ("decisions list of=sable", "why?", "decisions why of=sable"),
    ("decisions list of=sable", "and who decided that", "decisions who of=sable"),
    ("accounts card of=corvane", "why stalled", "accounts why of=corvane states=stalled"),
    ("accounts list states=needs_intervention", "why those?", "accounts why states=needs_intervention"),
    ("blockers list of=lakeview", "how long has this been open", "blockers when of=lakeview"),
    ("accounts yes_no of=merrow having=role roles=champion", "who is it", "people who of=merrow roles=champion"),
]
NUMBERS = [
    (
        "movement list period=2026-11-16..2026-11-22",
        "how many is that?",
        "movement count period=2026-11-16..2026-11-22",
    ),
    ("deals list tiers=1", "what's that in total", "deals sum tiers=1"),
    ("people count of=merrow", "who are they?", "people who of=merrow"),
    ("accounts count per=tier", "top 3 by value", "accounts list by=value limit=3"),
    ("accounts sum fields=value tiers=1", "the biggest two", "accounts list tiers=1 by=value limit=2"),
    ("accounts sum fields=value tiers=1", "which accounts is that", "accounts list tiers=1"),
]
FILTERS = [
    ("accounts list states=stalled tiers=1", "and tier 2?", "accounts list states=stalled tiers=2"),
    ("accounts list without=next_action", "transport only", "accounts list without=next_action segments=Transport"),
    ("accounts list states=stalled", "only mine", "accounts list states=stalled owners=nora"),
    ("signals list tiers=2 signals=intent", "also hiring", "signals list tiers=2 signals=intent,hiring"),
    ("accounts list statuses=named", "and paused ones too", "accounts list statuses=named,paused"),
    ("actions list whose=nora", "and tomas?", "actions list whose=tomas"),
    ("accounts list owners=nora", "and <@U0WORLD02>?", "accounts list owners=tomas"),
    ("blockers count", "on noras accounts?", "blockers count owners=nora"),
    ("actions list whose=nora", "by friday", "actions list whose=nora period=..2026-11-27"),
    (
        "actions list whose=nora progress=done period=2026-11-16..2026-11-22",
        "and the week before",
        "actions list whose=nora progress=done period=2026-11-09..2026-11-15",
    ),
    ("signals list of=kestrel", "and in september", "signals list of=kestrel period=2026-09-01..2026-09-30"),
    ("blockers list", "the oldest?", "blockers list by=age limit=1"),
]
REST = [
    ("accounts list by=value limit=3", "the next three", "accounts list by=value limit=3 skip=3"),
    ("accounts list by=value limit=3 skip=3", "more", "accounts list by=value limit=3 skip=6"),
    ("actions list whose=nora", "show the rest", "actions list whose=nora skip=15"),
    ("accounts list by=value limit=3", "show me the next 5", "accounts list by=value limit=5 skip=3"),
    ("reviews when which=next", "who runs it?", "reviews who which=next"),
    ("reviews list which=next", "who leads them", "reviews who which=next"),
]
ACCOUNTS_MEANT = [
    ("accounts card of=corvane", "and march?", "accounts card of=march"),
    ("accounts card of=corvane", "and which ones are stalled", "accounts list states=stalled"),
    ("accounts card of=corvane", "and others in transport", "accounts list segments=Transport"),
    ("accounts compare of=corvane,kestrel", "how is the first", "accounts card of=corvane"),
    ("blockers list of=maple", "maple insurance, not maple", "blockers list of=maple-insurance"),
    ("blockers list of=corvane", "and for my accounts?", "blockers list owners=nora"),
    ("blockers list of=corvane", "i said kestrel", "blockers list of=kestrel"),
    ("accounts yes_no of=kestrel tiers=1", "how many are", "accounts count tiers=1"),
    ("accounts list tiers=2", "since when is vantor in it", "accounts when of=vantor tiers=2"),
    ("accounts list tiers=2", "compare with tier 1", "accounts compare tiers=2,1"),
    ("accounts list owners=tomas", "also mine", "accounts list owners=tomas,nora"),
    ("accounts list owners=tomas", "his overdue actions", "actions list whose=tomas is_overdue"),
    ("accounts list states=stalled", "without a next action", "accounts list states=stalled without=next_action"),
    ("actions list whose=nora", "on tier 1 accounts", "actions list whose=nora tiers=1"),
    ("actions list whose=nora is_overdue", "due tomorrow", "actions list whose=nora period=2026-11-27..2026-11-27"),
    ("accounts field of=kestrel fields=next_review", "who leads it", "reviews who of=kestrel which=next"),
    (
        "accounts list without=role roles=champion",
        "or economic buyer",
        "accounts list without=role roles=economic_buyer",
    ),
    ("people list of=corvane roles=champion", "does kestrel have one", "people yes_no of=kestrel roles=champion"),
    ("people list of=kestrel roles=champion", "how do they stand", "accounts card of=kestrel"),
    ("actions list of=corvane", "is it stalled", "accounts yes_no of=corvane states=stalled"),
    ("actions list of=corvane", "everywhere", "actions list"),
    ("blockers list of=maple", "no the insurance company", "blockers list of=maple-insurance"),
    (
        "accounts field of=corvane fields=next_review",
        "and the last one?",
        "accounts field of=corvane fields=last_review",
    ),
    ("accounts field of=corvane fields=value", "KST?", "accounts field of=kestrel fields=value"),
    ("blockers list of=lakeview", "same for umber", "blockers list of=umber"),
    ("accounts field of=maple-insurance fields=stage", "no, just maple", "accounts field of=maple fields=stage"),
    ("accounts yes_no of=halden states=stalled", "sorry, lakeview", "accounts yes_no of=lakeview states=stalled"),
    ("accounts compare of=corvane,kestrel", "who owns the second one", "accounts field of=kestrel fields=owner"),
    ("accounts card of=brightwater", "its blockers?", "blockers list of=brightwater"),
    ("accounts card of=brightwater", "next actions", "actions list of=brightwater"),
    ("accounts card of=brightwater", "and its tier, segment", "accounts field of=brightwater fields=tier,segment"),
]
WIDER = [
    ("accounts list tiers=2 segments=Food", "forget the tier", "accounts list segments=Food"),
    ("accounts list tiers=2 segments=Food", "tier 3 as well", "accounts list tiers=2,3 segments=Food"),
    ("accounts list states=stalled segments=Food", "all segments", "accounts list states=stalled"),
    ("actions list whose=nora", "everybody's", "actions list"),
    ("actions list whose=nora is_overdue", "not only overdue", "actions list whose=nora"),
    (
        "accounts list states=stalled segments=Food",
        "not stalled, blocked",
        "accounts list segments=Food having=blocker",
    ),
    ("accounts list states=stalled", "not tier 3", "accounts list states=stalled tiers=1,2"),
    (
        "accounts list without=touch period=2026-10-27..2026-11-26",
        "60 days?",
        "accounts list without=touch period=2026-09-27..2026-11-26",
    ),
    ("deals list period=2027-02-01..2027-02-28", "and march?", "deals list period=2027-03-01..2027-03-31"),
    (
        "changes list of=kestrel period=2026-11-23..2026-11-29",
        "and last?",
        "changes list of=kestrel period=2026-11-16..2026-11-22",
    ),
    ("accounts list states=stalled", "per owner please", "accounts count states=stalled per=owner"),
    ("accounts list states=stalled", "is corvane among those", "accounts yes_no of=corvane states=stalled"),
    (
        "actions list whose=nora period=2026-11-23..2026-11-29",
        "including the overdue ones",
        "actions list whose=nora period=..2026-11-29",
    ),
    ("actions list period=2026-11-23..2026-11-29", "for me", "actions list whose=nora period=2026-11-23..2026-11-29"),
    ("accounts list tiers=1", "and 2?", "accounts list tiers=2"),
    ("accounts yes_no of=corvane states=stalled", "who says so", "accounts who of=corvane states=stalled"),
    ("actions list whose=nora", "about the contract", "actions list whose=nora about=contract"),
    ("blockers list of=corvane", "in tier 1", "blockers list tiers=1"),
    ("accounts compare of=corvane,kestrel", "and brightwater", "accounts compare of=corvane,kestrel,brightwater"),
    (
        "accounts field of=corvane fields=value",
        "compare that to kestrel",
        "accounts compare of=corvane,kestrel fields=value",
    ),
    ("people list tiers=1 roles=champion", "where is there none", "accounts list tiers=1 roles=champion without=role"),
    ("accounts yes_no of=halden states=stalled", "which others are", "accounts list states=stalled"),
]
NEW_QUESTIONS = [
    ("accounts card of=corvane", "paused accounts", "accounts list statuses=paused"),
    ("actions list whose=nora", "accounts in food", "accounts list segments=Food"),
    (
        "accounts list tiers=1 without=role roles=champion",
        "what was removed and why",
        "accounts why statuses=removed",
    ),
    ("accounts card of=corvane", "show me tier 1", "accounts list tiers=1"),
    ("accounts card of=corvane", "when is the security review due?", 'actions when about="security review"'),
    ("blockers list of=corvane", "what needs finance", "blockers list needs=finance"),
    ("actions list whose=nora", "quill, still just a candidate?", "accounts yes_no of=quill statuses=candidate"),
    ("accounts list states=stalled", "healthcare in tier 1 or 2", "accounts list tiers=1,2 segments=Healthcare"),
    (
        "accounts list states=stalled",
        "accounts that advanced in Q3",
        "movement list ways=advanced period=2026-07-01..2026-09-30",
    ),
    ("accounts card of=corvane", "who needs help", "accounts list states=needs_intervention"),
    ("accounts card of=corvane", "which tier 2 accounts are stalled?", "accounts list tiers=2 states=stalled"),
    ("actions list whose=nora", "who owns kestrel", "accounts field of=kestrel fields=owner"),
    ("accounts list states=stalled tiers=1", "how is maple", "accounts card of=maple"),
    ("actions list tiers=1 is_overdue", "how many candidates do we have?", "accounts count statuses=candidate"),
    ("accounts card of=corvane", "different question: what needs product?", "blockers list needs=product"),
    ("accounts field of=fennimore fields=owner", "what is overdue?", "actions list is_overdue"),
    ("accounts field of=fennimore fields=owner", "tier 3", "accounts list tiers=3"),
    ("accounts card of=corvane", "all overdue actions", "actions list is_overdue"),
    ("accounts card of=corvane", "who is overdue", "actions who is_overdue"),
    ("accounts card of=corvane", "top 3 by value", "accounts list by=value limit=3"),
]


@cases(("before", "text", "meant"), [*REASONS, *NUMBERS, *FILTERS, *REST, *ACCOUNTS_MEANT, *WIDER, *NEW_QUESTIONS])
def test_a_text_stands_on_the_answer_before_or_on_itself(before: str, text: str, meant: str) -> None:
    assert after(before, text) == read_label(meant)


def test_the_other_one_is_the_one_of_two_that_was_not_answered_about() -> None:
    assert after("accounts card of=vantor", "the other one", offered=(16, 17)) == read_label("accounts card of=vantora")
    assert after("blockers list of=maple", "no, the other", offered=(1, 2)) == read_label(
        "blockers list of=maple-insurance"
    )


def test_what_was_asked_of_two_accounts_one_after_the_other_is_asked_of_both() -> None:
    value = "accounts field of=kestrel fields=value"
    assert after(value, "what's that together", earlier=(4,)) == read_label(
        "accounts sum of=corvane,kestrel fields=value"
    )
    assert after(value, "which is bigger", earlier=(4,)) == read_label(
        "accounts compare of=corvane,kestrel fields=value"
    )
    assert after(value, "blockers of both", earlier=(5, 4)) == read_label("blockers list of=corvane,kestrel")


@cases(
    ("before", "text", "meant"),
    [
        ("accounts field of=corvane fields=owner", "and her accounts?", "accounts list owners=nora"),
        ("accounts card of=corvane", "its owner's other accounts", "accounts list owners=nora"),
        (
            "accounts field of=corvane fields=owner",
            "which of hers are stalled",
            "accounts list owners=nora states=stalled",
        ),
        ("accounts field of=corvane fields=owner", "who is she", "members card whose=nora"),
        ("accounts field of=corvane fields=owner", "what does she owe", "actions list whose=nora"),
    ],
)
def test_the_owner_of_the_account_spoken_of_is_meant_by_she(before: str, text: str, meant: str) -> None:
    assert after(before, text, owner=PEOPLE["nora"].user_id) == read_label(meant)


def test_a_place_in_the_list_is_the_account_there() -> None:
    listed = (4, 23, 5)
    assert after("accounts list tiers=1", "who owns the first one", listed=listed) == read_label(
        "accounts field of=corvane fields=owner"
    )
    assert after("accounts list tiers=1", "blockers of the second?", listed=listed) == read_label(
        "blockers list of=kestrel"
    )
