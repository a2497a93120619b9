"""Sets a CRM's own score beside ours: how far they agree, who differs, and what tells why."""
