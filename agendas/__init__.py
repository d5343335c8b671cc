"""Decide what a review says and does, on five floors: verbs, pages, rendering beside rules, text, facts."""
