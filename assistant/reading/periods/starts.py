"""Words that days can begin with: no other token is looked at for them."""

from agendas.text.date_forms import MONTHS, TODAY_WORDS, WEEKDAYS
from assistant.reading.periods.units import NUMBERS

_STARTING_SAID = (
    "the this these last past previous prior next coming following upcoming current same day days week weeks "
    "month months quarter quarters year years hour hours weekend end beginning start starting middle first 1st "
    "final second early late later earlier mid today todays tomorrow tomorrows tmrw tmr tmw yesterday yesterdays "
    "eow eom eoq eoy lately recently recent of wk calendar rest remainder christmas xmas new more older longer "
    "greater over above beyond at > < upwards less fewer newer younger sooner under below within inside for in on "
    "by since from after before until till til through up upto no not prior ahead as between during throughout "
    "and or spring summer autumn winter"
)
STARTING = frozenset(
    {
        *_STARTING_SAID.split(),
        *MONTHS,
        *WEEKDAYS,
        *(word.split()[0] for word in (*TODAY_WORDS, *NUMBERS)),
    }
)
NUMBERED = ("q", "h", "w", "wk", "cw", "kw")
"""Beginnings of quarters, halves and weeks by number; alone with `td` of "year to date"."""


def may_begin_days(word: str) -> bool:
    """Return true if days can begin with the word, a normal form."""
    if not word:
        return False
    is_numbered = word.rstrip("0123456789") in NUMBERED or word in ("ytd", "qtd", "mtd", "wtd")
    return word[0].isdigit() or is_numbered or word in STARTING or word.removesuffix("s") in STARTING
