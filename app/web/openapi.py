"""The description of the API at /schema/openapi.json, from which the app's own client is generated.

The document alone: the usual pages around it load scripts from other hosts.
"""

from __future__ import annotations

from typing import Final

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, License, SecurityRequirement, SecurityScheme

from app.build import leeward_version

SIGNED_IN: Final[tuple[SecurityRequirement, ...]] = ({"session": []},)
"""For a route's `security`: it is for members alone."""


def openapi_config(session_cookie: str) -> OpenAPIConfig:
    """Describe the API for Litestar(openapi_config=…); `session_cookie` is the cookie's name on this server."""
    return OpenAPIConfig(
        title="Leeward",
        version=leeward_version(),
        description="What the app on the phone asks of the server. Own data travels by POST /api/sync alone.",
        license=License(name="AGPL-3.0-or-later", identifier="AGPL-3.0-or-later"),
        path="/schema",
        render_plugins=[JsonRenderPlugin()],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "session": SecurityScheme(type="apiKey", name=session_cookie, security_scheme_in="cookie"),
            },
        ),
    )
