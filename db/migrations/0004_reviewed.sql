-- An article can be marked reviewed: by whom stands in the reviewer's own row.
ALTER TABLE article_work ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_work_reviewed ON article_work (article) WHERE reviewed = 1;

DROP VIEW export_work;

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
