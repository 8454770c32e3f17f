-- What stands at the beginning of an article is found without going through all that stands on it: of a very long one it is
-- shown first.
DROP INDEX annotation_article;
CREATE INDEX annotation_article ON annotation (article, tag_type, start);
