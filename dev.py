#!/usr/bin/env python3
"""The one door for every chore, the same on Windows and Linux, with the standard library only.

python3 dev.py run      set up and open the program on the sample (without a screen: do the main job offscreen)
python3 dev.py test     set up, check the house and run all tests
python3 dev.py check    formatting, lint, types, layers
python3 dev.py looks    pictures of every page, light and dark, 100 % and 200 %
python3 dev.py bench    the ratios of speed, each beside its floor in the same run
python3 dev.py lock     make requirements/*.txt anew from pyproject.toml
"""

from __future__ import annotations

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUT = ROOT / "out"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# Qt's platform plug-ins need these; name of the library -> Debian package that brings it.
SYSTEM_LIBRARIES = {
    "EGL": "libegl1",
    "GL": "libgl1",
    "fontconfig": "libfontconfig1",
    "xkbcommon": "libxkbcommon0",
    "dbus-1": "libdbus-1-3",
    "glib-2.0": "libglib2.0-0",
}


def main(arguments: list[str]) -> int:
    """Do one chore; answers the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("chore", choices=("run", "test", "check", "looks", "bench", "lock"))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on, e.g. to pytest")
    chosen = parser.parse_args(arguments)
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print("indsteer needs Python 3.11, 3.12 or 3.13; this is", sys.version.split()[0])
        return 1
    chore = {"run": run, "test": test, "check": check, "looks": looks, "bench": bench, "lock": lock}[chosen.chore]
    return chore(chosen.rest)


def run(rest: list[str]) -> int:
    """Open the program on the sample; without a screen do the main job offscreen and leave what it made."""
    set_up("run")
    OUT.mkdir(exist_ok=True)
    sample = OUT / "sample.indsteer"
    if not sample.exists():
        code = python("-m", "indsteer", "sample", str(sample))
        if code:
            return code
    if has_screen():
        return python("-m", "ui.main", "open", str(sample), *rest)
    print("No screen here: doing the main job offscreen. What it makes is in", OUT)
    return python("-m", "ui.main", "tour", str(OUT), *rest, offscreen=True)


def test(rest: list[str]) -> int:
    """Check the house and run every test, or only those named."""
    set_up("dev")
    if rest:
        return python("-m", "pytest", *rest, offscreen=True)
    return check([]) or python("-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q", offscreen=True)


def check(rest: list[str]) -> int:
    """Formatting, lint, types and layers."""
    del rest
    set_up("dev")
    codes = [
        python("-m", "ruff", "format", "--check", "-q", "."),
        python("-m", "ruff", "check", "."),
        python("-m", "mypy"),
        subprocess.run([str(PYTHON.with_name("lint-imports"))], cwd=ROOT, check=False).returncode,
    ]
    return max(codes)


def looks(rest: list[str]) -> int:
    """Pictures of every page into out/looks."""
    set_up("dev")
    return python("-m", "tests.looks.make", *(rest or [str(OUT / "looks")]), offscreen=True)


def bench(rest: list[str]) -> int:
    """Print the ratios of speed."""
    set_up("dev")
    return python("-m", "tests.bench", *rest, offscreen=True)


def lock(rest: list[str]) -> int:
    """Pin everything with hashes and without addresses; needs uv."""
    del rest
    uv = shutil.which("uv") or str(PYTHON.with_name("uv"))
    for name, groups in (("run", []), ("dev", ["--group", "dev"])):
        command = [uv, "pip", "compile", "pyproject.toml", *groups, "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-annotate", "-q"]
        code = subprocess.run([*command, "-o", f"requirements/{name}.txt"], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


def set_up(kind: str) -> None:
    """A virtual environment with the pinned dependencies; does nothing when it is there and current."""
    system_libraries()
    wanted = ROOT / "requirements" / f"{kind}.txt"
    mark = VENV / f"{kind}.sha256"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    dev_mark = VENV / "dev.sha256"
    if PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == digest:
        return
    if not PYTHON.exists():
        print("Making a virtual environment ...")
        venv.create(VENV, with_pip=True)
    print(f"Installing what requirements/{kind}.txt names ...")
    command = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*command, "-r", str(wanted)], check=True)
    mark.write_text(digest, encoding="utf-8")
    if kind == "run" and dev_mark.exists():
        dev_mark.unlink()


def system_libraries() -> None:
    """On Linux: install what Qt needs when root, else say in one sentence what to install."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for name, package in SYSTEM_LIBRARIES.items() if ctypes.util.find_library(name) is None]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing system libraries:", " ".join(missing))
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return
    sys.exit("Some system libraries are missing; ask for: sudo apt-get install " + " ".join(missing))


def has_screen() -> bool:
    """Whether a window can be shown."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def python(*arguments: str, offscreen: bool = False) -> int:
    """Run the environment's Python in the project folder; answers its exit code."""
    environment = dict(os.environ, PYTHONUTF8="1")
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
