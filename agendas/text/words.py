"""The words after an account in a command, taken one by one from either end while the rest stays as typed."""

import re
from collections.abc import Sequence

from agendas.text.evidence import MENTION

KEPT, KEPT_END = "\u2402", "\u2403"
"""Marks around words of a command run again that are text, whatever they look like."""

QUOTES = '"\u201c\u201d\u201e'
WORD = re.compile(
    f"{KEPT}[^{KEPT_END}]*{KEPT_END}"
    r'|["\u201c\u201e][^"\u201c\u201d]*["\u201c\u201d](?=[\s.,;:!?]|$)'
    r"|(?:<[^<>]*>|\S)+"
)
WEB_LINK = re.compile(r"<?https?://\S+", re.IGNORECASE)
CLOSING_PUNCTUATION = ".,;:"


def kept(words: str) -> str:
    """The words with marks around them, by which a command that is run again takes them as text."""
    return f"{KEPT}{without_marks(words)}{KEPT_END}"


def is_kept(word: str) -> bool:
    """True for a word, or several taken as one, that is only text: it is marked by `kept`, or in quotation marks."""
    return word[0] == KEPT or _is_quoted(word)


def without_marks(text: str) -> str:
    return text.replace(KEPT, "").replace(KEPT_END, "")


class TypedWords:
    """The words of a command's text. What is taken from an end leaves the text between as it was typed.

    Words in quotation marks, or kept, are one word. Web addresses at the end do not count as words there, so
    `... by fri https://...` ends with `by fri`; they stay in the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = list(WORD.finditer(text))
        self._start = 0
        self._taken: re.Match[str] | None = None
        # links at the end are evidence, and no words of the text
        while self._words and WEB_LINK.match(self._words[-1][0]):
            self._words.pop()
        self._links = text[self._end :]

    @property
    def text(self) -> str:
        """The rest of the text, as Slack escaped it; without its quotation marks where they are around all of it."""
        rest = f"{self._text[self._start : self._end]}{self._links}".strip()
        whole = WORD.fullmatch(rest)
        return without_marks(rest[1:-1] if whole and _is_quoted(whole[0]) else rest)

    @property
    def words(self) -> Sequence[str]:
        return [word[0] for word in self._words]

    def drop_first(self, count: int) -> None:
        self._start = self._words[count - 1].end()
        del self._words[:count]

    def drop_last(self, count: int) -> None:
        del self._words[len(self._words) - count :]

    def first_again(self, count: int, words: str) -> str:
        """The whole text as it was typed, with `words` in the place of the first `count` that are left."""
        end = self._words[count - 1].end()
        return f"{self._text[: self._words[0].start()]}{words}{self._text[end:]}"

    def last_again(self, count: int, words: str) -> str:
        """The whole text as it was typed, with `words` in the place of the last `count` that are left."""
        start, end = self._words[-count].start(), self._words[-1].end()
        return f"{self._text[:start]}{words}{self._text[end:]}"

    def last_words(self, count: int) -> str:
        """The last `count` words that are left, as typed."""
        return self._text[self._words[-count].start() : self._words[-1].end()]

    def taken_before_last(self) -> str:
        """The whole text with the person taken last before the last word, as text: `call @b @a` of `call @a @b`."""
        taken, last = self._taken, self._words[-1]
        if taken is None:
            return self._text
        between = self._text[last.start() : taken.start()]
        return f"{self._text[: last.start()]}{kept(taken[0])} {between}{self._text[taken.end() :]}".strip()

    def taken_kept(self) -> str:
        """The whole text as it was typed, with the person who was taken last, if anybody was, kept as text."""
        taken = self._taken
        return f"{self._text[: taken.start()]}{kept(taken[0])}{self._text[taken.end() :]}" if taken else self._text

    @property
    def taken_person(self) -> str:
        """The mention of the person who was taken last, as Slack wrote it."""
        return self._taken[0] if self._taken else ""

    def take_last_person(self) -> str | None:
        """The user id of the mention that ends the text, which is left out; None when it ends otherwise."""
        return self._take_person(-1)

    def take_first_person(self) -> str | None:
        """The user id of the mention that begins the text, which is left out; None when it begins otherwise."""
        return self._take_person(0)

    @property
    def last_unknown_person(self) -> str:
        """The @name that ends the text and that Slack did not recognise as a person; empty when it ends otherwise."""
        return _unknown_person(self._words[-1][0]) if self._words else ""

    @property
    def first_unknown_person(self) -> str:
        """The @name that begins the text and that Slack did not recognise as a person; empty if it begins otherwise."""
        return _unknown_person(self._words[0][0]) if self._words else ""

    @property
    def _end(self) -> int:
        return self._words[-1].end() if self._words else self._start

    def _take_person(self, position: int) -> str | None:
        """Take the first word, at 0, or the last, at -1, if it is a mention, and return its user id; else None."""
        match = MENTION.fullmatch(self._words[position][0].rstrip(CLOSING_PUNCTUATION)) if self._words else None
        if match is None:
            return None
        self._taken = self._words[position]
        if position == 0:
            self.drop_first(1)
        else:
            self.drop_last(1)
        return match[1]


def _unknown_person(word: str) -> str:
    name = word.rstrip(CLOSING_PUNCTUATION)
    return name if len(name) > 1 and name[0] == "@" else ""


def _is_quoted(word: str) -> bool:
    return len(word) > 1 and word[0] in QUOTES and word[-1] in QUOTES
