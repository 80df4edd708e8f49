"""Reports, what was copied for them, and who parted from whom lately."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app.sql_migration import sql_migration

ID = "2026-11-22T15:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reports"

STATEMENTS = """
CREATE TABLE parting (
    pair_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    other_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    other_me uuid NOT NULL,
    name text NOT NULL,
    ended_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, pair_id)
);
CREATE INDEX parting_other ON parting (other_id);
CREATE INDEX parting_ended ON parting (ended_at);
COMMENT ON TABLE parting IS 'for 14 days, so that somebody who is no longer a buddy can still be reported';
COMMENT ON COLUMN parting.other_me IS 'who the other was in the pair: membership.me';
COMMENT ON COLUMN parting.name IS 'how the other was called there';

CREATE TABLE report (
    space_id uuid NOT NULL REFERENCES space ON DELETE CASCADE,
    id uuid NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    written_at timestamptz NOT NULL,
    category text NOT NULL,
    sent_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('received', 'closed')),
    kept smallint NOT NULL,
    outcome text,
    answer text,
    read_by text,
    PRIMARY KEY (space_id, id),
    CHECK ((state = 'closed') = (outcome IS NOT NULL))
);
CREATE UNIQUE INDEX report_version ON report (space_id, version);
CREATE INDEX report_tombstones ON report (written_at) WHERE deleted;
COMMENT ON TABLE report IS 'in the journal of whoever reports, as their phones see it: it names nobody';
COMMENT ON COLUMN report.kept IS 'how many rows were copied for it';
COMMENT ON COLUMN report.read_by IS 'who the reporter was told reads it; null: they were told that nobody is named';

CREATE TABLE report_case (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    journal_id uuid NOT NULL,
    report_id uuid NOT NULL,
    about_id uuid REFERENCES account ON DELETE SET NULL,
    text text NOT NULL,
    parted text NOT NULL CHECK (parted IN ('no', 'end', 'block')),
    closed_at timestamptz,
    UNIQUE (journal_id, report_id),
    FOREIGN KEY (journal_id, report_id) REFERENCES report (space_id, id) ON DELETE CASCADE
);
CREATE INDEX report_case_about ON report_case (about_id);
CREATE INDEX report_case_closed ON report_case (closed_at);
COMMENT ON TABLE report_case IS 'the same for whoever reads it: never synced';
COMMENT ON COLUMN report_case.about_id IS 'whom it is about; null: their account is deleted';

CREATE TABLE report_evidence (
    number bigint NOT NULL REFERENCES report_case ON DELETE CASCADE,
    place smallint NOT NULL,
    author_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    kind text NOT NULL,
    text text NOT NULL,
    said_at timestamptz,
    was_deleted boolean NOT NULL,
    PRIMARY KEY (number, place)
);
CREATE INDEX report_evidence_author ON report_evidence (author_id);
COMMENT ON TABLE report_evidence IS 'copied by the server as it was; it goes with its author''s account, or with the report';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, DESCRIPTION, STATEMENTS)
