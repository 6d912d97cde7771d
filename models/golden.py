"""Makes the golden self-test: a picture of one face, and the converted models' outputs for it.

    venv/bin/python golden.py                 # expected.json from the models and golden/face_256.rgb
    venv/bin/python golden.py --still FILE    # first the crop again, from astronaut.png

astronaut.png is NASA's portrait of Eileen Collins (public domain), as packed in PyPI's scikit-image 0.26.0
(skimage/data/astronaut.png). Numbers come from ONNX Runtime; another processor may differ in the last digits.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

import manifest

HERE = Path(__file__).resolve().parent
CROP = HERE / "golden" / "face_256.rgb"
STILL_SHA256 = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"
# Left, top, right, bottom in the still's pixels: 1.5 × the longer side of her landmarks' bounding box, upright.
FACE_BOX = (146, 45, 305, 204)


def crop(still: Path) -> None:
    found = hashlib.sha256(still.read_bytes()).hexdigest()
    if found != STILL_SHA256:
        sys.exit(f"{still.name}: SHA-256 is {found}, expected {STILL_SHA256}: take it from scikit-image 0.26.0")
    face = Image.open(still).convert("RGB").resize((256, 256), Image.Resampling.BILINEAR, box=FACE_BOX)
    CROP.write_bytes(face.tobytes())


def run(model: str, picture: np.ndarray) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(HERE / model, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: picture[None].astype(np.float32)})


def row(numbers) -> str:
    return "[" + ",".join(str(np.float32(number)) for number in numbers) + "]"


def expected() -> str:
    face = np.fromfile(CROP, np.uint8).reshape(256, 256, 3).astype(np.float32)
    landmarks, presence, _ = run("face_landmarks.onnx", face / 255)
    small = face.reshape(128, 2, 128, 2, 3).mean(axis=(1, 3))
    regressors, scores = run("face_detector.onnx", small / 127.5 - 1)
    anchor = int(scores[0, :, 0].argmax())
    points = ",\n".join(row(point) for point in landmarks.reshape(478, 3))
    return (
        f'{{\n"presence_logit": {np.float32(presence.item())!s},\n"detector": {{\n"anchor": {anchor},\n'
        f'"score_logit": {scores[0, anchor, 0]!s},\n"regressors": {row(regressors[0, anchor])}\n}},\n'
        f'"landmarks_crop_px": [\n{points}\n]\n}}\n'
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--still", type=Path, help="astronaut.png, to cut the crop again")
    options = arguments.parse_args()
    if options.still:
        crop(options.still)
    (HERE / "golden" / "expected.json").write_text(expected())
    manifest.update(["golden/face_256.rgb", "golden/expected.json"])


if __name__ == "__main__":
    main()
