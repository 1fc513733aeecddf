"""Properties that hold for every description: what changes no byte, and what changes no name."""
