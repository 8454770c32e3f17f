"""Names to people and annotation sets, for tables carry names."""

from __future__ import annotations

from annotator.exchange.csv_tables.codebook_rows import Level
from annotator.exchange.csv_tables.names import distinct_names
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError, checked_uid, uid_from
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.model.annotation import AnnotationSet, Annotator, SetKind
from annotator.model.changes import Kind


class People:
    """Finds the annotator or set that a table names.

    Rows of codebook.csv give a name's uid; somebody whom the project knows by another uid but the same name is taken
    to be the same. Without such rows a name means the project's bearer of it, else a uid made of the name alone, so
    that the same table read twice, or on two computers, means the same person.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._annotators = {person.uid: person for person in plan.read.annotators()}
        self._sets = {one.uid: one for one in plan.read.sets()}
        self._listed: dict[str, str] = {}
        self._annotator_of = {name: uid for uid, name in distinct_names(self._annotators.values()).items()}
        self._set_of = {name: uid for uid, name in distinct_names(self._sets.values()).items()}

    def take_annotators(self, file: TableFile, rows: list[TableRow]) -> None:
        """Learn the annotators that codebook.csv lists."""
        listed = {row["values"] for row in rows}
        known, names = dict(self._annotators), dict[str, str]()
        for row in rows:
            uid, name = checked_uid(row["values"], "values"), row["definition"]
            namesakes = [p.uid for p in known.values() if p.name == name and p.uid not in listed]
            if uid in known:
                self._plan.already[Kind.ANNOTATOR] += 1
                self._told_of_new_name(file, row, known[uid].name, name)
            elif len(namesakes) == 1:
                uid = namesakes[0]
                self._plan.already[Kind.ANNOTATOR] += 1
            else:
                self._add_annotator(Annotator(uid, name))
            names[row["attribute"]] = uid
        self._annotator_of |= names
        self._listed |= {row["values"]: names[row["attribute"]] for row in rows}

    def _told_of_new_name(self, file: TableFile, row: TableRow, there: str, name: str) -> None:
        if there != name:
            text = f"‘{name}’ is called ‘{there}’ in the project; the project's name was left as it is."
            self._plan.tell(NoticeKind.CONFLICT, file.name, row.number, text)

    def take_sets(self, file: TableFile, rows: list[TableRow]) -> None:
        """Learn the annotation sets that codebook.csv lists; the annotators must be known by then."""
        listed = {row["values"] for row in rows}
        known, names = dict(self._sets), dict[str, str]()
        for row in rows:
            one = self._listed_set(row)
            same = [
                s.uid for s in known.values()
                if (s.name, s.kind, s.annotator) == (one.name, one.kind, one.annotator) and s.uid not in listed
            ]  # fmt: skip
            uid = one.uid
            if uid in known:
                self._plan.already[Kind.ANNOTATION_SET] += 1
                self._told_of_new_name(file, row, known[uid].name, one.name)
            elif len(same) == 1:
                uid = same[0]
                self._plan.already[Kind.ANNOTATION_SET] += 1
            else:
                self._add_set(one)
            names[row["attribute"]] = uid
        self._set_of |= names

    def _listed_set(self, row: TableRow) -> AnnotationSet:
        if row["kind"] not in set(SetKind):
            raise RowError(f"‘{row['kind']}’ is no kind of annotation set; there are {', '.join(SetKind)}.")
        of = row["default"] and self._listed.get(row["default"], row["default"])
        if of and of not in self._annotators:
            raise RowError(f"the annotator {of} of this annotation set is not among the rows {Level.ANNOTATOR}.")
        return AnnotationSet(checked_uid(row["values"], "values"), row["definition"], SetKind(row["kind"]), of or None)

    def annotator(self, name: str) -> str:
        """Return the uid of the annotator whom a table calls by that name; a new one is added."""
        if name not in self._annotator_of:
            if not name.strip():
                raise RowError("the annotator is empty; write a name.")
            self._add_annotator(Annotator(uid_from("annotator", name), name))
            self._annotator_of[name] = uid_from("annotator", name)
        return self._annotator_of[name]

    def annotation_set(self, name: str, annotator: str) -> str:
        """Return the uid of the set that a table calls by that name; a new one is added.

        It is the annotator's own set when it bears the annotator's name, else an import.
        """
        if name not in self._set_of:
            if not name.strip():
                raise RowError("the annotation set is empty; write the name of one.")
            uid = uid_from("set", name)
            own = self._annotators[annotator].name == name
            kind = SetKind.PERSON if own else SetKind.IMPORT
            if name == SetKind.ADJUDICATED:
                kind = SetKind.ADJUDICATED
            self._add_set(AnnotationSet(uid, name, kind, annotator if kind is SetKind.PERSON else None))
            self._set_of[name] = uid
        return self._set_of[name]

    def named(self, column_head: str) -> bool:
        """Tell whether a table's column can begin with that annotator's name."""
        return column_head in self._annotator_of

    def _add_annotator(self, person: Annotator) -> None:
        self._annotators[person.uid] = person
        self._plan.add(person)

    def _add_set(self, one: AnnotationSet) -> None:
        self._sets[one.uid] = one
        self._plan.add(one)
