"""Dates in text: what it names, against the date of its article, and how a date is printed."""

from agent.moments.display import display_moment, written_day
from agent.moments.model import Moment
from agent.moments.parse import calendar_stretches, parse_moments

__all__ = ["Moment", "calendar_stretches", "display_moment", "parse_moments", "written_day"]
