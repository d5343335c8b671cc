"""Texts that only report figures of a campaign: impressions, MQLs, sends, clicks, opens, form fills.

Such figures are no movement: they say what we did and how much of it there was, not what the buyer did.
"""

import re

FIGURES = frozenset(
    {
        *("impression", "impressions", "views", "mql", "mqls", "leads", "send", "sends", "click", "clicks"),
        *("opens", "fill", "fills", "ctr"),
    }
)
"""Words that are counted in campaign figures."""

LABELS = frozenset(
    {
        *("campaign", "campaigns", "ad", "ads", "banner", "banners", "display", "email", "emails", "mail", "mailing"),
        *("mailings", "newsletter", "newsletters", "webinar", "webinars", "post", "posts", "linkedin", "google"),
        *("meta", "facebook", "search", "social", "retargeting", "sequence", "landing", "page", "abm"),
        *("marketing", "digital", "inbound"),
    }
)
"""Words for a campaign, which may have its name beside it."""

FILLERS = frozenset(
    {
        *("a", "an", "the", "of", "on", "in", "for", "from", "by", "with", "at", "to", "via", "per", "our", "we", "us"),
        *("is", "are", "was", "were", "has", "have", "had", "got", "getting", "generated", "delivered", "reached"),
        *("brought", "made", "sent", "hit", "so", "far", "already", "now", "up", "down", "plus", "over", "about"),
        *("almost", "nearly", "around", "more", "than", "less", "only", "new", "unique", "total", "altogether"),
        *("form", "open", "paid", "organic", "this", "last", "past", "today", "yesterday", "since", "day", "days"),
        *("week", "weeks", "month", "months", "quarter", "year", "q", "k", "m", "great", "good", "strong", "nice"),
        *("results", "result", "numbers", "figures", "report", "update", "performance", "account", "as", "well"),
    }
)
"""Words that say nothing of the buyer beside a figure."""

BUYER = frozenset(
    {
        *("they", "them", "their", "he", "she", "his", "her", "who", "buyer", "buyers", "customer", "client", "team"),
        *("ceo", "cfo", "cio", "cto", "ciso", "coo", "cmo", "vp", "director", "head", "champion", "procurement"),
        *("legal", "finance", "board", "replied", "reply", "replies", "answered", "asked", "requested", "signed"),
        *("agreed", "booked", "meeting", "meetings", "met", "called", "joined", "attended", "accepted", "confirmed"),
        *("wants", "wanted", "wrote", "visited", "invited", "introduced", "forwarded", "shared", "chose", "bought"),
        *("opened", "clicked", "downloaded", "liked", "commented", "responded", "registered", "approved", "said"),
    }
)
"""Words that tell of the buyer: with one of them a text is no mere figure."""

MOST_NAME_WORDS = 3
"""Words of a campaign's name that may stand beside a figure, as in "Spring Cloud campaign". Our own default."""

_MARKUP = re.compile(r"<[^<>]*>|https?://\S+")
_RATE = re.compile(r"\b(?:open|click(?:[ -]?through)?) rates?\b")
_CLAUSE_ENDS = re.compile(r"[;!?()\n\u2022|/&+]|(?<!\d)[.,]|[.,](?!\d)|\s[-\u2013\u2014]\s|\b(?:and|but)\b")
_NUMBER = r"\d[\d.,'\u2019]*(?:k|m|x)?\b%?"
_WORDS = re.compile(rf"{_NUMBER}|[^\W\d_]+")
_COUNTED = "|".join(sorted(FIGURES))
_JOINTS = "up|down|to|by|at|of|is|are|was|were|now"
_FIGURE = re.compile(rf"(?:^| )\d\S*(?: [^\W\d]+){{0,3}} (?:{_COUNTED})\b|\b(?:{_COUNTED})(?: (?:{_JOINTS})){{0,2}} \d")


def only_campaign_figures(text: str, account_name: str = "") -> bool:
    """Return true if the text holds figures of a campaign and says nothing else; in doubt it says something.

    The account may be named beside a figure.
    """
    said = _RATE.sub("ctr", _MARKUP.sub(" ", text.casefold()))
    name = _WORDS.findall(account_name.casefold())
    read = ([word for word in _WORDS.findall(clause) if word not in name] for clause in _CLAUSE_ENDS.split(said))
    clauses = [words for words in read if words]
    return any(map(_is_figure, clauses)) and all(map(_says_no_more, clauses))


def _is_figure(words: list[str]) -> bool:
    return _FIGURE.search(" ".join(words)) is not None


def _says_no_more(words: list[str]) -> bool:
    """True for a clause without anything of the buyer's; beside a figure a campaign may be called by its name."""
    if BUYER & set(words):
        return False
    others = [word for word in words if not word[0].isdigit() and word not in FIGURES | FILLERS | LABELS]
    is_named = _is_figure(words) and not LABELS.isdisjoint(words)
    return not others or (is_named and len(others) <= MOST_NAME_WORDS)


def note_text(text: str, links: tuple[str, ...]) -> str:
    """The text with the links that it does not hold yet, each on a line: a note has no evidence."""
    return "\n".join((text, *(link for link in links if link not in text)))
