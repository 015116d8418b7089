"""The tables of the store: plain types, so that another database is a URL."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
    text,
)

from territoires.errors import StoreError

APPLICATION = "territoires"
SCHEMA_VERSION = 1
_PREFIX = "territoires_"
#: With a length, MySQL takes a type that holds more than 64 KB.
_BYTES = LargeBinary().with_variant(LargeBinary(2**32 - 1), "mysql", "mariadb")
_DATE = String(40)

METADATA = MetaData()

#: Whose database it is, and how it is laid out: one row.
IDENTITY = Table(
    _PREFIX + "base",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("application", String(40), nullable=False),
    Column("schema_version", Integer, nullable=False),
)
#: Bytes by their SHA-256, compressed: tables and original files, each kept once.
CONTENTS = Table(
    _PREFIX + "contents",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", _BYTES, nullable=False),
)
RELEASES = Table(
    _PREFIX + "releases",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("label", String(200), nullable=False),
    Column("date", _DATE, nullable=False),
    Column("fingerprint", String(64), nullable=False, unique=True),
)
RELEASE_TABLES = Table(
    _PREFIX + "release_tables",
    METADATA,
    Column("number", ForeignKey(RELEASES.c.number), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("hash", ForeignKey(CONTENTS.c.hash), nullable=False),
)
VERSIONS = Table(
    _PREFIX + "versions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("parent", ForeignKey(_PREFIX + "versions.number")),
    Column("date", _DATE, nullable=False),
    Column("author", String(200), nullable=False),
    Column("message", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("restores", ForeignKey(_PREFIX + "versions.number")),
    Column("file_name", String(300), nullable=False),
    Column("file_hash", ForeignKey(CONTENTS.c.hash)),
    Column("source_id", String(200), nullable=False),
    Column("fiabilite", String(40), nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    #: The release whose rows it took in.
    Column("release", ForeignKey(RELEASES.c.number)),
)
VERSION_TABLES = Table(
    _PREFIX + "version_tables",
    METADATA,
    Column("number", ForeignKey(VERSIONS.c.number), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("hash", ForeignKey(CONTENTS.c.hash), nullable=False),
)
#: Releases set aside by a person.
DISMISSALS = Table(
    _PREFIX + "dismissals",
    METADATA,
    Column("release", ForeignKey(RELEASES.c.number), primary_key=True),
    Column("date", _DATE, nullable=False),
    Column("author", String(200), nullable=False),
)
#: Which version everyone reads: one row, the only one that ever changes.
POINTER = Table(
    _PREFIX + "pointer",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True, autoincrement=False),
    Column("version", ForeignKey(VERSIONS.c.number), nullable=False),
)
AUDIT = Table(
    _PREFIX + "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("date", _DATE, nullable=False),
    Column("action", String(20), nullable=False),
    Column("author", String(200), nullable=False),
    Column("version", Integer),
    Column("detail", Text, nullable=False),
)
#: What a person is preparing; nothing published ever refers to it.
DRAFTS = Table(
    _PREFIX + "drafts",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("date", _DATE, nullable=False),
    Column("base", Integer, nullable=False),
    Column("file_name", String(300), nullable=False),
    Column("size", Integer, nullable=False),
    Column("data", _BYTES, nullable=False),
    Column("choices", Text, nullable=False),
)
#: Written once: SQLite refuses to change or delete their rows.
IMMUTABLE = (
    CONTENTS,
    RELEASES,
    RELEASE_TABLES,
    VERSIONS,
    VERSION_TABLES,
    DISMISSALS,
    AUDIT,
)


def prepare(connection: Connection) -> None:
    """Create what is missing, in the caller's transaction, once the database is known to be ours.

    Raises
    ------
    StoreError
        When the database is another application's, or of a newer Territoires.
    """
    existing = set(inspect(connection).get_table_names())
    ours = {name for name in existing if name.startswith(_PREFIX)}
    if existing and not ours and connection.dialect.name == "sqlite":
        raise StoreError(
            "La base des versions est celle d’une autre application : "
            f"ses tables sont {', '.join(sorted(existing)[:5])}.",
            remedy="Rien n’y a été écrit. Donnez un autre fichier dans TERRITOIRES_DATABASE_URL.",
        )
    if IDENTITY.name in existing and _is_known(connection):
        _renew_drafts(connection)
        # Changes nothing, but only where something could be written: better told now than when
        # a person publishes.
        connection.execute(delete(DRAFTS).where(DRAFTS.c.key == ""))
        return
    METADATA.create_all(connection)
    lock_rows(connection)
    connection.execute(
        insert(IDENTITY).values(id=1, application=APPLICATION, schema_version=SCHEMA_VERSION)
    )


def _renew_drafts(connection: Connection) -> None:
    """Make the table of drafts anew where it is of an earlier layout: drafts live a few days."""
    columns = {column["name"] for column in inspect(connection).get_columns(DRAFTS.name)}
    if columns != set(DRAFTS.columns.keys()):
        DRAFTS.drop(connection)
        DRAFTS.create(connection)


def _is_known(connection: Connection) -> bool:
    row = connection.execute(select(IDENTITY.c.application, IDENTITY.c.schema_version)).first()
    if row is None:
        return False
    if row.application != APPLICATION or row.schema_version > SCHEMA_VERSION:
        raise StoreError(
            "La base des versions a été écrite par une version plus récente de Territoires "
            f"(schéma {row.schema_version}, ici {SCHEMA_VERSION}).",
            remedy="Mettez Territoires à jour, ou donnez une autre base dans "
            "TERRITOIRES_DATABASE_URL.",
        )
    return True


def lock_rows(connection: Connection) -> None:
    """Make SQLite itself refuse to change what is written once; other databases have the code."""
    if connection.dialect.name != "sqlite":
        return
    for table in IMMUTABLE:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER IF NOT EXISTS {_trigger(table, verb)} BEFORE {verb} "
                    f"ON {table.name} BEGIN SELECT RAISE(ABORT, 'immutable'); END"
                )
            )


def unlock_rows(connection: Connection) -> None:
    """Lift what :func:`lock_rows` does, for a restoration, in the caller's transaction."""
    if connection.dialect.name != "sqlite":
        return
    for table in IMMUTABLE:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {_trigger(table, verb)}"))


def _trigger(table: Table, verb: str) -> str:
    return f"{table.name}_no_{verb.lower()}"
