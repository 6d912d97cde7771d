"""Keeps `sha256` and `bytes` in manifest.toml equal to the files; everything else there is written by hand."""

import hashlib
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent


def update(files: list[str]) -> None:
    path = HERE / "manifest.toml"
    text = path.read_text()
    for file in files:
        data = (HERE / file).read_bytes()
        entry = re.compile(rf'(file = "{re.escape(file)}"\nsha256 = )"[^"]*"(\nbytes = )\d+')
        digest = hashlib.sha256(data).hexdigest()
        text, hits = entry.subn(rf'\g<1>"{digest}"\g<2>{len(data)}', text)
        if hits != 1:
            raise SystemExit(f"manifest.toml: no `file`, `sha256`, `bytes` in a row for {file}: restore that entry")
        print(f"{file}: {len(data)} bytes, sha256 {digest}")
    path.write_text(text)
