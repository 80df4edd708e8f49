"""Leeward as Piccolo knows it: one app, with its migrations.

Tables are declared for queries only; the migrations are SQL, because Piccolo declares no partial index and no
composite key. So no table is listed here, and `piccolo migrations new` has nothing to guess from.
"""

from pathlib import Path

from piccolo.conf.apps import AppConfig

APP_CONFIG = AppConfig(
    app_name="leeward",
    migrations_folder_path=Path(__file__).parent / "piccolo_migrations",
    table_classes=[],
)
