"""Where Piccolo finds the engine and the migrations (db.py names this module to it)."""

from piccolo.conf.apps import AppRegistry

from app.db import ENGINE

DB = ENGINE
APP_REGISTRY = AppRegistry(apps=["app.piccolo_app"])
