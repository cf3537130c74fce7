from pydantic import BaseModel  # noqa: F401 - by itself, `import pydantic` only promises to import what is asked for.
