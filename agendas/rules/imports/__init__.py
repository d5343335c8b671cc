"""Import files, read and planned row by row."""
