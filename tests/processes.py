"""Processes of their own, quickly started, so that a test can kill one at any moment."""

import multiprocessing
from multiprocessing.process import BaseProcess

# Whatever is started is in one of these.
PRELOADED = ["tests.publishers", "tests.store_processes", "tests.writers"]


def start(function, *arguments: object) -> BaseProcess:
    """Start `function` in a process of its own, quickly where the system can fork."""
    kinds = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in kinds else "spawn")
    if "forkserver" in kinds:
        context.set_forkserver_preload(PRELOADED)
    process = context.Process(target=function, args=arguments, daemon=True)
    process.start()
    return process
