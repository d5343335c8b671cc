"""The texts of `texts.txt`, each with the place where it stands."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Place(StrEnum):
    ACCOUNT = "account"
    NOTE = "note"
    CSV = "csv"
    CHANNEL = "channel"
    MESSAGE = "message"
    NEWS = "news"
    FILE = "file"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `is_attack` where it tries to make a model do something."""

    is_attack: bool
    place: Place
    words: str

    @property
    def first_word(self) -> str:
        return self.words.split()[0].strip(':="-@<')


def texts() -> list[Text]:
    lines = (Path(__file__).parent / "texts.txt").read_text(encoding="utf-8").splitlines()
    return [
        Text(line[0] == "!", Place(place.strip("!~ ")), words.strip())
        for line in lines
        if line[:1] in ("!", "~")
        for place, _, words in [line.partition(":")]
    ]
