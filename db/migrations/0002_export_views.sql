-- What the CSV files hold, for whoever queries the file from R, pandas, Datasette or DB Browser.
-- Lists stand in text order, joined by '; '. `attributes` is JSON by attribute name, `attribute_values` the same by
-- attribute uid, which is what the CSV tables are spread from. Nothing hangs on a tag type's name: a tag type's part
-- and a link's role decide. A view costs what its rows cost, so that a part of the project is read in that much time.
-- With trusted_schema = OFF SQLite 3.40 lets a view call json_each, but no other JSON function. So `attributes` is put
-- together by hand, and where something is escaped it takes each value's own JSON from between its key and the next:
-- `"uid":` can stand nowhere else, for a quotation mark within a value is escaped.

CREATE INDEX attribute_tag_type ON attribute (tag_type, name);
-- Finds the newest verdict without sorting, and all that verdict_annotation found.
DROP INDEX verdict_annotation;
CREATE INDEX verdict_newest ON verdict (annotation, created, uid);

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

-- One row per article and annotator, also where nothing was said yet: status is empty then.
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
    annotator.uid AS annotator_uid
FROM article
CROSS JOIN annotator
LEFT JOIN article_work ON article_work.article = article.uid AND article_work.annotator = annotator.uid;

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
