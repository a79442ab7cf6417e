"""The shapes of the public contract: field names are fixed, fields may be added."""
