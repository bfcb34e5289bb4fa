"""A process from its beginning to its end: settings, log, exit statuses, what a check before it finds; the preview."""
