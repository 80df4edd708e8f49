"""The only place that knows every part."""

from app.check_ins import mutations as check_ins
from app.preferences import mutations as preferences
from app.sync.registry import Registry


def registry() -> Registry:
    """Everything that can be synced."""
    return Registry(
        kinds=[check_ins.KIND, preferences.KIND],
        mutations=[*check_ins.MUTATIONS, *preferences.MUTATIONS],
    )
