from collections import UserDict
from collections.abc import Callable, ItemsView
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agendas.errors import CadenceError, NotUnderstood, Unclear
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import EVERYTHING, NOBODY, AccountFilter, AccountStanding
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.program import GROUPS, SETTINGS
from agendas.rules import commands
from agendas.rules.account_list import LONGEST
from agendas.rules.commands import ListWords, PersonWords, ReviewMoveWords, SeveralNamed, meant_by, read_amounts
from agendas.rules.update_words import read_blocker, read_move, read_next, read_signal_words, read_waiting
from agendas.text.csv_cells import split_because
from agendas.text.names import NameKey, first_word, leading_account, match_account, normal_key
from tests.cases import cases, texts

# Words after /abm list: each is read or named, none is guessed.

ANN, BOB = "U0ANN0001", "U0BOB0001"
SEGMENTS = ("Retail & Food", "New Markets", "Paused", "Tier 1", "Public")
STALLED, NEW = AccountStanding.STALLED, AccountStanding.NEW


def read(text: str) -> AccountFilter:
    return commands.read_filter(text, asker=ANN, segments=SEGMENTS)


@cases(
    ("text", "wanted"),
    [
        ("", EVERYTHING),
        ("all accounts", EVERYTHING),
        ("1", AccountFilter(tiers=(1,))),
        ("tier 1", AccountFilter(tiers=(1,))),
        ("T1, tier 2", AccountFilter(tiers=(1, 2))),
        ("tiers 2 1", AccountFilter(tiers=(1, 2))),
        ("stalled", AccountFilter(states=(STALLED,))),
        ("Needs Intervention", AccountFilter(states=(AccountStanding.NEEDS_INTERVENTION,))),
        ("intervention and stalled", AccountFilter(states=(AccountStanding.NEEDS_INTERVENTION, STALLED))),
        ("claimed", AccountFilter(states=(AccountStanding.CLAIMED,))),
        ("paused candidates", AccountFilter(statuses=(ListStatus.CANDIDATE, ListStatus.PAUSED))),
        ("removed, rejected", AccountFilter(statuses=(ListStatus.REMOVED, ListStatus.REJECTED))),
        ("customers, mqa", AccountFilter(stages=(Stage.MQA, Stage.CUSTOMER))),
        ("mine", AccountFilter(owners=(ANN,))),
        ("my stalled accounts", AccountFilter(states=(STALLED,), owners=(ANN,))),
        (f"owner <@{BOB}|bob>", AccountFilter(owners=(BOB,))),
        (f"<@{BOB}> nobody", AccountFilter(owners=(BOB, NOBODY))),
        ("owner nobody", AccountFilter(owners=(NOBODY,))),
        ("public", AccountFilter(segments=("Public",))),
        ("retail &amp; food t1", AccountFilter(tiers=(1,), segments=("Retail & Food",))),
        ("new markets", AccountFilter(segments=("New Markets",))),
        ("new", AccountFilter(states=(NEW,))),
        ("paused", AccountFilter(statuses=(ListStatus.PAUSED,))),
        ("segment paused stalled", AccountFilter(states=(STALLED,), segments=("Paused",))),
        ("“paused”", AccountFilter(segments=("Paused",))),
        ("segment “tier 1”, tier 1", AccountFilter(tiers=(1,), segments=("Tier 1",))),
        ("paused stalled", AccountFilter(states=(STALLED,), statuses=(ListStatus.PAUSED,))),
    ],
)
def test_words_are_read_into_the_filter_they_name(text: str, wanted: AccountFilter) -> None:
    assert read(text) == wanted
    assert read(commands.list_filter_written(wanted)) == wanted


@cases(
    ("text", "sentence", "offers"),
    [
        ("stalld", '"stalld" is no filter of the list. Did you mean stalled?', ["stalled", ""]),
        ("tier 1 stalld", '"stalld" is no filter of the list. Did you mean stalled?', ["stalled tier 1", "tier 1", ""]),
        ("mine 12345678901234567890", "is no filter of the list.", [f"<@{ANN}>", ""]),
        ("segment retial", '"retial" is no filter of the list.', [""]),
        ("segment publik", "Did you mean segment", ['segment "public"', ""]),
        ("retai", "Did you mean segment", ['segment "retail & food"', ""]),
        ("owner", '"owner" is no filter of the list.', [""]),
        ("tier", '"tier" is no filter of the list.', ['segment "tier 1"', ""]),
        ("@bob", '"@bob" is no filter of the list.', [""]),
        ("🚀 stalled", '"🚀" is no filter of the list.', ["stalled", ""]),
        ("xx yy zzz ww 1", '"xx", "yy", "zzz" and 1 more words are no filters of the list.', ["tier 1", ""]),
        ("xq " * 1_000, '"xq" is no filter of the list.', [""]),
    ],
)
def test_a_word_that_means_nothing_is_named_with_the_nearest(text: str, sentence: str, offers: list[str]) -> None:
    with pytest.raises(Unclear) as refused:
        read(text)
    assert sentence in str(refused.value)
    assert [each.command for each in refused.value.offers] == [f"/abm list {words}".strip() for words in offers]


@cases("text", ["tier 4", "T9 stalled", "mine tiers 12345678901234567890"])
def test_a_tier_that_there_is_not_is_named(text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"^There is no tier \d+\. The tiers are 1, 2 and 3\.$"):
        read(text)


def test_a_filter_that_no_button_can_carry_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="Name fewer"):
        read(" ".join(f"<@U{number:08}>" for number in range(LONGEST // 12 + 1)))


def test_a_name_without_an_at_sign_is_offered_as_the_person() -> None:
    people = {"UBOB": "Bob Sample", ANN: "Ann Example"}
    for text, label, command in (
        ("bob", "Bob Sample", "/abm list <@UBOB>"),
        ("bob sample t1", "Bob Sample tier 1", "/abm list <@UBOB> tier 1"),
        ("Ann", "Mine", f"/abm list <@{ANN}>"),
    ):
        with pytest.raises(Unclear) as refused:
            commands.read_filter(text, asker=ANN, segments=SEGMENTS, people=people)
        assert (refused.value.offers[0].label, refused.value.offers[0].command) == (label, command)
        assert "<@" not in str(refused.value)


def test_commas_need_no_space() -> None:
    assert read("stalled,tier 1,mine") == read("stalled tier 1 mine")


def test_what_may_have_been_meant_is_looked_for_only_of_the_words_that_are_named() -> None:
    class Watched(UserDict[str, str]):
        reads = 0

        def items(self) -> ItemsView[str, str]:
            self.reads += 1
            return super().items()

    people = Watched({"UBOB": "Bob Sample"})
    for text, named in (
        ("oops " * 1_000, '"oops" is'),
        (" ".join(map(str, range(7, 1_007))), "and 997 more words are"),
    ):
        with pytest.raises(Unclear, match=named):
            commands.read_filter(text, asker=ANN, segments=SEGMENTS, people=people)
    assert people.reads == 1 + 3


# Changes of the list as they are typed.
@cases(
    ("rest", "word", "expected"),
    [
        ("tier 1 because the CFO asked", "name", ListWords(1, "the CFO asked")),
        ("Tier 2, because: budget &amp; timing", "name", ListWords(2, "budget & timing")),
        ("t3 because small", "tier", ListWords(3, "small")),
        ("tier 2 because small, now: May, motion: pilot", "tier", ListWords(2, "small", "May", "pilot")),
        ("because small now: May motion: pilot", "pause", ListWords(None, "small now: May motion: pilot")),
        ("2 BECAUSE they asked because of price", "tier", ListWords(2, "they asked because of price")),
        ("because lost to a rival", "remove", ListWords(None, "lost to a rival")),
        ("because budget freeze\nuntil May", "pause", ListWords(None, "budget freeze\nuntil May")),
    ],
)
def test_a_change_of_the_list_has_its_reason_and_its_tier(rest, word, expected):
    assert commands.read_list_change(rest, word) == expected


@cases(
    ("rest", "word", "sentence"),
    [
        ("tier 1", "name", "Say why, it is kept with the change: /account name ACCOUNT tier 1 because TEXT."),
        ("", "pause", "Say why, it is kept with the change: /account pause ACCOUNT because TEXT."),
        ("because ", "reject", "Say why after because: /account reject ACCOUNT because TEXT."),
        ("because big", "name", "The tier is missing; write /account name ACCOUNT tier 1 because TEXT."),
        ("tier 4 because big", "tier", "There is no tier 4. The tiers are 1, 2 and 3: /account tier ACCOUNT 1 because"),
        ("9", "tier", "There is no tier 9. The tiers are 1, 2 and 3: /account tier ACCOUNT 1 because TEXT."),
        ("2 they grew", "tier", "Say why, it is kept with the change: /account tier ACCOUNT 1 because TEXT."),
        ("gold because big", "name", '"gold" is not a tier; write /account name ACCOUNT tier 1 because TEXT.'),
        ("tier 1 because big", "pause", '"tier 1" before the reason has no meaning here; write /account pause'),
        (f"because {'x' * 3_001}", "pause", "The text has 3,001 characters"),
    ],
)
def test_a_change_of_the_list_that_cannot_be_understood_is_refused(rest, word, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        commands.read_list_change(rest, word)
    assert str(refusal.value).startswith(sentence)


@cases(
    ("rest", "expected"),
    [
        ("acme, globex tier 1 because big", SeveralNamed(("acme", "globex"), 1, "big")),
        ("acme, globex, in Tier 2", SeveralNamed(("acme", "globex"), 2)),
        ("acme, globex and umbra", SeveralNamed(("acme", "globex and umbra"))),
        ('"Acme, Inc.", globex t3 because x, motion: y', SeveralNamed(("Acme, Inc.", "globex"), 3, "x", "", "y")),
        ("acme, acme tier 1", None),
        ("acme tier 1 because big, fast", None),
        ("Retailer 01, Retailer 02", SeveralNamed(("Retailer 01", "Retailer 02"))),
    ],
)
def test_several_accounts_stand_with_commas_between(rest, expected):
    assert commands.read_several(rest) == expected


# Words after /review.

WEDNESDAY = date(2026, 11, 25)
FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)


@cases(
    ("rest", "expected"),
    [
        ("to fri", ReviewMoveWords(None, FRIDAY, None)),
        ("fri to mon", ReviewMoveWords(FRIDAY, MONDAY, None)),
        ("2026-11-27 to 2026-11-30 14:00", ReviewMoveWords(FRIDAY, MONDAY, time(14))),
        ("to mon at 9am", ReviewMoveWords(None, MONDAY, time(9))),
        ("next tue to 4 dec 2:30 pm", ReviewMoveWords(date(2026, 12, 1), date(2026, 12, 4), time(14, 30))),
        ("TO tomorrow because of the offsite", ReviewMoveWords(None, date(2026, 11, 26), None, "of the offsite")),
    ],
)
def test_one_occurrence_is_moved_to_a_day_and_perhaps_a_time(rest, expected):
    assert commands.read_review_move(rest, WEDNESDAY) == expected


@cases(
    ("rest", "sentence"),
    [
        ("", "Say to which day: /review move [DATE] to DATE [TIME]."),
        ("fri", "Say to which day"),
        ("fri to", "Say to which day"),
        ("fri to mon to tue", "Say to which day"),
        ("to 12/4", '"12/4" can be read in two ways'),
        ("to 2026-11-20", "20 Nov has passed"),
        ("2026-11-20 to fri", "20 Nov has passed"),
        ("to mon 25:00", '"25:00" is not a time of day'),
        ("to mon 9", '"mon 9" is not a date'),
        (f"to fri because {'x' * 3_001}", "The text has 3,001 characters"),
    ],
)
def test_a_move_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        commands.read_review_move(rest, WEDNESDAY)
    assert str(refusal.value).startswith(sentence)


@cases(
    ("rest", "expected"),
    [
        ("because of the offsite", commands.SkipWords(None, "of the offsite")),
        ("fri because all are away", commands.SkipWords(FRIDAY, "all are away")),
        ("2026-11-30 because: holiday", commands.SkipWords(MONDAY, "holiday")),
    ],
)
def test_one_occurrence_is_skipped_with_its_reason(rest, expected):
    assert commands.read_skip(rest, WEDNESDAY) == expected


@texts("rest", "sentence")
def test_a_skip_that_cannot_be_understood_is_refused(rest, sentence):
    with pytest.raises(NotUnderstood) as refusal:
        commands.read_skip(rest, WEDNESDAY)
    assert str(refusal.value).startswith(sentence)


# Words after /abm people @who: function, right, and what the person leads.

VIC = PersonFacts("U0VIC0001", "Vic", Right.VIEWER, Function.PRODUCT)


@cases(
    ("words", "asked"),
    [
        ("sales editor", PersonWords(Function.SALES, Right.EDITOR)),
        ("editor", PersonWords(Function.PRODUCT, Right.EDITOR)),
        ("leads product", PersonWords(Function.PRODUCT, Right.VIEWER, (Function.PRODUCT, Function.FINANCE))),
        (
            "editor leads sales and customer success",
            PersonWords(Function.PRODUCT, Right.EDITOR, (Function.SALES, Function.CUSTOMER_SUCCESS, Function.FINANCE)),
        ),
        ("lead of exec", PersonWords(Function.PRODUCT, Right.VIEWER, (Function.FINANCE, Function.EXECUTIVE))),
        ("leads nothing", PersonWords(Function.PRODUCT, Right.VIEWER, ())),
    ],
)
def test_what_is_not_named_stays_and_leading_adds_to_what_the_person_leads(words: str, asked: PersonWords) -> None:
    assert commands.read_person(words, VIC, (Function.FINANCE,)) == asked


@texts("words", "sentence", "offered")
def test_a_word_that_is_none_is_refused_with_the_nearest(words: str, sentence: str, offered: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        commands.read_person(words, VIC)
    assert sentence in str(refused.value)
    offers = refused.value.offers if isinstance(refused.value, Unclear) else ()
    assert [each.command for each in offers] == ([offered] if offered else [])


# Words after /abm settings.
@cases(
    ("key", "value", "words"),
    [
        ("tier.1.cap", 25, "25 accounts"),
        ("tier.1.cap", 1, "1 account"),
        ("tier.3.cap", 1_000, "1,000 accounts"),
        ("tier.1.owner_cap", 0, "no limit"),
        ("tier.3.roles_active", 0, "none"),
        ("tier.1.roles_active", 1, "1 person"),
        ("fit.confidence", 80, "80 percent"),
        ("tier.1.response", 4, "4 business hours"),
        ("tier.1.rhythm", "weekly", "weekly"),
        ("tier.1.roles.engaged", ("economic_buyer", "champion"), "economic buyer, champion"),
        ("tier.3.roles.engaged", (), "none"),
    ],
)
def test_a_value_is_written_with_its_unit(key: str, value: int | str | tuple[str, ...], words: str) -> None:
    assert commands.written(SETTINGS[key], value) == words


def test_words_find_settings_by_group_and_label() -> None:
    assert meant_by("") == tuple(SETTINGS.values())
    assert [setting.key for setting in meant_by("Tier 1 cap")] == ["tier.1.cap", "tier.1.owner_cap"]
    assert meant_by("buying GROUP") == commands.of_group("group")
    assert {setting.group for setting in meant_by("silence in")} == {"tier.1", "tier.2", "tier.3"}
    assert meant_by("nothing of the kind") == ()


def test_every_setting_is_in_a_group_that_has_a_name() -> None:
    assert [setting for group in GROUPS for setting in commands.of_group(group)] == list(SETTINGS.values())


@cases(
    ("typed", "amounts"),
    [
        ("", ()),
        ("EUR 500000, USD 1200000", ("EUR 500000", "USD 1200000")),
        ("usd 1.2m and 500k eur", ("EUR 500000", "USD 1200000")),
        ("EUR 500,000; USD 1,200,000", ("EUR 500000", "USD 1200000")),
        ("EUR 500,000, USD 1,200,000", ("EUR 500000", "USD 1200000")),
        ("EUR 500,000 · USD 1,200,000", ("EUR 500000", "USD 1200000")),
        ("EUR 5,USD 6", ("EUR 5", "USD 6")),
        ("€500000", ("EUR 500000",)),
    ],
)
def test_amounts_are_read_one_of_a_currency(typed: str, amounts: tuple[str, ...]) -> None:
    setting = SETTINGS["measures.target"]
    assert read_amounts(setting, typed) == amounts
    assert setting.accepted(list(amounts)) == amounts
    assert read_amounts(setting, commands.written(setting, amounts) if amounts else "") == amounts


@cases("typed", ["500000", "EUR", "EUR 0", "EUR -5", "EUR 1.50", "EUR 1.500", "much", "EUR 5, EUR 6"])
def test_what_is_no_amount_is_refused_with_an_example_of_one(typed: str) -> None:
    with pytest.raises(NotUnderstood, match=r"such as EUR 500000|one amount of each currency"):
        read_amounts(SETTINGS["measures.target"], typed)


def test_more_amounts_than_there_may_be_are_refused() -> None:
    typed = ", ".join(f"E{first}{second} 5" for first in "ABCDE" for second in "ABCDE")
    with pytest.raises(NotUnderstood, match="These are 25 amounts; write at most 20"):
        read_amounts(SETTINGS["measures.target"], typed)


# Words after /abm trail.

TODAY = date(2026, 11, 24)
"""A Tuesday."""


@cases(
    ("typed", "first", "last", "rest"),
    [
        ("", None, None, ""),
        ("today", TODAY, TODAY, ""),
        ("24 nov", TODAY, TODAY, ""),
        ("2026-11-02", date(2026, 11, 2), date(2026, 11, 2), ""),
        ("3 dec", date(2025, 12, 3), date(2025, 12, 3), ""),
        ("fri", date(2026, 11, 20), date(2026, 11, 20), ""),
        ("tue", date(2026, 11, 17), date(2026, 11, 17), ""),
        ("since 1 Nov", date(2026, 11, 1), None, ""),
        ("last week", date(2026, 11, 16), date(2026, 11, 22), ""),
        ("This Week", date(2026, 11, 23), TODAY, ""),
        ("last month", date(2026, 10, 1), date(2026, 10, 31), ""),
        ("this month", date(2026, 11, 1), TODAY, ""),
        ("last 10 days", date(2026, 11, 14), TODAY, ""),
        ("1 nov to 3 nov", date(2026, 11, 1), date(2026, 11, 3), ""),
        ("from 3 nov to 1 nov", date(2026, 11, 1), date(2026, 11, 3), ""),
        ("Corvane last week", date(2026, 11, 16), date(2026, 11, 22), "Corvane"),
        ("last week Corvane Logistics", date(2026, 11, 16), date(2026, 11, 22), "Corvane Logistics"),
        ("Corvane", None, None, "Corvane"),
        ("March Foods since 1 nov", date(2026, 11, 1), None, "March Foods"),
        ("since 30 sep Corvane", date(2026, 9, 30), None, "Corvane"),
        ('"last week"', None, None, '"last week"'),
    ],
)
def test_a_period_is_read_before_or_after_the_name_of_an_account(typed, first, last, rest):
    assert commands.read_trail(typed, TODAY) == commands.TrailWords(first, last, "", rest)


def test_a_person_may_stand_anywhere() -> None:
    expected = commands.TrailWords(date(2026, 11, 16), date(2026, 11, 22), "U0BOB1", "Corvane")
    for typed in ("<@U0BOB1> Corvane last week", "Corvane <@U0BOB1|bob> last week", "last week Corvane <@U0BOB1>"):
        assert commands.read_trail(typed, TODAY) == expected


@texts("typed", "said")
def test_what_cannot_be_so_is_refused_with_what_to_write(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        commands.read_trail(typed, TODAY)


# Whatever people type after a command: it is read, or refused with one sentence, and names can be typed again.

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
KNOWN = PersonFacts("U0ANN0001", "Ann", Right.EDITOR)

PIECES = (
    *("done", "slipped", "dropped", "until", "waiting", "4.12.", "13/2", "next week", "\u2402", "\u2403"),
    *("\u241e7\u241e", "to", "because", "by", "needs", "tier", "resolve", "nothing", "this", "fri", "12/4", "31 feb"),
    *("in 99999 weeks", "engaged", "enaged", "finance", "customer success", "1", "٣", "²", "<@U0ANN0001>"),
    *("<@U0ANN0001|ann>", "@ann", "<https://a.example|notes>", "https://a.example/x?y=1&amp;z=2", "<#C012345|abm>"),
    *("<!channel>", "&amp;", "&lt;", '"', "'", "“", "”", "«", ",", ":", ";", ".", "!", "|", "<", ">", "\n", "\t"),
    *("\u200b", "\u202e", "İ", "ß", "ﬁ"),
)
typed_texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=10).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=10).map("".join),
)

READERS: dict[str, Callable[[str], Any]] = {
    "move": lambda text: read_move(text, NOW),
    "blocker": lambda text: read_blocker(text, NOW),
    "next": lambda text: read_next(text, TODAY, NOW),
    "name": lambda text: commands.read_list_change(text, "name"),
    "pause": lambda text: commands.read_list_change(text, "pause"),
    "review move": lambda text: commands.read_review_move(text, TODAY),
    "review skip": lambda text: commands.read_skip(text, TODAY),
    "people": lambda text: commands.read_person(text, KNOWN),
    "account": lambda text: leading_account(text, [NameKey(1, "Acme", "acme"), NameKey(2, "Acme Ltd", "acme ltd")]),
}


@pytest.mark.parametrize("reader", READERS)
@given(text=typed_texts)
def test_any_text_is_read_or_refused_with_one_sentence(reader: str, text: str) -> None:
    try:
        found = READERS[reader](text)
    except CadenceError as refused:
        sentence = str(refused)
        assert sentence
        assert "\n" not in sentence
        assert len(sentence) < 600
    else:
        assert found is not None


ASKING: dict[str, Callable[[str], Any]] = {
    **{name: READERS[name] for name in ("move", "blocker", "next")},
    "signal": lambda text: read_signal_words(text, NOW),
    "waiting": lambda text: read_waiting(text, TODAY, NOW),
}


@pytest.mark.parametrize("reader", ASKING)
@given(text=typed_texts)
def test_every_answer_to_a_question_is_understood_or_asks_about_another_part(reader: str, text: str) -> None:
    waiting = [text]
    for _ in range(30):
        if not waiting:
            return
        again = _answers(ASKING[reader], waiting.pop())
        assert text not in again
        waiting += again


def _answers(read: Callable[[str], Any], text: str) -> list[str]:
    """The texts that the answers to the question about this one stand for; none where it is understood or refused."""
    try:
        read(text)
    except commands.UnclearPart as unclear:
        return [choice.rest for choice in unclear.choices] + [unclear.as_text] * bool(unclear.as_text)
    except CadenceError:
        pass
    return []


@given(text=st.text(max_size=60).filter(lambda text: not set(text) & set('"“”') and text.strip()))
def test_a_text_in_quotation_marks_is_recorded_as_it_was_typed(text: str) -> None:
    assume(not set(text) & {"\u2402", "\u2403"})
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assume("://" not in text)
    found = read_move(f'"{escaped}"', NOW)
    assert found.to_stage is None
    assert found.text == text.strip()


names = st.one_of(
    st.text(min_size=1, max_size=30),
    st.lists(st.sampled_from((*PIECES, "Acme", "R&D", "O'Neil", "d.o.o.", "(UK)")), min_size=1, max_size=5).map(
        " ".join
    ),
).filter(lambda name: normal_key(name) != "")


def as_slack_sends(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def key_of(name: str) -> NameKey:
    return NameKey(7, name, normal_key(name))


OTHERS = [NameKey(1, "Globex", "globex"), NameKey(2, "Initrode Ltd", "initrode ltd")]


@given(name=names)
def test_a_name_that_is_recorded_can_be_typed_again(name: str) -> None:
    keys = [key_of(name), *(other for other in OTHERS if other.key != normal_key(name))]
    assert match_account(as_slack_sends(name), keys) == 7
    leading = leading_account(as_slack_sends(name), keys)
    found, rest = leading.account_id, leading.rest
    assert (found, rest) == (7, "")
    assert normal_key(name).startswith(first_word(as_slack_sends(name)))


@given(text=st.text(max_size=60))
def test_the_key_of_a_name_is_the_same_however_slack_writes_it_and_is_a_key_itself(text: str) -> None:
    key = normal_key(text)
    assert normal_key(as_slack_sends(text)) == key
    assert normal_key(key) == key
    assert normal_key(f"  {text} ") == key


@given(before=typed_texts, reason=typed_texts)
def test_a_reason_is_all_that_follows_the_first_because(before: str, reason: str) -> None:
    assume("because" not in before.casefold())
    found_before, found_reason = split_because(f"{before} because {reason}")
    assert found_before == before.strip()
    assert found_reason is not None
