"""Runs measurements in turn, so that whatever else the machine does meets all of them alike."""

import json
import subprocess
import sys

LONGEST = 3_600
# Seconds of a run after which a way is not run again.
PATIENCE = 60


class Failed(Exception):
    """A measured program ended with an error."""


def figures_of(command, text=None, **more):
    """Runs a program that prints its figures as JSON, and returns these."""
    command = [str(word) for word in command]
    done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=LONGEST, **more)
    if done.returncode != 0:
        raise Failed(message_of(done.stderr) or f"exit code {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def message_of(output):
    """The line that names the error, among those around it."""
    lines = output.strip().splitlines()
    return next((line.strip() for line in reversed(lines) if "Error" in line), lines[-1] if lines else "")


def interleave(rounds, ways):
    """One run of each way in turn, and that `rounds` times. `ways` has functions that return figures. One that takes
    very long is run once.

    Returns the figures of each way's runs, and the message of each way that failed, which is not run again.
    """
    runs, failed = {name: [] for name in ways}, {}
    for _ in range(rounds):
        for name, way in ways.items():
            if name in failed or any(run.get("seconds", 0) > PATIENCE for run in runs[name]):
                continue
            try:
                runs[name].append(way())
            except (Failed, subprocess.TimeoutExpired) as error:
                failed[name] = str(error)
                print(f"    {name} failed: {error}", file=sys.stderr)
    return {name: done for name, done in runs.items() if name not in failed}, failed
