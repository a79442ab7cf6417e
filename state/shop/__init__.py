"""What the pages of the shop hold and do."""
