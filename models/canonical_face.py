"""Reads the canonical face from MediaPipe's geometry metadata, a protobuf message.

In: the bytes of geometry_pipeline_metadata_landmarks.binarypb. Out: vertices, UV, triangles and Procrustes weights as JSON.
The message is decoded by hand, since the few fields that are needed are flat:

    metadata { mesh = 1, procrustes_landmark_basis = 2 (repeated), input_source = 3 }
    mesh     { vertex_type = 1, primitive_type = 2, vertex_buffer = 3 (floats x y z u v), index_buffer = 4 }
    basis    { landmark_id = 1, weight = 2 (float) }
"""

import struct

import numpy as np

VARINT, BYTES, FIXED32 = 0, 2, 5


def varint(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def fields(data: bytes):
    """Yields (field number, value): int for a varint, bytes for the rest."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == VARINT:
            value, at = varint(data, at)
        elif kind in (BYTES, FIXED32):
            size, at = varint(data, at) if kind == BYTES else (4, at)
            value, at = data[at : at + size], at + size
        else:
            raise ValueError(f"wire type {kind} at byte {at} is not in this format")
        yield key >> 3, value


def floats(data: bytes) -> list[np.float32]:
    return list(np.frombuffer(data, "<f4"))


def varints(value: int | bytes) -> list[int]:
    """A repeated integer, written one by one or packed."""
    if isinstance(value, int):
        return [value]
    found, at = [], 0
    while at < len(value):
        item, at = varint(value, at)
        found.append(item)
    return found


def parse(metadata: bytes) -> dict:
    numbers, indices, weights = [], [], []
    for field, value in fields(metadata):
        if field == 1:
            for mesh_field, mesh_value in fields(value):
                if mesh_field == 3:
                    numbers += floats(mesh_value)
                elif mesh_field == 4:
                    indices += varints(mesh_value)
        elif field == 2:
            basis = dict(fields(value))
            weights.append((basis.get(1, 0), np.float32(struct.unpack("<f", basis[2])[0])))

    rows = [numbers[i : i + 5] for i in range(0, len(numbers), 5)]
    face = {
        "vertices_cm": [row[:3] for row in rows],
        "uv": [row[3:] for row in rows],
        "triangles": [indices[i : i + 3] for i in range(0, len(indices), 3)],
        "procrustes_weights": weights,
    }
    counts = [len(part) for part in face.values()]
    if counts != [468, 468, 898, 33]:
        raise ValueError(f"canonical face has {counts} vertices, uv, triangles, weights: not the file we know")
    return face


def to_json(parts: dict) -> str:
    """One row per line; each number in the fewest digits that give the same f32."""
    blocks = []
    for name, rows in parts.items():
        lines = ",\n".join("[" + ",".join(str(number) for number in row) + "]" for row in rows)
        blocks.append(f'"{name}": [\n{lines}\n]')
    return "{\n" + ",\n".join(blocks) + "\n}\n"
