"""App Home."""

from handlers.home import events
from handlers.subject import Subject

HOME = Subject(
    buttons={"home.show": events.choose, "home.more": events.more, "review.visit": events.visit},
    events={"app_home_opened": events.opened},
)
