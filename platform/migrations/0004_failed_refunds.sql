-- A refund that the payment provider refuses for good is `failed`: still owed, for an operator to settle.
-- SQLite cannot change a CHECK, so the table is written anew.

CREATE TABLE refunds_new (
    id TEXT PRIMARY KEY,
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    charge_id TEXT NOT NULL REFERENCES charges (id),
    -- what asked for it: a repeated request finds its refund instead of making another
    request_key TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (status IN ('pending', 'done', 'failed')),
    created_at INTEGER NOT NULL,
    UNIQUE (booking_id, request_key)
) STRICT;

INSERT INTO refunds_new (id, booking_id, charge_id, request_key, amount_cents, status, created_at)
SELECT id, booking_id, charge_id, request_key, amount_cents, status, created_at FROM refunds;

DROP TABLE refunds;
ALTER TABLE refunds_new RENAME TO refunds;

CREATE INDEX refunds_pending ON refunds (created_at) WHERE status = 'pending';
