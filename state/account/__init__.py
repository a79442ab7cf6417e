"""What the pages of a buyer's account hold."""
