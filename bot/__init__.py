"""Starts and runs the process: wiring, settings, clock, scheduler, delivery, server, command line."""
