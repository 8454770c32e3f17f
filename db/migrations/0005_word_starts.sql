-- Which articles hold a word that begins so, whatever its place: for a search while its word is being typed. The beginnings
-- of one to three letters are kept ready, which article_words would have to put together from thousands of words.
CREATE VIRTUAL TABLE article_starts USING fts5 (
    title, body, content = '', detail = 'none', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO article_starts (rowid, title, body)
SELECT article.id, article.title, text.body FROM article JOIN text ON text.sha256 = article.sha256;

-- The orders of the article list.
CREATE INDEX article_title ON article (title COLLATE NOCASE);
CREATE INDEX article_source ON article (source COLLATE NOCASE, published);
CREATE INDEX article_published ON article (published);
-- How far a person is with which article: most are still to do, and only the others are looked for.
CREATE INDEX article_work_begun ON article_work (annotator, status, article) WHERE status <> 'todo';
