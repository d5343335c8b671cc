"""The preferences of a person once they are saved."""

from agendas.facts.people import Choice, Preferences
from agendas.rendering.page import Page, Text
from agendas.rendering.words import Words


def preferences_saved_page(saved: Preferences, words: Words) -> Page:
    """The choices in force from now on, of the kinds that the person was asked about."""
    kinds = [
        (words.raw("notices.kind", kind=kind), words.raw("notices.choice", choice=choice))
        for kind, choice in saved.choices
    ]
    has_digest = any(choice is Choice.DIGEST for _, choice in saved.choices)
    quiet = f"{saved.quiet.begins:%H:%M} to {saved.quiet.ends:%H:%M}" if saved.quiet else ""
    said = words.say(
        "notices.saved",
        kinds=kinds,
        digest_at=f"{saved.digest_at:%H:%M}" if has_digest else "",
        quiet=quiet,
    )
    return Page(words.raw("notices.saved_title"), (Text(said),), key="preferences_saved")
