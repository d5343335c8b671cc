from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from agendas.rendering import words
from agendas.rendering.words import Words


def words_of(folder: Path, text: str) -> Words:
    (folder / "sample.j2").write_text(text, encoding="utf-8")
    return Words(folder)


def test_what_people_typed_is_escaped_once_and_our_own_words_are_not(tmp_path: Path) -> None:
    words = words_of(
        tmp_path,
        "{% macro inner(name) %}*Name*: {{ name }}{% endmacro %}"
        "{% macro outer(name) %}{{ inner(name) }} & <{{ name | ended }}>{% endmacro %}",
    )
    assert words.say("sample.outer", name='O\'Neil <!here> & "Co"') == (
        '*Name*: O\'Neil &lt;!here&gt; &amp; "Co" & <O\'Neil &lt;!here&gt; &amp; "Co".>'
    )


def test_a_missing_fact_a_superfluous_one_and_unknown_words_are_errors(tmp_path: Path) -> None:
    words = words_of(tmp_path, "{% macro hello(name) %}{{ name }}{% endmacro %}")
    with pytest.raises(UndefinedError):
        words.say("sample.hello")
    with pytest.raises(TypeError):
        words.say("sample.hello", name="a", other="b")
    for name in ("sample.goodbye", "nothing.hello", "sample"):
        with pytest.raises(LookupError, match="no words for"):
            words.say(name)


def test_a_template_cannot_reach_into_python(tmp_path: Path) -> None:
    words = words_of(tmp_path, "{% macro reach(name) %}{{ name.__class__.__mro__ }}{% endmacro %}")
    with pytest.raises(SecurityError):
        words.say("sample.reach", name="a")


def test_what_is_safe_in_one_template_does_not_make_the_next_look_safe(tmp_path: Path) -> None:
    words = words_of(
        tmp_path,
        "{% macro count(names) %}{{ names.count('a') }}{% endmacro %}"
        "{% macro add(names) %}{{ names.append('b') }}{% endmacro %}",
    )
    for _ in range(2):
        assert words.say("sample.count", names=["a"]) == "1"
        with pytest.raises(SecurityError):
            words.say("sample.add", names=["a"])


def test_a_folder_overrides_one_macro_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "agenda.j2").write_text("{% macro missing_label() %}Gaps{% endmacro %}", encoding="utf-8")
    assert Words(tmp_path).say("agenda.missing_label") == "Gaps"
    assert Words(tmp_path).say("agenda.tier", tier=2) == "Tier 2"


def test_blank_lines_and_spaces_of_a_template_do_not_show(tmp_path: Path) -> None:
    words = words_of(tmp_path, "{% macro two(n) %}\n   One  {{ n }}\n\n{% if n %}\n   two\n{% endif %}\n{% endmacro %}")
    assert words.lines("sample.two", n=1) == ("One 1", "two")
    assert words.raw("sample.two", n="<a>") == "One <a> two"


def test_days_and_times_are_short_and_carry_their_zone() -> None:
    at = datetime(2026, 11, 30, 14, 30, tzinfo=UTC)
    assert words.day(date(2026, 11, 30)) == "Mon 30 Nov"
    assert words.day(date(2027, 1, 4), today=date(2026, 11, 30)) == "4 Jan 2027"
    assert words.day(date(2026, 12, 7), today=date(2026, 11, 30)) == "Mon 7 Dec"
    assert words.day(date(2026, 12, 8), today=date(2026, 11, 30)) == "8 Dec"
    assert words.day_time(at, "America/New_York") == "Mon 30 Nov 09:30 EST"
    assert words.day_time(at, "Australia/Lord_Howe") == "Tue 1 Dec 01:30 UTC+11"
    assert words.day_time(at, "Asia/Kathmandu") == "Mon 30 Nov 20:15 UTC+05:45"
    assert words.time_of_day(at, "Asia/Kolkata") == "20:00 IST"


def test_money_counts_and_enums_are_said_plainly() -> None:
    class Sample(StrEnum):
        SUCCESS = "customer_success"

    assert words.money(12_000_000, "USD") == "USD 120,000"
    assert words.money(1_050, "EUR") == "EUR 10.50"
    assert words.money(None) == "not recorded"
    assert words.plural(1, "account") == "1 account"
    assert words.plural(1_200, "reply", "replies") == "1,200 replies"
    assert words.days(14, at_least=True) == "at least 14 days"
    assert words.spoken(Sample.SUCCESS) == "customer success"
    assert words.spoken("mqa") == "MQA"
    assert words.listed(["A&B", "C", "D"]) == "A&amp;B, C and D"
    assert words.listed([]) == ""


def test_a_long_text_is_shortened_visibly_between_words() -> None:
    text = "word " * 100
    assert words.shortened(text, 20) == "word word word word… (more in the history)"
    assert words.shortened("short & sweet") == "short &amp; sweet"
