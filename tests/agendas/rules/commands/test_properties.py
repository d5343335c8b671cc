"""Whatever people type after a command: it is read, or refused with one sentence, and names can be typed again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agendas.errors import CadenceError
from agendas.facts.people import PersonFacts, Right
from agendas.rules.commands import UnclearPart, read_list_change, read_person, read_review_move, read_skip
from agendas.rules.update_words import read_blocker, read_move, read_next, read_signal_words, read_waiting
from agendas.text.csv_cells import split_because
from agendas.text.names import AccountKey, first_word, leading_account, match_account, normal_key

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
TODAY = date(2026, 11, 24)
KNOWN = PersonFacts("U0ANN0001", "Ann", Right.EDITOR)

PIECES = (
    *(
        "done",
        "slipped",
        "dropped",
        "until",
        "waiting",
        "4.12.",
        "13/2",
        "next week",
        "\u2402",
        "\u2403",
        "\u241e7\u241e",
    ),
    *("to", "because", "by", "needs", "tier", "resolve", "nothing", "this", "fri", "12/4", "31 feb", "in 99999 weeks"),
    *("engaged", "enaged", "finance", "customer success", "1", "٣", "²", "<@U0ANN0001>", "<@U0ANN0001|ann>", "@ann"),
    *("<https://a.example|notes>", "https://a.example/x?y=1&amp;z=2", "<#C012345|abm>", "<!channel>", "&amp;", "&lt;"),
    *('"', "'", "“", "”", "«", ",", ":", ";", ".", "!", "|", "<", ">", "\n", "\t", "\u200b", "\u202e", "İ", "ß", "ﬁ"),
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
    "name": lambda text: read_list_change(text, "name"),
    "pause": lambda text: read_list_change(text, "pause"),
    "review move": lambda text: read_review_move(text, TODAY),
    "review skip": lambda text: read_skip(text, TODAY),
    "people": lambda text: read_person(text, KNOWN),
    "account": lambda text: leading_account(
        text, [AccountKey(1, "Acme", "acme"), AccountKey(2, "Acme Ltd", "acme ltd")]
    ),
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
    except UnclearPart as unclear:
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


def key_of(name: str) -> AccountKey:
    return AccountKey(7, name, normal_key(name))


OTHERS = [AccountKey(1, "Globex", "globex"), AccountKey(2, "Initrode Ltd", "initrode ltd")]


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
