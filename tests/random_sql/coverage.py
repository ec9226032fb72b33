"""How often each construct of the grammar was generated, and who judged it."""

from collections import Counter

from .node import DIALECTS


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

    def print(self):
        print(f"{'construct':48}{'made':>8}{'SQLite':>8}{'DuckDB':>8}{'rows':>8}")
        for construct, count in sorted(self.statements.items()):
            print(f"{construct:48}{count:8}{self.judged['sqlite'][construct]:8}{self.judged['duckdb'][construct]:8}{self.with_rows[construct]:8}")
        for name, messages in self.refusals.items():
            for message, count in messages.most_common(12):
                print(f"refused by {name}: {count:6} {message}")
