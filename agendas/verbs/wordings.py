"""What people say was not answered as they meant it, and the words that admins teach from it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.account import Stage
from agendas.facts.audience import Audience
from agendas.facts.people import Author
from agendas.facts.program import FEEDBACK, OWN_WORDS, SETTINGS, ProgramSettings, Value
from agendas.pages.admin import SentWording, SettingChange
from agendas.text.limits import shown
from agendas.text.names import normal_key
from agendas.verbs import account_list
from agendas.verbs.loading import account_state, settings_of
from agendas.verbs.privacy import seen_by
from agendas.verbs.reads import find_exact, get_account
from agendas.verbs.settings import change_settings
from storage import accounts, asked, workspaces
from storage.database import hidden_in, showing_all
from storage.models.questions import Wording

TEXT_CHARACTERS = 500
SHOWN = 20

MEANS = " = "
"""Between a taught word and what it means, as the setting has them."""

ONLY_PRIVATE = "Only private accounts are in {}, and what a word means is shown to everybody. Choose another."
UNKNOWN = "There is no account, segment or stage called {}. Write its name as Cadence has it."
UNFIT = "{} has a comma, an equals sign or more than 60 characters, so no word can mean it. Choose another."
FULL = "There is no room for another word. Take one out with /abm settings questions."


def asks_back(session: Session, workspace_id: str) -> bool:
    """Return whether answers ask if they were what was meant."""
    return settings_of(session, workspace_id).value(FEEDBACK) == "on"


def send_wording(session: Session, workspace_id: str, user_id: str, text: str, now: datetime) -> None:
    """Keep the words of a question for the admins, as its writer wished."""
    text = " ".join(text.split())[:TEXT_CHARACTERS]
    # a key of as many characters as its column holds
    row = Wording(workspace_id=workspace_id, user_id=user_id, text=text, key=normal_key(text)[:255], sent_at=now)
    asked.save_wording(session, row)


def sent_wordings(session: Session, workspace_id: str, now: datetime) -> tuple[SentWording, ...]:
    """Return the feedback of the last 30 days, the latest first."""
    found = asked.wordings_since(session, workspace_id, since=now - asked.WORDINGS_KEPT_FOR, most=SHOWN)
    return tuple(SentWording(*each) for each in found)


def own_words(session: Session, workspace_id: str) -> tuple[str, ...]:
    """Return the words taught, each as `word = what it means`, that `words_seen` lets the session's reader see."""
    return words_seen(session, workspace_id, _taught(session, workspace_id))


def words_seen(session: Session, workspace_id: str, taught: Iterable[str]) -> tuple[str, ...]:
    """Return those of these taught words, each `word = what it means`, that the session's reader may see.

    A word is hidden that means a segment in which every account is hidden from the reader.
    """
    taught = tuple(taught)
    return words_meaning_none(taught, segments_unseen(session, workspace_id)) if taught else ()


def words_meaning_none(taught: Iterable[str], segments: Collection[str]) -> tuple[str, ...]:
    """Return those of these taught words, each `word = what it means`, that mean none of the segments."""
    return tuple(each for each in taught if each.partition(MEANS)[2] not in segments)


def segments_unseen(session: Session, workspace_id: str) -> Collection[str]:
    """Return the segments in which only accounts are that the session hides."""
    if not hidden_in(session):
        return ()
    seen = accounts.segments(session, workspace_id, of_any_status=True)
    with showing_all(session):
        return set(accounts.segments(session, workspace_id, of_any_status=True)).difference(seen)


def settings_seen(session: Session, workspace_id: str) -> ProgramSettings:
    """Return the settings; of the words taught, only those that the session's reader may see."""
    settings, seen = settings_of(session, workspace_id), own_words(session, workspace_id)
    is_whole = seen == settings.value(OWN_WORDS)
    return settings if is_whole else settings.with_own({**dict(settings.own), OWN_WORDS: seen})


def change_settings_seen(
    session: Session, author: Author, wanted: Mapping[str, tuple[Value, Value]]
) -> tuple[SettingChange, ...]:
    """Change settings as `change_settings` does; words taught that the session hides stay, and are in no change.

    A hidden word that is taught again keeps its new meaning alone.
    """
    workspaces.lock(session, author.workspace_id)
    taught, seen = _taught(session, author.workspace_id), own_words(session, author.workspace_id)
    if OWN_WORDS not in wanted or seen == taught:
        return change_settings(session, author, wanted)
    hidden = [each for each in taught if each not in seen]
    shown, entered = (each if isinstance(each, tuple) else () for each in wanted[OWN_WORDS])
    # what equals the words that the author sees stands for all words, with those hidden from the author
    before, after = (taught if each == seen else (*each, *_without(hidden, each)) for each in (shown, entered))
    changes = change_settings(session, author, {**wanted, OWN_WORDS: (before, after)}, seen={OWN_WORDS: seen})
    return tuple(
        replace(each, before=shown, after=entered) if each.setting.key == OWN_WORDS else each for each in changes
    )


def _without(taught: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Return the words taught but those that are among the others, whatever they mean there."""
    words = {_word(each) for each in others}
    return tuple(each for each in taught if _word(each) not in words)


def _word(taught: str) -> str:
    return normal_key(taught.partition(MEANS)[0])


def _taught(session: Session, workspace_id: str) -> tuple[str, ...]:
    value = settings_of(session, workspace_id).value(OWN_WORDS)
    return value if isinstance(value, tuple) else ()


def teach(session: Session, author: Author, word: str, means: str) -> str:
    """Let a word mean an account, a segment or a stage for everybody; return the name of what it means.

    A word for an account becomes one of its names. Raises FieldProblems if `means` names none of them, Refused if the
    word is an account's already.
    """
    word, means = " ".join(word.split()), " ".join(means.split())
    if not normal_key(word) or "=" in word or "," in word:
        raise FieldProblems({"word": "Write a word or a few, without commas and equals signs."})
    account_id = find_exact(session, author.workspace_id, means)
    if account_id is not None:
        state = account_state(get_account(session, author.workspace_id, account_id))
        profile = replace(state.profile, aliases=(*state.profile.aliases, word))
        account_list.edit(session, author, account_id, profile)
        return state.name
    names = (*(stage.value for stage in Stage), *accounts.segments(session, author.workspace_id))
    name = next((each for each in names if normal_key(each) == normal_key(means)), None)
    if name is None:
        raise FieldProblems({"means": UNKNOWN.format(shown(means))})
    # an audience of no person and no channel sees no private account
    with seen_by(session, Audience(author.workspace_id), author.at):
        of_everybody = {stage.value for stage in Stage}.union(accounts.segments(session, author.workspace_id))
    if name not in of_everybody:
        raise FieldProblems({"means": ONLY_PRIVATE.format(shown(name))})
    workspaces.lock(session, author.workspace_id)
    before, new = _taught(session, author.workspace_id), f"{word}{MEANS}{name}"
    after = (*_without(before, [new]), new)
    if SETTINGS[OWN_WORDS].accepted([new]) is None:
        raise FieldProblems({"means": UNFIT.format(shown(name))})
    if SETTINGS[OWN_WORDS].accepted(after) is None:
        raise FieldProblems({"word": FULL})
    change_settings(session, author, {OWN_WORDS: (before, after)})
    return name


def as_taught(text: str, taught: Sequence[str]) -> str:
    """Return the text with what taught words mean in their places."""
    for each in taught:
        word, _, means = each.partition(MEANS)
        whole_word = rf"(?<![\w'-]){re.escape(word)}(?![\w'-])"
        # in a replacement a backslash would begin a reference to a group
        text = re.sub(whole_word, means.replace("\\", r"\\"), text, flags=re.IGNORECASE)
    return text
