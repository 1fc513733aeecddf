"""Shared by the frontends: the typed node reader, names of inline types, and extensions of several languages."""
