"""The background edge: Celery carries wake-ups, and a task body is one call."""
