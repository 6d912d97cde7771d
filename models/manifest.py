"""Writes files' `sha256` and `bytes` into manifest.toml; everything else there is written by hand."""

import hashlib
import re
import tomllib
from pathlib import Path

import onnxruntime

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


def check_tensors(file: str, session: onnxruntime.InferenceSession) -> None:
    """Stops where the tensors in the manifest, which are written by hand, are not the model's."""
    models = tomllib.loads((HERE / "manifest.toml").read_text())["models"].values()
    (entry,) = (model for model in models if model["file"] == file)
    ours = [(tensor["name"], tensor["shape"]) for tensor in [entry["input"], *entry["outputs"]]]
    theirs = [(tensor.name, tensor.shape) for tensor in [*session.get_inputs(), *session.get_outputs()]]
    if ours != theirs:
        raise SystemExit(f"manifest.toml has {ours} for {file}, the model has {theirs}: correct the manifest")
