"""Example values and example calls of an API, from its description or made up by fixed rules."""
