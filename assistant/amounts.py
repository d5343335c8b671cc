"""Amounts of money that bound what is asked for: "over 100k", "at least $250k", "between EUR 50,000 and 1m"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.words import WORD_LISTS, Token

_NUMBER = r"\d{1,3}(?:[ ,.']\d{3}){1,4}|\d{1,15}(?:[.,]\d{1,2})?"
_UNIT = r"k|thousand|grand|m|mn|mio|mil|mln|million|millions|bn|billion"
_CODE = r"usd|eur|gbp|chf"
_CURRENCY = rf"{_CODE}|us dollars?|dollars?|bucks|euros?|pounds?"
_AMOUNT = rf"(?:(?:{_CURRENCY}) ?)?(?:{_NUMBER}) ?(?:(?:{_UNIT})\b)?(?: ?(?:{_CURRENCY})\b)?"
_PART = re.compile(rf"(?P<before>{_CURRENCY})? ?(?P<number>{_NUMBER}) ?(?P<unit>{_UNIT})?\b ?(?P<after>{_CURRENCY})?")
_LEAST = (
    r"no less than|not less than|(?:more|bigger|larger|greater|higher) than|over|above|at least|exceeding|exceeds?|"
    r"beyond|north of|upwards of|starting at|minimum(?: of)?|min|>"
)
_MOST = (
    r"no more than|not more than|not over|(?:less|smaller|lower|fewer) than|under|below|at most|up to|south of|"
    r"maximum(?: of)?|max|<"
)
BOUNDS = tuple(
    re.compile(rf"(?:^|(?<= )){pattern}(?= |$)")
    for pattern in (
        rf"(?:between|from) (?P<least>{_AMOUNT}) (?:and|to) (?P<most>{_AMOUNT})",
        rf"(?:(?P<up>{_LEAST})|(?P<down>{_MOST})) (?P<amount>{_AMOUNT})",
        rf"(?P<amount>{_AMOUNT}) (?:(?P<up>or (?:more|above|over|higher|bigger)|and (?:up|above|over)|upwards)|"
        r"(?P<down>or (?:less|below|under)|and (?:below|under)))",
        rf"(?P<least>{_AMOUNT}) to (?P<most>{_AMOUNT})",
        rf"(?P<code>{_CODE})",
    )
)
"""Bounds of amounts, and a currency alone: "pipeline in EUR". The first that fit some words win."""

UNITS = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "bn": 1_000_000_000, "billion": 1_000_000_000}
MILLION = 1_000_000
CODES = {"dollar": "USD", "us dollar": "USD", "buck": "USD", "euro": "EUR", "pound": "GBP"}
SIGNS = {"$": "USD", "\u20ac": "EUR", "\u00a3": "GBP"}

LEAST_OF_MONEY = 1_000
"""A number without a unit or currency is money from here on."""

YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class AmountSaid:
    """The tokens from `start` up to `end` that bound an amount, in cents; 0 where they give no such bound.

    `currency` is its code, '' where none is said.
    """

    start: int
    end: int
    least_cents: int = 0
    most_cents: int = 0
    currency: str = ""


def find_amounts(tokens: Sequence[Token]) -> tuple[AmountSaid, ...]:
    """Return the bounds of amounts in a text, in its order; bare amounts bound nothing."""
    text = " ".join(each.word for each in tokens)
    found: list[AmountSaid] = []
    for pattern in BOUNDS:
        for match in pattern.finditer(text):
            start, end = (text[:at].count(" ") for at in match.span())
            said = _said(match.groupdict(), tokens, start, end + 1)
            if said is not None and not any(said.start < each.end and each.start < said.end for each in found):
                found.append(said)
    return tuple(sorted(found, key=lambda each: each.start))


def _said(parts: dict[str, str | None], tokens: Sequence[Token], start: int, end: int) -> AmountSaid | None:
    if code := parts.get("code"):
        return AmountSaid(start, end, currency=code.upper())
    signs = {SIGNS[token.sign] for token in tokens[start:end] if token.sign in SIGNS}
    amounts = [_amount(parts[name] or "") for name in ("amount", "least", "most") if parts.get(name)]
    codes = signs | {code for _, code, _ in amounts if code}
    is_money = bool(codes) or any(is_sure for _, _, is_sure in amounts)
    is_other = end < len(tokens) and tokens[end].word in WORD_LISTS["other units"]
    if not is_money or is_other or len(codes) > 1:
        return None
    code = next(iter(codes), "")
    least, most = amounts[0][0], amounts[-1][0]
    if len(amounts) == 1:
        return AmountSaid(start, end, *((least, 0) if parts.get("up") else (0, most)), currency=code)
    if least > most or (least < LEAST_OF_MONEY * 100 <= most):
        # "50 to 100k": the unit is said once
        least *= 1_000 if most < MILLION * 100 else MILLION
    return AmountSaid(start, end, least, most, code) if least <= most else None


def _amount(said: str) -> tuple[int, str, bool]:
    """The amount in cents, its currency, and whether it can be nothing but money."""
    match = _PART.match(said)
    if match is None:
        return 0, "", False
    number, unit = match["number"], match["unit"] or ""
    is_grouped = bool(re.fullmatch(r"\d{1,3}(?:[ ,.']\d{3})+", number))
    plain = re.sub(r"[ ,.']", "", number) if is_grouped else number.replace(",", ".")
    value = float(plain) * (UNITS.get(unit, MILLION) if unit else 1)
    named = (match["before"] or match["after"] or "").removesuffix("s")
    is_sure = bool(unit) or is_grouped or (value >= LEAST_OF_MONEY and int(value) not in YEARS)
    return round(value * 100), CODES.get(named, named.upper()), is_sure
