"""Keys of the letters of a review: each is queued once under its key, and found again by it."""


def of_review(review_id: int, part: str) -> str:
    """Return the key of one letter of a review; `part` says which, such as `recap`."""
    return f"review:{review_id}:{part}"


def of_header(review_id: int) -> str:
    """Return the key of a review's header."""
    return of_review(review_id, "header")


def of_item(review_id: int, item_id: int) -> str:
    """Return the key of the message of one account of a review."""
    return of_review(review_id, f"item:{item_id}")
