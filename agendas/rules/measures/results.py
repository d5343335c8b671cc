"""The measures of one program, each worked out once however often a page asks for it."""

from functools import cache, partial

from agendas.facts.measures.program import Program
from agendas.rules.measures.conversion import conversion
from agendas.rules.measures.coverage import coverage_of
from agendas.rules.measures.engagement import engagement_of
from agendas.rules.measures.pipeline_velocity import pipeline_velocity
from agendas.rules.measures.progression import progression_of
from agendas.rules.measures.quality import quality
from agendas.rules.measures.velocity import velocity


class Results:
    """The measures of a program, by tier, None for the whole list, and by step or stage where they have one."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.progression = cache(partial(progression_of, program))
        self.conversion = cache(partial(conversion, program))
        self.velocity = cache(partial(velocity, program))
        self.coverage = cache(partial(coverage_of, program))
        self.engagement = cache(partial(engagement_of, program))
        self.quality = cache(partial(quality, program))
        self.pipeline_velocity = cache(partial(pipeline_velocity, program))
