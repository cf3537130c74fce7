"""One read and out, by httpx: what a script that runs once pays. Measured from outside; nothing else is imported.

The times printed begin with this file's first line, so they hold the import and the call, not the interpreter's start.
"""

import time

begins, used = time.perf_counter_ns(), time.process_time_ns()

import os  # The interpreter has loaded it already.

import httpx

url = os.environ["IZLY_BENCH_URL"]
trusted = os.environ["IZLY_BENCH_CA"] if url.startswith("https:") else None
key = os.environ["IZLY_API_KEY"]
headers = {
    "accept": "application/json",
    "user-agent": "izly/0.1.0 (Python)",
    "authorization": f"Basic {key}",
    "appidentifier": "Paris-78-78-78-78",
    "content-type": "application/vnd.Xpollens.v1+json",
}

if trusted:
    import ssl

    verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=trusted)
else:
    # It would load the system's certificates, for an address that needs none.
    verify = False
with httpx.Client(headers=headers, timeout=httpx.Timeout(15, connect=5), verify=verify) as client:
    client.headers.pop("accept-encoding")
    client.headers.pop("connection")
    total = len(client.get(f"{url}/api/Izly/WebPayments/586589").content)

used, wall = time.process_time_ns() - used, time.perf_counter_ns() - begins
print(f'{{"count": 1, "cpu_ns": {used}, "wall_ns": {wall}, "sum": {total}}}')
