"""Properties of every description: edits that change no byte, and edits that change no name."""
