"""One module per subject; importing this package knows every table."""

from storage.models import (  # noqa: F401
    accounts,
    delivery,
    events,
    following,
    measures,
    questions,
    reviews,
    subjects,
    types,
    workspaces,
)
