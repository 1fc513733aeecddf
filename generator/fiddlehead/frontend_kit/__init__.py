"""What the frontends share: the typed node reader, names of inline types, and extensions of several languages."""
