"""Writes the shop's orders as CSV, for the bookkeeper.

    python3 tools/export_orders.py shop.db --status placed > orders.csv
"""

import argparse
import csv
import sqlite3
import sys
from collections.abc import Iterable
from typing import TextIO

COLUMNS = ("number", "email", "placed_on", "status", "total")
ALL_ORDERS = "SELECT number, email, placed_on, status, total FROM orders ORDER BY number"
ORDERS_BY_STATUS = (
    "SELECT number, email, placed_on, status, total FROM orders WHERE status = ? ORDER BY number"
)


def read_orders(database: sqlite3.Connection, status: str | None = None) -> list[tuple]:
    """Returns the orders, oldest first; only those with `status` when one is given."""
    if status is None:
        return database.execute(ALL_ORDERS).fetchall()
    return database.execute(ORDERS_BY_STATUS, (status,)).fetchall()


def write_csv(orders: Iterable[tuple], output: TextIO) -> None:
    """Writes one line per order, with the total in euros."""
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for *fields, total in orders:
        writer.writerow([*fields, f"{total / 100:.2f}"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the shop's orders as CSV.")
    parser.add_argument("database", help="the file that SHOP_DB names")
    parser.add_argument("--status", choices=("placed", "delivered"), help="only orders in this state")
    arguments = parser.parse_args()
    with sqlite3.connect(arguments.database) as database:
        write_csv(read_orders(database, arguments.status), sys.stdout)


if __name__ == "__main__":
    main()
