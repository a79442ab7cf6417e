"""What the pages of the operator hold and do."""
