<?php

declare(strict_types=1);

/* The orders, and the money of the till. */
final class Shop
{
    private PDO $database;

    public function __construct(string $source)
    {
        $this->database = new PDO($source, options: [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
        // Several workers write: wait for each other, rather than fail.
        $this->database->exec('PRAGMA busy_timeout = 10000');
    }

    /* Once, before the site opens: `php -r 'require "src/Shop.php"; (new Shop("sqlite:shop.db"))->install();'` */
    public function install(): void
    {
        $this->database->exec('PRAGMA journal_mode = WAL');
        $this->database->exec(<<<'SQL'
            CREATE TABLE IF NOT EXISTS orders (
                id TEXT PRIMARY KEY,
                amount_cents INTEGER NOT NULL,
                operation_id INTEGER UNIQUE,
                state TEXT NOT NULL DEFAULT 'waiting'
            );
            -- The rule that makes "credit once" true: one row for an operation, one row for an order.
            CREATE TABLE IF NOT EXISTS credits (
                operation_id INTEGER PRIMARY KEY,
                order_id TEXT NOT NULL UNIQUE REFERENCES orders (id),
                amount_cents INTEGER NOT NULL
            );
            SQL);
    }

    public function open(int $amountCents): Izly\Order
    {
        $order = new Izly\Order('cafe-' . bin2hex(random_bytes(8)), $amountCents);
        $this->run('INSERT INTO orders (id, amount_cents) VALUES (?, ?)', $order->id, $amountCents);
        return $order;
    }

    public function attach(Izly\PendingPayment $pending): void
    {
        $this->run('UPDATE orders SET operation_id = ? WHERE id = ?', $pending->operationId, $pending->orderId);
    }

    /* The row of an order, or null. */
    public function order(?string $id): ?array
    {
        $row = $this->run('SELECT * FROM orders WHERE id = ?', $id)->fetch(PDO::FETCH_ASSOC);
        return $row === false ? null : $row;
    }

    /* Credits an order that Izly confirms, once, and tells of what a program cannot put right. Only a PaidPayment comes in here. */
    public function settle(Izly\PaidPayment $paid): void
    {
        $settledBy = $this->credit($paid);
        if ($settledBy === null) {
            error_log("order $paid->orderId is not settled: operation $paid->operationId has settled another one, ask Izly");
        } elseif ($settledBy !== $paid->operationId) {
            error_log("order $paid->orderId is paid twice: refund operation $paid->operationId by hand");
        }
    }

    /* The claim and the credit, both or neither; the operation that settles the order, now or since before. */
    private function credit(Izly\PaidPayment $paid): ?int
    {
        // IMMEDIATE: the lock is taken before anything is read, so that no two workers can both be first.
        $this->database->exec('BEGIN IMMEDIATE');
        try {
            $claim = 'INSERT INTO credits (operation_id, order_id, amount_cents) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
            if ($this->run($claim, $paid->operationId, $paid->orderId, $paid->amountCents)->rowCount() === 1) {
                $set = "UPDATE orders SET state = 'paid', operation_id = ? WHERE id = ?";
                $this->run($set, $paid->operationId, $paid->orderId);
            }
            $credit = $this->run('SELECT operation_id FROM credits WHERE order_id = ?', $paid->orderId)->fetchColumn();
            $this->database->exec('COMMIT');
            return $credit === false ? null : (int) $credit;
        } catch (Throwable $failure) {
            $this->database->exec('ROLLBACK');
            throw $failure;
        }
    }

    /* Moves an order on; false if it is not, or no longer, in the state that it should leave. */
    public function change(string $id, string $from, string $to): bool
    {
        return $this->run('UPDATE orders SET state = ? WHERE id = ? AND state = ?', $to, $id, $from)->rowCount() === 1;
    }

    /* What the till has got, and in how many pieces. */
    public function till(): array
    {
        return $this->run('SELECT count(*) AS credits, coalesce(sum(amount_cents), 0) AS cents FROM credits')
            ->fetch(PDO::FETCH_ASSOC);
    }

    private function run(string $sql, mixed ...$values): PDOStatement
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);
        return $statement;
    }
}
