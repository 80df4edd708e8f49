"""What somebody wrote for a missed check-in can still be reported once it is gone, as a message can."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "hellos that are gone"

# A member has one row of it in a pair, said again and again: what was said at another time was other words.
STATEMENTS = """
ALTER TABLE kept_words
    DROP CONSTRAINT kept_words_kind_check,
    ADD CONSTRAINT kept_words_kind_check CHECK (kind IN ('message', 'hello')),
    DROP CONSTRAINT kept_words_pkey,
    ADD PRIMARY KEY (pair_id, kind, id, written_at);
COMMENT ON TABLE kept_words IS
    'taken back or replaced by their author, or gone with the pair: kept 14 days, only so that whoever read them can report them';
COMMENT ON COLUMN missed_check_in.counts_from IS
    'the last check-in, hello, or change of this setting or of a pause: never synced. The buddy hears once for each';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
