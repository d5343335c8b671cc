"""The audit, and the accounts behind one of its checks."""
