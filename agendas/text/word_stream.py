"""The words after an account in a command, taken one by one from either end while the rest stays as typed."""

import re
from collections.abc import Sequence

from agendas.errors import NotUnderstood
from agendas.text.evidence import MENTION
from agendas.text.limits import shown

WORD = re.compile(r"(?:<[^<>]*>|\S)+")
WEB_LINK = re.compile(r"<?https?://\S+", re.IGNORECASE)
CLOSING_PUNCTUATION = ".,;"


class TypedWords:
    """The words of a command's text. What is taken from an end leaves the text between as it was typed.

    Web addresses at the end do not count as words there, so `... by fri https://...` ends with `by fri`; they stay in
    the text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = list(WORD.finditer(text))
        self._start = 0
        while self._words and WEB_LINK.match(self._words[-1][0]):
            self._words.pop()
        self._links = text[self._end :]

    @property
    def text(self) -> str:
        """The rest of the text, as Slack escaped it."""
        return f"{self._text[self._start : self._end]}{self._links}".strip()

    @property
    def words(self) -> Sequence[str]:
        """The words that are left."""
        return [word[0] for word in self._words]

    def drop_first(self, count: int) -> None:
        """Leave out so many words at the beginning."""
        self._start = self._words[count - 1].end()
        del self._words[:count]

    def drop_last(self, count: int) -> None:
        """Leave out so many words at the end."""
        del self._words[len(self._words) - count :]

    def take_last_person(self) -> str | None:
        """The user id of the mention that ends the text, which is left out; None when it ends otherwise.

        Raises:
            NotUnderstood: when it ends with an @name that Slack did not recognise as a person.
        """
        last = self._words[-1][0].rstrip(CLOSING_PUNCTUATION) if self._words else ""
        if re.fullmatch(r"@\w[\w.-]*", last):
            raise NotUnderstood(f"{shown(last)} is nobody here; type @ and pick the person from Slack's list.")
        return self._take_person(-1)

    def take_first_person(self) -> str | None:
        """The user id of the mention that begins the text, which is left out; None when it begins otherwise."""
        return self._take_person(0)

    @property
    def _end(self) -> int:
        return self._words[-1].end() if self._words else self._start

    def _take_person(self, position: int) -> str | None:
        found = MENTION.fullmatch(self._words[position][0].rstrip(CLOSING_PUNCTUATION)) if self._words else None
        if found is None:
            return None
        if position == 0:
            self.drop_first(1)
        else:
            self.drop_last(1)
        return found[1]
