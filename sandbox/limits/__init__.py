"""Slack's limits on messages, views and metadata, with Slack's error for each."""

from sandbox.limits.block_lists import acknowledgement_problems, ephemeral_problems
from sandbox.limits.messages import attachments_problems, is_too_long, message_problems, metadata_error
from sandbox.limits.views import view_problems, view_too_large

__all__ = [
    "acknowledgement_problems",
    "attachments_problems",
    "ephemeral_problems",
    "is_too_long",
    "message_problems",
    "metadata_error",
    "view_problems",
    "view_too_large",
]
