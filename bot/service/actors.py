"""Who acts where nobody is signed in, as the audit names them."""

SYSTEM = "system"
"""A scheduled job, or a command on the clinic's server."""
NOBODY = "nobody"
"""Whoever it was, before anyone was signed in."""
