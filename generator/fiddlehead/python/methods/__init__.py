"""Methods of endpoints: arguments, documentation, and the call in the body."""
