"""Reads of open reviews, each with the link that leads to it. Nothing here writes."""

from collections.abc import Collection, Mapping

from sqlmodel import Session

from agendas.facts.reviews.review import OpenReview
from agendas.verbs.reads.permalinks import permalinks
from storage import reviews
from storage.delivery import letter_keys, outbox
from storage.tables import Review


def of_accounts(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, OpenReview]:
    """Return the open review of each account that is in one, the latest of several, by account id."""
    found = {
        account_id: (letter_keys.of_item(review.row_id, number), review)
        for account_id, number, review in _items(session, account_ids)
    }
    keys = [key for item, review in found.values() for key in (item, _header(review))]
    links = _links(session, workspace_id, keys)
    return {
        account_id: _facts(review, links.get(item) or links.get(_header(review), ""))
        for account_id, (item, review) in found.items()
    }


def in_workspace(session: Session, workspace_id: str) -> tuple[OpenReview, ...]:
    """Return the open reviews of a workspace, oldest first."""
    found = reviews.open_ones(session, workspace_id)
    links = _links(session, workspace_id, list(map(_header, found)))
    return tuple(_facts(review, links.get(_header(review), "")) for review in found)


def in_channel(session: Session, workspace_id: str, channel_id: str) -> OpenReview | None:
    """Return the channel's open review, None when none is open."""
    review = reviews.open_in(session, workspace_id, channel_id)
    if review is None:
        return None
    return _facts(review, _links(session, workspace_id, [_header(review)]).get(_header(review), ""))


def _items(session: Session, account_ids: Collection[int]) -> list[tuple[int, int, Review]]:
    return reviews.in_open_reviews(session, account_ids) if account_ids else []


def _header(review: Review) -> str:
    return letter_keys.of_header(review.row_id)


def _links(session: Session, workspace_id: str, keys: Collection[str]) -> Mapping[str, str]:
    """The permalinks of the messages with these keys that were sent."""
    return permalinks(session, workspace_id, outbox.by_keys(session, workspace_id, keys).values()) if keys else {}


def _facts(review: Review, link: str) -> OpenReview:
    return OpenReview(review.row_id, review.channel_id, review.planned_at, review.zone, review.closes_at, link)
