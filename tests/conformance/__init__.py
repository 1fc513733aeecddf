"""Real descriptions, where ../shared is present beside the repository; skipped, visibly, where not."""
