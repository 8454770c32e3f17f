-- How many annotations there are of each tag type, person and set: what is shown of a project, and which sets hold anything,
-- would otherwise be a look at all of them, a third of a second for a million. The program keeps it in each transaction.
CREATE TABLE annotation_count (
    id INTEGER PRIMARY KEY,
    tag_type TEXT NOT NULL,
    annotator TEXT NOT NULL,
    annotation_set TEXT NOT NULL,
    count INTEGER NOT NULL,
    UNIQUE (tag_type, annotator, annotation_set)
);
INSERT INTO annotation_count (tag_type, annotator, annotation_set, count)
SELECT tag_type, annotator, annotation_set, count(*) FROM annotation GROUP BY tag_type, annotator, annotation_set;
