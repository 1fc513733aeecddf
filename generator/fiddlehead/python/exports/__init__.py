"""What packages export, and from where it can be imported."""
