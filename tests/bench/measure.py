"""Runs programs and says what they cost: time, processor time, memory of the whole family."""
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections import namedtuple

Cost = namedtuple("Cost", "seconds processor_seconds pss_bytes")
SAMPLE_SECONDS = 0.01


class Failed(Exception):
    """A program ended otherwise than it should; the text says which, and what it said."""


def family_of(pid):
    """A process and all below it, as far as they still are there."""
    family, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        family.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children") as file:
                    waiting += [int(child) for child in file.read().split()]
        except OSError:
            pass
    return family


def pss_of(pid):
    """Proportional set size: what is shared counts once over all that share it."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost_of(command, *, memory=False, codes=(0,), **options):
    """memory: sampled while it runs, which costs time of its own; so never both from one run."""
    before, started = processor_seconds(), time.monotonic()
    peak = 0
    # a file, for nobody reads while memory is sampled, and a pipe that is full would stop the program
    with tempfile.TemporaryFile() as errors:
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": errors, **options}
        with subprocess.Popen(command, **options) as process:
            while memory and process.poll() is None:
                peak = max(peak, sum(pss_of(pid) for pid in family_of(process.pid)))
                time.sleep(SAMPLE_SECONDS)
        errors.seek(0)
        said = errors.read()
    seconds = time.monotonic() - started
    if process.returncode not in codes:
        words = " ".join(map(str, command))
        raise Failed(f"'{words}' ended with {process.returncode}: {said.decode(errors='replace')[-500:]}")
    return Cost(seconds, processor_seconds() - before, peak)


def median(costs):
    return Cost(*(statistics.median(column) for column in zip(*costs)))
