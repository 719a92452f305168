-- Texts in pieces that can be taken out one by one; corrections, undo, withdrawal; an id that copies of a study share.

CREATE TABLE identity (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
-- derived where there is a history, so that copies that are brought to this version apart have the same
INSERT INTO identity SELECT 1, coalesce(
  (SELECT min(id) FROM event WHERE id NOT IN (SELECT event FROM event_parent)), lower(hex(randomblob(10))));

-- the text of a version, a row a turn as first read; the salt of its hashes goes with its words
CREATE TABLE piece (
  version TEXT NOT NULL REFERENCES version, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  words TEXT NOT NULL REFERENCES words, salt BLOB, seal TEXT NOT NULL, PRIMARY KEY (version, start, "end")
) STRICT, WITHOUT ROWID;
INSERT INTO words
  SELECT piece_id(s.version, s.start, s."end"), substr(w.text, s.start + 1, s."end" - s.start)
  FROM salt s JOIN version v ON v.id = s.version JOIN words w ON w.id = v.text_words;
INSERT INTO piece
  SELECT s.version, s.start, s."end", w.id, s.salt, sealed(s.salt, w.text)
  FROM salt s JOIN words w ON w.id = piece_id(s.version, s.start, s."end");
DROP TABLE salt;

CREATE TABLE new_version (
  id TEXT PRIMARY KEY REFERENCES entry, transcript TEXT NOT NULL, text_sha256 TEXT NOT NULL,
  original_sha256 TEXT NOT NULL, original_name_words TEXT NOT NULL REFERENCES words,
  stored_as_words TEXT NOT NULL REFERENCES words, reader TEXT NOT NULL, encoding TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO new_version
  SELECT id, transcript, text_sha256, original_sha256, original_name_words, stored_as_words, reader, encoding
  FROM version;
DELETE FROM words WHERE id != '' AND id IN (SELECT text_words FROM version);
DROP TABLE version;
ALTER TABLE new_version RENAME TO version;

-- the file that turns were read from, where it is another than the version's
ALTER TABLE layer ADD COLUMN original_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE layer ADD COLUMN original_name_words TEXT NOT NULL DEFAULT '' REFERENCES words;
ALTER TABLE layer ADD COLUMN stored_as_words TEXT NOT NULL DEFAULT '' REFERENCES words;
ALTER TABLE layer ADD COLUMN reader TEXT NOT NULL DEFAULT '';

-- what a reader reports may name a label
CREATE TABLE new_note (
  id TEXT PRIMARY KEY REFERENCES entry, version TEXT NOT NULL REFERENCES version, place TEXT NOT NULL,
  what_words TEXT NOT NULL REFERENCES words, remedy_words TEXT NOT NULL REFERENCES words,
  dropped_words TEXT NOT NULL REFERENCES words, serious INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO words SELECT id || ':what', what FROM import_note WHERE what != '';
INSERT INTO words SELECT id || ':remedy', remedy FROM import_note WHERE remedy != '';
INSERT INTO new_note
  SELECT id, version, place, iif(what = '', '', id || ':what'), iif(remedy = '', '', id || ':remedy'), dropped_words,
    serious
  FROM import_note;
DROP TABLE import_note;
ALTER TABLE new_note RENAME TO import_note;

-- whether a decision was carried over to a corrected text: '', 'same' or 'changed'
ALTER TABLE decision ADD COLUMN carried TEXT NOT NULL DEFAULT '';

CREATE TABLE undo (
  id TEXT PRIMARY KEY REFERENCES entry, undone TEXT NOT NULL REFERENCES event, taken_back INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE withdrawal (
  id TEXT PRIMARY KEY REFERENCES entry, participant TEXT NOT NULL, speakers TEXT NOT NULL, transcripts TEXT NOT NULL,
  cases TEXT NOT NULL, spans TEXT NOT NULL, words TEXT NOT NULL, refused TEXT NOT NULL,
  reason_words TEXT NOT NULL REFERENCES words
) STRICT, WITHOUT ROWID;

-- of this copy only: files written, with each hash they may have while one takes the place of another
CREATE TABLE new_output (
  path TEXT NOT NULL, sha256 TEXT NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (path, sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO new_output SELECT path, sha256, what, at FROM output;
DROP TABLE output;
ALTER TABLE new_output RENAME TO output;

-- of this copy only: edited workbooks that were read back, by the hash they had
CREATE TABLE read_back (sha256 TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
