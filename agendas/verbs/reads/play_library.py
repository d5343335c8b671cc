"""Reads of the workspace's library of plays: the built-in ones and its own. Nothing here writes."""

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.plays import Play
from agendas.rules.plays.library import LibraryPlay, library_with
from storage import own_plays

PLAYS: TypeAdapter[Play] = TypeAdapter(Play)


def library(session: Session, workspace_id: str) -> tuple[LibraryPlay, ...]:
    """Return every play of the workspace's library, retired ones too."""
    own = own_plays.get_all(session, workspace_id)
    return library_with((PLAYS.validate_python(row.definition), row.is_retired) for row in own)


def play_of(session: Session, workspace_id: str, key: str) -> LibraryPlay:
    """Return the play of this key. Raises Outdated when there is none."""
    found = next((each for each in library(session, workspace_id) if each.play.key == key), None)
    if found is None:
        raise Outdated("That play is not in the library any more. See it with /abm plays.")
    return found
