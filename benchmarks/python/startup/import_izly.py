import izly  # noqa: F401
