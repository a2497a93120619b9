"""The site over the published marts: pages, and data that they load by script elements."""
