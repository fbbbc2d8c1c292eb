"""Waiting for the disk, so that what was written outlives a failure of the machine."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until the file at `path`, and the folders that lead to it, are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    for folder in list(path.parents)[:4]:
        sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until what a folder holds, and under which names, is on the disk."""
    if os.name == "nt":  # Windows cannot open a folder, and writes its entries through itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
