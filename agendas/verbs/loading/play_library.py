"""Reads of the workspace's library of plays: the built-in ones and its own. Nothing here writes."""

from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState
from agendas.facts.plays import Play
from agendas.rules.plays.library import LibraryPlay, library_with
from storage import own_plays
from storage.tables import Account

PLAYS: TypeAdapter[Play] = TypeAdapter(Play)


def library(session: Session, workspace_id: str) -> tuple[LibraryPlay, ...]:
    """Return every play of the workspace's library, retired ones too."""
    own = own_plays.get_all(session, workspace_id)
    return library_with((PLAYS.validate_python(row.definition), row.is_retired) for row in own)


def tiers_of_plays(
    session: Session, rows: Sequence[Account], accounts: Iterable[AccountState]
) -> dict[str, tuple[int, ...]]:
    """Return the tiers of every play by its key; nothing, and no look at the library, where no play runs.

    The accounts, as rows and as facts, are of one workspace.
    """
    if all(run.end is not None for account in accounts for run in account.plays) or not rows:
        return {}
    return {each.play.key: each.play.tiers for each in library(session, rows[0].workspace_id)}


def play_of(session: Session, workspace_id: str, key: str) -> LibraryPlay:
    """Return the play of this key. Raises Outdated when there is none."""
    found = next((each for each in library(session, workspace_id) if each.play.key == key), None)
    if found is None:
        raise Outdated("That play is not in the library any more. See it with /abm plays.")
    return found
