#!/usr/bin/env python
"""Django's command line: `python django_site/manage.py migrate`, `runserver`, `reconcile`."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    # The folder of the examples, where this package and `shop` are.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
