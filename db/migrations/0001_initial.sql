-- One record kind is one table of the same name; columns are the record's fields.
-- Lists are JSON. Times are UTC, ISO 8601. Offsets are Unicode code points, half-open.

CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    memo TEXT NOT NULL,
    snap_to_words INTEGER NOT NULL,
    created TEXT NOT NULL
);

CREATE TABLE annotator (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);

CREATE TABLE annotation_set (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    annotator TEXT REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE tag_type (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    colour TEXT NOT NULL,
    key TEXT NOT NULL,
    part TEXT NOT NULL,
    unit TEXT NOT NULL,
    auxiliary INTEGER NOT NULL,
    definition TEXT NOT NULL,
    examples TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE attribute (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    tag_type TEXT REFERENCES tag_type (uid) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL,
    choices TEXT NOT NULL,
    "default" TEXT NOT NULL,
    mandatory INTEGER NOT NULL,
    definition TEXT NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE link_rule (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    label TEXT NOT NULL,
    from_type TEXT NOT NULL REFERENCES tag_type (uid) DEFERRABLE INITIALLY DEFERRED,
    to_type TEXT NOT NULL REFERENCES tag_type (uid) DEFERRABLE INITIALLY DEFERRED,
    at_most INTEGER NOT NULL,
    acyclic INTEGER NOT NULL,
    position INTEGER NOT NULL
);

-- Every text once, found by the SHA-256 of its UTF-8 bytes; articles and the history refer to it.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES text (sha256) DEFERRABLE INITIALLY DEFERRED,
    characters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    source TEXT NOT NULL,
    byline TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    language TEXT NOT NULL,
    furniture TEXT NOT NULL,
    extra TEXT NOT NULL,
    memo TEXT NOT NULL,
    imported TEXT NOT NULL
);
CREATE INDEX article_sha256 ON article (sha256);
-- The order of import; not that of the row ids, for an article that an undo brings back gets a new one.
CREATE INDEX article_imported ON article (imported, uid);

CREATE TABLE article_work (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES article (uid) DEFERRABLE INITIALLY DEFERRED,
    annotator TEXT NOT NULL REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    assigned INTEGER NOT NULL,
    memo TEXT NOT NULL,
    "values" TEXT NOT NULL,
    UNIQUE (article, annotator)
);

CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,
    role TEXT NOT NULL,
    affiliation TEXT NOT NULL,
    wikidata TEXT NOT NULL,
    note TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    gazetteer TEXT NOT NULL,
    gazetteer_id TEXT NOT NULL,
    country TEXT NOT NULL,
    admin1 TEXT NOT NULL,
    feature_class TEXT NOT NULL,
    given INTEGER NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);

-- start, stop, text and spans repeat what the fragments say, for queries and views.
CREATE TABLE annotation (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES article (uid) DEFERRABLE INITIALLY DEFERRED,
    tag_type TEXT NOT NULL REFERENCES tag_type (uid) DEFERRABLE INITIALLY DEFERRED,
    annotation_set TEXT NOT NULL REFERENCES annotation_set (uid) DEFERRABLE INITIALLY DEFERRED,
    fragments TEXT NOT NULL,
    annotator TEXT NOT NULL REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED,
    entity TEXT REFERENCES entity (uid) DEFERRABLE INITIALLY DEFERRED,
    "values" TEXT NOT NULL,
    note TEXT NOT NULL,
    confidence TEXT NOT NULL,
    origin TEXT NOT NULL,
    created TEXT NOT NULL,
    modified TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    spans TEXT NOT NULL,
    CHECK (0 <= start AND start < stop)
);
CREATE INDEX annotation_article ON annotation (article, tag_type);
CREATE INDEX annotation_entity ON annotation (entity) WHERE entity IS NOT NULL;

CREATE TABLE link (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES article (uid) DEFERRABLE INITIALLY DEFERRED,
    from_annotation TEXT NOT NULL REFERENCES annotation (uid) DEFERRABLE INITIALLY DEFERRED,
    to_annotation TEXT NOT NULL REFERENCES annotation (uid) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL,
    annotator TEXT NOT NULL REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL
);
CREATE INDEX link_article ON link (article);
CREATE INDEX link_from ON link (from_annotation, role);
CREATE INDEX link_to ON link (to_annotation);

CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES article (uid) DEFERRABLE INITIALLY DEFERRED,
    annotation TEXT NOT NULL REFERENCES annotation (uid) DEFERRABLE INITIALLY DEFERRED,
    reviewer TEXT NOT NULL REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    adjudicated TEXT REFERENCES annotation (uid) DEFERRABLE INITIALLY DEFERRED,
    reply_to TEXT REFERENCES verdict (uid) DEFERRABLE INITIALLY DEFERRED,
    created TEXT NOT NULL
);
CREATE INDEX verdict_article ON verdict (article);
CREATE INDEX verdict_annotation ON verdict (annotation);
CREATE INDEX verdict_adjudicated ON verdict (adjudicated) WHERE adjudicated IS NOT NULL;
CREATE INDEX verdict_reply_to ON verdict (reply_to) WHERE reply_to IS NOT NULL;

-- Every gesture, in order. state: done, undone, stale or dropped for a person's steps; empty for what is no step.
CREATE TABLE change_set (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    origin TEXT NOT NULL,
    annotator TEXT NOT NULL,
    time TEXT NOT NULL,
    merge_key TEXT NOT NULL,
    reverts TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX change_set_state ON change_set (annotator, state, sequence) WHERE state IN ('done', 'undone');

-- One row per change; before and after hold the record as JSON, null where it did not exist.
CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL REFERENCES change_set (sequence) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    uid TEXT NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX history_sequence ON history (sequence);
CREATE INDEX history_record ON history (kind, uid);

-- Search. Contentless: the words are in text, article and annotation; the writer keeps these in step, no triggers.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE article_trigrams USING fts5 (
    title, body, content = '', tokenize = 'trigram'
);
CREATE VIRTUAL TABLE annotation_words USING fts5 (
    note, "values", content = '', tokenize = 'unicode61 remove_diacritics 2'
);
