"""Look-ups of accounts."""

from assistant.look_ups.found import Forms

FORMS: Forms = {}
