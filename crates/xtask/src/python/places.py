"""Takes the machine that built a wheel out of the wheel's bill of materials: places.py WHEEL ROOT

Where the sources lay is nobody's business, and would make other bytes of the same sources elsewhere.
"""

import base64
import hashlib
import os
import sys
import zipfile


def main(wheel: str, root: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        members = [(info, archive.read(info)) for info in archive.infolist()]
    changed = {
        info.filename: data.replace(root.encode(), b"/izly") for info, data in members if "/sboms/" in info.filename
    }
    new = wheel + ".new"
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for info, data in members:
            if info.filename.endswith(".dist-info/RECORD"):
                data = record(data.decode(), changed).encode()
            archive.writestr(info, changed.get(info.filename, data))
    os.replace(new, wheel)


def record(text: str, changed: dict[str, bytes]) -> str:
    lines = []
    for line in text.splitlines():
        data = changed.get(line.split(",")[0])
        if data is not None:
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            line = f"{line.split(',')[0]},sha256={digest},{len(data)}"
        lines.append(line + "\n")
    return "".join(lines)


main(*sys.argv[1:])
