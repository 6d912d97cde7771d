#!/usr/bin/env python3
"""One network of the model bundle on XNNPACK (LiteRT's interpreter), timed run by run, a batch whenever asked.

    xnnpack.py MEMBER.tflite INPUT.f32 THREADS

Run by the bench `landmarks_vs_peers`, in an environment of requirements.txt. INPUT.f32 holds the input's values. The
first line of standard output is a JSON list of the first output's values; then, for each line of standard input, two
numbers WARM and RUNS, comes one of the milliseconds of RUNS runs after WARM that are not timed. Timed is `invoke` alone.
"""
import json
import sys
import time
import zipfile

import numpy as np
from ai_edge_litert.interpreter import Interpreter

import bundle


def main(member, picture, threads):
    model = zipfile.ZipFile(bundle.path()).read(member)
    network = Interpreter(model_content=model, num_threads=threads)
    network.allocate_tensors()
    entry = network.get_input_details()[0]
    network.set_tensor(entry["index"], np.fromfile(picture, np.float32).reshape(entry["shape"]))
    network.invoke()
    answer = network.get_tensor(network.get_output_details()[0]["index"])
    print(json.dumps(answer.ravel().tolist()), flush=True)
    for line in sys.stdin:
        warm, runs = map(int, line.split())
        for _ in range(warm):
            network.invoke()
        times = []
        for _ in range(runs):
            began = time.perf_counter()
            network.invoke()
            times.append((time.perf_counter() - began) * 1e3)
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
