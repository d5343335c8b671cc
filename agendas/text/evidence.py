"""Links in what people type, as evidence, and Slack's escaped text as people read it."""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from agendas.facts.evidence import Evidence
from agendas.text.limits import shortened

LABEL_CHARACTERS = 80

MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
# An entity is a person, a channel, a call (`!here`) or an address with a scheme. Other brackets are text: what comes
# from a form is not escaped. `&lt;` and `&gt;` are brackets typed around an address, never part of a bare one.
TOKEN = re.compile(
    r"<(?P<target>[@#!][^\s<>|]+|[a-z][a-z0-9+.-]*:[^\s<>|]*)(?:\|(?P<label>[^<>]*))?>"
    r"|\b(?P<bare>https?://(?:(?!&[lg]t;)[^\s<>|])+)",
    re.IGNORECASE,
)
MARKS = r"[\s,;:\u2013\u2014-]"
LED_TO_ADDRESS = re.compile(rf"(?:(?<!{MARKS}){MARKS}+)?\(?\bhttps?://[^\s<>|]*[^\s<>|.,;:!?'\"*_~]", re.IGNORECASE)
"""An address in running text, with the spaces and marks before it."""
CLOSING_PUNCTUATION = ".,;:!?'\"*_~"


def take_links(text: str, dated_at: datetime) -> tuple[str, tuple[Evidence, ...]]:
    """The readable text of `text`, as Slack escapes it, and one piece of evidence for each web address in it.

    Labelled links leave their label in the text, others their address. Mentions stay as `<@U123>`, channels become
    `#name`, and calls to a whole channel plain words. Only http and https addresses are evidence, each once.
    """
    words, links = _text_and_links(text)
    return words, tuple(Evidence(label, dated_at, url) for url, label in links.items())


def without_links(text: str) -> str:
    """The text without web addresses and the marks that led up to them: for a sentence that its evidence follows."""
    return " ".join(LED_TO_ADDRESS.sub("", text).split())


def readable(text: str) -> str:
    """The text of `text`, as Slack escapes it, without its markup; mentions stay as `<@U123>`."""
    return _text_and_links(text)[0]


def without_person(text: str, user_id: str) -> str:
    """The text, as Slack escapes it, without mentions of the person and the space around them."""
    if not user_id or f"<@{user_id}" not in text:
        return text
    return re.sub(rf"[ \t]*<@{re.escape(user_id)}(?:\|[^<>]*)?>[ \t]*", " ", text).strip()


def unescape(text: str) -> str:
    """Undo Slack's three escapes once: `&lt;`, `&gt;` and `&amp;`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _text_and_links(text: str) -> tuple[str, dict[str, str]]:
    """The readable text, and the label of each web address in it."""
    links: dict[str, str] = {}
    parts: list[str] = []
    position = 0
    for match in TOKEN.finditer(text):
        shown, url = _bare(unescape(match["bare"])) if match["bare"] else _entity(match["target"], match["label"] or "")
        parts += [unescape(text[position : match.start()]), shown]
        position = match.end()
        if _is_web_address(url):
            links.setdefault(url, _label(shown, url))
    return "".join([*parts, unescape(text[position:])]), links


def _bare(typed: str) -> tuple[str, str]:
    """A bare address as typed, and the address without the punctuation that closes the sentence around it."""
    url = typed.rstrip(CLOSING_PUNCTUATION)
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(CLOSING_PUNCTUATION)
    return typed, url


def _entity(target: str, label: str) -> tuple[str, str]:
    """Return the text shown by an entity of Slack's, its label if it has one, and the address it points to or ''."""
    if target.startswith("@"):
        return f"<{target}>", ""
    if target.startswith("#"):
        return f"#{unescape(label) or target[1:]}", ""
    if target.startswith("!"):
        # Without its @ the word calls nobody when it is posted again.
        return unescape(label).lstrip("@") or target[1:].partition("^")[0], ""
    url = unescape(target)
    return unescape(label) or url, url


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _label(shown: str, url: str) -> str:
    """The label that the person gave the link, else the address without scheme, `www.` and query."""
    if shown.strip() and not shown.startswith(url):
        return shortened(shown, LABEL_CHARACTERS)
    parts = urlsplit(url)
    return shortened(f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}", LABEL_CHARACTERS)


# Web addresses: the host that one leads to, and the page that several ways to write it mean.


def host_of(link: str) -> str:
    """Return the host that a link leads to, without `www.`; '' where it names none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def page_of(link: str) -> str:
    """Return the page that a link leads to, alike for all ways to write it; the link itself where it names no host.

    Scheme, `www.`, a closing slash, campaign parameters (`utm_...`) and an anchor make no difference.
    """
    host = host_of(link)
    if not host:
        return link
    parts = urlsplit(link)
    port = parts.netloc.rpartition("@")[2].partition(":")[2]
    parameters = [(name, value) for name, value in parse_qsl(parts.query, True) if not name.startswith("utm_")]
    # single-page applications keep the page itself in the fragment: `#inbox/17f3`
    route = parts.fragment if "/" in parts.fragment else ""
    return f"{host}:{port}{parts.path.rstrip('/')}?{urlencode(parameters)}#{route}"
