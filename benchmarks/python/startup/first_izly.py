"""One read and out, by izly: what a script that runs once pays. Measured from outside; nothing else is imported.

The times printed begin with this file's first line, so they hold the import and the call, not the interpreter's start.
"""

import time

begins, used = time.perf_counter_ns(), time.process_time_ns()

import os  # The interpreter has loaded it already.

import izly

url = os.environ["IZLY_BENCH_URL"]
trusted = os.environ["IZLY_BENCH_CA"] if url.startswith("https:") else None
key = os.environ["IZLY_API_KEY"]

total = izly.Client(key, url, ca_file=trusted).payment(586589).amount_cents

used, wall = time.process_time_ns() - used, time.perf_counter_ns() - begins
print(f'{{"count": 1, "cpu_ns": {used}, "wall_ns": {wall}, "sum": {total}}}')
