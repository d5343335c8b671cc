"""Public holidays of countries and of their parts, as the package `holidays` knows them; it needs no network.

A place is a country's code and, after a hyphen, one of its parts: `DE`, `DE-BY`. The package is loaded when the first
place is asked for: most workspaces have none.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from agendas.errors import NotUnderstood
from agendas.text.account_names import normal_key
from agendas.text.limits import shown

LAST_YEAR = 2100
"""The last year that the package computes."""
PARTS_OF = 5
"""Countries whose parts are listed too; what was typed fits more than these only while it is short."""
OFFERED = 100
"""Most choices of a select."""
SMALL_WORDS = re.compile(r"\b(And|Of|The)\b")
ENGLISH = "en_US"
NO_PLACE = frozenset({"", "none", "nothing", "nowhere", "off"})
NAMES_TOLD = 5
"""Places named to whoever typed what several of them could be."""


def holiday_on(place: str, on: date) -> str:
    """The name of the place's public holiday on that date, '' where it has none."""
    return _of_year(place, on.year).get(on, "") if place and on.year <= LAST_YEAR else ""


def has_holidays(place: str, year: int) -> bool:
    """Return true if any public holiday of the place is known in that year."""
    return bool(_of_year(place, year))


def place_name(place: str) -> str:
    """The place as people write it, `Germany, Bayern`; its code where it is not known."""
    country, _, part = place.partition("-")
    name = _countries().get(country) if place else None
    if name is None:
        return place
    return f"{name}, {_parts(country).get(part, part)}" if part else name


def places_like(typed: str) -> tuple[tuple[str, str], ...]:
    """(name, place) of the countries whose name has what was typed, at most 100.

    Where few fit, each is followed by its parts; further words choose among these: `germany bay`.
    """
    wanted = normal_key(typed)
    if wanted.upper() in _countries():
        countries = [wanted.upper()]
    else:
        countries = [code for code, name in _countries().items() if _fits(wanted, normal_key(name))]
    found = [(_countries()[code], code) for code in countries]
    if len(countries) <= PARTS_OF:
        found = [each for code in countries for each in _with_parts(code, wanted)]
    return tuple(found[:OFFERED])


def read_place(typed: str) -> str:
    """Return the place of that name or code; '' for `none` or nothing typed.

    Raises NotUnderstood for a place that is not known, or for words that several places have in their names.
    """
    wanted = normal_key(typed)
    if wanted in NO_PLACE:
        return ""
    if typed.strip().upper() in (place for _, place in places_like(typed.strip()[:2])):
        return typed.strip().upper()
    found = places_like(typed)
    exact = [place for name, place in found if normal_key(name) == wanted]
    if len(found) == 1 or exact:
        return exact[0] if exact else found[0][1]
    if not found:
        raise NotUnderstood(
            f"No public holidays of {shown(typed)} are known. Write a country, such as Germany, or a part of one, such "
            "as Germany Bayern."
        )
    names = "; ".join(name for name, _ in found[:NAMES_TOLD])
    raise NotUnderstood(f"{shown(typed)} can be several places: {names}. Write one of them.")


def _fits(wanted: str, name: str) -> bool:
    return wanted in name or wanted.startswith(f"{name} ")


def _with_parts(country: str, wanted: str) -> Iterator[tuple[str, str]]:
    name = _countries()[country]
    further = wanted.removeprefix(normal_key(name)).strip() if wanted.startswith(normal_key(name)) else ""
    if not further:
        yield name, country
    for part, called in _parts(country).items():
        if further in normal_key(called) or further == part.casefold():
            yield f"{name}, {called}", f"{country}-{part}"


@lru_cache(maxsize=512)
def _of_year(place: str, year: int) -> Mapping[date, str]:
    """The names of the place's public holidays in that year by date, none for a place that is not known."""
    import holidays

    country, _, part = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year, language=ENGLISH)
    except NotImplementedError:
        return {}
    return dict(found)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """The name of each country by its code, by name."""
    from holidays.registry import COUNTRIES

    names = {entry[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values()}
    spoken = {code: SMALL_WORDS.sub(lambda found: found[0].lower(), name) for code, name in names.items()}
    return dict(sorted(spoken.items(), key=lambda each: each[1]))


@lru_cache(maxsize=64)
def _parts(country: str) -> Mapping[str, str]:
    """The name of each part of a country by its code, by name."""
    import holidays

    aliases = holidays.country_holidays(country).get_subdivision_aliases()
    names = {code: (called or [code])[0] for code, called in aliases.items()}
    return dict(sorted(names.items(), key=lambda each: each[1]))
