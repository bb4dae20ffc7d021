"""A report's JSON turned into HTML, PDF and Markdown."""
