import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from agendas.errors import WordsRefused
from agendas.rendering import words
from agendas.rendering.mrkdwn import Mrkdwn, escape, link
from agendas.rendering.page import Divider, Heading, Note, Page, Rows, Text
from agendas.rendering.words import PRODUCT_WORDS, Words, struck
from tests.agendas.pages.hostile import PIECES, check_text, hostile, long_hostile
from tests.cases import cases


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
    assert words.shortened("word " * 100, 20) == "word word word word… (more in the history)"
    assert words.shortened("short & sweet") == "short &amp; sweet"


# Texts struck out: whole, whatever marks are in them and however long they are.

TILDE = "\N{TILDE OPERATOR}"


def test_a_text_is_struck_whole_though_it_has_the_marks_of_strokes_and_code() -> None:
    assert struck(escape("They ~signed~ `it` ~")) == f"~They {TILDE}signed{TILDE} 'it' {TILDE}~"


def test_the_address_of_a_link_leads_where_it_led() -> None:
    said = link("https://notes.example/~ann", "Ann's ~notes~")
    assert struck(said) == f"~<https://notes.example/%7Eann|Ann's {TILDE}notes{TILDE}>~"


def test_a_long_text_is_struck_line_by_line() -> None:
    lines = struck(Mrkdwn("word " * 500)).splitlines()
    assert len(lines) == 3
    assert all(re.fullmatch("~word( word)*~", line) for line in lines)


def test_nothing_is_struck_where_nothing_is_said() -> None:
    assert struck("") == ""


@given(hostile | long_hostile)
def test_no_text_ends_its_stroke_or_begins_another(text: str) -> None:
    said = struck(escape(text))
    check_text(said)
    for line in said.splitlines():
        assert line.count("~") == 2
        assert line[0] == line[-1] == "~"
        assert not line[1].isspace()
        assert not line[-2].isspace()


# A template that says hostile text unescaped is refused when it is loaded; ours all pass.

MACRO = "{% macro m(x) %}{{ x }}{% endmacro %}\n"
HOSTILE = (*PIECES, "a ```b``` c", '<!channel> "q" O\'Neil', ";tg&lennahc!;tl&", "x\ny\u202ez")

REFUSED = (
    *("{{ m('a') ~ t }}", "{{ m('a') + t }}", "{{ m('%s') % t }}", "{% set s %}x{% endset %}{{ s ~ t }}"),
    *("{{ [m('a'), t] | join(', ') }}", "{{ m('a') | replace('a', t) }}", "{% call '{0}'.format(t) %}{% endcall %}"),
    "{% if x %}{{ t }}{% elif x.kind == 'b' %}{% for each in t.parts %}{{ m('a') ~ each.name }}{% endfor %}{% endif %}",
    "{% for code, number, limit in t %}{% if x %}{{ m(code) ~ limit }}{% endif %}{% endfor %}",
    *("{% for key, value in t.items() %}{{ m(key) ~ value }}{% endfor %}", "{{ m('a') ~ (x | day_time(x.zone)) }}"),
    "{% if t.amount_cents > 5 %}{{ m('a') ~ (t.amount_cents | money(t.currency)) }}{% endif %}",
    "{{ m('a') ~ (t | default('nobody')) if t.count == 3 else 'b' }}",
    "{% autoescape false %}{{ m(t) }}{% endautoescape %}",
)


TAKEN = {
    "{{ t }}": "&lt;!here&gt; 'a' &amp; \"b\"",
    '{{ "it\'s" }} {{ t | trim | upper }}': "it's &lt;!HERE&gt; 'A' &amp; \"B\"",
    "{{ m(t) | upper }}": "&lt;!HERE&gt; 'A' &amp; \"B\"",
    "{{ m('<@U0ANN0001> Said') | capitalize }}": "<@U0ANN0001> said",
    "{% set s %}{{ t }}!{% endset %}{{ s }}": "&lt;!here&gt; 'a' &amp; \"b\"!",
    "{{ [t, m(t)] | map('trim') | list | length + 1 }}": "3",
    "{{ [1, 2] | sum + 1 }}": "4",
    "{{ 7 % 2 }} {{ t | length - 1 }}": "1 16",
    "{{ [t] | listed }}{% for c in [t] + ['x'] %}{{ loop.index + 1 }}{% endfor %}": "&lt;!here&gt; 'a' &amp; \"b\"23",
    "{{ t.strip('<')[1:5] }} {{ 'a' if t else t }}": "here a",
}


def said_of(folder: Path, text: str, **facts: object) -> str:
    folder = Path(mkdtemp(dir=folder))
    (folder / "sample.j2").write_text(f"{MACRO}{{% macro say(t, x) %}}{text}{{% endmacro %}}", encoding="utf-8")
    return Words(folder).say("sample.say", x="", **facts)


@pytest.mark.proof  # hostile pages try them with the facts that they are for
def test_our_own_templates_say_nothing_hostile(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for file in PRODUCT_WORDS.rglob("*.j2"):
        (tmp_path / file.relative_to(PRODUCT_WORDS)).write_bytes(file.read_bytes())
    assert Words(tmp_path).say("agenda.tier", tier=2) == "Tier 2"


@cases("text", REFUSED)
def test_a_macro_that_says_what_people_typed_unescaped_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    with pytest.raises(WordsRefused) as refused:
        said_of(tmp_path, text, t="x")
    sentence = r"sample\.j2: the macro say (does not escape|escapes) what people typed.*: put every value into .*\."
    assert re.fullmatch(sentence, str(refused.value))


def test_a_text_beside_a_date_is_refused_whatever_zones_were_looked_up_before(tmp_path: Path) -> None:
    ZoneInfo.clear_cache()
    with pytest.raises(WordsRefused):
        said_of(tmp_path, "{{ m('a') ~ (x | day_time(x.zone)) }}", t="x")


@cases("name", ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr"))
def test_a_filter_that_calls_text_safe_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(WordsRefused, match=rf"^sample.j2: the macro say cannot be used: No filter named '{name}'"):
        said_of(tmp_path, f"{{% if x %}}{{{{ 'a' | {name} }}}}{{% endif %}}", t="x")
    with pytest.raises(WordsRefused, match=rf"^sample.j2, line 2 cannot be read: No filter named '{name}'\.$"):
        said_of(tmp_path, f"{{{{ 'a' | {name} }}}}", t="x")


def test_a_macro_that_no_example_can_render_is_taken_and_escapes(tmp_path: Path) -> None:
    assert said_of(tmp_path, "{{ {'a': 'Ours <'}[t] }}{{ x }}", t="a") == "Ours &lt;"


@cases("text", TAKEN)
def test_what_is_harmless_is_taken_and_escapes_for_slack(tmp_path: Path, text: str) -> None:
    assert said_of(tmp_path, text, t="<!here> 'a' & \"b\"") == TAKEN[text]


@cases("text", HOSTILE)
def test_a_sentence_lets_nothing_hostile_through(tmp_path: Path, text: str) -> None:
    found = said_of(tmp_path, "{{ t }} {{ m(t) | upper }} {{ [t, m(t)] | listed(t) }} {{ t | ended }}", t=text)
    check_text(found)
    assert "\n" not in found


def test_a_method_of_an_imported_file_is_a_macro_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "other.j2").write_text("{% macro replace(x) %}{{ x }}{% endmacro %}", encoding="utf-8")
    text = "{% import 'other.j2' as other %}{% from 'other.j2' import replace as put %}"
    (tmp_path / "sample.j2").write_text(
        f"{text}{{% macro say(t) %}}{{{{ other.replace(t) }}}}{{{{ put(t) }}}}{{% endmacro %}}", encoding="utf-8"
    )
    assert Words(tmp_path).say("sample.say", t="<") == "&lt;&lt;"


BROKEN = {
    "{% macro say(t) %}\n{{ t }": r"sample.j2, line 2 cannot be read: .*\.",
    "{% if %}": r"sample.j2, line 1 cannot be read: .*\.",
    "{{ t | no_such_filter }}": r"sample.j2, line 1 cannot be read: No filter named 'no_such_filter'\.",
    "{% import 'nowhere.j2' as n %}": r"sample.j2 imports nowhere.j2, which is neither in its folder nor one of ours\.",
    "{{ account }}": r"sample.j2 fails before any of its macros is used \('account' is undefined\): mend .*\.",
    "{{ 1 / 0 }}": r"sample.j2 fails before any of its macros is used \(division by zero\): mend what .*\.",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_template_that_is_broken_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "sample.j2").write_text(text, encoding="utf-8")
    with pytest.raises(WordsRefused) as refused:
        Words(tmp_path)
    assert re.fullmatch(BROKEN[text], str(refused.value))


def test_a_file_in_another_encoding_and_one_that_is_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "sample.j2").write_bytes("für".encode("latin-1"))
    with pytest.raises(WordsRefused, match=r"^sample.j2 is not written in UTF-8: save it as that\.$"):
        Words(tmp_path)
    (tmp_path / "sample.j2").unlink()
    (tmp_path / "sample.j2").mkdir()
    with pytest.raises(WordsRefused, match=r"^sample.j2 "):
        Words(tmp_path)


def test_a_macro_has_to_take_what_ours_of_the_same_name_takes(tmp_path: Path) -> None:
    (tmp_path / "agenda.j2").write_text("{% macro tier() %}Tier{% endmacro %}", encoding="utf-8")
    refused = r"^agenda.j2: the macro tier does not take tier: add it to the macro's arguments\.$"
    with pytest.raises(WordsRefused, match=refused):
        Words(tmp_path)


# A page is a template whose lines become its items; a folder overrides the whole file.

PAGE = """{# Ours is longer. #}
title: Signals of {{ account.name }}
  # {{ account.name }}
{% if engagement %}
One line
  and  another
{% endif %}

{{ account.name }}
[buttons]
*Seen*
{% for noted in signals %}
• {{ noted }}
{% endfor %}
-# {{ zone }}
"""
FORGED = "# x\n• [buttons]"


def signals_page(folder: Path, text: str) -> Page:
    folder = Path(mkdtemp(dir=folder))
    (folder / "pages").mkdir()
    (folder / "pages" / "signals.j2").write_text(text, encoding="utf-8")
    facts = {"account": SimpleNamespace(name=FORGED), "engagement": True, "signals": ["• a", "b & c"], "zone": "UTC"}
    return Words(folder).page("signals", key="k", parts={"buttons": [Divider()], "last": [Divider()]}, **facts)


def test_the_lines_of_a_page_become_its_items_and_no_fact_passes_for_a_mark(tmp_path: Path) -> None:
    assert signals_page(tmp_path, PAGE) == Page(
        "Signals of # x • [buttons]",
        (
            Heading("# x • [buttons]"),
            Text("One line\nand another"),
            Text("# x • [buttons]"),
            Divider(),
            Rows(("*Seen*", "• • a", "• b &amp; c")),
            Note("UTC"),
            Divider(),
        ),
        key="k",
    )


@cases(
    ("text", "problem"),
    [
        ("{% if %}", r"pages/signals.j2, line 1 cannot be read: .*\."),
        ("{{ owner }} {{ zone }}", r"pages/signals.j2: the page has no owner, only account, can_record, .*, zone\."),
        ("{% set s %}x{% endset %}{{ s ~ account }}", "pages/signals.j2: the page does not escape .*"),
        ("{{ account | safe }}", r"pages/signals.j2, line 1 cannot be read: No filter named 'safe'\."),
    ],
)
def test_a_page_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(WordsRefused) as refused:
        signals_page(tmp_path, text)
    assert re.fullmatch(problem, str(refused.value))


def test_a_page_that_we_have_not_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "other.j2").touch()
    with pytest.raises(WordsRefused, match=r"^pages/other.j2 is no page of ours: give it the name of one\.$"):
        Words(tmp_path)
