"""Whether a narrative names a pressure of the account and does not describe us: simple signs, each said when it fails.

A pressure has a sign of what presses: a number, a date, or a word of force such as must, because, lose, rule, rival.
It has a few words, and it speaks of the account more than of us or of something that helps, saves or leads. Wrong is
rather let through than refused: who reads it will see.
"""

import re
from collections.abc import Iterator

from agendas.errors import FieldProblems
from agendas.facts import AccountState
from agendas.rules.texts import TEXT_LIMIT_CHARACTERS, shown
from agendas.subjects.narrative import Narrative

EXAMPLE = (
    "Their regulator wants every claim traceable by March 2027, and 40 of their 60 depots still keep them on paper."
)
"""An invented pressure, shown where one is missing."""

LABELS = {"pressure": "pressure", "point_of_view": "point of view", "proof": "proof", "ask": "ask"}

FORCES = (
    "abandon|acqui|activist|against|analyst|attack|audit|ban|bankrupt|because|behind|board|bottleneck|breach|"
    "can(?:no|')t|ceo|cfo|churn|cio|ciso|closing|competit|complain|compl[iy]|consolidat|coo|cost|court|creditor|crisis|"
    "cut|debt|deadline|declin|deficit|delay|demand|depend|deregulat|downgrad|downtime|downturn|drop|due|earnings|"
    "embargo|ends?\\b|energy price|escalat|ever more|expensive|expir|exposed|fail|fall|fell|fewer|fine[sd]?\\b|force|"
    "fraud|freez|growing|grow|has to|have to|headcount|impos|inflation|injur|interest rate|investor|"
    "ipo|lack|late\\b|law|lawsuit|layoff|leav|leak|legacy|legislat|liab|litigat|lose|losing|loss|lost|mandat|manual|margin|"
    "merg|miss|must|no longer|obsolet|obliged|outage|outdated|outsourc|overdue|overrun|penalt|pressur|price war|"
    "protest|quit|ransom|recall|recession|regulat|reorganis|reorganiz|replac|requir|restructur|retir|rise|rising|risk|"
    "rival|rule|run out|running out|sanction|scandal|scarc|scrutin|shareholder|short of|shortage|shrink|shut|slow|"
    "spin-?off|squeez|stop|strike|struggl|stuck|sue[ds]?\\b|suffer|takeover|tariff|tender|"
    "tighten|too (?:few|long|many|much|slow)|turnover|unable|under pressure|unfilled|unless|until|urgent|vacan|violat|"
    "volatil|warn|waste|worse"
)
_DATES = (
    "jan(?:uary)?|feb(?:ruary)?|march|april|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    "dec(?:ember)?|spring|summer|autumn|winter|quarter|q[1-4]|(?:this|next|last|every) (?:year|month|week)|tomorrow|"
    "(?:in|by|from|until|since|before|after) may"
)
_FORCE = re.compile(rf"\d|%|\b(?:{FORCES})|\b(?:{_DATES})\b", re.IGNORECASE)
_THEM = re.compile(
    r"\b(?:they|their|theirs|them|themselves|its|the (?:company|group|firm|bank|board|business|customer|client))\b",
    re.IGNORECASE,
)
_OFFER = r"(?:app|features?|offering|platform|product|service|software|solution|suite|technology|tool)s?"
_DOES = (
    r"(?:(?:automat|boost|empower|enabl|gives?|help|increas|optimi|provid|reduc|sav(?:e|ing)|simplif|"
    r"speeds?|streamlin)\w*|cuts? (?:[\w-]+ )?(?:costs?|effort|risks?|spend\w*|time))"
)
_MANY = r"(?:brands|businesses|companies|customers|enterprises|leaders|organi[sz]ations|sellers|teams|users)"
_US = re.compile(
    rf"\b(?:(?:my|our) (?:[\w-]+ )?{_OFFER}(?: (?:that|which|to))?(?: {_DOES})?|"
    r"we|our|ours|us|my|mine|I(?: (?:am|can|could|have|help|must|offer|sell|should|want|will|would)|'\w+)|"
    r"best[- ]in[- ]class|(?:industry|market)[- ]leading|cutting[- ]edge|state[- ]of[- ]the[- ]art|"
    r"ai[- ]powered|next[- ]generation|world[- ]class|award[- ]winning|all[- ]in[- ]one|seamless(?:ly)?|supercharges?|"
    rf"leading (?:[\w-]+ ){{0,2}}(?:provider|vendor|{_OFFER})|{_OFFER}(?: (?:that|which|to))? {_DOES}|"
    rf"{_OFFER} for (?:[\w-]+ ){{0,2}}{_MANY}|empowers? (?:[\w-]+ ){{0,2}}{_MANY}|trusted by|"
    rf"used by (?:over |more than )?[\d.,]+\+? (?:[\w-]+ ){{0,2}}{_MANY}|"
    r"(?<!nothing )(?<!nobody )(?<!no one )(?<!that )(?<!which )helps)\b",
    re.IGNORECASE,
)
"""Us, and whatever is praised for what it does: who writes it may call our product by any name."""

_NOT_OURS = re.compile(
    r"\b(?:as )?(?:we|i) (?:have )?(?:heard?|learn(?:ed|t)?|think|believe|know|understand|expect|see|saw|read)\b"
    r"|\b(?:told|tells|assured|asked|showed) (?:us|me)\b|\b(?:my|our) (?:champion|contact|source)s?\b"
    r"|\b(?:rival|competitor|competing|entrant|supplier|vendor|incumbent|legacy|old|outdated|current|existing|aging)"
    rf"(?:\W?s\W?)? (?:[\w-]+ )?{_OFFER}\b",
    re.IGNORECASE,
)
"""How we know of it says nothing about who the text describes, nor does what others have. `US` is a country."""

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|\w*[^\W\d_]\w*")
"""A word with a letter in it; in scripts that put no spaces between words each sign counts as one."""

FEWEST_WORDS = 3


def refuse_wrong(narrative: Narrative, account: AccountState) -> None:
    """Raises FieldProblems with a sentence for each field that cannot stay so."""
    found = dict(_problems(narrative, account))
    if found:
        raise FieldProblems(found)


def _problems(narrative: Narrative, account: AccountState) -> Iterator[tuple[str, str]]:
    missing = {
        "pressure": f'Say what presses {account.name}, as in: "{EXAMPLE}"',
        "point_of_view": "Say in a sentence how we see it.",
        "ask": "Say in a sentence what we ask of them.",
    }
    for field, label in LABELS.items():
        written = getattr(narrative, field)
        if len(written) > TEXT_LIMIT_CHARACTERS:
            yield field, f"The {label} has {len(written):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
        elif not written.strip() and field in missing:
            yield field, missing[field]
        elif field == "pressure":
            against = what_is_against(written, account)
            if against:
                yield field, against


def what_is_against(pressure: str, account: AccountState) -> str:
    """Why this text is no pressure of the account, with what is missing and an example; empty when it is one."""
    if not _FORCE.search(_named(account).sub(" ", pressure)):
        lacks = f"names nothing that presses {account.name}: no number, no date, no cause such as must, because, loses"
    elif len(_WORD.findall(pressure)) < FEWEST_WORDS:
        lacks = f"is too short to say what presses {account.name}"
    elif is_about_us(pressure, account):
        lacks = f"describes us more than {account.name}. What we offer belongs under our point of view"
    else:
        return ""
    return f'{shown(pressure)} {lacks}. Write what forces them to act, as in: "{EXAMPLE}"'


def is_about_us(text: str, account: AccountState) -> bool:
    """Whether it speaks of us more often than of the account, or as often and of us first."""
    said = _NOT_OURS.sub(" ", text)
    us = [found.start() for found in _US.finditer(said) if found[0] != "US"]
    them = [found.start() for pattern in (_THEM, _named(account)) for found in pattern.finditer(said)]
    return bool(us) and (len(us) > len(them) or (len(us) == len(them) and min(us) < min(them)))


def _named(account: AccountState) -> re.Pattern[str]:
    """The account's name, the first word of it, or one of its other names."""
    names = {account.name, *account.profile.aliases, *account.name.split(maxsplit=1)[:1]}
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    written = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
