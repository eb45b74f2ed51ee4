from dataclasses import dataclass, field


@dataclass
class Cart:
    lines: list = field(default_factory=list)
    discount_cents: int = 0

    def add(self, name, cents):
        self.lines.append((name, cents))

    def remove(self, name):
        self.lines = [line for line in self.lines if line[0] != name]

    def total_cents(self):
        return sum(cents for _, cents in self.lines)
