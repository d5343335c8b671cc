"""App Home."""

from handlers.home import checklist, events
from handlers.subject import Subject

HOME = Subject(
    buttons={
        "home.show": events.choose,
        "home.more": events.more,
        "review.visit": events.visit,
        "setup.leave_out": checklist.leave_out_step,
    },
    events={"app_home_opened": events.opened},
)
