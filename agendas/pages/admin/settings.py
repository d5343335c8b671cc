"""The program's settings with their values and defaults, and what was changed of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from agendas.facts.program.setting import Setting, Value
from agendas.facts.program.settings import CALIBRATION, GROUPS, LimitFrom, ProgramSettings
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.commands.settings import meant_by, written
from agendas.text.days import day_said
from agendas.text.limits import SHOWN_CHARACTERS, shortened


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One setting that was given another value."""

    setting: Setting
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class SettingSaid:
    """A setting's value in force and where it comes from, its default, and what is calibrated from so many stays."""

    value: str
    default: str
    origin: LimitFrom
    calibrated: str = ""
    stays: int = 0


def settings_page(settings: ProgramSettings, words: Words, *, can_edit: bool, word: str = "") -> Page:
    """Every setting with its value and default, by group; or those that a word means.

    Args:
        settings: those in force.
        words: the sentences.
        can_edit: gives each group a button to change it.
        word: what the names of the settings shown begin with; all when empty.
    """
    own = dict(settings.own)
    found = meant_by(word)
    items: list[Item] = [Heading(words.raw("settings.heading"))]
    if not found:
        said = {"word": shortened(word, SHOWN_CHARACTERS), "groups": GROUPS.values()}
        means_plays = any(each.startswith("play") for each in word.casefold().split())
        items.append(Text(words.say("settings.nothing", **said, means_plays=means_plays)))
    for group, members in groupby(found, key=lambda setting: setting.group):
        items += _group(group, list(members), settings, words, can_edit=can_edit)
    if found:
        calibrated_on = settings.calibration.on if settings.calibration.limits else None
        said_on = day_said(calibrated_on) if calibrated_on and settings.value(CALIBRATION) == "on" else ""
        items.append(Note(words.say("settings.note", can_edit=can_edit, calibrated_on=said_on)))
    title = words.raw("settings.title", count=len(found), own=sum(setting.key in own for setting in found))
    return Page(title, tuple(items), key="settings")


def settings_saved_page(changes: Sequence[SettingChange], words: Words) -> Page:
    """Return the changed settings, each with its value before and after."""
    lines = [
        words.say(
            "settings.changed",
            group=GROUPS[change.setting.group],
            label=change.setting.label,
            before=written(change.setting, change.before),
            after=written(change.setting, change.after),
        )
        for change in changes
    ]
    said = Rows(tuple(lines)) if lines else Text(words.say("settings.unchanged"))
    note = (Note(words.say("settings.counts_from")),) if lines else ()
    return Page(words.raw("settings.saved", count=len(lines)), (said, *note), key="settings_saved")


def _group(
    group: str, members: Sequence[Setting], settings: ProgramSettings, words: Words, *, can_edit: bool
) -> Iterator[Item]:
    own = sum(setting.key in dict(settings.own) for setting in members)
    label = words.say("settings.group", group=GROUPS[group], count=len(members), own=own)
    yield Line(label, labelled(words, "settings.edit", group)) if can_edit else Text(label)
    families = groupby(members, key=lambda setting: setting.key.rpartition(".")[0])
    yield Rows(tuple(line for family, some in families for line in _lines(family, list(some), settings, words)))


def _lines(family: str, members: Sequence[Setting], settings: ProgramSettings, words: Words) -> Iterator[str]:
    """A line each; one line for those of a tier that differ by stage alone, where there are several."""
    if family.count(".") < 2 or len(members) == 1:
        yield from (words.say("settings.line", label=each.label, one=_valued(each, settings)) for each in members)
        return
    label = _shared_words([setting.label for setting in members])
    said = tuple((setting.label.removeprefix(label).strip(), _valued(setting, settings)) for setting in members)
    yield words.say("settings.family", label=label, said=said)


def _shared_words(labels: Sequence[str]) -> str:
    """The words with which all of these begin."""
    places = zip(*(label.split() for label in labels), strict=False)
    return " ".join(words[0] for words in takewhile(lambda words: len(set(words)) == 1, places))


def _valued(setting: Setting, settings: ProgramSettings) -> SettingSaid:
    found = settings.calibration.of_key(setting.key)
    return SettingSaid(
        value=written(setting, settings.value(setting.key)),
        default=written(setting, setting.default),
        origin=settings.origin(setting.key),
        calibrated=written(setting, found.days) if found else "",
        stays=found.stays if found else 0,
    )
