"""Answers to the ports: one module for each outside system, and the embedded ones that need none."""
