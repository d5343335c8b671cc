"""Single cells of a CRM's export, read to our values."""

import re
import unicodedata
from html import unescape

from agendas.text.limits import EMAIL

ANCHOR = re.compile(r"""<a\b[^>]*?href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?/+", re.IGNORECASE)
HOST = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
SHARED_HOSTS = frozenset(
    {
        "aol.com",
        "facebook.com",
        "github.com",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "instagram.com",
        "linkedin.com",
        "live.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sites.google.com",
        "twitter.com",
        "x.com",
        "xing.com",
        "yahoo.com",
        "youtube.com",
    }
)
"""Hosts that many companies have a page or a mailbox on: as a domain they would make different companies one."""

TIER = re.compile(r"(?:tier[\s_-]*)?([123])", re.IGNORECASE)
ROUNDED_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"([0-9]+)(?:[.,]0+)?")
SALESFORCE_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
SALESFORCE_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def one_line(text: str) -> str:
    """The text with every run of white space as one space, without invisible characters."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(letter for letter in text if letter.isspace() or not _is_invisible(letter)).split())


def read_domain(text: str) -> str | None:
    """The host of an address or link, lower case, without `www.`; '' for an empty cell, None when it is no host."""
    address = unescape(text).strip()
    if not address:
        return ""
    anchor = ANCHOR.search(address)
    if anchor:
        address = anchor[1]
    address = re.split(r"[;,\s]", address, maxsplit=1)[0]
    host = re.split(r"[/?#]", SCHEME.sub("", address), maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    host = host.lower().rstrip(".").removeprefix("www.")
    return host if HOST.fullmatch(host) else None


def is_shared(domain: str) -> bool:
    """True for a host that many companies share."""
    return any(domain == host or domain.endswith(f".{host}") for host in SHARED_HOSTS)


def read_owner(text: str) -> tuple[str, str]:
    """The owner's name and e-mail address in lower case; either may be ''."""
    found = EMAIL.search(text)
    if found is None:
        return one_line(text), ""
    name = one_line(re.sub(r"[<>()\[\]]", " ", text.replace(found[0], " ")))
    return name.strip(" ,;-"), found[0].lower()


def read_tier(text: str) -> int | None:
    """1, 2 or 3, from `tier_1`, `Tier 1` or `1`; None for anything else."""
    found = TIER.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_record_id(text: str) -> str | None:
    """The id as HubSpot knows it; '' for an empty cell, None for a number that a spreadsheet rounded."""
    number = text.strip()
    if ROUNDED_NUMBER.fullmatch(number):
        return None
    whole = WHOLE_NUMBER.fullmatch(number)
    return whole[1] if whole else number


def read_salesforce_id(text: str) -> str | None:
    """The id in its form of 18 characters, made from the 15 of a report; '' for none, None when it is no id."""
    given = text.strip()
    if not given or set(given[:15]) == {"0"}:
        return ""
    if not SALESFORCE_ID.fullmatch(given):
        return None
    stem = given[:15]
    # each check letter says which of five characters are capitals, the first one being worth 1
    checks = (
        sum(1 << place for place, letter in enumerate(stem[start : start + 5]) if "A" <= letter <= "Z")
        for start in (0, 5, 10)
    )
    return stem + "".join(SALESFORCE_CHECK_LETTERS[check] for check in checks)


def is_yes(text: str) -> bool:
    """True for the ways exports write a set box."""
    return text.strip().casefold() in {"1", "true", "yes"}


def _is_invisible(letter: str) -> bool:
    # the two joiners shape letters and emoji, they are part of the writing
    return unicodedata.category(letter) in {"Cc", "Cf"} and letter not in "\u200c\u200d"
