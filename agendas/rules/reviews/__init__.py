"""Reviews: schedule, scope, movement, placement, intervention."""
