"""Rule tables as people spoil them, and as they write them oddly but rightly.

`good` is a small set of all tables; everything else is made from its bytes by a named change.
"""
