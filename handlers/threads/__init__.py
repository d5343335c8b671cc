"""Messages and mentions: questions, and replies in the threads of accounts, which say what to record."""

from handlers.subject import Subject
from handlers.threads import messages

THREADS = Subject(
    events={"message": messages.message, "app_mention": messages.mention},
    concerns={"message": messages.is_for_us},
)
