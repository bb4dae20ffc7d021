"""When a provider's day begins anew."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_ZONES = {"google_genai": "America/Los_Angeles"}
"""Gemini's quotas of a day begin anew at midnight in Pacific time (ai.google.dev, "Rate limits")."""


def has_known_reset(model: str) -> bool:
    """Tell whether the provider of `provider:name` says when its day ends; the others' is taken to end in UTC."""
    return model.partition(":")[0] in _ZONES


def day_start(model: str, now: datetime) -> datetime:
    """Return the moment at which the day of `now` began for the provider of `provider:name`."""
    zone = _zone(model)
    return datetime.combine(now.astimezone(zone).date(), time.min, zone)


def next_reset(model: str, now: datetime) -> datetime:
    """Return when the provider's next day begins."""
    zone = _zone(model)
    return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time.min, zone)


def _zone(model: str) -> ZoneInfo:
    return ZoneInfo(_ZONES.get(model.partition(":")[0], "UTC"))
