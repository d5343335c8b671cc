"""Slack's mrkdwn as safe text: escaping what people typed, mentions, links, and reading it back as plain text."""

import re
from collections.abc import Iterable, Iterator, Mapping

from agendas.text.evidence import unescape
from agendas.text.limits import characters

LINK_CHARACTERS = 2_000
"""Longer addresses are named, not linked: a text object holds 3,000 characters and a link is never parted. Ours."""
LABEL_CHARACTERS = 500
"""Longer labels stand before their link, for the same reason. Ours."""

OPERATOR = "command line"
"""The author of what an operator imported from a file; entries keep it."""

_PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
_MENTION = re.compile(r"&lt;@([UW][A-Z0-9]{2,20})(?:\|[^&<>]*)?&gt;")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_ODD_IN_ADDRESS = re.compile(r"[^!#-%'-;=?-\[\]-_a-{}~]")
_FENCE = re.compile("`{3,}")
_SPAN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_BOLD_LABEL = re.compile(r"^\*([^*\n]+)\*", re.MULTILINE)


class Mrkdwn(str):
    """Text that is safe to show as mrkdwn as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell Jinja that nothing is left to escape."""
        return str(self)


def escape(text: str) -> Mrkdwn:
    """Return typed text on one line, harmless in mrkdwn.

    `&`, `<` and `>` are escaped, so that no `<!channel>`, group mention or disguised link survives; a mention of one
    person stays a mention. Control and direction-override characters go, and a code fence, which would swallow the
    lines after it, becomes three apostrophes. `*`, `_` and `~` stay: they can only format the text they stand in,
    because our own words put formatting at the beginning of a line and never after somebody's text.
    """
    if (
        text.isascii()
        and text.isprintable()
        and not ("&" in text or "<" in text or ">" in text or "`" in text or "  " in text)
    ):
        # nearly every text, and a page holds a hundred; looking for each mark is four times as quick as one pattern
        return Mrkdwn(text)
    return Mrkdwn(_MENTION.sub(r"<@\1>", calling_nobody(text)))


def calling_nobody(text: str) -> Mrkdwn:
    """Escape typed text with its mentions too: they are shown as typed and mention nobody."""
    return Mrkdwn(_FENCE.sub("'''", one_line(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def one_line(text: str) -> str:
    """Raw text on one line, without control and direction-override characters: for headings, labels and cells."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text))


def mention(person: str | None) -> Mrkdwn:
    """`<@U…>` for a user id; a name that is no id is escaped; nobody is `nobody`, an operator's file `CRM import`."""
    if not person:
        return Mrkdwn("nobody")
    if person == OPERATOR:
        return Mrkdwn("CRM import")
    return Mrkdwn(f"<@{person}>") if _PERSON.fullmatch(person) else escape(person)


def link(url: str, label: str) -> Mrkdwn:
    """`<url|label>` for a web address; the label alone for any other address.

    An address too long to link is not in it: words say so after the label. A label that is `Mrkdwn` is not escaped
    again; inside the link its mentions are shown as typed. A very long label comes before its link.
    """
    text = label if isinstance(label, Mrkdwn) else escape(label or url)
    if not url.lower().startswith(("https://", "http://")):
        return Mrkdwn(text)
    address = _ODD_IN_ADDRESS.sub(lambda match: _encoded(match.group()), url.strip())
    if len(address) > LINK_CHARACTERS:
        return Mrkdwn(f"{text if label else escape(url[:60])} (address too long to link)")
    if len(text) > LABEL_CHARACTERS:
        return Mrkdwn(f"{text} (<{address}|link>)")
    return Mrkdwn(f"<{address}|{text.replace('<', '&lt;').replace('>', '&gt;')}>")


def with_address(label: str, address: str, before: str) -> str:
    """Return a link in plain text, `label (address)`; in brackets that were opened `before` it `label: address`."""
    if not label:
        return address
    line = _SPAN.sub("", before.rpartition("\n")[2])
    return f"{label}: {address}" if line.count("(") > line.count(")") else f"{label} ({address})"


def read(mrkdwn: str, people: Mapping[str, str] | None = None) -> str:
    """Mrkdwn as raw text: links as `with_address`, no bold labels, `@name` for people in `people`, else the mention.

    A channel is `#name`, or its id where it has none; a time is the fallback text of its token.
    """
    names = people or {}

    def span(match: re.Match[str]) -> str:
        """What `<target|label>` shows: a mention, a time, a channel or a link."""
        target, label = match.group(1), match.group(2)
        if target.startswith("@"):
            return "@" + names[target[1:]] if target[1:] in names else f"<{target}>"
        if target.startswith("!date^"):
            return label or target
        if target.startswith("#"):
            return "#" + (label or target[1:])
        return with_address(label or "", target, match.string[: match.start()])

    return unescape(_SPAN.sub(span, _BOLD_LABEL.sub(r"\1", mrkdwn)))


def _encoded(character: str) -> str:
    """A character of an address, encoded where it cannot stand in a link; letters of other scripts stay."""
    if character == "&":
        return "&amp;"
    if character.isascii() or character.isspace() or not character.isprintable():
        return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
    return character


# Parting long mrkdwn: pieces no longer than a limit, never inside a link, a mention or an escaped character.

_TOKEN = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|[^\s<&]+|\s|.", re.DOTALL)
_WORD = re.compile(r"(?:<[^<>]*>|[^\s])+|\s")
"""A link with spaces in it is part of one word."""


def length(text: str) -> int:
    """Return a text's length as Slack counts it: UTF-16 units, so that an emoji counts two as in its clients."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parted(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit`, parted between lines, else between words, else within a word.

    Joined with a newline or a space where they were parted, the pieces give the text again.
    """
    if length(text) <= limit:
        return [text]
    return joined([piece for line in text.split("\n") for piece in _parted_line(line, limit)], limit)


def joined(lines: Iterable[str], limit: int) -> list[str]:
    """Lines joined by newlines into as few texts of at most `limit` as keeping the order allows."""
    texts: list[str] = []
    room = 0
    for line in lines:
        size = length(line)
        if texts and size + 1 <= room:
            texts[-1] += "\n" + line
            room -= size + 1
        else:
            texts.append(line)
            room = limit - size
    return texts


def weight(block: object) -> int:
    """Return the characters of all texts in a block, as Slack counts them against its limits."""
    if isinstance(block, list):
        return sum(map(weight, block))
    if not isinstance(block, dict):
        return 0
    total = 0
    for name, inside in block.items():
        if isinstance(inside, dict | list):
            total += weight(inside)
        elif name == "text" and isinstance(inside, str):
            total += length(inside)
    return total


def _parted_line(line: str, limit: int) -> Iterator[str]:
    """Yield pieces of the line within the limit, parted at spaces where that is possible."""
    if length(line) <= limit:
        yield line
        return
    piece, size = "", 0
    for token in _tokens(line, limit):
        token_size = length(token)
        if size + token_size > limit:
            yield piece.rstrip()
            piece, size = "", 0
            if token.isspace():
                continue
        piece, size = piece + token, size + token_size
    if piece.strip():
        yield piece


def _tokens(line: str, limit: int) -> Iterator[str]:
    """The line's words and spaces; of a word longer than a piece, its links, its escapes and its characters."""
    for word in _WORD.findall(line):
        if length(word) <= limit:
            yield word
            continue
        for token in _TOKEN.findall(word):
            if length(token) > limit and token[0] not in "<&":
                for character in characters(token):
                    # marks without end on one letter are parted after all
                    yield from (character,) if length(character) <= limit else character
            else:
                yield token
