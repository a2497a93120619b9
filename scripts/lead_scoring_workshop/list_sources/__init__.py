"""What the lists of the seed `lists` are made of: robots and mail domains (decision 2)."""
