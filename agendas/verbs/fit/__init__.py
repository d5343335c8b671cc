"""Scores of fit."""
