"""Facts of the whole program over a period: its accounts, their stays in stages, its reviews, and figures of it."""
