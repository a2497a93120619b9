"""What edited rules would change, before anything is published."""
