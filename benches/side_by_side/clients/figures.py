"""The figures that every client prints: time, processor time and memory of its own process."""

import json
import sys
import time


def peak_kib():
    """The most memory that the process had at once."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def measure(read):
    """Gives the order to `read`, which returns the number of rows, and prints the figures as JSON.

    The order has `address`, `token`, `users`, `select` and `top`. Loading of libraries does not count.
    """
    order = json.loads(sys.argv[1])
    started, used = time.monotonic(), time.process_time()
    rows = read(order)
    figures = {
        "rows": rows,
        "seconds": time.monotonic() - started,
        "processor": time.process_time() - used,
        "peak_kib": peak_kib(),
    }
    print(json.dumps(figures))


def first_page(order, user):
    return f"{order['address']}/v1.0/users/{user}/messages?$select={order['select']}&$top={order['top']}"
