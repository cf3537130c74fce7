"""One read and out, by pycurl: what a script that runs once pays. Measured from outside; nothing else is imported.

The times printed begin with this file's first line, so they hold the import and the call, not the interpreter's start.
"""

import time

begins, used = time.perf_counter_ns(), time.process_time_ns()

import os  # The interpreter has loaded it already.

import pycurl

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

parts: list[bytes] = []
handle = pycurl.Curl()
handle.setopt(pycurl.URL, f"{url}/api/Izly/WebPayments/586589")
handle.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in headers.items()])
handle.setopt(pycurl.CONNECTTIMEOUT, 5)
handle.setopt(pycurl.TIMEOUT, 15)
handle.setopt(pycurl.NOSIGNAL, 1)
handle.setopt(pycurl.PROXY, "")
handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
handle.setopt(pycurl.FAILONERROR, 1)
if trusted:
    handle.setopt(pycurl.CAINFO, trusted)
handle.setopt(pycurl.WRITEFUNCTION, parts.append)
handle.perform()
total = len(b"".join(parts))

used, wall = time.process_time_ns() - used, time.perf_counter_ns() - begins
print(f'{{"count": 1, "cpu_ns": {used}, "wall_ns": {wall}, "sum": {total}}}')
