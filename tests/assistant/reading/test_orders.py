from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from assistant.reading.tokens import Reading
from assistant.remark import Intent, RemarkKind
from tests.assistant.labels import read_label
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases, texts


def _read(text: str, *, where: str = "") -> Reading:
    asked = Asked(PEOPLE["nora"].user_id, ACCOUNTS[where].account_id if where else None)
    return read_question(text, WorldNames("nora"), asked, today=TODAY, last=None)


def _kind(text: str) -> RemarkKind | None:
    remark = _read(text).remark
    return remark.kind if remark else None


@cases(
    ("text", "intent"),
    [
        ("kestrel's ceo was in the demo today and liked it", Intent.EVIDENCE),
        ("brightwater's legal team is sitting on the contract", Intent.BLOCKER),
        ("etoile just raised a series b", Intent.SIGNAL),
        ("the security review at halden is done", Intent.DONE),
        ("umber wants to cancel", Intent.BLOCKER),
        ("marta from corvane left", Intent.CONTACT),
        ("fennimore will not accept our liability clause", Intent.BLOCKER),
        ("just sent kestrel the msa", Intent.DONE),
        ("nothing new at fennimore this week", Intent.UPDATE),
        ("vantor went cold", Intent.BLOCKER),
        ("I'm meeting the cfo of brightwater on tuesday", Intent.NEXT_ACTION),
        ("the project at halden is on hold", Intent.UPDATE),
        ("procurement at halden is on track", Intent.UPDATE),
        ("nobody at halden wants the pilot", Intent.UPDATE),
    ],
)
def test_a_sentence_that_tells_something_is_news_with_the_form_that_fits(text: str, intent: Intent) -> None:
    remark = _read(text).remark
    assert remark is not None
    assert (remark.kind, intent in remark.intents) == (RemarkKind.NEWS, True), remark


@texts("text")
def test_a_question_in_the_words_of_a_statement_is_no_news(text: str) -> None:
    assert _kind(text) is not RemarkKind.NEWS


@cases("text", ["mark corvane as stalled", "set corvane to needs intervention", "make corvane red"])
def test_an_order_to_set_a_state_offers_to_record_what_happened(text: str) -> None:
    remark = _read(text).remark
    assert remark is not None
    assert (remark.kind, remark.of) == (RemarkKind.ORDER, (ACCOUNTS["corvane"].account_id,))
    assert remark.intents == (Intent.STATE, Intent.UPDATE, Intent.MOVE)


def test_news_without_an_account_are_of_the_account_of_the_channel() -> None:
    remark = _read("they signed!", where="corvane").remark
    assert remark is not None
    assert (remark.kind, remark.of) == (RemarkKind.NEWS, (ACCOUNTS["corvane"].account_id,))


@cases(
    ("text", "intent"),
    [
        ("i'd like you to change the segment of quill to software", Intent.EDIT),
        ("would you be so kind as to pause early", Intent.PAUSE),
        ("would you mind adding a blocker to maple", Intent.BLOCKER),
        ("assign kestrel to me", Intent.EDIT),
        ("give kestrel to may", Intent.EDIT),
        ("new action at maple: send the pricing by friday", Intent.NEXT_ACTION),
        ("add hugo blanc to maple insurance", Intent.CONTACT),
        ("change the tier of early to 2", Intent.TIER),
        ("propose nordhavn for tier 1", Intent.TIER),
        ("bring halden back to aware", Intent.MOVE),
        ("forget about juniper", Intent.REMOVE),
        ("sable should be paused", Intent.PAUSE),
        ("sable needs to be put on hold", Intent.PAUSE),
        ("tallow should go to tier 1", Intent.TIER),
        ("tallow into tier 1 please", Intent.TIER),
        ("corvane to customer", Intent.MOVE),
        ("i want sable paused", Intent.PAUSE),
        ("kick early off the list", Intent.REMOVE),
        ("kestrel should belong to nora from now on", Intent.EDIT),
        ("give lee edit rights", Intent.OTHER),
        ("add a new account called Hexley", Intent.NOMINATE),
    ],
)
def test_an_order_behind_politeness_or_in_other_words_has_its_form(text: str, intent: Intent) -> None:
    remark = _read(text).remark
    assert remark is not None
    assert (remark.kind, remark.intents[0]) == (RemarkKind.ORDER, intent), remark


@cases("text", ["new blockers since yesterday", "open actions", "give me the stalled accounts"])
def test_things_to_see_are_no_order(text: str) -> None:
    assert _kind(text) is not RemarkKind.ORDER


@texts("text")
def test_judgements_of_people_are_verdicts(text: str) -> None:
    assert _kind(text) is RemarkKind.VERDICT


@cases("text", ["what is nora's best account", "who has the most accounts", "who is on kestrel"])
def test_the_best_of_things_is_no_verdict(text: str) -> None:
    assert _kind(text) is not RemarkKind.VERDICT


@cases(
    ("text", "kind"),
    [
        ("many thanks for your help", RemarkKind.THANKS),
        ("never mind", RemarkKind.THANKS),
        ("what are you able to do", RemarkKind.HELP),
        ("i don't know what to ask", RemarkKind.HELP),
        ("happy friday!", RemarkKind.HELLO),
    ],
)
def test_small_talk_is_known(text: str, kind: RemarkKind) -> None:
    assert _kind(text) is kind


@cases(
    ("text", "intent"),
    [
        ("how do i nominate a company?", Intent.NOMINATE),
        ("how can i pause an account", Intent.PAUSE),
        ("how do I change the owner of corvane?", Intent.EDIT),
        ("where do i record a blocker", Intent.BLOCKER),
        ("how to close an action", Intent.DONE),
    ],
)
def test_who_asks_how_something_is_done_is_offered_its_form(text: str, intent: Intent) -> None:
    remark = _read(text).remark
    assert remark is not None
    assert (remark.kind, intent in remark.intents) == (RemarkKind.ORDER, True)


@cases("text", ["how can i see the list", "how do i compare corvane and halden", "where can i see overdue actions"])
def test_who_asks_how_something_is_seen_is_shown_it(text: str) -> None:
    assert _read(text).query is not None


@cases(
    ("text", "label"),
    [
        ("is finance needed anywhere", "blockers yes_no needs=finance"),
        ("did anything move in tier 2 since monday", "movement yes_no tiers=2 period=2026-11-23.."),
    ],
)
def test_the_same_words_in_another_order_ask_the_same(text: str, label: str) -> None:
    assert _read(text).query == read_label(label)


@cases(
    "text",
    ["what is an MQA?", "what's a play", "what does claimed mean", "what does tier 1 mean?", "explain the term review"],
)
def test_a_word_of_the_trade_is_explained(text: str) -> None:
    assert _kind(text) is RemarkKind.TERM


@cases("text", ["what is claimed", "which reviews are planned", "what is in tier 1", "what is a blocker"])
def test_a_word_of_the_trade_in_a_question_is_not_explained(text: str) -> None:
    assert _kind(text) is not RemarkKind.TERM


def test_news_of_an_account_asks_about_no_other_name_in_it() -> None:
    told = _read("just spoke with felix at halden, they want 40 more seats")
    assert told.remark is not None
    assert (told.remark.of, told.choices) == ((ACCOUNTS["halden"].account_id,), ())
