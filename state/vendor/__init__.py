"""What the pages of the vendor hold and do."""
