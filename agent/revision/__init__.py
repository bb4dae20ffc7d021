"""Revising a finished report: typed edits, applied purely, with what they touch mended or the edit refused."""
