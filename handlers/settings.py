"""Settings of the program."""

import json
from typing import Any

from agendas.errors import FieldProblems, NotUnderstood, Outdated
from agendas.facts.program import GROUPS, ProgramSettings, Setting, SettingUnit, Value
from agendas.pages.admin import settings_page, settings_saved_page
from agendas.rules.access import Permission, may
from agendas.rules.commands import bounds, of_group, read_amounts, read_domains, read_number, read_words, written
from agendas.rules.schedule import place_name, read_place
from agendas.verbs.wordings import change_settings_seen, settings_seen
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, Values, mapping, message_view, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request
from handlers.subject import Subject

# The form for one group of the program's settings. It carries what it showed, so that only changes are saved.

FRAME = forms.Frame("settings", "Settings", "Save")
NUMBER_CHARACTERS = 10
WORDS_CHARACTERS = 2_000
"""The form carries what it showed, next to other things, in the 3,000 characters that Slack keeps with a form. Ours."""
HINTS = {
    SettingUnit.DOMAINS: (
        "Links to these count as ours, beside the domains of your members' addresses. Commas between them."
    ),
    SettingUnit.PLACE: "A country, or a part of one: Germany Bayern. Nobody is reminded on those days.",
    SettingUnit.WORDS: "A word and the segment or stage that it means: eval = opportunity. Commas between them.",
    SettingUnit.AMOUNTS: "A currency and an amount, like EUR 500000, USD 1.2M. Coverage is told against it.",
}
"""Hints of the fields that take words."""


def build(group: str, settings: ProgramSettings, origin: forms.Origin) -> View:
    """The form with the values in force; it carries those unlike the default as JSON. Raises Outdated for no group."""
    members = of_group(group)
    if not members:
        raise Outdated(OTHER_VERSION)
    in_force = {each.key: settings.value(each.key) for each in members if settings.value(each.key) != each.default}
    shown_json = json.dumps(in_force, ensure_ascii=False)
    blocks = [forms.line(f"*{GROUPS[group]}*"), *(_field(setting, settings) for setting in members)]
    return forms.form(FRAME, forms.Origin(subject=group, channel_id=origin.channel_id, text=shown_json), blocks)


def read(view: dict[str, Any]) -> dict[str, tuple[Value, Value]]:
    """(value shown, value entered) of each setting by its key. Raises FieldProblems for those that are wrong."""
    origin, entered = forms.origin_of(view), values_of(view)
    shown = _settings_shown(origin)
    problems: dict[str, str] = {}
    found: dict[str, tuple[Value, Value]] = {}
    for setting in of_group(origin.subject):
        try:
            found[setting.key] = (shown.value(setting.key), _entered(setting, entered))
        except NotUnderstood as wrong:
            problems[setting.key] = str(wrong)
    if problems:
        raise FieldProblems(problems)
    if not found:
        raise Outdated(OTHER_VERSION)
    return found


def _field(setting: Setting, settings: ProgramSettings) -> Field:
    """The field for a setting by its kind: words, several or one of its choices, a place, or else a number."""
    value = settings.value(setting.key)
    default = _default(setting, settings)
    pairs = [(choice.replace("_", " ").capitalize(), choice) for choice in setting.choices]
    if isinstance(value, tuple) and setting.unit in HINTS:
        text = ", ".join(value)
        hint = HINTS[setting.unit]
        return forms.text(setting.key, setting.label, initial=text, optional=True, hint=hint, most=WORDS_CHARACTERS)
    if isinstance(value, tuple):
        return forms.several(setting.key, setting.label, pairs, initial=value, hint=default)
    if isinstance(value, str) and setting.unit is SettingUnit.PLACE:
        return forms.text(
            setting.key, setting.label, initial=place_name(value), optional=True, hint=HINTS[setting.unit]
        )
    if isinstance(value, str):
        return forms.select(setting.key, setting.label, pairs, initial=value, hint=default)
    allowed = bounds(setting)
    return forms.text(
        setting.key,
        setting.label,
        initial=str(value),
        hint=f"{allowed[0].upper()}{allowed[1:]}. {default}",
        most=NUMBER_CHARACTERS,
    )


def _default(setting: Setting, settings: ProgramSettings) -> str:
    """The sentence on the default, and on the calibrated value if it is in force instead of one set by the team."""
    default = f"The default is {written(setting, setting.default)}."
    found = settings.calibration.of_key(setting.key)
    if found is None or settings.unset(setting.key) == setting.default:
        return default
    return f"{default} {written(setting, found.days).capitalize()} is calibrated from {found.stays} stays."


def _entered(setting: Setting, entered: Values) -> Value:
    """The value entered for a setting. Raises NotUnderstood for one that it cannot have."""
    typed = entered.get(setting.key, "")
    if setting.unit is SettingUnit.DOMAINS:
        return read_domains(setting, typed)
    if setting.unit is SettingUnit.AMOUNTS:
        return read_amounts(setting, typed)
    if setting.unit is SettingUnit.WORDS:
        return read_words(setting, typed)
    if setting.unit is SettingUnit.PLACE:
        return read_place(typed)
    if setting.unit not in (SettingUnit.CHOICE, SettingUnit.CHOICES):
        return read_number(setting, typed)
    chosen: object = typed if setting.unit is SettingUnit.CHOICE else [each for each in typed.split(",") if each]
    value = setting.accepted(chosen)
    if value is None:
        raise NotUnderstood(forms.NOT_OFFERED)
    return value


def _settings_shown(origin: forms.Origin) -> ProgramSettings:
    """The settings that the form showed. Raises Outdated where they cannot be read."""
    try:
        return ProgramSettings.of(mapping(json.loads(origin.text or "{}")))
    except (ValueError, RecursionError):
        raise Outdated(OTHER_VERSION) from None


# /abm settings: the program's limits and choices, for everybody to see and for admins to change.


async def settings(request: Request, deps: Deps, rest: str) -> Reply:
    """All groups, or the settings that the word `rest` means."""
    found = await deps.read(settings_seen, request.workspace_id)
    return Say(settings_page(found, deps.words, can_edit=may(request.person, Permission.ADMINISTER), word=rest))


async def show_group(request: Request, deps: Deps) -> Reply:
    """The settings of one group, each with its default. Raises Outdated for a group that does not exist."""
    if request.value not in GROUPS:
        raise Outdated(OTHER_VERSION)
    return await settings(request, deps, GROUPS[request.value])


async def edit(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    found = await deps.read(settings_seen, request.workspace_id)
    return OpenModal(build(request.value, found, forms.origin_here(request)))


# Submission of the form for settings.


async def saved(request: Request, deps: Deps) -> Reply:
    """Save the changes, and show the values before and after."""
    request.require(Permission.ADMINISTER)
    changes = await deps.write(request, change_settings_seen, request.author, read(request.view))
    return NextView(message_view(settings_saved_page(changes, deps.words)))


FORM = forms.Form(FRAME, saved)


SETTINGS = Subject(
    abm_words={"settings": settings}, buttons={"settings.edit": edit, "settings.show": show_group}, forms=(FORM,)
)
