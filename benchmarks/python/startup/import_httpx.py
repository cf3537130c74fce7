import httpx  # noqa: F401
