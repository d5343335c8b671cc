"""Engines, connections and the schema."""
