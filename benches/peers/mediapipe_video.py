#!/usr/bin/env python3
"""MediaPipe Face Landmarker in VIDEO mode over a file of raw RGB frames, timed frame by frame.

    mediapipe_video.py FRAMES.rgb WIDTH HEIGHT STEP_MS WARM_UP

Run by the bench `landmarks_vs_peers`, in an environment of requirements.txt. The last line of standard output is a
JSON object: frames, faces, median_ms, min_ms, start_mib (before the model is loaded, imports done) and peak_mib.
Timed is `detect_for_video` alone; frames are read and wrapped outside the clock.
"""
import json
import statistics
import sys
import time
from pathlib import Path

import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

import bundle


def resident_mib(name):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(path, width, height, step_ms, warm_up):
    start_mib = resident_mib("VmRSS")
    options = vision.FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(bundle.path())),
        running_mode=vision.RunningMode.VIDEO,
        num_faces=1,
        output_face_blendshapes=False,
        output_facial_transformation_matrixes=True,
    )
    times, frames, faces = [], 0, 0
    with vision.FaceLandmarker.create_from_options(options) as landmarker, open(path, "rb") as file:
        while len(raw := file.read(width * height * 3)) == width * height * 3:
            pixels = np.frombuffer(raw, np.uint8).reshape(height, width, 3)
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels)
            began = time.perf_counter()
            result = landmarker.detect_for_video(image, frames * step_ms)
            took = time.perf_counter() - began
            faces += bool(result.face_landmarks)
            frames += 1
            if frames > warm_up:
                times.append(took * 1e3)
    print(json.dumps({
        "frames": frames,
        "faces": faces,
        "median_ms": statistics.median(times),
        "min_ms": min(times),
        "start_mib": start_mib,
        "peak_mib": resident_mib("VmHWM"),
    }))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:6]))
