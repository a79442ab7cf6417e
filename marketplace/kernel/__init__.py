"""What every slice shares; it imports nothing of ours."""
