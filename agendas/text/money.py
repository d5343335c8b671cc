"""Amounts of money as people and exports write them."""

import re
from decimal import Decimal

CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
"""Signs that stand for one currency nearly everywhere; a dollar sign does not."""

MONEY = re.compile(r"(?P<before>[A-Za-z]{3}|[€£¥₹$])?(?P<digits>[0-9][0-9.,']*)(?P<after>[A-Za-z]{3}|[€£¥₹$])?")
GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[.,'])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
IN_THOUSANDS = re.compile(
    r"(?P<before>\D*?)\s*(?P<digits>[0-9][0-9 ,.']*)(?P<factor>[km])(?![a-z])\s*(?P<after>.*)", re.IGNORECASE
)
FACTORS = {"k": 1_000, "m": 1_000_000}
LARGEST_AMOUNT = Decimal(10) ** 13


def read_money(text: str) -> tuple[int, str] | None:
    """Cents and an upper-case currency code (or ''); None if the amount is ambiguous or not an amount.

    `12,500` is twelve and a half thousand, `12500.50` and `12.500,00` have cents, and `12.500` alone is not clear.
    """
    match = MONEY.fullmatch("".join(text.split()))
    if match is None:
        return None
    amount = read_amount(match["digits"])
    if amount is None or amount >= LARGEST_AMOUNT:
        return None
    sign = match["before"] or match["after"] or ""
    currency = CURRENCY_SIGNS.get(sign, "" if sign == "$" else sign.upper())
    return int((amount * 100).to_integral_value()), currency


def read_short_money(text: str) -> tuple[int, str] | None:
    """Cents and a currency code (or ''), also of `420k` and `1.2M USD`, in thousands and millions; None if unclear."""
    short = IN_THOUSANDS.fullmatch(text.strip())
    if short is None:
        return read_money(text)
    amount = read_amount("".join(short["digits"].split()))
    currency = read_money(f"1{short['before']}{short['after']}")  # with an amount of 1: the currency alone is wanted
    if amount is None or currency is None:
        return None
    return read_money(f"{amount * FACTORS[short['factor'].lower()]:f}{currency[1]}")


def read_amount(digits: str) -> Decimal | None:
    """The number that the digits with their marks mean; None when they can be read in two ways or none."""
    plain = digits.replace("'", "")
    if "." in plain and "," in plain:
        cents_mark = max(".", ",", key=plain.rfind)
        whole, _, cents = plain.rpartition(cents_mark)
        other = "," if cents_mark == "." else "."
        is_good = cents.isdigit() and cents_mark not in whole and GROUPED.fullmatch(whole)
        return Decimal(f"{whole.replace(other, '')}.{cents}") if is_good else None
    mark = "." if "." in plain else ","
    if plain.count(mark) == 0:
        return Decimal(plain)
    if GROUPED.fullmatch(plain):
        # "1.200" may be a thousand or one and a fifth
        is_unclear = mark == "." and plain.count(mark) == 1
        return None if is_unclear else Decimal(plain.replace(mark, ""))
    whole, _, cents = plain.partition(mark)
    return Decimal(f"{whole}.{cents}") if cents.isdigit() else None
