"""The way to the web: fetching pages and pictures politely, within limits, from addresses that are allowed."""
