"""`cadence export`: all tables of a workspace as CSV files."""
