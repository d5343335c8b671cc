"""A template that would let something through unescaped is refused when it is loaded; ours all pass."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateError

from agendas.errors import WordsRefused
from agendas.rendering.filters import FILTERS
from agendas.rendering.template_check import HARMLESS_FILTERS, check
from agendas.rendering.words import PRODUCT_WORDS, Words
from tests.agendas.pages.hostile import PIECES, check_text

MACRO = "{% macro m(x) %}{{ x }}{% endmacro %}\n"
HOSTILE = (*PIECES, "a ```b``` c", '<!channel> "q" O\'Neil', ";tg&lennahc!;tl&", "x\ny\u202ez")

REFUSED = {
    "{% filter trim %}{{ t }}{% endfilter %}": "{% filter %}",
    "{% filter link('x') %}{{ t }}{% endfilter %}": "{% filter %}",
    "{% call m(t) %}{% endcall %}": "{% call %}",
    "{% call '{0}'.format(t) %}{% endcall %}": "{% call %}",
    "{% set s | upper %}{{ t }}{% endset %}{{ s }}": "a filter on {% set %}",
    "{% autoescape false %}{{ t }}{% endautoescape %}": "{% autoescape %}",
    "{{ m('a') ~ t }}": "~",
    "{% set s %}x{% endset %}{{ s ~ t }}": "~",
    "{{ m('a') + t }}": "+ of what may be text",
    "{{ t + t }}": "+ of what may be text",
    "{{ m('%s') % t }}": "% of what may be text",
    **{f"{{{{ t | {name} }}}}": f"the filter {name}" for name in ("e", "escape", "forceescape", "safe", "string")},
    **{f"{{{{ t | {name} }}}}": f"the filter {name}" for name in ("tojson", "urlize", "striptags", "pprint")},
    "{{ [m('a'), t] | join(', ') }}": "the filter join",
    "{{ m('a') | replace('a', t) }}": "the filter replace",
    "{{ '%s' | format(t) }}": "the filter format",
    "{{ t | attr('upper') }}": "the filter attr",
    "{{ [t] | map('escape') | first }}": "map with a filter that is not one of these",
    "{{ [[t]] | map('map', 'escape') | first }}": "map with a filter that is not one of these",
    "{{ [t] | map(*['escape']) | first }}": "a filter with * or **",
    "{{ [t] | map(t) | first }}": "map with a filter that is not one of these",
    "{{ [m('a')] | map(attribute='replace') | first }}": "the method replace",
    "{{ m(t) | trim(t) }}": "trim of characters that a value holds",
    "{{ [t] | sum(start=m('')) }}": "sum with a start",
    "{{ [t] | sum('x', m('')) }}": "sum with a start",
    "{{ ' '.join([t]) }}": "the method join",
    "{{ x['replace'] }}": "the method replace",
    "{{ m('a').upper() }}": "a part of what a macro or a block says",
    "{{ m(t)[3:] }}": "a part of what a macro or a block says",
    "{% set s %}{{ t }}{% endset %}{{ s[2:] }}": "a part of what a macro or a block says",
    "{% set f = x.strip %}{{ f(t) }}": "calling f",
    "{% set m = x.strip %}{{ m(t) }}": "calling m",
    "{{ x['a'](t) }}": "calling what is no macro",
    "{{ cycler(t).next() }}": "calling cycler",
    "{% for i in [t] recursive %}{{ loop([]) }}{% endfor %}": "calling loop",
    "{% include 'agenda.j2' %}": "{% include %}",
    "{% import 'agenda.j2' as agenda %}": "this import",
    "{% block b %}{% endblock %}": "{% block %}",
}

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
    (folder / "sample.j2").write_text(f"{MACRO}{{% macro say(t, x) %}}{text}{{% endmacro %}}", encoding="utf-8")
    return Words(folder).say("sample.say", x="", **facts)


@pytest.mark.parametrize("path", sorted(PRODUCT_WORDS.glob("*.j2")), ids=lambda path: path.name)
def test_our_own_templates_use_only_what_is_allowed(path: Path) -> None:
    check(Environment(autoescape=True).parse(path.read_text(encoding="utf-8")), path.name)


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_not_escape_for_slack_is_refused_with_its_place_and_what_to_use(tmp_path: Path, text: str) -> None:
    with pytest.raises(WordsRefused) as refused:
        said_of(tmp_path, text, t="x")
    sentence = f"sample.j2, line 2: {REFUSED[text]} is not allowed, since what people typed might not be escaped"
    assert re.fullmatch(re.escape(sentence) + r" for Slack there: [a-z].{10,}\.", str(refused.value))


@pytest.mark.parametrize("text", TAKEN)
def test_what_is_harmless_is_taken_and_escapes_for_slack(tmp_path: Path, text: str) -> None:
    assert said_of(tmp_path, text, t="<!here> 'a' & \"b\"") == TAKEN[text]


USES = (
    *("{{ t | FILTER }}", "{{ m(t) | FILTER }}", "{{ [m(t), t] | FILTER | list }}", "{{ 2.5 | FILTER }} {{ t }}"),
    *("{{ [t, 'b'] | FILTER(t) }}", "{{ 2 | FILTER(t) }}", "{{ {'a': t} | FILTER | list }} {{ t | default }}"),
    *("{{ [t] | FILTER('trim') | list }}", "{{ [t] | FILTER(0) }}", "{{ x | FILTER }} {{ t }}"),
)
"""What was typed is filtered, or what a macro says, or it is told to the filter."""


@pytest.mark.parametrize("name", sorted({*FILTERS, *HARMLESS_FILTERS} - {"link"}))
def test_a_filter_that_is_allowed_lets_nothing_through(tmp_path: Path, name: str) -> None:
    said = 0
    for number, use in enumerate(USES):
        template = f"{MACRO}{{% macro say(t, x) %}}{use.replace('FILTER', name)}{{% endmacro %}}"
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "sample.j2").write_text(template, encoding="utf-8")
        try:
            words = Words(tmp_path / str(number))
            for text in HOSTILE:
                found = words.say("sample.say", t=text, x=datetime(2026, 11, 24, tzinfo=UTC))
                check_text(found)
                assert "\n" not in found
                said += 1
        except (WordsRefused, TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            # it takes something else, and says nothing
            continue
    assert said or name in ("day_time", "time_of_day", "sum")


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
    "{{ t | no_such_filter }}": r"sample.j2, line 1: the filter no_such_filter is not allowed, .*\.",
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
