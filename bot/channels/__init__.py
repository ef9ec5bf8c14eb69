"""One file per messaging product: verify, parse, render, send."""
