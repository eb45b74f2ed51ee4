import io
import sqlite3
import unittest

from export_orders import read_orders, write_csv


def sample_database() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE orders (number, email, placed_on, status, total)")
    database.executemany(
        "INSERT INTO orders VALUES (?, ?, ?, ?, ?)",
        [
            ("LM-1002", "demo@shop.example", "2026-04-18", "placed", 3090),
            ("LM-1001", "demo@shop.example", "2026-03-02", "delivered", 14700),
        ],
    )
    return database


class ExportOrders(unittest.TestCase):
    def test_lists_orders_oldest_first(self) -> None:
        numbers = [order[0] for order in read_orders(sample_database())]
        self.assertEqual(numbers, ["LM-1001", "LM-1002"])

    def test_keeps_to_one_status(self) -> None:
        numbers = [order[0] for order in read_orders(sample_database(), "placed")]
        self.assertEqual(numbers, ["LM-1002"])

    def test_writes_totals_in_euros(self) -> None:
        output = io.StringIO()
        write_csv(read_orders(sample_database(), "placed"), output)
        self.assertEqual(
            output.getvalue().splitlines()[1],
            "LM-1002,demo@shop.example,2026-04-18,placed,30.90",
        )


if __name__ == "__main__":
    unittest.main()
