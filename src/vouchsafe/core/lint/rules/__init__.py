"""One rule, one file. The list of them is `core.lint.registry`."""
