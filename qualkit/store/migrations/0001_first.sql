-- The first schema. Append-only tables are guarded by triggers that store/guards.py sets after every migration.

CREATE TABLE event (
  id TEXT PRIMARY KEY, command TEXT NOT NULL, coder TEXT NOT NULL, at TEXT NOT NULL, tool TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- before = ancestor: the latest events of that copy when the event began
CREATE TABLE event_parent (
  event TEXT NOT NULL REFERENCES event, parent TEXT NOT NULL REFERENCES event, PRIMARY KEY (event, parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_parent_parent ON event_parent (parent);

-- every append-only row has its id, its event and its place in the event here
CREATE TABLE entry (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, event TEXT NOT NULL REFERENCES event, n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_kind ON entry (kind);
CREATE INDEX entry_event ON entry (event);

CREATE TABLE supersedes (
  successor TEXT NOT NULL REFERENCES entry, predecessor TEXT NOT NULL REFERENCES entry,
  PRIMARY KEY (successor, predecessor)
) STRICT, WITHOUT ROWID;
CREATE INDEX supersedes_predecessor ON supersedes (predecessor);

-- every text of a person, a file or a transcript; columns named *_words point here, and only withdraw empties it
CREATE TABLE words (id TEXT PRIMARY KEY, text TEXT) STRICT, WITHOUT ROWID;
INSERT INTO words VALUES ('', ''); -- the empty text, which all empty fields share

CREATE TABLE participant (
  id TEXT PRIMARY KEY REFERENCES entry, key TEXT NOT NULL, shown_words TEXT NOT NULL REFERENCES words,
  group_words TEXT NOT NULL REFERENCES words, retired INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attribute (
  id TEXT PRIMARY KEY REFERENCES entry, participant TEXT NOT NULL, name_words TEXT NOT NULL REFERENCES words,
  value_words TEXT NOT NULL REFERENCES words
) STRICT, WITHOUT ROWID;

CREATE TABLE study_case (
  id TEXT PRIMARY KEY REFERENCES entry, key TEXT NOT NULL, shown_words TEXT NOT NULL REFERENCES words,
  retired INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
  id TEXT PRIMARY KEY REFERENCES entry, "case" TEXT NOT NULL, participant TEXT NOT NULL, member INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE transcript (
  id TEXT PRIMARY KEY REFERENCES entry, key TEXT NOT NULL, shown_words TEXT NOT NULL REFERENCES words,
  kind TEXT NOT NULL, kind_told TEXT NOT NULL, held TEXT NOT NULL, mode TEXT NOT NULL, minutes TEXT NOT NULL,
  language TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
  id TEXT PRIMARY KEY REFERENCES entry, transcript TEXT NOT NULL, text_words TEXT NOT NULL REFERENCES words,
  text_sha256 TEXT NOT NULL, original_sha256 TEXT NOT NULL, original_name_words TEXT NOT NULL REFERENCES words,
  stored_as_words TEXT NOT NULL REFERENCES words, reader TEXT NOT NULL, encoding TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- salts of the hashes of quoted words, one a stretch of text (a turn when imported); they go with the text
CREATE TABLE salt (
  version TEXT NOT NULL REFERENCES version, start INTEGER NOT NULL, "end" INTEGER NOT NULL, salt BLOB,
  PRIMARY KEY (version, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE speaker (
  id TEXT PRIMARY KEY REFERENCES entry, transcript TEXT NOT NULL, key TEXT NOT NULL,
  label_words TEXT NOT NULL REFERENCES words, role TEXT NOT NULL, participant TEXT NOT NULL, told TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE layer (id TEXT PRIMARY KEY REFERENCES entry, version TEXT NOT NULL REFERENCES version)
STRICT, WITHOUT ROWID;

CREATE TABLE turn (
  layer TEXT NOT NULL REFERENCES layer, n INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  speaker TEXT NOT NULL, place TEXT NOT NULL, sentences TEXT NOT NULL, begin REAL, finish REAL,
  PRIMARY KEY (layer, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_note (
  id TEXT PRIMARY KEY REFERENCES entry, version TEXT NOT NULL REFERENCES version, place TEXT NOT NULL,
  what TEXT NOT NULL, remedy TEXT NOT NULL, dropped_words TEXT NOT NULL REFERENCES words, serious INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE framework_version (
  id TEXT PRIMARY KEY REFERENCES entry, framework TEXT NOT NULL, sha256 TEXT NOT NULL,
  content_words TEXT NOT NULL REFERENCES words
) STRICT, WITHOUT ROWID;

CREATE TABLE theme (
  id TEXT PRIMARY KEY REFERENCES entry, key TEXT NOT NULL, name_words TEXT NOT NULL REFERENCES words,
  parent TEXT NOT NULL, level_words TEXT NOT NULL REFERENCES words, definition_words TEXT NOT NULL REFERENCES words,
  is_not_words TEXT NOT NULL REFERENCES words, example_words TEXT NOT NULL REFERENCES words, status TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, reason_words TEXT NOT NULL REFERENCES words,
  coder TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  id TEXT PRIMARY KEY REFERENCES entry, version TEXT NOT NULL REFERENCES version, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, quote_hash TEXT NOT NULL, target_kind TEXT NOT NULL, target TEXT NOT NULL,
  scheme TEXT NOT NULL, scheme_version TEXT NOT NULL, verdict TEXT NOT NULL, coder TEXT NOT NULL,
  consensus INTEGER NOT NULL, basis TEXT NOT NULL, blind INTEGER NOT NULL, shown_rank INTEGER NOT NULL,
  shown_model TEXT NOT NULL, at TEXT NOT NULL, reason_words TEXT NOT NULL REFERENCES words,
  CHECK (0 <= start AND start < "end"), CHECK ((verdict = 'none') <= (target = ''))
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_version ON decision (version);

CREATE TABLE done (
  id TEXT PRIMARY KEY REFERENCES entry, transcript TEXT NOT NULL, scheme_kind TEXT NOT NULL, scheme TEXT NOT NULL,
  scheme_version TEXT NOT NULL, coder TEXT NOT NULL, consensus INTEGER NOT NULL, "on" TEXT NOT NULL,
  done INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  id TEXT PRIMARY KEY REFERENCES entry, name TEXT NOT NULL, value_words TEXT NOT NULL REFERENCES words
) STRICT, WITHOUT ROWID;

-- what the machine made: replaced whole by every run of the index; nothing points at it
CREATE TABLE index_run (
  one INTEGER PRIMARY KEY CHECK (one = 1), model TEXT NOT NULL, material TEXT NOT NULL, framework_version TEXT NOT NULL
) STRICT;
CREATE TABLE passage (
  version TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, turn INTEGER NOT NULL,
  PRIMARY KEY (version, start)
) STRICT, WITHOUT ROWID;
CREATE TABLE proposal (
  version TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, rank INTEGER NOT NULL,
  heading TEXT NOT NULL, evidence TEXT NOT NULL, PRIMARY KEY (version, start, rank)
) STRICT, WITHOUT ROWID;
CREATE TABLE asking (
  version TEXT NOT NULL, turn INTEGER NOT NULL, heading TEXT NOT NULL, until INTEGER NOT NULL, field TEXT NOT NULL,
  item INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (version, turn, heading)
) STRICT, WITHOUT ROWID;

-- of this copy only, never merged: the coder who works here, files written, runs that changed nothing
CREATE TABLE here (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE output (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL)
STRICT, WITHOUT ROWID;
CREATE TABLE run_log (n INTEGER PRIMARY KEY, at TEXT NOT NULL, coder TEXT NOT NULL, command TEXT NOT NULL) STRICT;
