"""Why nobody counts as a member of a channel, as a clause with what to do."""

from agendas.facts.audience import NotReadable

REASONS = {
    NotReadable.ARCHIVED: "it is archived; unarchive it and invite Cadence",
    NotReadable.SHARED: "another company reads it; stop sharing it or use another channel",
    NotReadable.PUBLIC: "it is not private, so everybody can join it; make it private or use another channel",
    NotReadable.DIRECT: "it is a direct message; use a private channel",
    NotReadable.NOT_INVITED: "Cadence is not in it, or it is gone; type /invite @Cadence there",
    NotReadable.EMPTY: "nobody but Cadence is in it; an admin of the workspace can add people to it",
    NotReadable.NO_PERMISSION: "the app lacks the permission groups:read; an admin has to install it again",
    NotReadable.NO_ANSWER: "Slack did not say who is in it; it is asked again each minute",
}
