"""Plays of the workspace's own: added to its library, changed, retired."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.people import Author
from agendas.facts.plays import Play
from agendas.facts.program.trail import TrailSubject
from agendas.rules.commands.plays import refuse_wrong
from agendas.rules.plays.library import LibraryPlay, Origin
from agendas.verbs.loading.play_library import PLAYS, library, play_of
from agendas.verbs.trail.note import note_change
from storage import own_plays, workspaces


def add_play(session: Session, author: Author, play: Play) -> LibraryPlay:
    """Add a play to the library, with a key of its own. Raises FieldProblems for what cannot be so."""
    workspaces.lock(session, author.workspace_id)
    known = library(session, author.workspace_id)
    number = sum(each.origin is Origin.OWN for each in known) + 1
    added = LibraryPlay(replace(play, key=f"own-{number}"), Origin.OWN)
    refuse_wrong(added.play, known)
    _keep(session, author, added, before=None)
    return added


def change_play(
    session: Session, author: Author, key: str, changed: Callable[[LibraryPlay], LibraryPlay]
) -> LibraryPlay:
    """Change, retire or bring back the play of this key; running plays go on as they are.

    `changed` makes it of the play as it stands, which nobody else changes before this transaction ends.

    Raises FieldProblems for what cannot be so, Outdated when there is no such play, Refused when nothing differs, and
    what `changed` raises.
    """
    workspaces.lock(session, author.workspace_id)
    before = play_of(session, author.workspace_id, key)
    after = changed(before)
    if after == before:
        raise Refused(f"Nothing is different about {before.play.name}, so nothing was saved.")
    refuse_wrong(after.play, library(session, author.workspace_id))
    _keep(session, author, after, before=before)
    return after


def _keep(session: Session, author: Author, after: LibraryPlay, *, before: LibraryPlay | None) -> None:
    play = after.play
    definition = PLAYS.dump_python(play, mode="json")
    own_plays.save(
        session, author.workspace_id, play.key, name=play.name, definition=definition, is_retired=after.is_retired
    )
    note_change(session, author, TrailSubject.PLAY, before=_noted(before) if before else {}, after=_noted(after))


def _noted(entry: LibraryPlay) -> dict[str, object]:
    return {**PLAYS.dump_python(entry.play, mode="json"), "is_retired": entry.is_retired}
