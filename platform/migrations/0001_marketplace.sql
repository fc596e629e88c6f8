-- The marketplace. Times are milliseconds since 1970-01-01 UTC, money is integer cents.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE instructors (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    headline TEXT NOT NULL
) STRICT;

-- A lesson is offered on a grid: every `every_minutes` from `opens_hour` to `closes_hour` (UTC), for
-- the next `ahead_minutes`. The grid must divide the hour, so that slots keep their ids for ever.
CREATE TABLE lessons (
    id TEXT PRIMARY KEY,
    instructor_id TEXT NOT NULL REFERENCES instructors (id),
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    level TEXT NOT NULL,
    description TEXT NOT NULL,
    price_cents INTEGER NOT NULL CHECK (price_cents > 0),
    minutes INTEGER NOT NULL CHECK (minutes > 0 AND minutes <= every_minutes),
    every_minutes INTEGER NOT NULL CHECK (60 % every_minutes = 0),
    opens_hour INTEGER NOT NULL CHECK (opens_hour BETWEEN 0 AND 23),
    closes_hour INTEGER NOT NULL CHECK (closes_hour BETWEEN 1 AND 24),
    ahead_minutes INTEGER NOT NULL
) STRICT;

CREATE TABLE slots (
    id TEXT PRIMARY KEY,
    lesson_id TEXT NOT NULL REFERENCES lessons (id),
    instructor_id TEXT NOT NULL REFERENCES instructors (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    -- nobody teaches two lessons at once
    UNIQUE (instructor_id, starts_at)
) STRICT;

CREATE INDEX slots_by_start ON slots (starts_at);

CREATE TABLE bookings (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    slot_id TEXT NOT NULL REFERENCES slots (id),
    lesson_id TEXT NOT NULL REFERENCES lessons (id),
    instructor_id TEXT NOT NULL REFERENCES instructors (id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    price_cents INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('hold', 'confirmed', 'cancelled', 'expired')),
    hold_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

-- The promise against double booking: whatever the code does, a slot has one living booking.
CREATE UNIQUE INDEX bookings_one_per_slot ON bookings (slot_id) WHERE status IN ('hold', 'confirmed');
CREATE INDEX bookings_by_user ON bookings (user_id, created_at);
CREATE INDEX bookings_by_instructor ON bookings (instructor_id, status);
CREATE INDEX bookings_held ON bookings (hold_until) WHERE status = 'hold';
CREATE INDEX bookings_upcoming ON bookings (starts_at) WHERE status = 'confirmed';
CREATE INDEX bookings_by_slot ON bookings (slot_id);

-- A charge's id is its idempotency key at the payment provider: written before the provider is asked,
-- so that a charge whose answer was lost can be found and voided.
CREATE TABLE charges (
    id TEXT PRIMARY KEY,
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    amount_cents INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'captured', 'declined', 'voided')),
    provider_id TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX charges_one_open ON charges (booking_id) WHERE status IN ('pending', 'captured');
CREATE INDEX charges_pending ON charges (created_at) WHERE status = 'pending';

CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    charge_id TEXT NOT NULL REFERENCES charges (id),
    -- what asked for it: a repeated request finds its refund instead of making another
    request_key TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    status TEXT NOT NULL CHECK (status IN ('pending', 'done')),
    created_at INTEGER NOT NULL,
    UNIQUE (booking_id, request_key)
) STRICT;

CREATE INDEX refunds_pending ON refunds (created_at) WHERE status = 'pending';

-- What instructors have earned; only ever added to.
CREATE TABLE earnings (
    id TEXT PRIMARY KEY,
    instructor_id TEXT NOT NULL REFERENCES instructors (id),
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX earnings_by_booking ON earnings (booking_id);
CREATE INDEX earnings_by_instructor ON earnings (instructor_id);

CREATE TABLE reviews (
    booking_id TEXT PRIMARY KEY REFERENCES bookings (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    instructor_id TEXT NOT NULL REFERENCES instructors (id),
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    comment TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX reviews_by_instructor ON reviews (instructor_id);

-- Messages to send. The address is looked up when one is sent, never copied here.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    booking_id TEXT NOT NULL REFERENCES bookings (id),
    kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'reminder')),
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (booking_id, kind)
) STRICT;
