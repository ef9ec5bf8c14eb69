"""Programs that build, check and test the project; those that run before any environment exists use Python 3.8."""
