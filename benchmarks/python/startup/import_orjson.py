import orjson  # noqa: F401
