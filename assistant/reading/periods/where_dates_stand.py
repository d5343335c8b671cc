"""Decide where words that have other meanings too are days: `may`, `march`, `sun`, `4/12`, `the 1st`."""

import re
from collections.abc import Sequence

from agendas.text.date_forms import MONTHS, WEEKDAYS
from assistant.reading.periods.dates import SEASONS
from assistant.reading.tokens import Token

SHORTEST_MONTH = 5
"""Letters from which the name of a month needs no word before it; `march` and `april` may be names as well."""

NAMES_TOO = frozenset({"may", "march", "mar", "april", "june", "august", "jan", "jun"})
CERTAIN_LEADS = frozenset({"in", "since", "until", "till", "til", "before", "after", "during", "through", "between"})
"""Words after which the name of a month is one, whoever has that name."""

DATE_LEADS = CERTAIN_LEADS | {"by", "from", "on", "starting", "as of", "up to", "no later than", "within", "throughout"}
CLOSING = frozenset({"due", "close", "closes", "closing", "closed", "end", "ends", "done", "delivered", "happening"})
"""Words after which `by` is said of a day."""

NUMBERED = frozenset({"tier", "tiers", "t", "top", "stage", "usd", "eur", "gbp", "chf", "version", "number"})
AMOUNTS = frozenset({"million", "mio", "m", "k", "percent", "x", "am", "pm", "roles", "accounts"})
FIGURES = re.compile(r"\d{1,2}[./]\d{1,2}")
DAY_NUMBER = re.compile(r"the \d{1,2}(?:st|nd|rd|th)")
MOST = frozenset({"most", "more"})
MEETINGS = frozenset({"review", "reviews", "meeting", "one"})


def may_be_days(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], lead: str) -> bool:
    """Return true if the tokens from `begin` up to `end` may be days after the word `lead`, '' for none."""
    begin, end = span
    said = " ".join(words[begin:end])
    before = words[begin - 1] if begin and not lead else ""
    after = words[end] if end < len(words) else ""
    is_alone = begin == 0 and end == len(words)
    if any(each.quote or each.user_id or each.link for each in tokens[begin:end]):
        return False
    if end - begin == 1 and said in MONTHS:
        return _is_month(words, span, lead) or (is_alone and said not in NAMES_TOO)
    if end - begin == 1 and said in SEASONS:
        return bool(lead) or is_alone
    if end - begin == 1 and said in WEEKDAYS:
        return len(said) > len("thurs") or bool(lead) or is_alone or before in CLOSING
    if FIGURES.fullmatch(said):
        is_figure = before in NUMBERED or after in AMOUNTS or said == "24/7"
        return not is_figure and (bool(lead) or is_alone or "/" in said or tokens[end - 1].mark == ".")
    if DAY_NUMBER.fullmatch(said) or re.fullmatch(r"20\d\d", said):
        return lead in DATE_LEADS
    if said == "recent":
        return before not in MOST and after not in MEETINGS
    return True


def _is_month(words: Sequence[str], span: tuple[int, int], lead: str) -> bool:
    begin, _ = span
    said = words[begin]
    if said not in NAMES_TOO:
        return len(said) >= SHORTEST_MONTH or said in ("dec", "oct", "nov", "sept") or lead in DATE_LEADS
    before = words[begin - 2] if begin > 1 else ""
    return lead in CERTAIN_LEADS or (lead == "by" and (before in CLOSING or begin == 1))
