"""Rule tables as people spoil them, and as they write them oddly but rightly.

`good` is a small set of all tables, and `newer` those of them that say what could not be said
before; everything else is made from their bytes by a named change.
"""
