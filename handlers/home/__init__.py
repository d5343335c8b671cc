"""App Home."""

from handlers.home import events
from handlers.subject import Subject

HOME = Subject(events={"app_home_opened": events.opened})
