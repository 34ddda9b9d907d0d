#include "engine/store/sqlite/internal/schema.h"

#include <array>

namespace draad::store::sqlite {

namespace {

// Layout: what belongs to one casus lies together (WITHOUT ROWID, casus id first), so that a command on a hot casus
// dirties hot pages only. The journal has no index over all rows; the one there is holds commands that named no casus,
// one per casus at least. Moments are milliseconds since 1970-01-01T00:00Z.
constexpr const char* kFirst = R"sql(
CREATE TABLE note (
  name TEXT PRIMARY KEY NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
  id           INTEGER PRIMARY KEY,
  version      TEXT NOT NULL UNIQUE,
  published_by TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  fingerprint  TEXT NOT NULL UNIQUE,
  node_table   TEXT NOT NULL
) STRICT;

CREATE TABLE release_file (
  release_id INTEGER NOT NULL REFERENCES release (id),
  path       TEXT NOT NULL,
  content    BLOB NOT NULL,
  PRIMARY KEY (release_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE casus (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  revision   INTEGER NOT NULL CHECK (revision > 0),
  status     INTEGER NOT NULL CHECK (status IN (1, 2, 3)),
  due_at     INTEGER,
  release_id INTEGER NOT NULL REFERENCES release (id),
  process_id TEXT NOT NULL,
  head       BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;
CREATE INDEX casus_due ON casus (due_at, id) WHERE due_at IS NOT NULL;

CREATE TABLE journal (
  casus_id        INTEGER NOT NULL REFERENCES casus (id),
  sequence        INTEGER NOT NULL CHECK (sequence > 0),
  at              INTEGER NOT NULL,
  actor           TEXT NOT NULL,
  kind            TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  routed          INTEGER NOT NULL CHECK (routed IN (0, 1)),
  body            TEXT NOT NULL,
  hash            BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (casus_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX journal_routed ON journal (idempotency_key) WHERE routed = 1;

CREATE TABLE pending (
  casus_id    INTEGER NOT NULL REFERENCES casus (id),
  owner       INTEGER NOT NULL,
  kind        INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 5),
  slot        INTEGER NOT NULL,
  name        TEXT NOT NULL,
  correlation TEXT NOT NULL,
  due_at      INTEGER,
  open        INTEGER NOT NULL CHECK (open IN (0, 1)),
  PRIMARY KEY (casus_id, owner, kind, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_open ON pending (kind, name, correlation, casus_id, owner, slot) WHERE open = 1;

CREATE TABLE vault (
  casus_id   INTEGER NOT NULL REFERENCES casus (id),
  reference  INTEGER NOT NULL CHECK (reference >= 0),
  data_class INTEGER NOT NULL CHECK (data_class BETWEEN 0 AND 14),
  sealed     BLOB NOT NULL,
  PRIMARY KEY (casus_id, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT NOT NULL,
  correlation     TEXT NOT NULL,
  actor           TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  body            TEXT NOT NULL,
  received_at     INTEGER NOT NULL,
  expires_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX message_waiting ON message (name, correlation, id);
CREATE INDEX message_expiry ON message (expires_at);

CREATE TABLE access (
  id        INTEGER PRIMARY KEY,
  casus_id  INTEGER NOT NULL REFERENCES casus (id),
  reference INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  reason    TEXT NOT NULL,
  at        INTEGER NOT NULL
) STRICT;
CREATE INDEX access_casus ON access (casus_id, id);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never changed'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'an entry of the journal is never removed'); END;
CREATE TRIGGER release_no_update BEFORE UPDATE ON release
BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_no_delete BEFORE DELETE ON release
BEGIN SELECT RAISE(ABORT, 'a release is never removed'); END;
CREATE TRIGGER release_file_no_update BEFORE UPDATE ON release_file
BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER release_file_no_delete BEFORE DELETE ON release_file
BEGIN SELECT RAISE(ABORT, 'a release is never removed'); END;
CREATE TRIGGER access_no_update BEFORE UPDATE ON access
BEGIN SELECT RAISE(ABORT, 'an access record is never changed'); END;
CREATE TRIGGER access_no_delete BEFORE DELETE ON access
BEGIN SELECT RAISE(ABORT, 'an access record is never removed'); END;
)sql";

constexpr std::array kMigrations{kFirst};

}  // namespace

std::span<const char* const> migrations() {
  return kMigrations;
}

}  // namespace draad::store::sqlite
