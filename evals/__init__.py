"""Suites that measure the quality of a report and of each agent."""
