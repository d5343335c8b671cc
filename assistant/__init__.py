"""Answers questions about accounts from the recorded history."""
