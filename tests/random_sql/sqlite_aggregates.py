"""Aggregates that SQLite lacks."""

import math


def register_aggregates(connection):
    """Makes the aggregates known."""
    connection.create_aggregate("x_stddev_samp", 1, _spread(1, True))
    connection.create_aggregate("x_stddev_pop", 1, _spread(0, True))
    connection.create_aggregate("x_var_samp", 1, _spread(1, False))
    connection.create_aggregate("x_var_pop", 1, _spread(0, False))
    connection.create_aggregate("x_median", 1, _percentile(0.5, True))
    connection.create_aggregate("x_percentile_cont", 1, _percentile(0.25, True))
    connection.create_aggregate("x_percentile_disc", 1, _percentile(0.25, False))
    connection.create_aggregate("x_string_agg", 2, _StringAgg)


def _spread(fewer, is_root):
    class Spread:
        def __init__(self):
            self.values = []

        def step(self, value):
            if value is not None:
                self.values.append(float(value))

        def finalize(self):
            if len(self.values) <= fewer:
                return None
            mean = math.fsum(self.values) / len(self.values)
            variance = math.fsum((value - mean) ** 2 for value in self.values) / (len(self.values) - fewer)
            return math.sqrt(variance) if is_root else variance

    return Spread


def _percentile(fraction, is_between):
    class Percentile:
        def __init__(self):
            self.values = []

        def step(self, value):
            if value is not None:
                self.values.append(value)

        def finalize(self):
            if not self.values:
                return None
            self.values.sort()
            if not is_between:
                return self.values[max(math.ceil(fraction * len(self.values)) - 1, 0)]
            place = fraction * (len(self.values) - 1)
            low, high = self.values[math.floor(place)], self.values[math.ceil(place)]
            return float(low) + (float(high) - float(low)) * (place - math.floor(place))

    return Percentile


class _StringAgg:
    """Joined in the order of the texts, whatever order they come in."""

    def __init__(self):
        self.parts, self.separator = [], ""

    def step(self, value, separator):
        if value is not None:
            self.parts.append(value)
            self.separator = separator

    def finalize(self):
        return self.separator.join(sorted(self.parts)) if self.parts else None
