"""One lead's score, explained: where it is found, and the whole arithmetic of it."""
