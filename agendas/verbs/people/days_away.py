"""Days on which people are away: said, taken back, and read."""

from agendas.verbs.loading.days_away import away_on

__all__ = ["away_on"]
