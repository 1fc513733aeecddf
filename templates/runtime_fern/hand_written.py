"""The modules that a team writes by hand, for the runtime."""

MODELS: bool = False
"""Whether the base class of `pydantic_utilities.py` is one of all models."""
