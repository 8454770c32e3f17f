-- The schema after all migrations, made by scripts/write_schema.py; change it by a new migration only.

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

CREATE TABLE annotation_count (
    id INTEGER PRIMARY KEY,
    tag_type TEXT NOT NULL,
    annotator TEXT NOT NULL,
    annotation_set TEXT NOT NULL,
    count INTEGER NOT NULL,
    UNIQUE (tag_type, annotator, annotation_set)
);

CREATE TABLE annotation_set (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    annotator TEXT REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED
);

CREATE VIRTUAL TABLE annotation_words USING fts5 (
    note, "values", content = '', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE annotator (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
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

CREATE VIRTUAL TABLE article_starts USING fts5 (
    title, body, content = '', detail = 'none', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE article_trigrams USING fts5 (
    title, body, content = '', tokenize = 'trigram'
);

CREATE VIRTUAL TABLE article_words USING fts5 (
    title, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE article_work (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES article (uid) DEFERRABLE INITIALLY DEFERRED,
    annotator TEXT NOT NULL REFERENCES annotator (uid) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL,
    assigned INTEGER NOT NULL,
    memo TEXT NOT NULL,
    "values" TEXT NOT NULL, reviewed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (article, annotator)
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

CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL REFERENCES change_set (sequence) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL,
    uid TEXT NOT NULL,
    before TEXT,
    after TEXT
);

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

CREATE TABLE project (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    memo TEXT NOT NULL,
    snap_to_words INTEGER NOT NULL,
    created TEXT NOT NULL
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

CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
);

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

CREATE INDEX annotation_article ON annotation (article, tag_type, start);

CREATE INDEX annotation_entity ON annotation (entity) WHERE entity IS NOT NULL;

CREATE INDEX article_imported ON article (imported, uid);

CREATE INDEX article_published ON article (published);

CREATE INDEX article_sha256 ON article (sha256);

CREATE INDEX article_source ON article (source COLLATE NOCASE, published);

CREATE INDEX article_title ON article (title COLLATE NOCASE);

CREATE INDEX article_work_begun ON article_work (annotator, status, article) WHERE status <> 'todo';

CREATE INDEX article_work_reviewed ON article_work (article) WHERE reviewed = 1;

CREATE INDEX attribute_tag_type ON attribute (tag_type, name);

CREATE INDEX change_set_state ON change_set (annotator, state, sequence) WHERE state IN ('done', 'undone');

CREATE INDEX history_record ON history (kind, uid);

CREATE INDEX history_sequence ON history (sequence);

CREATE INDEX link_article ON link (article);

CREATE INDEX link_from ON link (from_annotation, role);

CREATE INDEX link_to ON link (to_annotation);

CREATE INDEX verdict_adjudicated ON verdict (adjudicated) WHERE adjudicated IS NOT NULL;

CREATE INDEX verdict_article ON verdict (article);

CREATE INDEX verdict_newest ON verdict (annotation, created, uid);

CREATE INDEX verdict_reply_to ON verdict (reply_to) WHERE reply_to IS NOT NULL;

CREATE VIEW export_annotations AS
SELECT
    annotation.uid AS annotation_uid,
    annotation.article AS article_uid,
    article.title AS article_title,
    article.source AS article_source,
    article.published AS article_published,
    article.url AS article_url,
    annotation_set.name AS annotation_set,
    annotator.name AS annotator,
    tag_type.name AS tag,
    annotation.text,
    annotation.start,
    annotation.stop,
    annotation.spans AS fragments,
    annotation.entity AS entity_uid,
    entity.name AS entity,
    entity.kind AS entity_kind,
    entity.latitude,
    entity.longitude,
    entity.gazetteer,
    entity.gazetteer_id,
    CASE WHEN tag_type.part IN ('quote', 'claim') THEN coalesce(
        (
            SELECT group_concat(speaker, '; ') FROM (
                SELECT coalesce(source.name, mention.text) AS speaker
                FROM link
                JOIN annotation AS mention ON mention.uid = link.to_annotation
                LEFT JOIN entity AS source ON source.uid = mention.entity
                WHERE link.from_annotation = annotation.uid
                AND link.role = CASE tag_type.part WHEN 'quote' THEN 'speaker' ELSE 'claimant' END
                ORDER BY mention.start, mention.stop DESC, mention.uid
            )
        ),
        entity.name
    ) END AS speaker,
    (
        SELECT verdict.decision FROM verdict
        WHERE verdict.annotation = annotation.uid AND verdict.decision IN ('accepted', 'rejected', 'revised')
        ORDER BY verdict.created DESC, verdict.uid DESC LIMIT 1
    ) AS status,
    annotation.note,
    annotation.confidence,
    annotation.origin,
    annotation.created,
    annotation.modified,
    CASE WHEN annotation."values" = '{}' THEN '{}' WHEN instr(annotation."values", '\') = 0 THEN (
        SELECT '{' || coalesce(group_concat('"' || replace(replace(attribute.name, '\', '\\'), '"', '\"') || '":'
            || CASE one.type WHEN 'text' THEN '"' || one.value || '"' WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
            WHEN 'real' THEN printf('%!.17g', one.value) ELSE one.value END), '') || '}'
        FROM json_each(annotation."values") AS one
        CROSS JOIN attribute ON attribute.uid = one.key
    ) ELSE (
        SELECT '{' || coalesce(group_concat('"' || replace(replace(attribute.name, '\', '\\'), '"', '\"') || '":'
            || substr(annotation."values", value_start, next_key - 1 - value_start)), '') || '}'
        FROM (
            SELECT
                key,
                instr(annotation."values", '"' || key || '":') + length(key) + 3 AS value_start,
                coalesce(
                    lead(instr(annotation."values", '"' || key || '":')) OVER (ORDER BY id),
                    length(annotation."values") + 1
                ) AS next_key
            FROM json_each(annotation."values")
        ) AS piece
        CROSS JOIN attribute ON attribute.uid = piece.key
    ) END AS attributes,
    annotation."values" AS attribute_values,
    annotation.tag_type AS tag_uid,
    tag_type.part,
    annotation.annotation_set AS annotation_set_uid,
    annotation.annotator AS annotator_uid
FROM annotation
LEFT JOIN article ON article.uid = annotation.article
LEFT JOIN annotation_set ON annotation_set.uid = annotation.annotation_set
LEFT JOIN annotator ON annotator.uid = annotation.annotator
LEFT JOIN tag_type ON tag_type.uid = annotation.tag_type
LEFT JOIN entity ON entity.uid = annotation.entity;

CREATE VIEW export_articles AS
SELECT
    article.uid AS article_uid,
    article.title,
    article.source,
    article.byline,
    article.published,
    article.url,
    article.language,
    article.characters,
    article.words,
    article.sha256,
    article.imported,
    article.furniture,
    article.memo,
    article.extra,
    text.body AS text
FROM article
LEFT JOIN text ON text.sha256 = article.sha256;

CREATE VIEW export_claims AS
SELECT
    annotation.uid AS claim_uid,
    annotation.article AS article_uid,
    article.title AS article_title,
    article.published AS article_published,
    annotation_set.name AS annotation_set,
    annotator.name AS annotator,
    annotation.text AS claim,
    CASE WHEN annotation."values" = '{}' THEN '{}' WHEN instr(annotation."values", '\') = 0 THEN (
        SELECT '{' || coalesce(group_concat('"' || replace(replace(attribute.name, '\', '\\'), '"', '\"') || '":'
            || CASE one.type WHEN 'text' THEN '"' || one.value || '"' WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
            WHEN 'real' THEN printf('%!.17g', one.value) ELSE one.value END), '') || '}'
        FROM json_each(annotation."values") AS one
        CROSS JOIN attribute ON attribute.uid = one.key
    ) ELSE (
        SELECT '{' || coalesce(group_concat('"' || replace(replace(attribute.name, '\', '\\'), '"', '\"') || '":'
            || substr(annotation."values", value_start, next_key - 1 - value_start)), '') || '}'
        FROM (
            SELECT
                key,
                instr(annotation."values", '"' || key || '":') + length(key) + 3 AS value_start,
                coalesce(
                    lead(instr(annotation."values", '"' || key || '":')) OVER (ORDER BY id),
                    length(annotation."values") + 1
                ) AS next_key
            FROM json_each(annotation."values")
        ) AS piece
        CROSS JOIN attribute ON attribute.uid = piece.key
    ) END AS attributes,
    coalesce((
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(source.name, mention.text) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'claimant'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ), entity.name) AS claimants,
    coalesce((
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(mention.entity, mention.uid) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'claimant'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ), annotation.entity) AS claimant_uids,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT mention.uid AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'content_of'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ) AS quote_uid,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(named.name, place.text) AS item
            FROM annotation AS place
            JOIN tag_type AS place_type ON place_type.uid = place.tag_type AND place_type.part = 'location'
            LEFT JOIN entity AS named ON named.uid = place.entity
            WHERE place.uid IN (
                SELECT link.to_annotation FROM link WHERE link.from_annotation = annotation.uid
            )
            ORDER BY place.start, place.stop DESC, place.uid
        )
    ) AS locations,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(place.entity, place.uid) AS item
            FROM annotation AS place
            JOIN tag_type AS place_type ON place_type.uid = place.tag_type AND place_type.part = 'location'
            LEFT JOIN entity AS named ON named.uid = place.entity
            WHERE place.uid IN (
                SELECT link.to_annotation FROM link WHERE link.from_annotation = annotation.uid
            )
            ORDER BY place.start, place.stop DESC, place.uid
        )
    ) AS location_uids,
    annotation.start,
    annotation.stop,
    annotation.spans AS fragments,
    annotation.note,
    annotation."values" AS attribute_values,
    annotation.tag_type AS tag_uid,
    annotation.annotation_set AS annotation_set_uid,
    annotation.annotator AS annotator_uid
FROM annotation
JOIN tag_type ON tag_type.uid = annotation.tag_type AND tag_type.part = 'claim'
LEFT JOIN article ON article.uid = annotation.article
LEFT JOIN annotation_set ON annotation_set.uid = annotation.annotation_set
LEFT JOIN annotator ON annotator.uid = annotation.annotator
LEFT JOIN entity ON entity.uid = annotation.entity;

CREATE VIEW export_codebook AS
SELECT
    'tag' AS level,
    name AS tag,
    '' AS attribute,
    part AS kind,
    unit || CASE WHEN auxiliary THEN '; auxiliary' ELSE '' END AS "values",
    '' AS "default",
    '' AS mandatory,
    key,
    colour,
    definition
FROM tag_type
UNION ALL
SELECT
    CASE WHEN attribute.tag_type IS NULL THEN 'article' ELSE 'attribute' END,
    coalesce(tag_type.name, ''),
    attribute.name,
    attribute.kind,
    coalesce((SELECT group_concat(one.value, '; ') FROM json_each(attribute.choices) AS one), ''),
    attribute."default",
    CASE WHEN attribute.mandatory THEN 'yes' ELSE 'no' END,
    '',
    '',
    attribute.definition
FROM attribute
LEFT JOIN tag_type ON tag_type.uid = attribute.tag_type
UNION ALL
SELECT
    'link',
    from_type.name,
    link_rule.role,
    CASE WHEN link_rule.acyclic THEN 'acyclic' ELSE '' END,
    to_type.name,
    CASE WHEN link_rule.at_most THEN CAST(link_rule.at_most AS TEXT) ELSE '' END,
    '',
    '',
    '',
    ''
FROM link_rule
LEFT JOIN tag_type AS from_type ON from_type.uid = link_rule.from_type
LEFT JOIN tag_type AS to_type ON to_type.uid = link_rule.to_type;

CREATE VIEW export_entities AS
SELECT
    entity.uid AS entity_uid,
    entity.kind,
    entity.name,
    entity.aliases,
    entity.role,
    entity.affiliation,
    entity.wikidata,
    entity.latitude,
    entity.longitude,
    entity.gazetteer,
    entity.gazetteer_id,
    entity.country,
    entity.admin1,
    entity.feature_class,
    (SELECT count(*) FROM annotation WHERE annotation.entity = entity.uid) AS mentions,
    entity.note
FROM entity;

CREATE VIEW export_links AS
SELECT
    link.uid AS link_uid,
    link.article AS article_uid,
    annotation_set.name AS annotation_set,
    annotator.name AS annotator,
    link.from_annotation AS from_uid,
    from_type.name AS from_tag,
    beginning.text AS from_text,
    link.role,
    link.to_annotation AS to_uid,
    to_type.name AS to_tag,
    ending.text AS to_text,
    link.note,
    beginning.start AS from_start,
    beginning.stop AS from_stop,
    ending.start AS to_start,
    ending.stop AS to_stop,
    beginning.annotation_set AS annotation_set_uid,
    link.annotator AS annotator_uid
FROM link
LEFT JOIN annotation AS beginning ON beginning.uid = link.from_annotation
LEFT JOIN annotation AS ending ON ending.uid = link.to_annotation
LEFT JOIN tag_type AS from_type ON from_type.uid = beginning.tag_type
LEFT JOIN tag_type AS to_type ON to_type.uid = ending.tag_type
LEFT JOIN annotation_set ON annotation_set.uid = beginning.annotation_set
LEFT JOIN annotator ON annotator.uid = link.annotator;

CREATE VIEW export_quotes AS
SELECT
    annotation.uid AS quote_uid,
    annotation.article AS article_uid,
    article.title AS article_title,
    article.published AS article_published,
    annotation_set.name AS annotation_set,
    annotator.name AS annotator,
    annotation.text AS quote,
    CASE WHEN annotation."values" = '{}' THEN '{}' WHEN instr(annotation."values", '\') = 0 THEN (
        SELECT '{' || coalesce(group_concat('"' || replace(replace(attribute.name, '\', '\\'), '"', '\"') || '":'
            || CASE one.type WHEN 'text' THEN '"' || one.value || '"' WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'
            WHEN 'real' THEN printf('%!.17g', one.value) ELSE one.value END), '') || '}'
        FROM json_each(annotation."values") AS one
        CROSS JOIN attribute ON attribute.uid = one.key
    ) ELSE (
        SELECT '{' || coalesce(group_concat('"' || replace(replace(attribute.name, '\', '\\'), '"', '\"') || '":'
            || substr(annotation."values", value_start, next_key - 1 - value_start)), '') || '}'
        FROM (
            SELECT
                key,
                instr(annotation."values", '"' || key || '":') + length(key) + 3 AS value_start,
                coalesce(
                    lead(instr(annotation."values", '"' || key || '":')) OVER (ORDER BY id),
                    length(annotation."values") + 1
                ) AS next_key
            FROM json_each(annotation."values")
        ) AS piece
        CROSS JOIN attribute ON attribute.uid = piece.key
    ) END AS attributes,
    coalesce((
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(source.name, mention.text) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'speaker'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ), entity.name) AS speakers,
    coalesce((
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(mention.entity, mention.uid) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'speaker'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ), annotation.entity) AS speaker_uids,
    coalesce((
        SELECT CASE WHEN max(item) <> '' THEN group_concat(item, '; ') WHEN count(*) THEN '' END FROM (
            SELECT coalesce(
                (SELECT stated.value FROM json_each(mention."values") AS stated WHERE stated.key = attribute.uid),
                source.role,
                ''
            ) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            LEFT JOIN attribute ON attribute.tag_type = mention.tag_type AND attribute.name = 'role_as_stated'
            WHERE link.from_annotation = annotation.uid AND link.role = 'speaker'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ), entity.role) AS roles,
    coalesce((
        SELECT CASE WHEN max(item) <> '' THEN group_concat(item, '; ') WHEN count(*) THEN '' END FROM (
            SELECT coalesce(
                (SELECT stated.value FROM json_each(mention."values") AS stated WHERE stated.key = attribute.uid),
                source.affiliation,
                ''
            ) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            LEFT JOIN attribute ON attribute.tag_type = mention.tag_type AND attribute.name = 'affiliation_as_stated'
            WHERE link.from_annotation = annotation.uid AND link.role = 'speaker'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ), entity.affiliation) AS affiliations,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT mention.text AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'speaker'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ) AS mentions,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT mention.text AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'cue'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ) AS cue,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(source.name, mention.text) AS item
            FROM link
            JOIN annotation AS mention ON mention.uid = link.to_annotation
            LEFT JOIN entity AS source ON source.uid = mention.entity
            WHERE link.from_annotation = annotation.uid AND link.role = 'addressee'
            ORDER BY mention.start, mention.stop DESC, mention.uid
        )
    ) AS addressees,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT claim.text AS item
            FROM link
            JOIN annotation AS claim ON claim.uid = link.from_annotation
            WHERE link.to_annotation = annotation.uid AND link.role = 'content_of'
            ORDER BY claim.start, claim.stop DESC, claim.uid
        )
    ) AS claims,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT claim.uid AS item
            FROM link
            JOIN annotation AS claim ON claim.uid = link.from_annotation
            WHERE link.to_annotation = annotation.uid AND link.role = 'content_of'
            ORDER BY claim.start, claim.stop DESC, claim.uid
        )
    ) AS claim_uids,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(named.name, place.text) AS item
            FROM annotation AS place
            JOIN tag_type AS place_type ON place_type.uid = place.tag_type AND place_type.part = 'location'
            LEFT JOIN entity AS named ON named.uid = place.entity
            WHERE place.uid IN (
                SELECT link.to_annotation FROM link WHERE link.from_annotation = annotation.uid
                UNION ALL
                SELECT about.to_annotation FROM link AS content
                JOIN link AS about ON about.from_annotation = content.from_annotation
                WHERE content.to_annotation = annotation.uid AND content.role = 'content_of'
            )
            ORDER BY place.start, place.stop DESC, place.uid
        )
    ) AS locations,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT coalesce(place.entity, place.uid) AS item
            FROM annotation AS place
            JOIN tag_type AS place_type ON place_type.uid = place.tag_type AND place_type.part = 'location'
            LEFT JOIN entity AS named ON named.uid = place.entity
            WHERE place.uid IN (
                SELECT link.to_annotation FROM link WHERE link.from_annotation = annotation.uid
                UNION ALL
                SELECT about.to_annotation FROM link AS content
                JOIN link AS about ON about.from_annotation = content.from_annotation
                WHERE content.to_annotation = annotation.uid AND content.role = 'content_of'
            )
            ORDER BY place.start, place.stop DESC, place.uid
        )
    ) AS location_uids,
    annotation.start,
    annotation.stop,
    annotation.spans AS fragments,
    annotation.note,
    annotation."values" AS attribute_values,
    annotation.tag_type AS tag_uid,
    annotation.annotation_set AS annotation_set_uid,
    annotation.annotator AS annotator_uid
FROM annotation
JOIN tag_type ON tag_type.uid = annotation.tag_type AND tag_type.part = 'quote'
LEFT JOIN article ON article.uid = annotation.article
LEFT JOIN annotation_set ON annotation_set.uid = annotation.annotation_set
LEFT JOIN annotator ON annotator.uid = annotation.annotator
LEFT JOIN entity ON entity.uid = annotation.entity;

CREATE VIEW export_verdicts AS
SELECT
    verdict.uid AS verdict_uid,
    verdict.article AS article_uid,
    verdict.annotation AS annotation_uid,
    annotation_set.name AS annotation_set,
    annotator.name AS reviewer,
    verdict.decision,
    verdict.reason,
    verdict.comment,
    (
        SELECT group_concat(item, '; ') FROM (
            SELECT reply.uid AS item FROM verdict AS reply
            WHERE reply.reply_to = verdict.uid
            ORDER BY reply.created, reply.uid
        )
    ) AS replies,
    verdict.adjudicated AS adjudicated_uid,
    verdict.created,
    annotation.start,
    annotation.stop,
    annotation.annotation_set AS annotation_set_uid,
    annotation.annotator AS annotator_uid,
    verdict.reviewer AS reviewer_uid
FROM verdict
LEFT JOIN annotation ON annotation.uid = verdict.annotation
LEFT JOIN annotation_set ON annotation_set.uid = annotation.annotation_set
LEFT JOIN annotator ON annotator.uid = verdict.reviewer;

CREATE VIEW export_work AS
SELECT
    article.uid AS article_uid,
    annotator.name AS annotator,
    coalesce(article_work.status, '') AS status,
    (
        SELECT count(*) FROM annotation
        WHERE annotation.article = article.uid AND annotation.annotator = annotator.uid
    ) AS annotations,
    coalesce(article_work.assigned, 0) AS assigned,
    coalesce(article_work.memo, '') AS memo,
    coalesce(article_work."values", '{}') AS attribute_values,
    annotator.uid AS annotator_uid,
    coalesce(article_work.reviewed, 0) AS reviewed
FROM article
CROSS JOIN annotator
LEFT JOIN article_work ON article_work.article = article.uid AND article_work.annotator = annotator.uid;
