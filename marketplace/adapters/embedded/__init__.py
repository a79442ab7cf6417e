"""Answers that need nothing but PostgreSQL and a folder: good enough to run a small installation."""
