import pycurl  # noqa: F401
