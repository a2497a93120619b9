"""A made-up world whose evidence is known, and the figures of evidence computed independently."""
