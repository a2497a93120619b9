"""The HTML pages: templates that share one base, one style and the charts of one module."""
