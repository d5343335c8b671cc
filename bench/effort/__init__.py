"""The effort of people: lines, pixels, clicks and forms of the main jobs, through the sandbox and the real app."""
