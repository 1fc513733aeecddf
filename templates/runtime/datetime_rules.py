"""How datetimes are sent."""

MILLISECONDS: bool = False
"""Whether they have three digits of seconds, also for whole seconds."""
