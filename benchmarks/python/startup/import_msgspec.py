import msgspec  # noqa: F401
