"""Decide what a review says and does, on five floors: verbs, pages, rendering and rules, text, facts."""
