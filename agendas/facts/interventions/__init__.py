"""Interventions: asks that are answered or taken, and meetings of executives."""
