"""The stack: the servers we bring along, and the one command that starts everything in order."""
