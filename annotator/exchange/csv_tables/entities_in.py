"""Entities: from their own table, or as far as annotations.csv tells."""

from __future__ import annotations

from annotator.exchange.csv_tables.cells import list_items
from annotator.exchange.csv_tables.plan import NoticeKind, Plan, RowError, checked_uid, uid_from
from annotator.exchange.csv_tables.table_files import TableFile, TableRow
from annotator.exchange.csv_tables.values_in import number
from annotator.model.entity import Entity, EntityKind


class EntitiesIn:
    """The entities as the project will have them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known = plan.read.entities()
        self._named = {(entity.kind.value, entity.name): entity.uid for entity in reversed(self._known.values())}

    def take(self, file: TableFile) -> None:
        """Read entities.csv."""
        incoming: list[tuple[int, Entity]] = []
        for row in file.rows():
            try:
                incoming.append((row.number, _entity(row)))
            except RowError as error:
                self._plan.tell(NoticeKind.REFUSED, file.name, row.number, str(error))
        self._known |= self._plan.settle(file.name, incoming)

    def of_annotation(self, row: TableRow) -> str | None:
        """Return the uid of the entity that an annotation's row names, adding it when the project lacks it."""
        uid, name = row["entity_uid"], row["entity"]
        if not uid and not name:
            return None
        if uid in self._known:
            return uid
        if not uid and (row["entity_kind"], name) in self._named:
            return self._named[row["entity_kind"], name]
        kind = _kind(row["entity_kind"], "entity_kind")
        latitude, longitude = _coordinates(row)
        entity = Entity(
            checked_uid(uid, "entity_uid") if uid else uid_from("entity", kind, name), kind, name,
            latitude=latitude, longitude=longitude, gazetteer=row["gazetteer"], gazetteer_id=row["gazetteer_id"],
        )  # fmt: skip
        self._known[entity.uid] = entity
        self._named.setdefault((kind.value, name), entity.uid)
        self._plan.add(entity)
        return entity.uid


def _entity(row: TableRow) -> Entity:
    if not row["name"]:
        raise RowError("an entity needs a name; the row was left out.")
    latitude, longitude = _coordinates(row)
    return Entity(
        checked_uid(row["entity_uid"], "entity_uid"), _kind(row["kind"], "kind"), row["name"],
        list_items(row["aliases"]), row["role"], row["affiliation"], row["wikidata"], row["note"], latitude, longitude,
        row["gazetteer"], row["gazetteer_id"], row["country"], row["admin1"], row["feature_class"],
    )  # fmt: skip


def _kind(cell: str, column: str) -> EntityKind:
    if cell not in set(EntityKind):
        raise RowError(f"‘{cell}’ in {column} is no kind of entity; there are {', '.join(EntityKind)}.")
    return EntityKind(cell)


def _coordinates(row: TableRow) -> tuple[float | None, float | None]:
    latitude, longitude = number(row["latitude"], "latitude"), number(row["longitude"], "longitude")
    if (latitude is None) != (longitude is None):
        raise RowError("latitude and longitude go together; fill in both or neither.")
    if latitude is not None and longitude is not None and not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise RowError(f"{latitude}, {longitude} is no place on earth; latitude goes to 90, longitude to 180.")
    return latitude, longitude
