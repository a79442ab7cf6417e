"""What the house asks of the outside, in our words."""
