"""Questions in other words than those of the labelled set, one rule each."""

from assistant.query import Query
from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading
from assistant.remark import RemarkKind
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases


def read(text: str) -> Reading:
    return read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)


def asks(text: str) -> Query | None:
    return read(text).query


SUBJECTS = [
    ("what blocks halden", "blockers list of=halden"),
    ("which obstacles do we have in tier 1", "blockers list tiers=1"),
    ("what do i owe this week", "actions list whose=nora period=2026-11-23..2026-11-29"),
    ("when is the security review due", 'actions when about="security review"'),
    ("what was decided about kestrel", "decisions list of=kestrel"),
    ("what moved this month", "movement list period=2026-11-01..2026-11-30"),
    ("any news from kestrel?", "changes list of=kestrel"),
    ("who was added to the list this quarter", "list_changes list statuses=named period=2026-10-01..2026-12-31"),
    ("which accounts show intent", "signals list signals=intent"),
    ("who is the champion at corvane", "people who of=corvane roles=champion"),
    ("deals closing next month", "deals list period=2026-12-01..2026-12-31"),
    ("plays in tier 2", "plays list tiers=2"),
    ("when is the next review of kestrel", "accounts field of=kestrel fields=next_review"),
    ("who works in sales", "members list about=sales"),
    ("what has the buyer done at halden", "evidence list of=halden"),
    ("open asks", "asks list"),
    ("next steps for halden", "actions list of=halden"),
    ("which moves are claimed only", "movement list ways=claimed"),
    ("who is dana weber", 'people who about="dana weber"'),
    ("what does lee park do", "members card whose=lee"),
    ("did anyone visit our page from halden", "signals yes_no of=halden signals=web_visit"),
    ("which accounts should be demoted", "accounts list having=proposal"),
    ("what's the pressure at corvane", "accounts field of=corvane fields=narrative"),
    ("average deal size", "deals sum"),
    ("is halden still worth it?", "accounts card of=halden"),
    ("are we on track?", "accounts list states=needs_intervention,stalled"),
    ("which accounts need a narrative", "accounts list without=narrative"),
    ("accounts in need of a champion", "accounts list without=role roles=champion"),
    ("which accounts need finance", "blockers list needs=finance"),
]

FORMS = [
    ("how many accounts are in tier 1", "accounts count tiers=1"),
    ("what is tier 1 worth", "accounts sum fields=value tiers=1"),
    ("compare kestrel and corvane", "accounts compare of=kestrel,corvane"),
    ("is halden stalled", "accounts yes_no of=halden states=stalled"),
    ("why is corvane stalled", "accounts why of=corvane states=stalled"),
    ("since when is corvane in tier 1", "accounts when of=corvane tiers=1"),
    ("who decided to keep tallow", "decisions who of=tallow decisions=keep"),
    ("which is worth more, kestrel or corvane", "accounts compare of=kestrel,corvane fields=value"),
    ("how is kestrel", "accounts card of=kestrel"),
    ("kestrel?", "accounts card of=kestrel"),
    ("total pipeline of my accounts", "deals sum owners=nora"),
    ("accounts by stage", "accounts list by=stage"),
    ("halden - blocked?", "blockers yes_no of=halden"),
    ("is kestrel in tier 1, true or false", "accounts yes_no of=kestrel tiers=1"),
    ("blockers by owner", "blockers count per=owner"),
]

FIELDS = [
    ("who looks after kestrel", "accounts field of=kestrel fields=owner"),
    ("merrow's website", "accounts field of=merrow fields=domain"),
    ("tier and segment of kestrel", "accounts field of=kestrel fields=tier,segment"),
    ("when is fennimore closing", "accounts field of=fennimore fields=close_date"),
    ("how long is kestrel in this stage already", "accounts field of=kestrel fields=days_in_stage"),
    ("when did we last talk to halden", "accounts field of=halden fields=last_touch"),
    ("who partners on kestrel from marketing", "accounts field of=kestrel fields=partner"),
    ("is there a narrative for vantor", "accounts yes_no of=vantor having=narrative"),
    ("last entry for kestrel", "accounts field of=kestrel fields=last_update"),
    ("how engaged is kestrel", "accounts field of=kestrel fields=engagement"),
    ("which vertical is lakeview", "accounts field of=lakeview fields=segment"),
    ("where is kestrel discussed", "accounts field of=kestrel fields=channel"),
]

THINGS = [
    ("accounts with a blocker", "accounts list having=blocker"),
    ("which accounts have no next action", "accounts list without=next_action"),
    ("accounts without a champion or a play", "accounts list without=role,play roles=champion"),
    ("which roles are missing at corvane", "people list of=corvane without=role"),
    ("accounts with overdue to-dos", "accounts list having=overdue_action"),
    ("where do we have a champion", "accounts list having=role roles=champion"),
    ("does kestrel have any blockers", "blockers yes_no of=kestrel"),
    ("accounts nobody touched since october", "accounts list without=touch period=2026-10-01.."),
    ("unassigned accounts", "accounts list without=owner"),
    ("accounts that did not move this quarter", "accounts list without=movement period=2026-10-01..2026-12-31"),
    ("not reviewed since september", "accounts list without=review period=2026-09-01.."),
    ("which accounts have nothing planned", "accounts list without=next_action"),
]

FILTERS = [
    ("tier 1 or 2 accounts in transport", "accounts list tiers=1,2 segments=Transport"),
    ("which accounts aren't in tier 1", "accounts list tiers=2,3"),
    ("stalled accounts of tomas", "accounts list states=stalled owners=tomas"),
    ("everything at risk in energy", "accounts list states=needs_intervention,stalled segments=Energy"),
    ("rejected candidates", "accounts list statuses=rejected"),
    ("what needs finance", "blockers list needs=finance"),
    ("blockers we solved last month", "blockers list progress=done period=2026-10-01..2026-10-31"),
    ("actions that were dropped in october", "actions list progress=dropped period=2026-10-01..2026-10-31"),
    ("which of my customers are claimed", "accounts list stages=customer states=claimed owners=nora"),
    ("what slipped back this month", "movement list ways=regressed period=2026-11-01..2026-11-30"),
    ("lost deals this year", "deals list progress=lost period=2026-01-01..2026-12-31"),
    ("tier changes this month", "decisions list decisions=change_tier period=2026-11-01..2026-11-30"),
    ("everything between engaged and opportunity", "accounts list stages=engaged,mqa,opportunity"),
]

PERSONS = [
    ("nora's overdue actions", "actions list whose=nora is_overdue"),
    ("overdue actions on nora's accounts", "actions list owners=nora is_overdue"),
    ("accounts nora and tomas own", "accounts list owners=nora,tomas"),
    ("what did tomas get done this week", "actions list whose=tomas progress=done period=2026-11-23..2026-11-29"),
    ("is nora the owner of corvane", "accounts yes_no of=corvane owners=nora"),
    ("who does nora look after", "accounts list owners=nora"),
    ("what do you want from me", "asks list whose=nora"),
    ("my blockers", "blockers list whose=nora"),
    ("do i owe anybody anything", "actions yes_no whose=nora"),
    ("show me my customers", "accounts list stages=customer owners=nora"),
]

ORDER = [
    ("top 3 by fit", "accounts list by=fit limit=3"),
    ("the two largest accounts in tier 2", "accounts list tiers=2 by=value limit=2"),
    ("oldest open blocker", "blockers list by=age limit=1"),
    ("least engaged tier 1 account", "accounts list tiers=1 by=engagement is_lowest limit=1"),
    ("biggest deal", "deals list by=amount limit=1"),
    ("accounts sorted by value", "accounts list by=value"),
    ("newest accounts", "accounts list by=named_on"),
    ("cheapest account in tier 2", "accounts list tiers=2 by=value is_lowest limit=1"),
]

TITLES = [
    ("when is the workshop due", "actions when about=workshop"),
    ("who is preparing the pricing deck for umber", 'actions who of=umber about="pricing deck"'),
    ("has nora sent the contract to kestrel", "actions yes_no of=kestrel whose=nora progress=done about=contract"),
    ("blocker about pricing at fennimore", "blockers list of=fennimore about=pricing"),
    ("actions about the security review", 'actions list about="security review"'),
    ("was the workshop at halden done", "actions yes_no of=halden progress=done about=workshop"),
    ("the GDPR blocker at etoile", "blockers list of=etoile about=GDPR"),
]


@cases(("text", "label"), SUBJECTS)
def test_nouns_and_verbs_tell_what_is_asked_for(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), FORMS)
def test_question_words_tell_the_form(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), FIELDS)
def test_fields_are_told_by_their_names_and_by_verbs(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), THINGS)
def test_things_to_have_or_lack_filter_accounts(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), FILTERS)
def test_values_filter_what_is_asked_for(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), PERSONS)
def test_people_own_accounts_or_answer_for_things(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), ORDER)
def test_adjectives_order_and_limit_a_list(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


@cases(("text", "label"), TITLES)
def test_words_of_titles_are_looked_for_in_the_text_of_things(text: str, label: str) -> None:
    assert asks(text) == read_label(label)


COURTESIES = [
    "hi, can you tell me who owns kestrel",
    "My boss is asking: who owns kestrel",
    "I've got a board meeting in ten minutes. who owns kestrel?",
    "need this for a meeting - who owns kestrel",
    "sorry to bother you, who owns kestrel please?",
    "quick question: who owns kestrel",
    "who onws kestrel",
    "WHO OWNS KESTREL",
]


@cases("text", COURTESIES)
def test_courtesies_slips_and_reasons_change_nothing(text: str) -> None:
    assert asks(text) == asks("who owns kestrel")


def test_a_question_of_known_words_is_sure() -> None:
    assert read("which of my tier 1 accounts have no next action").is_sure


def test_a_question_in_the_channel_of_an_account_is_about_it_where_it_names_none() -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    query = read_question("what blocks us", WorldNames("nora"), asked, today=TODAY, last=None).query
    assert query == read_label("blockers list of=corvane")


@cases(
    ("text", "is_told"),
    [
        ("the owners met and said yes to a pilot of eleven hotels", True),
        ("pilot of eleven hotels after all", True),
        ("is the pilot of eleven hotels on", False),
        ("what blocks us", False),
        ("eleven hotels", False),
    ],
)
def test_words_that_ask_nothing_where_an_account_is_at_hand_are_news_of_it(text: str, is_told: bool) -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    remark = read_question(text, WorldNames("nora"), asked, today=TODAY, last=None).remark
    assert (remark is not None and (remark.kind, remark.of) == (RemarkKind.NEWS, (4,))) == is_told


def test_a_list_of_accounts_in_the_channel_of_an_account_is_of_all_accounts() -> None:
    asked = Asked(PEOPLE["nora"].user_id, channel_account=4)
    query = read_question("which accounts are stalled", WorldNames("nora"), asked, today=TODAY, last=None).query
    assert query == read_label("accounts list states=stalled")


@cases(
    "text",
    ["orrin rail status", "blenheim status", "who owns blenheim", "orrin rail's champion", "orrin rail tier"],
)
def test_a_name_that_no_account_has_is_asked_about_where_something_of_an_account_is_asked(text: str) -> None:
    found = read(text)
    assert [choice.is_ambiguous for choice in found.choices] == [False], found
