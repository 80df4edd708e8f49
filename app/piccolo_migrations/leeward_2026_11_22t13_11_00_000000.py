"""What became of pushes, counted on when the ledger forgets."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T13:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "what became of pushes, counted"

# Begins with what the ledger still knows of; what it deleted with its device was counted by nobody.
STATEMENTS = """
CREATE TABLE push_tally (
    became text NOT NULL,
    reason text NOT NULL,
    count bigint NOT NULL
);
COMMENT ON TABLE push_tally IS 'added to in rows, drawn together every hour; nobody''s in particular';
INSERT INTO push_tally (became, reason, count)
SELECT became, CASE WHEN reason = 'too-late' THEN '' ELSE reason END, count(*)
FROM (
    SELECT COALESCE(reason, '') AS reason,
           CASE WHEN state = 'sent' THEN 'accepted'
                WHEN state = 'dropped' AND reason = 'too-late' THEN 'expired'
                WHEN state = 'dropped' THEN 'dropped'
                WHEN reason ~ '^answer-4' AND reason NOT IN ('answer-408', 'answer-425', 'answer-429') THEN 'refused'
                WHEN reason IN ('too-large', 'endpoint-not-allowed') THEN 'failed'
                ELSE 'expired' END AS became
    FROM push_delivery WHERE state <> 'waiting'
) AS ended
GROUP BY 1, 2;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
