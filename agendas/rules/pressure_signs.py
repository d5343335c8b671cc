"""The words by which a text is told to name a pressure, to speak of us, of the account, or to praise a product.

Signs only: a text without one may still be a pressure, and the reverse.
"""

import re

_FORCES = (
    r"abandon|acqui|activist|against|appl(?:y|ies) (?:to|from)|attack|audit|backlog|ban(?:s|ned)?\b|bankrupt|behind|"
    r"bottleneck|breach|burden|can(?:no|')t|catch up|churn|clos(?:es|ing|ure)\b|closed? (?:at|by|down|in)\b|"
    r"competit|complain|complian|compl(?:y|ies)\b|consolidat|cost|court|creditor|crisis|"
    r"cut(?:s|ting)?\b(?![- ]edge)|deadline|debt|declin|deficit|delay|demand|depend|deregulat|difficult|divest|"
    r"doubt|downgrad|downtime|downturn|drop|due\b|embargo|ends?\b|energy price|escalat|ever more|expects?\b|"
    r"expensive|expir|exposed|fail|fall|fear|fell\b|fewer|fined\b|fines\b|force|fragment|fraud|freez|gaps?\b|halv|"
    r"hard(?:er)? to|has to|have to|headcount|impos|inflation|injur|insists?\b|interest rate|investor|ipo\b|keep up|"
    r"lack|late\b|laws?\b|lawsuit|layoff|leak|leav|legacy|legislat|less\b|lets? (?:[\w-]+ ){0,3}go\b|liab|litigat|"
    r"lose|losing|loss|lost|lower\b|mandat|manual|margin|merg|miss(?:es|ed|ing)?\b|must|never|no longer|no one|"
    r"nobody|not (?:able|enough)|obsolet|obliged|out of|outage|outdated|outgrow|outsourc|overdue|overload|overrun|"
    r"overtime|paper\b|penalt|pressur|price war|problem|protest|quits?\b|quitting|ransom|recall|recession|regulat|"
    r"reorgani[sz]|replac|requir|restructur|retir|rise|rising|risk|rival|rule|run(?:ning)? out|sanction|scandal|"
    r"scarc|scrutin|sell(?:s|ing)? (?:a|its|off|the|their)\b|shareholder|short of|shortage|shrink|shut|slow|sold\b|"
    r"spin-?off|spreadsheet|squeez|still|stop|strike|struggl|stuck|sue[ds]?\b|suffer|switch|takeover|"
    r"takes? (?:[\w-]+ ){0,2}(?:longer|months|quarters|weeks|years)|tariff|tender|"
    r"than (?:before|he|it|last|others?|she|they)\b|threat|tighten|to (?:double|triple)|"
    r"too (?:few|long|many|much|slow)|twice as|unable|understaff|unfilled|unstaffed|unless|until|urgent|vacan|"
    r"violat|volatil|warn|waste|where others|without (?:add|extra|hir|more)|worr|worse|"
    r"(?:wants?|needs?)\b(?! (?:an? )?(?:call|demo|meeting|offer|pilot|quote|trial|us\b|our\b|"
    r"to (?:buy|meet|see|talk|try)))|"
    r"asks? for|broken?\b|gave notice|promised|new (?:ceo|cfo|cio|coo|entrant|law|owner|regulation|rule|tax)"
)
_DATES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
    r"dec(?:ember)?|spring|summer|autumn|winter|q[1-4]|(?:this|next) (?:month|quarter|week|year)|"
    r"tomorrow|20\d\d|year-?end)"
)
STRAIN = re.compile(
    rf"\b(?:{_FORCES})|"
    rf"\b(?:after|as of|before|by|from|until|within) (?:the )?(?:early |end of |late |mid-?)?{_DATES}\b",
    re.IGNORECASE,
)
"""What presses: a word of force, or a deadline. A number alone is a fact."""

THEM = re.compile(
    r"\b(?:they|their|theirs|them|themselves|its|the (?:new )?"
    r"(?:bank|board|business|ceo|cfo|cio|client|company|coo|customer|firm|government|group|owner|parent|regulator)s?)\b",
    re.IGNORECASE,
)

_OFFER = r"(?:app|features?|offering|platform|product|service|software|solution|suite|technology|tool)s?"
_GAIN = r"(?:costs?|effort|risks?|spend\w*|time)"
_DOES = (
    r"(?:(?:automat|boost|empower|enabl|gives?|help|increas|optimi|provid|reduc|sav(?:e|ing)|simplif|"
    rf"speeds?|streamlin)\w*|cuts? (?:[\w-]+ )?{_GAIN})"
)
_MANY = r"(?:brands|businesses|companies|customers|enterprises|leaders|organi[sz]ations|sellers|teams|users)"
US = re.compile(
    rf"\b(?:(?:my|our) (?:[\w-]+ )?{_OFFER}(?: (?:that|which|to))?(?: {_DOES})?|"
    r"we|our|ours|us|my|mine|I(?: (?:am|can|could|have|help|must|offer|sell|should|want|will|would)|'\w+))\b",
    re.IGNORECASE,
)
"""Whoever writes, in the first person. `US` is a country."""

PRAISE = re.compile(
    r"\b(?:best[- ]in[- ]class|(?:industry|market)[- ]leading|cutting[- ]edge|state[- ]of[- ]the[- ]art|"
    r"ai[- ]powered|next[- ]generation|world[- ]class|award[- ]winning|all[- ]in[- ]one|seamless(?:ly)?|supercharges?|"
    rf"(?:best|finest|greatest|number one|no\. ?1) (?:[\w-]+ ){{0,2}}{_OFFER}|on the market|"
    rf"leading (?:[\w-]+ ){{0,2}}(?:provider|vendor|{_OFFER})|{_OFFER}(?: (?:that|which|to))? {_DOES}|"
    rf"{_OFFER} for (?:[\w-]+ ){{0,2}}{_MANY}|empowers? (?:[\w-]+ ){{0,2}}{_MANY}|trusted by|"
    rf"used by (?:over |more than )?[\d.,]+\+? (?:[\w-]+ ){{0,2}}{_MANY}|"
    rf"(?:cuts?|reduces?|saves?) (?:[\w-]+ ){{0,2}}{_GAIN} by|"
    r"(?:will|would) (?:[\w-]+ )?(?:benefit|enjoy|like|love)|"
    r"(?:is|are) (?:really |simply |so |very )?(?:amazing|awesome|excellent|fantastic|great|perfect|wonderful)|"
    r"(?<!nothing )(?<!nobody )(?<!no one )(?<!that )(?<!which )helps)\b",
    re.IGNORECASE,
)
"""Something praised for what it does: a product by any name, ours or another's."""

NOT_OURS = re.compile(
    r"\b(?:as )?(?:we|i) (?:have )?(?:heard?|learn(?:ed|t)?|think|believe|know|understand|expect|see|saw|read)\b"
    r"|\b(?:told|tells|assured|asked|showed) (?:us|me)\b"
    r"|\b(?:my|our) (?:champion|colleague|contact|partner|reseller|source)s?\b"
    r"|\b(?:rival|competitor|competing|entrant|supplier|vendor|incumbent|legacy|old|outdated|current|existing|aging)"
    rf"(?:\W?s\W?)? (?:[\w-]+ )?{_OFFER}\b",
    re.IGNORECASE,
)
"""How we know of it says nothing about who the text describes, nor does what others have."""

_OTHER_LANGUAGE = re.compile(
    r"\b(?:att|dans|das|debe|deben|della|der|des|deve|devono|doit|doivent|een|est|för|für|gli|het|ihre|ihr|il|las|les|"
    r"leur|leurs|los|moet|moeten|muss|måste|müssen|nicht|och|para|pour|seine|sich|skal|sus|und|une|voor|wird)\b",
    re.IGNORECASE,
)
_LAST_LATIN = "\u024f"

FEWEST_FOREIGN = 2
"""So many different words of another language make a text one of it."""

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|\w*[^\W\d_]\w*")
"""A word with a letter in it; in scripts that put no spaces between words each sign counts as one."""

_GENERIC = re.compile(
    r"(?:[\s,]+(?:ag|co|corp|gmbh|hq|inc|limited|llc|ltd|marketing|plc|sales|se|slack|team|workspace)\.?)+$",
    re.IGNORECASE,
)


def words_in(text: str) -> int:
    """How many words with a letter it has."""
    return len(_WORD.findall(text))


def is_readable(text: str) -> bool:
    """Whether the signs can be looked for in it: they are English words."""
    foreign = {found.casefold() for found in _OTHER_LANGUAGE.findall(text)}
    return len(foreign) < FEWEST_FOREIGN and not any(sign > _LAST_LATIN and sign.isalpha() for sign in text)


def our_name(workspace_name: str) -> str:
    """The company's name in that of its workspace: without GmbH, Inc., Sales, HQ and the like at its end."""
    return _GENERIC.sub("", workspace_name.strip())
