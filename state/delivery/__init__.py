"""What the pages of the road hold and do."""
