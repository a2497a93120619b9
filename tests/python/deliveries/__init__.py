"""A receiver of hand-offs, a database that holds some, and a way to kill exports."""
