"""The shop as a FastAPI site: `uvicorn fastapi_site.app:app`."""
