"""Real descriptions in ../shared. Without that folder the tests are skipped, and the summary says
so."""
