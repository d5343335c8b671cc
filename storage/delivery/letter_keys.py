"""Keys of the letters of a review, before it and in it: each is queued once under its key, and found again by it."""

from datetime import date


def of_review(review_id: int, part: str) -> str:
    """Return the key of one letter of a review; `part` says which, such as `recap`."""
    return f"review:{review_id}:{part}"


def of_header(review_id: int) -> str:
    """Return the key of a review's header."""
    return of_review(review_id, "header")


def of_replies(posted: str) -> str:
    """Return the key of the receipt of replies below the message that the letter of the key `posted` sent."""
    return f"{posted}:replies"


def of_recap(review_id: int) -> str:
    """Return the key of a review's recap."""
    return of_review(review_id, "recap")


def of_item(review_id: int, item_id: int) -> str:
    """Return the key of the message of one account of a review."""
    return of_review(review_id, f"item:{item_id}")


def of_preparation(cadence_id: int, planned_on: date, user_id: str) -> str:
    """Return the key of the message that asks a person to prepare a planned review, and others of theirs with it."""
    return f"prepare:{cadence_id}:{planned_on}:{user_id}"


def of_brief(cadence_id: int, meets_on: date, part: str) -> str:
    """Return the key of a message of the brief before the review that meets on a local day.

    `part` is the user id of whoever is briefed, or says what they asked of whom.
    """
    return f"brief:{cadence_id}:{meets_on}:{part}"
