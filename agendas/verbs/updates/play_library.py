"""The library of plays of a workspace: reading it, adding a play to it, changing and retiring one."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.adapters import Adapter
from agendas.facts.author import Author
from agendas.facts.plays import Play
from agendas.rules.commands.plays import refuse_wrong
from agendas.rules.plays.library import LibraryPlay, Origin, library_with
from storage import own_plays, people, workspaces

SUBJECT = "play"

_plays: Adapter[Play] = Adapter(Play)


def library(session: Session, workspace_id: str) -> tuple[LibraryPlay, ...]:
    """Every play of the workspace's library, retired ones too."""
    own = own_plays.every(session, workspace_id)
    return library_with((_plays.validate_python(row.definition), row.is_retired) for row in own)


def play_of(session: Session, workspace_id: str, key: str) -> LibraryPlay:
    """The play of this key. Raises Outdated when there is none."""
    found = next((each for each in library(session, workspace_id) if each.play.key == key), None)
    if found is None:
        raise Outdated("That play is not in the library any more. See it with /abm plays.")
    return found


def add_play(session: Session, author: Author, play: Play) -> LibraryPlay:
    """The play in the library, with a key of its own. Raises FieldProblems for what cannot be so."""
    workspaces.one_at_a_time(session, author.workspace_id)
    known = library(session, author.workspace_id)
    number = sum(each.origin is Origin.OWN for each in known) + 1
    added = LibraryPlay(replace(play, key=f"own-{number}"), Origin.OWN)
    refuse_wrong(added.play, known)
    _keep(session, author, added, before=None)
    return added


def change_play(
    session: Session, author: Author, key: str, changed: Callable[[LibraryPlay], LibraryPlay]
) -> LibraryPlay:
    """The play of this key, changed, retired or brought back; plays that run already go on as they are.

    `changed` makes it of the play as it stands, which nobody else changes before this transaction ends.

    Raises FieldProblems for what cannot be so, Outdated when there is no such play, Refused when nothing differs, and
    what `changed` raises.
    """
    workspaces.one_at_a_time(session, author.workspace_id)
    before = play_of(session, author.workspace_id, key)
    after = changed(before)
    if after == before:
        raise Refused(f"Nothing is different about {before.play.name}, so nothing was saved.")
    refuse_wrong(after.play, library(session, author.workspace_id))
    _keep(session, author, after, before=before)
    return after


def _keep(session: Session, author: Author, after: LibraryPlay, *, before: LibraryPlay | None) -> None:
    play = after.play
    definition = _plays.dump_python(play, mode="json")
    own_plays.put(
        session, author.workspace_id, play.key, name=play.name, definition=definition, is_retired=after.is_retired
    )
    people.note_change(
        session,
        workspace_id=author.workspace_id,
        actor=author.user_id,
        at=author.at,
        subject=SUBJECT,
        before=_noted(before) if before else {},
        after=_noted(after),
    )


def _noted(entry: LibraryPlay) -> dict[str, object]:
    return {**_plays.dump_python(entry.play, mode="json"), "is_retired": entry.is_retired}
