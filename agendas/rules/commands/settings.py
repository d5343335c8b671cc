"""Values of settings: how one is written, how one that was typed is read, and which settings a word means."""

import re
from collections.abc import Collection
from itertools import pairwise

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.program.setting import DOMAIN, Setting, Unit, Value
from agendas.facts.program.settings import GROUPS, SETTINGS, TIERS, ProgramSettings
from agendas.rules.reviews.holidays import place_name
from agendas.text.limits import shown
from agendas.text.money import read_short_money

NUMBER = re.compile(r"[0-9]{1,9}")
AMOUNTS_BETWEEN = re.compile(r"[;·\n]|,\s+|,(?=[A-Za-z€£¥₹])|\s+and\s+")
CURRENCY_LETTERS = 3
ONE = {Unit.PEOPLE: "person", Unit.PERCENT: "percent"}
"""Singular of the units, where it is not the word without its s."""


def written(setting: Setting, value: Value) -> str:
    """The value with its unit: `12 accounts`, `1 day`, `no limit`, `champion, economic buyer`."""
    if isinstance(value, str) and setting.unit is Unit.PLACE:
        return place_name(value) or "none"
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, tuple) and setting.unit is Unit.AMOUNTS:
        return " · ".join(f"{each[:3]} {int(each[4:]):,}" for each in value) or "none"
    if isinstance(value, tuple):
        return ", ".join(map(_word, value)) or "none"
    if value == 0 and setting.may_be_none:
        return "none" if setting.unit is Unit.PEOPLE else "no limit"
    one = ONE.get(setting.unit, setting.unit.value.removesuffix("s"))
    return f"{value:,} {one if value == 1 else setting.unit.value}"


def bounds(setting: Setting) -> str:
    """Describe the numbers that the setting may have: `a whole number of days from 0 to 730, 0 for no limit`."""
    none = f", 0 for {written(setting, 0)}" if setting.may_be_none else ""
    return f"a whole number of {setting.unit.value} from {setting.least:,} to {setting.most:,}{none}"


def read_number(setting: Setting, typed: str) -> int:
    """The number typed for this setting. Raises NotUnderstood for what is none, or none that it may have."""
    plain = typed.strip().replace(",", "")
    if not plain:
        raise NotUnderstood(f"Write {bounds(setting)}.")
    if not NUMBER.fullmatch(plain):
        raise NotUnderstood(f"{shown(typed)} is not a number it may have. Write {bounds(setting)}.")
    value = setting.accepted(int(plain))
    if not isinstance(value, int):
        than = "under" if int(plain) < setting.least else "over"
        raise NotUnderstood(f"{int(plain):,} is {than} what is possible. Write {bounds(setting)}.")
    return value


def read_domains(setting: Setting, typed: str) -> tuple[str, ...]:
    """The domains typed, with commas or spaces between them. Raises NotUnderstood for a word that is none."""
    words = [word.removeprefix("@") for word in re.split(r"[\s,;]+", typed.strip().casefold()) if word]
    wrong = next((word for word in words if not DOMAIN.fullmatch(word)), None)
    if wrong is not None:
        raise NotUnderstood(f"{shown(wrong)} is not a domain. Write domains such as acme.example, with commas between.")
    if len(words) > setting.most:
        raise NotUnderstood(f"These are {len(words)} domains; write at most {setting.most}.")
    return tuple(dict.fromkeys(words))


def read_amounts(setting: Setting, typed: str) -> tuple[str, ...]:
    """The amounts typed, one of each currency: `EUR 500000, USD 1.2M`. Raises NotUnderstood for what is none."""
    found: dict[str, str] = {}
    for said in (each.strip() for each in AMOUNTS_BETWEEN.split(typed.strip()) if each.strip()):
        currency, whole = _amount(said)
        if currency in found:
            raise NotUnderstood(f"{currency} is there twice. Write one amount of each currency.")
        found[currency] = f"{currency} {whole}"
    if len(found) > setting.most:
        raise NotUnderstood(f"These are {len(found)} amounts; write at most {setting.most}.")
    return tuple(found[currency] for currency in sorted(found))


def _amount(said: str) -> tuple[str, int]:
    """Return the currency and the whole amount of it. Raises NotUnderstood."""
    read = read_short_money(said)
    if read is None or len(read[1]) != CURRENCY_LETTERS or read[0] < 100 or read[0] % 100:
        raise NotUnderstood(f"{shown(said)} is not an amount. Write a currency and an amount, such as EUR 500000.")
    return read[1], read[0] // 100


def of_group(group: str) -> tuple[Setting, ...]:
    """The settings of a group, in order; none for a group that does not exist."""
    return tuple(setting for setting in SETTINGS.values() if setting.group == group)


def meant_by(typed: str) -> tuple[Setting, ...]:
    """The settings in whose name or group there are words that begin like each of those typed; all for none."""
    wanted = _words(typed)
    return tuple(
        setting
        for setting in SETTINGS.values()
        if all(any(word.startswith(each) for word in _names(setting)) for each in wanted)
    )


def refuse_contradictions(settings: ProgramSettings, changed: Collection[str]) -> None:
    """Raise FieldProblems beside a changed fit by which a higher tier asks for less than the one below it."""
    problems: dict[str, str] = {}
    for tier, below in pairwise(TIERS):
        higher, lower = f"fit.tier.{tier}", f"fit.tier.{below}"
        most, least = settings.number(higher), settings.number(lower)
        if most < least and higher in changed:
            problems[higher] = f"{most} is less than the {least} of tier {below}. Write {least} or more, or lower that."
        elif most < least and lower in changed:
            problems[lower] = f"{least} is more than the {most} of tier {tier}. Write {most} or less, or raise that."
    if problems:
        raise FieldProblems(problems)


def _names(setting: Setting) -> list[str]:
    return [*_words(GROUPS[setting.group]), *_words(setting.label), *_words(setting.key)]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())


def _word(value: str) -> str:
    return value.replace("_", " ")
