"""What Reflex must know before it loads the pages."""

import reflex as rx

config = rx.Config(
    app_name="marketplace",
    app_module_import="pages.app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    # Site maps come from the outer application: they list products, and a members' shop has none.
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_compression_formats=["gzip", "brotli"],
    # Rows are rebuilt from the database at every load, so a state that lives a day costs little and loses nothing.
    redis_token_expiration=24 * 60 * 60,
    react_strict_mode=False,
)
