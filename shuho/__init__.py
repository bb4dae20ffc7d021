"""shuho (週報): a weekly report from the world's news in which nothing is printed that the sources do not bear out."""

__version__ = "0.1.0"
