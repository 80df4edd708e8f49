"""A PostgreSQL of Leeward's own, under the data folder, for as long as this process lives."""

from app.embedded_postgres.lock import holder_of
from app.embedded_postgres.server import EmbeddedPostgres, url_of_running

__all__ = ["EmbeddedPostgres", "holder_of", "url_of_running"]
