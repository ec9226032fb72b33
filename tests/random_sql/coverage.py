"""How often each construct of the grammar was generated, and who judged it."""

from collections import Counter

from .grammar import NAMES, SECTIONS
from .node import DIALECTS, DUCKDB, SQLITE


class Coverage:
    def __init__(self):
        self.statements = Counter()
        self.judged = {name: Counter() for name in DIALECTS[1:]}
        self.with_rows = Counter()
        self.refusals = {name: Counter() for name in DIALECTS[1:]}

    def count(self, query, verdict):
        constructs = {part.construct for part in query.walk() if part.construct}
        self.statements.update(constructs)
        for name in verdict.judges:
            self.judged[name].update(constructs)
        if verdict.rows:
            self.with_rows.update(constructs)
        for name, answer in verdict.answers.items():
            if name in self.refusals and answer.refused:
                self.refusals[name][answer.message.split("\n")[0][:110]] += 1

    def add(self, other):
        self.statements += other.statements
        self.with_rows += other.with_rows
        for name in self.judged:
            self.judged[name] += other.judged[name]
            self.refusals[name] += other.refusals[name]

    def print(self):
        for title, constructs in SECTIONS.items():
            print(f"{title:58}{'made':>8}{'SQLite':>8}{'DuckDB':>8}{'rows':>8}")
            for construct in constructs:
                name = construct.name
                counts = (
                    self.statements[name],
                    self.judged[SQLITE][name],
                    self.judged[DUCKDB][name],
                    self.with_rows[name],
                )
                print(f"  {name[:55]:56}" + "".join(f"{count:8}" for count in counts))
        for name, messages in self.refusals.items():
            for message, count in messages.most_common(5):
                print(f"refused by {name}: {count:6} {message}")

    def unknown(self):
        """What was made and is not written down."""
        return sorted(set(self.statements) - NAMES)

    def missing(self):
        """What is written down and was never made."""
        return sorted(NAMES - set(self.statements))
