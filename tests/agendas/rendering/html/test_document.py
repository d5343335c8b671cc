"""A page as one HTML file that loads and runs nothing, whatever people typed."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.html import document, raw_to_html, read_text, to_html
from agendas.rendering.mrkdwn import escape, link
from agendas.rendering.page import Item, Page
from tests.agendas.golden import check_golden
from tests.agendas.rendering.any_items import items
from tests.agendas.rendering.html.sample import HOSTILE, PAGE, READER
from tests.cases import cases

TAGS = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "main", "footer", "h1", "h2", "p", "b", "i", "s", "code"),
        *("br", "a", "span", "ul", "li", "div", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th"),
        *("td", "hr", "section", "figure", "figcaption", "svg", "line", "text", "polyline", "circle", "rect"),
    )
)
VOID = {"meta", "br", "hr"}
ATTRIBUTES = {"href", "src", "action", "data", "srcset", "poster", "formaction", "xlink:href"}


class Parsed(HTMLParser):
    """The tags and texts of a document; fails where they are not nested as they should be."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def check_harmless(html: str) -> Parsed:
    parsed = Parsed(html)
    for tag, attributes in parsed.tags:
        assert tag in TAGS
        assert not [name for name in attributes if name.startswith("on")]
        addresses = {name: value for name, value in attributes.items() if name in ATTRIBUTES}
        assert tag == "a" or not addresses
        assert all(str(value).startswith(("https://", "http://")) for value in addresses.values())
    style = html.split("<style>")[1].split("</style>", maxsplit=1)[0]
    assert "url(" not in style
    assert "@import" not in style
    return parsed


def test_a_page_of_everything_is_the_file_that_was_looked_at() -> None:
    html = document(PAGE, READER)
    check_golden("html/everything", html, ending="html")
    text = check_harmless(html).text
    assert "alert(1)" in text
    assert "09:30" not in text
    assert "@Nora <Adeyemi>" in text
    assert "#abm-weekly" in text
    assert "@U0GONE001" in text
    assert "made 27 Nov 2026 18:10 CET" in text


@given(st.lists(items, max_size=12), st.text(max_size=80))
def test_whatever_is_typed_the_file_is_well_formed_and_loads_nothing(found: list[Item], title: str) -> None:
    check_harmless(document(Page(title, tuple(found)), READER))


@cases(
    ("mrkdwn", "html"),
    [
        ("*bold* _slanted_ ~old~", "<b>bold</b> <i>slanted</i> <s>old</s>"),
        ("*both _at_ once*", "<b>both <i>at</i> once</b>"),
        ("*a _b* c_", "<b>a _b</b> c_"),
        ("2*3*4 and a_b_c and ~", "2*3*4 and a_b_c and ~"),
        ("one\ntwo", "one<br>\ntwo"),
        ("`*code* <b>`", "<code>*code* b</code>"),
        ("a &amp;lt; b &lt;i&gt;", "a &amp;lt; b &lt;i&gt;"),
        (link("https://a.example/_x_*y*", "*label*"), None),
        ("<javascript:alert(1)|click>", "click"),
        ("<!date^1796376600^{time}|09:30 UTC>", "10:30 CET"),
        ("<!date^1796376600^{date}|4 Dec>", "4 Dec"),
        ("<#C1>", "#C1"),
        (":star: expanded :tada:", '<span class="mark expanded" aria-hidden="true">★</span> expanded :tada:'),
        ("\ue0000\ue001", "0"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(mrkdwn: str, html: str | None) -> None:
    wanted = html or '<a href="https://a.example/_x_*y*" rel="noopener noreferrer">*label*</a>'
    assert to_html(mrkdwn, READER) == wanted


def test_raw_text_is_formatted_by_nothing_and_names_people() -> None:
    assert raw_to_html("*A* <@U0NORA001>", READER) == "*A* @Nora &lt;Adeyemi&gt;"
    assert "<script" not in raw_to_html(HOSTILE, READER)
    assert read_text(f"*{escape('Acme & Co')}* :star: {link('https://a.example', 'mail')}", READER) == (
        "Acme & Co mail (https://a.example)"
    )
