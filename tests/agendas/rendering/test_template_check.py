"""A template that says hostile text unescaped is refused when it is loaded; ours all pass."""

import re
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import pytest

from agendas.errors import WordsRefused
from agendas.rendering.words import PRODUCT_WORDS, Words
from tests.agendas.pages.hostile import PIECES, check_text
from tests.cases import cases

MACRO = "{% macro m(x) %}{{ x }}{% endmacro %}\n"
HOSTILE = (*PIECES, "a ```b``` c", '<!channel> "q" O\'Neil', ";tg&lennahc!;tl&", "x\ny\u202ez")

REFUSED = (
    "{{ m('a') ~ t }}",
    "{{ m('a') + t }}",
    "{{ m('%s') % t }}",
    "{% set s %}x{% endset %}{{ s ~ t }}",
    "{{ [m('a'), t] | join(', ') }}",
    "{{ m('a') | replace('a', t) }}",
    "{% call '{0}'.format(t) %}{% endcall %}",
    "{% if x %}{{ t }}{% elif x.kind == 'b' %}{% for each in t.parts %}{{ m('a') ~ each.name }}{% endfor %}{% endif %}",
    "{% for code, number, limit in t %}{% if x %}{{ m(code) ~ limit }}{% endif %}{% endfor %}",
    "{% for key, value in t.items() %}{{ m(key) ~ value }}{% endfor %}",
    "{{ m('a') ~ (x | day_time(x.zone)) }}",
    "{% if t.amount_cents > 5 %}{{ m('a') ~ (t.amount_cents | money(t.currency)) }}{% endif %}",
    "{{ m('a') ~ (t | default('nobody')) if t.count == 3 else 'b' }}",
    "{% autoescape false %}{{ m(t) }}{% endautoescape %}",
)

MARKED_SAFE = ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr")

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
    for file in PRODUCT_WORDS.glob("*.j2"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
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


@cases("name", MARKED_SAFE)
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
