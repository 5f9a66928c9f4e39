"""The speed of reading: `python benchmarks/reading.py [ROUNDS]` is `python benchmarks/reading/speed.py [ROUNDS]`."""

import runpy
from pathlib import Path

if __name__ == "__main__":
    runpy.run_path(str(Path(__file__).parent / "reading" / "speed.py"), run_name="__main__")
