-- What was handed out to colleagues: the common point that a later bringing in compares with.

CREATE TABLE hand_out (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    annotator TEXT NOT NULL REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED,
    origin TEXT NOT NULL,
    created TEXT NOT NULL,
    blind INTEGER NOT NULL,
    base TEXT NOT NULL REFERENCES text (sha256) DEFERRABLE INITIALLY DEFERRED,
    accepted TEXT NOT NULL
);
