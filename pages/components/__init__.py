"""The parts every page is made of: one file each, drawn with the classes of `assets/parts.css`.

`/styleguide` shows them all in all their states.
"""
