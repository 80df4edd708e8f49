"""A PostgreSQL of Leeward's own, under the data folder, for as long as this process lives."""

from app.embedded_postgres.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres"]
